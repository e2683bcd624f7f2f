//! Which indicators a class is asked about in a round (product.md, "Who does what"): the same for
//! the whole class, rotating so that all of them come round in the term. Used by the action that
//! opens a round; the rubric hands in a plain list, so that this room knows nothing of documents.

use crate::domain::random::{SplitMix64, keyed};

/// Stars a peer sheet asks about, and questions a family sheet asks at most.
pub const PEER_STARS: usize = 3;
pub const HOME_QUESTIONS: usize = 5;

/// One indicator about students, of the segment of the class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawIndicator<'a> {
    pub id: &'a str,
    pub dimension: &'a str,
    pub sources: Asked,
}

/// Which sources an indicator may be scored by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    pub own: bool,
    pub peer: bool,
    pub teacher: bool,
    pub parent: bool,
}

/// The indicators of one class in one round, per source, as ids in rubric order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draw {
    /// One of each star that has one for self.
    pub own: Vec<String>,
    /// [`PEER_STARS`] of as many different stars (fewer where fewer stars have one).
    pub peer: Vec<String>,
    /// One of each star that has one for the teacher.
    pub teacher: Vec<String>,
    /// At most [`HOME_QUESTIONS`].
    pub parent: Vec<String>,
}

/// Draws for round number `round` of the term (0, 1, 2 …; count only the rounds of this class).
/// `indicators` in rubric order, all of one segment; `seed` belongs to the class and the term: it
/// decides where the rotation starts and must stay the same through the term, or some indicators
/// come late. Any [`rounds_needed`] rounds in a row ask every indicator at least once.
///
/// ```
/// use starlight::domain::draw::{draw, Asked, DrawIndicator};
/// let sources = Asked { own: true, ..Asked::default() };
/// let rubric = [DrawIndicator { id: "greets", dimension: "virtue", sources }];
/// assert_eq!(draw(&rubric, 0, 1).own, ["greets"]);
/// ```
#[must_use]
pub fn draw(indicators: &[DrawIndicator<'_>], round: u32, seed: u64) -> Draw {
    let round = usize::try_from(round).unwrap_or(0);
    let only = |allowed: fn(&Asked) -> bool| stars(indicators, allowed, seed);
    Draw {
        own: in_order(indicators, &one_of_each(&only(|asked| asked.own), round)),
        peer: in_order(indicators, &of_some_stars(&only(|asked| asked.peer), round)),
        teacher: in_order(
            indicators,
            &one_of_each(&only(|asked| asked.teacher), round),
        ),
        parent: in_order(indicators, &windowed(&only(|asked| asked.parent), round)),
    }
}

/// Rounds after which every indicator was asked at least once by each source that may, the
/// smallest number possible; (self, peer, teacher, parent).
#[must_use]
pub fn rounds_needed(indicators: &[DrawIndicator<'_>]) -> [usize; 4] {
    let only = |allowed: fn(&Asked) -> bool| stars(indicators, allowed, 0);
    let home: usize = only(|asked| asked.parent).iter().map(Vec::len).sum();
    [
        longest(&only(|asked| asked.own)),
        peer_cycle(&only(|asked| asked.peer)),
        longest(&only(|asked| asked.teacher)),
        home.div_ceil(HOME_QUESTIONS),
    ]
}

/// Indicators of one source, star by star; both levels in an order of the seed.
type Stars<'a> = Vec<Vec<&'a str>>;

fn stars<'a>(
    indicators: &'a [DrawIndicator<'a>],
    allowed: fn(&Asked) -> bool,
    seed: u64,
) -> Stars<'a> {
    let mut stars: Vec<(&str, Vec<&str>)> = Vec::new();
    for indicator in indicators
        .iter()
        .filter(|indicator| allowed(&indicator.sources))
    {
        match stars
            .iter_mut()
            .find(|(star, _)| *star == indicator.dimension)
        {
            Some((_, ids)) => ids.push(indicator.id),
            None => stars.push((indicator.dimension, vec![indicator.id])),
        }
    }
    let mut random = SplitMix64::new(keyed(seed, "draw"));
    random.shuffle(&mut stars);
    let mut stars: Stars<'_> = stars.into_iter().map(|(_, ids)| ids).collect();
    stars.iter_mut().for_each(|ids| random.shuffle(ids));
    stars
}

fn longest(stars: &Stars<'_>) -> usize {
    stars.iter().map(Vec::len).max().unwrap_or(0)
}

fn one_of_each<'a>(stars: &Stars<'a>, round: usize) -> Vec<&'a str> {
    stars.iter().filter_map(|ids| turn(ids, round)).collect()
}

/// The item whose turn it is.
fn turn<'a>(ids: &[&'a str], round: usize) -> Option<&'a str> {
    ids.get(round.checked_rem(ids.len())?).copied()
}

/// Rounds of the peer rotation: no star twice in a round, so at least its number of indicators;
/// no more than the width in a round, so at least all of them over the width.
fn peer_cycle(stars: &Stars<'_>) -> usize {
    let all: usize = stars.iter().map(Vec::len).sum();
    longest(stars).max(all.div_ceil(PEER_STARS.min(stars.len()).max(1)))
}

