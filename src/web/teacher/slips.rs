//! What is given to families on paper or as a text: slips, messages to copy, the class's poster. The views of `links`
//! and `class_link`.

use super::words;
use crate::{
    actions::{class_desk::ClassDesk, family_links::Slip, session::Seen},
    screens::{
        parts::Qr,
        say,
        teacher_links::{self, Message, Messages, Slips},
    },
    web::{family::veiled, visit::Visit},
};

/// The slips of a class to print.
pub fn slips(visit: &Visit, seen: &Seen, desk: &ClassDesk, slips: Vec<Slip>) -> Slips {
    let all: Vec<_> = slips
        .into_iter()
        .filter_map(|slip| one(visit, desk, slip))
        .collect();
    Slips {
        class_id: desk.class.id.clone(),
        class_name: desk.name.clone(),
        school_name: seen.school_name.clone(),
        teacher_name: seen.name.clone(),
        count: all.len(),
        sheets: all
            .chunks(Slips::A_SHEET)
            .map(<[teacher_links::Slip]>::to_vec)
            .collect(),
    }
}

fn one(visit: &Visit, desk: &ClassDesk, slip: Slip) -> Option<teacher_links::Slip> {
    let address = format!("{}/p/{}", visit.app.public_url, slip.token?);
    let round = desk.round.as_ref().map(|r| r.row.name.clone());
    Some(teacher_links::Slip {
        number: number(desk, &slip.child.id),
        student_name: slip.child.name,
        qr: Qr::of(&address),
        address,
        valid_until: until(visit, slip.link.expires_at),
        round_name: round.unwrap_or_default(),
        code: slip.code,
        digits: slip.digits,
    })
}

/// A text for each child that has a link, for its newest one.
pub fn messages(visit: &Visit, desk: &ClassDesk, slips: Vec<Slip>) -> Messages {
    let mut newest = slips;
    newest.dedup_by(|later, first| later.child.id == first.child.id);
    Messages {
        class_id: desk.class.id.clone(),
        class_name: desk.name.clone(),
        rows: newest
            .into_iter()
            .filter_map(|slip| message(visit, desk, slip))
            .collect(),
    }
}

fn message(visit: &Visit, desk: &ClassDesk, slip: Slip) -> Option<Message> {
    let args = [
        ("child", veiled(&slip.child.name)),
        (
            "address",
            format!("{}/p/{}", visit.app.public_url, slip.token?),
        ),
        ("until", until(visit, slip.link.expires_at)),
    ];
    let args: Vec<(&str, &str)> = args
        .iter()
        .map(|(key, text)| (*key, text.as_str()))
        .collect();
    let mut text = say(visit.lang, "links-message", &args);
    if !slip.digits.is_empty() {
        text = format!("{text} {}", say(visit.lang, "links-message-digits", &[]));
    }
    Some(Message {
        number: number(desk, &slip.child.id),
        name: slip.child.name,
        text,
    })
}

fn number(desk: &ClassDesk, child: &str) -> u32 {
    let at = desk.children.iter().position(|c| c.id == child);
    let at = at.unwrap_or(0);
    desk.children
        .get(at)
        .map_or(0, |child| words::number(child, at))
}

/// The last day on which a link opens, in words.
pub fn until(visit: &Visit, expires_at: i64) -> String {
    // It ends with that day, at midnight.
    let last = words::date_of(expires_at - 1, visit.app.timezone);
    words::date(visit.lang, last)
}
