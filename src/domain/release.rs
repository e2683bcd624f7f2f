//! What a child or family may see of anything that contains a peer part (product.md, rule 3), and
//! the bands and half stars they see it in. Used by every page, export and answer for them.

use std::collections::BTreeSet;

/// Distinct raters below which nothing is shown, and that must be new for it to be renewed.
pub const ENOUGH_RATERS: usize = 5;
/// Children in the class below which nothing is shown at all.
pub const ENOUGH_CHILDREN: usize = 6;

/// One version of one peer sheet about the child. A corrected sheet has another revision.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetVersion {
    pub round: String,
    pub rater: String,
    pub revision: u32,
}

/// The counting peer sheets about one child in one round of the term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundSheets {
    pub round: String,
    pub published: bool,
    pub sheets: Vec<SheetVersion>,
}

/// What was shown last: stored with the band itself, which is shown unchanged until renewed;
/// computing it anew from later sheets would show each sheet that came since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The last published round at that time.
    pub as_of_round: String,
    pub sheets: BTreeSet<SheetVersion>,
}

/// What may be seen now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeerView {
    /// Words come from the other voices; nothing that contains a peer part is shown.
    Hidden { raters_so_far: usize },
    /// The band of that release, with the number of distinct raters behind it.
    Released { as_of_round: String, raters: usize },
}

/// The view, and the release to store first where it is a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub view: PeerView,
    pub renewed: Option<Release>,
}

/// Decides for one child. `rounds`: the term's, in time; those not published are not looked at.
/// `last`: the release in force, of this term. `children`: enrolled in the child's class.
/// Withdrawn sheets count as changed. Where raters became fewer than five after a release, that
/// release stays, since it tells nothing about what changed.
///
/// ```
/// use starlight::domain::release::{decide, PeerView};
/// assert_eq!(decide(&[], None, 45).view, PeerView::Hidden { raters_so_far: 0 });
/// ```
#[must_use]
pub fn decide(rounds: &[RoundSheets], last: Option<&Release>, children: usize) -> Decision {
    let published = || rounds.iter().filter(|round| round.published);
    let now: BTreeSet<SheetVersion> = published()
        .flat_map(|round| round.sheets.iter().cloned())
        .collect();
    let so_far = distinct(&now);
    if children < ENOUGH_CHILDREN {
        return Decision {
            view: PeerView::Hidden {
                raters_so_far: so_far,
            },
            renewed: None,
        };
    }
    let moved: BTreeSet<SheetVersion> = match last {
        Some(last) => last.sheets.symmetric_difference(&now).cloned().collect(),
        None => now.clone(),
    };
    let newest = published().next_back().map(|round| round.round.clone());
    match (newest, last) {
        (Some(as_of_round), _) if so_far >= ENOUGH_RATERS && distinct(&moved) >= ENOUGH_RATERS => {
            let view = PeerView::Released {
                as_of_round: as_of_round.clone(),
                raters: so_far,
            };
            Decision {
                view,
                renewed: Some(Release {
                    as_of_round,
                    sheets: now,
                }),
            }
        }
        (_, Some(last)) => Decision {
            view: shown(last),
            renewed: None,
        },
        _ => Decision {
            view: PeerView::Hidden {
                raters_so_far: so_far,
            },
            renewed: None,
        },
    }
}

fn shown(release: &Release) -> PeerView {
    PeerView::Released {
        as_of_round: release.as_of_round.clone(),
        raters: distinct(&release.sheets),
    }
}

fn distinct(sheets: &BTreeSet<SheetVersion>) -> usize {
    sheets
        .iter()
        .map(|sheet| sheet.rater.as_str())
        .collect::<BTreeSet<_>>()
        .len()
}

/// Five levels in words, each around a whole star.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    Sprouting,
    Leafing,
    Budding,
    Blooming,
    Shining,
}

impl Band {
    /// The key of the text in the interface.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sprouting => "sprouting",
            Self::Leafing => "leafing",
            Self::Budding => "budding",
            Self::Blooming => "blooming",
            Self::Shining => "shining",
        }
    }
}

/// The band of a score in stars 1…5: the nearest whole star, halves upwards.
///
/// ```
/// use starlight::domain::release::{Band, band};
/// assert_eq!(band(4.49), Band::Blooming);
/// assert_eq!(band(4.5), Band::Shining);
/// ```
#[must_use]
pub fn band(score: f64) -> Band {
    let reached = |bound: f64| score > bound - SAME;
    match () {
        () if reached(4.5) => Band::Shining,
        () if reached(3.5) => Band::Blooming,
        () if reached(2.5) => Band::Budding,
        () if reached(1.5) => Band::Leafing,
        () => Band::Sprouting,
    }
}

/// Stars 1…5 rounded to halves, quarters upwards.
#[must_use]
pub fn half_stars(score: f64) -> f64 {
    ((score + SAME) * 2.0 + 0.5).floor() / 2.0
}

