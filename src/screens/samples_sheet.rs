//! Made-up rating sheets.

use super::parts::Spoken;
use super::practice::{PracticeEnd, PracticePage};
use super::samples::{Book, head, plain, words};
use super::sheet::{
    Answer, IndicatorRow, KindQuestion, RecallView, SayChip, SayPerson, SayView, Segment,
    SheetCard, SheetPage, SheetSource,
};

/// Id, star, text, syllables.
type Line = (&'static str, &'static str, &'static str, &'static str);

const LOW: [Line; 5] = [
    (
        "low_virtue_1",
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
                .looking_for(vec![words(text, pinyin)])
        })
        .collect()
}

/// Rows of the low segment for the family's form.
pub fn low_rows(answers: &[Answer]) -> Vec<IndicatorRow> {
    rows(&LOW, &low_levels(), answers, false)
}

fn practice(book: &mut Book) {
    let scales = [
        (Segment::Low, "low", low_levels()),
        (Segment::Middle, "middle", middle_levels()),
        (Segment::High, "high", high_levels()),
    ];
    for (segment, name, levels) in scales {
        for (scene, said) in [
            (1, Answer::Open),
            (2, Answer::Level(2)),
            (3, Answer::Unseen),
        ] {
            if let Some(page) = PracticePage::new(segment, scene, &levels, said) {
                book.add(&format!("practice-{name}-{scene}"), &page);
            }
        }
        book.add(&format!("practice-{name}-end"), &PracticeEnd { segment });
    }
}

/// Adds them to the book.
pub fn fill(book: &mut Book) {
    let answers = [
        Answer::Level(3),
        Answer::Level(2),
        Answer::Open,
        Answer::Unseen,
        Answer::Open,
    ];
    let three = |again| rows(LOW.get(..3).unwrap_or(&LOW), &low_levels(), &answers, again);
    let peer = peer_low(three(false));
    let mine = SheetCard {
        source: SheetSource::Myself,
        rows: rows(&LOW, &low_levels(), &answers, false),
        has_back: false,
        position: 1,
        dots: SheetCard::dots(1, 3),
        ..peer.clone()
    };
    let class = SheetCard {
        source: SheetSource::Class,
        ratee: "203".to_owned(),
        who: words("我们班", "wǒ men bān"),
        avatar: None,
        is_last: true,
        question: Some(KindQuestion::Fast),
        ..peer.clone()
    };
    let missing = SheetCard {
        rows: three(true),
        unanswered: true,
        ..peer.clone()
    };
    book.add("sheet-low-missing", &page(Segment::Low, vec![missing], 0));
    let all = vec![mine, peer, class];
    book.add("sheet-low-self", &page(Segment::Low, all.clone(), 0));
    book.add("sheet-low-peer", &page(Segment::Low, all.clone(), 1));
    book.add("sheet-low-class", &page(Segment::Low, all, 2));
    fill_older(book, &answers);
    practice(book);
}

fn fill_older(book: &mut Book, answers: &[Answer]) {
    let high = peer_high();
    book.add(
        "sheet-high-peer",
        &page(Segment::High, vec![high.clone()], 0),
    );
    let middle = SheetCard {
        source: SheetSource::Myself,
        who: plain("邓若溪"),
        avatar: Some(head("owl", 6)),
        rows: rows(&MIDDLE, &middle_levels(), answers, false),
        ..high.clone()
    };
    book.add("sheet-middle-self", &page(Segment::Middle, vec![middle], 0));
    let asked = SheetCard {
        is_last: true,
        question: Some(KindQuestion::Same),
        ..high.clone()
    };
    book.add("sheet-high-question", &page(Segment::High, vec![asked], 0));
    let class = SheetCard {
        source: SheetSource::Class,
        who: plain("六(1)班"),
        avatar: None,
        ..high
    };
    book.add("sheet-high-class", &page(Segment::High, vec![class], 0));
}

fn page(segment: Segment, cards: Vec<SheetCard>, at: usize) -> SheetPage {
    SheetPage {
        segment,
        cards,
        at,
        recall: Some(RecallView::new()),
        say: Some(say(segment)),
        practice: true,
    }
}

fn say(segment: Segment) -> SayView {
    let person = |ratee: &str, name: Spoken, animal: &str, on: bool| SayPerson {
        ratee: ratee.to_owned(),
        key: "key".to_owned(),
        name,
        avatar: head(animal, 3),
        on,
    };
    let chip = |id: &str, star: &str, text: Spoken, on: bool| SayChip {
        id: id.to_owned(),
        star: star.to_owned(),
        text,
        on,
    };
    SayView {
        people: vec![
            person("1", words("苏小禾", "sū xiǎo hé"), "rabbit", true),
            person("2", words("林小满", "lín xiǎo mǎn"), "owl", false),
        ],
        chips: vec![
            chip(
                "help",
                "virtue",
                words("帮了有困难的同学", "bāng le yǒu kùn nan de tóng xué"),
                true,
            ),
            chip(
                "ask",
                "wisdom",
                words("提了一个好问题", "tí le yí gè hǎo wèn tí"),
                false,
            ),
        ],
        words: String::new(),
        most: if segment == Segment::High { 60 } else { 0 },
        stamp: 1,
        said: true,
        wrong: if segment == Segment::High {
            "unkind"
        } else {
            ""
        }
        .to_owned(),
    }
}

fn peer_low(rows: Vec<IndicatorRow>) -> SheetCard {
    SheetCard {
        source: SheetSource::Peer,
        ratee: "202403020".to_owned(),
        action: "/s/sheets/peer/202403020".to_owned(),
        key: "key".to_owned(),
        stamp: 1,
        stored: 0,
        who: words("苏小禾", "sū xiǎo hé"),
        avatar: Some(head("rabbit", 3)),
        rows,
        position: 2,
        total: 3,
        dots: SheetCard::dots(2, 3),
        has_back: true,
        is_last: false,
        unanswered: false,
        question: None,
    }
}

fn peer_high() -> SheetCard {
    let answers = [Answer::Level(4), Answer::Level(5), Answer::Open];
    SheetCard {
        who: plain("曹星野"),
        avatar: Some(head("pig", 2)),
        position: 3,
        total: 5,
        dots: SheetCard::dots(3, 5),
        ..peer_low(rows(&HIGH, &high_levels(), &answers, false))
    }
}
