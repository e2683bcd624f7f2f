//! The homeroom teacher or the office puts a sheet of a closed or published round right, or takes that back, each with
//! a reason. What the sheet said stays; a published round becomes a revision in the same write.

use super::{
    Acted, corrected, new_id,
    revise::{self, Moved, Revision},
    term_facts::{self, Change, Mark},
    term_votes::read_rubric,
};
use crate::{
    domain::{
        actor::{Actor, Call, ChildPermit},
        badges::Rules,
        correction::{self, Kind},
        ids::StudentId,
        refusal::Refusal,
        round::RoundState,
        rubric::{Segment, Source},
        sheet::Answers,
    },
    storage::{
        Db, StorageError, Tx, corrections,
        corrections::{CorrectionRow, Undoing},
        rounds,
        rounds::RoundRow,
        sheets,
        sheets::SheetRow,
        students,
        students::StudentRow,
    },
};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wish {
    pub round: String,
    pub student: StudentId,
    pub act: Act,
    pub reason: String,
    /// The appeal that it answers.
    pub appeal: Option<String>,
}

/// A correction, or the end of one.
#[derive(Clone, Debug)]
pub enum Act {
    /// Of the sheet by source and rater.
    Make {
        source: Source,
        rater: String,
        kind: Kind,
    },
    /// By the correction's id.
    Undo(String),
}

/// A judged and computed correction.
#[derive(Debug)]
pub struct Prepared {
    child: StudentRow,
    round: RoundRow,
    change: Change,
    reason: String,
    revision: Option<Revision>,
    /// Corrections of the round when this was judged.
    mark: Mark,
}

/// What it did, for one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub name: String,
    /// The round's name.
    pub round: String,
    /// None where the round is not published yet.
    pub moved: Option<DoneMoved>,
}

/// What moved, by what is displayed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoneMoved {
    /// The child's points before and now, where they are others.
    pub own: Option<(Option<String>, Option<String>)>,
    /// Other children, and classes.
    pub children: usize,
    pub classes: usize,
    /// Later rounds in which something moved.
    pub later: usize,
}

/// Judges and, for a published round, computes.
///
/// # Errors
/// `Invalid("correction-reason")`, `RoundNotOpen` for a round that still runs, and those of `domain::correction::judge`.
pub fn prepare(db: &mut Db, call: &Call, wish: &Wish, threads: usize) -> Acted<Prepared> {
    let permit = permit(db, call, &wish.student)?;
    let reason = correction::reason(&wish.reason)?;
    let round = rounds::get(db, &call.school, &wish.round)?;
    let published = round.state == RoundState::Published.key();
    if !published && round.state != RoundState::Closed.key() {
        return Err(Refusal::RoundNotOpen.into());
    }
    let known = corrections::about(db, &permit, &call.school, &round.id)?;
    let change = match &wish.act {
        Act::Make {
            source,
            rater,
            kind,
        } => {
            let sheet = sheets::own(
                db,
                &call.school,
                &round.id,
                source.name(),
                rater,
                wish.student.as_str(),
            )?;
            let sheet = sheet.ok_or(Refusal::NotFound)?;
            let row = make(db, call, &round, &sheet, *source, kind, &known)?;
            Change::Make(CorrectionRow {
                reason: reason.clone(),
                appeal_id: wish.appeal.clone(),
                ..row
            })
        }
        Act::Undo(id) => undo(call, &known, id)?,
    };
    let all = Actor::System.run_school()?;
    let mark = term_facts::mark(db, &all, &call.school, std::slice::from_ref(&round))?;
    let revision = match published {
        true => Some(revise::prepare(
            db,
            &call.school,
            &round,
            Some(&change),
            threads,
        )?),
        false => None,
    };
    Ok(Prepared {
        child: students::get(db, &permit, &call.school)?,
        round,
        change,
        reason,
        revision,
        mark,
    })
}

/// Whether a proposed correction could be made as things stand.
///
/// # Errors
/// Those of [`prepare`].
pub fn may_be(
    db: &mut Db,
    call: &Call,
    round: &str,
    student: &StudentId,
    (source, rater): (Source, &str),
    kind: &Kind,
) -> Acted<()> {
    let permit = permit(db, call, student)?;
    let round = rounds::get(db, &call.school, round)?;
    let known = corrections::about(db, &permit, &call.school, &round.id)?;
    let (school, ratee) = (&call.school, student.as_str());
    let sheet = sheets::own(db, school, &round.id, source.name(), rater, ratee)?;
    let sheet = sheet.ok_or(Refusal::NotFound)?;
    make(db, call, &round, &sheet, source, kind, &known).map(|_| ())
}

fn permit(db: &mut Db, call: &Call, student: &StudentId) -> Acted<ChildPermit> {
    let class = students::class_on(db, &call.school, student, call.today)?;
    call.actor.lead_class(&class)?;
    Ok(call.actor.see_child(student, &class)?)
}

