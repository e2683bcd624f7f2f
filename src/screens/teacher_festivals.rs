//! Festivals of a class and of the school. Used by `GET,POST /t/classes/{id}/festivals` and `GET,POST /a/festivals`;
//! templates `teacher/festivals.html`, `office/festivals.html`.

use serde::Serialize;

use super::teacher_shared::{Pick, page};

page! {
    Festivals => "teacher/festivals.html", "festivals-title";
    SchoolFestivals => "office/festivals.html", "festivals-title";
}

/// A class's festivals, one of them open (`festival`, `student` several; `words`).
#[derive(Debug, Clone, Serialize)]
pub struct Festivals {
    pub class_id: String,
    pub class_name: String,
    pub list: Vec<Festival>,
    /// The one that is open; its children.
    pub open: Option<Festival>,
    pub children: Vec<FestivalChild>,
    pub new: NewFestival,
    pub longest_words: usize,
}

/// The school's.
#[derive(Debug, Clone, Serialize)]
pub struct SchoolFestivals {
    pub list: Vec<Festival>,
    pub new: NewFestival,
}

/// A festival.
#[derive(Debug, Clone, Serialize)]
pub struct Festival {
    pub id: String,
    pub name: String,
    pub kind: String,
    /// Shape beside it.
    pub star: String,
    pub day: String,
    /// Children that took part, of the class or the school.
    pub count: u32,
    /// Made by the caller's side, which may take it away.
    pub own: bool,
    pub chosen: bool,
}

/// The form of a new one (`kind`, `name`, `on`).
#[derive(Debug, Clone, Serialize)]
pub struct NewFestival {
    pub kinds: Vec<Pick>,
    pub longest: usize,
    /// ISO dates.
    pub today: String,
    pub from: String,
    pub to: String,
}

/// A child of the class.
#[derive(Debug, Clone, Serialize)]
pub struct FestivalChild {
    pub id: String,
    pub name: String,
    pub took_part: bool,
    pub words: String,
}

/// Invented, for the tests of the pages.
#[cfg(test)]
pub mod samples {
    use super::*;

    fn festival(id: &str, name: &str, own: bool) -> Festival {
        Festival {
            id: id.to_owned(),
            name: name.to_owned(),
            kind: "science".to_owned(),
            star: "wisdom".to_owned(),
            day: "11月20日".to_owned(),
            count: 12,
            own,
            chosen: own,
        }
    }

    fn new() -> NewFestival {
        NewFestival {
            kinds: vec![Pick {
                value: "science".to_owned(),
                label: "科技节".to_owned(),
                chosen: false,
            }],
            longest: 24,
            today: "2026-11-28".to_owned(),
            from: "2026-09-01".to_owned(),
            to: "2027-01-20".to_owned(),
        }
    }

    /// A class's page, with one open or before there is any.
    pub fn class(open: bool) -> Festivals {
        let child = |name: &str, took_part, words: &str| FestivalChild {
            id: format!("child-{name}"),
            name: name.to_owned(),
            took_part,
            words: words.to_owned(),
        };
        Festivals {
            class_id: "class-402".to_owned(),
            class_name: "四(2)班".to_owned(),
            list: match open {
                true => vec![
                    festival("f1", "小小发明展", true),
                    festival("f2", "科技节", false),
                ],
                false => Vec::new(),
            },
            open: open.then(|| festival("f1", "小小发明展", true)),
            children: match open {
                true => vec![
                    child("唐果", true, "最会提问"),
                    child("阿依古丽·买买提", true, ""),
                    child("林岚", false, ""),
                ],
                false => Vec::new(),
            },
            new: new(),
            longest_words: 24,
        }
    }

    /// The school's.
    pub fn school(any: bool) -> SchoolFestivals {
        SchoolFestivals {
            list: any
                .then(|| festival("f2", "科技节", true))
                .into_iter()
                .collect(),
            new: new(),
        }
    }
}
