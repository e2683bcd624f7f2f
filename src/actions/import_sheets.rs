//! A file of answers comes in: the paper that was typed, or a past term. Judged row by row against the rounds of the
//! current term, stored as packed sheets through the same judgement as any other sheet, all of it or nothing.
//!
//! An open round takes the questions that were drawn; a closed one, as history, whatever the rule knows for the
//! source. A published round takes nothing: its numbers stand.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    Acted, import_facts::Facts, imports, imports::Imported, new_hidden_id, submit_sheet::stands,
};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        paper::is_paper,
        round::RoundState,
        rubric::{Of, Source},
        sheet::{Answers, Change, Situation, Submission, judge},
    },
    exchange::{Message, Report, RowError, sheet_rules, sheets::SheetRow as FileRow},
    storage::{Db, Tx, schools, sheets, sheets::SheetRow},
};

/// What a file of answers would change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SheetPlan {
    pub created: usize,
    pub replaced: usize,
    pub unchanged: usize,
}

/// What the file would change; nothing is written.
pub fn report(db: &mut Db, call: &Call, read: &Report<FileRow>) -> Acted<Imported<SheetPlan>> {
    let permit = call.actor.run_school()?;
    Ok(judge_file(db, &permit, call, read)?.0)
}

/// Carries the file out, if it has no error.
pub fn apply(tx: &mut Tx<'_>, call: &Call, read: &Report<FileRow>) -> Acted<Imported<SheetPlan>> {
    let permit = call.actor.run_school()?;
    let (mut found, writes) = judge_file(tx, &permit, call, read)?;
    let object = format!("school/{}", call.school);
    let plan = found.plan;
    let detail = format!(
        "created={} replaced={} unchanged={} errors={}",
        plan.created,
        plan.replaced,
        plan.unchanged,
        found.errors.len()
    );
    if !found.errors.is_empty() {
        tx.record_outcome(call, "import.sheets", &object, "refused", &detail)?;
        return Ok(found);
    }
    for (before, row) in &writes {
        match before {
            None => sheets::add(tx, row)?,
            Some(before) => sheets::replace(tx, before, row, Some(&new_hidden_id()))?,
        }
    }
    schools::touch_board(tx, &call.school)?;
    tx.record(call, "import.sheets", &object, &detail)?;
    found.done = true;
    Ok(found)
}

/// What stands there, if anything, and what is to stand there.
type Write = (Option<SheetRow>, SheetRow);

fn judge_file(
    db: &mut Db,
    permit: &SchoolPermit,
    call: &Call,
    read: &Report<FileRow>,
) -> Acted<(Imported<SheetPlan>, Vec<Write>)> {
    let facts = Facts::load(db, permit, call)?;
    let mut errors = read.errors.clone();
    errors.extend(sheet_rules::judge(&read.rows, &facts));
    errors.extend(read.rows.iter().filter_map(|row| wrong_state(row, &facts)));
    let mut found = Imported {
        plan: SheetPlan::default(),
        errors: imports::sorted(errors),
        notes: read.notes.clone(),
        done: false,
    };
    let mut writes = Vec::new();
    if !found.errors.is_empty() {
        return Ok((found, writes));
    }
    let gathered = gather(&read.rows);
    let stored = stored(db, permit, call, &facts, &gathered)?;
    for (key, sheet) in gathered {
        let Some(draft) = Draft::new(call, &facts, key) else {
            continue;
        };
        let before = stored.get(&draft.key()).cloned();
        match draft.judge(sheet, before)? {
            Verdict::Same => found.plan.unchanged += 1,
            Verdict::Write(write) => {
                match write.0 {
                    None => found.plan.created += 1,
                    Some(_) => found.plan.replaced += 1,
                }
                writes.push(*write);
            }
        }
    }
    Ok((found, writes))
}

fn wrong_state(row: &FileRow, facts: &Facts) -> Option<RowError> {
    let round = facts.round(&row.round)?;
    let takes = matches!(round.state, RoundState::Open | RoundState::Closed);
    (!takes).then(|| RowError {
        line: row.line,
        column: "round",
        value: row.round.clone(),
        message: Message::new("import-round-not-taking").with("value", &row.round),
    })
}

/// Round, source, rater, ratee, by their public names.
type Key<'r> = (&'r str, Source, &'r str, &'r str);

/// The rows of one sheet: largest seconds, first comment that is not empty.
#[derive(Default)]
struct Gathered<'r> {
    scores: Vec<(String, Option<u8>)>,
    seconds: Option<f64>,
    comment: Option<&'r str>,
}

