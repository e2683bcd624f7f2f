//! Sheets (评价单): the questions of a form, answers as kept, and the judgement whether a submission may stand.
//! One judgement serves page, API and import.

use std::fmt::Write as _;

use super::{
    refusal::Refusal,
    round::{Drawn, RoundState},
    rubric::{Of, Source},
};

/// Longest comment in characters.
pub const COMMENT_LIMIT: usize = 500;

/// One question of a form: indicator id and the number of anchors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub indicator: String,
    /// n of scoring.md 1.
    pub anchors: u8,
}

/// The questions that one source answers about one kind of ratee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub questions: Vec<Question>,
}

impl Form {
    /// The form as drawn for a class of this grade (1…6).
    pub fn of(drawn: &Drawn, grade: i32, of: Of, source: Source) -> Self {
        let anchors = drawn.anchors_of(grade);
        let questions = drawn.asked(of, source).iter();
        Self {
            questions: questions
                .map(|id| Question {
                    indicator: id.clone(),
                    anchors,
                })
                .collect(),
        }
    }
}

/// Answers as kept: every question of the form that was shown, with its anchor 1…n or none for 没看见.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(pub Vec<(String, Option<u8>)>);

impl Answers {
    /// One column's text: `id=3;id=;…`.
    ///
    /// ```
    /// # use starlight::domain::sheet::Answers;
    /// let answers = Answers(vec![("a".into(), Some(3)), ("b".into(), None)]);
    /// assert_eq!(answers.pack(), "a=3;b=");
    /// assert_eq!(Answers::unpack("a=3;b="), answers);
    /// ```
    pub fn pack(&self) -> String {
        let mut text = String::with_capacity(self.0.len() * 18);
        for (at, (id, anchor)) in self.0.iter().enumerate() {
            let sep = if at == 0 { "" } else { ";" };
            // Writing to a String cannot fail.
            let _ = match anchor {
                Some(anchor) => write!(text, "{sep}{id}={anchor}"),
                None => write!(text, "{sep}{id}="),
            };
        }
        text
    }

    /// Reads what [`Answers::pack`] wrote.
    pub fn unpack(text: &str) -> Self {
        let pairs = text.split(';').filter_map(|pair| pair.split_once('='));
        Self(
            pairs
                .map(|(id, anchor)| (id.to_owned(), anchor.parse().ok()))
                .collect(),
        )
    }

    /// The anchor given to an indicator; `None` where it was not on the form, `Some(None)` for 没看见.
    pub fn of(&self, indicator: &str) -> Option<Option<u8>> {
        self.0
            .iter()
            .find(|(id, _)| id == indicator)
            .map(|(_, anchor)| *anchor)
    }
}

/// What is known about the situation of a submission.
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    pub state: RoundState,
    /// Whether the ratee was allotted to the rater (self, own classmates dealt, a class taught, the own child).
    pub allotted: bool,
    pub form: &'a Form,
    /// What the same rater said before, if anything.
    pub before: Option<Before<'a>>,
    /// The version the rater's form was filled from, where the form says it: an older one must not overwrite.
    pub based_on: Option<i32>,
    /// The form's counter, where it counts its saves: one that is not above the stored one comes late.
    pub stamp: Option<i64>,
}

/// What stands there already.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    pub answers: &'a Answers,
    pub comment: &'a str,
    pub version: i32,
    /// Counter of the save it came with.
    pub stamp: i64,
}

/// Steps of a form's counter within one millisecond of the server's clock, by which counters begin.
pub const STAMPS_PER_MS: i64 = 1024;
/// How far a counter may run ahead of the clock and of what is stored: more taps than any form takes.
const STAMP_LEEWAY: i64 = 1 << 20;

/// Where the counter of a form that is shown at `now` (milliseconds) begins: above every save stored so far, also
/// after the clock was set back.
///
/// ```
/// # use starlight::domain::sheet::first_stamp;
/// assert!(first_stamp(1_000, None) < first_stamp(1_001, None));
/// assert!(first_stamp(1_000, Some(9_000_000)) > 9_000_000);
/// ```
pub fn first_stamp(now: i64, stored: Option<i64>) -> i64 {
    let stored = stored.unwrap_or(0).saturating_add(1);
    now.saturating_mul(STAMPS_PER_MS).max(stored)
}

