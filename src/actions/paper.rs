//! Families' answers on paper, typed in by the homeroom teacher while the round is open. A paper is the voice of a home
//! that has not answered over its link: it never stands beside such an answer and never takes its place; a later answer
//! over the link takes the paper's place, and what the paper said is kept in the history.

use super::{
    Acted,
    grid::GridRow,
    new_hidden_id,
    submit_sheet::{Ratee, SheetSent, submit_sheet},
    tasks::{self, Task},
};
use crate::{
    domain::{
        actor::Call,
        ids::{ClassId, StudentId},
        paper::{is_paper, paper_rater},
        refusal::Refusal,
        rubric::Source,
        sheet::{Answers, Submission},
    },
    storage::{Db, Tx, papers, sheets, students, students::StudentRow},
};

/// Longest encouragement in characters, as on the families' own page.
pub const WORDS: usize = 60;

/// A child with its home's cards: about the child, and about the class where that is asked.
#[derive(Clone, Debug)]
pub struct Home {
    pub child: StudentRow,
    pub cards: Vec<Task>,
    /// The family answered over its link: its paper is no longer needed.
    pub online: bool,
}

/// The homes of a class in a round, by seat.
///
/// # Errors
/// `NotFound` out of scope, `Forbidden` for subject teachers.
pub fn homes(db: &mut Db, call: &Call, class: &ClassId, round: &str) -> Acted<Vec<Home>> {
    let permit = call.actor.lead_class(class)?;
    let said = papers::of_homes(db, &permit, &call.school, round)?;
    let online: Vec<String> = said
        .iter()
        .filter(|row| !is_paper(&row.rater_id))
        .map(|row| row.ratee_id.clone())
        .collect();
    let all = tasks::paper_tasks(db, call, round, class, said)?;
    let home = |(child, cards): (StudentRow, Vec<Task>)| Home {
        online: online.contains(&child.id),
        child,
        cards,
    };
    // Whoever refused is asked nothing.
    let asked = all.into_iter().filter(|(c, _)| c.consent != "refused");
    Ok(asked.map(home).collect())
}

/// What became of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Stored; the version of the child's sheet now.
    Saved(i32),
    /// It says what stands there already, or nothing at all.
    Same(i32),
    /// The family answered over its link: nothing was changed.
    Online,
    /// Another page has saved this row since: nothing was changed.
    Elsewhere,
}

/// Stores one row as a whole: an empty cell takes back what the paper said there before.
///
/// # Errors
/// Those of [`submit_sheet`] and [`homes`]; `UnknownIndicator` for a question that is not on the paper.
pub fn keep(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    round: &str,
    row: &GridRow,
) -> Acted<Kept> {
    let homes = homes(tx, call, class, round)?;
    let kept = keep_among(tx, call, round, &homes, row)?;
    if !matches!(kept, Kept::Saved(_)) {
        let detail = format!("round={round} rows=0");
        tx.record(call, "paper.save", &format!("class/{class}"), &detail)?;
    }
    Ok(kept)
}

/// Stores the rows of a posted page; what each became, with the child's name, in the order of the page.
///
/// # Errors
/// As [`keep`]; then nothing is stored.
pub fn keep_all(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    round: &str,
    rows: &[GridRow],
) -> Acted<Vec<(String, Kept)>> {
    let homes = homes(tx, call, class, round)?;
    let mut done = Vec::with_capacity(rows.len());
    for home in &homes {
        let Some(row) = rows.iter().find(|row| row.student == home.child.id) else {
            continue;
        };
        let kept = keep_among(tx, call, round, &homes, row)?;
        done.push((home.child.name.clone(), kept));
    }
    let saved = done.iter().filter(|(_, k)| matches!(k, Kept::Saved(_)));
    let detail = format!("round={round} rows={}", saved.count());
    tx.record(call, "paper.save", &format!("class/{class}"), &detail)?;
    Ok(done)
}

