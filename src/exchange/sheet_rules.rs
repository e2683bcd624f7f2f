//! Whether the people and things that a sheets file names exist and may rate one another (interfaces.md, “A bad file”).
//! The facts come from a trait, so that the import action can answer from the database and a test from a list.

use super::sheets::SheetRow;
use super::{Message, RowError};
use crate::domain::rubric::Source;

/// What the rubric says about one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorFacts {
    /// Who may answer it.
    pub sources: Vec<Source>,
    /// Whether it is asked about classes instead of students.
    pub of_class: bool,
}

/// What the school knows. Ids are the public ones: student_no, class code, login, round name.
pub trait SheetFacts {
    /// Whether the round exists and takes imported sheets.
    fn has_round(&self, round: &str) -> bool;
    /// The class code of a student in the round.
    fn class_of(&self, round: &str, student_no: &str) -> Option<String>;
    /// Whether this is a class code.
    fn has_class(&self, class: &str) -> bool;
    /// Whether this is a teacher's login.
    fn has_teacher(&self, login: &str) -> bool;
    /// Whether the teacher has the class.
    fn teaches(&self, login: &str, class: &str) -> bool;
    /// The indicator, if the class's segment knows it in this round.
    fn indicator(&self, round: &str, class: &str, indicator: &str) -> Option<IndicatorFacts>;
    /// Whether any segment knows the indicator.
    fn has_indicator(&self, indicator: &str) -> bool;
    /// The number of anchors of the class's segment.
    fn anchors(&self, class: &str) -> u8;
}

/// All rows that cannot be stored, one error each.
pub fn judge(rows: &[SheetRow], facts: &impl SheetFacts) -> Vec<RowError> {
    rows.iter()
        .filter_map(|row| judge_row(row, facts).err())
        .collect()
}

fn judge_row(row: &SheetRow, facts: &impl SheetFacts) -> Result<(), RowError> {
    if !facts.has_round(&row.round) {
        return Err(refused(row, "round", "import-unknown-round"));
    }
    let of_class = facts.has_class(&row.ratee);
    let class = if of_class {
        Some(row.ratee.clone())
    } else {
        facts.class_of(&row.round, &row.ratee)
    };
    let class = class.ok_or_else(|| refused(row, "ratee", "import-unknown-ratee"))?;
    judge_pair(row, &class, of_class, facts)?;
    if !facts.has_indicator(&row.indicator) {
        return Err(refused(row, "indicator", "import-unknown-indicator"));
    }
    let fits = facts
        .indicator(&row.round, &class, &row.indicator)
        .is_some_and(|known| known.of_class == of_class && known.sources.contains(&row.source));
    if !fits {
        return Err(refused(row, "indicator", "import-indicator-elsewhere"));
    }
    let most = facts.anchors(&class);
    match row.anchor {
        Some(anchor) if !(1..=most).contains(&anchor) => {
            let mut error = refused(row, "anchor", "import-anchor-range");
            error.message = error.message.with("most", most);
            Err(error)
        }
        _ => Ok(()),
    }
}

/// Whether this rater may rate this ratee in this source.
fn judge_pair(
    row: &SheetRow,
    class: &str,
    of_class: bool,
    facts: &impl SheetFacts,
) -> Result<(), RowError> {
    match row.source {
        Source::SelfRating | Source::Peer => {
            let own = facts.class_of(&row.round, &row.rater);
            let own = own.ok_or_else(|| refused(row, "rater", "import-unknown-student"))?;
            let about_self = row.rater == row.ratee;
            let about_own_class = of_class && own == class;
            match row.source {
                Source::SelfRating if !(about_self || about_own_class) => {
                    Err(refused(row, "ratee", "import-self-about-other"))
                }
                Source::Peer if about_self => Err(refused(row, "ratee", "import-peer-about-self")),
                Source::Peer if of_class || own != class => {
                    Err(refused(row, "ratee", "import-peer-elsewhere"))
                }
                _ => Ok(()),
            }
        }
        Source::Teacher if !facts.has_teacher(&row.rater) => {
            Err(refused(row, "rater", "import-unknown-teacher"))
        }
        Source::Teacher if !facts.teaches(&row.rater, class) => {
            Err(refused(row, "rater", "import-not-your-class"))
        }
        Source::Teacher | Source::Parent => Ok(()),
    }
}

