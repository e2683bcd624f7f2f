//! Many sheets of one class's round at once: imports and the demo. Judged one by one like a single sheet; one audit
//! line for all.

use std::collections::{BTreeSet, HashMap};

use super::{
    Acted, new_hidden_id,
    rounds::state_of,
    submit_sheet::{read_drawn, stands},
};
use crate::{
    domain::{
        actor::Call,
        ids::ClassId,
        refusal::Refusal,
        rubric::{Of, Source},
        sheet::{Answers, Change, Form, Situation, Submission, judge},
    },
    storage::{Tx, access, rounds, sheets, sheets::SheetRow, staff, students},
};

/// One of many sheets, by ids of the server.
#[derive(Clone, Debug)]
pub struct OneOfMany {
    pub source: Source,
    /// Student id, or the class for a sheet about it.
    pub ratee: String,
    /// Student, staff or link id.
    pub rater: String,
    pub submission: Submission,
    pub seconds: Option<i64>,
    pub from_paper: bool,
}

/// What stands in the way of which sheet (its place in the list).
pub type Refused = Vec<(usize, Refusal)>;

/// Stores all sheets or none.
///
/// # Errors
/// The refusals of all sheets that do not fit, in their order; nothing is stored then.
pub fn store_sheets(
    tx: &mut Tx<'_>,
    call: &Call,
    round: &str,
    class: &ClassId,
    many: Vec<OneOfMany>,
) -> Acted<Result<usize, Refused>> {
    call.actor.run_school()?;
    let desk = Desk::open(tx, call, round, class)?;
    let (mut stored, mut refused) = (0, Vec::new());
    for (at, one) in many.into_iter().enumerate() {
        match desk.judge(tx, call, &one)? {
            Ok(change) => stored += desk.keep(tx, call, &one, change)?,
            Err(refusal) => refused.push((at, refusal)),
        }
    }
    if !refused.is_empty() {
        return Ok(Err(refused));
    }
    tx.record(
        call,
        "sheet.batch",
        &format!("round/{round}/class/{class}"),
        &format!("sheets={stored}"),
    )?;
    Ok(Ok(stored))
}

/// The facts of one class's round, loaded once.
struct Desk {
    round: rounds::RoundRow,
    class: ClassId,
    forms: HashMap<(bool, Source), Form>,
    pupils: BTreeSet<String>,
    dealt: BTreeSet<(String, String)>,
    teachers: BTreeSet<String>,
    /// Link id → student id.
    links: HashMap<String, String>,
    empty: bool,
}

impl Desk {
    fn open(tx: &mut Tx<'_>, call: &Call, round: &str, class: &ClassId) -> Acted<Self> {
        let school = &call.school;
        let permit = call.actor.see_class(class)?;
        let round = rounds::get(tx, school, round)?;
        let part = rounds::class_of(tx, school, &round.id, class)?.ok_or(Refusal::NotFound)?;
        let drawn = read_drawn(&part.drawn)?;
        let mut forms = HashMap::new();
        for source in Source::ALL {
            for of in [Of::Student, Of::Class] {
                forms.insert(
                    (of == Of::Class, source),
                    Form::of(&drawn, part.grade, of, source),
                );
            }
        }
        let pupils: BTreeSet<String> = students::of_class(tx, &permit, school, round.ends_on)?
            .into_iter()
            .map(|s| s.id)
            .collect();
        let ids: Vec<String> = pupils.iter().cloned().collect();
        let dealt = rounds::assignments_among(tx, &permit, school, &round.id, &ids)?;
        let teachers = staff::teachers_of(tx, &permit, school, round.ends_on)?;
        let links = access::links_among(tx, &permit, school, &round.term_id, &ids)?;
        let empty = sheets::of_class(tx, &permit, school, &round.id)?.is_empty();
        Ok(Self {
            class: class.clone(),
            forms,
            dealt: dealt
                .into_iter()
                .map(|a| (a.rater_id, a.ratee_id))
                .collect(),
            teachers: teachers.into_iter().map(|(t, _)| t.staff_id).collect(),
            links: links.into_iter().map(|l| (l.id, l.student_id)).collect(),
            pupils,
            round,
            empty,
        })
    }

    fn allotted(&self, one: &OneOfMany) -> bool {
        let about_class = one.ratee == self.class.as_str();
        match one.source {
            Source::SelfRating => {
                self.pupils.contains(&one.rater) && (about_class || one.rater == one.ratee)
            }
            Source::Peer => self.dealt.contains(&(one.rater.clone(), one.ratee.clone())),
            Source::Teacher => {
                self.teachers.contains(&one.rater)
                    && (about_class || self.pupils.contains(&one.ratee))
            }
            Source::Parent => self
                .links
                .get(&one.rater)
                .is_some_and(|child| about_class || *child == one.ratee),
        }
    }

    fn before(&self, tx: &mut Tx<'_>, call: &Call, one: &OneOfMany) -> Acted<Option<SheetRow>> {
        // The first batch of a class finds an empty table: no need to look for each row.
        if self.empty {
            return Ok(None);
        }
        Ok(sheets::own(
            tx,
            &call.school,
            &self.round.id,
            one.source.name(),
            &one.rater,
            &one.ratee,
        )?)
    }

    fn judge(
        &self,
        tx: &mut Tx<'_>,
        call: &Call,
        one: &OneOfMany,
    ) -> Acted<Result<Change, Refusal>> {
        let about_class = one.ratee == self.class.as_str();
        let Some(form) = self.forms.get(&(about_class, one.source)) else {
            return Ok(Err(Refusal::NotFound));
        };
        let before = self.before(tx, call, one)?;
        let old = before.as_ref().map(|row| Answers::unpack(&row.answers));
        let situation = Situation {
            state: state_of(&self.round)?,
            allotted: self.allotted(one),
            form,
            before: before.as_ref().zip(old.as_ref()).map(stands),
            based_on: None,
            stamp: None,
        };
        Ok(judge(&situation, one.submission.clone()))
    }

    fn keep(&self, tx: &mut Tx<'_>, call: &Call, one: &OneOfMany, change: Change) -> Acted<usize> {
        let (answers, comment) = match change {
            Change::Same => return Ok(0),
            Change::Create { answers, comment }
            | Change::Replace {
                answers, comment, ..
            } => (answers, comment),
        };
        let before = self.before(tx, call, one)?;
        let row = SheetRow {
            school_id: call.school.to_string(),
            round_id: self.round.id.clone(),
            ratee_id: one.ratee.clone(),
            source: one.source.name().to_owned(),
            rater_id: one.rater.clone(),
            class_id: self.class.to_string(),
            answers: answers.pack(),
            comment,
            seconds: one.seconds,
            version: before.as_ref().map_or(1, |row| row.version + 1),
            from_paper: one.from_paper,
            saved_at: call.now,
            stamp: before.as_ref().map_or(0, |row| row.stamp),
        };
        match before {
            None => sheets::add(tx, &row)?,
            Some(before) => sheets::replace(tx, &before, &row, Some(&new_hidden_id()))?,
        }
        Ok(1)
    }
}
