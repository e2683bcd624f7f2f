//! `/t/classes/{id}/letters`: the growth letters of a class, with what is still missing in whose; `…/letters/print`: on
//! paper, one page a child, `?student=` one child's alone. For whoever leads the class. Printing is a read.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::words;
use crate::{
    actions::letters::{self, ChildLetter, Letters},
    domain::{
        ids::{ClassId, StudentId},
        letter::Gap,
        term_comment::State,
    },
    screens::letter::{LetterGap, LetterList, LetterRow, LetterSheets},
    web::{
        discreet::discreet,
        failure::Failure,
        letter::{Head, written},
        visit::{Door, Visit},
    },
};

/// `GET /t/classes/{id}/letters`.
pub async fn list(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let of = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        letters::of_class(db, &seen.call, &of, None)
    });
    let (seen, found) = read.await?;
    let rows = found.children.iter().enumerate();
    let rows: Vec<LetterRow> = rows.map(|(at, one)| row(&class, at, one)).collect();
    let page = LetterList {
        class_id: class.to_string(),
        ready: rows.iter().filter(|row| row.gaps.is_empty()).count(),
        rows,
        out: found.out,
        class_name: found.class_name,
        term_name: found.term.name,
    };
    visit.page(&seen, &page)
}

fn row(class: &ClassId, at: usize, one: &(ChildLetter, Option<State>)) -> LetterRow {
    let (letter, _) = one;
    let child = &letter.child;
    let href = |gap: Gap| match gap {
        Gap::Shining => format!("/t/classes/{class}/moments?student={}#write", child.id),
        Gap::Release => format!("/t/classes/{class}/comments"),
        Gap::Comment | Gap::Draft => format!("/t/classes/{class}/comments?child={}", child.id),
    };
    let gaps = Letters::gaps(one).into_iter();
    LetterRow {
        id: child.id.clone(),
        number: words::number(child, at),
        name: child.name.clone(),
        gaps: gaps
            .map(|gap| LetterGap {
                key: gap.key(),
                href: href(gap),
            })
            .collect(),
        bare: letter.is_bare(),
    }
}

/// Whose letter is asked for.
#[derive(Deserialize)]
pub struct Asked {
    student: Option<String>,
}

/// `GET /t/classes/{id}/letters/print`.
pub async fn print(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let (of, only) = (
        class.clone(),
        asked.into_inner().student.map(StudentId::new),
    );
    let read = visit.read(Door::Staff, move |db, seen| {
        letters::of_class(db, &seen.call, &of, only.as_ref())
    });
    let (seen, found) = read.await?;
    let rules = visit.app.words();
    let head = Head {
        school_name: &seen.school_name,
        class_name: &found.class_name,
        term: &found.term,
    };
    let children = found.children.iter();
    let page = LetterSheets {
        class_id: class.to_string(),
        letters: children
            .map(|(one, _)| written(visit.lang, &rules, &head, one))
            .collect(),
    };
    Ok(discreet(visit.page(&seen, &page)?, "same-origin"))
}
