//! Made-up sheets, the done page and the own page.

use super::own::{
    DonePage, GoalDay, GoalView, Growth, MomentView, OwnPage, StarCards, StarLevel, Voice,
    VoiceState, Voices, sky,
};
use super::parts::{BadgeView, Spoken};
use super::samples::{Book, head, plain, words};
use super::sheet::{
    Answer, IndicatorRow, KindQuestion, PraiseChip, Segment, SheetPage, SheetSource,
};

/// Adds them to the book.
pub fn fill(book: &mut Book) {
    sheets(book);
    book.add("done-low", &done(true, 2));
    book.add("done-high", &done(false, 4));
    book.add("own-low", &own(true));
    book.add("own-middle", &own(false));
    book.add("own-new", &own_new());
}

/// Id, star, text, syllables.
type Line = (&'static str, &'static str, &'static str, &'static str);

const LOW: [Line; 5] = [
    (
        "low-greet",
        "virtue",
        "见到老师同学会问好",
        "jiàn dào lǎo shī tóng xué huì wèn hǎo",
    ),
    (
        "low-listen",
        "wisdom",
        "上课认真听，敢举手",
        "shàng kè rèn zhēn tīng gǎn jǔ shǒu",
    ),
    (
        "low-desk",
        "labour",
        "桌下没有小纸屑",
        "zhuō xià méi yǒu xiǎo zhǐ xiè",
    ),
    (
        "low-rope",
        "health",
        "天天练一练跳绳",
        "tiān tiān liàn yí liàn tiào shéng",
    ),
    (
        "low-sing",
        "arts",
        "大声唱歌不害羞",
        "dà shēng chàng gē bú hài xiū",
    ),
];

const MIDDLE: [Line; 5] = [
    ("mid-polite", "virtue", "说话有礼貌，不起外号", ""),
    ("mid-hear", "wisdom", "先听完，再说我的想法", ""),
    ("mid-run", "health", "阳光长跑坚持到底", ""),
    ("mid-write", "arts", "写字端正又清楚", ""),
    ("mid-duty", "labour", "值日认真不用催", ""),
];

const HIGH: [Line; 3] = [
    ("high-hear", "virtue", "会听不同意见，能包容", ""),
    ("high-idea", "wisdom", "小组探究能出点子", ""),
    ("high-decor", "arts", "为班级布置出一份力", ""),
];

/// The three levels of the low segment.
pub fn low_levels() -> Vec<Spoken> {
    vec![
        words("在发芽", "zài fā yá"),
        words("在开花", "zài kāi huā"),
        words("在发光", "zài fā guāng"),
    ]
}

fn high_levels() -> Vec<Spoken> {
    [
        "起步中",
        "有时做到",
        "多数做到",
        "几乎总做到",
        "做到并带动同学",
    ]
    .into_iter()
    .map(plain)
    .collect()
}

fn middle_levels() -> Vec<Spoken> {
    ["有时做到", "常常做到", "天天做到", "还能教别人"]
        .into_iter()
        .map(plain)
        .collect()
}

/// Rows with the answers in turn.
pub fn rows(
    lines: &[Line],
    levels: &[Spoken],
    answers: &[Answer],
    again: bool,
) -> Vec<IndicatorRow> {
    lines
        .iter()
        .zip(answers)
        .map(|((id, star, text, pinyin), answer)| {
            IndicatorRow::new(id, star, words(text, pinyin), levels, *answer, again)
        })
        .collect()
}

/// Rows of the low segment for the family's form.
pub fn low_rows(answers: &[Answer]) -> Vec<IndicatorRow> {
    rows(&LOW, &low_levels(), answers, false)
}

