//! Deals a class again in an open round, when a child is excused or comes back, joins, leaves, or its family answers
//! the notice: every pair with a sheet stays, the others follow scoring.md section 7. Used by the actions that change
//! who takes part, inside their own write and under their audit line.

use std::{
    collections::{BTreeSet, HashMap},
    fmt,
};

use super::{
    Acted,
    rounds::{apart_among, peers_of_grade, takes_part},
};
use crate::{
    domain::{
        actor::{Call, ClassPermit},
        allocation::{Pair, Redeal, Redealt, redeal},
        ids::{ClassId, StudentId},
        round::RoundState,
    },
    storage::{
        Db, Tx, rounds,
        rounds::{AssignmentRow, RoundRow},
        sheets, stays, students,
    },
};

/// How many assignments changed; reads as the audit line says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    pub added: usize,
    pub removed: usize,
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "dealt={} taken={}", self.added, self.removed)
    }
}

impl std::ops::AddAssign for Moved {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.removed += other.removed;
    }
}

/// Deals these classes again in every open round they take part in.
pub fn classes<'a>(
    tx: &mut Tx<'_>,
    call: &Call,
    classes: impl IntoIterator<Item = &'a ClassId>,
) -> Acted<Moved> {
    let mut open = rounds::all(tx, &call.school)?;
    open.retain(|round| round.state == RoundState::Open.key());
    let mut moved = Moved::default();
    for class in classes {
        for round in &open {
            moved += in_round(tx, call, round, class)?;
        }
    }
    Ok(moved)
}

/// Deals one class again in an open round.
pub fn in_round(tx: &mut Tx<'_>, call: &Call, round: &RoundRow, class: &ClassId) -> Acted<Moved> {
    let permit = call.actor.see_class(class)?;
    let Some(part) = rounds::class_of(tx, &call.school, &round.id, class)? else {
        return Ok(Moved::default());
    };
    let facts = Facts::load(tx, call, &permit, round)?;
    let k = peers_of_grade(part.grade);
    let current: Vec<Pair> = facts.rows.iter().map(pair).collect();
    let new = redeal(&Redeal {
        students: &facts.present,
        k,
        current: &current,
        done: &facts.done,
        apart: &facts.apart,
    });
    let peers = k.min(facts.present.len().saturating_sub(1));
    let changes = facts.rows_of(round, &new);
    rounds::deal_again(
        tx,
        &permit,
        round,
        (&changes.0, &changes.1),
        i32::try_from(peers).unwrap_or(0),
    )?;
    Ok(Moved {
        added: changes.1.len(),
        removed: changes.0.len(),
    })
}

/// Who takes part now, and what was dealt and done so far.
struct Facts {
    present: Vec<String>,
    rows: Vec<AssignmentRow>,
    done: Vec<Pair>,
    apart: Vec<(String, String)>,
}

impl Facts {
    fn load(db: &mut Db, call: &Call, permit: &ClassPermit, round: &RoundRow) -> Acted<Self> {
        let school = &call.school;
        let away: BTreeSet<String> = rounds::excused(db, school, &round.id)?
            .into_iter()
            .map(|row| row.student_id)
            .collect();
        let mut children = students::of_class(db, permit, school, call.today)?;
        children.retain(|child| takes_part(child) && !away.contains(&child.id));
        let present: Vec<String> = children.into_iter().map(|child| child.id).collect();
        // Whoever has left the class may have something dealt or done there.
        let ever = stays::ever_in(db, permit, school)?;
        let mut rows = rounds::assignments_touching(db, permit, school, &round.id, &ever)?;
        let mut done = sheets::peer_pairs(db, permit, school, &round.id, &ever)?;
        let elsewhere = Elsewhere::of(db, call, permit, &rows, &done)?;
        rows.retain(|row| !elsewhere.both(&row.rater_id, &row.ratee_id));
        done.retain(|(rater, ratee)| !elsewhere.both(rater, ratee));
        Ok(Self {
            apart: apart_among(db, permit, school, &present)?,
            done: done.into_iter().map(|(a, b)| Pair::new(a, b)).collect(),
            present,
            rows,
        })
    }

    /// The rows that go and the rows that come, the latter after what the rater has already.
    fn rows_of(&self, round: &RoundRow, new: &Redealt) -> (Vec<AssignmentRow>, Vec<AssignmentRow>) {
        let stay: BTreeSet<&Pair> = new.pairs.iter().collect();
        let gone = self.rows.iter().filter(|row| !stay.contains(&pair(row)));
        let had: BTreeSet<Pair> = self.rows.iter().map(pair).collect();
        let mut last: HashMap<&str, i32> = HashMap::new();
        for row in &self.rows {
            let at = last.entry(&row.rater_id).or_insert(0);
            *at = row.place.max(*at);
        }
        let added = new.pairs.iter().filter(|pair| !had.contains(pair));
        let added = added.map(|pair| {
            let place = last.entry(&pair.rater).or_insert(0);
            *place += 1;
            AssignmentRow {
                school_id: round.school_id.clone(),
                round_id: round.id.clone(),
                rater_id: pair.rater.clone(),
                ratee_id: pair.ratee.clone(),
                place: *place,
            }
        });
        (gone.cloned().collect(), added.collect())
    }
}

fn pair(row: &AssignmentRow) -> Pair {
    Pair::new(&row.rater_id, &row.ratee_id)
}

/// Children of other classes, among those who were in this one: two who are classmates there are that class's matter.
struct Elsewhere(HashMap<String, String>);

impl Elsewhere {
    fn of(
        db: &mut Db,
        call: &Call,
        permit: &ClassPermit,
        rows: &[AssignmentRow],
        done: &[(String, String)],
    ) -> Acted<Self> {
        let dealt = rows.iter().flat_map(|row| [&row.rater_id, &row.ratee_id]);
        let told = done.iter().flat_map(|(rater, ratee)| [rater, ratee]);
        let names: BTreeSet<&String> = dealt.chain(told).collect();
        let names: Vec<String> = names.into_iter().cloned().collect();
        let others = stays::classes_on(db, permit, &call.school, &names, call.today)?;
        Ok(Self(
            others
                .into_iter()
                .filter(|(_, class)| class != permit.class().as_str())
                .collect(),
        ))
    }

    fn both(&self, rater: &str, ratee: &str) -> bool {
        let classes = (self.0.get(rater), self.0.get(ratee));
        matches!(classes, (Some(a), Some(b)) if a == b)
    }
}

/// Gives a child a classmate back whom a form of its own was made for and a new deal took away: what a device kept in
/// the meantime is not lost. Not where one of the two takes no part (security.md S-68); a class that either has left
/// refuses the sheet itself.
pub fn give_back(
    tx: &mut Tx<'_>,
    call: &Call,
    round: &RoundRow,
    rater: &StudentId,
    ratee: &StudentId,
) -> Acted<()> {
    let dealt = rounds::ratees_of(tx, &call.school, &round.id, rater)?;
    let open = round.state == RoundState::Open.key() && rater != ratee;
    if !open || dealt.iter().any(|id| id == ratee.as_str()) {
        return Ok(());
    }
    for child in [rater, ratee] {
        if !takes_part(&students::by_id(tx, &call.school, child)?) {
            return Ok(());
        }
    }
    let row = AssignmentRow {
        school_id: call.school.to_string(),
        round_id: round.id.clone(),
        rater_id: rater.to_string(),
        ratee_id: ratee.to_string(),
        place: i32::try_from(dealt.len() + 1).unwrap_or(i32::MAX),
    };
    Ok(rounds::give_back(tx, &row)?)
}
