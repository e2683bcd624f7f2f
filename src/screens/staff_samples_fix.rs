//! Invented data for the pages of corrections and appeals.

use super::staff_samples::{CLASS, ROUND, id, pick, text};
use super::teacher_appeals::*;
use super::teacher_sheets::*;

/// Corrections of each kind, standing and taken back.
pub fn lines() -> Vec<CorrectionLine> {
    let line = |kind, voice, undone: bool| CorrectionLine {
        id: format!("correction-{kind}-{voice}"),
        kind,
        voice,
        mark: Some(text("4.33")),
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
        line("override", "teacher", false),
        line("out", "peer", false),
        line("out", "parent", true),
        line("override", "teacher", true),
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
        appeal: wrong.map(|_| AppealOpen {
            about: "",
            star: text("勤劳星"),
            words: text("我每次都认真值日"),
        }),
        wrong: wrong.map(|(form, why)| Wrong {
            form: text(form),
            why,
            reason: text("？"),
            indicator: text("会给垃圾分分类"),
            anchor: text("2"),
        }),
    }
}

fn said(words: &str) -> Said {
    Said {
        words: text(words),
        by: text("顾清"),
        at: text("11 月 28 日"),
    }
}

/// An appeal in each state and of each kind.
fn appeal(
    n: usize,
    by: &'static str,
    state: &'static str,
    kind: Option<&'static str>,
) -> AppealCard {
    let correction = kind.is_some_and(|kind| kind != "explain");
    AppealCard {
        id: format!("appeal-{n}"),
        by,
        child: text(if by == "class" { "" } else { "叶知秋" }),
        class_name: text("四(2)班"),
        round: text("第 5 次星光时刻"),
        about: ["all", "moment", ""]
            .into_iter()
            .nth(n % 3)
            .unwrap_or_default(),
        star: text("勤劳星"),
        words: text(if n == 1 {
            ""
        } else {
            "我每次都认真值日，可是写的是有时做到。"
        }),
        date: text("11 月 26 日"),
        days: u32::try_from(n).unwrap_or(0),
        over: n == 3,
        state,
        proposal: kind.map(|kind| ProposalLine {
            kind,
            voice: if correction { "teacher" } else { "" },
            said: said("值日表核对过了，是我看错了行"),
            text: text(if kind == "override" {
                "值日认真不用催"
            } else {
                ""
            }),
            after: text(if kind == "override" {
                "天天做到"
            } else {
                ""
            }),
        }),
        answer: (state == "granted" || state == "declined")
            .then(|| said("谢谢你告诉我们，已经改过来了")),
        explanation: text(if by == "class" {
            ""
        } else {
            "/t/students/1/explanation"
        }),
        sheets: text("/t/students/1/sheets"),
        own: n == 5,
    }
}

/// The homeroom teacher's page.
pub fn class_appeals(wrong: Option<&str>) -> ClassAppeals {
    ClassAppeals {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        open: vec![
            appeal(0, "child", "filed", None),
            appeal(1, "family", "filed", None),
            appeal(2, "child", "proposed", Some("override")),
            appeal(3, "class", "proposed", None),
        ],
        decided: vec![appeal(4, "family", "declined", Some("explain"))],
        rounds: vec![pick(ROUND, "第 5 次星光时刻", true)],
        most: 200,
        wrong: wrong.map(wrong_words),
    }
}

fn wrong_words(id: &str) -> WrongWords {
    WrongWords {
        id: text(id),
        words: text("？"),
    }
}

/// The office's page.
pub fn office_appeals(wrong: Option<&str>) -> OfficeAppeals {
    OfficeAppeals {
        waiting: vec![
            appeal(2, "child", "proposed", Some("override")),
            appeal(3, "class", "proposed", None),
            appeal(4, "family", "proposed", Some("out")),
            appeal(5, "child", "proposed", Some("explain")),
        ],
        filed: vec![appeal(1, "family", "filed", None)],
        decided: vec![appeal(6, "child", "granted", Some("out"))],
        awards: vec![DoubtedAward {
            id: text("award-1"),
            recipient: text("叶知秋"),
            badge: text("星光学生·勤劳"),
            star: text("labour"),
            round: text("第 5 次星光时刻"),
            evidence: text("勤劳星 4.6 星"),
            date: text("11 月 20 日"),
        }],
        most: 200,
        wrong: wrong.map(wrong_words),
    }
}
