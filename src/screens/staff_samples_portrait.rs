//! Invented data for the reminders, and for the class portrait: a full one, one before anybody said much, and one before the first publication.

use super::staff_samples::{CLASS, id, numbered, pick, text};
use super::teacher_portrait::*;
use super::teacher_reminders::{Ask, RemindedRound, Reminders, Slip};

const STARS: [(&str, &str); 5] = [
    ("virtue", "向善星"),
    ("wisdom", "智慧星"),
    ("health", "健体星"),
    ("arts", "尚美星"),
    ("labour", "勤劳星"),
];

/// `left`: whether anybody is still missing; none: no round is open.
pub fn reminders(left: Option<bool>) -> Reminders {
    let all = || numbered().map(|(_, name)| text(name));
    let slip = |(n, name): (u32, &str)| Slip {
        name: text(name),
        number: n,
        child: n.is_multiple_of(2),
        family: !n.is_multiple_of(4),
    };
    let asks = ["self", "peer", "parent"].map(|voice| Ask {
        voice,
        names: all().collect(),
    });
    let empty = RemindedRound {
        name: text("第 6 次星光时刻"),
        closes: text("11月27日"),
        ..RemindedRound::default()
    };
    let full = RemindedRound {
        asks: asks.into(),
        children: 22,
        families: 33,
        slips: numbered().filter(|(n, _)| n % 4 > 0).map(slip).collect(),
        ..empty.clone()
    };
    Reminders {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        round: left.map(|left| if left { full } else { empty }),
    }
}

pub fn full() -> ClassPortrait {
    let gap = |group, from, to, voice, gap: f64, half| GapRow {
        group,
        from,
        to,
        voice,
        gap: signed(gap),
        half: text("0.28"),
        look: gap.abs() > half,
        bar: gap_bar(gap, half),
    };
    let [boys, seats, lines, places] = GROUPS;
    let talent = |(n, name): (u32, &str)| HiddenTalent {
        child: child(n, name),
        key: text("arts"),
        star: text("尚美星"),
        classmates: if n.is_multiple_of(3) { 0 } else { 2 + n % 2 },
    };
    ClassPortrait {
        stars: STARS.into_iter().enumerate().map(star).collect(),
        not_yet: vec![text("欧阳晓明")],
        hidden: numbered().take(7).map(talent).collect(),
        agreement: Some(agreement(0.46)),
        brighter: numbered().take(2).map(|(n, name)| child(n, name)).collect(),
        humbler: numbered()
            .skip(2)
            .take(4)
            .map(|(n, name)| child(n, name))
            .collect(),
        alike: 38,
        look: true,
        gaps: vec![
            gap(boys, 0, 0, "teacher", -0.41, 0.28),
            gap(boys, 0, 0, "peer", 0.12, 0.28),
            gap(seats, 1, 15, "teacher", 0.05, 0.28),
            gap(seats, 31, 45, "parent", -2.4, 0.28),
            gap(lines, 5, 6, "peer", -0.4, 0.28),
            gap(places, 1, 3, "teacher", 0.4, 0.28),
        ],
        ..early()
    }
}

pub fn blank() -> ClassPortrait {
    ClassPortrait {
        class_id: text(CLASS),
        class_name: text("四(2)班"),
        ..ClassPortrait::default()
    }
}

pub fn early() -> ClassPortrait {
    ClassPortrait {
        round_name: text("第 5 次星光时刻"),
        rounds: vec![
            pick("r5", "第 5 次星光时刻", true),
            pick("term", "这学期", false),
        ],
        stars: STARS
            .into_iter()
            .map(|(key, name)| KnownStar {
                key: text(key),
                name: text(name),
                children: Vec::new(),
            })
            .collect(),
        not_yet: numbered().map(|(_, name)| text(name)).collect(),
        hidden: Vec::new(),
        agreement: None,
        brighter: Vec::new(),
        humbler: Vec::new(),
        alike: 0,
        gaps: Vec::new(),
        look: false,
        ..blank()
    }
}

fn star((at, (key, name)): (usize, (&str, &str))) -> KnownStar {
    let mine = numbered().filter(|(n, _)| usize::try_from(n % 5).is_ok_and(|rest| rest == at));
    KnownStar {
        key: text(key),
        name: text(name),
        children: mine.map(|(n, name)| child(n, name)).collect(),
    }
}

fn child(n: u32, name: &str) -> Child {
    Child {
        id: id(n),
        name: text(name),
        told: n % 4,
    }
}
