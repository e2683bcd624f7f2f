//! Which evidence a draft speaks of, and in which order: the child's own moments first, then growth, a goal it reached,
//! its strongest star, praises, a badge. Nothing else is ever said. Pure and repeatable: the same child and facts give
//! the same plan.

use chrono::NaiveDate;

use crate::domain::{comment::LENGTH, moments::Teller, random::keyed};

/// What kind of thing was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Moment(Teller),
    /// A star's word rose from one round to the next.
    Grew,
    /// A goal of the child's own that teacher or family confirmed.
    Goal,
    /// The star with the highest word.
    Strong,
    Praise,
    Badge,
}

impl Kind {
    /// Part of Fluent keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Moment(Teller::Teacher) => "moment",
            Self::Moment(Teller::Peer) => "peer",
            Self::Moment(Teller::Parent) => "parent",
            Self::Grew => "grew",
            Self::Goal => "goal",
            Self::Strong => "strong",
            Self::Praise => "praise",
            Self::Badge => "badge",
        }
    }
}

/// One thing seen of the child this term, all of which child and family may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub id: String,
    pub kind: Kind,
    /// Id of its star; empty where it has none.
    pub star: String,
    /// Sentence of a moment, words of a goal, name of a badge; else empty.
    pub said: String,
    /// When: shown as a day for a teacher's moment, as a month for others.
    pub on: Option<NaiveDate>,
    /// How many praises.
    pub count: u32,
    /// Word of the scale before and now; `to` alone for the strongest star.
    pub from: String,
    pub to: String,
    /// Names a classmate: offered, but never put into a draft by itself.
    pub names_other: bool,
}

/// Moments in one draft.
const MOMENTS: usize = 3;

/// Places of the facts that a draft speaks of, in its order. Facts come newest first. Of two moments about the same star
/// the second comes after those about other stars; growth and praise are left out where their star was spoken of.
pub fn order(facts: &[Fact]) -> Vec<usize> {
    let mut chosen = moments(facts);
    for (kind, again) in [
        (Kind::Grew, true),
        (Kind::Goal, true),
        (Kind::Strong, false),
        (Kind::Praise, false),
        (Kind::Badge, true),
    ] {
        let said =
            |star: &str| !star.is_empty() && chosen.iter().any(|at| star_at(facts, *at) == star);
        let fits =
            |fact: &Fact| fact.kind == kind && !fact.names_other && (again || !said(&fact.star));
        if let Some(at) = facts.iter().position(fits) {
            chosen.push(at);
        }
    }
    chosen
}

fn star_at(facts: &[Fact], at: usize) -> &str {
    facts.get(at).map_or("", |fact| fact.star.as_str())
}

/// A teacher's before those of others, other stars before the same star again.
fn moments(facts: &[Fact]) -> Vec<usize> {
    let of = |own: bool| {
        let found = facts.iter().enumerate();
        found.filter(move |(_, fact)| match fact.kind {
            Kind::Moment(teller) => (teller == Teller::Teacher) == own && !fact.names_other,
            _ => false,
        })
    };
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for (at, fact) in of(true).chain(of(false)) {
        let known = first.iter().any(|seen| star_at(facts, *seen) == fact.star);
        if known {
            again.push(at)
        } else {
            first.push(at)
        }
    }
    first.into_iter().chain(again).take(MOMENTS).collect()
}

/// Which of the sentences, in order, make a comment of a good length together with `frame` characters of opening and
/// close: each is taken that does not lead beyond the recommended length.
///
/// ```
/// # use starlight::domain::term_comment::plan::fit;
/// assert_eq!(fit(20, &[50, 60, 40]), [true, false, true]);
/// ```
pub fn fit(frame: usize, lengths: &[usize]) -> Vec<bool> {
    let mut total = frame;
    let takes = lengths.iter().map(|length| {
        let fits = total + length <= LENGTH.1;
        total += if fits { *length } else { 0 };
        fits
    });
    takes.collect()
}

