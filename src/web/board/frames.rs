//! Frames drawn once: whatever the number of displays, one reading and one drawing per school, kind of display,
//! language and state of the board.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use actix_web::web::{Bytes, Data};
use tokio::sync::Mutex as Turn;

use super::slides;
use crate::{
    actions::{
        board_facts,
        session::{Origin, Seen},
    },
    domain::{
        ids::{ClassId, SchoolId},
        random::keyed,
        refusal::Refusal,
    },
    keys::mac,
    screens::{
        Lang, Shell,
        board::{self, Show, Slide},
    },
    web::{app::App, failure::Failure},
};

/// After this many milliseconds the same facts are drawn again: badges come round in another order.
const RESHUFFLE: i64 = 10 * 60_000;
/// Kinds of displays remembered: a district's classes and halls in two languages.
const MOST: usize = 20_000;

/// What displays show alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub school: SchoolId,
    /// None: a hall.
    pub class: Option<ClassId>,
    english: bool,
}

impl Key {
    /// The key of a display that was seen.
    pub fn of(seen: &Seen, lang: Lang) -> Result<Self, Refusal> {
        Ok(Self {
            school: seen.call.school.clone(),
            class: super::class_of(seen)?,
            english: lang == Lang::English,
        })
    }

    fn lang(&self) -> Lang {
        if self.english {
            Lang::English
        } else {
            Lang::Chinese
        }
    }
}

/// A frame drawn: the page's slides and the bytes of the JSON.
#[derive(Debug)]
pub struct Drawn {
    pub show: Show,
    pub json: Bytes,
    /// Of the slides alone: two frames with the same slides have the same.
    pub version: String,
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

/// The frame of a kind of display as of now. Displays that ask at the same time wait for one drawing.
pub async fn current(app: &Data<App>, key: &Key, origin: &Origin) -> Result<Arc<Drawn>, Failure> {
    let slot = app.frames.slot(key);
    let mut slot = slot.lock().await;
    let school = key.school.clone();
    let version = app
        .store
        .read(move |db| board_facts::version(db, &school))
        .await?;
    let at = (version, origin.now.div_euclid(RESHUFFLE));
    if let (Some(known), Some(drawn)) = (slot.at, &slot.drawn)
        && known == at
    {
        return Ok(drawn.clone());
    }
    let drawn = Arc::new(draw(app, key, origin, at).await?);
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
    let dice = keyed(keyed(0, key.school.as_str()), &format!("{version}/{turn}"));
    let (asked, today) = (key.clone(), origin.today());
    let facts = app
        .store
        .read(move |db| board_facts::load(db, &asked.school, asked.class.as_ref(), today, dice))
        .await?;
    let shell = Shell {
        lang: key.lang(),
        school: facts.school_name.clone(),
        demo: app.demo.is_some(),
        ..Shell::default()
    };
    let slides = slides::of(&facts, key.class.is_some(), &app.words(), key.lang());
    let at = super::super::office::clock(origin.now, origin.timezone, "%H:%M");
    let mut show = show(key, facts.school_name, slides, at);
    let mut frame = board::frame(&app.engine, &shell, &show)?;
    let drawn: String = frame.slides.iter().map(|s| s.html.as_str()).collect();
    let tag = mac::hex(&mac::sha256(drawn.as_bytes()));
    show.version = tag.chars().take(20).collect();
    frame.version.clone_from(&show.version);
    let json = serde_json::to_vec(&frame).unwrap_or_default();
    Ok(Drawn {
        version: show.version.clone(),
        show,
        json: Bytes::from(json),
    })
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
        seconds: 14,
        hidden: false,
    }
}
