//! What stands on each kind of slide, and how classes are spread over slides. Nothing in here can hold a child's total,
//! place or deduction: there is no field for it. Used by `board`.

use super::board::Slide;
use super::board_sky::Sky;
use super::constellation::Constellations;
use super::ranking::Trend;
use super::trend_line::TrendLine;
use serde::Serialize;

/// Rows of a ranking slide and tiles of the others that still read from the back of a hall.
pub const ROWS: usize = 7;
/// Gold tiles beside each other, and equal tiles in a row.
const LEADERS: usize = 4;
const TILES: usize = 5;

/// Up to seven classes of a grade in order.
#[derive(Debug, Clone, Serialize)]
pub struct RankSlide {
    pub grade: u8,
    pub period: String,
    pub page: u32,
    pub pages: u32,
    pub rows: Vec<ScreenClass>,
}

/// A class on a screen.
#[derive(Debug, Clone, Serialize)]
pub struct ScreenClass {
    pub code: String,
    pub name: String,
    /// None: 统计中.
    pub place: Option<u32>,
    pub points: Option<String>,
    pub band: bool,
    pub trend: Option<Trend>,
    /// A strength in at most four characters, and its star.
    pub strength: Option<Strength>,
}

/// Something a class does well, in at most four characters, with a star's shape.
#[derive(Debug, Clone, Serialize)]
pub struct Strength {
    pub dimension: String,
    pub text: String,
}

/// The gold-band view: leaders in order, every other class as an equal tile.
#[derive(Debug, Clone, Serialize)]
pub struct BandSlide {
    pub grade: u8,
    pub period: String,
    pub leaders: Vec<ScreenClass>,
    pub others: Vec<ScreenClass>,
    /// All tiles of the same size in one grid, leaders first.
    pub mixed: bool,
}

impl BandSlide {
    /// Leaders in order and equal tiles of a grade, by class code: as few slides as read well, and none with a single
    /// class that is not a leader.
    pub fn of(grade: u8, period: &str, rows: Vec<ScreenClass>) -> Vec<Slide> {
        let (leaders, mut others): (Vec<ScreenClass>, Vec<ScreenClass>) =
            rows.into_iter().partition(|row| row.band);
        others.sort_by(|a, b| (a.code.len(), &a.code).cmp(&(b.code.len(), &b.code)));
        let page = |leaders: &[ScreenClass], others: &[ScreenClass]| {
            Slide::Band(Self {
                grade,
                period: period.to_owned(),
                leaders: leaders.to_vec(),
                others: others.to_vec(),
                mixed: leaders.len() > LEADERS || others.len() > TILES,
            })
        };
        let beside = leaders.len() <= LEADERS;
        if leaders.len() + others.len() <= 2 * LEADERS {
            return vec![page(&leaders, &others)];
        }
        if beside {
            let mut tiles = evenly(&others, TILES);
            let first = page(&leaders, tiles.next().unwrap_or_default());
            return std::iter::once(first)
                .chain(tiles.map(|t| page(&[], t)))
                .collect();
        }
        let alone = others.len() == 1;
        let golden: Vec<&[ScreenClass]> =
            evenly(&leaders, 2 * LEADERS - usize::from(alone)).collect();
        let last = golden.len().saturating_sub(1);
        let mut slides: Vec<Slide> = golden
            .iter()
            .enumerate()
            .map(|(n, gold)| page(gold, if alone && n == last { &others } else { &[] }))
            .collect();
        if !alone {
            slides.extend(evenly(&others, 2 * TILES).map(|tiles| page(&[], tiles)));
        }
        slides
    }
}

/// Pieces of nearly equal length, none longer than `most`.
fn evenly<T>(all: &[T], most: usize) -> std::slice::Chunks<'_, T> {
    let pieces = all.len().div_ceil(most).max(1);
    all.chunks(all.len().div_ceil(pieces).max(1))
}