fn refused(row: &SheetRow, column: &'static str, key: &'static str) -> RowError {
    let value = match column {
        "round" => &row.round,
        "rater" => &row.rater,
        "ratee" => &row.ratee,
        _ => &row.indicator,
    };
    RowError {
        line: row.line,
        column,
        value: value.clone(),
        message: Message::new(key).with("value", value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two classes 101 and 102; students are called after their class, e.g. 101a.
    struct Small;

    impl SheetFacts for Small {
        fn has_round(&self, round: &str) -> bool {
            round == "R1"
        }
        fn class_of(&self, _: &str, student_no: &str) -> Option<String> {
            ["101", "102"]
                .into_iter()
                .find(|c| student_no.len() == 4 && student_no.starts_with(c))
                .map(str::to_owned)
        }
        fn has_class(&self, class: &str) -> bool {
            matches!(class, "101" | "102")
        }
        fn has_teacher(&self, login: &str) -> bool {
            login == "T1"
        }
        fn teaches(&self, login: &str, class: &str) -> bool {
            (login, class) == ("T1", "101")
        }
        fn indicator(&self, _: &str, _: &str, indicator: &str) -> Option<IndicatorFacts> {
            let of_class = indicator == "class_tidy";
            let sources = if indicator == "home" {
                vec![Source::Parent]
            } else {
                Source::ALL.to_vec()
            };
            self.has_indicator(indicator)
                .then_some(IndicatorFacts { sources, of_class })
        }
        fn has_indicator(&self, indicator: &str) -> bool {
            matches!(indicator, "greets" | "class_tidy" | "home")
        }
        fn anchors(&self, _: &str) -> u8 {
            3
        }
    }

    fn check(
        source: Source,
        rater: &str,
        ratee: &str,
        indicator: &str,
        anchor: u8,
        expected: Option<&str>,
    ) {
        let row = SheetRow {
            line: 2,
            round: "R1".into(),
            source,
            rater: rater.into(),
            ratee: ratee.into(),
            indicator: indicator.into(),
            anchor: Some(anchor),
            seconds: None,
            comment: None,
        };
        let found = judge(&[row], &Small);
        assert_eq!(
            found.first().map(|error| error.message.key),
            expected,
            "{source:?} {rater} {ratee} {indicator}"
        );
    }

    #[test]
    fn who_may_rate_whom() {
        use Source::{Parent, Peer, SelfRating, Teacher};
        check(SelfRating, "101a", "101a", "greets", 3, None);
        check(SelfRating, "101a", "101", "class_tidy", 3, None);
        check(
            SelfRating,
            "101a",
            "102",
            "class_tidy",
            3,
            Some("import-self-about-other"),
        );
        check(
            SelfRating,
            "101a",
            "101b",
            "greets",
            3,
            Some("import-self-about-other"),
        );
        check(Peer, "101a", "101b", "greets", 1, None);
        check(
            Peer,
            "101a",
            "101a",
            "greets",
            1,
            Some("import-peer-about-self"),
        );
        check(
            Peer,
            "101a",
            "102b",
            "greets",
            1,
            Some("import-peer-elsewhere"),
        );
        check(
            Peer,
            "101a",
            "101",
            "class_tidy",
            1,
            Some("import-peer-elsewhere"),
        );
        check(
            Peer,
            "nobody",
            "101b",
            "greets",
            1,
            Some("import-unknown-student"),
        );
        check(Teacher, "T1", "101a", "greets", 1, None);
        check(
            Teacher,
            "T1",
            "102a",
            "greets",
            1,
            Some("import-not-your-class"),
        );
        check(
            Teacher,
            "T9",
            "101a",
            "greets",
            1,
            Some("import-unknown-teacher"),
        );
        check(Parent, "link", "101a", "home", 1, None);
        check(
            Parent,
            "link",
            "nobody",
            "home",
            1,
            Some("import-unknown-ratee"),
        );
    }

    #[test]
    fn what_may_be_asked() {
        check(
            Source::Peer,
            "101a",
            "101b",
            "home",
            1,
            Some("import-indicator-elsewhere"),
        );
        check(
            Source::Teacher,
            "T1",
            "101",
            "greets",
            1,
            Some("import-indicator-elsewhere"),
        );
        check(
            Source::Teacher,
            "T1",
            "101",
            "nothing",
            1,
            Some("import-unknown-indicator"),
        );
        check(
            Source::Teacher,
            "T1",
            "101",
            "class_tidy",
            4,
            Some("import-anchor-range"),
        );
    }
}
