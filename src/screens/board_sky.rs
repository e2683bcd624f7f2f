//! Where the stars of a class's sky stand: scattered, apart from each other, the same on every
//! load for the same seed. A star belongs to no child: which ones are lit is drawn from the seed
//! too, so that neither place nor order tells anything. Used by `board::SkySlide`.

use super::explain_digits::coordinate;
use serde::Serialize;

/// The part of the 1920 × 1080 sky in which stars may stand, clear of title and hills.
const LEFT: f64 = 96.0;
const RIGHT: f64 = 1824.0;
const TOP: f64 = 262.0;
const BOTTOM: f64 = 640.0;

/// All stars, in an order that says nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sky {
    pub stars: Vec<Star>,
    pub dust: Vec<Dust>,
}

/// One star's middle.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Star {
    pub x: String,
    pub y: String,
    pub lit: bool,
}

/// A speck of the background.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dust {
    pub x: String,
    pub y: String,
    pub r: String,
    pub opacity: String,
}

/// `children` stars of which `lit` shine; `seed` is fixed for a class and round, so that stars
/// stay where they are and each further child lights one more.
pub fn sky(children: u32, lit: u32, seed: u64) -> Sky {
    let mut dice = Dice(seed);
    let spots = spots(children, &mut dice);
    let stars = (0u32..)
        .zip(spots)
        .map(|(i, (x, y))| Star {
            x: coordinate(x),
            y: coordinate(y),
            lit: i < lit,
        })
        .collect();
    Sky {
        stars,
        dust: dust(90, &mut dice),
    }
}

/// A jittered grid, shuffled: even enough not to overlap, loose enough to look like a sky.
fn spots(children: u32, dice: &mut Dice) -> Vec<(f64, f64)> {
    let rows: u32 = if children > 24 { 4 } else { 3 };
    let columns = children.div_ceil(rows).max(1);
    let (dx, dy) = (
        (RIGHT - LEFT) / f64::from(columns),
        (BOTTOM - TOP) / f64::from(rows),
    );
    let mut cells: Vec<(f64, f64)> = (0..rows)
        .flat_map(|row| (0..columns).map(move |column| (column, row)))
        .map(|(column, row)| {
            let shift = if row % 2 == 0 { 0.25 } else { -0.25 };
            let x = f64::from(column) + 0.5 + shift + (dice.unit() - 0.5) * 0.22;
            let y = f64::from(row) + 0.5 + (dice.unit() - 0.5) * 0.3;
            (LEFT + dx * x, TOP + dy * y)
        })
        .collect();
    shuffle(&mut cells, dice);
    let wanted = usize::try_from(children).unwrap_or(usize::MAX);
    cells.truncate(wanted);
    cells
}

pub(super) fn shuffle<T>(items: &mut [T], dice: &mut Dice) {
    for last in (1..items.len()).rev() {
        let bound = u64::try_from(last).map_or(u64::MAX, |l| l.saturating_add(1));
        let other = usize::try_from(dice.next() % bound).unwrap_or(last);
        items.swap(last, other);
    }
}

pub(super) fn dust(count: u32, dice: &mut Dice) -> Vec<Dust> {
    (0..count)
        .map(|_| Dust {
            x: coordinate(dice.unit() * 1920.0),
            y: coordinate(200.0 + dice.unit() * 540.0),
            r: coordinate(0.8 + dice.unit() * 1.2),
            opacity: super::explain_digits::fixed(0.2 + dice.unit() * 0.5, 2),
        })
        .collect()
}

/// SplitMix64: small, good enough to scatter stars, the same everywhere.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 ≤ x < 1.
    pub(super) fn unit(&mut self) -> f64 {
        u32::try_from(self.next() >> 32).map_or(0.0, f64::from) / 4_294_967_296.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_further_child_lights_one_star_and_moves_none() {
        let (before, after) = (sky(45, 37, 7), sky(45, 38, 7));
        assert_eq!(after.stars.iter().filter(|s| s.lit).count(), 38);
        let moved = before.stars.iter().zip(&after.stars);
        assert!(moved.clone().all(|(a, b)| a.x == b.x && a.y == b.y));
        assert_eq!(moved.filter(|(a, b)| a.lit != b.lit).count(), 1);
    }

    #[test]
    fn stars_keep_apart_and_inside() {
        for seed in 0..20 {
            let at = |s: &Star| (s.x.parse::<f64>().unwrap(), s.y.parse::<f64>().unwrap());
            let stars: Vec<(f64, f64)> = sky(50, 20, seed).stars.iter().map(at).collect();
            assert_eq!(stars.len(), 50);
            for (i, a) in stars.iter().enumerate() {
                assert!(a.0 > 60.0 && a.0 < 1860.0 && a.1 > 250.0 && a.1 < 650.0);
                let near = |b: &(f64, f64)| (a.0 - b.0).hypot(a.1 - b.1) < 66.0;
                assert!(!stars.iter().skip(i + 1).any(near));
            }
        }
    }
}
