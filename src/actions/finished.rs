//! Which cards of a class are finished in a round: children's sheets with every drawn question answered, "did not see" included;
//! other sheets as soon as they exist. A form saves at each tap, so that a sheet that exists may be half done. Used by
//! the lights of the class page and by the teacher's desk; scores go by sheets that exist (scoring.md 5).

use std::collections::HashSet;

use super::{Acted, submit_sheet::read_drawn};
use crate::{
    domain::{
        ids::{ClassId, SchoolId},
        rubric::{Of, Source},
    },
    storage::{Db, rounds::RoundClassRow, sheets, sheets::Card},
};

/// Source, rater and ratee of each finished card.
pub type Finished = HashSet<Card>;

/// See the file's head.
pub fn finished(db: &mut Db, school: &SchoolId, part: &RoundClassRow) -> Acted<Finished> {
    let drawn = read_drawn(&part.drawn)?;
    let own = drawn.asked(Of::Student, Source::SelfRating).len();
    let peer = drawn.asked(Of::Student, Source::Peer).len();
    let class = ClassId::new(part.class_id.clone());
    let done = |(key, answers): (Card, usize)| {
        let (source, rater, ratee) = &key;
        let asked = match source.as_str() {
            "self" if rater == ratee => own,
            "peer" => peer,
            _ => 0,
        };
        (answers >= asked).then_some(key)
    };
    let all = sheets::answered(db, school, &part.round_id, &class)?;
    Ok(all.into_iter().filter_map(done).collect())
}
