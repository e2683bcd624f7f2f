//! The office moves a round on: draft → open → closed. Publishing is `publish_round`.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Acted, new_id, redeal, term_votes::read_rubric};
use crate::{
    domain::{
        actor::{Call, ClassPermit, SchoolPermit},
        allocation::{Pair, Request, deal},
        calendar::{GradeBand, SchoolYear},
        class_name::class_code,
        ids::{ClassId, SchoolId},
        random,
        refusal::Refusal,
        round::{Drawn, RoundState},
        rubric::{Rubric, Segment},
    },
    keys,
    storage::{
        Db, Tx, kept_apart, rounds,
        rounds::{AssignmentRow, RoundClassRow, RoundRow},
        schools, students,
        students::{ClassRow, StudentRow},
    },
};

/// A round to be made.
#[derive(Clone, Debug)]
pub struct NewRound {
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// Empty: every class that has a grade then.
    pub classes: Vec<ClassId>,
}

/// Makes a draft in the term of its first day.
pub fn create(tx: &mut Tx<'_>, call: &Call, new: &NewRound) -> Acted<RoundRow> {
    let permit = call.actor.run_school()?;
    let school = &call.school;
    let name = new.name.trim();
    if name.is_empty() || name == "term" || name.chars().count() > 40 {
        return Err(Refusal::Invalid("round-name".to_owned()).into());
    }
    if new.ends_on < new.starts_on {
        return Err(Refusal::Invalid("round-dates".to_owned()).into());
    }
    let terms = schools::terms(tx, school)?;
    let term = terms
        .iter()
        .find(|t| t.starts_on <= new.starts_on && new.ends_on <= t.ends_on);
    let term = term.ok_or_else(|| Refusal::Invalid("round-outside-term".to_owned()))?;
    let earlier = rounds::of_term(tx, school, &term.id)?;
    if earlier.iter().any(|r| r.name == name) {
        return Err(Refusal::Taken("round-name".to_owned()).into());
    }
    let ordinal = earlier.iter().map(|r| r.ordinal + 1).max().unwrap_or(0);
    let seed = match earlier.first() {
        Some(first) => first.seed,
        None => {
            keys::random::seed().map_err(|e| crate::storage::StorageError::Broken(e.to_string()))?
        }
    };
    let row = RoundRow {
        school_id: school.to_string(),
        id: new_id(),
        term_id: term.id.clone(),
        name: name.to_owned(),
        ordinal,
        state: RoundState::Draft.key().to_owned(),
        seed,
        rubric_id: term.rubric_id.clone(),
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        opened_at: None,
        closed_at: None,
        published_at: None,
        revision: 0,
    };
    rounds::add(tx, &permit, &row)?;
    for class in chosen(tx, school, new)? {
        let (code, grade) = graded(&class, new.starts_on).unwrap_or_default();
        let part = RoundClassRow {
            school_id: school.to_string(),
            round_id: row.id.clone(),
            class_id: class.id,
            code,
            grade,
            drawn: String::new(),
            peers: 0,
        };
        rounds::add_class(tx, &permit, &part)?;
    }
    tx.record(call, "round.create", &format!("round/{}", row.id), name)?;
    Ok(row)
}

fn chosen(db: &mut Db, school: &SchoolId, new: &NewRound) -> Acted<Vec<ClassRow>> {
    let all = students::classes(db, school)?;
    let taken =
        |c: &ClassRow| new.classes.is_empty() || new.classes.iter().any(|id| id.as_str() == c.id);
    Ok(all
        .into_iter()
        .filter(taken)
        .filter(|c| graded(c, new.starts_on).is_some())
        .collect())
}

/// Public code and grade of a class on a day; none once it has left school.
pub fn graded(class: &ClassRow, on: NaiveDate) -> Option<(String, i32)> {
    let grade = SchoolYear::of(on).grade(class.cohort)?;
    let code = class_code(grade, u32::try_from(class.number).ok()?)?;
    Some((code.to_string(), i32::try_from(grade).ok()?))
}

/// Opens a round: freezes the term's rule, draws the questions and deals who rates whom. A closed one is opened again
/// as it was, but for children who came, went or were excused meanwhile.
pub fn open(tx: &mut Tx<'_>, call: &Call, id: &str) -> Acted<RoundRow> {
    let permit = call.actor.run_school()?;
    let mut round = rounds::get(tx, &call.school, id)?;
    let before = state_of(&round)?;
    before.step(RoundState::Open)?;
    round.state = RoundState::Open.key().to_owned();
    round.opened_at = round.opened_at.or(Some(call.now));
    round.closed_at = None;
    if before == RoundState::Draft {
        let term = schools::term(tx, &call.school, &round.term_id)?;
        round.rubric_id = term.rubric_id;
        let dealt = deal_classes(tx, &permit, call, &round)?;
        if dealt == 0 {
            return Err(Refusal::Invalid("round-without-children".to_owned()).into());
        }
    }
    rounds::change(tx, &permit, &round)?;
    schools::touch_board(tx, &call.school)?;
    let mut moved = redeal::Moved::default();
    if before == RoundState::Closed {
        for part in rounds::classes_of(tx, &call.school, &round.id)? {
            moved += redeal::in_round(tx, call, &round, &ClassId::new(part.class_id))?;
        }
    }
    tx.record(
        call,
        "round.open",
        &format!("round/{id}"),
        &moved.to_string(),
    )?;
    Ok(round)
}

