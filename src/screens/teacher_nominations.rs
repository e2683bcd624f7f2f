//! Nominations for the Young Pioneers' badge. Used by `GET /t/classes/{id}/nominations` and `GET /a/badges/nominations`;
//! template `teacher/nominations.html`.

use super::teacher_shared::page;
use serde::Serialize;

page! {
    Nominations => "teacher/nominations.html", "nominations-title";
}

/// The lists of one class or of all, a sheet of A4 each.
#[derive(Debug, Clone, Serialize)]
pub struct Nominations {
    /// The page it was opened from.
    pub back: String,
    pub back_name: String,
    pub school_name: String,
    pub term_name: String,
    pub date: String,
    pub lists: Vec<NominationList>,
}

/// A class's list.
#[derive(Debug, Clone, Serialize)]
pub struct NominationList {
    /// Where the teacher says yes or no.
    pub badges: String,
    pub class_name: String,
    pub children: u32,
    pub most: u32,
    pub waiting: u32,
    pub rows: Vec<NominationRow>,
}

/// A nominated child.
#[derive(Debug, Clone, Serialize)]
pub struct NominationRow {
    pub no: String,
    pub name: String,
    /// Names of badges of the term.
    pub badges: Vec<String>,
    /// One sentence of what it did, empty without.
    pub deed: String,
}

/// Invented, for the tests of the pages.
#[cfg(test)]
pub fn sample(all: bool) -> Nominations {
    let row = |no: &str, name: &str, deed: &str| NominationRow {
        no: no.to_owned(),
        name: name.to_owned(),
        badges: ["坚持星", "劳动小能手·开花"].map(str::to_owned).to_vec(),
        deed: deed.to_owned(),
    };
    let list = |class: &str, rows: Vec<NominationRow>| NominationList {
        badges: "/t/classes/class-402/badges".to_owned(),
        class_name: class.to_owned(),
        children: 45,
        most: 13,
        waiting: 2,
        rows,
    };
    let full = vec![
        row("20230402", "唐果", "下雨天，唐果把伞借给了同学。"),
        row("20230417", "阿依古丽·买买提", ""),
    ];
    let mut lists = vec![list("四(2)班", full)];
    if all {
        lists.push(list("四(3)班", Vec::new()));
    }
    Nominations {
        back: "/a/badges".to_owned(),
        back_name: "奖章".to_owned(),
        school_name: "星光小学".to_owned(),
        term_name: "2026—2027 学年第一学期".to_owned(),
        date: "2026年11月29日".to_owned(),
        lists,
    }
}