/// Whether a counter can have come from a form shown up to `now`.
pub fn stamp_is_possible(stamp: i64, now: i64, stored: Option<i64>) -> bool {
    stamp > 0 && stamp <= first_stamp(now, stored).saturating_add(STAMP_LEEWAY)
}

/// A submission as it came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    /// Only these indicators change; others of the form keep what was said before.
    pub scores: Vec<(String, Option<u8>)>,
    /// None: leave the comment as it is.
    pub comment: Option<String>,
}

/// What a good submission does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new sheet.
    Create { answers: Answers, comment: String },
    /// Another version of it; `loses` where something that stood there is no more.
    Replace {
        answers: Answers,
        comment: String,
        loses: bool,
    },
    /// Exactly what stands there already: a replayed form, a double tap.
    Same,
}

/// Judges a submission.
///
/// # Errors
/// `RoundNotOpen`, `NotYourRatee`, `UnknownIndicator`, `AnchorOutOfRange`, `CommentTooLong`, `Stale`.
pub fn judge(situation: &Situation<'_>, submission: Submission) -> Result<Change, Refusal> {
    if !situation.allotted {
        return Err(Refusal::NotYourRatee);
    }
    if situation.state != RoundState::Open {
        return Err(Refusal::RoundNotOpen);
    }
    let answers = merge(situation, &submission.scores)?;
    let comment = match submission.comment {
        Some(comment) => trimmed(&comment)?,
        None => situation
            .before
            .map(|before| before.comment.to_owned())
            .unwrap_or_default(),
    };
    let Some(before) = situation.before else {
        return Ok(Change::Create { answers, comment });
    };
    if *before.answers == answers && before.comment == comment {
        return Ok(Change::Same);
    }
    let older = situation.based_on.is_some_and(|v| v < before.version)
        || situation.stamp.is_some_and(|s| s <= before.stamp);
    if older {
        return Err(Refusal::Stale);
    }
    let kept = |(id, anchor): &(String, Option<u8>)| answers.of(id) == Some(*anchor);
    let loses = !before.answers.0.iter().all(kept)
        || (before.comment != comment && !before.comment.is_empty());
    Ok(Change::Replace {
        answers,
        comment,
        loses,
    })
}

fn merge(situation: &Situation<'_>, scores: &[(String, Option<u8>)]) -> Result<Answers, Refusal> {
    for (id, anchor) in scores {
        let question = situation.form.questions.iter().find(|q| q.indicator == *id);
        let question = question.ok_or_else(|| Refusal::UnknownIndicator(id.clone()))?;
        if anchor.is_some_and(|a| a == 0 || a > question.anchors) {
            return Err(Refusal::AnchorOutOfRange(id.clone(), question.anchors));
        }
    }
    let given = |id: &str| {
        scores
            .iter()
            .find(|(other, _)| other == id)
            .map(|(_, anchor)| *anchor)
    };
    let kept = |id: &str| situation.before.and_then(|b| b.answers.of(id));
    let questions = situation.form.questions.iter();
    let rows = questions.filter_map(|q| {
        let anchor = given(&q.indicator).or_else(|| kept(&q.indicator))?;
        Some((q.indicator.clone(), anchor))
    });
    Ok(Answers(rows.collect()))
}