/// Closes an open round.
pub fn close(tx: &mut Tx<'_>, call: &Call, id: &str) -> Acted<RoundRow> {
    let permit = call.actor.run_school()?;
    let mut round = rounds::get(tx, &call.school, id)?;
    state_of(&round)?.step(RoundState::Closed)?;
    round.state = RoundState::Closed.key().to_owned();
    round.closed_at = Some(call.now);
    rounds::change(tx, &permit, &round)?;
    schools::touch_board(tx, &call.school)?;
    tx.record(call, "round.close", &format!("round/{id}"), "")?;
    Ok(round)
}

/// The state of a stored round.
pub fn state_of(round: &RoundRow) -> Acted<RoundState> {
    RoundState::parse(&round.state).ok_or_else(|| {
        crate::storage::StorageError::Broken(format!("round state {}", round.state)).into()
    })
}

fn deal_classes(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    round: &RoundRow,
) -> Acted<usize> {
    let school = &call.school;
    let rubric = read_rubric(tx, school, &round.rubric_id)?;
    let parts = rounds::classes_of(tx, school, &round.id)?;
    let earlier = earlier_pairs(tx, permit, school, round)?;
    rounds::clear_classes(tx, permit, school, &round.id)?;
    let mut children = 0;
    for part in parts {
        let class = ClassId::new(part.class_id.clone());
        let view = call.actor.see_class(&class)?;
        let mut pupils = students::of_class(tx, &view, school, call.today)?;
        children += pupils.len();
        pupils.retain(takes_part);
        pupils.sort_by(|a, b| (&a.student_no, &a.id).cmp(&(&b.student_no, &b.id)));
        let ids: Vec<String> = pupils.into_iter().map(|s| s.id).collect();
        let apart = apart_among(tx, &view, school, &ids)?;
        let who = Dealt {
            ids: &ids,
            apart: &apart,
            earlier: &earlier,
        };
        deal_one(tx, permit, round, &rubric, part, &who)?;
    }
    Ok(children)
}

/// Whether a child rates classmates and is rated by them: where the family refused, only the own stars are left
/// (security.md S-68).
pub fn takes_part(child: &StudentRow) -> bool {
    child.consent != "refused"
}

/// Who of these children must not rate each other.
pub fn apart_among(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    ids: &[String],
) -> Acted<Vec<(String, String)>> {
    let rows = kept_apart::among(db, permit, school, ids)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.student_a, row.student_b))
        .collect())
}

/// Classmates that a child of a class rates, where the class is large enough.
pub fn peers_of_grade(grade: i32) -> usize {
    let grade = u32::try_from(grade).unwrap_or(1);
    GradeBand::of(grade).map_or(4, GradeBand::default_k)
}

/// The children of one class and what is known about them before they are dealt.
struct Dealt<'a> {
    ids: &'a [String],
    apart: &'a [(String, String)],
    /// Of each earlier round of the term, pairs by rater.
    earlier: &'a [HashMap<String, Vec<Pair>>],
}

fn earlier_pairs(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    round: &RoundRow,
) -> Acted<Vec<HashMap<String, Vec<Pair>>>> {
    let before = rounds::of_term(db, school, &round.term_id)?
        .into_iter()
        .filter(|r| r.ordinal < round.ordinal);
    let mut all = Vec::new();
    for one in before.collect::<Vec<_>>() {
        let mut by_rater: HashMap<String, Vec<Pair>> = HashMap::new();
        for row in rounds::assignments(db, permit, school, &one.id)? {
            by_rater
                .entry(row.rater_id.clone())
                .or_default()
                .push(Pair::new(row.rater_id, row.ratee_id));
        }
        all.push(by_rater);
    }
    Ok(all)
}

fn deal_one(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    round: &RoundRow,
    rubric: &Rubric,
    part: RoundClassRow,
    who: &Dealt<'_>,
) -> Acted<()> {
    let segment = u8::try_from(part.grade)
        .ok()
        .and_then(Segment::of_grade)
        .unwrap_or(Segment::High);
    let seed = random::keyed(u64::from_le_bytes(round.seed.to_le_bytes()), &part.class_id);
    let ordinal = u32::try_from(round.ordinal).unwrap_or(0);
    let drawn = Drawn::draw(rubric, segment, ordinal, seed);
    let of_class = |by_rater: &HashMap<String, Vec<Pair>>| -> Vec<Pair> {
        who.ids
            .iter()
            .filter_map(|id| by_rater.get(id))
            .flatten()
            .cloned()
            .collect()
    };
    let past: Vec<Vec<Pair>> = who.earlier.iter().map(of_class).collect();
    let dealt = deal(&Request {
        students: who.ids,
        k: peers_of_grade(part.grade),
        seed,
        earlier: &past,
        apart: who.apart,
    });
    let text = serde_json::to_string(&drawn)
        .map_err(|e| crate::storage::StorageError::Broken(e.to_string()))?;
    let peers = i32::try_from(dealt.k).unwrap_or(0);
    rounds::add_class(
        tx,
        permit,
        &RoundClassRow {
            drawn: text,
            peers,
            ..part
        },
    )?;
    let mut place: HashMap<&str, i32> = HashMap::new();
    for pair in &dealt.pairs {
        let at = place
            .entry(pair.rater.as_str())
            .and_modify(|n| *n += 1)
            .or_insert(1);
        let row = AssignmentRow {
            school_id: round.school_id.clone(),
            round_id: round.id.clone(),
            rater_id: pair.rater.clone(),
            ratee_id: pair.ratee.clone(),
            place: *at,
        };
        rounds::assign(tx, permit, &row)?;
    }
    Ok(())
}
