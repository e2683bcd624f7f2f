//! Invented data for what a family meets before its child's page, and when that page cannot be had.

use super::family::{FamilyClassLanding, FamilyLanding, FamilyNotice, Kept, NoticeKind, SlipTry};
use super::samples::Book;

/// Adds them to the book.
pub fn fill(book: &mut Book) {
    let wrong = |wait| SlipTry { wrong: true, wait };
    for (name, digits, tried) in [
        ("", false, SlipTry::default()),
        ("-digits", true, SlipTry::default()),
        ("-wrong", true, wrong(0)),
        ("-wait", true, wrong(14)),
    ] {
        let page = FamilyLanding {
            action: "/p/token".to_owned(),
            digits,
            tried,
        };
        book.add(&format!("family-landing{name}"), &page);
    }
    for (name, tried) in [
        ("", SlipTry::default()),
        ("-wrong", wrong(0)),
        ("-wait", wrong(14)),
    ] {
        let page = FamilyClassLanding {
            action: "/p/class/token".to_owned(),
            tried,
        };
        book.add(&format!("family-class{name}"), &page);
    }
    kept(book);
}

fn kept(book: &mut Book) {
    for (name, kind, action) in [
        ("closed", NoticeKind::Closed, ""),
        ("reopen", NoticeKind::Reopen, "/f/1"),
        ("unasked", NoticeKind::Unasked, ""),
    ] {
        let kept = Kept {
            words: "今天自己收拾了书包，妈妈真高兴。".to_owned(),
            action: action.to_owned(),
            fields: vec![("a.v1".to_owned(), "2".to_owned())],
        };
        let back = String::new();
        book.add(
            &format!("family-{name}-kept"),
            &FamilyNotice { kind, back, kept },
        );
    }
}
