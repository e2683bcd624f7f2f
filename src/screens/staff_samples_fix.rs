//! Invented data for the pages of corrections and appeals.

use super::staff_samples::{CLASS, ROUND, id, pick, text};
use super::teacher_sheets::*;

/// Corrections of each kind, standing and taken back.
pub fn lines() -> Vec<CorrectionLine> {
    let line = |kind, voice, number, undone: bool| CorrectionLine {
        id: format!("correction-{kind}-{voice}"),
        kind,
        voice,
        number,
        text: text("值日认真不用催"),
        before: Some(text("有时做到")).filter(|_| !undone),
        after: Some(text("常常做到")),
        reason: text("看错了行，写到隔壁孩子那里了"),
        by: text("顾清"),
        at: text("11 月 27 日"),
        undone: undone.then(|| Undone {
            by: text("顾清"),
            at: text("11 月 28 日"),
            reason: text("核对过了，没有看错"),
        }),
        may_undo: !undone,
    };
    vec![
        line("override", "teacher", 0, false),
        line("out", "peer", 2, false),
        line("out", "parent", 0, true),
        line("override", "teacher", 0, true),
    ]
}

/// The page; `wrong` comes back from the form of this name.
pub fn child_sheets(wrong: Option<(&str, &'static str)>) -> ChildSheets {
    let answer = |what: &str, said: Option<&str>, now: Option<&str>| AnswerLine {
        indicator: text(what),
        text: text(what),
        said: said.map(text),
        now: now.map(text),
    };
    let card = |n: u32, out: bool, teacher: bool, corrections: Vec<CorrectionLine>| SheetCard {
        handle: format!("sheet-{n}"),
        who: text(if teacher { "顾清" } else { "" }),
        number: if teacher { 0 } else { n },
        paper: n == 9,
        mark: (n != 3).then(|| text("4.33")),
        answers: vec![
            answer(
                "值日认真不用催",
                Some("有时做到"),
                Some("常常做到").filter(|_| teacher && !out),
            ),
            answer("说话有礼貌，不起外号", Some("天天做到"), None),
            answer("会给垃圾分分类", None, None),
        ],
        out,
        corrections,
        may_override: teacher && !out,
        anchors: [
            ("1", "有时做到"),
            ("2", "常常做到"),
            ("3", "天天做到"),
            ("4", "还能教别人"),
        ]
        .map(|(n, word)| pick(n, word, false))
        .to_vec(),
    };
    let mut lines = lines().into_iter();
    let mut some = |n: usize| lines.by_ref().take(n).collect::<Vec<_>>();
    let voice = |voice, sheets| VoiceSheets { voice, sheets };
    let teacher = card(7, false, true, some(1));
    let peer = card(2, true, false, some(1));
    let voices = vec![
        voice("self", Vec::new()),
        voice(
            "peer",
            vec![
                card(1, false, false, Vec::new()),
                peer,
                card(3, false, false, Vec::new()),
            ],
        ),
        voice("teacher", vec![teacher]),
        voice("parent", vec![card(9, false, false, some(1))]),
    ];
    ChildSheets {
        student_id: id(24),
        student_name: text("叶知秋"),
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        round_id: text(ROUND),
        round_name: text("第 5 次星光时刻"),
        published: true,
        rounds: vec![
            pick(ROUND, "第 5 次星光时刻", true),
            pick("r4", "第 4 次星光时刻", false),
        ],
        voices,
        most: 200,
        wrong: wrong.map(|(form, why)| Wrong {
            form: text(form),
            why,
            reason: text("？"),
            indicator: text("会给垃圾分分类"),
            anchor: text("2"),
        }),
    }
}
