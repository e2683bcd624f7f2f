//! What of its results a child and its family see (product.md, rule 3; security.md S-71 to S-75): levels in words, and
//! half stars only of what was released. Used by `actions::child_view` and by the words of a subject teacher's page.
//!
//! Until the classmates' part is released, every level comes from the other voices alone, so that no peer mark can move
//! it; once released, the level is the published one of that release, unchanged until the next.

use super::{
    published::{DimensionStep, PublishedStudent},
    release::{ENOUGH_CHILDREN, ENOUGH_RATERS, half_stars},
    rubric::{SOURCES, Source, star},
    scoring::voices::blend,
};

/// Everything the decision rests on.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Weights of the voices as in the rubric, by [`Source::ALL`].
    pub weights: [f64; SOURCES],
    /// n: how many words the scale of the class has, 2…9.
    pub levels: u8,
    /// Children of the class in the newest publication.
    pub children: usize,
    /// The child's row in the newest publication of the term.
    pub newest: &'a PublishedStudent,
    /// Its row in the publication before that.
    pub before: Option<&'a PublishedStudent>,
    /// The publication whose peer part was released last.
    pub released: Option<Released<'a>>,
}

/// A released publication.
#[derive(Clone, Copy, Debug)]
pub struct Released<'a> {
    /// The child's row exactly as it was published then.
    pub results: &'a PublishedStudent,
    /// Distinct raters behind it.
    pub raters: usize,
}

/// What may be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    /// By the rubric's dimensions.
    pub stars: Vec<StarSight>,
    /// Voices of the rubric that weigh something, in the order of [`Source::ALL`].
    pub voices: Vec<VoiceSight>,
    /// Voices that came, waiting ones included.
    pub came: usize,
    /// Whether the levels hold the classmates' part.
    pub peer_shown: bool,
}

/// One star.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StarSight {
    /// Word 1…n of the scale; none: not yet.
    pub level: Option<u8>,
    /// Half stars 0…10; none while a number would tell the classmates' part.
    pub halves: Option<u8>,
    /// Level of the round before and of the newest round where it rose, both without the classmates' part.
    pub rose: Option<(u8, u8)>,
}

/// One voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoiceSight {
    pub source: Source,
    pub state: Came,
    /// Distinct raters of a released peer part; 0 elsewhere.
    pub count: usize,
}

/// Whether a voice came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Spoke,
    /// It came and is shown once enough have spoken.
    Waiting,
    Absent,
}

/// Decides; pure, so that equal grounds give equal sights.
///
/// ```
/// use starlight::domain::{child_view::{Ground, sight}, published::PublishedStudent};
/// let nobody = PublishedStudent::default();
/// let ground = Ground { weights: [0.1, 0.3, 0.4, 0.2], levels: 4, children: 45, newest: &nobody, before: None, released: None };
/// assert_eq!(sight(&ground).came, 0);
/// ```
pub fn sight(ground: &Ground<'_>) -> Sight {
    let released = ground
        .released
        .filter(|r| r.raters >= ENOUGH_RATERS && ground.children >= ENOUGH_CHILDREN);
    let voices = voices(ground, released);
    Sight {
        stars: (0..ground.newest.term.dimensions.len())
            .map(|at| one_star(ground, released, at))
            .collect(),
        came: voices.iter().filter(|v| v.state != Came::Absent).count(),
        voices,
        peer_shown: released.is_some(),
    }
}

fn one_star(ground: &Ground<'_>, released: Option<Released<'_>>, at: usize) -> StarSight {
    let shown = released.map(|r| r.results.term.dimensions.get(at).and_then(|d| d.score));
    let others = || {
        let step = ground.newest.term.dimensions.get(at)?;
        without_peers(ground.weights, step)
    };
    StarSight {
        level: shown
            .unwrap_or_else(others)
            .map(|score| level(score, ground.levels)),
        halves: shown.flatten().map(halves),
        rose: rose(ground, at),
    }
}

fn rose(ground: &Ground<'_>, at: usize) -> Option<(u8, u8)> {
    let of = |row: &PublishedStudent| {
        let score = without_peers(ground.weights, row.round.dimensions.get(at)?)?;
        Some(level(score, ground.levels))
    };
    let (before, now) = (of(ground.before?)?, of(ground.newest)?);
    (now > before).then_some((before, now))
}

