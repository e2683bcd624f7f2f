//! What the machine does by itself. Every job says what is due by the clock and the tables, never by having been awake at
//! the moment: what was missed while the machine was off is due at the next start. Looks once at the start and then
//! every minute. So far: the weekly flags on Friday.

use std::time::Duration;

use actix_web::{rt, web::Data};

use super::app::App;
use crate::{
    actions::{ActionError, decide_week, session::date_at},
    domain::{actor::Call, ids::SchoolId},
    storage::schools,
};

const EVERY: Duration = Duration::from_secs(60);

/// Starts the jobs of all schools; they end with the server.
pub fn start(app: Data<App>) {
    rt::spawn(async move {
        loop {
            if let Err(error) = run(&app).await {
                tracing::warn!(%error, "a job failed and is tried again");
            }
            rt::time::sleep(EVERY).await;
        }
    });
}

/// Does what is due now.
async fn run(app: &App) -> Result<(), ActionError> {
    let all = app
        .store
        .read(|db| Ok::<_, ActionError>(schools::all(db)?))
        .await?;
    for school in all {
        let zone: chrono_tz::Tz = school.timezone.parse().unwrap_or(app.timezone);
        let now = app.now();
        let call = Call::system(SchoolId::new(school.id), now, date_at(now, zone));
        let instant = chrono::DateTime::from_timestamp_millis(now).unwrap_or_default();
        let local = instant.with_timezone(&zone).naive_local();
        decide_weeks(app, call, local).await?;
    }
    Ok(())
}

/// Weeks oldest first: the median of a later one rests on them.
async fn decide_weeks(
    app: &App,
    call: Call,
    local: chrono::NaiveDateTime,
) -> Result<(), ActionError> {
    let asked = call.clone();
    let due = app
        .store
        .read(move |db| decide_week::due(db, &asked, local))
        .await?;
    for monday in due {
        let call = call.clone();
        app.store
            .write(move |tx| decide_week::decide_week(tx, &call, monday, ""))
            .await?;
    }
    Ok(())
}
