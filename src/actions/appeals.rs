//! Appeals: filing one, and the homeroom teacher's proposal; `rule_appeal` decides. Nobody but the child, its family or the class files, and none learns of another's.

use super::{Acted, correct, new_id, published_class, term_votes::read_rubric};
use crate::{
    domain::{
        actor::{Actor, Call},
        appeal::{self, By, State},
        correction::{self, Kind},
        ids::{ClassId, StudentId},
        refusal::Refusal,
        rubric::Source,
    },
    storage::{Db, Tx, appeals, appeals::AppealRow, rounds, rounds::RoundRow, students},
};

/// What a filer says: a star, `all` or `moment`, and words that may be empty.
#[derive(Clone, Debug)]
pub struct Filing {
    pub about: String,
    pub words: String,
}

/// What a child or family sees of the own appeals, and about which round it may file one.
#[derive(Clone, Debug)]
pub struct OwnAppeals {
    /// Newest first.
    pub rows: Vec<AppealRow>,
    /// The newest published round with the child in it, unless an own appeal about it is open.
    pub round: Option<RoundRow>,
}

/// The own appeals of the child or family that asks.
///
/// # Errors
/// `NotFound` for anybody else.
pub fn own(db: &mut Db, call: &Call) -> Acted<OwnAppeals> {
    let (student, class, by) = filer(call)?;
    let permit = call.actor.see_child(&student, &class)?;
    let mut rows = appeals::about_child(db, &permit, &call.school)?;
    // Whoever holds a link of the child is its family: several links may be out at once.
    rows.retain(|row| row.by_kind == by.key());
    let newest = newest_published(db, call, &student)?;
    let open = |round: &RoundRow| {
        rows.iter()
            .any(|row| row.round_id == round.id && is_open(row))
    };
    let round = newest.filter(|round| !open(round));
    Ok(OwnAppeals { rows, round })
}

fn filer(call: &Call) -> Result<(StudentId, ClassId, By), Refusal> {
    match &call.actor {
        Actor::Student { id, class } => Ok((id.clone(), class.clone(), By::Child)),
        Actor::Family { student, class, .. } => Ok((student.clone(), class.clone(), By::Family)),
        _ => Err(Refusal::NotFound),
    }
}

fn newest_published(db: &mut Db, call: &Call, student: &StudentId) -> Acted<Option<RoundRow>> {
    for round in rounds::all(db, &call.school)?.into_iter().rev() {
        if round.state == "published" {
            let class = published_class::class_in(db, call, student, &round)?;
            let part = match class {
                Some(class) => rounds::class_of(db, &call.school, &round.id, &class)?,
                None => None,
            };
            if part.is_some() {
                return Ok(Some(round));
            }
        }
    }
    Ok(None)
}

/// Whether nobody has decided about it yet.
pub(super) fn is_open(row: &AppealRow) -> bool {
    State::parse(&row.state).is_some_and(State::is_open)
}

/// A child or family files an appeal about the newest published round.
///
/// # Errors
/// Those of `domain::appeal::judge`; `NotFound` before any round is published.
pub fn file(tx: &mut Tx<'_>, call: &Call, filing: &Filing) -> Acted<()> {
    let (student, class, by) = filer(call)?;
    let permit = call.actor.see_child(&student, &class)?;
    let own = own(tx, call)?;
    let newest = newest_published(tx, call, &student)?.ok_or(Refusal::NotFound)?;
    let words = judge(tx, call, &newest, filing, own.round.is_none())?;
    let row = AppealRow {
        student_id: Some(student.to_string()),
        ..fresh(call, &newest, &class, by, &filing.about, words)
    };
    appeals::add(tx, &permit, &row)?;
    Ok(tx.record(call, "appeal.file", &object(&row), by.key())?)
}