/// A dimension's number from self, teacher and family alone (scoring.md 4 with the peer weight 0), in stars.
pub fn without_peers(weights: [f64; SOURCES], step: &DimensionStep) -> Option<f64> {
    without(Source::Peer, weights, step)
}

fn without(source: Source, mut weights: [f64; SOURCES], step: &DimensionStep) -> Option<f64> {
    if let Some(left_out) = weights.get_mut(source.position()) {
        *left_out = 0.0;
    }
    blend(weights, step.said, step.means).score
}

/// What the child says of itself in a dimension, and what all others say together, in stars: for its homeroom teacher.
pub fn own_and_others(weights: [f64; SOURCES], step: &DimensionStep) -> (Option<f64>, Option<f64>) {
    let at = Source::SelfRating.position();
    let own = step.said.get(at).copied().flatten();
    (own, without(Source::SelfRating, weights, step))
}

/// Places of the stars with the highest word, at most two; none where all stand alike.
pub fn strengths(sight: &Sight) -> Vec<usize> {
    let best = sight.stars.iter().filter_map(|s| s.level).max();
    let stars = sight.stars.iter().enumerate();
    let top: Vec<usize> = stars
        .filter(|(_, s)| s.level.is_some() && s.level == best)
        .map(|(at, _)| at)
        .collect();
    if top.len() <= 2 { top } else { Vec::new() }
}

/// The word 1…n nearest to a number in stars, the higher one of two equally near.
///
/// ```
/// # use starlight::domain::child_view::level;
/// assert_eq!([level(1.0, 4), level(3.0, 4), level(5.0, 4)], [1, 3, 4]);
/// ```
pub fn level(score: f64, n: u8) -> u8 {
    let far = |anchor: &u8| (star(*anchor, n) - score).abs();
    (1..=n.max(2))
        .rev()
        .reduce(|best, next| {
            if far(&next) < far(&best) - 1e-9 {
                next
            } else {
                best
            }
        })
        .unwrap_or(1)
}

fn halves(score: f64) -> u8 {
    let shown = half_stars(score);
    (0..=10)
        .rev()
        .find(|n| f64::from(*n) <= shown * 2.0 + 1e-9)
        .unwrap_or(0)
}

