//! A teacher's grid: all sheets about one class's children at once. A posted form says on which version each row was
//! filled; only cells that the teacher changed since then are stored, so that an older tab takes nothing back.

use std::collections::BTreeMap;

use super::{
    Acted,
    submit_sheet::{Ratee, Saved, SheetSent, submit_sheet},
    tasks::{Task, teacher_tasks},
};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, StudentId},
        refusal::Refusal,
        rubric::Source,
        sheet::{Answers, Submission},
    },
    storage::{Db, Tx, sheets, students},
};

/// One row as posted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridRow {
    pub student: String,
    /// Cells with something in them; none is "did not see it".
    pub cells: BTreeMap<String, Option<u8>>,
    pub comment: Option<String>,
    /// Version of the sheet that the row was filled from; none where the form does not say.
    pub version: Option<i32>,
}

/// What became of a grid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GridSaved {
    pub rows: usize,
}

/// The teacher's cards about a class: its children by seat, then the class itself.
///
/// # Errors
/// `NotFound` for a class or round out of scope, `Forbidden` for people who do not teach the class.
pub fn cards(db: &mut Db, call: &Call, class: &ClassId, round: &str) -> Acted<Vec<Task>> {
    let permit = call.actor.see_class(class)?;
    if !matches!(call.actor, Actor::Teacher { .. }) {
        return Err(Refusal::Forbidden.into());
    }
    let children = students::of_class(db, &permit, &call.school, call.today)?;
    let here = |ratee: &Ratee| match ratee {
        Ratee::Class(id) => id == class,
        Ratee::Student(id) => children.iter().any(|c| c.id == id.as_str()),
    };
    let all = teacher_tasks(db, call, round)?;
    Ok(all.into_iter().filter(|task| here(&task.ratee)).collect())
}

/// Stores the changed rows of a grid in one write.
///
/// # Errors
/// Those of [`submit_sheet`]; then nothing is stored.
pub fn save(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    round: &str,
    rows: Vec<GridRow>,
) -> Acted<GridSaved> {
    let cards = cards(tx, call, class, round)?;
    let mut saved = GridSaved::default();
    for row in rows {
        let ratee = Ratee::Student(StudentId::new(row.student.clone()));
        let card = cards
            .iter()
            .find(|card| card.ratee == ratee)
            .ok_or(Refusal::NotFound)?;
        let base = base(tx, call, class, round, card, row.version)?;
        let submission = changed(&row, &base);
        if submission.scores.is_empty() && submission.comment.is_none() {
            continue;
        }
        let sent = SheetSent {
            based_on: Some(card.version),
            ..SheetSent::once(round, Source::Teacher, ratee, submission)
        };
        if !matches!(submit_sheet(tx, call, sent)?, Saved::Unchanged(_)) {
            saved.rows += 1;
        }
    }
    let detail = format!("round={round} rows={}", saved.rows);
    tx.record(call, "grid.save", &format!("class/{class}"), &detail)?;
    Ok(saved)
}

/// Answers and comment on which a row was filled.
type Base = (Answers, String);

fn base(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    round: &str,
    card: &Task,
    version: Option<i32>,
) -> Acted<Base> {
    let now = || {
        (
            card.answers.clone().unwrap_or_default(),
            card.comment.clone(),
        )
    };
    match version {
        None => Ok(now()),
        Some(version) if version == card.version => Ok(now()),
        Some(0) => Ok(Base::default()),
        Some(version) => {
            let permit = call.actor.see_class(class)?;
            let kept = sheets::history(db, &permit, &call.school, round, card.ratee.id())?;
            let mine = kept.into_iter().find(|old| {
                old.version == version
                    && old.source == Source::Teacher.name()
                    && old.rater_id == call.actor.id()
            });
            // A version that never was comes from no page of ours.
            let old = mine.ok_or(Refusal::Stale)?;
            Ok((Answers::unpack(&old.answers), old.comment))
        }
    }
}

fn changed(row: &GridRow, (answers, comment): &Base) -> Submission {
    let moved = row
        .cells
        .iter()
        .filter(|(id, anchor)| answers.of(id) != Some(**anchor));
    let words = row
        .comment
        .as_deref()
        .map(|c| c.replace('\r', "").trim().to_owned());
    Submission {
        scores: moved.map(|(id, anchor)| (id.clone(), *anchor)).collect(),
        comment: words.filter(|words| words != comment),
    }
}

/// Fills the empty cells of a column with the first one that has something, rows in the order of the page; children
/// who are away are left alone.
pub fn fill_down(rows: &mut [GridRow], indicator: &str, away: impl Fn(&str) -> bool) {
    let first = rows
        .iter()
        .find_map(|row| row.cells.get(indicator).copied());
    let Some(value) = first else { return };
    for row in rows.iter_mut().filter(|row| !away(&row.student)) {
        row.cells.entry(indicator.to_owned()).or_insert(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(student: &str, cell: Option<Option<u8>>) -> GridRow {
        GridRow {
            student: student.to_owned(),
            cells: cell
                .map(|anchor| ("i".to_owned(), anchor))
                .into_iter()
                .collect(),
            ..GridRow::default()
        }
    }

    #[test]
    fn filling_down_keeps_what_is_there_and_skips_who_is_away() {
        let mut rows = [
            row("a", None),
            row("b", Some(Some(3))),
            row("c", Some(None)),
            row("d", None),
        ];
        fill_down(&mut rows, "i", |who| who == "d");
        let cells: Vec<_> = rows.iter().map(|r| r.cells.get("i").copied()).collect();
        assert_eq!(cells, [Some(Some(3)), Some(Some(3)), Some(None), None]);
    }

    #[test]
    fn only_what_the_teacher_changed_is_sent() {
        let base = (
            Answers(vec![("i".into(), Some(2)), ("j".into(), None)]),
            "good".to_owned(),
        );
        let mut mine = row("a", Some(Some(2)));
        mine.cells.insert("j".to_owned(), Some(1));
        mine.comment = Some("good\r\n".to_owned());
        let sent = changed(&mine, &base);
        assert_eq!(sent.scores, [("j".to_owned(), Some(1))]);
        assert_eq!(sent.comment, None);
    }
}