/// A child or family takes its open appeal back; a proposal that was made for it is not carried out.
///
/// # Errors
/// `WrongState` where none of its own is open.
pub fn withdraw(tx: &mut Tx<'_>, call: &Call) -> Acted<()> {
    let (student, class, by) = filer(call)?;
    let permit = call.actor.see_child(&student, &class)?;
    let mut rows = own(tx, call)?.rows.into_iter();
    let before = rows.find(is_open).ok_or(Refusal::WrongState)?;
    let row = withdrawn(call, before);
    appeals::take_back(tx, &permit, &row)?;
    Ok(tx.record(call, "appeal.withdraw", &object(&row), by.key())?)
}

/// The homeroom teacher takes back an open appeal of the class itself.
///
/// # Errors
/// `NotFound` for one of another class or of a child, `WrongState` where it is decided.
pub fn withdraw_of_class(tx: &mut Tx<'_>, call: &Call, class: &ClassId, id: &str) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let before = find(tx, call, class, id)?;
    if before.by_kind != By::Class.key() {
        return Err(Refusal::NotFound.into());
    }
    if !is_open(&before) {
        return Err(Refusal::WrongState.into());
    }
    let row = withdrawn(call, before);
    appeals::change(tx, &permit, &row)?;
    Ok(tx.record(call, "appeal.withdraw", &object(&row), By::Class.key())?)
}

fn withdrawn(call: &Call, before: AppealRow) -> AppealRow {
    AppealRow {
        state: State::Withdrawn.key().to_owned(),
        decided_at: Some(call.now),
        ..before
    }
}

fn judge(
    db: &mut Db,
    call: &Call,
    round: &RoundRow,
    filing: &Filing,
    one_is_open: bool,
) -> Acted<String> {
    let rubric = read_rubric(db, &call.school, &round.rubric_id)?;
    let stars: Vec<&str> = rubric.dimensions.iter().map(|d| d.id.as_str()).collect();
    Ok(appeal::judge(
        &filing.about,
        &stars,
        &filing.words,
        one_is_open,
    )?)
}

/// The homeroom teacher files an appeal about the class's own result of a published round. Its words are the proposal
/// at once: the second adult decides.
///
/// # Errors
/// Those of `domain::appeal::judge`; `Invalid("correction-reason")` where the words are too short or too long.
pub fn file_of_class(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    round: &str,
    words: &str,
) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let words = correction::reason(words)?;
    let round = rounds::get(tx, &call.school, round)?;
    let takes_part = rounds::class_of(tx, &call.school, &round.id, class)?.is_some();
    if round.state != "published" || !takes_part {
        return Err(Refusal::NotFound.into());
    }
    let mut all = appeals::of_class(tx, &permit, &call.school)?.into_iter();
    let again =
        all.any(|row| row.by_kind == By::Class.key() && row.round_id == round.id && is_open(&row));
    if again {
        return Err(Refusal::Taken("appeal".to_owned()).into());
    }
    let row = AppealRow {
        state: State::Proposed.key().to_owned(),
        proposal: Some("explain".to_owned()),
        proposal_words: Some(words.clone()),
        proposed_by: Some(call.actor.id().to_owned()),
        proposed_at: Some(call.now),
        ..fresh(call, &round, class, By::Class, "all", words)
    };
    appeals::add_of_class(tx, &permit, &row)?;
    Ok(tx.record(call, "appeal.file", &object(&row), By::Class.key())?)
}

fn fresh(
    call: &Call,
    round: &RoundRow,
    class: &ClassId,
    by: By,
    about: &str,
    words: String,
) -> AppealRow {
    AppealRow {
        school_id: call.school.to_string(),
        id: new_id(),
        round_id: round.id.clone(),
        class_id: class.to_string(),
        student_id: None,
        by_kind: by.key().to_owned(),
        by_id: call.actor.id().to_owned(),
        about: about.to_owned(),
        words,
        state: State::Filed.key().to_owned(),
        filed_at: call.now,
        filed_on: call.today,
        proposal: None,
        proposal_words: None,
        proposed_by: None,
        proposed_at: None,
        source: None,
        rater_id: None,
        indicator: None,
        anchor: None,
        decided_by: None,
        decided_at: None,
        answer: None,
    }
}

