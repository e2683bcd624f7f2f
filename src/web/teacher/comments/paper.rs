//! A class's term comments on paper and as a spreadsheet: `GET /t/classes/{id}/comments/print` and `…/comments.xlsx`.

use actix_web::{HttpResponse, web};

use super::view::state_key;
use crate::{
    actions::term_comments::{self, About},
    domain::{actor::ClassView, ids::ClassId},
    exchange::table::{self, Cell, Format, Sheet},
    screens::{
        Lang, say,
        teacher_comments::{CommentsPrint, PrintedComment},
    },
    storage::StorageError,
    web::{
        failure::Failure,
        office::import::attachment,
        teacher::words,
        visit::{Door, Visit},
    },
};

/// `?each=1`: one child a page.
#[derive(serde::Deserialize)]
pub struct Asked {
    each: Option<String>,
}

/// `GET /t/classes/{id}/comments/print`.
pub async fn print(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let of = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        term_comments::of_class(db, &seen.call, &of)
    });
    let (seen, comments) = read.await?;
    let written = comments.children.iter().enumerate();
    let written = written.filter(|(_, one)| one.state().is_some());
    let page = CommentsPrint {
        class_id: class.to_string(),
        class_name: comments.class_name.clone(),
        school_name: seen.school_name.clone(),
        term_name: comments.term_name.clone(),
        teacher_name: match comments.view {
            ClassView::Homeroom => seen.name.clone(),
            _ => String::new(),
        },
        each: asked.each.as_deref() == Some("1"),
        children: written.map(|(at, one)| printed(at, one)).collect(),
    };
    visit.page(&seen, &page)
}

fn printed(at: usize, one: &About) -> PrintedComment {
    PrintedComment {
        number: words::number(&one.child, at),
        name: one.child.name.clone(),
        text: one.text().to_owned(),
        state: state_key(one.state()),
    }
}

/// `GET /t/classes/{id}/comments.xlsx`: announced in the log before the first byte.
pub async fn xlsx(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let lang = visit.lang;
    let write = visit.write(Door::Staff, move |tx, seen| {
        let comments = term_comments::of_class(tx, &seen.call, &class)?;
        let rows = comments.children.iter().map(|one| row(lang, one)).collect();
        let detail = format!("children={}", comments.children.len());
        tx.record(
            &seen.call,
            "comment.export",
            &format!("class/{class}"),
            &detail,
        )?;
        let bytes = table::to_xlsx(&sheet(lang, rows));
        Ok(bytes.map_err(|e| StorageError::Broken(e.to_string()))?)
    });
    let (_, bytes) = write.await?;
    Ok(attachment("comments", Format::Xlsx, bytes))
}

fn sheet(lang: Lang, rows: Vec<Vec<Cell>>) -> Sheet {
    let heading = |key: &str| say(lang, &format!("comments-sheet-{key}"), &[]);
    Sheet {
        name: say(lang, "comments-title", &[]),
        header: ["no", "name", "text", "state"].map(heading).to_vec(),
        rows,
        watermark: None,
    }
}

fn row(lang: Lang, one: &About) -> Vec<Cell> {
    let state = format!("comments-state-{}", state_key(one.state()));
    vec![
        Cell::text(&one.child.student_no),
        Cell::text(&one.child.name),
        Cell::text(one.text()),
        Cell::text(say(lang, &state, &[])),
    ]
}
