//! Invented data for teacher pages: what the tests render and `examples/preview_staff.rs` writes.

use super::explain::{self, DimensionRow, Explanation, ExplanationWords, Note, WordsRow};
use super::explain_digits::{coordinate, fixed, percent};
use super::explain_plot::voice_bar;
use super::parts::{Avatar, PICTURES};
use super::ranking::interval_bar;
use super::teacher::*;
use super::teacher_badges::{AWARD_STATES, Award, BadgeQueue};
use super::teacher_grid::*;
use super::teacher_links::*;
use super::teacher_results::*;
use super::teacher_shared::{Pick, qr, teacher_nav};
use super::{Lang, Shell, Viewer};

pub const NAMES: [&str; 45] = [
    "林小满",
    "周子涵",
    "陈一诺",
    "吴沐阳",
    "赵可欣",
    "孙嘉木",
    "李知夏",
    "王乐天",
    "许清禾",
    "何安然",
    "郑书瑶",
    "冯景行",
    "谢雨桐",
    "唐果",
    "宋明远",
    "韩朵朵",
    "曹星野",
    "邓若溪",
    "彭一帆",
    "苏小禾",
    "潘亦辰",
    "田甜",
    "杜若飞",
    "叶知秋",
    "程予安",
    "魏向南",
    "蒋思源",
    "沈听雨",
    "卢卡卡",
    "余欢",
    "钟灵",
    "姚望舒",
    "姜浩然",
    "范晓晨",
    "方圆",
    "石磊",
    "廖青青",
    "白露",
    "江河",
    "金多多",
    "欧阳念",
    "夏阳",
    "秦朗",
    "史小语",
    "贺嘉宁",
];

/// The class of the samples: id as in addresses.
pub const CLASS: &str = "0190c3a2-0000-7000-8000-000000000402";
const ROUND: &str = "0190c3a2-0000-7000-8000-000000000806";

pub fn text(value: &str) -> String {
    value.to_owned()
}

/// Shell of a homeroom teacher on the page whose navigation key is `current`.
pub fn teacher_shell(lang: Lang, current: &str) -> Shell {
    Shell {
        lang,
        csrf: text("sample-csrf"),
        school: text("星光小学"),
        viewer: Some(Viewer {
            name: text("顾老师"),
            role_key: text("role-homeroom"),
            detail: text("四(2)班"),
        }),
        nav: teacher_nav(current, Some(CLASS)),
        ..Shell::default()
    }
}

pub fn pick(value: &str, label: &str, chosen: bool) -> Pick {
    Pick {
        value: text(value),
        label: text(label),
        chosen,
    }
}

fn numbered() -> impl Iterator<Item = (u32, &'static str)> {
    (1u32..).zip(NAMES)
}

fn id(n: u32) -> String {
    format!("0190c3a2-0000-7000-8000-{n:012}")
}

fn missing(voice: &'static str, count: u32, names: &[&str], more: bool) -> Missing {
    Missing {
        voice,
        count,
        names: names.iter().map(|n| text(n)).collect(),
        more,
    }
}

fn round() -> TodayRound {
    TodayRound {
        id: text(ROUND),
        name: text("第 6 次星光时刻"),
        closes: text("星期五 16:00"),
        lit: 38,
        of: 44,
        bar: text("86.4"),
        missing: vec![
            missing("self", 6, &["王乐天", "冯景行", "韩朵朵"], true),
            missing("peer", 3, &["卢卡卡", "沈听雨", "石磊"], false),
            missing("parent", 12, &["吴沐阳", "何安然", "白露", "江河"], true),
            missing("teacher", 4, &["程予安", "魏向南", "方圆", "秦朗"], false),
        ],
        grid_done: 41,
        about_done: false,
    }
}

fn window(open: bool, may: bool) -> Window {
    Window {
        open,
        until: text("10:40"),
        path: text("/c/402"),
        may,
    }
}

pub fn today() -> Today {
    let class =
        |id: &str, name: &str, homeroom: bool, round: Option<TodayRound>, open: bool| TodayClass {
            id: text(id),
            name: text(name),
            homeroom,
            students: 45,
            excused: 1,
            round,
            window: window(open, homeroom),
        };
    let second = TodayRound {
        missing: vec![missing("teacher", 45, &["周一鸣", "何小雨", "叶子"], true)],
        grid_done: 0,
        ..round()
    };
    Today {
        teacher_name: text("顾老师"),
        day_part: "morning",
        week: Some(12),
        weekday: 3,
        classes: vec![
            class(CLASS, "四(2)班", true, Some(round()), true),
            class("b", "四(5)班", false, Some(second), false),
            class("c", "三(1)班", false, None, false),
        ],
        signals: signals(),
        badges: vec![BadgesWaiting {
            class_id: text(CLASS),
            class_name: text("四(2)班"),
            count: 3,
            first: text("唐果 · 闪光点"),
        }],
    }
}