fn sheets(book: &mut Book) {
    let answers = [
        Answer::Level(3),
        Answer::Level(2),
        Answer::Open,
        Answer::Unseen,
        Answer::Open,
    ];
    let peer = peer_low(rows(
        LOW.get(..3).unwrap_or(&LOW),
        &low_levels(),
        &answers,
        false,
    ));
    book.add("sheet-low-peer", &peer);
    book.add(
        "sheet-low-missing",
        &SheetPage {
            rows: rows(LOW.get(..3).unwrap_or(&LOW), &low_levels(), &answers, true),
            unanswered: true,
            chips: chips(true),
            ..peer.clone()
        },
    );
    book.add(
        "sheet-low-self",
        &SheetPage {
            source: SheetSource::Myself,
            rows: rows(&LOW, &low_levels(), &answers, false),
            has_back: false,
            position: 1,
            dots: SheetPage::dots(1, 3),
            ..peer.clone()
        },
    );
    book.add(
        "sheet-low-class",
        &SheetPage {
            source: SheetSource::Class,
            ratee: "203".to_owned(),
            who: words("我们班", "wǒ men bān"),
            avatar: None,
            is_last: true,
            question: Some(KindQuestion::Fast),
            ..peer
        },
    );
    let high = peer_high();
    book.add("sheet-high-peer", &high);
    book.add(
        "sheet-middle-self",
        &SheetPage {
            source: SheetSource::Myself,
            segment: Segment::Middle,
            who: plain("邓若溪"),
            avatar: Some(head("owl", 6)),
            rows: rows(&MIDDLE, &middle_levels(), &answers, false),
            ..high.clone()
        },
    );
    book.add(
        "sheet-high-question",
        &SheetPage {
            is_last: true,
            question: Some(KindQuestion::Same),
            chips: chips(false),
            ..high.clone()
        },
    );
    book.add(
        "sheet-high-class",
        &SheetPage {
            source: SheetSource::Class,
            who: plain("六(1)班"),
            avatar: None,
            ..high
        },
    );
}

fn peer_low(rows: Vec<IndicatorRow>) -> SheetPage {
    SheetPage {
        source: SheetSource::Peer,
        ratee: "202403020".to_owned(),
        action: "/s/sheets/peer/202403020".to_owned(),
        segment: Segment::Low,
        who: words("苏小禾", "sū xiǎo hé"),
        avatar: Some(head("rabbit", 3)),
        rows,
        position: 2,
        total: 3,
        dots: SheetPage::dots(2, 3),
        has_back: true,
        is_last: false,
        unanswered: false,
        question: None,
        chips: Vec::new(),
    }
}

fn peer_high() -> SheetPage {
    let answers = [Answer::Level(4), Answer::Level(5), Answer::Open];
    SheetPage {
        segment: Segment::High,
        who: plain("曹星野"),
        avatar: Some(head("pig", 2)),
        position: 3,
        total: 5,
        dots: SheetPage::dots(3, 5),
        ..peer_low(rows(&HIGH, &high_levels(), &answers, false))
    }
}

fn chips(low: bool) -> Vec<PraiseChip> {
    [
        ("help", "virtue", "主动帮忙", "zhǔ dòng bāng máng"),
        ("ask", "wisdom", "敢提问", "gǎn tí wèn"),
        ("gym", "health", "做操有力", "zuò cāo yǒu lì"),
        ("neat", "arts", "写字端正", "xiě zì duān zhèng"),
        ("duty", "labour", "值日认真", "zhí rì rèn zhēn"),
    ]
    .into_iter()
    .map(|(id, star, text, pinyin)| PraiseChip {
        id: id.to_owned(),
        star: star.to_owned(),
        label: if low {
            words(text, pinyin)
        } else {
            plain(text)
        },
        on: id == "help",
    })
    .collect()
}

fn done(low: bool, seen: u32) -> DonePage {
    DonePage {
        low,
        name: if low {
            words("小满", "xiǎo mǎn")
        } else {
            plain("星野")
        },
        seen,
        seconds: 5,
        class_href: "/c/203".to_owned(),
        own_href: "/s/me".to_owned(),
        sky: sky(45, 28),
    }
}

/// Five stars with a level each; `None` = not yet.
pub fn stars(low: bool, levels: [Option<&str>; 5], halves: bool) -> Vec<StarLevel> {
    [
        ("virtue", "向善星", "xiàng shàn xīng"),
        ("wisdom", "智慧星", "zhì huì xīng"),
        ("health", "健体星", "jiàn tǐ xīng"),
        ("arts", "尚美星", "shàng měi xīng"),
        ("labour", "勤劳星", "qín láo xīng"),
    ]
    .into_iter()
    .zip(levels)
    .zip([9u8, 8, 7, 8, 10])
    .map(|(((star, name, pinyin), level), half)| StarLevel {
        star: star.to_owned(),
        name: if low {
            words(name, pinyin)
        } else {
            plain(name)
        },
        level: level.map(|word| {
            let syllables = match word {
                "在开花" => "zài kāi huā",
                _ => "zài fā guāng",
            };
            if low {
                words(word, syllables)
            } else {
                plain(word)
            }
        }),
        halves: halves.then_some(half),
    })
    .collect()
}

