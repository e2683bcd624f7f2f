//! Made-up growth letters: a usual one, the longest there can be, and one of a child of whom nothing is told yet.

use super::letter::{FamilyLetter, Letter, LetterGap, LetterList, LetterRow, LetterSheets};
use super::samples_own::badges;
use super::staff_samples::{CLASS, id, numbered, text};
use super::teacher_book::Told;

const COMMENT: &str = "若溪，你是个心里装着别人的孩子。同学崴了脚，你一路扶她到医务室；轮到你值日，连粉笔槽都擦得干干净净。下学期多举手说说你的好点子吧，大家都想听！";

fn told(star: &str, words: &str, by: &str) -> Told {
    Told {
        star: text(star),
        text: text(words),
        by: text(by),
    }
}

fn head(name: &str) -> Letter {
    Letter {
        name: text(name),
        school_name: text("星光小学"),
        class_name: text("四(2)班"),
        term_name: text("2026–2027 第一学期"),
        date: text("2027年1月20日"),
        ..Letter::default()
    }
}

/// Of a child of whom much is told.
pub fn full(name: &str) -> Letter {
    Letter {
        shining: Some(told(
            "virtue",
            "一路扶着崴脚的同学到医务室",
            "10月17日 · 顾老师写",
        )),
        shining_star: text("向善星"),
        moments: vec![
            told(
                "labour",
                "值日擦黑板，连粉笔槽都擦干净",
                "11月 · 一位同学写",
            ),
            told("arts", "合唱时大声唱，还教同桌打拍子", "12月 · 家里写"),
        ],
        goals: vec![text("每天读书二十分钟"), text("自己整理书包")],
        records: vec![text("一分钟跳绳从 52 个到 80 个"), text("读书一共 12 本")],
        badges: badges(),
        cards: text("收集了 12 颗星，凑成过 2 个月亮。"),
        festivals: vec![text("科技节（最会提问）"), text("合唱节")],
        comment: text(COMMENT),
        comment_by: text("顾老师"),
        next: text("学会跳双摇"),
        ..head(name)
    }
    .fitted()
}

/// As long as the rules let everything be.
pub fn longest() -> Letter {
    let long = |n: usize| {
        "这是一句很长的话"
            .chars()
            .cycle()
            .take(n)
            .collect::<String>()
    };
    let moment = |star| told(star, &long(80), "10月17日 · 阿依古丽·买买提老师写");
    let mut shown = badges();
    shown.extend(badges());
    Letter {
        shining: Some(moment("virtue")),
        moments: ["wisdom", "health", "arts"].map(moment).into(),
        goals: vec![long(20); 3],
        records: vec![text("乒乓球颠球从 152 个到 480 个"); 5],
        badges: shown,
        festivals: vec![format!("{}（{}）", long(24), long(24)); 4],
        comment: long(500),
        next: long(20),
        ..full("阿卜杜拉·买买提依明江")
    }
    .fitted()
}

/// Of whom nothing is told yet.
pub fn bare(name: &str) -> Letter {
    Letter {
        bare: true,
        ..head(name)
    }
    .fitted()
}

/// By the name of the preview.
pub fn letters() -> [(&'static str, Letter); 3] {
    [
        ("family-letter", full("邓若溪")),
        ("family-letter-longest", longest()),
        ("family-letter-bare", bare("唐果")),
    ]
}

/// As its family reads it.
pub fn of_family(letter: Letter) -> FamilyLetter {
    FamilyLetter {
        back: text("/f/1"),
        letter,
    }
}

/// A class's, on paper.
pub fn sheets() -> LetterSheets {
    LetterSheets {
        class_id: text(CLASS),
        letters: letters().into_iter().map(|(_, letter)| letter).collect(),
    }
}

/// A class's list, or an empty class's.
pub fn list(any: bool) -> LetterList {
    let gaps: [&[&'static str]; 5] = [
        &[],
        &["comment", "shining"],
        &["draft"],
        &["release"],
        &["shining"],
    ];
    let row = |((n, name), keys): ((u32, &str), &[&'static str])| LetterRow {
        id: id(n),
        number: n,
        name: text(name),
        bare: keys.len() == 2,
        gaps: keys.iter().map(gap).collect(),
    };
    let rows = numbered().zip(gaps).map(row);
    LetterList {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        term_name: text("2026–2027 第一学期"),
        ready: usize::from(any),
        out: any,
        rows: if any { rows.collect() } else { Vec::new() },
    }
}

fn gap(key: &&'static str) -> LetterGap {
    LetterGap {
        key,
        href: format!("/t/classes/{CLASS}/comments"),
    }
}
