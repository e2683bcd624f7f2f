//! The rubric that comes with the program: the one of product.md, five stars and three segments.
//! Used where a school has not adopted its own. Who may answer: s self, p peer, t teacher, f family.

use super::{Anchors, Dimension, Indicator, Item, Of, PeerConstants, Rubric, Segment, Source};

/// id, name.
const DIMENSIONS: [(&str, &str); 5] = [
    ("virtue", "向善星"),
    ("wisdom", "智慧星"),
    ("health", "健体星"),
    ("arts", "尚美星"),
    ("labour", "勤劳星"),
];

/// dimension, who may answer, text; ids count within segment and dimension.
const LOW: [(usize, &str, &str); 16] = [
    (0, "spt", "见到老师同学会问好"),
    (0, "spt", "上下楼梯靠右慢慢走"),
    (0, "spt", "同学有困难我会帮"),
    (0, "sf", "不开心会说出来"),
    (1, "spt", "上课认真听，敢举手"),
    (1, "sf", "每天读书二十分钟"),
    (1, "spt", "爱问“为什么”"),
    (2, "spt", "大课间认真做操"),
    (2, "sf", "天天练一练跳绳"),
    (2, "sf", "早睡早起好好吃饭"),
    (3, "spt", "大声唱歌不害羞"),
    (3, "spt", "画画手工有想法"),
    (3, "spt", "红领巾整整齐齐"),
    (4, "sf", "自己整理小书包"),
    (4, "spt", "桌下没有小纸屑"),
    (4, "spt", "值日时我不偷懒"),
];

/// dimension, who may answer, text; ids count within segment and dimension.
const MIDDLE: [(usize, &str, &str); 16] = [
    (0, "spt", "说话有礼貌，不起外号"),
    (0, "spt", "课间不追跑，不攀爬"),
    (0, "spt", "主动陪落单的同学玩"),
    (0, "sf", "生气时先停三秒再说"),
    (1, "spt", "先听完，再说我的想法"),
    (1, "sft", "每月读完一本好书"),
    (1, "spt", "科技小实验愿意动手"),
    (2, "spt", "大课间快静齐，有力气"),
    (2, "spt", "跳绳、乒乓球有进步"),
    (2, "spt", "阳光长跑坚持到底"),
    (3, "spt", "有一项喜欢的艺术"),
    (3, "spt", "写字端正又清楚"),
    (3, "spt", "会夸别人的作品"),
    (4, "spt", "值日认真不用催"),
    (4, "spt", "会给垃圾分分类"),
    (4, "sf", "每周做两次家务"),
];

/// dimension, who may answer, text; ids count within segment and dimension.
const HIGH: [(usize, &str, &str); 16] = [
    (0, "spt", "没人看着也守规则"),
    (0, "st", "见到欺负人敢劝会求助"),
    (0, "spt", "会听不同意见，能包容"),
    (0, "sf", "压力大会找人聊聊"),
    (1, "spt", "会提问，也会查资料"),
    (1, "spt", "读书有笔记，愿分享"),
    (1, "spt", "小组探究能出点子"),
    (2, "spt", "有两项会玩的运动"),
    (2, "st", "阳光长跑超越自己"),
    (2, "sf", "作息规律，爱护眼睛"),
    (3, "sft", "坚持一项艺术特长"),
    (3, "spt", "为班级布置出一份力"),
    (3, "spt", "仪表整洁，谈吐文明"),
    (4, "spt", "公共区卫生主动管"),
    (4, "sf", "会做三样家务"),
    (4, "st", "参加志愿小服务"),
];

/// id, who may answer, weight, text.
const ABOUT_CLASS: [(&str, &str, f64, &str); 4] = [
    ("class_respect", "stf", 2.0, "我们班同学互相尊重"),
    ("class_order", "st", 1.0, "我们班上课有秩序"),
    ("class_tidy", "stf", 1.0, "我们班教室整洁"),
    ("class_warm", "sf", 1.0, "我们班像一个大家庭"),
];