fn gather(rows: &[FileRow]) -> BTreeMap<Key<'_>, Gathered<'_>> {
    let mut all: BTreeMap<Key<'_>, Gathered<'_>> = BTreeMap::new();
    for row in rows {
        let key = (
            row.round.as_str(),
            row.source,
            row.rater.as_str(),
            row.ratee.as_str(),
        );
        let sheet = all.entry(key).or_default();
        sheet.scores.push((row.indicator.clone(), row.anchor));
        sheet.seconds = match (sheet.seconds, row.seconds) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        let said = row.comment.as_deref().filter(|text| !text.is_empty());
        sheet.comment = sheet.comment.or(said);
    }
    all
}

/// Round id, source, rater id, ratee id.
type StoredKey = (String, String, String, String);

fn stored(
    db: &mut Db,
    permit: &SchoolPermit,
    call: &Call,
    facts: &Facts,
    gathered: &BTreeMap<Key<'_>, Gathered<'_>>,
) -> Acted<HashMap<StoredKey, SheetRow>> {
    let names: HashSet<&str> = gathered.keys().map(|(round, ..)| *round).collect();
    let mut all = HashMap::new();
    for round in names.into_iter().filter_map(|name| facts.round(name)) {
        for row in sheets::of_round(db, permit, &call.school, &round.id)? {
            let key = (
                row.round_id.clone(),
                row.source.clone(),
                row.rater_id.clone(),
                row.ratee_id.clone(),
            );
            all.insert(key, row);
        }
    }
    Ok(all)
}

/// A sheet on its way, with the server's ids.
struct Draft<'f> {
    facts: &'f Facts,
    round: &'f str,
    of: Of,
    class: String,
    row: SheetRow,
    source: Source,
}

enum Verdict {
    Same,
    Write(Box<Write>),
}

impl<'f> Draft<'f> {
    fn new(call: &Call, facts: &'f Facts, (name, source, rater, ratee): Key<'f>) -> Option<Self> {
        let round = facts.round(name)?;
        let (of, code, ratee_id) = match round.seat(ratee) {
            Some(seat) => (Of::Student, seat.class.clone(), seat.student.clone()),
            None => (
                Of::Class,
                ratee.to_owned(),
                round.class_id(ratee)?.to_owned(),
            ),
        };
        let rater_id = match source {
            Source::SelfRating | Source::Peer => round.seat(rater)?.student.clone(),
            Source::Teacher => facts.staff_id(rater)?.to_owned(),
            Source::Parent => rater.to_owned(),
        };
        let row = SheetRow {
            school_id: call.school.to_string(),
            round_id: round.id.clone(),
            ratee_id,
            source: source.name().to_owned(),
            rater_id,
            class_id: round.class_id(&code)?.to_owned(),
            answers: String::new(),
            comment: String::new(),
            seconds: None,
            version: 1,
            from_paper: source == Source::Parent && is_paper(rater),
            saved_at: call.now,
            stamp: 0,
        };
        Some(Self {
            facts,
            round: name,
            of,
            class: code,
            row,
            source,
        })
    }

    fn key(&self) -> StoredKey {
        let row = &self.row;
        (
            row.round_id.clone(),
            row.source.clone(),
            row.rater_id.clone(),
            row.ratee_id.clone(),
        )
    }

    fn judge(self, sheet: Gathered<'_>, before: Option<SheetRow>) -> Acted<Verdict> {
        let form = self
            .facts
            .form(self.round, &self.class, self.of, self.source);
        let old = before.as_ref().map(|row| Answers::unpack(&row.answers));
        let situation = Situation {
            // History goes into closed rounds too; which rounds take anything was judged with the rows.
            state: RoundState::Open,
            allotted: true,
            form: &form,
            before: before.as_ref().zip(old.as_ref()).map(stands),
            based_on: None,
            stamp: None,
        };
        // A file has lost the line ends of a comment; one that says the same leaves it as it was typed.
        let kept = before.as_ref().map(|row| words(&row.comment));
        let comment = sheet
            .comment
            .filter(|said| kept.as_ref() != Some(&words(said)));
        let submission = Submission {
            scores: sheet.scores,
            comment: comment.map(str::to_owned),
        };
        let (answers, comment) = match judge(&situation, submission)? {
            Change::Same => return Ok(Verdict::Same),
            Change::Create { answers, comment }
            | Change::Replace {
                answers, comment, ..
            } => (answers, comment),
        };
        let mut row = self.row;
        row.answers = answers.pack();
        row.comment = comment;
        row.seconds = before
            .as_ref()
            .and_then(|row| row.seconds)
            .max(sheet.seconds.and_then(whole));
        row.stamp = before.as_ref().map_or(0, |row| row.stamp);
        row.version = before.as_ref().map_or(1, |row| row.version + 1);
        Ok(Verdict::Write(Box::new((before, row))))
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Seconds as kept: whole ones, at most a day.
fn whole(seconds: f64) -> Option<i64> {
    format!("{:.0}", seconds.clamp(0.0, 86_400.0)).parse().ok()
}