/// Numbers closer than this count as equal (scoring.md, introduction).
const SAME: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::*;

    fn round(name: &str, published: bool, raters: &str) -> RoundSheets {
        let sheets = raters.chars().map(|rater| sheet(name, rater, 1)).collect();
        RoundSheets {
            round: name.to_owned(),
            published,
            sheets,
        }
    }

    fn sheet(round: &str, rater: char, revision: u32) -> SheetVersion {
        SheetVersion {
            round: round.to_owned(),
            rater: rater.to_string(),
            revision,
        }
    }

    fn released(round: &str, raters: usize) -> PeerView {
        PeerView::Released {
            as_of_round: round.to_owned(),
            raters,
        }
    }

    #[test]
    fn published_rounds_add_up_to_five_raters() {
        let rounds = [round("r1", true, "abc"), round("r2", true, "bcd")];
        assert_eq!(
            decide(&rounds, None, 45).view,
            PeerView::Hidden { raters_so_far: 4 }
        );
        let rounds = [round("r1", true, "abc"), round("r2", true, "cde")];
        assert_eq!(decide(&rounds, None, 45).view, released("r2", 5));
    }

    #[test]
    fn an_unpublished_round_counts_for_nothing() {
        let rounds = [round("r1", true, "abcd"), round("r2", false, "efgh")];
        assert_eq!(
            decide(&rounds, None, 45),
            Decision {
                view: PeerView::Hidden { raters_so_far: 4 },
                renewed: None
            }
        );
    }

    #[test]
    fn a_group_of_five_sees_nothing() {
        let rounds = [round("r1", true, "abcdefgh")];
        assert_eq!(
            decide(&rounds, None, 5).view,
            PeerView::Hidden { raters_so_far: 8 }
        );
        assert_eq!(decide(&rounds, None, 6).view, released("r1", 8));
        let before = decide(&rounds, None, 6).renewed;
        assert_eq!(
            decide(&rounds, before.as_ref(), 5).view,
            PeerView::Hidden { raters_so_far: 8 }
        );
    }

    #[test]
    fn renewed_only_by_five_more() {
        let mut rounds = vec![round("r1", true, "abcde")];
        let first = decide(&rounds, None, 45).renewed.unwrap();
        rounds.push(round("r2", true, "abfg"));
        let later = decide(&rounds, Some(&first), 45);
        assert_eq!(
            later,
            Decision {
                view: released("r1", 5),
                renewed: None
            },
            "four raters are too few"
        );
        rounds.push(round("r3", true, "h"));
        let third = decide(&rounds, Some(&first), 45);
        assert_eq!(third.view, released("r3", 8));
        assert_eq!(third.renewed.unwrap().sheets.len(), 10);
    }

    #[test]
    fn one_rater_in_five_rounds_is_one_rater() {
        let mut rounds = vec![round("r1", true, "abcde")];
        let first = decide(&rounds, None, 45).renewed.unwrap();
        rounds.extend(["r2", "r3", "r4", "r5", "r6"].map(|name| round(name, true, "a")));
        assert_eq!(decide(&rounds, Some(&first), 45).view, released("r1", 5));
    }

    #[test]
    fn corrections_wait_for_company() {
        let mut rounds = vec![round("r1", true, "abcde")];
        let first = decide(&rounds, None, 45).renewed.unwrap();
        rounds[0].sheets[0] = sheet("r1", 'a', 2);
        rounds[0].sheets.pop();
        assert_eq!(
            decide(&rounds, Some(&first), 45),
            Decision {
                view: released("r1", 5),
                renewed: None
            }
        );
        rounds[0].sheets = ('a'..='e').map(|rater| sheet("r1", rater, 2)).collect();
        assert!(decide(&rounds, Some(&first), 45).renewed.is_some());
    }

    #[test]
    fn the_same_again_renews_nothing() {
        let rounds = [round("r1", true, "abcdef")];
        let first = decide(&rounds, None, 45).renewed.unwrap();
        assert_eq!(decide(&rounds, Some(&first), 45).renewed, None);
    }

    #[test]
    fn bands_and_half_stars() {
        let scores = [1.0, 1.49, 1.5, 2.5, 3.4999, 3.499_999_999_9, 4.5, 5.0];
        let keys: Vec<&str> = scores.iter().map(|score| band(*score).key()).collect();
        assert_eq!(
            keys,
            [
                "sprouting",
                "sprouting",
                "leafing",
                "budding",
                "budding",
                "blooming",
                "shining",
                "shining"
            ]
        );
        assert_eq!(
            [4.24, 4.25, 4.249_999_999_9, 4.74, 5.0].map(half_stars),
            [4.0, 4.5, 4.5, 4.5, 5.0]
        );
    }
}