fn voices(ground: &Ground<'_>, released: Option<Released<'_>>) -> Vec<VoiceSight> {
    let said = ground.newest.term.voices.iter().map(|v| v.said.is_some());
    let counted = Source::ALL.into_iter().zip(ground.weights).zip(said);
    counted
        .filter(|((_, weight), _)| *weight > 0.0)
        .map(|((source, _), said)| match (source, released, said) {
            (Source::Peer, Some(r), _) => VoiceSight {
                source,
                state: Came::Spoke,
                count: r.raters,
            },
            (Source::Peer, None, true) => VoiceSight {
                source,
                state: Came::Waiting,
                count: 0,
            },
            (_, _, true) => VoiceSight {
                source,
                state: Came::Spoke,
                count: 0,
            },
            (_, _, false) => VoiceSight {
                source,
                state: Came::Absent,
                count: 0,
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        published::{Number, VoiceStep},
        release::{PeerView, Release, RoundSheets, SheetVersion, decide},
    };

    const WEIGHTS: [f64; SOURCES] = [0.1, 0.3, 0.4, 0.2];

    /// A row of one star: self 4, teacher 3, family missing, classmates `peer`.
    fn row(peer: Option<f64>) -> PublishedStudent {
        let said = [Some(4.0), peer, Some(3.0), None];
        let means = [Some(4.2), peer.map(|_| 3.5), Some(3.1), Some(4.5)];
        let score = blend(WEIGHTS, said, means).score;
        let number = Number {
            voices: said.map(|said| VoiceStep {
                said,
                ..VoiceStep::default()
            }),
            dimensions: vec![DimensionStep { score, said, means }],
            ..Number::default()
        };
        PublishedStudent {
            round: number.clone(),
            term: number,
            ..PublishedStudent::default()
        }
    }

    fn ground<'a>(newest: &'a PublishedStudent, released: Option<Released<'a>>) -> Ground<'a> {
        Ground {
            weights: WEIGHTS,
            levels: 4,
            children: 45,
            newest,
            before: None,
            released,
        }
    }

    fn rounds(raters: &str, revision: u32) -> Vec<RoundSheets> {
        let sheets = raters.chars().map(|rater| SheetVersion {
            round: "r1".to_owned(),
            rater: rater.to_string(),
            revision,
        });
        vec![RoundSheets {
            round: "r1".to_owned(),
            published: true,
            sheets: sheets.collect(),
        }]
    }

    /// The sight after a publication with these raters, as the actions make it.
    fn after(
        raters: &str,
        last: Option<&Release>,
        then: &PublishedStudent,
        newest: &PublishedStudent,
    ) -> Sight {
        let released = match decide(&rounds(raters, 1), last, 45).view {
            PeerView::Released { raters, .. } => Some(Released {
                results: then,
                raters,
            }),
            PeerView::Hidden { .. } => None,
        };
        sight(&ground(newest, released))
    }

    #[test]
    fn four_raters_move_nothing() {
        let kind = after("abcd", None, &row(Some(5.0)), &row(Some(5.0)));
        let harsh = after("abcd", None, &row(Some(1.0)), &row(Some(1.0)));
        assert_eq!(kind, harsh);
        assert!(!kind.peer_shown);
        assert_eq!(kind.stars[0].halves, None);
        assert_eq!(kind.stars[0].level, Some(3));
        let peer = kind
            .voices
            .iter()
            .find(|v| v.source == Source::Peer)
            .unwrap();
        assert_eq!((peer.state, peer.count, kind.came), (Came::Waiting, 0, 3));
    }

    #[test]
    fn five_raters_are_shown_with_their_number() {
        let kind = after("abcde", None, &row(Some(5.0)), &row(Some(5.0)));
        let harsh = after("abcde", None, &row(Some(1.0)), &row(Some(1.0)));
        assert!(kind.peer_shown && harsh.peer_shown);
        assert!(kind.stars[0].halves > harsh.stars[0].halves);
        let peer = kind
            .voices
            .iter()
            .find(|v| v.source == Source::Peer)
            .unwrap();
        assert_eq!((peer.state, peer.count), (Came::Spoke, 5));
    }

    #[test]
    fn later_sheets_of_fewer_than_five_leave_what_is_shown() {
        let first = decide(&rounds("abcde", 1), None, 45).renewed.unwrap();
        let then = row(Some(4.0));
        let same = after("abcde", Some(&first), &then, &then);
        for (raters, newest) in [
            ("abcdef", row(Some(1.0))),
            ("abc", row(Some(5.0))),
            ("abcdefghi", row(None)),
        ] {
            let later = after(raters, Some(&first), &then, &newest);
            assert_eq!(later.stars, same.stars, "{raters}");
            assert_eq!(later.voices, same.voices, "{raters}");
        }
    }

    #[test]
    fn a_class_of_five_sees_no_peer_part() {
        let then = row(Some(5.0));
        let small = Ground {
            children: 5,
            ..ground(
                &then,
                Some(Released {
                    results: &then,
                    raters: 8,
                }),
            )
        };
        let alone = row(None);
        let levels = |s: Sight| {
            s.stars
                .iter()
                .map(|s| (s.level, s.halves))
                .collect::<Vec<_>>()
        };
        assert_eq!(levels(sight(&small)), levels(sight(&ground(&alone, None))));
    }

    #[test]
    fn only_rises_are_told_and_only_from_the_other_voices() {
        let lower = {
            let mut before = row(Some(5.0));
            before.round.dimensions[0].said = [Some(1.0), Some(5.0), Some(1.0), None];
            before
        };
        let now = row(Some(1.0));
        let mut told = ground(&now, None);
        told.before = Some(&lower);
        // The missing family is filled in by the rule, so that 1 and 1 make a little more than 1.
        assert_eq!(sight(&told).stars[0].rose, Some((2, 3)));
        let mut fell = ground(&lower, None);
        fell.before = Some(&now);
        assert_eq!(sight(&fell).stars[0].rose, None);
    }

    #[test]
    fn half_stars_count_in_halves() {
        assert_eq!([1.0, 4.24, 4.25, 5.0].map(halves), [2, 8, 9, 10]);
    }
}