fn signals() -> Vec<Signal> {
    let signal = |name: &str, flags: &[&'static str]| Signal {
        class_name: text("四(2)班"),
        rater_name: text(name),
        flags: flags.to_vec(),
        href: format!("/t/classes/{CLASS}"),
    };
    vec![
        signal("范晓晨", &["flat", "hasty"]),
        signal("贺嘉宁", &["copied"]),
    ]
}

pub fn class_home() -> ClassHome {
    let child = |(number, name): (u32, &str)| ClassChild {
        id: id(number),
        number,
        name: text(name),
        avatar: Avatar::by_number(number),
        excused: number == 20,
        reason: if number == 20 {
            text("生病")
        } else {
            String::new()
        },
        own: number % 7 != 1,
        peers_done: if number % 7 == 1 { 0 } else { 3 },
        peers_of: 3,
        family: number % 4 != 0,
        teacher: number < 42,
        missing: number % 7 == 1 && number != 20,
    };
    ClassHome {
        id: text(CLASS),
        name: text("四(2)班"),
        homeroom: true,
        students: numbered().map(child).collect(),
        excused: 1,
        round: Some(round()),
        window: window(true, true),
        badges_waiting: 3,
        published: Vec::new(),
        pin_kind: "pictures",
        new_pin: Some(NewPin {
            student_name: text("苏小禾"),
            pictures: vec![text("sun"), text("fish"), text("kite")],
            digits: String::new(),
        }),
    }
}

const INDICATORS: [(&str, &str, &str); 5] = [
    ("virtue", "向善星", "主动陪落单的同学玩"),
    ("wisdom", "智慧星", "先听完，再说我的想法"),
    ("health", "健体星", "大课间快静齐，有力气"),
    ("arts", "尚美星", "写字端正又清楚"),
    ("labour", "勤劳星", "值日认真不用催"),
];

pub fn anchors() -> Vec<Anchor> {
    (1u8..)
        .zip(["有时做到", "常常做到", "天天做到", "还能教别人"])
        .map(|(value, label)| Anchor {
            value,
            label: text(label),
        })
        .collect()
}

pub fn grid() -> Grid {
    let indicators = INDICATORS
        .iter()
        .map(|(dimension, name, words)| GridIndicator {
            id: format!("middle_{dimension}_1"),
            dimension: text(dimension),
            dimension_name: text(name),
            text: text(words),
        });
    Grid {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        round_id: text(ROUND),
        round_name: text("第 6 次星光时刻"),
        closes: text("星期五 16:00"),
        indicators: indicators.collect(),
        anchors: anchors(),
        rows: numbered().map(|(n, name)| grid_row(n, name)).collect(),
        done: 38,
        of: 45,
        bar: text("84.4"),
        saved_at: Some(text("10:20")),
        comment_max: 500,
        comment_low: 60,
        comment_high: 120,
    }
}

fn grid_row(number: u32, name: &str) -> GridRow {
    let cell = |(column, (dimension, _, _)): (u32, &(&str, &str, &str))| GridCell {
        indicator: format!("middle_{dimension}_1"),
        value: match (number * 7 + column * 3) % 11 {
            _ if number > 38 => String::new(),
            0 => text(UNSEEN),
            n => (1 + n % 4).to_string(),
        },
    };
    let comment = if number == 18 {
        "若溪，你是个心里装着别人的孩子。朵朵崴了脚，你一路扶她到医务室。"
    } else {
        ""
    };
    GridRow {
        student_id: id(number),
        number,
        name: text(name),
        excused: number == 20,
        cells: (0u32..).zip(&INDICATORS).map(cell).collect(),
        comment: text(comment),
        length: u32::try_from(comment.chars().count()).unwrap_or(0),
        asks: if number == 18 {
            ASKS.to_vec()
        } else {
            Vec::new()
        },
    }
}

pub fn about() -> AboutClass {
    let indicator = |id: &str, words: &str, value: &str| AboutIndicator {
        id: text(id),
        text: text(words),
        value: text(value),
    };
    AboutClass {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        round_id: text(ROUND),
        round_name: text("第 6 次星光时刻"),
        closes: text("星期五 16:00"),
        indicators: vec![
            indicator("class_respect", "我们班同学互相尊重", "3"),
            indicator("class_order", "我们班上课有秩序", "-"),
            indicator("class_tidy", "我们班教室整洁", ""),
        ],
        anchors: anchors(),
        comment: String::new(),
        comment_max: 500,
        sent: true,
    }
}

