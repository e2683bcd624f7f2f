//! Invented frames of displays in all their states: what the tests render and what is looked at on a screen.

use super::board::*;
use super::board_sky::sky;
use super::constellation::constellations;
use super::staff_samples::{bar, text};
use super::staff_samples_board::class_row;
use super::trend_line::trend_line;

const STARS: [&str; 5] = ["virtue", "wisdom", "health", "arts", "labour"];
const GOOD: [&str; 5] = ["讲礼仪", "爱阅读", "操有力", "守秩序", "勤打扫"];

fn strength(n: u32) -> Strength {
    let at = usize::try_from(n % 5).unwrap_or(0);
    Strength {
        dimension: text(STARS.get(at).copied().unwrap_or("star")),
        text: text(GOOD.get(at).copied().unwrap_or("人人到")),
    }
}

fn class(n: u32) -> ScreenClass {
    let row = class_row(n);
    ScreenClass {
        code: row.code,
        name: row.name,
        place: row.place,
        points: row.points,
        band: row.band,
        trend: row.trend,
        strength: Some(strength(n)),
    }
}

fn moment(who: &str, sentence: &str, length: &'static str) -> Slide {
    let end = sentence.chars().count().saturating_sub(3);
    Slide::Moment(MomentSlide {
        who: text(who),
        text: sentence.chars().take(end).collect(),
        tail: sentence.chars().skip(end).collect(),
        length,
        class_name: text("四(2)班"),
        dimension: text("virtue"),
    })
}

fn badges(all: &[(&str, &str, &str)]) -> Slide {
    let one = |(who, badge, dimension): &(&str, &str, &str)| ScreenBadge {
        who: text(who),
        class_name: text("四(2)班"),
        badge: text(badge),
        dimension: text(dimension),
    };
    Slide::Badges(BadgeSlide {
        badges: all.iter().map(one).collect(),
    })
}

fn school(grades: u8, classes: u32, lit: u32) -> Slide {
    let all: Vec<(u8, u32, u32)> = (1..=grades).map(|grade| (grade, classes, lit)).collect();
    Slide::Constellation(ConstellationSlide {
        lit: u32::from(grades) * lit,
        of: u32::from(grades) * classes,
        sky: constellations(&all, 45),
    })
}

fn together(done: u32, of: u32, full: u32, more: u32) -> Slide {
    Slide::Participation(ParticipationSlide {
        done,
        of,
        bar: bar(done, of),
        full_classes: (1..=full).map(|n| format!("四({n})班")).collect(),
        more,
    })
}

/// So many children, or classes, that hold their title.
fn ceremony(children: u32, classes: u32) -> Vec<Slide> {
    let names = ["小满", "朵朵", "知秋", "欧阳念", "唐果", "若溪", "一诺"];
    let child = |n: u32| Honoured {
        who: names
            .iter()
            .cycle()
            .nth(usize::try_from(n).unwrap_or(0))
            .map(|name| text(name)),
        class_name: format!(
            "{}({n})班",
            ["一", "四", "六"]
                .iter()
                .cycle()
                .nth(usize::try_from(n).unwrap_or(0))
                .unwrap_or(&"一")
        ),
    };
    let class = |n: u32| Honoured {
        who: None,
        ..child(n)
    };
    let mut slides = CeremonySlide::of("第 5 次星光时刻", (1..=classes).map(class).collect());
    slides.extend(CeremonySlide::of(
        "第 5 次星光时刻",
        (1..=children).map(child).collect(),
    ));
    slides
}

/// The slides of a hall, one of each kind, with so many classes in a grade.
pub fn hall(rows: u32) -> Show {
    let classes: Vec<ScreenClass> = (1..=rows).map(class).collect();
    let period = "第 5 次星光时刻";
    let mut slides = ranking_slides(4, period, &classes);
    slides.extend(BandSlide::of(4, period, classes));
    slides.push(Slide::Flag(FlagSlide {
        progress: false,
        period: text("第 12 周"),
        flags: (1u8..=6)
            .map(|grade| FlagOf {
                grade,
                classes: vec![format!("{grade}(2)班")],
            })
            .collect(),
    }));
    slides.push(moment("", "下雨天，唐果把伞借给了同学。", "short"));
    slides.push(moment(
        "小满",
        "跑步时停下来等慢一点的同学，一起跑完了全程。",
        "middle",
    ));
    slides.push(badges(&[
        ("小满", "书香星", "wisdom"),
        ("朵朵", "绳采星", "health"),
        ("知秋", "闪光点", "virtue"),
        ("欧阳念", "艺术星", "arts"),
        ("唐果", "劳动小能手", "labour"),
        ("若溪", "坚持星", "star"),
    ]));
    slides.extend(ceremony(12, rows.min(12)));
    slides.push(together(1641, 1960, 8, 6));
    slides.push(school(6, rows.max(1), rows / 2));
    show("hall", slides)
}

