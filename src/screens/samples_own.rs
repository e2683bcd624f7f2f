//! Made-up pages of a child that is done: the lit star and the own page.

use super::appeal::{AppealNews, AppealStar, ChildAppeal, OwnAppeal};
use super::avatar::AvatarPage;
use super::own::{
    DonePage, GoalChoice, GoalStage, GoalView, Growth, MomentView, OwnFestival, OwnLog, OwnPage,
    OwnPrivilege, ReadyGoal, StarCards, StarLevel, Voice, VoiceState, Voices, sky,
};
use super::parts::BadgeView;
use super::samples::{Book, head, plain, words};
use super::teacher_privileges::PurseView;

/// Adds them to the book.
pub fn fill(book: &mut Book) {
    book.add("done-low", &done(true, 2));
    book.add("done-high", &done(false, 4));
    book.add("own-low", &own(true));
    book.add("own-middle", &own(false));
    book.add("own-new", &own_new());
    book.add("avatar-low", &AvatarPage::new(true, head("fox", 5)));
    book.add("avatar-high", &AvatarPage::new(false, head("whale", 0)));
    book.add("own-reached", &own_reached());
    book.add("appeal-low", &child_appeal(true));
    book.add("appeal-high", &child_appeal(false));
}

/// What became of an appeal.
pub fn appeal(go: &str, state: &'static str) -> OwnAppeal {
    let answer = match state {
        "open" => "",
        _ => "谢谢你告诉我们，这一项已经重新看过。",
    };
    OwnAppeal {
        action: "/s/appeal".to_owned(),
        go: go.to_owned(),
        news: Some(AppealNews {
            state,
            answer: answer.to_owned(),
        }),
    }
}

/// The stars of the form.
pub fn appeal_stars(low: bool) -> Vec<AppealStar> {
    let stars = stars(low, [None; 5], false).into_iter();
    stars
        .map(|s| AppealStar {
            star: s.star,
            name: s.name,
        })
        .collect()
}

fn child_appeal(low: bool) -> ChildAppeal {
    ChildAppeal {
        low,
        round: "第 6 次星光时刻".to_owned(),
        stars: appeal_stars(low),
        words: if low { 0 } else { 200 },
    }
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
        ("arts", "黑板报的边框一笔一笔描。", "11月20日 · 顾老师写"),
        ("health", "大课间做操有力气。", "11月 · 同学写给你"),
        ("wisdom", "把不懂的题讲给同学听。", "10月 · 同学写给你"),
    ]
    .into_iter()
    .enumerate()
    .map(|(at, (star, text, by))| MomentView {
        id: format!("moment-{at}"),
        star: star.to_owned(),
        text: plain(text),
        by: plain(by),
        thanked: if at == 0 { "seen" } else { "" }.to_owned(),
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
        picture: "spark".to_owned(),
        name: plain(name),
        star: star.to_owned(),
        detail: String::new(),
        count,
    })
    .collect()
}

/// A goal that is on.
pub fn goal(stage: GoalStage) -> GoalView {
    GoalView {
        id: "goal".to_owned(),
        star: "labour".to_owned(),
        text: plain("每天睡前收拾好书包"),
        stage,
    }
}

fn choice(words_most: usize) -> GoalChoice {
    let ready = [
        (
            "greet",
            "virtue",
            "每天主动问好",
            "měi tiān zhǔ dòng wèn hǎo",
        ),
        (
            "read",
            "wisdom",
            "每天读书二十分钟",
            "měi tiān dú shū èr shí fēn zhōng",
        ),
    ];
    let ready = ready.into_iter().map(|(id, star, text, pinyin)| ReadyGoal {
        id: id.to_owned(),
        star: star.to_owned(),
        text: words(text, pinyin),
    });
    GoalChoice {
        ready: ready.collect(),
        words: words_most,
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
        class_name: plain("四(2)班"),
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
            label: plain(label),
            before: plain(before),
            now: plain(now),
        })
        .collect(),
        moments: moments(),
        comments: vec!["你讲题很耐心。".to_owned()],
        goal: Some(goal(if low {
            GoalStage::Waiting
        } else {
            GoalStage::Open
        })),
        choice: None,
        thanks: if low {
            Vec::new()
        } else {
            vec!["seen".to_owned(), "happy".to_owned()]
        },
        cards: Some(star_cards(low)),
        festivals: festivals(),
        logs: vec![log(low, true), log(low, false)],
        badges: badges(),
        class_href: "/c/402".to_owned(),
        practice: low,
        appeal: appeal("/s/appeal", if low { "open" } else { "granted" }),
    }
}

/// Two festivals, one with words.
pub fn festivals() -> Vec<OwnFestival> {
    let one = |star: &str, name: &str, words: &str| OwnFestival {
        star: star.to_owned(),
        name: name.to_owned(),
        spoken: super::pinyin::phrase(name),
        words: words.to_owned(),
    };
    vec![
        one("wisdom", "小小发明展", "最会提问"),
        one("arts", "合唱节", ""),
    ]
}

fn star_cards(low: bool) -> StarCards {
    let have = ["virtue", "health", "labour"].map(str::to_owned);
    let privilege = |picture: &str, words, unit: &str, enough| OwnPrivilege {
        picture: picture.to_owned(),
        words,
        unit: unit.to_owned(),
        price: 2,
        enough,
    };
    let song = match low {
        true => words("点一首班级歌", "diǎn yì shǒu bān jí gē"),
        false => plain("点一首班级歌"),
    };
    StarCards {
        purse: PurseView {
            stars: 3,
            moons: 1,
            suns: 0,
        },
        privileges: vec![
            privilege("song", song.clone(), "star", true),
            privilege("gift", plain("一份小惊喜"), "sun", false),
        ],
        had: vec![privilege("song", song, "star", true)],
        ..StarCards::new(have.to_vec(), 1, 0)
    }
}

fn log(low: bool, told: bool) -> OwnLog {
    let say = |hanzi: &str, pinyin: &str| match low {
        true => words(hanzi, pinyin),
        false => plain(hanzi),
    };
    OwnLog {
        kind: if told { "rope" } else { "read" },
        star: if told { "health" } else { "wisdom" },
        label: match told {
            true => say("一分钟跳绳", "yì fēn zhōng tiào shéng"),
            false => say("读书", "dú shū"),
        },
        most: 300,
        now: told.then(|| plain("117")),
        before: told.then(|| plain("82")),
        waits: !told,
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
        choice: Some(choice(0)),
        cards: None,
        festivals: Vec::new(),
        badges: Vec::new(),
        appeal: OwnAppeal::default(),
        ..own(true)
    }
}

fn own_reached() -> OwnPage {
    OwnPage {
        goal: Some(goal(GoalStage::Reached)),
        choice: Some(choice(20)),
        ..own(false)
    }
}
