//! Invented data for rankings: what the tests render.

use super::explain_digits::{fixed, points};
use super::explain_plot::voice_bar;
use super::ranking::*;
use super::staff_samples::{bar, text};
use super::trend_line::trend_line;

pub fn class_weights() -> Vec<NamedWeight> {
    CLASS_VOICES
        .iter()
        .zip(["10", "30", "20", "10", "10", "20"])
        .map(|(voice, percent)| NamedWeight {
            voice,
            percent: text(percent),
        })
        .collect()
}

fn choice(value: &str, label: &str, chosen: bool) -> Choice {
    Choice {
        value: text(value),
        label: text(label),
        href: format!("/rankings?round={value}"),
        chosen,
    }
}

pub fn rankings() -> Rankings {
    Rankings {
        rounds: vec![
            choice("r5", "第 5 次", true),
            choice("r4", "第 4 次", false),
            choice("term", "这学期", false),
        ],
        grades: ["", "1", "2", "3", "4", "5", "6"]
            .iter()
            .map(|g| choice(g, g, *g == "4"))
            .collect(),
        round_id: text("r5"),
        round_name: text("第 5 次星光时刻"),
        weights: class_weights(),
        rubric_version: text("2026-1"),
        tables: vec![GradeTable {
            grade: 4,
            ranked: 7,
            rows: (1..=9).map(class_row).collect(),
        }],
    }
}

pub fn class_row(n: u32) -> ClassRow {
    let ranked = n <= 7;
    let place = if n == 3 { 2 } else { n };
    let (low, high) = (place.saturating_sub(1).max(1), (place + 2).min(7));
    let score = 4.5 - 0.09 * f64::from(place);
    ClassRow {
        class_id: format!("class-{n}"),
        code: format!("40{n}"),
        name: format!("四({n})班"),
        place: ranked.then_some(place),
        low: ranked.then_some(low),
        high: ranked.then_some(high),
        points: ranked.then(|| points(score)),
        band: n <= 3,
        because: (!ranked).then_some(if n == 8 { "few_students" } else { "no_data" }),
        voices: (0..6u32)
            .map(|v| {
                (ranked && !(n == 2 && v == 3)).then(|| fixed(score + f64::from(v % 3) / 10.0, 2))
            })
            .collect(),
        trend: ranked.then(|| trend(80.0, 80.0 + f64::from(n) * 0.6 - 1.8)),
        interval: ranked.then(|| interval_bar(place, low, high, 7)),
    }
}

pub fn class_explanation() -> ClassExplanation {
    let voice = |(voice, w): (&&'static str, f64)| {
        let state = if *voice == "parent" {
            "filled"
        } else {
            "heard"
        };
        ClassVoiceRow {
            voice,
            state,
            value: Some(text("4.32")),
            mean: Some(text("4.10")),
            weight: fixed(w, 2),
            rubric_weight: (*voice == "peer").then(|| text("0.25")),
            count: (*voice == "parent").then_some(31),
            product: Some(fixed(4.32 * w, 3)),
            se: Some(text("0.08")),
            bar: voice_bar(Some(4.32), Some(4.1)),
        }
    };
    let item = |(name, points): (&str, u32)| ItemRate {
        name: text(name),
        weight: text("20"),
        checks: 9,
        points: points.to_string(),
        full: text("90"),
        percent: super::staff_samples::share(points, 90),
        bar: bar(points, 90),
    };
    ClassExplanation {
        class_id: text("class-1"),
        class_name: text("四(3)班"),
        grade: 4,
        round_name: text("第 5 次星光时刻"),
        back: text("/rankings?round=r5&grade=4"),
        points: Some(text("83.0")),
        stars: Some(text("4.320")),
        place: Some(1),
        low: Some(1),
        high: Some(3),
        ranked: 7,
        because: None,
        voices: CLASS_VOICES
            .iter()
            .zip([0.1, 0.3, 0.2, 0.1, 0.1, 0.2])
            .map(voice)
            .collect(),
        items: [
            ("纪律", 84),
            ("卫生", 88),
            ("礼仪", 90),
            ("集队集会", 79),
            ("大课间", 81),
            ("阅读", 90),
        ]
        .map(item)
        .into(),
        shift: Some(text("0.21")),
        checked: Some((text("94.1"), text("4.76"))),
        teachers: [("4.20", "0.31", "3.89"), ("4.60", "-0.05", "4.65")]
            .map(|(written, leniency, aligned)| TeacherMark {
                written: text(written),
                leniency: text(leniency),
                aligned: text(aligned),
            })
            .into(),
        line: trend_line(
            &[("第 3 次", 80.1), ("第 4 次", 81.4), ("第 5 次", 83.0)]
                .map(|(name, v)| (text(name), v)),
            Some(80.8),
        ),
        trend: Some(trend(80.8, 83.0)),
        helps: [("ranked", 3), ("part", 2), ("item", 0), ("voice_parent", 0)]
            .map(|(kind, more)| HelpLine {
                kind: text(kind),
                more,
                name: text("卫生"),
                points: text("0.8"),
            })
            .into(),
        live: Some(LiveRound {
            name: text("第 6 次"),
            done: 38,
            of: 45,
            more: 5,
        }),
        ends: Some((text("80.9"), text("85.1"))),
        participation: Some(ParticipationStep {
            done: 41,
            enrolled: 45,
            excused: 1,
            percent: text("93"),
            stars: text("4.92"),
        }),
        shrunk: Some(ShrunkStep {
            mean: text("4.10"),
            students: 12,
            grade_mean: text("3.87"),
            kept_percent: text("31"),
            shrunk: text("3.94"),
        }),
        se: Some(text("0.06")),
        rubric_version: text("2026-1"),
    }
}
