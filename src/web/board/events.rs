//! `GET /api/v1/screens/current/events`: a stream that says when a display's frame has changed. It wakes with every
//! write of this process and looks every few seconds besides; it ends as soon as the display's session does.

use std::{convert::Infallible, pin::pin, time::Duration};

use actix_web::{
    HttpResponse,
    http::header,
    web::{Bytes, Data},
};
use futures_util::{
    Stream, StreamExt,
    future::{self, Either},
    stream,
};
use tokio::sync::watch;

use super::{frames, plans::Display};
use crate::{
    actions::session::{self, Origin},
    screens::Lang,
    storage::access,
    web::{
        app::App,
        failure::Failure,
        office::clock,
        visit::{Door, Visit},
    },
};

/// Writes that follow each other closely are one piece of news.
const GATHER: Duration = Duration::from_millis(400);
/// Without news the session is looked at this often, so that a right taken away elsewhere ends the stream.
const LOOK: Duration = Duration::from_secs(3);
/// With news all the time it is looked at this often, in milliseconds.
const TRUST: i64 = 2_000;
/// Milliseconds between two signs of life.
const BEAT: i64 = 15_000;
/// A browser comes back after two seconds: all displays are there again within ten of a restart.
const COME_BACK: &[u8] = b"retry: 2000\n\n";

/// `GET /api/v1/screens/current/events`. The stream's first piece says after how many milliseconds to come back.
pub async fn stream(visit: Visit) -> Result<HttpResponse, Failure> {
    let read = visit.read(Door::Screen, |_, seen| Ok(Display::of(seen)?));
    let (seen, display) = read.await?;
    // A display that was turned off has no stream.
    frames::current(&visit.app, &display, visit.lang, &visit.origin).await?;
    let last = visit.req.headers().get("last-event-id");
    let last = last.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let state = Watching {
        changes: visit.app.store.changes(),
        closing: visit.app.closing.subscribe(),
        app: visit.app.clone(),
        origin: visit.origin.clone(),
        session: seen.session.clone(),
        display,
        lang: visit.lang,
        told: last.rsplit('-').next().unwrap_or_default().to_owned(),
        first: true,
        checked: visit.origin.now,
        spoke: visit.origin.now,
    };
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // Says so that neither our own compression nor a proxy holds lines back.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(pieces(state)))
}

struct Watching {
    app: Data<App>,
    origin: Origin,
    session: String,
    display: Display,
    lang: Lang,
    changes: watch::Receiver<u64>,
    closing: watch::Receiver<bool>,
    /// Version of the frame that the display has.
    told: String,
    first: bool,
    /// When the session was looked at last.
    checked: i64,
    /// When the last piece went out.
    spoke: i64,
}

fn pieces(state: Watching) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let begin = stream::once(future::ready(Ok(Bytes::from_static(COME_BACK))));
    begin.chain(stream::unfold(state, |mut state| async move {
        let piece = state.next().await?;
        Some((Ok(piece), state))
    }))
}

impl Watching {
    /// The next piece of the stream; none ends it.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            let news = if std::mem::take(&mut self.first) {
                true
            } else {
                self.wait().await?
            };
            self.origin.now = self.app.now();
            if !news || self.origin.now - self.checked >= TRUST {
                self.still_allowed().await?;
            }
            let piece = self.look().await?.or_else(|| self.beat());
            if piece.is_some() {
                self.spoke = self.origin.now;
                return piece;
            }
        }
    }

    /// A sign of life with the time of day, without `id`: it is no frame.
    fn beat(&self) -> Option<Bytes> {
        let silent = self.origin.now - self.spoke >= BEAT;
        silent.then(|| self.sign())
    }

    fn sign(&self) -> Bytes {
        let time = clock(self.origin.now, self.origin.timezone, "%H:%M");
        Bytes::from(format!("event: beat\ndata: {time}\n\n"))
    }

    /// Waits for writes; false when there was none for a while, none when the program stops.
    async fn wait(&mut self) -> Option<bool> {
        let news = tokio::time::timeout(LOOK, self.changes.changed());
        let closing = self.closing.wait_for(|closing| *closing);
        match future::select(pin!(news), pin!(closing)).await {
            Either::Left((Err(_nothing), _)) => return Some(false),
            Either::Left((Ok(Ok(())), _)) => {}
            Either::Left((Ok(Err(_store_is_gone)), _)) => return None,
            Either::Right(_program_stops) => return None,
        }
        tokio::time::sleep(GATHER).await;
        self.changes.mark_unchanged();
        Some(true)
    }

    /// The frame as an event where it differs from what the display has; none where the display was turned off.
    async fn look(&mut self) -> Option<Option<Bytes>> {
        let drawn = frames::current(&self.app, &self.display, self.lang, &self.origin).await;
        let drawn = drawn.ok()?;
        if drawn.version == self.told {
            return Some(None);
        }
        self.still_allowed().await?;
        self.told.clone_from(&drawn.version);
        let id = format!("{}-{}", drawn.board, drawn.version);
        let mut piece = format!("id: {id}\nevent: frame\ndata: ").into_bytes();
        piece.extend_from_slice(&drawn.json);
        piece.extend_from_slice(b"\n\n");
        // The frame may have been drawn a while ago; it holds as of now.
        piece.extend_from_slice(&self.sign());
        Some(Some(Bytes::from(piece)))
    }

    /// None once the display was revoked or its month is over.
    async fn still_allowed(&mut self) -> Option<()> {
        self.checked = self.origin.now;
        let (origin, id) = (self.origin.clone(), self.session.clone());
        let seen = self
            .app
            .store
            .read(move |db| session::see(db, &origin, &id))
            .await
            .ok()?;
        if seen.stale {
            let now = self.origin.now;
            let noted = self
                .app
                .store
                .note(move |tx| access::see_session(tx, &seen.session, now));
            // A missed note only makes the list say "silent".
            let _ = noted.await;
        }
        Some(())
    }
}
