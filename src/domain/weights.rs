//! The two sets of weights that the office may change: parsed from whole percents, the presets, and the rubric that
//! results. Used by `actions::weights` and the weights page.

use super::{
    refusal::Refusal,
    rubric::{COMPONENTS, DEFAULT_CLASS_WEIGHTS, DEFAULT_WEIGHTS, Rubric, SOURCES},
};

/// Weights of a student's voices and of a class's components, each ≥ 0 with sum 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// In the order of `Source::ALL`.
    pub student: [f64; SOURCES],
    /// In the order of `Component::ALL`.
    pub class: [f64; COMPONENTS],
}

/// A ready-made set of student weights; each goes with the default class weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Self 10, peer 30, teacher 40, parent 20.
    Default,
    /// All four voices alike.
    Equal,
    /// Self 10, peer 20, teacher 50, parent 20.
    TeacherFirst,
}

impl Preset {
    /// All presets in the order of the page.
    pub const ALL: [Preset; 3] = [Self::Default, Self::Equal, Self::TeacherFirst];

    /// The word in forms and texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Equal => "equal",
            Self::TeacherFirst => "teacher",
        }
    }

    /// Student weights in percent, in the order of `Source::ALL`.
    pub const fn percents(self) -> [u32; SOURCES] {
        match self {
            Self::Default => [10, 30, 40, 20],
            Self::Equal => [25, 25, 25, 25],
            Self::TeacherFirst => [10, 20, 50, 20],
        }
    }

    /// The weights of the preset.
    pub fn weights(self) -> Weights {
        Weights {
            student: self.percents().map(share),
            class: DEFAULT_CLASS_WEIGHTS,
        }
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            student: DEFAULT_WEIGHTS,
            class: DEFAULT_CLASS_WEIGHTS,
        }
    }
}

impl Weights {
    /// Weights from whole percents.
    ///
    /// # Errors
    /// `Invalid` with `weights-percent` for a number outside 0…100, `weights-sum-student` or `weights-sum-class` where
    /// a set does not make exactly 100.
    ///
    /// ```
    /// # use starlight::domain::weights::Weights;
    /// let weights = Weights::of_percents([10, 20, 50, 20], [10, 30, 20, 10, 10, 20]).unwrap_or_default();
    /// assert_eq!(weights.student, [0.1, 0.2, 0.5, 0.2]);
    /// assert!(Weights::of_percents([10, 20, 50, 21], [10, 30, 20, 10, 10, 20]).is_err());
    /// ```
    pub fn of_percents(student: [u32; SOURCES], class: [u32; COMPONENTS]) -> Result<Self, Refusal> {
        if student.iter().chain(&class).any(|percent| *percent > 100) {
            return Err(invalid("weights-percent"));
        }
        if student.iter().sum::<u32>() != 100 {
            return Err(invalid("weights-sum-student"));
        }
        if class.iter().sum::<u32>() != 100 {
            return Err(invalid("weights-sum-class"));
        }
        Ok(Self {
            student: student.map(share),
            class: class.map(share),
        })
    }

    /// The same from what a form sent; white space around a number and a `%` after it do no harm.
    ///
    /// # Errors
    /// As [`Weights::of_percents`]; `weights-percent` also for what is no whole number.
    pub fn parse(student: [&str; SOURCES], class: [&str; COMPONENTS]) -> Result<Self, Refusal> {
        Self::of_percents(all(student)?, all(class)?)
    }

    /// The weights of a rubric.
    pub fn of(rubric: &Rubric) -> Self {
        Self {
            student: rubric.weights,
            class: rubric.class_weights,
        }
    }

    /// The rubric with these weights and everything else as it was.
    pub fn applied(&self, rubric: &Rubric) -> Rubric {
        Rubric {
            weights: self.student,
            class_weights: self.class,
            ..rubric.clone()
        }
    }
}

fn share(percent: u32) -> f64 {
    f64::from(percent) / 100.0
}

fn invalid(key: &str) -> Refusal {
    Refusal::Invalid(key.to_owned())
}

fn all<const N: usize>(texts: [&str; N]) -> Result<[u32; N], Refusal> {
    let mut percents = [0; N];
    for (slot, text) in percents.iter_mut().zip(texts) {
        let text = text.trim();
        let digits = text.strip_suffix('%').unwrap_or(text).trim_end();
        let read = digits.parse::<u32>().ok();
        *slot = read.ok_or_else(|| invalid("weights-percent"))?;
    }
    Ok(percents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CLASS: [u32; 6] = [10, 30, 20, 10, 10, 20];

    #[test]
    fn presets_are_valid_and_the_first_is_the_rubrics_own() {
        for preset in Preset::ALL {
            let weights = Weights::of_percents(preset.percents(), CLASS);
            assert_eq!(weights, Ok(preset.weights()), "{}", preset.key());
        }
        assert_eq!(Preset::Default.weights(), Weights::default());
    }

    #[test]
    fn what_is_wrong_is_said() {
        let check = |student: [&str; 4], expected: &str| {
            let class = ["10", "30", "20", "10", "10", "20"];
            assert_eq!(
                Weights::parse(student, class),
                Err(invalid(expected)),
                "{student:?}"
            );
        };
        check(["10", "30", "40", "21"], "weights-sum-student");
        check(["10", "30", "40", "19"], "weights-sum-student");
        check(["0", "0", "0", "0"], "weights-sum-student");
        check(["101", "0", "0", "0"], "weights-percent");
        check(["-10", "50", "40", "20"], "weights-percent");
        check(["12.5", "27.5", "40", "20"], "weights-percent");
        check(["", "30", "50", "20"], "weights-percent");
        let off = Weights::of_percents([25; 4], [10, 30, 20, 10, 10, 19]);
        assert_eq!(off, Err(invalid("weights-sum-class")));
        let typed = Weights::parse(
            [" 25", "25 %", "25%", "25"],
            ["0", "0", "0", "0", "0", "100"],
        );
        assert_eq!(typed.map(|w| w.student), Ok([0.25; 4]));
    }

    proptest! {
        #[test]
        fn whole_percents_that_make_100_are_a_valid_rubric(a in 0u32..=100, b in 0u32..=100, c in 0u32..=100) {
            let mut cuts = [a, b, c];
            cuts.sort_unstable();
            let student = [cuts[0], cuts[1] - cuts[0], cuts[2] - cuts[1], 100 - cuts[2]];
            let weights = Weights::of_percents(student, CLASS).unwrap();
            let rubric = weights.applied(&Rubric::built_in());
            prop_assert!(rubric.flaws().is_empty());
            prop_assert_eq!(Weights::of(&rubric), weights);
        }
    }
}
