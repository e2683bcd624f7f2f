//! Made-up pages of a family's rights, and the office's page of requests.

use super::family_rights::{
    DataLine, DataPart, DeskRequest, Erase, FamilyConsent, FamilyData, FamilyRights, HomeRequest,
    HomeRequests, OfficeRequest,
};
use super::samples::Book;

/// Adds the family's pages to the book.
pub fn fill(book: &mut Book) {
    for again in [false, true] {
        book.add("family-notice", &notice(again));
    }
    for state in ["given", "refused", "none"] {
        book.add("family-rights", &rights(state));
    }
    book.add("family-data", &data());
}

fn notice(again: bool) -> FamilyConsent {
    FamilyConsent {
        action: "/f/1/notice".to_owned(),
        child: "林**".to_owned(),
        class_name: "二(3)班".to_owned(),
        version: crate::domain::home_rights::NOTICE,
        again,
        rights_href: "/f/1/rights".to_owned(),
    }
}

/// A request with its answer.
pub fn request(state: &str, answer: &str) -> HomeRequest {
    HomeRequest {
        kind: "correction".to_owned(),
        state: state.to_owned(),
        words: "名字是“岚”，不是“兰”。".to_owned(),
        filed: "11月18日".to_owned(),
        due: "12月9日".to_owned(),
        answer: answer.to_owned(),
    }
}

fn rights(state: &'static str) -> FamilyRights {
    let asked = state == "given";
    FamilyRights {
        here: "/f/1".to_owned(),
        child: "林**".to_owned(),
        class_name: "二(3)班".to_owned(),
        state,
        decided: match state {
            "none" => String::new(),
            _ => "2026年9月3日".to_owned(),
        },
        how: if asked { "paper" } else { "link" }.to_owned(),
        version: 1,
        notice: 1,
        requests: match asked {
            true => vec![
                request("open", ""),
                request("done", "已经改好，谢谢提醒。"),
                request("declined", "这一项要留到学期结束，下学期会删。"),
            ],
            false => Vec::new(),
        },
        open_kinds: match asked {
            true => vec!["deletion"],
            false => vec!["correction", "deletion"],
        },
        words_max: 300,
        wrong: asked.then(|| ("deletion".to_owned(), String::new())),
        card: asked,
    }
}

const KEYS: [(&str, bool); 19] = [
    ("roster", false),
    ("consents", false),
    ("links", false),
    ("stars", false),
    ("moments", false),
    ("goals", false),
    ("logs", false),
    ("badges", false),
    ("carried", false),
    ("comments", false),
    ("sheets", false),
    ("appeals", false),
    ("requests", false),
    ("own", true),
    ("written", true),
    ("teachers", true),
    ("peers", true),
    ("peers-wait", true),
    ("praises", true),
];

fn data() -> FamilyData {
    let line = DataLine {
        head: "11月12日".to_owned(),
        text: "弟弟鞋带散了，蹲下来教他打结。".to_owned(),
    };
    let part = |(key, closed): (&'static str, bool)| DataPart {
        key,
        count: 2,
        closed,
        lines: match key {
            "appeals" => Vec::new(),
            _ => vec![line.clone(), line.clone()],
        },
    };
    FamilyData {
        here: "/f/1".to_owned(),
        child: "林**".to_owned(),
        class_name: "二(3)班".to_owned(),
        school_name: "星光小学".to_owned(),
        date: "2026年11月18日".to_owned(),
        parts: KEYS.map(part).into(),
    }
}

/// The office's page.
pub fn requests(empty: bool) -> HomeRequests {
    let one = |n: usize, state: &str| OfficeRequest {
        id: format!("request-{n}"),
        kind: if n.is_multiple_of(2) {
            "correction"
        } else {
            "deletion"
        }
        .to_owned(),
        state: state.to_owned(),
        child: "林岚".to_owned(),
        class_name: match n {
            1 => String::new(),
            _ => "二(3)班".to_owned(),
        },
        words: "名字是“岚”，不是“兰”。".to_owned(),
        filed: "11月18日".to_owned(),
        due: "12月9日".to_owned(),
        days: 4,
        over: n == 1,
        answer: match state {
            "open" => String::new(),
            _ => "已经改好，谢谢提醒。".to_owned(),
        },
    };
    if empty {
        return HomeRequests {
            open: Vec::new(),
            answered: Vec::new(),
            words_max: 300,
            wrong: None,
            desk: Some(DeskRequest {
                student_no: "202403017".to_owned(),
                kind: "deletion".to_owned(),
                words: "已经转学，请删除。".to_owned(),
                wrong: "waits",
            }),
        };
    }
    HomeRequests {
        open: vec![one(1, "open"), one(2, "open")],
        answered: vec![one(3, "done"), one(4, "declined")],
        words_max: 300,
        wrong: Some(("request-2".to_owned(), "好".to_owned())),
        desk: None,
    }
}

/// What erasing takes away; `here`: the child is still in a class.
pub fn erase(here: bool) -> Erase {
    Erase {
        id: "request-1".to_owned(),
        child: "林岚".to_owned(),
        student_no: "202403017".to_owned(),
        here,
        goes: vec![("moments", 4), ("sheets", 31), ("term_comments", 2)],
        wrong: !here,
    }
}