/// Which of `n` wordings (from 1) a child gets at a place of its text: fixed for the child, other for its neighbours,
/// and other at the next place.
pub fn variant(child: &str, place: usize, n: usize) -> usize {
    let n = n.max(1);
    let turn = u64::try_from(place).unwrap_or(0);
    let pick = keyed(0, child).wrapping_add(turn) % u64::try_from(n).unwrap_or(1);
    usize::try_from(pick).unwrap_or(0) + 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fact(kind: Kind, star: &str) -> Fact {
        Fact {
            id: String::new(),
            kind,
            star: star.to_owned(),
            said: "x".to_owned(),
            on: None,
            count: 1,
            from: String::new(),
            to: String::new(),
            names_other: false,
        }
    }

    const TEACHER: Kind = Kind::Moment(Teller::Teacher);
    const PEER: Kind = Kind::Moment(Teller::Peer);

    #[test]
    fn the_childs_moments_come_first_and_the_teachers_before_the_others() {
        let facts = [
            fact(Kind::Badge, ""),
            fact(Kind::Strong, "arts"),
            fact(PEER, "wisdom"),
            fact(TEACHER, "virtue"),
            fact(Kind::Grew, "health"),
        ];
        assert_eq!(order(&facts), [3, 2, 4, 1, 0]);
    }

    #[test]
    fn a_second_moment_of_a_star_waits_for_the_other_stars() {
        let facts = [
            fact(TEACHER, "virtue"),
            fact(TEACHER, "virtue"),
            fact(TEACHER, "labour"),
            fact(PEER, "health"),
        ];
        assert_eq!(order(&facts), [0, 2, 3]);
    }

    #[test]
    fn what_names_a_classmate_stays_out() {
        let mut named = fact(TEACHER, "virtue");
        named.names_other = true;
        assert_eq!(order(&[named, fact(PEER, "virtue")]), [1]);
    }

    #[test]
    fn a_star_spoken_of_is_not_praised_once_more() {
        let facts = [
            fact(TEACHER, "virtue"),
            fact(Kind::Praise, "virtue"),
            fact(Kind::Praise, "arts"),
        ];
        assert_eq!(order(&facts), [0, 2]);
    }

    proptest! {
        #[test]
        fn a_fit_never_leads_beyond_the_limit(frame in 0..60usize, lengths in prop::collection::vec(1..90usize, 0..9)) {
            let taken = fit(frame, &lengths);
            let total: usize = frame + lengths.iter().zip(&taken).filter(|(_, t)| **t).map(|(l, _)| l).sum::<usize>();
            prop_assert!(total <= LENGTH.1.max(frame));
            for (at, (length, took)) in lengths.iter().zip(&taken).enumerate() {
                let before: usize = frame + lengths.iter().zip(&taken).take(at).filter(|(_, t)| **t).map(|(l, _)| l).sum::<usize>();
                prop_assert_eq!(*took, before + length <= LENGTH.1);
            }
        }

        #[test]
        fn a_plan_holds_each_fact_once_and_nothing_that_names_another(kinds in prop::collection::vec((0..8usize, 0..3usize, any::<bool>()), 0..14)) {
            let all = [TEACHER, PEER, Kind::Moment(Teller::Parent), Kind::Grew, Kind::Goal, Kind::Strong, Kind::Praise, Kind::Badge];
            let stars = ["", "virtue", "arts"];
            let facts: Vec<Fact> = kinds.iter().map(|(kind, star, other)| Fact { names_other: *other, ..fact(all[*kind], stars[*star]) }).collect();
            let plan = order(&facts);
            let mut seen = std::collections::BTreeSet::new();
            prop_assert!(plan.iter().all(|at| seen.insert(*at) && !facts[*at].names_other));
            let usable = facts.iter().any(|f| !f.names_other && f.kind != Kind::Praise && f.kind != Kind::Strong);
            prop_assert!(!usable || !plan.is_empty());
        }

        #[test]
        fn neighbours_and_places_differ(child in "[0-9a-f]{8}", place in 0..9usize, n in 2..5usize) {
            let here = variant(&child, place, n);
            prop_assert!((1..=n).contains(&here));
            prop_assert_eq!(here, variant(&child, place, n));
            prop_assert_ne!(here, variant(&child, place + 1, n));
        }
    }
}
