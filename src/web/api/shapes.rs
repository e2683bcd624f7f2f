//! Shapes that several routes share: problem documents, and numbers of the computation with names instead of places.

use serde::Serialize;
use utoipa::{IntoResponses, ToSchema};

use crate::domain::{
    published::{DimensionStep, Number, VoiceStep},
    rubric::{Rubric, Source},
};

/// An error (RFC 9457).
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what `web::problem` writes")]
pub struct ProblemDocument {
    /// `urn:starlight:problem:` and a stable key.
    #[schema(rename = "type", example = "urn:starlight:problem:not-found")]
    r#type: String,
    title: String,
    status: u16,
    detail: String,
    /// Wrong places of the input.
    errors: Option<Vec<WrongPlace>>,
    /// Finds the line in the server's log.
    request_id: Option<String>,
}

/// One wrong place of the input.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes what `web::problem` writes")]
pub struct WrongPlace {
    /// JSON pointer (RFC 6901) into the body.
    pointer: String,
    message: String,
}

/// The answers of every route that refuses.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes what `web::failure` answers")]
pub enum Refusals {
    /// A body or query that cannot be read, or with an unknown or repeated key.
    #[response(status = 400, content_type = "application/problem+json")]
    Unreadable(ProblemDocument),
    /// Nobody is signed in, or not any more.
    #[response(status = 401, content_type = "application/problem+json")]
    SignedOut(ProblemDocument),
    /// In reach, but not for this role.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(ProblemDocument),
    /// Not there, or out of reach.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(ProblemDocument),
    /// Not in this state, or somebody else was faster.
    #[response(status = 409, content_type = "application/problem+json")]
    Conflict(ProblemDocument),
    /// The body is longer than 64 KiB.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(ProblemDocument),
    /// Bodies are `application/json`.
    #[response(status = 415, content_type = "application/problem+json")]
    WrongKind(ProblemDocument),
    /// Readable, but a value does not fit.
    #[response(status = 422, content_type = "application/problem+json")]
    Unfit(ProblemDocument),
    /// Too many tries; see `Retry-After`.
    #[response(status = 429, content_type = "application/problem+json")]
    Wait(ProblemDocument),
    /// Busy; see `Retry-After`.
    #[response(status = 503, content_type = "application/problem+json")]
    Busy(ProblemDocument),
}

/// A number of a round or term, with every step (scoring.md 4).
#[derive(Serialize, ToSchema)]
pub struct Score {
    /// Stars 1…5.
    score: Option<f64>,
    /// As shown, one decimal.
    points: Option<String>,
    se: Option<f64>,
    /// `no_score`, `no_teacher`, `few_heard` or `few_present`; absent where the number is final.
    #[serde(skip_serializing_if = "Option::is_none")]
    provisional: Option<String>,
    /// Such as `3/4`.
    heard: String,
    /// How far the voices that spoke lie above the group.
    shift: f64,
    voices: Vec<Voice>,
    dimensions: Vec<Star>,
}

/// One voice of a number.
#[derive(Serialize, ToSchema)]
pub struct Voice {
    source: &'static str,
    /// What it said in stars; null where it did not speak.
    said: Option<f64>,
    /// The group's mean.
    mean: Option<f64>,
    weight: f64,
    /// What entered the sum.
    used: Option<f64>,
}

/// One star of a number.
#[derive(Serialize, ToSchema)]
pub struct Star {
    id: String,
    score: Option<f64>,
    voices: Vec<StarVoice>,
}

/// One voice of a star.
#[derive(Serialize, ToSchema)]
pub struct StarVoice {
    source: &'static str,
    said: Option<f64>,
    mean: Option<f64>,
}

impl Score {
    /// With the names of the rubric's stars.
    pub fn of(number: &Number, rubric: &Rubric) -> Self {
        let (heard, of) = number.heard_of;
        let stars = rubric.dimensions.iter().zip(&number.dimensions);
        Self {
            score: number.score,
            points: number.points.clone(),
            se: number.se,
            provisional: number.provisional.clone(),
            heard: format!("{heard}/{of}"),
            shift: number.shift,
            voices: Source::ALL
                .iter()
                .zip(&number.voices)
                .map(|(source, step)| Voice::of(*source, step))
                .collect(),
            dimensions: stars.map(|(d, step)| Star::of(&d.id, step)).collect(),
        }
    }
}

impl Voice {
    fn of(source: Source, step: &VoiceStep) -> Self {
        Self {
            source: source.name(),
            said: step.said,
            mean: step.mean,
            weight: step.weight,
            used: step.used,
        }
    }
}

impl Star {
    fn of(id: &str, step: &DimensionStep) -> Self {
        let voices = Source::ALL.iter().zip(step.said.iter().zip(&step.means));
        Self {
            id: id.to_owned(),
            score: step.score,
            voices: voices
                .map(|(source, (said, mean))| StarVoice {
                    source: source.name(),
                    said: *said,
                    mean: *mean,
                })
                .collect(),
        }
    }
}
