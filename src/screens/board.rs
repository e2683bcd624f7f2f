//! The paired displays: pairing page, hall slides, classroom sky and the frame that carries them.
//! Used by `GET /screen`, `GET /screen/show` and `GET /api/v1/screens/current/frame|events`;
//! templates `board/pairing.html`, `board/show.html` and one `board/slide_….html` per kind.
//! Nothing in here can hold a child's total, place or deduction: there is no field for it.

use super::board_sky::Sky;
use super::constellation::Constellations;
use super::ranking::Trend;
use super::teacher_shared::page;
use super::trend_line::TrendLine;
use super::{Engine, ScreenError, Shell};
use serde::Serialize;

page! {
    Pairing => "board/pairing.html", "staff-pairing-title";
    Show => "board/show.html", "staff-show-title";
    OneSlide => "board/fragment.html", "staff-show-title";
}

/// Rows of a ranking slide and tiles of the others that still read from the back of a hall.
pub const ROWS: usize = 7;
/// Gold tiles beside each other, and equal tiles in a row.
const LEADERS: usize = 4;
const TILES: usize = 5;

/// `GET /screen`: six digits to type into the office's page.
#[derive(Debug, Clone, Serialize)]
pub struct Pairing {
    pub code: String,
    /// Two groups of three, so that people read them out well.
    pub groups: [String; 2],
    pub minutes: u32,
}

/// A pairing page for a code of six digits.
pub fn pairing(code: &str, minutes: u32) -> Pairing {
    let head: String = code.chars().take(3).collect();
    let tail: String = code.chars().skip(3).collect();
    Pairing {
        code: code.to_owned(),
        groups: [head, tail],
        minutes,
    }
}

/// `GET /screen/show`: the first frame, drawn by the server.
#[derive(Debug, Clone, Serialize)]
pub struct Show {
    /// hall or classroom.
    pub kind: &'static str,
    pub title: String,
    pub slides: Vec<Slide>,
    /// Which slide is shown first; without script each refresh shows the next.
    pub at: u32,
    /// Address of the page at the next slide, for displays without script.
    pub next: String,
    /// `HH:MM` by the school's clock.
    pub updated_at: String,
    /// Version of the frame: the `id:` of the event stream and the `ETag`.
    pub version: String,
    /// Seconds a slide stays, at least 12.
    pub seconds: u32,
    /// show, calm (a lesson, or hidden by the teacher), dark or off.
    pub mode: &'static str,
    /// night or day.
    pub light: &'static str,
}

impl Show {
    /// A display that was turned off: dark until it is turned on.
    pub fn off() -> Self {
        Self {
            kind: "hall",
            title: String::new(),
            slides: Vec::new(),
            at: 0,
            next: "/screen/show".to_owned(),
            updated_at: String::new(),
            version: String::new(),
            seconds: 15,
            mode: "off",
            light: "night",
        }
    }
}

/// The frame as JSON: slides already drawn by the same partials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frame {
    pub version: String,
    pub updated_at: String,
    pub seconds: u32,
    pub mode: &'static str,
    pub light: &'static str,
    pub slides: Vec<DrawnSlide>,
}

impl Frame {
    /// The slides of one board alone.
    #[must_use]
    pub fn only(&self, board: &str) -> Self {
        let mut frame = self.clone();
        frame.slides.retain(|slide| slide.board == board);
        frame
    }
}

/// One slide drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DrawnSlide {
    /// The board it belongs to, as in `domain/programme.rs`.
    pub board: &'static str,
    pub kind: &'static str,
    pub html: String,
}

/// One slide to be drawn alone.
#[derive(Debug, Clone, Serialize)]
pub struct OneSlide {
    pub slide: Slide,
}

/// The frame of a page: every slide drawn by the partials that the page itself uses.
pub fn frame(engine: &Engine, shell: &Shell, show: &Show) -> Result<Frame, ScreenError> {
    let slides = show.slides.iter().map(|slide| draw(engine, shell, slide));
    Ok(Frame {
        version: show.version.clone(),
        updated_at: show.updated_at.clone(),
        seconds: show.seconds,
        mode: show.mode,
        light: show.light,
        slides: slides.collect::<Result<_, _>>()?,
    })
}

fn draw(engine: &Engine, shell: &Shell, slide: &Slide) -> Result<DrawnSlide, ScreenError> {
    let one = OneSlide {
        slide: slide.clone(),
    };
    Ok(DrawnSlide {
        board: slide.board(),
        kind: slide.kind(),
        html: engine.render(&one, shell)?,
    })
}

/// One slide; `kind` names the partial `board/slide_{kind}.html`.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Slide {
    Ranking(RankSlide),
    Band(BandSlide),
    Flag(FlagSlide),
    Moment(MomentSlide),
    Badges(BadgeSlide),
    Participation(ParticipationSlide),
    Constellation(ConstellationSlide),
    Sky(SkySlide),
    Strengths(StrengthSlide),
    Place(PlaceSlide),
}

impl Slide {
    /// Name of the partial's kind.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ranking(_) => "ranking",
            Self::Band(_) => "band",
            Self::Flag(_) => "flag",
            Self::Moment(_) => "moment",
            Self::Badges(_) => "badges",
            Self::Participation(_) => "participation",
            Self::Constellation(_) => "constellation",
            Self::Sky(_) => "sky",
            Self::Strengths(_) => "strengths",
            Self::Place(_) => "place",
        }
    }

    /// The board it belongs to.
    pub fn board(&self) -> &'static str {
        match self {
            Self::Ranking(_) | Self::Band(_) => "ranking",
            Self::Moment(_) => "moments",
            other => other.kind(),
        }
    }
}

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
    pub text: String,
    /// How large the sentence can stand: short, middle or long.
    pub length: &'static str,
    pub class_name: String,
    pub dimension: String,
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

    #[test]
    fn a_code_is_read_in_two_groups() {
        assert_eq!(pairing("042917", 10).groups, ["042", "917"]);
    }
}
