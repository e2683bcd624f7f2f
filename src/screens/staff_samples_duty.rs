//! Invented posts, sheets of posts, checks and weeks, for the tests of the pages.

use super::duty::*;
use super::posts::*;
use super::staff_samples::{CLASS, text};
use super::teacher_checks::*;
use super::teacher_shared::Pick;
use super::week::*;

fn pick(value: &str, label: &str, chosen: bool) -> Pick {
    Pick {
        value: text(value),
        label: text(label),
        chosen,
    }
}

/// A sheet with a class in each state.
pub fn sheet(refused: Option<&'static str>) -> DutySheet {
    let item = |less: bool| DutyItem {
        id: text("hygiene"),
        name: text("卫生"),
        full: text("10"),
        points: text(if less { "9.5" } else { "10" }),
        less,
        options: vec![pick("10", "10", !less), pick("9.5", "9.5", less)],
        reasons: vec![pick("hygiene-1", "地面有纸屑", less)],
        reason: text(if less { "地面有纸屑" } else { "" }),
    };
    let class = |(n, state): (usize, &&'static str)| DutyClass {
        id: format!("class-{n}"),
        name: format!("四({})班", n + 1),
        state,
        skipped: n == 0,
        items: vec![item(n == 1)],
    };
    DutySheet {
        post_id: text("post"),
        post_name: text("卫生岗"),
        posts: vec![pick("post", "卫生岗", true)],
        slots: vec![
            pick("460", "07:40-08:20", true),
            pick("750", "12:30-13:20", false),
        ],
        slot: 460,
        slot_label: text("07:40-08:20"),
        date: text("11-23"),
        second: true,
        key: text("key"),
        stamp: 1,
        classes: DUTY_STATES.iter().enumerate().map(class).collect(),
        sent: 1,
        until: text("08:15"),
        open: true,
        refused,
    }
}

fn form(id: &str) -> PostForm {
    PostForm {
        id: text(id),
        name: text("卫生岗"),
        items: vec![ItemField {
            id: text("hygiene"),
            name: text("卫生"),
            full: text("10"),
            chosen: true,
        }],
        slots: text("07:40-08:20"),
        grades: (1..=6).map(|n| GradeField { n, chosen: n < 3 }).collect(),
        double_check: true,
    }
}

/// Posts with every gap; `wrong` is what was refused.
pub fn posts(wrong: Option<&'static str>) -> Posts {
    let gap = |key: &&'static str| GapLine {
        key,
        name: text("五(1)班"),
    };
    Posts {
        day: text("2026-11-23"),
        label: text("11-23"),
        before: text("2026-11-16"),
        after: text("2026-11-30"),
        may_copy: true,
        posts: vec![PostCard {
            name: text("卫生岗"),
            slots: vec![text("07:40-08:20")],
            items: vec![text("卫生 10")],
            grades: vec![1, 2],
            first: vec![text("五(1)班 欧阳若溪")],
            second: vec![text("六(2)班 阿依古丽·买买提")],
            first_text: text("202101001"),
            second_text: text("202101002"),
            gaps: GAPS.iter().map(gap).collect(),
            form: form("post"),
        }],
        retired: vec![pick("old", "旧岗", false)],
        fresh: form(""),
        wrong: wrong.map(|key| (key, text("某某"))),
    }
}

/// A class's week: full marks, an appeal that may be filed, one in every state.
pub fn checks(wrong: bool) -> ClassChecks {
    let line = |state: &str| CheckLine {
        id: text("row"),
        name: text("卫生"),
        points: text("9.5"),
        full: text("10"),
        before: text(if state == "corrected" { "8" } else { "" }),
        reason: text("地面有纸屑"),
        appeal: text(state),
        words: text(if state.is_empty() {
            ""
        } else {
            "那时正在大扫除。"
        }),
        answer: text(if state == "corrected" {
            "核实了，改过来。"
        } else {
            ""
        }),
        may_appeal: state.is_empty(),
    };
    let states = ["", "open", "upheld", "corrected"];
    ClassChecks {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        day: text("2026-11-23"),
        from: text("11-23"),
        to: text("11-29"),
        before: text("2026-11-16"),
        after: text("2026-11-30"),
        days: vec![CheckDay {
            date: text("11-23"),
            checks: vec![
                CheckCard {
                    post: text("礼仪岗"),
                    time: text("07:50"),
                    full: true,
                    items: Vec::new(),
                    until: String::new(),
                },
                CheckCard {
                    post: text("卫生岗"),
                    time: text("08:05"),
                    full: false,
                    items: states.into_iter().map(line).collect(),
                    until: text("11-24 08:05"),
                },
            ],
        }],
        wrong,
    }
}

/// A week: none, running, or decided with a proposed change.
pub fn week(state: &str) -> WeekPage {
    let row = |n: u32| WeekRow {
        name: format!("四({n})班"),
        index: text(if n == 3 { "" } else { "93.4" }),
        days: n + 2,
        few: n == 1,
        rates: vec![text("98"), String::new(), text("94")],
        rise: text("+1.25"),
        flag: n == 2,
        progress: n == 2,
    };
    let decided = state == "decided";
    WeekPage {
        day: text("2026-11-23"),
        number: 9,
        from: text("11-23"),
        to: text("11-29"),
        no_week: state == "none",
        decided: decided.then(|| WeekDecision {
            at: text("11-27 17:00"),
            by: text("顾清"),
            revision: 2,
            why: text("申诉更正"),
        }),
        closes: text("11-27 17:00"),
        may_decide: true,
        grades: vec![WeekGrade {
            grade: 4,
            classes: (1..=3).map(row).collect(),
        }],
        parts: vec![text("纪律"), text("卫生"), text("参与率")],
        changes: match decided {
            true => vec![WeekChange {
                name: text("四(1)班"),
                before: text("93.4"),
                now: text("94.0"),
                flags_before: vec![text("progress")],
                flags_now: vec![text("flag")],
            }],
            false => Vec::new(),
        },
        weeks: vec![WeekLink {
            pick: pick("2026-11-16", "8 · 11-16", false),
            flags: vec![text("四(2)班")],
            progress: vec![text("四(3)班")],
            decided,
        }],
        wrong: decided,
    }
}

/// One certificate of each kind.
pub fn certificates() -> Certificates {
    let sheet = |kind: &'static str| Certificate {
        school: text("星光小学"),
        class_name: text("四(2)班"),
        kind,
        index: text("96.3"),
        rise: text("1.25"),
        number: 9,
        from: text("11-23"),
        to: text("11-27"),
        date: text("2026-11-27"),
    };
    Certificates {
        day: text("2026-11-23"),
        sheets: vec![sheet("flag"), sheet("progress")],
    }
}
