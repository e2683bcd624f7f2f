//! `/students/{id}/explanation`: how a child's number came about, in steps or in words.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    lists::Asked,
    shapes::{Refusals, Score},
};
use crate::{
    actions::explanation::{self, Explained, Steps, Words},
    domain::{
        ids::StudentId,
        published::{Discounted, PeerMark},
        release::Band,
    },
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// Of which round.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExplanationAsked {
    /// Id of a published round.
    round: String,
}

/// An explanation for its reader.
#[derive(Serialize, ToSchema)]
#[serde(tag = "view", rename_all = "lowercase")]
pub enum Explanation {
    Steps(Box<InSteps>),
    Words(InWords),
}

/// Every step, for the homeroom teacher and the office. Raters are numbers, in an order that says nothing.
#[derive(Serialize, ToSchema)]
pub struct InSteps {
    student_id: String,
    student_no: String,
    name: String,
    round_id: String,
    round: Score,
    term: Score,
    peer: PeerSteps,
    /// Votes that did not count fully.
    uncounted: Vec<Uncounted>,
    /// Distinct raters with a mark about the child in this round.
    raters: usize,
}

/// The classmates' part (scoring.md 2).
#[derive(Serialize, ToSchema)]
pub struct PeerSteps {
    marks: Vec<Mark>,
    g0: Option<f64>,
    g1: Option<f64>,
    median: Option<f64>,
    score: Option<f64>,
    se: Option<f64>,
}

/// One classmate's mark.
#[derive(Serialize, ToSchema)]
pub struct Mark {
    /// The composite mark in stars.
    mark: f64,
    weight: f64,
    leniency: f64,
    corrected: f64,
    clamped: f64,
}

/// A vote that did not count fully.
#[derive(Serialize, ToSchema)]
pub struct Uncounted {
    source: String,
    /// `nothing_seen`, `flat`, `clamped` or `weight_zero`.
    why: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<f64>,
}

/// The same in words and bands, for the child and its family.
#[derive(Serialize, ToSchema)]
pub struct InWords {
    round_id: String,
    /// Over all stars; before the classmates' part is released, from the other voices.
    level: Option<Level>,
    stars: Vec<StarLevel>,
    voices: Vec<VoiceLevel>,
    /// Absent until enough classmates have spoken.
    #[serde(skip_serializing_if = "Option::is_none")]
    classmates: Option<Classmates>,
    /// Votes of the other voices that did not count fully.
    uncounted: Vec<UncountedWord>,
}

/// A band of the scale.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Sprouting,
    Leafing,
    Budding,
    Blooming,
    Shining,
}

/// A star's band.
#[derive(Serialize, ToSchema)]
pub struct StarLevel {
    id: String,
    level: Option<Level>,
}

/// A voice's band.
#[derive(Serialize, ToSchema)]
pub struct VoiceLevel {
    source: &'static str,
    /// Null where it did not speak.
    level: Option<Level>,
}

/// The classmates' part, as it was released.
#[derive(Serialize, ToSchema)]
pub struct Classmates {
    /// Distinct classmates behind it.
    raters: usize,
    /// The round up to which it reaches.
    as_of_round: String,
}

/// A vote that did not count fully.
#[derive(Serialize, ToSchema)]
pub struct UncountedWord {
    source: String,
    why: String,
}

/// Explain a child's number of a published round: `steps` for the homeroom teacher and the office, `words` for the
/// child and its family.
#[utoipa::path(get, path = "/api/v1/students/{id}/explanation", tag = "results",
    params(("id" = String, Path), ExplanationAsked),
    responses((status = 200, description = "The explanation.", body = Explanation), Refusals))]
pub async fn get(
    visit: Visit,
    id: web::Path<String>,
    Asked(asked): Asked<ExplanationAsked>,
) -> Result<HttpResponse, Failure> {
    let student = StudentId::new(id.into_inner());
    let (_, explained) = visit
        .read(Door::Any, move |db, seen| {
            explanation::explanation(db, &seen.call, &student, &asked.round)
        })
        .await?;
    Ok(HttpResponse::Ok().json(match explained {
        Explained::Steps(steps) => Explanation::Steps(Box::new(in_steps(*steps))),
        Explained::Words(words) => Explanation::Words(in_words(*words)),
    }))
}

fn in_steps(steps: Steps) -> InSteps {
    let (row, peer) = (&steps.published, &steps.published.peer);
    InSteps {
        round: Score::of(&row.round, &steps.rubric),
        term: Score::of(&row.term, &steps.rubric),
        peer: PeerSteps {
            marks: peer.marks.iter().map(mark).collect(),
            g0: peer.g0,
            g1: peer.g1,
            median: peer.median,
            score: peer.score,
            se: peer.se,
        },
        uncounted: row.discounted.iter().map(uncounted).collect(),
        raters: row.raters,
        student_id: steps.child.id,
        student_no: steps.child.student_no,
        name: steps.child.name,
        round_id: steps.round.id,
    }
}

fn mark(mark: &PeerMark) -> Mark {
    Mark {
        mark: mark.y,
        weight: mark.weight,
        leniency: mark.leniency,
        corrected: mark.corrected,
        clamped: mark.clamped,
    }
}

fn uncounted(vote: &Discounted) -> Uncounted {
    Uncounted {
        source: vote.source.clone(),
        why: vote.why.clone(),
        from: vote.from,
        to: vote.to,
    }
}

fn in_words(words: Words) -> InWords {
    let star = |(id, band): (String, Option<Band>)| StarLevel {
        id,
        level: band.map(Level::of),
    };
    let voices = words.voices.into_iter().map(|(source, band)| VoiceLevel {
        source: source.name(),
        level: band.map(Level::of),
    });
    let uncounted = words.uncounted.into_iter();
    InWords {
        round_id: words.round.id,
        level: words.level.map(Level::of),
        stars: words.stars.into_iter().map(star).collect(),
        voices: voices.collect(),
        classmates: words.released.map(|released| Classmates {
            raters: released.raters,
            as_of_round: released.as_of.id,
        }),
        uncounted: uncounted
            .map(|(source, why)| UncountedWord { source, why })
            .collect(),
    }
}

impl Level {
    fn of(band: Band) -> Self {
        match band {
            Band::Sprouting => Self::Sprouting,
            Band::Leafing => Self::Leafing,
            Band::Budding => Self::Budding,
            Band::Blooming => Self::Blooming,
            Band::Shining => Self::Shining,
        }
    }
}