fn keep_among(
    tx: &mut Tx<'_>,
    call: &Call,
    round: &str,
    homes: &[Home],
    row: &GridRow,
) -> Acted<Kept> {
    let mut found = homes.iter().filter(|home| home.child.id == row.student);
    let home = found.next().ok_or(Refusal::NotFound)?;
    known(home, row)?;
    let version = home.cards.first().map_or(0, |card| card.version);
    let changes = changes(home, row);
    if changes.is_empty() {
        return Ok(Kept::Same(version));
    }
    if home.online {
        return Ok(Kept::Online);
    }
    if row.version.is_some_and(|on| on != version) {
        return Ok(Kept::Elsewhere);
    }
    let mut now = version;
    for (ratee, submission) in changes {
        let about_child = matches!(ratee, Ratee::Student(_));
        let sent = SheetSent {
            paper_of: Some(StudentId::new(home.child.id.clone())),
            ..SheetSent::once(round, Source::Parent, ratee, submission)
        };
        let saved = submit_sheet(tx, call, sent)?;
        if about_child {
            now = saved.version();
        }
    }
    Ok(Kept::Saved(now))
}

fn known(home: &Home, row: &GridRow) -> Result<(), Refusal> {
    let asked = |id: &str| {
        let mut cards = home.cards.iter();
        cards.any(|card| card.questions.iter().any(|q| q.indicator == id))
    };
    match row.cells.keys().find(|id| !asked(id)) {
        Some(id) => Err(Refusal::UnknownIndicator(id.clone())),
        None => Ok(()),
    }
}

/// What a row changes, sheet by sheet.
fn changes(home: &Home, row: &GridRow) -> Vec<(Ratee, Submission)> {
    let mut all = Vec::new();
    for card in &home.cards {
        let about_child = matches!(card.ratee, Ratee::Student(_));
        let said = card.answers.clone().unwrap_or_default();
        let words = row.comment.as_deref().filter(|_| about_child).map(short);
        let words = words.filter(|words| *words != card.comment);
        let scores = moved(card, &said, row);
        if !scores.is_empty() || words.is_some() {
            let submission = Submission {
                scores,
                comment: words,
            };
            all.push((card.ratee.clone(), submission));
        }
    }
    all
}

/// Cells that say another thing than the sheet; an empty one only where something was said.
fn moved(card: &Task, said: &Answers, row: &GridRow) -> Vec<(String, Option<u8>)> {
    let cell = |id: &String| row.cells.get(id).copied().flatten();
    let ids = card.questions.iter().map(|q| &q.indicator);
    ids.filter(|id| cell(id) != said.of(id).flatten())
        .map(|id| (id.clone(), cell(id)))
        .collect()
}

fn short(words: &str) -> String {
    let line = words.replace(['\r', '\n'], " ");
    line.trim().chars().take(WORDS).collect()
}

/// Whether a paper may stand: about the child or its class, and no family of the child has answered over a link.
pub fn may_stand(db: &mut Db, call: &Call, sent: &SheetSent, child: &StudentId) -> Acted<bool> {
    let class = students::class_on(db, &call.school, child, call.today)?;
    let permit = call.actor.lead_class(&class)?;
    let fits = match &sent.ratee {
        Ratee::Student(ratee) => ratee == child,
        Ratee::Class(ratee) => *ratee == class,
    };
    let said = papers::of_homes(db, &permit, &call.school, &sent.round)?;
    let mut about = said.iter().filter(|row| row.ratee_id == child.as_str());
    let online = about.any(|row| !is_paper(&row.rater_id));
    Ok(sent.source == Source::Parent && fits && !online)
}

/// Whether a paper about the child was typed in.
pub fn is_typed(db: &mut Db, call: &Call, round: &str, child: &StudentId) -> Acted<bool> {
    let (source, rater) = (Source::Parent.name(), paper_rater(child));
    let paper = sheets::own(db, &call.school, round, source, &rater, child.as_str())?;
    Ok(paper.is_some())
}

/// A family answers over its link: the paper about the same ratee gives way.
pub fn give_way(
    tx: &mut Tx<'_>,
    call: &Call,
    round: &str,
    child: &StudentId,
    ratee: &str,
) -> Acted<()> {
    let (source, rater) = (Source::Parent.name(), paper_rater(child));
    let paper = sheets::own(tx, &call.school, round, source, &rater, ratee)?;
    if let Some(paper) = paper {
        papers::take_away(tx, &paper, &new_hidden_id())?;
        let object = format!("sheet/{round}/{source}/{ratee}");
        tx.record(call, "paper.give-way", &object, "")?;
    }
    Ok(())
}
