//! Invented data for the pages about displays: the office's list, a programme, a class's own displays.

use super::office_screens::*;
use super::staff_samples::{pick, text};
use super::teacher_screen::ClassScreen;
use crate::domain::programme::{Kind, Lessons, Light, View};

pub fn screens(refused: Option<&'static str>) -> ScreenList {
    let row = |n: usize, kind: &'static str, place: &str| ScreenRow {
        id: format!("screen-{n}"),
        kind,
        place: text(place),
        class_name: if kind == "hall" {
            String::new()
        } else {
            text("四(2)班")
        },
        own: n == 0,
        state: SCREEN_STATES.get(n).copied().unwrap_or("live"),
        seen: text("10:20"),
        until: text("12月20日"),
    };
    ScreenList {
        rows: vec![
            row(0, "hall", "一楼大厅"),
            row(1, "classroom", "四(2)班教室"),
            row(2, "hall", "旧的电视"),
        ],
        classes: vec![pick("a", "四(1)班", true), pick("b", "四(2)班", false)],
        pair_address: text("192.168.1.10:8080/screen"),
        code: String::new(),
        refused,
        programmes: ["hall", "classroom"]
            .map(|kind| ProgrammeLine {
                kind,
                boards: vec!["ranking", "moments"],
                seconds: 14,
                on: kind == "hall",
            })
            .into(),
        days: (0..6)
            .map(|weekday| LessonDay {
                weekday,
                text: text("08:00-08:40 08:50-09:30"),
                wrong: weekday == 5,
            })
            .collect(),
    }
}

pub fn programme(hall: bool) -> ProgrammePage {
    let kind = if hall { Kind::Hall } else { Kind::Classroom };
    let list = |name, words, chosen| Choices {
        name,
        words,
        chosen,
    };
    ProgrammePage {
        target: text(kind.key()),
        kind: kind.key(),
        place: if hall {
            String::new()
        } else {
            text("四(2)班教室")
        },
        own: !hall,
        on: true,
        boards: (1u32..)
            .zip(kind.boards())
            .map(|(place, board)| BoardRow {
                board: board.key(),
                place,
                on: place != 2,
            })
            .collect(),
        seconds: 14,
        least: 12,
        most: 120,
        choices: vec![
            list("view", View::WORDS, "all"),
            list("light", Light::WORDS, "night"),
            list("lessons", Lessons::WORDS, "calm"),
        ],
        refused: hall.then_some("seconds"),
    }
}

pub fn class_screen(hidden: bool) -> ClassScreen {
    ClassScreen {
        id: text("class-1"),
        name: text("四(2)班"),
        hidden_until: hidden.then(|| text("08:40")),
        lesson_until: (!hidden).then(|| text("08:40")),
        mode: if hidden { "calm" } else { "show" },
        leads: true,
        rows: screens(None).rows,
        pair_address: text("192.168.1.10:8080/screen"),
        code: String::new(),
        refused: hidden.then_some("code"),
    }
}
