//! Reading what was published: the ranking of classes as each role may see it, and one class's list of children for
//! those who lead it. Used by the API and by pages.

use std::collections::HashMap;

use serde::de::DeserializeOwned;

use super::Acted;
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::ClassId,
        published::{PublishedClass, PublishedStudent, RankedClass, Ranking},
        refusal::Refusal,
        rubric::Rubric,
    },
    storage::{
        Db, StorageError, Tx, results, results::PublishedClassRow, rounds, rounds::RoundRow,
        students, students::StudentRow,
    },
};

/// A published ranking in the eyes of one person.
#[derive(Clone, Debug)]
pub struct RankingSeen {
    pub round: RoundRow,
    pub published_at: i64,
    pub ranking: Ranking,
    /// Server ids of the classes by public code.
    pub ids: HashMap<String, String>,
}

/// The class ranking of a round. Figures of a class with too few contributing children are left out for everybody but
/// its teachers and the office (S-77).
///
/// # Errors
/// `NotFound` before publication, and for families at any time.
pub fn ranking(db: &mut Db, call: &Call, round: &str) -> Acted<RankingSeen> {
    if matches!(call.actor, Actor::Family { .. }) {
        return Err(Refusal::NotFound.into());
    }
    let round = rounds::get(db, &call.school, round)?;
    let publication = results::publication(db, &call.school, &round.id)?;
    let publication = publication.ok_or(Refusal::NotFound)?;
    let parts = rounds::classes_of(db, &call.school, &round.id)?;
    let ids: HashMap<String, String> = parts.into_iter().map(|p| (p.code, p.class_id)).collect();
    let mut ranking: Ranking = read(&publication.ranking)?;
    let insider = |row: &RankedClass| {
        let id = ids.get(&row.code).map(|id| ClassId::new(id.clone()));
        id.is_some_and(|id| call.actor.see_class(&id).is_ok())
    };
    for row in ranking.round.iter_mut().chain(&mut ranking.term) {
        if row.unranked.is_some() && !insider(row) {
            *row = suppressed(row);
        }
        // A display shows places and points: what checks took off a class is not its business.
        if matches!(call.actor, Actor::Screen { .. }) {
            *row = placed(row);
        }
    }
    Ok(RankingSeen {
        round,
        published_at: publication.published_at,
        ranking,
        ids,
    })
}

/// What is left of a class that cannot be ranked yet: that it is there.
fn suppressed(row: &RankedClass) -> RankedClass {
    RankedClass {
        code: row.code.clone(),
        grade: row.grade,
        unranked: row.unranked.clone(),
        ..RankedClass::default()
    }
}

/// A class's place and points alone.
fn placed(row: &RankedClass) -> RankedClass {
    RankedClass {
        points: row.points.clone(),
        place: row.place,
        gold: row.gold,
        ..suppressed(row)
    }
}

/// A class's published rows with the rule they go by.
#[derive(Clone, Debug)]
pub struct ClassScores {
    pub rubric: Rubric,
    pub rows: Vec<(StudentRow, PublishedStudent)>,
}

/// A class's children of today with their published rows, by student number and never by result. Reading it leaves a
/// line in the audit log.
///
/// # Errors
/// `NotFound` for a round or class out of scope or not published, `Forbidden` for the class's children and its subject
/// teachers.
pub fn class_scores(
    tx: &mut Tx<'_>,
    call: &Call,
    round: &str,
    class: &ClassId,
) -> Acted<ClassScores> {
    students::class(tx, &call.school, class)?;
    let permit = call.actor.lead_class(class)?;
    let round = rounds::get(tx, &call.school, round)?;
    let row = results::class_results(tx, &permit, &call.school, &round.id)?;
    let published = read_class(&row.ok_or(Refusal::NotFound)?)?;
    let mut children = students::of_class(tx, &permit, &call.school, call.today)?;
    children.sort_by(|a, b| a.student_no.cmp(&b.student_no));
    let rows = children
        .into_iter()
        .filter_map(|child| {
            let row = row_of(&published, &child.student_no)?.clone();
            Some((child, row))
        })
        .collect();
    let object = format!("round/{}/class/{class}", round.id);
    tx.record(call, "scores.read", &object, "")?;
    let rubric = super::term_votes::read_rubric(tx, &call.school, &round.rubric_id)?;
    Ok(ClassScores { rubric, rows })
}

/// Reads a stored class.
pub fn read_class(row: &PublishedClassRow) -> Acted<PublishedClass> {
    read(&row.results)
}

/// A child's row in a class; one who changed class may stand there under `number@class`.
pub fn row_of<'p>(class: &'p PublishedClass, student_no: &str) -> Option<&'p PublishedStudent> {
    let plain = |no: &str| no.split('@').next() == Some(student_no);
    class.students.iter().find(|row| plain(&row.no))
}

/// Reads a stored document.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Acted<T> {
    serde_json::from_str(text)
        .map_err(|e| StorageError::Broken(format!("published results: {e}")).into())
}
