//! Invented term books, for the tests of the teacher's pages.

use super::staff_samples::{CLASS, id, numbered, text};
use super::teacher_book::*;

const WORDS: &str = "若溪，你是个心里装着别人的孩子。同学崴了脚，你一路扶她到医务室；轮到你值日，连粉笔槽都擦得干干净净。下学期多举手说说你的好点子吧，大家都想听！";

fn told(star: &str, words: &str, by: &str) -> Told {
    Told {
        star: text(star),
        text: text(words),
        by: text(by),
    }
}

fn stars(blank: bool) -> Vec<BookStar> {
    [
        ("virtue", "向善星", 4, "还能教别人"),
        ("wisdom", "智慧星", 3, "天天做到"),
        ("health", "健体星", 2, "常常做到"),
        ("arts", "尚美星", 3, "天天做到"),
        ("labour", "勤劳星", 1, "有时做到"),
    ]
    .map(|(star, name, level, word)| BookStar {
        star: text(star),
        name: text(name),
        word: if blank { String::new() } else { text(word) },
        pieces: (1..=4).map(|n| n <= level && !blank).collect(),
    })
    .to_vec()
}

fn full(n: u32, name: &str) -> BookSheet {
    let moment = told(
        "virtue",
        "一路扶着崴脚的同学到医务室",
        "10月17日 · 顾老师写",
    );
    BookSheet {
        id: id(n),
        name: text(name),
        stars: stars(false),
        voices: Some((3, 4)),
        peer_hidden: n == 2,
        moments: vec![
            moment,
            told(
                "labour",
                "值日擦黑板，连粉笔槽都擦干净",
                "11月 · 一位同学写",
            ),
        ],
        goals: vec![told("wisdom", "每天读书二十分钟", "")],
        badges: vec![told("star", "坚持星", ""), told("health", "绳采星", "")],
        comment: text(WORDS),
        comment_by: text("顾老师"),
        own_words: vec![text("我最开心的是读完了《昆虫记》。")],
        goal_on: text("学会跳双摇"),
        home_words: vec![text("谢谢你每天帮奶奶浇花。")],
        size: "usual",
    }
}

fn empty(n: u32, name: &str) -> BookSheet {
    BookSheet {
        id: id(n),
        name: text(name),
        stars: stars(true),
        voices: None,
        peer_hidden: false,
        moments: Vec::new(),
        goals: Vec::new(),
        badges: Vec::new(),
        comment: String::new(),
        comment_by: String::new(),
        own_words: Vec::new(),
        goal_on: String::new(),
        home_words: Vec::new(),
        size: "usual",
    }
}

/// The class's books, on A4 or folded; `blank`: one child's at the beginning of a term.
pub fn book(fold: bool, blank: bool) -> TermBook {
    let sheet = |(n, name): (u32, &str)| match blank {
        true => empty(n, name),
        false => full(n, name),
    };
    TermBook {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        school_name: text("星光小学"),
        term_name: text("2026–2027 第一学期"),
        child: if blank { id(1) } else { String::new() },
        fold,
        sheets: numbered()
            .take(if blank { 1 } else { 4 })
            .map(sheet)
            .collect(),
    }
}