fn trimmed(comment: &str) -> Result<String, Refusal> {
    let comment = comment.trim();
    if comment.chars().count() > COMMENT_LIMIT {
        return Err(Refusal::CommentTooLong(COMMENT_LIMIT));
    }
    Ok(comment.replace('\r', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form {
        let question = |id: &str| Question {
            indicator: id.to_owned(),
            anchors: 3,
        };
        Form {
            questions: vec![question("a"), question("b")],
        }
    }

    fn open(form: &Form) -> Situation<'_> {
        Situation {
            state: RoundState::Open,
            allotted: true,
            form,
            before: None,
            based_on: None,
            stamp: None,
        }
    }

    fn stood(answers: &Answers, version: i32, stamp: i64) -> Option<Before<'_>> {
        Some(Before {
            answers,
            comment: "",
            version,
            stamp,
        })
    }

    fn says(scores: &[(&str, Option<u8>)]) -> Submission {
        Submission {
            scores: scores
                .iter()
                .map(|(id, a)| ((*id).to_owned(), *a))
                .collect(),
            comment: None,
        }
    }

    #[test]
    fn a_first_sheet_is_created_and_a_replay_changes_nothing() {
        let form = form();
        let first = judge(&open(&form), says(&[("a", Some(3)), ("b", None)]));
        let answers = Answers(vec![("a".into(), Some(3)), ("b".into(), None)]);
        assert_eq!(
            first,
            Ok(Change::Create {
                answers: answers.clone(),
                comment: String::new()
            })
        );
        let again = Situation {
            before: stood(&answers, 1, 0),
            ..open(&form)
        };
        assert_eq!(
            judge(&again, says(&[("a", Some(3)), ("b", None)])),
            Ok(Change::Same)
        );
    }

    #[test]
    fn an_older_tab_does_not_overwrite_a_newer_one() {
        let form = form();
        let answers = Answers(vec![("a".into(), Some(3))]);
        let late = Situation {
            before: stood(&answers, 2, 0),
            based_on: Some(1),
            ..open(&form)
        };
        assert_eq!(judge(&late, says(&[("a", Some(1))])), Err(Refusal::Stale));
    }

    #[test]
    fn a_save_that_comes_late_never_overwrites_a_newer_one() {
        let form = form();
        let answers = Answers(vec![("a".into(), Some(3))]);
        let at = |stamp, said: &[(&str, Option<u8>)]| {
            let situation = Situation {
                before: stood(&answers, 2, 10),
                stamp: Some(stamp),
                ..open(&form)
            };
            judge(&situation, says(said))
        };
        assert_eq!(at(9, &[("a", Some(1))]), Err(Refusal::Stale));
        assert_eq!(at(10, &[("b", Some(1))]), Err(Refusal::Stale));
        assert_eq!(at(9, &[("a", Some(3))]), Ok(Change::Same));
        let loses = |change| match change {
            Ok(Change::Replace { loses, .. }) => Some(loses),
            _ => None,
        };
        assert_eq!(loses(at(11, &[("b", Some(1))])), Some(false));
        assert_eq!(loses(at(11, &[("a", None)])), Some(true));
    }

    #[test]
    fn counters_from_nowhere_are_told_apart() {
        assert!(stamp_is_possible(first_stamp(5, None) + 3, 5, None));
        assert!(!stamp_is_possible(i64::MAX, 5, None));
        assert!(!stamp_is_possible(0, 5, None));
        let set_back = first_stamp(9_000_000, None);
        assert!(stamp_is_possible(set_back + 1, 5, Some(set_back)));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let form = form();
        let check = |situation: Situation<'_>, said, refusal| {
            assert_eq!(judge(&situation, said), Err(refusal))
        };
        check(
            open(&form),
            says(&[("a", Some(4))]),
            Refusal::AnchorOutOfRange("a".into(), 3),
        );
        check(
            open(&form),
            says(&[("a", Some(0))]),
            Refusal::AnchorOutOfRange("a".into(), 3),
        );
        check(
            open(&form),
            says(&[("z", Some(1))]),
            Refusal::UnknownIndicator("z".into()),
        );
        check(
            Situation {
                state: RoundState::Closed,
                ..open(&form)
            },
            says(&[]),
            Refusal::RoundNotOpen,
        );
        check(
            Situation {
                allotted: false,
                ..open(&form)
            },
            says(&[]),
            Refusal::NotYourRatee,
        );
        let long = Submission {
            comment: Some("好".repeat(501)),
            ..says(&[])
        };
        check(open(&form), long, Refusal::CommentTooLong(500));
    }
}
