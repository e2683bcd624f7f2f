//! The home questions as a form, empty or with what was said before.

use crate::{
    actions::{
        submit_sheet::Ratee,
        tasks::{Task, TaskQuestion},
    },
    screens::{
        Lang,
        family::{Encouragement, FamilyForm},
        parts::spoken_text,
        say,
        sheet::{Answer, IndicatorRow},
    },
    web::family::{page::Home, veiled},
};

/// Ready sentences: Fluent keys `web-cheer-1` ….
pub const CHEERS: usize = 3;

/// A label without the picture that stands beside it anyway.
pub fn plain_label(label: &str) -> &str {
    label.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// What was typed, where the form is shown again.
pub struct Typed<'a> {
    pub scores: &'a [(String, Option<u8>)],
    pub words: &'a str,
    pub conflict: bool,
    pub nothing: bool,
}

/// One question with what was said, just now or before.
pub fn row(task: &Task, question: &TaskQuestion, typed: Option<&Typed<'_>>) -> IndicatorRow {
    let id = &question.indicator;
    let before = task.answers.as_ref().and_then(|a| a.of(id));
    let mut again = typed.into_iter().flat_map(|typed| typed.scores);
    let now = again.find(|(of, _)| of == id).map(|(_, a)| *a);
    let answer = match now.or(before) {
        Some(Some(level)) => Answer::Level(level),
        _ => Answer::Open,
    };
    let level = |label: &String| spoken_text(plain_label(label), None);
    let levels: Vec<_> = question.anchors.iter().map(level).collect();
    let star = match question.dimension.as_str() {
        "" => "star",
        dimension => dimension,
    };
    let text = spoken_text(&question.text, None);
    IndicatorRow::new(id, star, text, &levels, answer, false)
}

fn cheers(lang: Lang, words: &str) -> Vec<Encouragement> {
    let one = |n: usize| {
        let text = say(lang, &format!("web-cheer-{n}"), &[]);
        Encouragement {
            id: n.to_string(),
            on: text == words,
            text,
        }
    };
    (1..=CHEERS).map(one).collect()
}

/// The form of a child; `typed` where it is shown again.
pub fn form(
    lang: Lang,
    here: &str,
    home: &Home,
    tasks: &[Task],
    typed: Option<&Typed<'_>>,
) -> FamilyForm {
    // The class is asked about afterwards (`about_class`).
    let about_child = |task: &&Task| matches!(task.ratee, Ratee::Student(_));
    let rows = tasks.iter().filter(about_child).flat_map(|task| {
        let questions = task.questions.iter();
        questions.map(move |question| row(task, question, typed))
    });
    let rows: Vec<IndicatorRow> = rows.collect();
    let said = tasks
        .first()
        .map(|t| t.comment.as_str())
        .unwrap_or_default();
    let words = typed.map_or(said, |t| t.words);
    let cheers = cheers(lang, words);
    let own = if cheers.iter().any(|c| c.on) {
        ""
    } else {
        words
    };
    let answered = rows
        .iter()
        .filter(|r| r.choices.iter().any(|c| c.on))
        .count();
    FamilyForm {
        action: here.to_owned(),
        child: veiled(&home.child.name),
        class_name: home.class_name.clone(),
        answered: u32::try_from(answered).unwrap_or(0),
        total: u32::try_from(rows.len()).unwrap_or(0),
        rows,
        chips: cheers,
        own_words: own.to_owned(),
        again: tasks.iter().any(|t| t.answers.is_some()),
        conflict: typed.is_some_and(|t| t.conflict),
        nothing_chosen: typed.is_some_and(|t| t.nothing),
        version: tasks.first().map_or(0, |t| t.version).to_string(),
        wrong_href: format!("{here}?wrong=1"),
        paper: home.paper && !tasks.iter().any(|t| t.answers.is_some()),
    }
}
