//! Star cards (product.md, 星卡): five praises or one released moment in a dimension are its star, one star of each
//! dimension is a moon, four moons are a sun. Only ever more, never a number to lose, and never part of a score.

/// Praises that make a star.
pub const PRAISES_PER_STAR: u32 = 5;
/// Moons that make a sun.
pub const MOONS_PER_SUN: u32 = 4;

/// What was seen of a child in one dimension in a term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub praises: u32,
    /// Released ones.
    pub moments: u32,
}

impl Seen {
    /// The stars of this dimension.
    pub fn stars(self) -> u32 {
        (self.praises / PRAISES_PER_STAR).saturating_add(self.moments)
    }
}

/// A child's cards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cards {
    /// Stars of each dimension, in the order given.
    pub stars: Vec<u32>,
    /// Whether the dimension has its star towards the next moon.
    pub have: Vec<bool>,
    /// Moons that are not part of a sun.
    pub moons: u32,
    pub suns: u32,
}

/// The cards of what was seen in each dimension.
///
/// ```
/// # use starlight::domain::star_cards::{cards, Seen};
/// let once = Seen { praises: 5, moments: 0 };
/// let twice = Seen { praises: 3, moments: 2 };
/// let found = cards(&[once, twice, once, once, once]);
/// assert_eq!((found.suns, found.moons), (0, 1));
/// assert_eq!(found.have, [false, true, false, false, false]);
/// ```
pub fn cards(seen: &[Seen]) -> Cards {
    let stars: Vec<u32> = seen.iter().map(|s| s.stars()).collect();
    let all = stars.iter().copied().min().unwrap_or(0);
    Cards {
        have: stars.iter().map(|n| *n > all).collect(),
        moons: all % MOONS_PER_SUN,
        suns: all / MOONS_PER_SUN,
        stars,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::random::keyed;

    fn some(seed: u64) -> Vec<Seen> {
        let dice = |what: &str, most: u64| u32::try_from(keyed(seed, what) % most).unwrap();
        (0..5)
            .map(|d| Seen {
                praises: dice(&format!("p{d}"), 40),
                moments: dice(&format!("m{d}"), 6),
            })
            .collect()
    }

    #[test]
    fn nothing_seen_is_no_star() {
        assert_eq!(cards(&[]), Cards::default());
        let four = [Seen {
            praises: 4,
            moments: 0,
        }; 5];
        assert_eq!(cards(&four).have, [false; 5]);
    }

    #[test]
    fn four_of_each_are_a_sun() {
        let found = cards(
            &[Seen {
                praises: 0,
                moments: 4,
            }; 5],
        );
        assert_eq!(
            (found.suns, found.moons, found.have),
            (1, 0, vec![false; 5])
        );
    }

    #[test]
    fn no_more_than_four_stars_wait_for_the_fifth() {
        for seed in 0..500 {
            let found = cards(&some(seed));
            assert!(found.have.iter().filter(|h| **h).count() < 5);
            assert!(found.moons < MOONS_PER_SUN);
            let least = found.stars.iter().min().unwrap();
            assert_eq!(*least, found.suns * MOONS_PER_SUN + found.moons);
        }
    }

    #[test]
    fn one_more_moment_never_takes_anything_away() {
        for seed in 0..500 {
            for at in 0..5 {
                let mut seen = some(seed);
                let before = cards(&seen);
                seen[at].moments += 1;
                let after = cards(&seen);
                let whole = |c: &Cards| c.suns * MOONS_PER_SUN + c.moons;
                assert!(whole(&after) >= whole(&before));
                assert_eq!(after.stars[at], before.stars[at] + 1);
            }
        }
    }
}
