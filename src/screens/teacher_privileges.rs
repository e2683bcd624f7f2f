//! What star cards can be exchanged for in a class, and the cards to print. Used by
//! `GET,POST /t/classes/{id}/privileges` and `…/print`; templates `teacher/privileges.html`, `star_cards.html`.

use serde::Serialize;

use super::{
    parts::Avatar,
    teacher_shared::{Pick, page},
};

page! {
    Privileges => "teacher/privileges.html", "privileges-title";
    CardSheets => "teacher/star_cards.html", "star-cards-title";
}

/// The page (fields `student` and `take`; `back`; `act` with what it needs).
#[derive(Debug, Clone, Serialize)]
pub struct Privileges {
    pub class_id: String,
    pub class_name: String,
    pub children: Vec<PurseChild>,
    pub on: Vec<Privilege>,
    pub off: Vec<Privilege>,
    /// Suggestions that the class does not have; the id is the picture.
    pub ready: Vec<Privilege>,
    pub pictures: Vec<Pick>,
    pub units: Vec<Pick>,
    /// Most characters and most cards.
    pub longest: usize,
    pub dearest: i32,
    pub taken: Vec<TakenPrivilege>,
    /// Cards that came since the last printing.
    pub to_print: u32,
    /// The child chosen before, after a refusal.
    pub chosen: String,
}

/// A child with what it can exchange.
#[derive(Debug, Clone, Serialize)]
pub struct PurseChild {
    pub id: String,
    pub name: String,
    pub avatar: Avatar,
    pub purse: PurseView,
}

/// What can be exchanged.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct PurseView {
    pub stars: u32,
    pub moons: u32,
    pub suns: u32,
}

/// A privilege.
#[derive(Debug, Clone, Serialize)]
pub struct Privilege {
    pub id: String,
    /// `g-…` of the sprite.
    pub picture: String,
    pub words: String,
    /// star, moon or sun.
    pub unit: String,
    pub price: i32,
}

/// One that a child had.
#[derive(Debug, Clone, Serialize)]
pub struct TakenPrivilege {
    pub id: String,
    pub child: String,
    pub privilege: Privilege,
    pub day: String,
}

/// Cards to cut out, sheet after sheet.
#[derive(Debug, Clone, Serialize)]
pub struct CardSheets {
    pub class_id: String,
    pub class_name: String,
    /// Without names, to be written on.
    pub blank: bool,
    pub cards: Vec<PaperCard>,
}

/// A card on paper.
#[derive(Debug, Clone, Serialize)]
pub struct PaperCard {
    /// Empty on a blank one.
    pub child: String,
    /// A dimension, moon or sun.
    pub unit: String,
    pub name: String,
}

/// Invented, for the tests of the pages.
#[cfg(test)]
pub mod samples {
    use super::*;

    fn one(picture: &str, words: &str, unit: &str, price: i32) -> Privilege {
        Privilege {
            id: picture.to_owned(),
            picture: picture.to_owned(),
            words: words.to_owned(),
            unit: unit.to_owned(),
            price,
        }
    }

    fn pick(value: &str, label: &str) -> Pick {
        Pick {
            value: value.to_owned(),
            label: label.to_owned(),
            chosen: false,
        }
    }

    /// The page, with a list or before there is one.
    pub fn page(begun: bool) -> Privileges {
        let song = one("song", "点一首班级歌", "star", 3);
        let child = |n: u32, name: &str| PurseChild {
            id: format!("child-{n}"),
            name: name.to_owned(),
            avatar: Avatar::by_number(n),
            purse: PurseView {
                stars: n,
                moons: n % 3,
                suns: n % 2,
            },
        };
        let list = |rows: Vec<Privilege>| if begun { rows } else { Vec::new() };
        Privileges {
            class_id: "class-402".to_owned(),
            class_name: "四(2)班".to_owned(),
            children: vec![
                child(0, "唐果"),
                child(1, "阿依古丽·买买提"),
                child(3, "林岚"),
            ],
            on: list(vec![song.clone(), one("seat", "和好朋友坐一天", "moon", 1)]),
            off: list(vec![one("gift", "一份小惊喜", "sun", 1)]),
            ready: vec![one("book", "给全班读一段书", "star", 3)],
            pictures: vec![pick("song", "音符"), pick("book", "书")],
            units: vec![pick("star", "星"), pick("moon", "月亮")],
            longest: 12,
            dearest: 20,
            taken: match begun {
                true => vec![TakenPrivilege {
                    id: "taking-1".to_owned(),
                    child: "唐果".to_owned(),
                    privilege: song,
                    day: "11月28日".to_owned(),
                }],
                false => Vec::new(),
            },
            to_print: u32::from(begun) * 7,
            chosen: String::new(),
        }
    }

    /// Cards of children, or blank ones.
    pub fn sheets(blank: bool) -> CardSheets {
        let card = |unit: &str, name: &str| PaperCard {
            child: if blank {
                String::new()
            } else {
                "阿依古丽·买买提".to_owned()
            },
            unit: unit.to_owned(),
            name: name.to_owned(),
        };
        CardSheets {
            class_id: "class-402".to_owned(),
            class_name: "四(2)班".to_owned(),
            blank,
            cards: vec![
                card("virtue", "向善星"),
                card("moon", "月亮"),
                card("sun", "太阳"),
            ],
        }
    }
}