/// The row of a new correction, still without its reason.
fn make(
    db: &mut Db,
    call: &Call,
    round: &RoundRow,
    sheet: &SheetRow,
    source: Source,
    kind: &Kind,
    known: &[CorrectionRow],
) -> Acted<CorrectionRow> {
    let replaces = matches!(kind, Kind::Override { .. });
    if replaces && source == Source::Teacher && !may_override(&call.actor, &sheet.rater_id) {
        return Err(Refusal::Forbidden.into());
    }
    let standing = known
        .iter()
        .filter(|row| corrected::stands(row) && corrected::is_of(row, sheet));
    let standing: Vec<Kind> = standing.filter_map(corrected::kind).collect();
    let said = correction::corrected(&Answers::unpack(&sheet.answers), &standing);
    let out = standing.contains(&Kind::Out);
    correction::judge(kind, source, &said, out, scale(db, call, round, sheet)?)?;
    let (indicator, before, after) = match kind {
        Kind::Out => (None, None, None),
        Kind::Override { indicator, anchor } => {
            let before = said.of(indicator).flatten().map(i32::from);
            (Some(indicator.clone()), before, Some(i32::from(*anchor)))
        }
    };
    Ok(CorrectionRow {
        school_id: call.school.to_string(),
        id: new_id(),
        round_id: round.id.clone(),
        ratee_id: sheet.ratee_id.clone(),
        source: sheet.source.clone(),
        rater_id: sheet.rater_id.clone(),
        kind: kind.key().to_owned(),
        indicator,
        anchor_before: before,
        anchor_after: after,
        reason: String::new(),
        appeal_id: None,
        made_by: call.actor.id().to_owned(),
        made_at: call.now,
        undone_by: None,
        undone_at: None,
        undone_reason: None,
    })
}

/// A teacher's answer is replaced by that teacher or by the office.
pub fn may_override(actor: &Actor, rater: &str) -> bool {
    match actor {
        Actor::Office(_) | Actor::System => true,
        Actor::Teacher { id, .. } => id.as_str() == rater,
        _ => false,
    }
}

/// n of the sheet's scale: that of its class in the round.
fn scale(db: &mut Db, call: &Call, round: &RoundRow, sheet: &SheetRow) -> Acted<u8> {
    let class = crate::domain::ids::ClassId::new(sheet.class_id.clone());
    let part = rounds::class_of(db, &call.school, &round.id, &class)?.ok_or(Refusal::NotFound)?;
    let grade = u8::try_from(part.grade).ok();
    let segment = grade.and_then(Segment::of_grade).unwrap_or(Segment::High);
    Ok(read_rubric(db, &call.school, &round.rubric_id)?.scale(segment))
}

/// What an appeal brought about is taken back by the office alone.
fn undo(call: &Call, known: &[CorrectionRow], id: &str) -> Acted<Change> {
    let row = known.iter().find(|row| row.id == id);
    let row = row.ok_or(Refusal::NotFound)?;
    if !corrected::stands(row) {
        return Err(Refusal::WrongState.into());
    }
    if row.appeal_id.is_some() {
        call.actor.run_school()?;
    }
    Ok(Change::Undo(row.clone()))
}

/// Stores a prepared correction, and the revision where there is one.
///
/// # Errors
/// `Stale` where something was corrected or published since: to be prepared again.
pub fn store(tx: &mut Tx<'_>, call: &Call, prepared: &Prepared, rules: &Rules) -> Acted<Done> {
    let student = StudentId::new(prepared.child.id.clone());
    let permit = permit(tx, call, &student)?;
    let round = rounds::get(tx, &call.school, &prepared.round.id)?;
    let all = Actor::System.run_school()?;
    let mark = term_facts::mark(tx, &all, &call.school, std::slice::from_ref(&round))?;
    if round.state != prepared.round.state || mark != prepared.mark {
        return Err(Refusal::Stale.into());
    }
    if let Some(revision) = &prepared.revision {
        revise::store(tx, call, revision, &prepared.reason, rules)?;
    }
    write(tx, &permit, call, prepared)?;
    Ok(Done {
        name: prepared.child.name.clone(),
        round: round.name,
        moved: prepared
            .revision
            .as_ref()
            .map(|r| moved(r, &prepared.child)),
    })
}

fn moved(revision: &Revision, child: &StudentRow) -> DoneMoved {
    let Moved { children, classes } = revision.here();
    let is_own = |no: &str| no.split('@').next() == Some(child.student_no.as_str());
    let own = children.iter().find(|one| is_own(&one.no));
    DoneMoved {
        children: children.iter().filter(|one| !is_own(&one.no)).count(),
        classes: classes.len(),
        later: revision.later(),
        own: own.map(|one| (one.before.clone(), one.now.clone())),
    }
}

fn write(tx: &mut Tx<'_>, permit: &ChildPermit, call: &Call, prepared: &Prepared) -> Acted<()> {
    let (action, detail) = match &prepared.change {
        Change::Make(row) => {
            corrections::add(tx, permit, row)?;
            let action = match row.kind.as_str() {
                "out" => "correction.out",
                _ => "correction.override",
            };
            (action, format!("{} {}", row.source, row.id))
        }
        Change::Undo(row) => {
            let undoing = Undoing {
                by: call.actor.id(),
                at: call.now,
                reason: &prepared.reason,
            };
            if corrections::undo(tx, permit, &call.school, &row.id, &undoing)? == 0 {
                return Err(StorageError::Conflict.into());
            }
            ("correction.undo", format!("{} {}", row.source, row.id))
        }
    };
    let (round, student) = (&prepared.round.id, &prepared.child.id);
    Ok(tx.record(
        call,
        action,
        &format!("round/{round}/student/{student}"),
        &detail,
    )?)
}
