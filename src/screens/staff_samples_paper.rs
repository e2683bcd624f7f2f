//! Invented data for what is printed: family links, slips, PIN cards, families' papers; and for pairs kept apart.

use super::parts::PICTURES;
use super::parts::Qr;
use super::staff_samples::{CLASS, id, numbered, text};
use super::teacher_apart::{Apart, ApartPair};
use super::teacher_grid::{Anchor, GridCell};
use super::teacher_links::*;
use super::teacher_paper::*;
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

/// `left`: rows of the last save were left alone; `online`: every home has answered.
pub fn paper(left: bool, online: bool) -> PaperGrid {
    let row = |(number, name): (u32, &str)| PaperRow {
        student_id: id(number),
        number,
        name: text(name),
        cells: paper_questions()
            .into_iter()
            .map(|q| GridCell {
                indicator: q.id,
                value: match number % 3 {
                    0 => text("3"),
                    _ => String::new(),
                },
            })
            .collect(),
        words: text(if number % 3 == 0 { "你很努力" } else { "" }),
        version: i32::from(number.is_multiple_of(3)),
        typed: number.is_multiple_of(3),
    };
    let why = |why: &'static str| PaperLeft {
        why,
        names: numbered().take(2).map(|(_, name)| text(name)).collect(),
    };
    PaperGrid {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        round_id: text("round-6"),
        round_name: text("第 6 次星光时刻"),
        closes: text("11月27日"),
        questions: paper_questions(),
        anchors: (1u8..)
            .zip(LEVELS)
            .map(|(value, label)| Anchor {
                value,
                label: text(label),
            })
            .collect(),
        rows: match online {
            true => Vec::new(),
            false => numbered().map(row).collect(),
        },
        online: 12,
        done: 4,
        bar: text("30"),
        keep: text("paper.t.round-6"),
        words_max: 60,
        left: match left {
            true => vec![why("online"), why("elsewhere")],
            false => Vec::new(),
        },
    }
}

const LEVELS: [&str; 4] = ["有时做到", "常常做到", "天天做到", "还能教别人"];

fn paper_questions() -> Vec<PaperQuestion> {
    let ask = |id: &str, dimension: &str, asked: &str| PaperQuestion {
        id: text(id),
        dimension: text(dimension),
        text: text(asked),
        anchors: LEVELS.map(text).into(),
    };
    vec![
        ask("calm", "virtue", "生气时先停三秒再说"),
        ask("book", "wisdom", "每月读完一本好书"),
        ask("chores", "labour", "每周做两次家务"),
        ask("class", "", "孩子喜欢这个班"),
    ]
}

/// Slips to print, two or four a sheet.
pub fn paper_slips(four: bool) -> PaperSlips {
    let slip = |(number, name): (u32, &str)| PaperSlip {
        number,
        name: text(name),
    };
    PaperSlips {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        school_name: text("星光小学"),
        round_name: text("第 6 次星光时刻"),
        closes: text("11月27日"),
        four,
        percent: text("20"),
        questions: paper_questions(),
        slips: numbered().map(slip).collect(),
    }
}