/// This week's red flags, drawn in gold.
#[derive(Debug, Clone, Serialize)]
pub struct FlagSlide {
    /// The flag of progress.
    pub progress: bool,
    pub period: String,
    /// Grade and classes that share the flag.
    pub flags: Vec<FlagOf>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FlagOf {
    pub grade: u8,
    pub classes: Vec<String>,
}

/// One released moment: whom it is about, in the child's own class without it.
#[derive(Debug, Clone, Serialize)]
pub struct MomentSlide {
    pub who: String,
    /// The sentence without its end.
    pub text: String,
    /// Its last characters: they stay on one line.
    pub tail: String,
    /// How large the sentence can stand: short, middle or long.
    pub length: &'static str,
    pub class_name: String,
    pub dimension: String,
}

/// Names on a ceremony's slide.
const HONOURED: usize = 12;

/// Who holds the title of a round or term, in an order that says nothing.
#[derive(Debug, Clone, Serialize)]
pub struct CeremonySlide {
    pub period: String,
    /// Classes, not children.
    pub classes: bool,
    pub people: Vec<Honoured>,
}

/// A child's given name and its class; a class stands alone.
#[derive(Debug, Clone, Serialize)]
pub struct Honoured {
    pub who: Option<String>,
    pub class_name: String,
}

impl CeremonySlide {
    /// Everybody, on slides of nearly equal length.
    pub fn of(period: &str, people: Vec<Honoured>) -> Vec<Slide> {
        let slide = |people: &[Honoured]| {
            Slide::Ceremony(Self {
                period: period.to_owned(),
                classes: people.iter().all(|one| one.who.is_none()),
                people: people.to_vec(),
            })
        };
        match people.is_empty() {
            true => Vec::new(),
            false => evenly(&people, HONOURED).map(slide).collect(),
        }
    }
}

/// Released badges, at most six, in an order that says nothing.
#[derive(Debug, Clone, Serialize)]
pub struct BadgeSlide {
    pub badges: Vec<ScreenBadge>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ScreenBadge {
    /// First name only, or a class.
    pub who: String,
    pub class_name: String,
    pub badge: String,
    pub dimension: String,
}

/// How many took part in the whole school, and the classes where everybody did.
#[derive(Debug, Clone, Serialize)]
pub struct ParticipationSlide {
    pub done: u32,
    pub of: u32,
    /// Width of the bar of 100 units.
    pub bar: String,
    pub full_classes: Vec<String>,
    pub more: u32,
}

/// The school's classes as stars, a constellation a grade.
#[derive(Debug, Clone, Serialize)]
pub struct ConstellationSlide {
    pub lit: u32,
    pub of: u32,
    pub sky: Constellations,
}

/// The class's sky.
#[derive(Debug, Clone, Serialize)]
pub struct SkySlide {
    pub class_name: String,
    pub lit: u32,
    pub sky: Sky,
    pub moment: Option<String>,
    pub strength: Option<Strength>,
}

/// What a class is good at, one to three things.
#[derive(Debug, Clone, Serialize)]
pub struct StrengthSlide {
    pub class_name: String,
    pub strengths: Vec<Strength>,
}

/// A class's place in its grade, against its own rounds before.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceSlide {
    pub grade: u8,
    pub period: String,
    /// `line` draws the rounds before and this one.
    pub line: Option<TrendLine>,
    pub class: ScreenClass,
}

/// Cuts the classes of a grade into slides of nearly equal length, at most `ROWS` rows each.
pub fn ranking_slides(grade: u8, period: &str, classes: &[ScreenClass]) -> Vec<Slide> {
    let total = u32::try_from(classes.len().div_ceil(ROWS)).unwrap_or(u32::MAX);
    (1u32..)
        .zip(evenly(classes, ROWS))
        .map(|(page, rows)| {
            Slide::Ranking(RankSlide {
                grade,
                period: period.to_owned(),
                page,
                pages: total,
                rows: rows.to_vec(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(code: u32) -> ScreenClass {
        ScreenClass {
            code: code.to_string(),
            name: code.to_string(),
            place: Some(1),
            points: None,
            band: false,
            trend: None,
            strength: None,
        }
    }

    fn lengths(n: u32) -> Vec<usize> {
        let classes: Vec<ScreenClass> = (0..n).map(class).collect();
        let rows = |slide: Slide| match slide {
            Slide::Ranking(slide) => slide.rows.len(),
            _ => 0,
        };
        let slides = ranking_slides(4, "", &classes);
        slides.into_iter().map(rows).collect()
    }

    #[test]
    fn slides_are_even_and_never_above_seven_rows() {
        assert_eq!(lengths(7), [7]);
        assert_eq!(lengths(8), [4, 4]);
        assert_eq!(lengths(15), [5, 5, 5]);
        assert!(lengths(0).is_empty());
    }

    /// Leaders and other tiles of each slide.
    fn band(leaders: u32, others: u32) -> Vec<(usize, usize)> {
        let gold = |n| ScreenClass {
            band: n <= leaders,
            ..class(n)
        };
        let slides = BandSlide::of(4, "", (1..=leaders + others).map(gold).collect());
        let counts = |slide: Slide| match slide {
            Slide::Band(slide) => (slide.leaders.len(), slide.others.len()),
            _ => (0, 0),
        };
        slides.into_iter().map(counts).collect()
    }

    #[test]
    fn no_class_stands_alone_outside_the_band() {
        assert_eq!(band(3, 5), [(3, 5)]);
        assert_eq!(band(7, 1), [(7, 1)]);
        assert_eq!(band(2, 6), [(2, 6)]);
        assert_eq!(band(2, 8), [(2, 4), (0, 4)]);
        assert_eq!(band(8, 1), [(4, 0), (4, 1)]);
        assert_eq!(band(8, 4), [(8, 0), (0, 4)]);
        assert_eq!(band(0, 12), [(0, 4), (0, 4), (0, 4)]);
        for leaders in 0..=12 {
            for others in 0..=12 {
                let alone = band(leaders, others)
                    .into_iter()
                    .any(|slide| slide == (0, 1));
                assert!(!alone || leaders == 0, "{leaders} and {others}");
            }
        }
    }

    #[test]
    fn tiles_outside_the_band_stand_by_class_not_by_place() {
        let rows = [9, 8, 10, 7, 12, 11].map(class).to_vec();
        let Some(Slide::Band(slide)) = BandSlide::of(4, "", rows).pop() else {
            panic!("a slide");
        };
        let codes: Vec<&str> = slide.others.iter().map(|c| c.code.as_str()).collect();
        assert_eq!(codes, ["7", "8", "9", "10", "11", "12"]);
    }
}