/// What little there is in a school of one class, and what is longest anywhere.
pub fn extremes() -> Show {
    let sentence = "小组讨论时，她先听完每个人的想法，再把大家说的话整理成三条，让最安静的同学也上台说了一条，大家都鼓起掌来，笑得很开心。";
    let long = ScreenClass {
        name: text("六(12)班"),
        points: Some(text("100.0")),
        ..class(1)
    };
    let period = "2026—2027 学年第一学期第 12 次星光时刻";
    let mut slides = ranking_slides(6, period, std::slice::from_ref(&long));
    slides.extend(BandSlide::of(6, period, vec![long.clone()]));
    slides.extend(BandSlide::of(6, period, vec![long; 8]));
    slides.push(moment("古丽扎尔", sentence, "long"));
    slides.push(badges(&[(
        "阿卜杜热合曼·买买提",
        "智慧星 · 星光学生",
        "wisdom",
    )]));
    slides.push(badges(&[
        ("阿卜杜热合曼·买买提", "智慧星 · 星光学生", "wisdom"),
        ("六(12)班", "全员参与班", "star"),
        ("欧阳念", "红领巾奖章提名", "virtue"),
    ]));
    slides.push(Slide::Flag(FlagSlide {
        progress: true,
        period: text("第 12 周"),
        flags: vec![
            FlagOf {
                grade: 6,
                classes: ["六(10)班", "六(11)班", "六(12)班"].map(text).into(),
            },
            FlagOf {
                grade: 1,
                classes: ["一(1)班", "一(2)班"].map(text).into(),
            },
        ],
    }));
    slides.extend(ceremony(1, 1));
    slides.push(together(45, 45, 1, 0));
    slides.push(school(1, 1, 1));
    slides.push(school(6, 12, 7));
    show("hall", slides)
}

/// A classroom's slides.
pub fn classroom() -> Show {
    let past = ["第 1 次", "第 2 次", "第 3 次", "第 4 次", "第 5 次"].map(text);
    let line: Vec<(String, f64)> = past
        .into_iter()
        .zip([76.2, 79.0, 78.1, 79.4, 80.6])
        .collect();
    let slides = vec![
        Slide::Sky(SkySlide {
            class_name: text("四(2)班"),
            lit: 38,
            sky: sky(45, 38, 12),
            moment: Some(text("下雨天，唐果把伞借给了同学。")),
            strength: Some(strength(1)),
        }),
        Slide::Strengths(StrengthSlide {
            class_name: text("四(2)班"),
            strengths: (0..3).map(strength).collect(),
        }),
        moment(
            "小满",
            "跑步时停下来等慢一点的同学，一起跑完了全程。",
            "middle",
        ),
        ceremony(6, 0).remove(0),
        Slide::Place(Box::new(PlaceSlide {
            grade: 4,
            period: text("第 5 次星光时刻"),
            line: trend_line(&line, Some(78.6)),
            class: class(2),
        })),
        Slide::Place(Box::new(PlaceSlide {
            grade: 4,
            period: text("第 1 次星光时刻"),
            line: None,
            class: class(8),
        })),
    ];
    show("classroom", slides)
}

/// Displays that show nothing: before the first round, in a lesson, dark, turned off.
pub fn silent() -> [Show; 4] {
    let mode = |mode| Show {
        mode,
        ..show("classroom", Vec::new())
    };
    [mode("show"), mode("calm"), mode("dark"), Show::off()]
}

fn show(kind: &'static str, slides: Vec<Slide>) -> Show {
    Show {
        kind,
        title: text("星光小学"),
        slides,
        at: 0,
        next: text("/screen/show?slide=1"),
        updated_at: text("10:20"),
        version: text("v42"),
        seconds: 14,
        mode: "show",
        light: "night",
    }
}
