//! How a child's number came about: every step for those who lead the class, words and bands for the child and its
//! family. Rule 3 is kept here: nothing that rests on classmates before its release, and then as it was released.

use super::{
    Acted,
    published::{read_class, row_of},
};
use crate::{
    domain::{
        actor::{Call, ChildPermit, ChildView},
        ids::{ClassId, StudentId},
        published::{Discounted, Number, PublishedClass, PublishedStudent},
        refusal::Refusal,
        release::{Band, ENOUGH_CHILDREN, band},
        rubric::{Rubric, Source},
    },
    storage::{
        Db, StorageError, releases, results, rounds, rounds::RoundRow, students,
        students::StudentRow,
    },
};

/// An answer for one reader.
#[derive(Clone, Debug)]
pub enum Explained {
    /// Homeroom teacher and office.
    Steps(Box<Steps>),
    /// Child and family.
    Words(Box<Words>),
}

/// Every step, raters as numbers.
#[derive(Clone, Debug)]
pub struct Steps {
    pub child: StudentRow,
    pub round: RoundRow,
    pub rubric: Rubric,
    pub published: PublishedStudent,
}

/// The same in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub round: RoundRow,
    /// Self, teacher and family, as far as they spoke in this round.
    pub voices: Vec<(Source, Option<Band>)>,
    /// Classmates' part, once released: distinct raters, and the round whose level is shown.
    pub released: Option<Released>,
    /// Level over all stars: as released, before that from the other voices.
    pub level: Option<Band>,
    /// Level of each star by its id, under the same rule.
    pub stars: Vec<(String, Option<Band>)>,
    /// Votes of self, teacher and family that did not count fully, with the reason's key.
    pub uncounted: Vec<(String, String)>,
}

/// What of the classmates' part was released.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released {
    pub raters: usize,
    pub as_of: RoundRow,
    /// When: later revisions are not looked at.
    pub at: i64,
}

/// Voices whose bands a child may always see.
const OPEN: [Source; 3] = [Source::SelfRating, Source::Teacher, Source::Parent];

/// Explains a child's number of a published round.
///
/// # Errors
/// `NotFound` out of scope and before publication; `Forbidden` for classmates and subject teachers.
pub fn explanation(db: &mut Db, call: &Call, student: &StudentId, round: &str) -> Acted<Explained> {
    let class = students::class_on(db, &call.school, student, call.today)?;
    let permit = call.actor.see_child(student, &class)?;
    if permit.view() == ChildView::Subject {
        return Err(Refusal::Forbidden.into());
    }
    let child = students::get(db, &permit, &call.school)?;
    let round = rounds::get(db, &call.school, round)?;
    let found = row_in(db, call, &permit, &round, &class, &child, None)?;
    let (published, row) = found.ok_or(Refusal::NotFound)?;
    let rubric = super::term_votes::read_rubric(db, &call.school, &round.rubric_id)?;
    if permit.view() == ChildView::AllSteps {
        return Ok(Explained::Steps(Box::new(Steps {
            child,
            round,
            rubric,
            published: row,
        })));
    }
    let release = match released(db, call, &permit, &round)? {
        Some(release) if published.students.len() >= ENOUGH_CHILDREN => {
            let (at, as_of) = (Some(release.at), release.as_of.clone());
            let then = row_in(db, call, &permit, &as_of, &class, &child, at)?;
            then.map(|(_, row)| (release, row.term))
        }
        _ => None,
    };
    let words = words(&rubric, round, &row, release);
    Ok(Explained::Words(Box::new(words)))
}

