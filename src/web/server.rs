//! Binds the address first, so that port 0 works, then serves until told to stop.

use std::{net::TcpListener, pin::pin, sync::Arc, time::Duration};

use actix_web::{App as Actix, HttpServer, middleware::Compress, middleware::from_fn, web::Data};
use futures_util::future;

use super::{
    app::{self, App},
    guard::{Guard, csrf, envelope},
    jobs, routes,
};

/// [`serve`] on a runtime of its own, for the commands.
pub fn run(listener: TcpListener, app: App, guard: Guard) -> std::io::Result<()> {
    actix_web::rt::System::new().block_on(serve(listener, app, guard))
}

/// Serves `app` on a bound listener until SIGTERM or ctrl-c; requests under way get ten seconds.
pub async fn serve(listener: TcpListener, app: App, mut guard: Guard) -> std::io::Result<()> {
    guard.error_page = Some(app::error_page);
    let (app, guard) = (Data::from(Arc::new(app)), Data::from(Arc::new(guard)));
    actix_web::rt::spawn(end_streams(app.clone()));
    jobs::start(app.clone());
    HttpServer::new(move || {
        Actix::new()
            .app_data(app.clone())
            .app_data(guard.clone())
            .configure(routes::all)
            .wrap(Compress::default())
            .wrap(from_fn(csrf::middleware))
            .wrap(from_fn(envelope::middleware))
    })
    .workers(2)
    .max_connections(4_000)
    .client_request_timeout(Duration::from_secs(10))
    .keep_alive(Duration::from_secs(75))
    .shutdown_timeout(10)
    .listen(listener)?
    .run()
    .await
}

/// Displays' streams never end by themselves: told to stop, the server would wait for them until its patience is over.
async fn end_streams(app: Data<App>) {
    stop_asked().await;
    app.closing.send_replace(true);
}

#[cfg(unix)]
async fn stop_asked() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return drop(tokio::signal::ctrl_c().await);
    };
    let (told, typed) = (terminate.recv(), tokio::signal::ctrl_c());
    drop(future::select(pin!(told), pin!(typed)).await);
}

#[cfg(not(unix))]
async fn stop_asked() {
    drop(tokio::signal::ctrl_c().await);
}
