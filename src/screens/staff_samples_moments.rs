//! Invented moments and praises of a class, for the tests of the teacher's pages.

use super::parts::Avatar;
use super::staff_samples::{CLASS, id, numbered, pick, text};
use super::teacher_logs::*;
use super::teacher_moments::*;
use super::teacher_seats::*;
use super::teacher_shared::Pick;

fn stars(chosen: &str) -> Vec<Pick> {
    [
        ("virtue", "向善星"),
        ("wisdom", "智慧星"),
        ("health", "健体星"),
        ("arts", "尚美星"),
        ("labour", "勤劳星"),
    ]
    .map(|(key, name)| pick(key, name, key == chosen))
    .to_vec()
}

fn card(n: u32, child: &str, star: &str, words: &str, by: &str) -> MomentCard {
    MomentCard {
        id: id(900 + n),
        seen: text("0123456789abcdef"),
        child: text(child),
        avatar: Avatar::by_number(n),
        star: text(star),
        stars: stars(star),
        text: text(words),
        by: text(by),
        thanked: n == 2,
        may_hide: true,
    }
}

/// The homeroom teacher's page.
pub fn moments() -> Moments {
    Moments {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        leads: true,
        students: numbered()
            .map(|(n, name)| pick(&id(n), name, n == 3))
            .collect(),
        stars: stars("labour"),
        text: text(""),
        wrong: text("moments-wrong-empty"),
        most: 60,
        unseen: numbered()
            .take(4)
            .map(|(n, name)| UnseenChild {
                id: id(n),
                name: text(name),
                avatar: Avatar::by_number(n),
                href: format!("/t/classes/{CLASS}/moments?student={}#write", id(n)),
            })
            .collect(),
        waiting: vec![
            card(1, "林小满", "virtue", "帮了有困难的同学", "一位同学 · 11月"),
            card(
                5,
                "欧阳念",
                "star",
                "下雨天把伞借给我，自己淋着回家。",
                "一位同学 · 11月",
            ),
        ],
        released_in_all: 60,
        released: vec![card(
            2,
            "周子涵",
            "labour",
            "值日擦黑板，连粉笔槽都擦干净了。",
            "顾老师 · 11月17日",
        )],
        hidden: vec![card(
            4,
            "吴沐阳",
            "arts",
            "字写得端端正正",
            "一位同学 · 10月",
        )],
        goals: vec![GoalCard {
            id: id(990),
            student: id(7),
            child: text("李知夏"),
            avatar: Avatar::by_number(7),
            star: text("labour"),
            text: text("自己整理书包"),
        }],
        query: text(""),
    }
}

/// A subject teacher's page, with a search that found nothing.
pub fn of_subject_teacher() -> Moments {
    Moments {
        leads: false,
        wrong: text(""),
        unseen: Vec::new(),
        waiting: Vec::new(),
        released: Vec::new(),
        hidden: Vec::new(),
        goals: Vec::new(),
        query: text("伞"),
        ..moments()
    }
}

/// Tiles and chips.
pub fn praise() -> Praise {
    Praise {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        children: numbered()
            .map(|(n, name)| PraiseChild {
                id: id(n),
                number: n,
                name: text(name),
                avatar: Avatar::by_number(n),
                count: n % 4,
            })
            .collect(),
        groups: vec![
            PraiseGroup {
                star: text("virtue"),
                name: text("向善星"),
                chips: vec![pick("middle_virtue_1", "说话有礼貌，不起外号", false)],
            },
            PraiseGroup {
                star: text("labour"),
                name: text("勤劳星"),
                chips: vec![pick("middle_labour_1", "值日认真不用催", false)],
            },
        ],
        lines: vec![seat_line()],
        has_plan: true,
        own: vec![pick("chip-1", "跑操时扶起了同学", false)],
        stars: vec![pick("virtue", "向善星", false)],
        leads: true,
        longest: 14,
        today: vec![PraiseGiven {
            id: id(801),
            star: text("labour"),
            label: text("值日认真不用催"),
            names: vec![text("林小满"), text("陈一诺")],
            at: text("10:20"),
            may_undo: true,
        }],
    }
}

/// A line with a free seat.
fn seat_line() -> SeatLine {
    let seat = |place: usize, name: &str| Seat {
        line: 1,
        place,
        id: if name.is_empty() {
            String::new()
        } else {
            id(1)
        },
        name: text(name),
        number: 1,
        avatar: (!name.is_empty()).then(|| Avatar::by_number(1)),
        count: 2,
    };
    SeatLine {
        line: 1,
        seats: vec![seat(1, "阿依古丽·买买提"), seat(2, "")],
    }
}

/// The seating plan: none yet, a plan, a pasted text that cannot be read.
pub fn seats(state: &str) -> Seats {
    let wrong = state == "wrong";
    let word = |known: &str| if wrong { vec![text(known)] } else { Vec::new() };
    Seats {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        lines: match state {
            "none" => Vec::new(),
            _ => vec![seat_line(), seat_line()],
        },
        without: vec![text("林小满")],
        places: 8,
        most: 12,
        text: text("阿依古丽·买买提"),
        unread: word("王二"),
        twice: word("林小满"),
        large: wrong,
    }
}

/// Logs of a class; `wrong`: a paste was refused.
pub fn logs(wrong: bool) -> Logs {
    let child = |n: u32, name: &str, amount: &str, told: bool| LogChild {
        id: id(n),
        number: n,
        name: text(name),
        amount: text(amount),
        bad: amount == "x",
        last: told.then(|| LogDay {
            amount: 110,
            day: text("11月9日"),
        }),
        total: told.then_some(117),
        rise: told.then_some((82, 117)),
    };
    Logs {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        kinds: vec![
            pick("rope", "一分钟跳绳", true),
            pick("read", "读书", false),
        ],
        kind: "rope",
        way: "best",
        most: 300,
        on: text("2026-11-28"),
        from: text("2026-09-01"),
        today: text("2026-11-28"),
        rows: vec![
            child(1, "林岚", "117", true),
            child(2, "周一", if wrong { "x" } else { "" }, false),
        ],
        waiting: vec![LogWaiting {
            id: id(7),
            child: text("林岚"),
            kind: text("read"),
            amount: 2,
            day: text("11月28日"),
        }],
        text: text("林岚\t117"),
        refused: if wrong { "amount" } else { "" },
        wrong: match wrong {
            true => ["who", "amount", "date", "kind", "twice"]
                .map(|why| LogWrong {
                    line: 3,
                    said: text("无名"),
                    why,
                })
                .to_vec(),
            false => Vec::new(),
        },
        no_file: if wrong { "none" } else { "" },
    }
}