/// Deals the indicators, star after star, round and round over the rounds of one cycle: the
/// indicators of a star fall into different rounds, and no round gets more than the width. Rounds
/// with room left take one from a further star, another one each cycle.
fn of_some_stars<'a>(stars: &Stars<'a>, round: usize) -> Vec<&'a str> {
    let cycle = peer_cycle(stars).max(1);
    let (lap, slot) = (round / cycle, round % cycle);
    let (mut picks, mut spare, mut dealt) = (Vec::new(), Vec::new(), 0);
    for (star, ids) in stars.iter().enumerate() {
        let pick = ids
            .iter()
            .enumerate()
            .find(|(at, _)| (dealt + at) % cycle == slot);
        dealt += ids.len();
        match pick {
            Some((_, id)) => picks.push(*id),
            None => spare.push((star, turn(ids, slot + lap))),
        }
    }
    let room = PEER_STARS.min(stars.len()).saturating_sub(picks.len());
    let shift = (round + lap).checked_rem(spare.len()).unwrap_or(0);
    spare.rotate_left(shift);
    picks.extend(spare.into_iter().take(room).filter_map(|(_, id)| id));
    picks
}

/// A window of [`HOME_QUESTIONS`] that moves on by its own width.
fn windowed<'a>(stars: &Stars<'a>, round: usize) -> Vec<&'a str> {
    let all: Vec<&str> = stars.iter().flatten().copied().collect();
    let width = HOME_QUESTIONS.min(all.len());
    (0..width)
        .filter_map(|at| turn(&all, round * HOME_QUESTIONS + at))
        .collect()
}

fn in_order(indicators: &[DrawIndicator<'_>], picks: &[&str]) -> Vec<String> {
    indicators
        .iter()
        .filter(|one| picks.contains(&one.id))
        .map(|one| one.id.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    type Made = (String, String, Asked);

    fn rubric() -> impl Strategy<Value = Vec<Made>> {
        let one = (0_usize..5, any::<[bool; 4]>());
        prop::collection::vec(one, 1..25).prop_map(|list| {
            list.into_iter()
                .enumerate()
                .map(|(i, (star, [own, peer, teacher, parent]))| {
                    (
                        format!("i{i}"),
                        format!("d{star}"),
                        Asked {
                            own,
                            peer,
                            teacher,
                            parent,
                        },
                    )
                })
                .collect()
        })
    }

    fn view(made: &[Made]) -> Vec<DrawIndicator<'_>> {
        made.iter()
            .map(|(id, dimension, sources)| DrawIndicator {
                id,
                dimension,
                sources: *sources,
            })
            .collect()
    }

    fn star<'a>(list: &[DrawIndicator<'a>], id: &str) -> &'a str {
        list.iter().find(|one| one.id == id).unwrap().dimension
    }

    fn allowed<'a>(list: &'a [DrawIndicator<'a>], by: fn(&Asked) -> bool) -> BTreeSet<&'a str> {
        list.iter()
            .filter(|one| by(&one.sources))
            .map(|one| one.id)
            .collect()
    }

    const SOURCES: [fn(&Asked) -> bool; 4] = [|a| a.own, |a| a.peer, |a| a.teacher, |a| a.parent];

    fn picks(draw: &Draw) -> [&Vec<String>; 4] {
        [&draw.own, &draw.peer, &draw.teacher, &draw.parent]
    }

    proptest! {
        #[test]
        fn picks_are_allowed_and_of_different_stars(made in rubric(), round in 0_u32..40, seed: u64) {
            let list = view(&made);
            let draw = draw(&list, round, seed);
            for ((by, ids), at) in SOURCES.into_iter().zip(picks(&draw)).zip(0..) {
                let allowed = allowed(&list, by);
                let stars: BTreeSet<&str> = allowed.iter().map(|id| star(&list, id)).collect();
                let drawn: BTreeSet<&str> = ids.iter().map(|id| star(&list, id)).collect();
                prop_assert!(ids.iter().all(|id| allowed.contains(id.as_str())));
                prop_assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
                match at {
                    0 | 2 => prop_assert_eq!((ids.len(), drawn), (stars.len(), stars)),
                    1 => prop_assert_eq!((ids.len(), drawn.len()), (stars.len().min(3), stars.len().min(3))),
                    _ => prop_assert_eq!(ids.len(), allowed.len().min(5)),
                }
            }
        }

        #[test]
        fn everything_comes_round_in_the_fewest_rounds(made in rubric(), from in 0_u32..20, seed: u64) {
            let list = view(&made);
            for ((by, at), needed) in SOURCES.into_iter().zip(0..4).zip(rounds_needed(&list)) {
                let seen: BTreeSet<String> = (from..from + u32::try_from(needed).unwrap())
                    .flat_map(|round| picks(&draw(&list, round, seed))[at].clone())
                    .collect();
                prop_assert_eq!(seen.iter().map(String::as_str).collect::<BTreeSet<_>>(), allowed(&list, by));
            }
        }
    }

    #[test]
    fn output_is_in_rubric_order() {
        let asked = Asked {
            own: true,
            ..Asked::default()
        };
        let list: Vec<DrawIndicator<'_>> = [("a", "x"), ("b", "y"), ("c", "z")]
            .into_iter()
            .map(|(id, dimension)| DrawIndicator {
                id,
                dimension,
                sources: asked,
            })
            .collect();
        assert!((0..20).all(|seed| draw(&list, 0, seed).own == ["a", "b", "c"]));
    }

    #[test]
    fn an_empty_rubric_asks_nothing() {
        assert_eq!(draw(&[], 3, 1), Draw::default());
        assert_eq!(rounds_needed(&[]), [0; 4]);
    }
}