/// id, name, weight.
const ITEMS: [(&str, &str, f64); 6] = [
    ("discipline", "纪律", 20.0),
    ("hygiene", "卫生", 20.0),
    ("courtesy", "礼仪", 15.0),
    ("assembly", "集队集会", 10.0),
    ("recess", "大课间", 15.0),
    ("reading", "阅读", 10.0),
];

const LOW_ANCHORS: [&str; 3] = ["🌱我在发芽", "🌼我在开花", "⭐我在发光"];
const MIDDLE_ANCHORS: [&str; 4] = ["有时做到", "常常做到", "天天做到", "还能教别人"];
const HIGH_ANCHORS: [&str; 5] = [
    "起步中",
    "有时做到",
    "多数做到",
    "几乎总做到",
    "做到并带动同学",
];

impl Rubric {
    /// The built-in rubric; says the same as `fixtures/rubric.toml`.
    pub fn built_in() -> Rubric {
        let graded = [
            (Segment::Low, LOW.as_slice()),
            (Segment::Middle, MIDDLE.as_slice()),
            (Segment::High, HIGH.as_slice()),
        ];
        let mut indicators: Vec<Indicator> = graded
            .into_iter()
            .flat_map(|(segment, rows)| about_students(segment, rows))
            .chain(ABOUT_CLASS.iter().map(about_class))
            .collect();
        // Star by star, within a star from the low to the high segment; about the class last.
        indicators.sort_by_key(|indicator| indicator.dimension.unwrap_or(usize::MAX));
        Rubric {
            weights: DEFAULT_WEIGHTS,
            class_weights: DEFAULT_CLASS_WEIGHTS,
            peer: PeerConstants::default(),
            dimensions: DIMENSIONS.iter().map(dimension).collect(),
            indicators,
            items: ITEMS.iter().map(item).collect(),
            anchors: Anchors {
                low: labels(&LOW_ANCHORS),
                middle: labels(&MIDDLE_ANCHORS),
                high: labels(&HIGH_ANCHORS),
            },
        }
    }
}

/// Weights of the voices where a rubric document has no `[weights]`.
pub const DEFAULT_WEIGHTS: [f64; 4] = [0.10, 0.30, 0.40, 0.20];
/// Weights of the class components where a rubric document has no `[class_weights]`.
pub const DEFAULT_CLASS_WEIGHTS: [f64; 6] = [0.10, 0.30, 0.20, 0.10, 0.10, 0.20];

fn about_students(segment: Segment, rows: &[(usize, &str, &str)]) -> Vec<Indicator> {
    let mut counted = [0; DIMENSIONS.len()];
    let mut made = Vec::with_capacity(rows.len());
    for (at, sources, text) in rows {
        let star = DIMENSIONS.get(*at).map_or("", |(id, _)| id);
        let number = counted.get_mut(*at).map_or(0, |n| {
            *n += 1;
            *n
        });
        let mut indicator = question(format!("{}_{star}_{number}", segment.name()), sources, text);
        indicator.dimension = Some(*at);
        indicator.segment = Some(segment);
        made.push(indicator);
    }
    made
}

fn about_class((id, sources, weight, text): &(&str, &str, f64, &str)) -> Indicator {
    let mut indicator = question((*id).to_owned(), sources, text);
    indicator.of = Of::Class;
    indicator.weight = *weight;
    indicator
}

fn question(id: String, sources: &str, text: &str) -> Indicator {
    let letters = [
        ('s', Source::SelfRating),
        ('p', Source::Peer),
        ('t', Source::Teacher),
        ('f', Source::Parent),
    ];
    let may = |(letter, source): (char, Source)| sources.contains(letter).then_some(source);
    Indicator {
        id,
        dimension: None,
        segment: None,
        of: Of::Student,
        sources: letters.into_iter().filter_map(may).collect(),
        weight: 1.0,
        text: text.to_owned(),
        pinyin: None,
        look_fors: Vec::new(),
    }
}

fn dimension((id, name): &(&str, &str)) -> Dimension {
    Dimension {
        id: (*id).to_owned(),
        name: (*name).to_owned(),
    }
}

fn item((id, name, weight): &(&str, &str, f64)) -> Item {
    Item {
        id: (*id).to_owned(),
        name: (*name).to_owned(),
        weight: *weight,
    }
}

fn labels(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
