//! Invented ends of a term, for the tests of the pages.

use super::parts::Avatar;
use super::staff_samples::{CLASS, text};
use super::teacher_closing::*;

/// Keys of the list, in its order.
pub const STEPS: [&str; 6] = [
    "round", "moments", "badges", "appeals", "comments", "release",
];

fn child(n: u32, name: &str, reason: &str) -> UnseenAtEnd {
    UnseenAtEnd {
        id: format!("child-{n}"),
        number: n,
        name: text(name),
        avatar: Avatar::by_number(n),
        reason: text(reason),
    }
}

fn unseen(reason: &str) -> Vec<UnseenAtEnd> {
    vec![
        child(7, "欧阳若溪", reason),
        child(12, "阿依古丽·买买提", ""),
    ]
}

/// The page of a class: open with unseen children or none, refused, closed.
pub fn class(state: &str) -> ClassClosing {
    let step = |(at, key): (usize, &&'static str)| EndStep {
        key,
        done: at % 2 == 0,
        n: 3,
        of: 45,
        href: text("/t/classes/class-402/moments"),
    };
    ClassClosing {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        term_name: text("2026–2027 第一学期"),
        steps: STEPS.iter().enumerate().map(step).collect(),
        unseen: match state {
            "none" => Vec::new(),
            _ => unseen("请长假"),
        },
        least: 2,
        most: 80,
        wrong: state == "wrong",
        closed: (state == "closed").then(|| ClosedTerm {
            day: text("1月20日"),
            by: text("顾清"),
            unseen: unseen("请长假"),
        }),
    }
}

/// All classes: closed, open with unseen children, open with none.
pub fn school() -> SchoolClosing {
    let class = |n: u32, closed: &str, unseen: Vec<UnseenAtEnd>| ClassAtEnd {
        id: format!("class-{n}"),
        name: format!("四({n})班"),
        children: 45,
        finals: 40 + n,
        unseen,
        closed: text(closed),
        by: text("顾清"),
    };
    let many = (1..9).map(|n| child(n, "唐果", "")).collect();
    SchoolClosing {
        term_name: text("2026–2027 第一学期"),
        closed: 1,
        classes: vec![
            class(1, "1月20日", unseen("请长假")),
            class(2, "", many),
            class(3, "", Vec::new()),
        ],
    }
}
