//! Made-up pages of a family.

use super::appeal::{FamilyAppeal, OwnAppeal};
use super::family::{
    ClassAsk, Encouragement, FamilyCard, FamilyForm, FamilyNotice, FamilyThanks, Kept, NoticeKind,
};
use super::own::GoalStage;
use super::samples::Book;
use super::samples_own::{appeal, appeal_stars, badges, goal, moments, stars, voices};
use super::samples_rights::request;
use super::samples_sheet::low_rows;
use super::sheet::Answer;

/// Adds them to the book.
pub fn fill(book: &mut Book) {
    book.add("family-form", &form());
    book.add(
        "family-form-conflict",
        &FamilyForm {
            conflict: true,
            paper: true,
            again: true,
            nothing_chosen: true,
            own_words: "你系鞋带越来越快了".to_owned(),
            ..form()
        },
    );
    book.add(
        "family-thanks",
        &FamilyThanks {
            child: "林**".to_owned(),
            edit_href: "/f/1?edit=1".to_owned(),
            card_href: "/f/1".to_owned(),
            class: Some(ClassAsk {
                action: "/f/1/class".to_owned(),
                rows: low_rows(&[Answer::Open; 5]).into_iter().take(1).collect(),
                again: false,
            }),
            class_sent: false,
        },
    );
    book.add("family-card", &card());
    book.add("family-card-not-yet", &card_not_yet());
    book.add("family-appeal", &family_appeal());
    for (name, letter) in super::samples_letter::letters() {
        book.add(name, &super::samples_letter::of_family(letter));
    }
    for state in ["open", "granted"] {
        let page = FamilyCard {
            appeal: appeal("", state),
            ..card()
        };
        book.add(&format!("family-card-{state}"), &page);
    }
    for (name, kind) in [
        ("unknown", NoticeKind::Unknown),
        ("gone", NoticeKind::Gone),
        ("closed", NoticeKind::Closed),
        ("nothing", NoticeKind::Nothing),
        ("wrong-child", NoticeKind::WrongChild),
        ("reopen", NoticeKind::Reopen),
    ] {
        let back = if kind == NoticeKind::WrongChild {
            "/f/1"
        } else {
            ""
        };
        let page = FamilyNotice {
            kind,
            back: back.to_owned(),
            kept: Kept::default(),
        };
        book.add(&format!("family-{name}"), &page);
    }
}

fn form() -> FamilyForm {
    let answers = [
        Answer::Level(2),
        Answer::Level(3),
        Answer::Level(1),
        Answer::Level(2),
        Answer::Open,
    ];
    FamilyForm {
        action: "/f/1".to_owned(),
        child: "林**".to_owned(),
        class_name: "二(3)班".to_owned(),
        rows: low_rows(&answers),
        chips: [
            ("effort", "你很努力", true),
            ("hug", "抱抱你", false),
            ("thanks", "谢谢你帮忙", false),
        ]
        .into_iter()
        .map(|(id, text, on)| Encouragement {
            id: id.to_owned(),
            text: text.to_owned(),
            on,
        })
        .collect(),
        own_words: String::new(),
        answered: 4,
        total: 5,
        again: false,
        conflict: false,
        nothing_chosen: false,
        version: "3".to_owned(),
        wrong_href: "/f/1?wrong=1".to_owned(),
        paper: false,
    }
}

fn card() -> FamilyCard {
    let levels = [
        Some("在发光"),
        Some("在发光"),
        Some("在开花"),
        Some("在开花"),
        Some("在发光"),
    ];
    FamilyCard {
        child: "林**".to_owned(),
        class_name: "二(3)班".to_owned(),
        round: "第 6 次星光时刻".to_owned(),
        date: "11月18日".to_owned(),
        stars: stars(false, levels, false),
        strengths: vec!["向善星".to_owned(), "智慧星".to_owned()],
        voices: voices(),
        peer_hidden: false,
        excused: false,
        not_yet: false,
        moments: moments(),
        goal: Some(goal(GoalStage::Waiting)),
        goal_action: "/f/1/goal".to_owned(),
        badges: badges(),
        cards: "收集了 12 颗星，换成了 2 个月亮。".to_owned(),
        festivals: super::samples_own::festivals(),
        withdrawn: vec![super::family::WithdrawnBadge {
            name: "礼仪星·萌芽".to_owned(),
            why: "点赞记重了。".to_owned(),
        }],
        comment:
            "小满上课时眼睛亮亮的，举手也比上学期勤。值日那天他把拖把拧得很干，还教同桌怎么拧。"
                .to_owned(),
        how: vec![
            "自己、5 位同学、老师各说了一次，家里这次没有写。".to_owned(),
            "四个声音按公布的分量合在一起，没来的声音按规则补上。".to_owned(),
            "再换成每颗星的一个词：在发芽、在开花、在发光。".to_owned(),
        ],
        edit_href: "/f/1?edit=1".to_owned(),
        rights_href: "/f/1/rights".to_owned(),
        carry_href: "/f/1/badges".to_owned(),
        letter_href: "/f/1/letter".to_owned(),
        request: Some(request("open", "")),
        appeal: appeal("/f/1/appeal", "declined"),
    }
}

fn family_appeal() -> FamilyAppeal {
    FamilyAppeal {
        child: "林**".to_owned(),
        class_name: "二(3)班".to_owned(),
        round: "第 6 次星光时刻".to_owned(),
        stars: appeal_stars(false),
        words: 200,
        action: "/f/1/appeal".to_owned(),
        back: "/f/1".to_owned(),
    }
}

fn card_not_yet() -> FamilyCard {
    FamilyCard {
        not_yet: true,
        excused: true,
        moments: Vec::new(),
        goal: None,
        badges: Vec::new(),
        withdrawn: Vec::new(),
        comment: String::new(),
        how: Vec::new(),
        strengths: Vec::new(),
        edit_href: String::new(),
        request: None,
        round: String::new(),
        date: String::new(),
        appeal: OwnAppeal::default(),
        ..card()
    }
}
