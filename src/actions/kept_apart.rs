//! The homeroom teacher says which two children of the class are never asked about each other: siblings, a conflict.
//! Counts from the next deal on (`rounds::open`, `redeal`).

use super::Acted;
use crate::{
    domain::{actor::Call, ids::ClassId, kept_apart::Why, refusal::Refusal},
    storage::{Db, Tx, kept_apart, kept_apart::KeptApartRow, students, students::StudentRow},
};

/// The children of a class and the pairs among them.
#[derive(Clone, Debug)]
pub struct Kept {
    pub children: Vec<StudentRow>,
    pub pairs: Vec<KeptApartRow>,
}

/// What the page shows.
pub fn of_class(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Kept> {
    let permit = call.actor.lead_class(class)?;
    let children = students::of_class(db, &permit, &call.school, call.today)?;
    let ids: Vec<String> = children.iter().map(|c| c.id.clone()).collect();
    let pairs = kept_apart::among(db, &permit, &call.school, &ids)?;
    Ok(Kept { children, pairs })
}

/// Keeps two children of the class apart.
pub fn add(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    pair: (&str, &str),
    why: &str,
) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let why = Why::parse(why).ok_or_else(|| Refusal::Invalid("apart-why".to_owned()))?;
    let (a, b) = sorted(pair);
    if a == b {
        return Err(Refusal::Invalid("apart-same".to_owned()).into());
    }
    let kept = of_class(tx, call, class)?;
    if ![a, b].iter().all(|id| kept.has(id)) {
        return Err(Refusal::NotFound.into());
    }
    if kept.pair(a, b).is_some() {
        return Err(Refusal::Taken("apart-pair".to_owned()).into());
    }
    let row = KeptApartRow {
        school_id: call.school.to_string(),
        student_a: a.to_owned(),
        student_b: b.to_owned(),
        reason: why.key().to_owned(),
        noted_by: call.actor.id().to_owned(),
        noted_at: call.now,
    };
    kept_apart::add(tx, &permit, &row)?;
    record(tx, call, "apart.add", (a, b), why.key())
}

/// Takes a pair of the class away.
pub fn remove(tx: &mut Tx<'_>, call: &Call, class: &ClassId, pair: (&str, &str)) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let (a, b) = sorted(pair);
    let kept = of_class(tx, call, class)?;
    let row = kept.pair(a, b).ok_or(Refusal::NotFound)?;
    kept_apart::remove(tx, &permit, &call.school, (a, b))?;
    record(tx, call, "apart.remove", (a, b), &row.reason)
}

fn record(tx: &mut Tx<'_>, call: &Call, act: &str, (a, b): (&str, &str), why: &str) -> Acted<()> {
    Ok(tx.record(call, act, &format!("student/{a}/student/{b}"), why)?)
}

impl Kept {
    fn has(&self, id: &str) -> bool {
        self.children.iter().any(|c| c.id == id)
    }

    fn pair(&self, a: &str, b: &str) -> Option<&KeptApartRow> {
        self.pairs
            .iter()
            .find(|row| row.student_a == a && row.student_b == b)
    }
}

fn sorted<'a>((a, b): (&'a str, &'a str)) -> (&'a str, &'a str) {
    if a < b { (a, b) } else { (b, a) }
}
