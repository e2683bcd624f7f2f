//! One rater hands in one sheet: page, API and import come through here.

use super::{Acted, consent, extend, new_hidden_id, paper};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, SchoolId, StudentId},
        paper::paper_rater,
        refusal::Refusal,
        round::{Drawn, RoundState},
        rubric::{Of, Source},
        sheet::{
            Answers, Before, Change, Form, Situation, Submission, first_stamp, judge,
            stamp_is_possible,
        },
    },
    storage::{Db, StorageError, Tx, rounds, sheets, students},
};

/// Whom a sheet is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ratee {
    /// A child.
    Student(StudentId),
    /// A class.
    Class(ClassId),
}

impl Ratee {
    /// The id as stored.
    pub fn id(&self) -> &str {
        match self {
            Self::Student(id) => id.as_str(),
            Self::Class(id) => id.as_str(),
        }
    }

    /// What kind of ratee it is.
    pub fn of(&self) -> Of {
        match self {
            Self::Student(_) => Of::Student,
            Self::Class(_) => Of::Class,
        }
    }

    /// Finds out what an id of an address means in this school.
    pub fn find(db: &mut Db, school: &SchoolId, id: &str) -> Acted<Self> {
        let class = ClassId::new(id);
        match students::class(db, school, &class) {
            Ok(_) => Ok(Self::Class(class)),
            Err(StorageError::NotFound) => {
                let student = StudentId::new(id);
                students::by_id(db, school, &student)?;
                Ok(Self::Student(student))
            }
            Err(other) => Err(other.into()),
        }
    }
}

/// What a rater sends.
#[derive(Clone, Debug)]
pub struct SheetSent {
    pub round: String,
    pub source: Source,
    pub ratee: Ratee,
    pub submission: Submission,
    /// Server time between showing the form and receiving it, in seconds.
    pub seconds: Option<i64>,
    /// Version of the sheet the form was filled from; 0 for an empty one, none where the sender does not say.
    pub based_on: Option<i32>,
    /// Counter of a form that saves at each tap; none for a save that is sent once and now.
    pub stamp: Option<i64>,
    /// The child whose family wrote it on paper, for the homeroom teacher who types it in.
    pub paper_of: Option<StudentId>,
}

impl SheetSent {
    /// Sent once and now, on nothing in particular.
    pub fn once(round: &str, source: Source, ratee: Ratee, submission: Submission) -> Self {
        Self {
            round: round.to_owned(),
            source,
            ratee,
            submission,
            seconds: None,
            based_on: None,
            stamp: None,
            paper_of: None,
        }
    }
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    Created(i32),
    Replaced(i32),
    Unchanged(i32),
}

impl Saved {
    /// The sheet's version now.
    pub fn version(self) -> i32 {
        match self {
            Self::Created(v) | Self::Replaced(v) | Self::Unchanged(v) => v,
        }
    }
}

/// Judges and stores.
///
/// # Errors
/// Refusals of [`judge`]; `NotFound` for a ratee or round out of the rater's scope; `NoticeFirst` for a family that has
/// not answered the notice in force.
pub fn submit_sheet(tx: &mut Tx<'_>, call: &Call, sent: SheetSent) -> Acted<Saved> {
    let school = &call.school;
    let class = class_of_ratee(tx, call, &sent.ratee)?;
    let rater = rater_of(call, &sent, &class)?;
    if matches!(call.actor, Actor::Family { .. }) && consent::is_asked(tx, call)? {
        return Err(Refusal::NoticeFirst.into());
    }
    let round = rounds::get(tx, school, &sent.round)?;
    let part = rounds::class_of(tx, school, &round.id, &class)?.ok_or(Refusal::NotFound)?;
    // Nothing is drawn or dealt in a draft, so nothing could be judged.
    if round.state == RoundState::Draft.key() {
        return Err(Refusal::RoundNotOpen.into());
    }
    let drawn: Drawn = read_drawn(&part.drawn)?;
    let form = Form::of(&drawn, part.grade, sent.ratee.of(), sent.source);
    let before = sheets::own(
        tx,
        school,
        &round.id,
        sent.source.name(),
        &rater,
        sent.ratee.id(),
    )?;
    let old = before.as_ref().map(|row| Answers::unpack(&row.answers));
    let situation = Situation {
        state: extend::state_for(tx, call, &round)?,
        allotted: allotted(tx, call, &sent)?,
        form: &form,
        before: before.as_ref().zip(old.as_ref()).map(stands),
        based_on: sent.based_on,
        stamp: sent.stamp,
    };
    let stored = before.as_ref().map(|row| row.stamp);
    if let Some(stamp) = sent
        .stamp
        .filter(|s| !stamp_is_possible(*s, call.now, stored))
    {
        return Err(Refusal::Invalid(format!("stamp {stamp}")).into());
    }
    let change = judge(&situation, sent.submission.clone())?;
    let row = |answers: Answers, comment, version| sheets::SheetRow {
        school_id: school.to_string(),
        round_id: round.id.clone(),
        ratee_id: sent.ratee.id().to_owned(),
        source: sent.source.name().to_owned(),
        rater_id: rater.clone(),
        class_id: class.to_string(),
        answers: answers.pack(),
        comment,
        seconds: sent.seconds,
        version,
        from_paper: sent.paper_of.is_some(),
        saved_at: call.now,
        // What is sent once is newer than whatever still waits on a device.
        stamp: sent.stamp.unwrap_or_else(|| first_stamp(call.now, stored)),
    };
    let object = format!(
        "sheet/{}/{}/{}",
        round.id,
        sent.source.name(),
        sent.ratee.id()
    );
    let version = before.as_ref().map_or(0, |row| row.version);
    if let Actor::Family { student, .. } = &call.actor {
        paper::give_way(tx, call, &round.id, student, sent.ratee.id())?;
    }
    match change {
        Change::Create { answers, comment } => {
            sheets::add(tx, &row(answers, comment, 1))?;
            // A first sheet lights a star of the class's sky.
            crate::storage::schools::touch_board(tx, school)?;
            tx.record(call, "sheet.create", &object, "")?;
            Ok(Saved::Created(1))
        }
        Change::Replace {
            answers,
            comment,
            loses,
        } => {
            let mut new = row(answers, comment, version + 1);
            let Some(before) = before.as_ref() else {
                return Err(Refusal::Stale.into());
            };
            new.seconds = before.seconds.max(new.seconds);
            // A form that saves at each tap only adds to what it said: nothing there to keep.
            let history = (loses || sent.stamp.is_none()).then(new_hidden_id);
            sheets::replace(tx, before, &new, history.as_deref())?;
            tx.record(call, "sheet.replace", &object, "")?;
            Ok(Saved::Replaced(version + 1))
        }
        Change::Same => {
            tx.record(call, "sheet.same", &object, "")?;
            Ok(Saved::Unchanged(version))
        }
    }
}

