//! The paired displays: pairing page, hall slides, classroom sky and the frame that carries them.
//! Used by `GET /screen`, `GET /screen/show` and `GET /api/v1/screens/current/frame|events`;
//! templates `board/pairing.html`, `board/show.html` and one `board/slide_….html` per kind.
//! Nothing in here can hold a child's total, place or deduction: there is no field for it.

pub use super::board_slides::*;
use super::teacher_shared::page;
use super::{Engine, ScreenError, Shell};
use serde::Serialize;

page! {
    Pairing => "board/pairing.html", "staff-pairing-title";
    Show => "board/show.html", "staff-show-title";
    OneSlide => "board/fragment.html", "staff-show-title";
}

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
    Place(Box<PlaceSlide>),
    Ceremony(CeremonySlide),
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
            Self::Ceremony(_) => "ceremony",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_two_groups() {
        assert_eq!(pairing("042917", 10).groups, ["042", "917"]);
    }
}