pub fn links() -> Links {
    let state = |state: &'static str, n: u32| LinkState {
        id: format!("link-{n}"),
        state,
        issued: text("9月8日"),
        until: text("2月20日"),
        devices: if state == "opened" { 2 } else { 0 },
    };
    let row = |(number, name): (u32, &str)| LinkRow {
        student_id: id(number),
        number,
        name: text(name),
        links: match number % 6 {
            _ if number == 5 => Vec::new(),
            0 => Vec::new(),
            1 => vec![state("revoked", number), state("out", number + 100)],
            2 => vec![state("expired", number)],
            _ => vec![state("opened", number)],
        },
        refused: number == 5,
        answered: number % 6 > 2,
    };
    Links {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        term_name: text("2026–2027 第一学期"),
        valid_until: text("2027年2月20日"),
        rows: numbered().map(row).collect(),
        without: 14,
        address_warning: true,
        public_url: text("http://127.0.0.1:8080"),
    }
}

pub fn slips() -> Slips {
    let slip = |(number, name): (u32, &str)| {
        let address =
            format!("http://192.168.1.10:8080/p/M5QW{number:02}K7PZT4RYVN3XD2HBEJ6CFA9G8S");
        Slip {
            student_name: text(name),
            number,
            qr: qr(&address),
            address,
            valid_until: text("2027年2月20日"),
            round_name: text("第 6 次星光时刻"),
        }
    };
    Slips {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        school_name: text("星光小学"),
        teacher_name: text("顾老师"),
        slips: numbered().take(12).map(slip).collect(),
    }
}

pub fn cards() -> Cards {
    let card = |(number, name): (u32, &str)| PinCard {
        number,
        name: text(name),
        pictures: match number {
            9 => Vec::new(),
            _ => PICTURES
                .iter()
                .skip(usize::try_from(number % 9).unwrap_or(0))
                .take(3)
                .map(|p| text(p))
                .collect(),
        },
        digits: if number == 9 {
            text("4271")
        } else {
            String::new()
        },
        qr: None,
    };
    Cards {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        school_name: text("星光小学"),
        class_address: text("http://192.168.1.10:8080/c/402"),
        qr: qr("http://192.168.1.10:8080/c/402"),
        cards: numbered().take(18).map(card).collect(),
    }
}

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
            (n % 4 != 0).then(|| fixed(4.5, 2)),
        ],
        heard: if n % 4 == 0 { 3 } else { 4 },
        of: 4,
        score: Some(fixed(score, 3)),
        points: Some(explain_points(score)),
        se: Some(fixed(2.3 + f64::from(n % 5) / 10.0, 1)),
        place: ranked.then_some(n),
        low: ranked.then_some(low),
        high: ranked.then_some(high),
        interval: ranked.then(|| interval_bar(n, low, high, 43)),
        provisional: !ranked,
        excused: n == 45,
    }
}

fn explain_points(score: f64) -> String {
    super::explain_digits::points(score)
}

pub fn badges() -> BadgeQueue {
    let award = |n: usize, child: &str, badge: &str, dimension: &str, state: &'static str| Award {
        id: format!("award-{n}"),
        child: text(child),
        badge: text(badge),
        tier: if n == 0 { text("银") } else { String::new() },
        dimension: text(dimension),
        evidence: vec![
            text("10月17日，顾老师：扶着崴脚的同学走到医务室"),
            text("向善星 4.6 星，5 位同学"),
        ],
        date: text("11月20日"),
        state,
        opted_out: n == 2,
        screen_text: text("下雨天，唐果把伞借给了同学。"),
    };
    BadgeQueue {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        waiting: vec![
            award(0, "唐果", "闪光点", "virtue", "waiting"),
            award(1, "邓若溪", "坚持星", "", "waiting"),
            award(2, "石磊", "绳采星", "health", "waiting"),
        ],
        decided: AWARD_STATES
            .iter()
            .skip(1)
            .zip(3..)
            .map(|(s, n)| award(n, "叶知秋", "书香星", "wisdom", s))
            .collect(),
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

/// Width of a bar of 100 units.
pub fn bar(done: u32, of: u32) -> String {
    coordinate(100.0 * f64::from(done) / f64::from(of.max(1)))
}

/// Whole percent.
pub fn share(done: u32, of: u32) -> String {
    percent(f64::from(done) / f64::from(of.max(1)))
}