/// A stored sheet as the judgement wants it.
pub fn stands<'a>((row, answers): (&'a sheets::SheetRow, &'a Answers)) -> Before<'a> {
    Before {
        answers,
        comment: &row.comment,
        version: row.version,
        stamp: row.stamp,
    }
}

/// Reads the drawn questions of a class's round.
pub fn read_drawn(text: &str) -> Acted<Drawn> {
    serde_json::from_str(text)
        .map_err(|e| StorageError::Broken(format!("drawn questions: {e}")).into())
}

fn class_of_ratee(db: &mut Db, call: &Call, ratee: &Ratee) -> Acted<ClassId> {
    match ratee {
        Ratee::Class(id) => {
            students::class(db, &call.school, id)?;
            Ok(id.clone())
        }
        Ratee::Student(id) => Ok(students::class_on(db, &call.school, id, call.today)?),
    }
}

/// Who writes: out of scope is `NotFound`, in scope but not theirs `NotYourRatee`.
fn rater_of(call: &Call, sent: &SheetSent, class: &ClassId) -> Acted<String> {
    if let Some(child) = &sent.paper_of {
        call.actor.lead_class(class)?;
        return Ok(paper_rater(child));
    }
    let fits = match (&call.actor, sent.source) {
        (Actor::Student { class: own, .. }, Source::SelfRating | Source::Peer) => own == class,
        (Actor::Teacher { teaches, .. }, Source::Teacher) => teaches.contains(class),
        (Actor::Family { class: own, .. }, Source::Parent) => own == class,
        (Actor::System, _) => true,
        (
            Actor::Student { class: own, .. }
            | Actor::Monitor { class: own, .. }
            | Actor::Family { class: own, .. },
            _,
        ) if own != class => false,
        (Actor::Screen { .. }, _) => false,
        (Actor::Teacher { teaches, .. }, _) if !teaches.contains(class) => false,
        _ => return Err(Refusal::Forbidden.into()),
    };
    if fits {
        Ok(call.actor.id().to_owned())
    } else {
        Err(Refusal::NotFound.into())
    }
}

fn allotted(db: &mut Db, call: &Call, sent: &SheetSent) -> Acted<bool> {
    if let Some(child) = &sent.paper_of {
        return paper::may_stand(db, call, sent, child);
    }
    Ok(match (&call.actor, sent.source, &sent.ratee) {
        (Actor::Student { id, .. }, Source::SelfRating, Ratee::Student(ratee)) => id == ratee,
        (Actor::Student { .. }, Source::SelfRating, Ratee::Class(_)) => true,
        (Actor::Student { id, .. }, Source::Peer, Ratee::Student(ratee)) => {
            let dealt = rounds::ratees_of(db, &call.school, &sent.round, id)?;
            dealt.iter().any(|one| one == ratee.as_str())
        }
        (Actor::Family { student, .. }, Source::Parent, Ratee::Student(ratee)) => student == ratee,
        (Actor::Family { .. }, Source::Parent, Ratee::Class(_))
        | (Actor::Teacher { .. }, Source::Teacher, _) => true,
        _ => false,
    })
}
