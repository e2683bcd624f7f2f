//! Invented data for teacher pages: what the tests render and `examples/preview_staff.rs` writes.

use super::explain_digits::{coordinate, percent};
use super::parts::Avatar;
use super::teacher::*;
use super::teacher_grid::*;
use super::teacher_shared::{Pick, teacher_nav};
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
pub const ROUND: &str = "0190c3a2-0000-7000-8000-000000000806";

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

pub fn numbered() -> impl Iterator<Item = (u32, &'static str)> {
    (1u32..).zip(NAMES)
}

pub fn id(n: u32) -> String {
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
        appeals: vec![super::teacher_appeals::AppealsToday {
            class_id: text(CLASS),
            class_name: text("四(2)班"),
            count: 2,
            days: 3,
            over: false,
        }],
        moments: vec![MomentsToday {
            class_id: text(CLASS),
            class_name: text("四(2)班"),
            waiting: 3,
            unseen: numbered()
                .take(5)
                .map(|(n, name)| Unseen {
                    id: id(n),
                    name: text(name),
                    unspoken: match n {
                        2 => vec![NamedStar {
                            key: text("arts"),
                            name: text("尚美星"),
                        }],
                        _ => Vec::new(),
                    },
                })
                .collect(),
        }],
        checks: vec![ChecksToday {
            class_name: text("四(2)班"),
            items: vec![
                checked("课间纪律", "100", &[]),
                checked(
                    "教室卫生",
                    "93",
                    &["周二扣 1 分（地面有纸屑）", "周三扣 2 分"],
                ),
            ],
        }],
    }
}

fn checked(name: &str, percent: &str, off: &[&str]) -> ChecksItem {
    ChecksItem {
        name: text(name),
        percent: text(percent),
        full: off.is_empty(),
        off: off.iter().map(|one| text(one)).collect(),
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
        extended: text(if number == 2 { "11 月 30 日" } else { "" }),
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
        moments_waiting: 2,
        comments_final: 17,
        published: Vec::new(),
        closed: Some(ClosedRound {
            name: text("第 5 次星光时刻"),
            first: text("2026-11-28"),
            last: text("2026-12-03"),
        }),
        has_sheets: true,
        pin_kind: "pictures",
        new_pin: Some(NewPin {
            student_name: text("苏小禾"),
            pictures: vec![text("sun"), text("fish"), text("kite")],
            digits: String::new(),
        }),
    }
}

pub const INDICATORS: [(&str, &str, &str); 5] = [
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
            flat: *dimension == "arts",
        });
    Grid {
        keep: text("teacher.round"),
        enough: 5,
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
        version: 1,
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

/// Width of a bar of 100 units.
pub fn bar(done: u32, of: u32) -> String {
    coordinate(100.0 * f64::from(done) / f64::from(of.max(1)))
}

/// Whole percent.
pub fn share(done: u32, of: u32) -> String {
    percent(f64::from(done) / f64::from(of.max(1)))
}
