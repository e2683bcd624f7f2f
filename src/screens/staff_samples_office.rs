//! Invented data for office pages: what the tests render and `examples/preview_staff.rs` writes.

use super::office::*;
use super::office_people::*;
use super::office_weights::*;
use super::ranking::NamedWeight;
use super::staff_samples::{NAMES, anchors, bar, pick, share, text};
use super::staff_samples_data::passwords;
use super::teacher_shared::{Pick, office_nav};
use super::{Lang, Shell, Viewer};

/// Shell of the office on the page whose navigation key is `current`.
pub fn office_shell(lang: Lang, current: &str) -> Shell {
    Shell {
        lang,
        csrf: text("sample-csrf"),
        school: text("星光小学"),
        viewer: Some(Viewer {
            name: text("文主任"),
            role_key: text("role-admin"),
            detail: String::new(),
        }),
        nav: office_nav(current),
        ..Shell::default()
    }
}

fn classes() -> Vec<Pick> {
    ["四(1)班", "四(2)班", "四(3)班", "四(4)班"]
        .iter()
        .map(|name| pick(name, name, *name == "四(2)班"))
        .collect()
}

fn round(id: &str, name: &str, state: &'static str, done: u32) -> RoundRow {
    let class = |n: u32| ClassParticipation {
        code: format!("40{n}"),
        name: format!("四({n})班"),
        done: 30 + n * 2,
        of: 45,
        excused: n % 2,
        bar: bar(30 + n * 2, 45),
        teachers_done: n % 4,
        teachers_of: 3,
        families: 20 + n,
    };
    RoundRow {
        id: text(id),
        name: text(name),
        state,
        opens: text("11月23日"),
        closes: text("11月27日 16:00"),
        classes: 45,
        done,
        of: 1960,
        bar: bar(done, 1960),
        percent: share(done, 1960),
        participation: (1..=7).map(class).collect(),
    }
}

pub fn home() -> OfficeHome {
    let step = |(n, key): (u32, &&'static str)| SetupStep {
        key,
        done: n < 5,
        now: n == 5,
        count: n * 7,
        of: if n % 2 == 0 { 45 } else { 0 },
        href: text(step_href(key)),
    };
    OfficeHome {
        school_name: text("星光小学"),
        steps: (0u32..).zip(&STEPS).map(step).collect(),
        steps_done: 5,
        round: Some(round("r6", "2026-R06", "open", 1641)),
        alerts: ALERTS
            .iter()
            .map(|key| Alert {
                key,
                count: 27,
                name: text("http://127.0.0.1:8080"),
                href: text("/a/export"),
            })
            .collect(),
        week: Some(12),
        classes: 45,
        students: 2000,
        teachers: 96,
    }
}

pub fn rounds() -> Rounds {
    let grade = |grade: u8| GradePick {
        grade,
        classes: (1..=7)
            .map(|n| pick(&format!("{grade}0{n}"), &format!("{grade}({n})班"), true))
            .collect(),
    };
    Rounds {
        rounds: vec![
            round("r7", "2026-R07", "draft", 0),
            round("r6", "2026-R06", "open", 1641),
            round("r5", "2026-R05", "closed", 1902),
            round("r4", "2026-R04", "published", 1911),
        ],
        form: RoundForm {
            name: text("2026-R08"),
            opens_on: text("2026-12-07"),
            closes_on: text("2026-12-11"),
            closes_at: text("16:00"),
            grades: (1..=6).map(grade).collect(),
            refused: ROUND_REFUSALS.to_vec(),
        },
        rubric_version: text("2026-1"),
        term_name: text("2026–2027 第一学期"),
        frozen: true,
    }
}

pub fn confirm(act: &'static str) -> RoundConfirm {
    RoundConfirm {
        act,
        round: round("r6", "2026-R06", "open", 1641),
        facts: CONFIRM_FACTS
            .iter()
            .map(|key| ConfirmFact { key, count: 6 })
            .collect(),
    }
}

pub fn audit() -> Audit {
    let row = |(n, role): (usize, &&'static str)| AuditRow {
        at: format!("11-23 10:2{n}"),
        actor: text("t-gu"),
        role,
        action: text("round.open"),
        object: text("round 2026-R06"),
        ok: n % 3 != 2,
        from: text("192.168.1.23"),
        request: text("7f3a-91c2"),
    };
    Audit {
        rows: ROLES.iter().enumerate().map(|(n, r)| row((n, r))).collect(),
        next: Some(text("/a/audit?after=100")),
        chain_ok: true,
        checked: text("10:00"),
        actor: String::new(),
        action: String::new(),
        actions: vec![pick("round.open", "round.open", false)],
    }
}

