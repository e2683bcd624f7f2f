//! A round (星光时刻): its states, and the questions drawn for each class.
//! Used by the actions that move a round on and by everything that shows or judges a sheet.

use serde::{Deserialize, Serialize};

use super::{
    draw::{Asked, Draw, DrawIndicator, draw},
    refusal::Refusal,
    rubric::{Indicator, Of, Rubric, Segment, Source},
};

/// draft → open → closed → published. A closed round may be opened again until it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundState {
    Draft,
    Open,
    Closed,
    Published,
}

impl RoundState {
    /// The word in the database and in the API.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Published => "published",
        }
    }

    /// Reads the word.
    pub fn parse(key: &str) -> Option<Self> {
        [Self::Draft, Self::Open, Self::Closed, Self::Published]
            .into_iter()
            .find(|s| s.key() == key)
    }

    /// Whether the step from here to `next` is one of the allowed ones.
    ///
    /// ```
    /// # use starlight::domain::round::RoundState;
    /// assert!(RoundState::Draft.step(RoundState::Open).is_ok());
    /// assert!(RoundState::Draft.step(RoundState::Published).is_err());
    /// ```
    pub fn step(self, next: Self) -> Result<Self, Refusal> {
        use RoundState::{Closed, Draft, Open, Published};
        match (self, next) {
            (Draft, Open) | (Open, Closed) | (Closed, Open | Published) => Ok(next),
            _ => Err(Refusal::WrongState),
        }
    }
}

/// The questions one class gets in a round, by who answers: indicator ids in rubric order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    #[serde(rename = "self")]
    pub own: Vec<String>,
    pub peer: Vec<String>,
    pub teacher: Vec<String>,
    pub parent: Vec<String>,
    pub class_self: Vec<String>,
    pub class_teacher: Vec<String>,
    pub class_parent: Vec<String>,
    /// n of low, middle and high: how many anchors each segment's scale has under the round's rule.
    pub anchors: [u8; 3],
}

impl Drawn {
    /// n of the scale in a grade 1…6.
    pub fn anchors_of(&self, grade: i32) -> u8 {
        let [low, middle, high] = self.anchors;
        match grade {
            ..=2 => low,
            3 | 4 => middle,
            _ => high,
        }
    }

    /// Draws for a class: `ordinal` counts the term's rounds from 0, `seed` stays the same through the term so that
    /// all questions come round.
    pub fn draw(rubric: &Rubric, segment: Segment, ordinal: u32, seed: u64) -> Self {
        let about_students: Vec<DrawIndicator<'_>> = rubric
            .indicators
            .iter()
            .filter(|i| i.of == Of::Student && i.segment.is_none_or(|s| s == segment))
            .map(|i| DrawIndicator {
                id: &i.id,
                dimension: dimension_of(rubric, i),
                sources: asked(i),
            })
            .collect();
        let Draw {
            own,
            peer,
            teacher,
            parent,
        } = draw(&about_students, ordinal, seed);
        let about_class = |source| {
            let fits = rubric
                .indicators
                .iter()
                .filter(|i| i.is_for(Of::Class, source, segment));
            let all: Vec<String> = fits.map(|i| i.id.clone()).collect();
            one_of(all, ordinal, seed)
        };
        Self {
            own,
            peer,
            teacher,
            parent,
            class_self: about_class(Source::SelfRating),
            class_teacher: about_class(Source::Teacher),
            class_parent: about_class(Source::Parent),
            anchors: Segment::ALL.map(|s| rubric.scale(s)),
        }
    }

    /// The ids asked of a source about a student or about the class.
    pub fn asked(&self, of: Of, source: Source) -> &[String] {
        match (of, source) {
            (Of::Student, Source::SelfRating) => &self.own,
            (Of::Student, Source::Peer) => &self.peer,
            (Of::Student, Source::Teacher) => &self.teacher,
            (Of::Student, Source::Parent) => &self.parent,
            (Of::Class, Source::SelfRating) => &self.class_self,
            (Of::Class, Source::Peer) => &[],
            (Of::Class, Source::Teacher) => &self.class_teacher,
            (Of::Class, Source::Parent) => &self.class_parent,
        }
    }
}

/// The one card about the class holds one question a round; they take turns.
fn one_of(all: Vec<String>, ordinal: u32, seed: u64) -> Vec<String> {
    let count = u64::try_from(all.len()).unwrap_or(1).max(1);
    let turn = (seed % count + u64::from(ordinal)) % count;
    let at = usize::try_from(turn).unwrap_or(0);
    all.into_iter().skip(at).take(1).collect()
}

fn dimension_of<'r>(rubric: &'r Rubric, indicator: &Indicator) -> &'r str {
    indicator
        .dimension
        .and_then(|d| rubric.dimensions.get(d))
        .map_or("", |d| d.id.as_str())
}

fn asked(indicator: &Indicator) -> Asked {
    let has = |source| indicator.sources.contains(&source);
    Asked {
        own: has(Source::SelfRating),
        peer: has(Source::Peer),
        teacher: has(Source::Teacher),
        parent: has(Source::Parent),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_moves_on_in_order() {
        assert_eq!(
            RoundState::Closed.step(RoundState::Published),
            Ok(RoundState::Published)
        );
        assert_eq!(
            RoundState::Published.step(RoundState::Open),
            Err(Refusal::WrongState)
        );
        assert_eq!(RoundState::parse("open"), Some(RoundState::Open));
    }

    #[test]
    fn every_segment_gets_five_about_itself_three_about_a_classmate_and_one_about_the_class() {
        let rubric = Rubric::built_in();
        for segment in Segment::ALL {
            for ordinal in 0..8 {
                let drawn = Drawn::draw(&rubric, segment, ordinal, 7);
                assert_eq!(
                    (drawn.own.len(), drawn.peer.len()),
                    (5, 3),
                    "{segment:?} {ordinal}"
                );
                assert_eq!(drawn.class_self.len(), 1, "{segment:?} {ordinal}");
                assert!(drawn.parent.len() <= 5 && !drawn.parent.is_empty());
            }
        }
    }
}
