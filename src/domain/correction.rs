//! Corrections: what may be put right in a sheet after its round closed, and what it then says. A sheet may be weighed
//! out whole; an answer may be replaced only in a teacher's sheet, because nobody puts another word into a child's or
//! family's mouth. A computed number is never touched. Used by `actions::corrected` and `actions::correct`.

use super::{refusal::Refusal, rubric::Source, sheet::Answers};

/// Shortest and longest reason in characters.
pub const REASON: (usize, usize) = (4, 200);

/// What a correction does to its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The sheet counts no more; it still is there, so whoever wrote it has taken part.
    Out,
    /// One answer is replaced by anchor 1…n.
    Override { indicator: String, anchor: u8 },
}

impl Kind {
    /// As stored.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::Override { .. } => "override",
        }
    }
}

/// The reason without spaces around it.
///
/// # Errors
/// `Invalid("correction-reason")` where it is too short or too long.
///
/// ```
/// # use starlight::domain::correction::reason;
/// assert_eq!(reason("  mixed up two children ").as_deref(), Ok("mixed up two children"));
/// assert!(reason(" ? ").is_err() && reason(&"a".repeat(201)).is_err());
/// ```
pub fn reason(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    let (least, most) = REASON;
    if !(least..=most).contains(&text.chars().count()) {
        return Err(Refusal::Invalid("correction-reason".to_owned()));
    }
    Ok(text.to_owned())
}

/// Whether a sheet that says `answers` after the corrections that stand may be corrected so. `anchors`: n of the scale.
///
/// # Errors
/// `WrongState` where it would change nothing, `Forbidden` for an answer that is not a teacher's, `NotFound` for an
/// indicator that the sheet has not, `AnchorOutOfRange`.
pub fn judge(
    kind: &Kind,
    source: Source,
    answers: &Answers,
    weighed_out: bool,
    anchors: u8,
) -> Result<(), Refusal> {
    if weighed_out {
        return Err(Refusal::WrongState);
    }
    let Kind::Override { indicator, anchor } = kind else {
        return Ok(());
    };
    if source != Source::Teacher {
        return Err(Refusal::Forbidden);
    }
    let said = answers.of(indicator).ok_or(Refusal::NotFound)?;
    if !(1..=anchors).contains(anchor) {
        return Err(Refusal::AnchorOutOfRange(indicator.clone(), anchors));
    }
    match said == Some(*anchor) {
        true => Err(Refusal::WrongState),
        false => Ok(()),
    }
}

/// What a sheet says under the corrections that stand, in the order in which they were made.
///
/// ```
/// # use starlight::domain::{correction::{Kind, corrected}, sheet::Answers};
/// let said = Answers::unpack("a=1;b=2");
/// let better = Kind::Override { indicator: "a".into(), anchor: 3 };
/// assert_eq!(corrected(&said, &[better.clone()]).pack(), "a=3;b=2");
/// assert_eq!(corrected(&said, &[better, Kind::Out]).pack(), "a=;b=");
/// ```
#[must_use]
pub fn corrected(answers: &Answers, standing: &[Kind]) -> Answers {
    let out = standing.contains(&Kind::Out);
    let now = |id: &String, said: Option<u8>| {
        let replaced = standing.iter().rev().find_map(|kind| match kind {
            Kind::Override { indicator, anchor } if indicator == id => Some(*anchor),
            _ => None,
        });
        replaced.or(said).filter(|_| !out)
    };
    let all = answers.0.iter();
    Answers(all.map(|(id, said)| (id.clone(), now(id, *said))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn override_of(indicator: &str, anchor: u8) -> Kind {
        Kind::Override {
            indicator: indicator.to_owned(),
            anchor,
        }
    }

    #[test]
    fn only_a_teachers_answer_is_replaced() {
        let said = Answers::unpack("a=1;b=");
        let check = |source, kind: &Kind| judge(kind, source, &said, false, 4);
        for source in [Source::SelfRating, Source::Peer, Source::Parent] {
            assert_eq!(check(source, &override_of("a", 2)), Err(Refusal::Forbidden));
            assert_eq!(check(source, &Kind::Out), Ok(()));
        }
        assert_eq!(check(Source::Teacher, &override_of("a", 2)), Ok(()));
        assert_eq!(check(Source::Teacher, &override_of("b", 4)), Ok(()));
    }

    #[test]
    fn what_changes_nothing_is_refused() {
        let said = Answers::unpack("a=1");
        let check = |kind: &Kind, out| judge(kind, Source::Teacher, &said, out, 4);
        assert_eq!(check(&Kind::Out, true), Err(Refusal::WrongState));
        assert_eq!(check(&override_of("a", 1), false), Err(Refusal::WrongState));
        assert_eq!(check(&override_of("x", 1), false), Err(Refusal::NotFound));
        for anchor in [0, 5] {
            let refused = Refusal::AnchorOutOfRange("a".to_owned(), 4);
            assert_eq!(check(&override_of("a", anchor), false), Err(refused));
        }
    }

    #[test]
    fn the_last_of_two_overrides_holds() {
        let said = Answers::unpack("a=1;b=2");
        let both = [override_of("a", 3), override_of("a", 4)];
        assert_eq!(corrected(&said, &both).pack(), "a=4;b=2");
        assert_eq!(corrected(&said, &[]), said);
    }
}