pub fn weights(preview: bool) -> Weights {
    let moved = |name: &str, change: &str| StudentMove {
        name: text(name),
        class_name: text("四(2)班"),
        before: text("81.9"),
        after: text("79.2"),
        change: text(change),
    };
    let class = |name: &str| ClassMove {
        grade: 4,
        name: text(name),
        before: text("84.4"),
        after: text("83.9"),
        change: text("−0.5"),
        place_before: Some(1),
        place_after: Some(2),
    };
    let student = [
        ("self", 0.1),
        ("peer", 0.2),
        ("teacher", 0.6),
        ("parent", 0.05),
    ];
    let of_class = [
        ("self", 0.1),
        ("peer", 0.3),
        ("teacher", 0.2),
        ("parent", 0.1),
        ("participation", 0.1),
        ("students", 0.2),
    ];
    Weights {
        student: weight_set("s", &student),
        class: weight_set("c", &of_class),
        presets: presets([10, 30, 40, 20]),
        version: text("2026-1"),
        holds_from: text("2026–2027 第二学期"),
        frozen: true,
        preview: preview.then(|| Preview {
            students: NAMES.iter().take(8).map(|n| moved(n, "−2.7")).collect(),
            students_moved: 1312,
            students_of: 1986,
            largest: text("4.6"),
            classes: ["四(2)班", "四(3)班"].iter().map(|n| class(n)).collect(),
            classes_moved: 2,
            token: text("sample"),
        }),
        refused: if preview {
            Vec::new()
        } else {
            WEIGHT_REFUSALS.to_vec()
        },
        rehearsed_round: text("2026-R05"),
    }
}

pub fn staff(fresh: bool) -> Staff {
    let row = |(n, name): (usize, &&str)| StaffRow {
        id: format!("s{n}"),
        name: text(name),
        login: format!("t{n:03}"),
        role: if n == 0 { "admin" } else { "teacher" },
        classes: vec![
            StaffClass {
                name: text("四(2)班"),
                homeroom: n == 1,
            },
            StaffClass {
                name: text("四(3)班"),
                homeroom: false,
            },
        ],
        state: STAFF_STATES.get(n % 3).copied().unwrap_or("active"),
        totp: n == 0,
        seen: text("今天 10:12"),
        own: n == 0,
    };
    Staff {
        rows: NAMES
            .iter()
            .take(9)
            .enumerate()
            .map(|(n, name)| row((n, name)))
            .collect(),
        fresh: if fresh { passwords() } else { Vec::new() },
        classes: classes(),
        query: String::new(),
        refused: if fresh {
            Vec::new()
        } else {
            STAFF_REFUSALS.to_vec()
        },
    }
}

pub fn consent() -> Consent {
    let row = |(n, name): (u32, &&str)| {
        let state = if n == 5 {
            "refused"
        } else if n % 9 == 0 {
            "none"
        } else {
            "given"
        };
        ConsentRow {
            student_id: format!("c{n}"),
            number: n,
            name: text(name),
            state,
            how: match state {
                "none" => "",
                _ if n % 4 == 0 => "online",
                _ => "paper",
            },
            date: text("9月3日"),
            version: text("2026-1"),
        }
    };
    Consent {
        classes: classes(),
        class_id: text("402"),
        class_name: text("四(2)班"),
        notice_version: text("2026-1"),
        today: text("2026-11-23"),
        rows: (1u32..).zip(&NAMES).map(row).collect(),
        given: 39,
        refused: 1,
        none: 5,
    }
}

pub fn rubric() -> Rubric {
    let weight = |voice: &'static str, percent: &str| NamedWeight {
        voice,
        percent: text(percent),
    };
    let indicator = |words: &str, sources: &[&'static str]| RubricIndicator {
        text: text(words),
        sources: sources.to_vec(),
        weight: text("1"),
    };
    let dimension = |(id, name): (&str, &str)| RubricDimension {
        id: text(id),
        name: text(name),
        indicators: vec![
            indicator("说话有礼貌，不起外号", &["self", "peer", "teacher"]),
            indicator("生气时先停三秒再说", &["self", "parent"]),
        ],
    };
    let dimensions = [
        ("virtue", "向善星"),
        ("wisdom", "智慧星"),
        ("health", "健体星"),
        ("arts", "尚美星"),
        ("labour", "勤劳星"),
    ];
    let segment = |segment: &'static str| RubricSegment {
        segment,
        anchors: anchors().into_iter().map(|a| a.label).collect(),
        dimensions: dimensions.map(dimension).into(),
    };
    let constants = [
        "rater_prior",
        "ratee_prior",
        "reference_prior",
        "clamp",
        "low_weight",
    ];
    Rubric {
        version: text("2026-1"),
        adopted: text("2026年9月1日"),
        frozen_by: Some(text("2026-R01")),
        weights: vec![
            weight("self", "10"),
            weight("peer", "30"),
            weight("teacher", "40"),
            weight("parent", "20"),
        ],
        class_weights: super::staff_samples_board::class_weights(),
        segments: ["low", "middle", "high"].map(segment).into(),
        class_indicators: vec![indicator(
            "我们班同学互相尊重",
            &["self", "teacher", "parent"],
        )],
        items: [("纪律", "20"), ("卫生", "20"), ("礼仪", "15")]
            .map(|(name, weight)| RubricItem {
                name: text(name),
                weight: text(weight),
            })
            .into(),
        constants: constants.map(|key| (key, text("1"))).into(),
    }
}
