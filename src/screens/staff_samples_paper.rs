//! Invented data for what is printed: family links, slips, PIN cards; and for pairs kept apart.

use super::parts::PICTURES;
use super::parts::Qr;
use super::staff_samples::{CLASS, id, numbered, text};
use super::teacher_apart::{Apart, ApartPair};
use super::teacher_links::*;
use super::teacher_shared::Pick;

pub fn links() -> Links {
    let state = |state: &'static str, n: u32| LinkState {
        id: format!("link-{n}"),
        state,
        issued: text("9月8日"),
        until: text("2月20日"),
        devices: if state == "opened" { 2 } else { 0 },
    };
    let row = |(number, name): (u32, &str)| LinkRow {
        student_id: id(number),
        number,
        name: text(name),
        links: match number % 6 {
            _ if number == 5 => Vec::new(),
            0 => Vec::new(),
            1 => vec![state("revoked", number), state("out", number + 100)],
            2 => vec![state("expired", number)],
            _ => vec![state("opened", number)],
        },
        refused: number == 5,
        answered: number % 6 > 2,
    };
    Links {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        term_name: text("2026–2027 第一学期"),
        valid_until: text("2027年2月20日"),
        rows: numbered().map(row).collect(),
        without: 14,
        with: 30,
        class_link: text("2027年2月20日"),
        address_warning: true,
        public_url: text("http://127.0.0.1:8080"),
    }
}

pub fn slips() -> Slips {
    let slip = |(number, name): (u32, &str)| {
        let address =
            format!("http://192.168.1.10:8080/p/M5QW{number:02}K7PZT4RYVN3XD2HBEJ6CFA9G8S");
        Slip {
            student_name: text(name),
            number,
            qr: Qr::of(&address),
            address,
            valid_until: text("2027年2月20日"),
            round_name: if number == 2 {
                String::new()
            } else {
                text("第 6 次星光时刻")
            },
            code: text("K7-4HRMX"),
            digits: if number % 2 == 0 {
                text("0427")
            } else {
                String::new()
            },
        }
    };
    let all: Vec<Slip> = numbered().take(12).map(slip).collect();
    Slips {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        school_name: text("星光小学"),
        teacher_name: text("顾老师"),
        count: all.len(),
        sheets: all.chunks(Slips::A_SHEET).map(<[Slip]>::to_vec).collect(),
    }
}

pub fn messages() -> Messages {
    let row = |(number, name): (u32, &str)| Message {
        number,
        name: text(name),
        text: format!(
            "林**家长您好！http://192.168.1.10:8080/p/m5qw{number:02}k7pzt4ryvn3xd2hbej6cfa7g2s"
        ),
    };
    Messages {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        rows: numbered().take(6).map(row).collect(),
    }
}

/// `known`: whether its address can still be printed.
pub fn class_poster(known: bool) -> ClassPoster {
    let address = "http://192.168.1.10:8080/p/class/m5qwk7pzt4ryvn3xd2hbej6cfa7g2sab";
    let shown = if known { address } else { "" };
    ClassPoster {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        school_name: text("星光小学"),
        address: text(shown),
        qr: Qr::of(shown).filter(|_| known),
        valid_until: text("2027年2月20日"),
        text: format!("各位家长好！{shown}"),
    }
}

pub fn cards() -> Cards {
    let card = |(number, name): (u32, &str)| PinCard {
        number,
        name: text(name),
        pictures: match number {
            9 => Vec::new(),
            _ => PICTURES
                .iter()
                .skip(usize::try_from(number % 9).unwrap_or(0))
                .take(3)
                .map(|p| text(p))
                .collect(),
        },
        digits: if number == 9 {
            text("4271")
        } else {
            String::new()
        },
        qr: None,
    };
    Cards {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        school_name: text("星光小学"),
        class_address: text("http://192.168.1.10:8080/c/402"),
        qr: Qr::of("http://192.168.1.10:8080/c/402"),
        cards: numbered().take(18).map(card).collect(),
    }
}

/// `refused` as in `APART_REFUSALS`; empty for a class too small.
pub fn apart(refused: &'static str) -> Apart {
    let pair = |a: u32, b: u32, reason: &str| ApartPair {
        a: id(a),
        b: id(b),
        name_a: text("欧阳念"),
        name_b: text("林小满"),
        reason: text(reason),
        since: text("9月8日"),
    };
    let child = |(number, name): (u32, &str)| Pick {
        value: id(number),
        label: format!("{number} {name}"),
        chosen: number == 3 && !refused.is_empty(),
    };
    let reason = |value: &str| Pick {
        value: text(value),
        label: String::new(),
        chosen: value == "conflict",
    };
    let reasons = ["sibling", "conflict", "other"];
    Apart {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        pairs: match refused {
            "pair" => Vec::new(),
            _ => reasons.iter().map(|why| pair(1, 2, why)).collect(),
        },
        first: numbered().map(child).collect(),
        second: numbered().map(child).collect(),
        reasons: reasons.iter().map(|why| reason(why)).collect(),
        children: 45,
        peers: 3,
        room: !refused.is_empty(),
        refused,
    }
}
