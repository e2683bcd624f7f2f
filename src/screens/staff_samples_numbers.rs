//! Invented data for the pages with numbers: results, badges, explanation.

use super::explain::{self, DimensionRow, Explanation, ExplanationWords, Note, WordsRow};
use super::explain_digits::{fixed, points};
use super::explain_plot::voice_bar;
use super::ranking::interval_bar;
use super::staff_samples::{CLASS, INDICATORS, ROUND, id, numbered, pick, text};
use super::teacher_badges::{
    Award, BadgeGroup, BadgePeriod, BadgeQueue, Certificate, Certificates, Proposal, ProposalGroup,
};
use super::teacher_results::*;
use super::teacher_shared::Pick;

pub fn results_ask() -> ResultsAsk {
    ResultsAsk {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        rounds: rounds(),
    }
}

fn rounds() -> Vec<Pick> {
    vec![
        pick("r5", "第 5 次星光时刻", true),
        pick("r4", "第 4 次星光时刻", false),
        pick("term", "这学期", false),
    ]
}

pub fn results() -> Results {
    Results {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        round_id: text(ROUND),
        round_name: text("第 5 次星光时刻"),
        rounds: rounds(),
        rows: numbered().map(|(n, name)| result_row(n, name)).collect(),
        ranked: 43,
        sort: "points",
        sorts: sort_heads("points"),
        spread: 31,
        rubric_version: text("2026-1"),
    }
}

fn result_row(n: u32, name: &str) -> ResultRow {
    let score = 4.7 - 0.04 * f64::from(n);
    let ranked = n <= 43;
    let (low, high) = (n.saturating_sub(15).max(1), (n + 16).min(43));
    let voice = |shift: f64| Some(fixed((score + shift).clamp(1.0, 5.0), 2));
    ResultRow {
        student_id: id(n),
        number: (n * 17) % 45 + 1,
        name: text(name),
        voices: [
            voice(0.3),
            voice(-0.1),
            voice(0.0),
            (!n.is_multiple_of(4)).then(|| fixed(4.5, 2)),
        ],
        heard: if n.is_multiple_of(4) { 3 } else { 4 },
        of: 4,
        score: Some(fixed(score, 3)),
        points: Some(points(score)),
        se: Some(fixed(2.3 + f64::from(n % 5) / 10.0, 1)),
        place: ranked.then_some(n),
        low: ranked.then_some(low),
        high: ranked.then_some(high),
        interval: ranked.then(|| interval_bar(n, low, high, 43)),
        provisional: !ranked,
        excused: n == 45,
    }
}

pub fn badges() -> BadgeQueue {
    let award = |n: usize, child: &str, state: &'static str| Award {
        id: format!("award-{n}"),
        child: text(child),
        evidence: vec![text("向善星 4.6 星，5 位同学")],
        date: text("11月20日"),
        state,
        doubted: n == 1,
        opted_out: n == 2,
    };
    let group = |badge: &str, name: &str, star: &str, waiting| BadgeGroup {
        badge: text(badge),
        period: text("2026-R08"),
        name: text(name),
        star: text(star),
        screen_text: text("下雨天，唐果把伞借给了同学。"),
        picture: text("spark"),
        print: text("/t/classes/class-402/badges/print?badge=a&period=b"),
        waiting,
        released: 1,
        awards: vec![
            award(0, "唐果", "waiting"),
            award(1, "阿依古丽·买买提", "released"),
            award(2, "石磊", "waiting"),
        ],
    };
    let period = |value: &str, waiting, chosen| BadgePeriod {
        value: text(value),
        href: text("/t/classes/class-402/badges?period=1"),
        name: text(value),
        waiting,
        chosen,
    };
    BadgeQueue {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        waiting: 5,
        periods: vec![period("2026-R08", 1, true), period("2026-R07", 0, false)],
        proposals: vec![ProposalGroup {
            badge: text("fair_rater"),
            period: text("term"),
            name: text("公正小评委"),
            text: text("你看别人很用心。"),
            picture: text("scales"),
            awards: vec![
                proposal("award-7", "唐果", false),
                proposal("award-8", "石磊", true),
            ],
        }],
        groups: vec![
            group("starlight_student.virtue", "星光学生·向善", "virtue", 1),
            group("starlight_student", "星光学生", "star", 0),
        ],
    }
}

fn proposal(id: &str, child: &str, doubted: bool) -> Proposal {
    Proposal {
        id: text(id),
        child: text(child),
        evidence: vec![text("做满 4 轮"), text("写过 2 个闪光点")],
        doubted,
    }
}

