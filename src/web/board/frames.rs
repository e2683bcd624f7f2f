//! Frames drawn once: whatever the number of displays, one reading and one drawing per school, class, programme,
//! language and state of the board.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use actix_web::web::{Bytes, Data};
use tokio::sync::Mutex as Turn;

use super::{
    plans::{self, Display, Follows},
    slides,
};
use crate::{
    actions::{
        board_facts::{self, Asked},
        board_plan::Mode,
        session::Origin,
    },
    domain::{
        ids::{ClassId, SchoolId},
        programme::{Board, Programme},
        random::keyed,
    },
    keys::mac,
    screens::{
        Lang, Shell,
        board::{self, Frame, Show, Slide},
    },
    web::{app::App, failure::Failure},
};

/// After this many milliseconds the same facts are drawn again: badges come round in another order.
const RESHUFFLE: i64 = 10 * 60_000;
/// Kinds of displays remembered: a district's classes and halls in two languages.
const MOST: usize = 20_000;

/// What displays show alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    school: SchoolId,
    class: Option<ClassId>,
    programme: Programme,
    mode: Mode,
    english: bool,
}

impl Key {
    fn lang(&self) -> Lang {
        match self.english {
            true => Lang::English,
            false => Lang::Chinese,
        }
    }
}

/// A frame drawn: the page's slides and the bytes of the JSON.
#[derive(Debug)]
pub struct Drawn {
    pub show: Show,
    pub frame: Frame,
    pub json: Bytes,
    /// Boards that are turned on.
    pub boards: Vec<Board>,
    /// Of the slides alone: two frames with the same slides have the same.
    pub version: String,
    /// Version of the board it was drawn from: later frames have higher ones.
    pub board: i64,
}

#[derive(Default)]
struct Slot {
    at: Option<(i64, i64)>,
    drawn: Option<Arc<Drawn>>,
}

/// All frames of the process.
#[derive(Default)]
pub struct Frames {
    slots: Mutex<HashMap<Key, Arc<Turn<Slot>>>>,
}

impl Frames {
    fn slot(&self, key: &Key) -> Arc<Turn<Slot>> {
        let Ok(mut slots) = self.slots.lock() else {
            return Arc::default();
        };
        if slots.len() >= MOST {
            slots.clear();
        }
        slots.entry(key.clone()).or_default().clone()
    }
}

/// The frame of a display as of now. Displays that ask at the same time wait for one drawing.
///
/// # Errors
/// `NotFound` for a display that the office turned off.
pub async fn current(
    app: &Data<App>,
    display: &Display,
    lang: Lang,
    origin: &Origin,
) -> Result<Arc<Drawn>, Failure> {
    let Follows {
        programme,
        mode,
        version,
    } = plans::follow(app, display, origin).await?;
    let key = Key {
        school: display.school.clone(),
        class: display.class.clone(),
        programme,
        mode,
        english: lang == Lang::English,
    };
    let slot = app.frames.slot(&key);
    let mut slot = slot.lock().await;
    let at = (version, origin.now.div_euclid(RESHUFFLE));
    if let (Some(known), Some(drawn)) = (slot.at, &slot.drawn)
        && known >= at
    {
        return Ok(drawn.clone());
    }
    let drawn = Arc::new(draw(app, &key, origin, at).await?);
    *slot = Slot {
        at: Some(at),
        drawn: Some(drawn.clone()),
    };
    Ok(drawn)
}

async fn draw(
    app: &Data<App>,
    key: &Key,
    origin: &Origin,
    (version, turn): (i64, i64),
) -> Result<Drawn, Failure> {
    let dice = keyed(
        keyed(0, key.school.as_str()),
        &format!("{turn}/{}", key.class.as_ref().map_or("", ClassId::as_str)),
    );
    let (asked, now, today) = (key.clone(), origin.now, origin.today());
    let read = app.store.read(move |db| {
        let asked = Asked {
            school: &asked.school,
            class: asked.class.as_ref(),
            now,
            today,
            dice,
            turn: u64::try_from(turn).unwrap_or(0),
        };
        board_facts::load(db, &asked)
    });
    let facts = read.await?;
    let shell = Shell {
        lang: key.lang(),
        school: facts.school_name.clone(),
        demo: app.demo.is_some(),
        ..Shell::default()
    };
    let slides = match key.mode {
        Mode::Show => slides::of(&facts, &key.programme, &app.words(), key.lang()),
        _ => Vec::new(),
    };
    let at = super::super::office::clock(origin.now, origin.timezone, "%H:%M");
    let mut show = show(key, facts.school_name, slides, at);
    let mut frame = board::frame(&app.engine, &shell, &show)?;
    show.version = tag(&frame);
    frame.version.clone_from(&show.version);
    let json = serde_json::to_vec(&frame).unwrap_or_default();
    Ok(Drawn {
        version: show.version.clone(),
        board: version,
        boards: key.programme.shown().collect(),
        frame,
        show,
        json: Bytes::from(json),
    })
}

/// Everything a display shows but the time of day.
fn tag(frame: &Frame) -> String {
    let mut drawn = format!("{} {} {} ", frame.mode, frame.light, frame.seconds);
    drawn.extend(frame.slides.iter().map(|slide| slide.html.as_str()));
    let hash = mac::hex(&mac::sha256(drawn.as_bytes()));
    hash.chars().take(20).collect()
}

fn show(key: &Key, title: String, slides: Vec<Slide>, updated_at: String) -> Show {
    Show {
        kind: if key.class.is_some() {
            "classroom"
        } else {
            "hall"
        },
        title,
        slides,
        at: 0,
        next: "/screen/show".to_owned(),
        updated_at,
        version: String::new(),
        seconds: key.programme.seconds,
        mode: key.mode.key(),
        light: key.programme.light.key(),
    }
}
