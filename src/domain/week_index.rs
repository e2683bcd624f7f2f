//! The weekly index of a class (星光班级指数) and which classes get a flag (product.md, "weekly index"). It decides flags
//! and the week's slide only; scores and places of classes are `scoring`'s.
//!
//! Everything that is compared is a whole number, so that equal displays are equal: the index in tenths of a point, the
//! rise in hundredths. Used by `actions::week_facts`.

/// Weight of taking part; the items bring theirs from the rubric (together 90 in the built-in one).
pub const PARTICIPATION_WEIGHT: f64 = 10.0;
/// Share of children done that is full marks.
pub const FULL_FROM: f64 = 0.95;
/// Fewest days with a check for either flag.
pub const LEAST_DAYS: usize = 4;
/// Lowest index of the red flag, in tenths.
pub const LEAST_TENTHS: i32 = 850;
/// Weeks of the own median.
pub const MEDIAN_WEEKS: usize = 4;

/// Which flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlagKind {
    /// 流动红旗: the best index of the grade.
    Flag,
    /// 进步红旗: the largest rise over the own median.
    Progress,
}

impl FlagKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Flag, Self::Progress];

    /// The word as stored, and in a badge's rule.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::Progress => "progress",
        }
    }

    /// The flags in what is stored of a class's week: their words, separated by spaces.
    ///
    /// ```
    /// use starlight::domain::week_index::FlagKind;
    /// assert_eq!(FlagKind::read("flag progress"), FlagKind::ALL);
    /// assert!(FlagKind::read("").is_empty());
    /// ```
    #[must_use]
    pub fn read(text: &str) -> Vec<Self> {
        let has = |kind: &Self| text.split(' ').any(|word| word == kind.key());
        Self::ALL.into_iter().filter(has).collect()
    }
}

/// One part of the index: what was got of what could be got, over the checks really made.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Id of the rubric's item, or `participation`.
    pub key: String,
    pub points: f64,
    /// > 0.
    pub full: f64,
    pub weight: f64,
}

impl Part {
    /// Taking part: `done` of `expected` children, full from 95 %; none where nobody was expected.
    ///
    /// ```
    /// use starlight::domain::week_index::Part;
    /// assert_eq!(Part::participation(38, 40).unwrap().rate(), 1.0);
    /// assert!(Part::participation(0, 0).is_none());
    /// ```
    #[must_use]
    pub fn participation(done: usize, expected: usize) -> Option<Self> {
        let real = |n: usize| u32::try_from(n).map(f64::from).unwrap_or(0.0);
        (expected > 0).then(|| Self {
            key: "participation".to_owned(),
            points: real(done),
            full: real(expected),
            weight: PARTICIPATION_WEIGHT,
        })
    }

    /// 0 … 1.
    #[must_use]
    pub fn rate(&self) -> f64 {
        let rate = self.points / self.full;
        if self.key == "participation" {
            return (rate / FULL_FROM).min(1.0);
        }
        rate
    }
}

/// A class in a week, before anything is decided.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassWeek {
    pub class: String,
    pub grade: i32,
    /// Items that were checked, and taking part; items without a check are left out.
    pub parts: Vec<Part>,
    /// Days with at least one check that counts.
    pub days: usize,
    /// Indices of its latest decided weeks of the term, newest first, in tenths.
    pub before: Vec<i32>,
}

/// What a week makes of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pub class: String,
    pub grade: i32,
    /// In tenths; none where nothing was checked.
    pub tenths: Option<i32>,
    /// Over the median of its last four weeks, in hundredths; none with fewer weeks.
    pub rise: Option<i32>,
    pub flag: bool,
    pub progress: bool,
}

/// The index in tenths: the parts' rates averaged by weight; none where no item was checked, whoever took part.
///
/// ```
/// use starlight::domain::week_index::{Part, index};
/// let part = |key: &str, points, weight| Part { key: key.into(), points, full: 20.0, weight };
/// assert_eq!(index(&[part("discipline", 19.0, 20.0), part("reading", 16.0, 10.0)]), Some(900));
/// ```
#[must_use]
pub fn index(parts: &[Part]) -> Option<i32> {
    parts.iter().find(|p| p.key != "participation")?;
    let weights: f64 = parts.iter().map(|p| p.weight).sum();
    if weights <= 0.0 {
        return None;
    }
    let sum: f64 = parts.iter().map(|p| p.weight * p.rate()).sum();
    Some(tenths(100.0 * sum / weights))
}

