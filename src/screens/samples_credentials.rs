//! Made-up pages of badges that are taken along and checked.

use super::credentials::{CarriedBadge, Checked, FamilyBadge, FamilyBadges, GenuineFile, Verify};
use super::samples::Book;

/// Adds them to the book.
pub fn fill(book: &mut Book) {
    for badges in [Vec::new(), STATES.map(badge).into()] {
        let page = FamilyBadges {
            back: "/f/1".to_owned(),
            child: "林**".to_owned(),
            class_name: "二(3)班".to_owned(),
            badges,
        };
        book.add("family-badges", &page);
    }
    for state in STATES {
        book.add(&format!("family-badge-{state}"), &one(state));
    }
    book.add("verify", &Verify::default());
    for verdict in [
        "genuine",
        "changed",
        "withdrawn",
        "lost",
        "not-ours",
        "unreadable",
    ] {
        book.add(&format!("verify-{verdict}"), &told(verdict));
    }
}

const STATES: [&str; 4] = ["open", "doubted", "taken", "withdrawn"];

fn badge(state: &'static str) -> CarriedBadge {
    CarriedBadge {
        href: "/f/1/badges/2".to_owned(),
        name: "星光学生·向善".to_owned(),
        picture: "star".to_owned(),
        detail: "第三次星光时刻".to_owned(),
        state,
        since: match state {
            "taken" | "withdrawn" => "2026年11月18日".to_owned(),
            _ => String::new(),
        },
        why: if state == "withdrawn" { "home" } else { "" },
    }
}

fn one(state: &'static str) -> FamilyBadge {
    FamilyBadge {
        back: "/f/1/badges".to_owned(),
        child: "林**".to_owned(),
        badge: badge(state),
        names: vec!["none", "short", "full"],
        wrong: state == "open",
        shown: match state {
            "taken" => "short".to_owned(),
            _ => String::new(),
        },
        files: vec![("badge-v3.png", "v3-png"), ("badge-v2.svg", "v2-svg")],
        verify: "/verify/3".to_owned(),
    }
}

fn told(verdict: &'static str) -> Verify {
    let withdrawn = verdict == "withdrawn";
    Verify {
        told: Some(Checked {
            verdict,
            date: match withdrawn {
                true => "2026年11月20日".to_owned(),
                false => String::new(),
            },
            why: if withdrawn { "school" } else { "" },
            file: (verdict == "genuine").then(|| GenuineFile {
                badge: "星光学生·向善".to_owned(),
                text: "向善之星亮起来了。".to_owned(),
                picture: "star".to_owned(),
                school: "青藤小学".to_owned(),
                person: String::new(),
                issued: "2026年11月18日".to_owned(),
                version: 3,
            }),
        }),
        text: "aa.bb.cc".to_owned(),
    }
}
