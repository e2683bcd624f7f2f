//! Who holds the titles 星光学生 and 星光班级 of the newest period, for the ceremony on displays: released ones only, in an
//! order that says nothing, and in turns, so that everybody stands there as often as everybody else. Used by
//! `board_facts`.

use super::{
    Acted,
    board_facts::{Asked, BoardBadge, badge},
};
use crate::{
    domain::{
        actor::SchoolPermit,
        badges::TERM,
        random::{SplitMix64, keyed},
    },
    storage::{Db, results, results::AwardRow},
};

/// The two titles, by the ids of their rules.
const STUDENT: &str = "starlight_student";
const CLASS: &str = "starlight_class";
/// Children of one turn: two slides.
const CHILDREN: usize = 24;

/// See the file's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardCeremony {
    /// Of the whole term instead of one round.
    pub whole_term: bool,
    pub students: Vec<BoardBadge>,
    /// By class code.
    pub classes: Vec<BoardBadge>,
}

/// The titles of the term, once it has some, else those of `round`.
pub fn load(
    db: &mut Db,
    permit: &SchoolPermit,
    asked: &Asked<'_>,
    term: &str,
    round: &str,
) -> Acted<Option<BoardCeremony>> {
    let mut rows = results::titles_on_screens(db, asked.school, term, &[STUDENT, CLASS])?;
    let whole_term = rows.iter().any(|row| row.period == TERM);
    let period = if whole_term { TERM } else { round };
    rows.retain(|row| row.period == period);
    let (classes, students): (Vec<AwardRow>, Vec<AwardRow>) =
        rows.into_iter().partition(|row| row.badge == CLASS);
    let mut found = BoardCeremony {
        whole_term,
        ..BoardCeremony::default()
    };
    for row in in_turn(students, asked.turn, period) {
        if found.students.len() == CHILDREN {
            break;
        }
        found.students.extend(badge(db, permit, asked, row)?);
    }
    for row in classes {
        found.classes.extend(badge(db, permit, asked, row)?);
    }
    let length = |one: &BoardBadge| (one.class.len(), one.class.clone());
    found.classes.sort_by_key(length);
    let some = !found.students.is_empty() || !found.classes.is_empty();
    Ok(some.then_some(found))
}

/// All of them in one shuffled order that stays, begun where the last turn ended.
fn in_turn(mut rows: Vec<AwardRow>, turn: u64, period: &str) -> Vec<AwardRow> {
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    SplitMix64::new(keyed(0, period)).shuffle(&mut rows);
    let all = u64::try_from(rows.len()).unwrap_or(1).max(1);
    let most = u64::try_from(CHILDREN).unwrap_or(1);
    let begin = turn.wrapping_mul(most) % all;
    rows.rotate_left(usize::try_from(begin).unwrap_or(0));
    rows
}
