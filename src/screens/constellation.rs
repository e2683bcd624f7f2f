//! Where the stars of the school's constellations stand: a grade is a constellation, a class one of its stars. Which of a
//! constellation's stars are lit is drawn, so that none of them is a certain class. Used by `board::ConstellationSlide`.

use super::board_sky::{Dice, Dust, Star, dust, shuffle};
use super::explain_digits::coordinate;
use serde::Serialize;

/// A constellation's picture: 600 × 270, with room for a star's glow.
const WIDE: f64 = 600.0;
const MARGIN: f64 = 66.0;
const TOP: f64 = 60.0;
const BAND: f64 = 156.0;

/// All constellations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Constellations {
    pub grades: Vec<Constellation>,
    pub dust: Vec<Dust>,
    /// Side of a star's drawing of 100 units, the same for all.
    pub scale: String,
    pub half: String,
}

/// One grade's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Constellation {
    pub grade: u8,
    pub stars: Vec<Star>,
    /// The line through its stars.
    pub path: String,
}

/// Constellations of grades with as many stars as classes, of which some are lit.
pub fn constellations(grades: &[(u8, u32, u32)], seed: u64) -> Constellations {
    let most = grades
        .iter()
        .map(|(_, classes, _)| *classes)
        .max()
        .unwrap_or(1);
    let scale = if most > 8 { 0.46 } else { 0.58 };
    let mut dice = Dice(seed);
    Constellations {
        grades: grades.iter().map(|grade| one(*grade, &mut dice)).collect(),
        dust: dust(110, &mut dice),
        scale: coordinate(scale),
        half: coordinate(scale * 50.0),
    }
}

fn one((grade, classes, lit): (u8, u32, u32), dice: &mut Dice) -> Constellation {
    let spots = spots(classes, dice);
    let mut order: Vec<u32> = (0..classes).collect();
    shuffle(&mut order, dice);
    let shines = |n: u32| {
        order
            .iter()
            .take(usize::try_from(lit).unwrap_or(0))
            .any(|one| *one == n)
    };
    let point = |(x, y): &(f64, f64)| format!("{} {}", coordinate(*x), coordinate(*y));
    Constellation {
        grade,
        path: format!("M{}", spots.iter().map(point).collect::<Vec<_>>().join("L")),
        stars: (0u32..)
            .zip(&spots)
            .map(|(n, (x, y))| Star {
                x: coordinate(*x),
                y: coordinate(*y),
                lit: shines(n),
            })
            .collect(),
    }
}

/// From left to right, up and down by turns: far enough from one another, loose enough to look found.
fn spots(classes: u32, dice: &mut Dice) -> Vec<(f64, f64)> {
    let step = (WIDE - 2.0 * MARGIN) / f64::from(classes.saturating_sub(1).max(1));
    let alone = if classes == 1 {
        WIDE / 2.0 - MARGIN
    } else {
        0.0
    };
    (0..classes)
        .map(|n| {
            let half = if n % 2 == 0 { 0.0 } else { 0.58 };
            let y = BAND * (half + dice.unit() * 0.42);
            (MARGIN + alone + step * f64::from(n), TOP + y)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_of_a_grade_keep_apart() {
        for seed in 0..20 {
            let grades: Vec<(u8, u32, u32)> = (1..=6).map(|grade| (grade, 8, 3)).collect();
            let sky = constellations(&grades, seed);
            for grade in &sky.grades {
                let at = |s: &Star| (s.x.parse::<f64>().unwrap(), s.y.parse::<f64>().unwrap());
                let stars: Vec<(f64, f64)> = grade.stars.iter().map(at).collect();
                assert_eq!(grade.stars.iter().filter(|s| s.lit).count(), 3);
                for (i, a) in stars.iter().enumerate() {
                    assert!(a.0 >= 60.0 && a.0 <= 540.0 && a.1 >= 55.0 && a.1 <= 220.0);
                    let near = |b: &(f64, f64)| (a.0 - b.0).hypot(a.1 - b.1) < 58.0;
                    assert!(!stars.iter().skip(i + 1).any(near), "{seed}");
                }
            }
        }
    }

    #[test]
    fn one_class_is_a_star_in_the_middle() {
        let sky = constellations(&[(1, 1, 1)], 3);
        assert_eq!(sky.grades[0].stars[0].x, "300");
        assert!(sky.grades[0].stars[0].lit);
    }
}