pub fn certificates() -> Certificates {
    let sheet = |child: &str, picture: &str, round: &str| Certificate {
        child: text(child),
        badge: text("公正小评委"),
        text: text("你看别人很用心。"),
        picture: text(picture),
        star: text("star"),
        round: text(round),
    };
    Certificates {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        school_name: text("星光小学"),
        term_name: text("2026—2027 学年第一学期"),
        date: text("2026年11月28日"),
        sheets: vec![
            sheet("唐果", "scales", ""),
            sheet("阿依古丽·买买提", "sun", "2026-R08"),
        ],
    }
}

pub fn no_badges() -> BadgeQueue {
    BadgeQueue {
        waiting: 0,
        proposals: Vec::new(),
        periods: Vec::new(),
        groups: Vec::new(),
        ..badges()
    }
}

pub fn explanation() -> Explanation {
    let mark = |written: f64, leniency: f64, weight: f64, flat: bool| explain::PeerMark {
        written,
        leniency,
        corrected: written - leniency,
        clamped: (written - leniency).max(3.88),
        weight,
        flat,
    };
    let marks = [
        mark(5.0, 0.9, 0.25, true),
        mark(4.333_333, 0.203, 1.0, false),
        mark(3.666_667, -0.503, 1.0, false),
        mark(4.0, 0.1, 1.0, false),
        mark(3.333_333, -0.32, 1.0, false),
    ];
    let dimension = |(id, name, _): &(&str, &str, &str)| DimensionRow {
        id: text(id),
        name: text(name),
        stars: Some(fixed(4.21, 2)),
        voices: [
            Some(fixed(4.5, 2)),
            Some(fixed(4.0, 2)),
            Some(fixed(4.25, 2)),
            None,
        ],
        bar: voice_bar(Some(4.2), Some(4.0)),
    };
    Explanation {
        student_id: id(24),
        student_name: text("叶知秋"),
        class_id: text(CLASS),
        class_name: text("五(1)班"),
        round_id: text("r5"),
        round_name: text("第 5 次星光时刻"),
        rule_date: text("10 月 12 日"),
        rubric_version: text("2026-1"),
        period: "round",
        head: Some(explain::head(4.276, 3, 4, false)),
        peers: Some(explain::peer_step(&marks, 3.845, 1.0, 4.0, Some(0.41), 2)),
        voices: vec![
            explain::voice_row("self", "heard", Some(4.5), Some(4.28), 0.1),
            explain::voice_row("peer", "heard", Some(4.0), Some(3.845), 0.3),
            explain::voice_row("teacher", "heard", Some(4.25), Some(3.9), 0.4),
            explain::voice_row("parent", "filled", Some(4.63), Some(4.5), 0.2),
        ],
        sum: Some(fixed(4.276, 3)),
        dimensions: INDICATORS.iter().map(dimension).collect(),
        notes: notes(),
        precision: Some(text("3")),
        rounds: vec![explain::RoundChoice {
            id: text("r5"),
            name: text("第 5 次星光时刻"),
            chosen: true,
        }],
        corrections: super::staff_samples_fix::lines(),
        revision: 2,
    }
}

/// One note of each kind.
pub fn notes() -> Vec<Note> {
    let voiced = ["filled", "dropped", "unweighted"];
    explain::NOTES
        .iter()
        .map(|kind| Note {
            kind,
            count: 2,
            value: if *kind == "flat" {
                text("¼")
            } else {
                text("4.63")
            },
            voice: if voiced.contains(kind) { "parent" } else { "" },
        })
        .collect()
}

pub fn explanation_words() -> ExplanationWords {
    let row = |(id, name, _): &(&str, &str, &str)| WordsRow {
        id: text(id),
        name: text(name),
        voices: [
            Some(text("天天做到")),
            Some(text("常常做到")),
            Some(text("天天做到")),
            None,
        ],
        together: Some(text("天天做到")),
    };
    ExplanationWords {
        student_name: text("叶知秋"),
        class_id: text(CLASS),
        class_name: text("五(1)班"),
        round_name: text("第 5 次星光时刻"),
        rule_date: text("10 月 12 日"),
        rubric_version: text("2026-1"),
        heard: 3,
        of: 4,
        raters: Some(5),
        dimensions: INDICATORS.iter().map(row).collect(),
        notes: notes().into_iter().take(4).collect(),
    }
}
