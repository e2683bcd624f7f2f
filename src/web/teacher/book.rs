//! `/t/classes/{id}/book`: the term book (素质报告书) of a class, one sheet of paper a child, for whoever leads the class.
//! `?child=` one child's alone; `?fold=1` as a folded A5 booklet.

use actix_web::{HttpResponse, web};

use super::words;
use crate::{
    actions::term_book::{self, ChildBook},
    domain::{
        badges::Rules,
        child_view::Sight,
        ids::{ClassId, StudentId},
    },
    screens::{
        Lang,
        teacher_book::{BookSheet, BookStar, TermBook, Told},
    },
    storage::{goals::GoalRow, moments::MomentRow, results::AwardRow},
    web::{
        child::deeds,
        failure::Failure,
        moment_words,
        visit::{Door, Visit},
    },
};

/// What the address asks for.
#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    child: String,
    fold: Option<String>,
}

/// `GET /t/classes/{id}/book`.
pub async fn show(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let Asked { child, fold } = asked.into_inner();
    let class = ClassId::new(id.into_inner());
    let (of, one) = (class.clone(), child.clone());
    let read = visit.read(Door::Staff, move |db, seen| {
        let only = (!one.is_empty()).then(|| StudentId::new(one));
        term_book::load(db, &seen.call, &of, only.as_ref())
    });
    let (seen, book) = read.await?;
    let sheets = book.children.iter();
    let page = TermBook {
        class_id: class.to_string(),
        school_name: seen.school_name.clone(),
        sheets: sheets
            .map(|one| sheet(visit.lang, &visit.app.words(), one))
            .collect(),
        class_name: book.class_name,
        term_name: book.term_name,
        fold: fold.as_deref() == Some("1"),
        child,
    };
    visit.page(&seen, &page)
}

fn sheet(lang: Lang, rules: &Rules, book: &ChildBook) -> BookSheet {
    let sight = book.sight.sight.as_ref();
    let (comment, comment_by) = book.comment.clone().unwrap_or_default();
    BookSheet {
        id: book.id.clone(),
        name: book.name.clone(),
        stars: stars(book, sight),
        voices: sight.map(|s| (s.came, s.voices.len())),
        peer_hidden: sight.is_some_and(|s| !s.peer_shown),
        moments: book.moments.iter().map(|m| moment(lang, book, m)).collect(),
        goals: book.reached().map(|row| goal(lang, row)).collect(),
        badges: badges(lang, rules, book),
        goal_on: book
            .on()
            .map(|row| goal(lang, row).text)
            .unwrap_or_default(),
        own_words: book.own_words.clone(),
        home_words: book.home_words.clone(),
        size: "usual",
        comment,
        comment_by,
    }
    .fitted()
}

fn stars(book: &ChildBook, sight: Option<&Sight>) -> Vec<BookStar> {
    let levels = u8::try_from(book.sight.anchors.len()).unwrap_or(2);
    let dimensions = book.sight.rubric.dimensions.iter().enumerate();
    let star = |(at, dimension): (usize, &crate::domain::rubric::Dimension)| {
        let level = sight.and_then(|s| s.stars.get(at)?.level).unwrap_or(0);
        let word = book.sight.word(level).unwrap_or_default();
        BookStar {
            star: dimension.id.clone(),
            name: dimension.name.clone(),
            // The picture before the word is for screens.
            word: word
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .to_owned(),
            pieces: (1..=levels).map(|n| n <= level).collect(),
        }
    };
    dimensions.map(star).collect()
}

fn moment(lang: Lang, book: &ChildBook, row: &MomentRow) -> Told {
    Told {
        star: moment_words::star(row).to_owned(),
        text: moment_words::sentence(lang, row),
        by: moment_words::by(lang, row, &book.teachers),
    }
}

fn goal(lang: Lang, row: &GoalRow) -> Told {
    let text = deeds::goal_text(lang, row, false);
    Told {
        star: row.dimension.clone(),
        text: text.into_iter().map(|part| part.hanzi).collect(),
        by: String::new(),
    }
}

/// Each badge once, however often it was given.
fn badges(lang: Lang, rules: &Rules, book: &ChildBook) -> Vec<Told> {
    let mut shown: Vec<Told> = Vec::new();
    let known = |award: &&AwardRow| rules.find(&award.badge).is_some();
    for award in book.awards.iter().filter(known) {
        let badge = words::badge(lang, rules, &book.sight.rubric, award);
        if shown.iter().all(|one| one.text != badge.name) {
            shown.push(Told {
                star: match badge.dimension.as_str() {
                    "" => "star".to_owned(),
                    star => star.to_owned(),
                },
                text: badge.name,
                by: String::new(),
            });
        }
    }
    shown
}
