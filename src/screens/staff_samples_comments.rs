//! Invented term comments of a class, for the tests of the teacher's pages.

use super::parts::Avatar;
use super::staff_samples::{CLASS, id, numbered, text};
use super::teacher_comments::*;

const WORDS: &str = "若溪，有你真好！10月17日的那一幕老师一直记得：扶着崴脚的同学走到医务室。11月有同学悄悄告诉老师：值日擦黑板，连粉笔槽也擦干净。下学期见！";

/// A state of the page: `write`, `final`, `empty`, `held`, `conflict`, `office`, `left`, `nobody`.
pub const STATES: [&str; 9] = [
    "write", "final", "empty", "held", "conflict", "office", "left", "nobody", "closed",
];

fn card(n: u32, star: &str, words: &str, by: &str, used: bool) -> EvidenceCard {
    EvidenceCard {
        id: format!("moment-{n}"),
        star: text(star),
        text: text(words),
        by: text(by),
        mark: text(words),
        used,
        names_other: n == 3,
        sentences: ["warm", "plain", "lively"]
            .map(|tone| ToneText {
                tone,
                text: format!("{words}。"),
            })
            .to_vec(),
    }
}

fn stars() -> Vec<KidStar> {
    [
        ("virtue", "向善星", 4, "还能教别人"),
        ("wisdom", "智慧星", 3, "天天做到"),
        ("health", "健体星", 2, "常常做到"),
        ("arts", "尚美星", 3, "天天做到"),
        ("labour", "勤劳星", 0, ""),
    ]
    .map(|(star, name, level, word)| KidStar {
        star: text(star),
        name: text(name),
        word: text(word),
        pieces: (1..=4).map(|n| n <= level).collect(),
        own: text("天天做到"),
        others: text("常常做到"),
    })
    .to_vec()
}

fn kid(state: &str) -> CommentKid {
    let written = if state == "empty" {
        "若溪，有你真好！___下学期见！"
    } else {
        WORDS
    };
    CommentKid {
        id: id(18),
        number: 18,
        name: text("邓若溪"),
        avatar: Avatar::by_number(18),
        sex: text("female"),
        writable: matches!(state, "write" | "empty" | "held" | "conflict"),
        left: state == "left",
        state: if state == "final" { "final" } else { "draft" },
        text: text(written),
        length: written.chars().count(),
        unsaved: state == "empty",
        stamp: 4,
        hand: text("sample"),
        turn: 3,
        saved_at: text("10:20"),
        final_on: text(if state == "final" { "11月20日" } else { "" }),
        before: id(17),
        after: id(19),
        moments: 3,
        stars: if state == "left" { Vec::new() } else { stars() },
        evidence: match state {
            "empty" | "left" => Vec::new(),
            _ => vec![
                card(
                    1,
                    "virtue",
                    "扶着崴脚的同学走到医务室",
                    "顾老师 · 10月17日",
                    true,
                ),
                card(
                    2,
                    "labour",
                    "值日擦黑板，连粉笔槽也擦干净",
                    "一位同学 · 11月",
                    true,
                ),
                card(
                    3,
                    "wisdom",
                    "给韩朵朵讲题讲了两遍",
                    "顾老师 · 11月20日",
                    false,
                ),
                card(
                    4,
                    "health",
                    "健体星：有时做到 → 常常做到",
                    "和自己比",
                    false,
                ),
            ],
        },
        history: match state {
            "final" => vec![EarlierFinal {
                text: text("若溪爱帮助人。"),
                day: text("11月19日"),
                by: text("顾老师"),
            }],
            _ => Vec::new(),
        },
    }
}

fn film() -> Vec<FilmChild> {
    let state = |n| match n {
        1..=17 => "final",
        19 | 20 | 23 => "draft",
        _ => "empty",
    };
    let one = |(n, name): (u32, &str)| FilmChild {
        id: id(n),
        number: n,
        name: text(name),
        avatar: Avatar::by_number(n),
        state: state(n),
        current: n == 18,
        left: n == 45,
    };
    numbered().map(one).collect()
}

/// The page in one of its [`STATES`].
pub fn comments(state: &str) -> TermComments {
    let ask = |key, words: &str, blocks, place: &str| AskLine {
        key,
        text: text(words),
        blocks,
        place: text(place),
    };
    TermComments {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        term_name: text("2026–2027 第一学期"),
        keep_key: text("sample"),
        may_write: state != "office",
        closed: text(if state == "closed" { "1月20日" } else { "" }),
        film: if state == "nobody" {
            Vec::new()
        } else {
            film()
        },
        finals: 17,
        drafts: 3,
        of: 45,
        released: text(if state == "final" { "11月27日" } else { "" }),
        kid: (state != "nobody").then(|| kid(state)),
        tones: ["warm", "plain", "lively"]
            .map(|tone| ToneDraft {
                tone,
                text: text(WORDS),
                chosen: tone == "warm",
            })
            .to_vec(),
        phrases: (1..=9)
            .map(|place| Phrase {
                place,
                text: text(if place == 9 {
                    ""
                } else {
                    "老师期待听见你的声音"
                }),
            })
            .collect(),
        most: 500,
        most_phrase: 40,
        low: 60,
        high: 120,
        asks: match state {
            "held" => vec![
                ask(
                    "gap",
                    "还有没填的地方：“___”。填上或删掉才能定稿。",
                    true,
                    "___",
                ),
                ask(
                    "reused",
                    "“新的一年愿你更上一层楼”也写给了唐果、苏小禾。",
                    false,
                    "新的一年",
                ),
            ],
            _ => Vec::new(),
        },
        held: state == "held",
        conflict: (state == "conflict").then(|| Conflict {
            text: text("若溪，你真棒。"),
            by: text("顾老师"),
            at: text("10:21"),
            stamp: 5,
            is_final: false,
            mine: text(WORDS),
        }),
    }
}

/// What is printed.
pub fn printed(each: bool) -> CommentsPrint {
    let one = |(number, name): (u32, &str)| PrintedComment {
        number,
        name: text(name),
        text: WORDS.replace("若溪", name),
        state: if number == 3 { "draft" } else { "final" },
    };
    CommentsPrint {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        school_name: text("星光小学"),
        term_name: text("2026–2027 第一学期"),
        teacher_name: text("顾老师"),
        each,
        children: numbered().map(one).collect(),
    }
}
