//! A child says something good about a classmate it rated: one a round, which waits as a moment for the homeroom
//! teacher. Used by the sheet's last page.

use super::{Acted, extend, new_hidden_id};
use crate::{
    domain::{
        actor::{Actor, Call},
        compliments::{self, Said},
        ids::{ClassId, StudentId},
        refusal::Refusal,
        round::RoundState,
        sheet::{first_stamp, stamp_is_possible},
    },
    storage::{Db, Tx, moments, moments::MomentRow, rounds, rounds::RoundRow, students},
};

/// What a child sends; `chip` is an id of [`compliments::CHIPS`], `words` its own. Both empty: nothing, which takes back
/// what waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compliment {
    pub round: String,
    pub ratee: StudentId,
    pub chip: String,
    pub words: String,
    /// Counter of the device's save; none for a form that is sent once and now.
    pub stamp: Option<i64>,
}

/// Keeps what was said while it may change: it replaces what the child said before in this round, about whomever. Once
/// the teacher released or hid that, it stands and nothing happens.
///
/// # Errors
/// `Forbidden` for anybody but a student; `NotFound` for a round without the own class or a child of another class,
/// `NotYourRatee` for a classmate who was not dealt, `RoundNotOpen`; refusals of [`compliments::judge`].
pub fn put(tx: &mut Tx<'_>, call: &Call, said: &Compliment) -> Acted<()> {
    let (me, class) = student(call)?;
    let school = &call.school;
    let round = rounds::get(tx, school, &said.round)?;
    let part = rounds::class_of(tx, school, &round.id, class)?.ok_or(Refusal::NotFound)?;
    if extend::state_for(tx, call, &round)? != RoundState::Open {
        return Err(Refusal::RoundNotOpen.into());
    }
    if students::class_on(tx, school, &said.ratee, call.today)? != *class {
        return Err(Refusal::NotFound.into());
    }
    let dealt = rounds::ratees_of(tx, school, &round.id, me)?;
    if !dealt.iter().any(|one| one == said.ratee.as_str()) {
        return Err(Refusal::NotYourRatee.into());
    }
    let grade = u32::try_from(part.grade).unwrap_or(1);
    let judged = compliments::judge(&said.chip, &said.words, grade)?;
    let before = moments::own(tx, school, &round.id, "peer", me.as_str())?;
    let stored = before.as_ref().map(|row| row.stamp);
    let stamp = match said.stamp {
        Some(stamp) if !stamp_is_possible(stamp, call.now, stored) => {
            return Err(Refusal::Invalid("stamp".to_owned()).into());
        }
        Some(stamp) => stamp,
        None => first_stamp(call.now, stored),
    };
    if stored.is_some_and(|stored| stored > stamp) {
        return Err(Refusal::Stale.into());
    }
    let action = keep(
        tx,
        call,
        &Facts {
            me,
            class,
            round: &round,
            ratee: &said.ratee,
            stamp,
        },
        before,
        judged,
    )?;
    Ok(tx.record(
        call,
        action,
        &format!("compliment/{}/{}", round.id, said.ratee),
        "",
    )?)
}

struct Facts<'a> {
    me: &'a StudentId,
    class: &'a ClassId,
    round: &'a RoundRow,
    ratee: &'a StudentId,
    stamp: i64,
}

/// Stores what changed and names it for the audit log.
fn keep(
    tx: &mut Tx<'_>,
    call: &Call,
    facts: &Facts<'_>,
    before: Option<MomentRow>,
    said: Said,
) -> Acted<&'static str> {
    let row = |id: String| MomentRow {
        school_id: call.school.to_string(),
        id,
        student_id: facts.ratee.to_string(),
        class_id: facts.class.to_string(),
        term_id: facts.round.term_id.clone(),
        round_id: Some(facts.round.id.clone()),
        by_kind: "peer".to_owned(),
        by_id: facts.me.to_string(),
        dimension: said.chip.map_or("", |c| c.dimension).to_owned(),
        chip: said.chip.map_or("", |c| c.id).to_owned(),
        text: said.words.clone(),
        told_on: call.today,
        state: "proposed".to_owned(),
        decided_by: None,
        decided_at: None,
        created_at: call.now,
        stamp: facts.stamp,
    };
    Ok(match before {
        Some(before) if before.state != "proposed" => "compliment.stands",
        Some(before) if said.is_nothing() => {
            moments::withdraw(tx, &before)?;
            "compliment.withdraw"
        }
        None if said.is_nothing() => "compliment.nothing",
        Some(before) => {
            moments::change(tx, &row(before.id))?;
            "compliment.replace"
        }
        None => {
            moments::add(tx, &row(new_hidden_id()))?;
            "compliment.put"
        }
    })
}

/// What the child said in this round.
pub fn mine(db: &mut Db, call: &Call, round: &str) -> Acted<Option<MomentRow>> {
    let (me, _) = student(call)?;
    Ok(moments::own(db, &call.school, round, "peer", me.as_str())?)
}

/// The child's own words of other rounds, newest first, for the friendly question whether words were copied.
pub fn earlier_words(db: &mut Db, call: &Call, round: &str, most: usize) -> Acted<Vec<String>> {
    let (me, _) = student(call)?;
    let told = moments::all_own(db, &call.school, "peer", me.as_str())?;
    let earlier = told
        .into_iter()
        .filter(|row| row.round_id.as_deref() != Some(round) && !row.text.is_empty())
        .map(|row| row.text);
    Ok(earlier.take(most).collect())
}

fn student(call: &Call) -> Result<(&StudentId, &ClassId), Refusal> {
    match &call.actor {
        Actor::Student { id, class } => Ok((id, class)),
        _ => Err(Refusal::Forbidden),
    }
}
