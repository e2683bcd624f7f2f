//! How a child sees itself beside how the others see it: matter for a talk between two, never a mark.

use crate::domain::{published::Number, rubric::Source};

/// From how many stars on a difference is worth a talk (the same step as `self_enhancement` in scoring.md 8).
pub const WORTH_A_TALK: f64 = 1.0;

/// Which of the two sees more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// The child sees itself a star or more above the others' view.
    Brighter,
    /// The others see a star or more above the child's own view.
    Humbler,
    /// Less than a star apart.
    Alike,
}

/// The outlook of a number; none where the child or all others are silent. The others' view is the mean of the voices
/// that spoke, by the weights that they have in the number (scoring.md 4).
pub fn outlook(number: &Number) -> Option<Outlook> {
    let own_at = Source::SelfRating.position();
    let own = number.voices.get(own_at)?.said?;
    let (mut sum, mut weights) = (0.0, 0.0);
    for (at, voice) in number.voices.iter().enumerate() {
        if let (true, Some(said)) = (at != own_at, voice.said) {
            sum += voice.weight * said;
            weights += voice.weight;
        }
    }
    let apart = (weights > 0.0).then(|| own - sum / weights)?;
    Some(match apart {
        d if d >= WORTH_A_TALK => Outlook::Brighter,
        d if d <= -WORTH_A_TALK => Outlook::Humbler,
        _ => Outlook::Alike,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::published::VoiceStep;

    fn seen(own: Option<f64>, others: [Option<f64>; 3]) -> Option<Outlook> {
        let voice = |said, weight| VoiceStep {
            said,
            weight,
            ..VoiceStep::default()
        };
        let [peer, teacher, parent] = others;
        outlook(&Number {
            voices: [
                voice(own, 0.1),
                voice(peer, 0.3),
                voice(teacher, 0.4),
                voice(parent, 0.2),
            ],
            ..Number::default()
        })
    }

    #[test]
    fn a_star_apart_is_worth_a_talk() {
        assert_eq!(seen(Some(5.0), [Some(4.0); 3]), Some(Outlook::Brighter));
        assert_eq!(
            seen(Some(3.0), [Some(4.0), None, Some(4.0)]),
            Some(Outlook::Humbler)
        );
        // (.3 · 3 + .4 · 5) / .7 = 4.14
        assert_eq!(
            seen(Some(5.0), [Some(3.0), Some(5.0), None]),
            Some(Outlook::Alike)
        );
    }

    #[test]
    fn silence_is_no_view() {
        assert_eq!(seen(None, [Some(4.0); 3]), None);
        assert_eq!(seen(Some(4.0), [None; 3]), None);
    }
}