pub(super) fn object(row: &AppealRow) -> String {
    format!("appeal/{}", row.id)
}

/// What the homeroom teacher proposes.
#[derive(Clone, Debug)]
pub enum Proposal {
    /// Nothing is to be changed; the words say how it came about.
    Explain,
    /// One sheet about the child is to be put right.
    Correct {
        source: Source,
        rater: String,
        kind: Kind,
    },
}

/// One appeal of a class that the caller leads.
///
/// # Errors
/// `NotFound` for one of another class.
pub fn of_class(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Vec<AppealRow>> {
    let permit = call.actor.lead_class(class)?;
    Ok(appeals::of_class(db, &permit, &call.school)?)
}

pub(super) fn find(db: &mut Db, call: &Call, class: &ClassId, id: &str) -> Acted<AppealRow> {
    let mut all = of_class(db, call, class)?.into_iter();
    all.find(|row| row.id == id)
        .ok_or_else(|| Refusal::NotFound.into())
}

/// The homeroom teacher answers with a proposal, or with another one while nobody has decided.
///
/// # Errors
/// `Invalid("correction-reason")`; `WrongState` after the decision; for a correction those of `correct::prepare`.
pub fn propose(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    id: &str,
    proposal: &Proposal,
    words: &str,
) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let words = correction::reason(words)?;
    let row = find(tx, call, class, id)?;
    if !is_open(&row) {
        return Err(Refusal::WrongState.into());
    }
    let mut row = AppealRow {
        state: State::Proposed.key().to_owned(),
        proposal_words: Some(words),
        proposed_by: Some(call.actor.id().to_owned()),
        proposed_at: Some(call.now),
        ..row
    };
    // `None` leaves a column alone, so a proposal that changes its kind writes every column of it.
    (row.proposal, row.source, row.rater_id) = (
        Some("explain".to_owned()),
        Some(String::new()),
        Some(String::new()),
    );
    (row.indicator, row.anchor) = (Some(String::new()), Some(0));
    if let Proposal::Correct {
        source,
        rater,
        kind,
    } = proposal
    {
        let student = row.student_id.clone().ok_or(Refusal::WrongState)?;
        correct::may_be(
            tx,
            call,
            &row.round_id,
            &StudentId::new(student),
            (*source, rater),
            kind,
        )?;
        row.proposal = Some(kind.key().to_owned());
        (row.source, row.rater_id) = (Some(source.name().to_owned()), Some(rater.clone()));
        if let Kind::Override { indicator, anchor } = kind {
            (row.indicator, row.anchor) = (Some(indicator.clone()), Some(i32::from(*anchor)));
        }
    }
    appeals::change(tx, &permit, &row)?;
    let detail = row.proposal.clone().unwrap_or_default();
    Ok(tx.record(call, "appeal.propose", &object(&row), &detail)?)
}

/// The correction that a proposal holds.
pub fn correction_of(row: &AppealRow) -> Option<(Source, String, Kind)> {
    let kind = match row.proposal.as_deref()? {
        "out" => Kind::Out,
        "override" => Kind::Override {
            indicator: row.indicator.clone()?,
            anchor: u8::try_from(row.anchor?).ok()?,
        },
        _ => return None,
    };
    let source = Source::from_name(row.source.as_deref()?)?;
    Some((source, row.rater_id.clone()?, kind))
}

/// The class of today of a child with an open appeal about a round, for the page of its sheets.
pub fn open_about(
    db: &mut Db,
    call: &Call,
    student: &StudentId,
    round: &str,
) -> Acted<Option<AppealRow>> {
    let class = students::class_on(db, &call.school, student, call.today)?;
    call.actor.lead_class(&class)?;
    let permit = call.actor.see_child(student, &class)?;
    let all = appeals::about_child(db, &permit, &call.school)?;
    Ok(all
        .into_iter()
        .find(|row| row.round_id == round && is_open(row)))
}
