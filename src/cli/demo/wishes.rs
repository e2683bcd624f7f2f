//! What the demo's classes exchange star cards for: a short list, as a homeroom teacher would begin.

use super::{desk::Desk, people::People};
use crate::actions::privileges::{self, New};

/// Picture, words, unit and price; words as `privilege-ready-…` has them, so that small children get their syllables.
const WISHES: [(&str, &str, &str, i32); 4] = [
    ("song", "点一首班级歌", "star", 3),
    ("lead", "当一天领队", "star", 2),
    ("seat", "和好朋友坐一天", "moon", 1),
    ("chalk", "在黑板上画一角", "star", 2),
];

/// Stores them, class by class.
pub fn make(desk: &Desk, people: &People) -> anyhow::Result<()> {
    for class in &people.classes {
        let (call, class) = (desk.today(), class.clone());
        desk.store.write_here(move |tx| {
            for (picture, words, unit, price) in WISHES {
                let new = New {
                    picture: picture.to_owned(),
                    words: words.to_owned(),
                    unit: unit.to_owned(),
                    price,
                };
                privileges::add(tx, &call, &class, &new, &Default::default())?;
            }
            Ok::<(), crate::actions::ActionError>(())
        })?;
    }
    Ok(())
}