/// The child's class and row in a publication: in the class of today or the one it was in then. `at`: as it stood then.
fn row_in(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    round: &RoundRow,
    today: &ClassId,
    child: &StudentRow,
    at: Option<i64>,
) -> Acted<Option<(PublishedClass, PublishedStudent)>> {
    let mut classes = vec![today.clone()];
    match students::class_on(db, &call.school, permit.student(), round.ends_on) {
        Ok(then) if then != *today => classes.insert(0, then),
        Ok(_) | Err(StorageError::NotFound) => {}
        Err(other) => return Err(other.into()),
    }
    for class in classes {
        let (school, round) = (&call.school, &round.id);
        let stored = match at {
            Some(at) => results::child_results_at(db, permit, school, round, &class, at)?,
            None => results::child_results(db, permit, school, round, &class)?,
        };
        let Some(stored) = stored else { continue };
        let published = read_class(&stored)?;
        if let Some(row) = row_of(&published, &child.student_no).cloned() {
            return Ok(Some((published, row)));
        }
    }
    Ok(None)
}

fn released(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    round: &RoundRow,
) -> Acted<Option<Released>> {
    let Some(row) = releases::of_child(db, permit, &call.school, &round.term_id)? else {
        return Ok(None);
    };
    Ok(Some(Released {
        raters: usize::try_from(row.raters).unwrap_or(0),
        as_of: rounds::get(db, &call.school, &row.round_id)?,
        at: row.released_at,
    }))
}

/// `release`: what was released, with the number of the term as of then.
fn words(
    rubric: &Rubric,
    round: RoundRow,
    row: &PublishedStudent,
    release: Option<(Released, Number)>,
) -> Words {
    let said = |source: Source| row.round.voices.get(source.position()).and_then(|v| v.said);
    let mut voices = OPEN.map(|source| (source, said(source).map(band))).to_vec();
    // That a family did not answer is said to nobody but the teacher.
    voices.retain(|(source, band)| *source != Source::Parent || band.is_some());
    let level = match &release {
        Some((_, number)) => number.score,
        None => without_classmates(&row.round, said),
    };
    let star = |at: usize| match &release {
        Some((_, number)) => number.dimensions.get(at).and_then(|d| d.score),
        None => {
            let own = row.round.dimensions.get(at)?;
            without_classmates(&row.round, |source| {
                own.said.get(source.position()).copied().flatten()
            })
        }
    };
    let stars = rubric.dimensions.iter().enumerate();
    let counted = |d: &&Discounted| d.source != Source::Peer.name();
    Words {
        voices,
        level: level.map(band),
        stars: stars
            .map(|(at, dimension)| (dimension.id.clone(), star(at).map(band)))
            .collect(),
        uncounted: row
            .discounted
            .iter()
            .filter(counted)
            .map(|d| (d.source.clone(), d.why.clone()))
            .collect(),
        released: release.map(|(released, _)| released),
        round,
    }
}

/// The mean of the other voices by their weights; as plain mean where they weigh nothing.
fn without_classmates(number: &Number, said: impl Fn(Source) -> Option<f64>) -> Option<f64> {
    let (mut sum, mut weights, mut plain, mut count) = (0.0, 0.0, 0.0, 0.0);
    for source in OPEN {
        let Some(value) = said(source) else { continue };
        let weight = number
            .voices
            .get(source.position())
            .map_or(0.0, |v| v.weight);
        sum += weight * value;
        weights += weight;
        plain += value;
        count += 1.0;
    }
    match () {
        () if weights > 0.0 => Some(sum / weights),
        () if count > 0.0 => Some(plain / count),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::published::VoiceStep;

    fn voice(said: f64, weight: f64) -> VoiceStep {
        VoiceStep {
            said: Some(said),
            mean: None,
            weight,
            used: Some(said),
        }
    }

    #[test]
    fn classmates_move_nothing_before_their_release() {
        let level = |peer: f64| {
            let number = Number {
                voices: [
                    voice(5.0, 0.1),
                    voice(peer, 0.4),
                    voice(4.0, 0.4),
                    voice(3.0, 0.1),
                ],
                ..Number::default()
            };
            without_classmates(&number, |s| number.voices[s.position()].said)
        };
        assert_eq!(level(1.0), level(5.0));
        assert_eq!(level(1.0).map(band), Some(Band::Blooming));
    }

    #[test]
    fn nobody_spoke_is_no_level() {
        assert_eq!(without_classmates(&Number::default(), |_| None), None);
    }
}