/// Halves go up, and what only the arithmetic made less than a half counts as one.
fn tenths(value: f64) -> i32 {
    let at_least = |tenth: &i32| 10.0 * value + 1e-9 >= f64::from(*tenth) - 0.5;
    // Between 0 and 100 by construction; a search needs no conversion that could go wrong.
    let (mut low, mut high) = (0, 1000);
    while low < high {
        let middle = (low + high + 1) / 2;
        if at_least(&middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

/// Rise over the median of the last four weeks, in hundredths.
#[must_use]
pub fn rise(tenths: i32, before: &[i32]) -> Option<i32> {
    let mut last: Vec<i32> = before.iter().take(MEDIAN_WEEKS).copied().collect();
    if last.len() < MEDIAN_WEEKS {
        return None;
    }
    last.sort_unstable();
    let middle: i32 = last.iter().skip(1).take(2).sum();
    Some(tenths * 10 - middle * 5)
}

/// Decides a week, grade by grade: the best index of at least 85 on at least four checked days, and the largest rise,
/// above nothing, on as many days. Equal ones share; a class may get both.
#[must_use]
pub fn decide(classes: &[ClassWeek]) -> Vec<Decided> {
    let mut all: Vec<Decided> = classes.iter().map(undecided).collect();
    let often = |one: &Decided| {
        let week = classes.iter().find(|c| c.class == one.class);
        week.is_some_and(|c| c.days >= LEAST_DAYS)
    };
    let mut grades: Vec<i32> = all.iter().map(|one| one.grade).collect();
    grades.sort_unstable();
    grades.dedup();
    for grade in grades {
        let here = || all.iter().filter(|one| one.grade == grade && often(one));
        let best = here().filter_map(|one| one.tenths).max();
        let best = best.filter(|tenths| *tenths >= LEAST_TENTHS);
        let most = here().filter_map(|one| one.rise).max().filter(|r| *r > 0);
        let winners = |of: &dyn Fn(&Decided) -> bool| -> Vec<String> {
            here().filter(|o| of(o)).map(|o| o.class.clone()).collect()
        };
        let flags = winners(&|one| best.is_some() && one.tenths == best);
        let progress = winners(&|one| most.is_some() && one.rise == most);
        for one in &mut all {
            one.flag |= flags.contains(&one.class);
            one.progress |= progress.contains(&one.class);
        }
    }
    all
}

fn undecided(week: &ClassWeek) -> Decided {
    let tenths = index(&week.parts);
    Decided {
        class: week.class.clone(),
        grade: week.grade,
        tenths,
        rise: tenths.and_then(|t| rise(t, &week.before)),
        flag: false,
        progress: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEIGHTS: [(&str, f64); 6] = [
        ("discipline", 20.0),
        ("hygiene", 20.0),
        ("courtesy", 15.0),
        ("assembly", 10.0),
        ("recess", 15.0),
        ("reading", 10.0),
    ];

    fn part(key: &str, points: f64, full: f64) -> Part {
        let weight = WEIGHTS.iter().find(|(id, _)| *id == key).unwrap().1;
        Part {
            key: key.into(),
            points,
            full,
            weight,
        }
    }

    fn week(class: &str, tenths: i32, days: usize, before: &[i32]) -> ClassWeek {
        ClassWeek {
            class: class.into(),
            grade: 4,
            parts: vec![part("discipline", f64::from(tenths) / 20.0, 50.0)],
            days,
            before: before.to_vec(),
        }
    }

    fn winners(weeks: &[ClassWeek]) -> (Vec<String>, Vec<String>) {
        let all = decide(weeks);
        let of = |wins: fn(&Decided) -> bool| {
            all.iter()
                .filter(|d| wins(d))
                .map(|d| d.class.clone())
                .collect()
        };
        (of(|d| d.flag), of(|d| d.progress))
    }

    #[test]
    fn a_whole_week_by_hand() {
        // 20·48/50 + 20·45/50 + 15·19/20 + 10·5/5 + 15·27/30 + 10·9/10 + 10·(36/40)/.95
        // = 19.2 + 18 + 14.25 + 10 + 13.5 + 9 + 9.473684… = 93.4236…
        let parts = [
            part("discipline", 48.0, 50.0),
            part("hygiene", 45.0, 50.0),
            part("courtesy", 19.0, 20.0),
            part("assembly", 5.0, 5.0),
            part("recess", 27.0, 30.0),
            part("reading", 9.0, 10.0),
            Part::participation(36, 40).unwrap(),
        ];
        assert_eq!(index(&parts), Some(934));
    }

    #[test]
    fn what_was_not_checked_is_left_out_and_not_nought() {
        // (20·.9 + 10·1) / 30 = 93.33…
        let parts = [
            part("hygiene", 9.0, 10.0),
            Part::participation(38, 40).unwrap(),
        ];
        assert_eq!(index(&parts), Some(933));
        assert_eq!(index(&[part("hygiene", 9.0, 10.0)]), Some(900));
        let only_children = [Part::participation(40, 40).unwrap()];
        assert_eq!(index(&only_children), None, "nothing was checked");
        assert_eq!(index(&[]), None);
    }

    #[test]
    fn a_class_of_five() {
        // 4 of 5: 80 % of 95 %. (20·1 + 10·.842105…) / 30 = 94.7368…
        let four = [
            part("discipline", 50.0, 50.0),
            Part::participation(4, 5).unwrap(),
        ];
        assert_eq!(index(&four), Some(947));
        let five = [
            part("discipline", 50.0, 50.0),
            Part::participation(5, 5).unwrap(),
        ];
        assert_eq!(index(&five), Some(1000));
    }

    #[test]
    fn halves_go_up_whatever_the_arithmetic_lost() {
        // 9.345/10 is 93.45 and nothing less.
        assert_eq!(index(&[part("hygiene", 9.345, 10.0)]), Some(935));
        assert_eq!(index(&[part("hygiene", 9.3449, 10.0)]), Some(934));
        assert_eq!(index(&[part("hygiene", 0.0, 10.0)]), Some(0));
    }

    #[test]
    fn equal_ones_share_the_flag() {
        let weeks = [
            week("a", 951, 5, &[]),
            week("b", 951, 4, &[]),
            week("c", 950, 5, &[]),
        ];
        assert_eq!(winners(&weeks).0, ["a", "b"]);
    }

    #[test]
    fn the_flag_needs_eighty_five_and_four_days() {
        assert_eq!(winners(&[week("a", 849, 5, &[])]).0, [""; 0]);
        assert_eq!(winners(&[week("a", 850, 5, &[])]).0, ["a"]);
        let weeks = [week("a", 999, 3, &[]), week("b", 860, 4, &[])];
        assert_eq!(winners(&weeks).0, ["b"], "three days are too few");
        let short = [week("a", 990, 3, &[]), week("b", 980, 3, &[])];
        assert_eq!(winners(&short).0, [""; 0], "a week of three school days");
    }

    #[test]
    fn progress_goes_by_the_own_median_of_four_weeks() {
        // Medians: a (800+820)/2 = 81.0, b (880+900)/2 = 89.0; rises 6.0 and 4.0.
        let weeks = [
            week("a", 870, 5, &[900, 800, 700, 820]),
            week("b", 930, 5, &[880, 870, 910, 900]),
        ];
        let (flag, progress) = winners(&weeks);
        assert_eq!((flag, progress), (vec!["b".into()], vec!["a".into()]));
        assert_eq!(rise(870, &[900, 800, 700, 820]), Some(600));
        assert_eq!(rise(870, &[800, 801, 700, 900]), Some(695), "half a tenth");
        assert_eq!(rise(870, &[900, 800, 700]), None, "three weeks");
        // A fifth week back is not looked at.
        assert_eq!(rise(870, &[800, 800, 800, 800, 100]), Some(700));
    }

    #[test]
    fn nobody_rises_when_nobody_rose() {
        let same = [800, 800, 800, 800];
        assert_eq!(winners(&[week("a", 800, 5, &same)]).1, [""; 0]);
        let weeks = [week("a", 810, 3, &same), week("b", 805, 5, &same)];
        assert_eq!(winners(&weeks).1, ["b"], "three days are too few");
        let tie = [week("a", 810, 5, &same), week("b", 810, 5, &same)];
        assert_eq!(winners(&tie).1, ["a", "b"]);
    }

    #[test]
    fn grades_are_apart() {
        let mut other = week("z", 860, 5, &[]);
        other.grade = 5;
        assert_eq!(winners(&[week("a", 990, 5, &[]), other]).0, ["a", "z"]);
    }
}