/// Three of four voices.
pub fn voices() -> Voices {
    let voice = |source: &str, state, count| Voice {
        source: source.to_owned(),
        state,
        count,
    };
    Voices {
        came: 3,
        of: 4,
        list: vec![
            voice("self", VoiceState::Spoke, 0),
            voice("peer", VoiceState::Spoke, 5),
            voice("teacher", VoiceState::Spoke, 0),
            voice("parent", VoiceState::Absent, 0),
        ],
    }
}

/// Two released moments.
pub fn moments() -> Vec<MomentView> {
    [
        (
            "virtue",
            "扶着崴脚的同学走到医务室。",
            "10月17日 · 顾老师写",
        ),
        (
            "labour",
            "值日擦黑板，连粉笔槽都擦干净了。",
            "11月 · 同学写给你",
        ),
    ]
    .into_iter()
    .map(|(star, text, by)| MomentView {
        star: star.to_owned(),
        text: text.to_owned(),
        by: by.to_owned(),
    })
    .collect()
}

/// Three badges.
pub fn badges() -> Vec<BadgeView> {
    [
        ("绳采星", "health", 1),
        ("书香星", "wisdom", 2),
        ("坚持星", "star", 1),
    ]
    .into_iter()
    .map(|(name, star, count)| BadgeView {
        name: name.to_owned(),
        star: star.to_owned(),
        detail: String::new(),
        count,
    })
    .collect()
}

/// A goal with three days of five.
pub fn goal() -> GoalView {
    GoalView {
        text: "每天睡前收拾好书包".to_owned(),
        days: [
            ("一", true),
            ("二", true),
            ("三", true),
            ("四", false),
            ("五", false),
        ]
        .into_iter()
        .map(|(label, done)| GoalDay {
            label: label.to_owned(),
            done,
        })
        .collect(),
        reached: false,
    }
}

fn own(low: bool) -> OwnPage {
    let levels = if low {
        [
            Some("在发光"),
            Some("在发光"),
            Some("在开花"),
            Some("在开花"),
            None,
        ]
    } else {
        [
            Some("还能教别人"),
            Some("天天做到"),
            Some("常常做到"),
            Some("天天做到"),
            Some("还能教别人"),
        ]
    };
    OwnPage {
        low,
        name: if low {
            words("小满", "xiǎo mǎn")
        } else {
            plain("若溪")
        },
        avatar: head("owl", 6),
        class_name: "四(2)班".to_owned(),
        round: "第 6 次星光时刻".to_owned(),
        stars: stars(low, levels, !low),
        shows_halves: !low,
        peer_hidden: low,
        voices: voices(),
        growth: [
            ("一分钟跳绳", "82", "117"),
            ("这个月读书", "1", "3 本"),
            ("智慧星", "常常", "天天"),
        ]
        .into_iter()
        .map(|(label, before, now)| Growth {
            label: label.to_owned(),
            before: before.to_owned(),
            now: now.to_owned(),
        })
        .collect(),
        moments: moments(),
        comments: vec!["你讲题很耐心。".to_owned()],
        goal: Some(goal()),
        cards: Some(StarCards::new(
            vec![
                "virtue".to_owned(),
                "health".to_owned(),
                "labour".to_owned(),
            ],
            1,
            0,
        )),
        badges: badges(),
        class_href: "/c/402".to_owned(),
    }
}

fn own_new() -> OwnPage {
    OwnPage {
        round: String::new(),
        stars: stars(true, [None; 5], false),
        growth: Vec::new(),
        moments: Vec::new(),
        comments: Vec::new(),
        goal: None,
        cards: None,
        badges: Vec::new(),
        ..own(true)
    }
}
