//! Understands how schools write a class: 三年级2班, 三(2)班, 302, 3.2, Grade 3 Class 2, or 2班 beside a grade column.
//! Used by the readers of rosters, teachers and inspections.

use super::{Message, clean};

/// A class of the school by grade and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassName {
    /// 1 to 6.
    pub grade: u8,
    /// 1 to 99, counted within the grade.
    pub number: u8,
}

impl ClassName {
    /// A class, if grade and number are in their ranges.
    pub fn new(grade: u32, number: u32) -> Option<Self> {
        let (grade, number) = (u8::try_from(grade).ok()?, u8::try_from(number).ok()?);
        ((1..=6).contains(&grade) && (1..=99).contains(&number)).then_some(Self { grade, number })
    }

    /// The class code of the scoring files: 302 for grade 3, class 2.
    pub fn code(self) -> String {
        format!("{}{:02}", self.grade, self.number)
    }
}

/// What a file's classes are read against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SchoolYear(
    /// Year in which the school year began; needed to read cohorts such as 2025级.
    pub Option<u16>,
);

/// Reads the class from its cell and the cell of the grade column (empty when there is none).
pub fn parse(grade: &str, class: &str, year: SchoolYear) -> Result<ClassName, Message> {
    let wrong = || Message::new("import-class-unreadable");
    let by_column = match plain(grade) {
        text if text.is_empty() => None,
        text => Some(grade_of(&text, year).ok_or_else(|| Message::new("import-grade-unreadable"))?),
    };
    let text = plain(class);
    if text.is_empty() {
        return Err(Message::new("import-empty"));
    }
    let (by_cell, number) = split(&text, year).ok_or_else(wrong)?;
    match (by_column, by_cell) {
        (Some(column), Some(cell)) if column != cell => {
            Err(Message::new("import-class-contradicts-grade"))
        }
        (None, None) => Err(Message::new("import-class-without-grade")),
        (column, cell) => column
            .or(cell)
            .and_then(|grade| ClassName::new(grade, number))
            .ok_or_else(wrong),
    }
}

/// Narrow, without spaces, in small letters, brackets away, numerals as digits: 三（２）班 → 3(2)班.
fn plain(text: &str) -> String {
    let narrow = clean::id(text).to_lowercase();
    let straight = narrow.chars().map(|c| match c {
        '〔' | '【' | '[' | '﹙' => '(',
        '〕' | '】' | ']' | '﹚' => ')',
        '—' | '–' | '·' | '、' | '/' | '_' => '-',
        other => other,
    });
    numerals(&straight.collect::<String>())
}

/// Chinese numerals up to 99 as digits.
fn numerals(text: &str) -> String {
    let mut out = String::new();
    let mut run: Vec<char> = Vec::new();
    for c in text.chars().chain(['\0']) {
        if digit(c).is_some() || c == '十' {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            out.push_str(&numeral(&run));
            // 三2班: the change of script is where the grade ends.
            if c.is_ascii_digit() {
                out.push('-');
            }
            run.clear();
        }
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn digit(c: char) -> Option<u32> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let place = digits
        .iter()
        .position(|d| *d == c)
        .or((c == '零').then_some(0))?;
    u32::try_from(place).ok()
}

fn numeral(run: &[char]) -> String {
    let mut parts = run.splitn(2, |c| *c == '十');
    let (tens, ones) = (parts.next().unwrap_or_default(), parts.next());
    let digits = |part: &[char]| {
        part.iter()
            .filter_map(|c| digit(*c))
            .map(|d| d.to_string())
            .collect::<String>()
    };
    match ones {
        None => digits(tens),
        Some(ones) => {
            let tens = if tens.is_empty() {
                "1".to_owned()
            } else {
                digits(tens)
            };
            let ones = if ones.is_empty() {
                "0".to_owned()
            } else {
                digits(ones)
            };
            format!("{tens}{ones}")
        }
    }
}

/// A grade written alone: 3, 3年级, 小学3年级, grade3, or the cohort 2023级.
fn grade_of(text: &str, year: SchoolYear) -> Option<u32> {
    let text = text.strip_prefix("小学").unwrap_or(text);
    if let Some(cohort) = cohort_of(
        text.strip_suffix('级')
            .or_else(|| text.strip_suffix("届"))
            .unwrap_or(text),
    ) {
        return grade_of_cohort(cohort, year);
    }
    let text = ["年级", "年", "级"]
        .iter()
        .find_map(|end| text.strip_suffix(end))
        .unwrap_or(text);
    let text = ["grade", "g"]
        .iter()
        .find_map(|start| text.strip_prefix(start))
        .unwrap_or(text);
    number(text).filter(|grade| (1..=6).contains(grade))
}

fn cohort_of(text: &str) -> Option<u32> {
    number(text).filter(|cohort| (2000..=2100).contains(cohort))
}

fn grade_of_cohort(cohort: u32, year: SchoolYear) -> Option<u32> {
    let grade = (u32::from(year.0?) + 1).checked_sub(cohort)?;
    (1..=6).contains(&grade).then_some(grade)
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// Grade, if the cell names one, and number.
fn split(text: &str, year: SchoolYear) -> Option<(Option<u32>, u32)> {
    let body = text.strip_suffix('班').unwrap_or(text);
    if let Some(number) = number(body) {
        return Some(bare(body, number));
    }
    for cut in ["年级", "年", "级", "class", "c", "(", "-", "."] {
        if let Some((grade, class)) = body.split_once(cut) {
            let class = class
                .trim_start_matches("class")
                .trim_matches(['(', ')', '-', '第']);
            // 2年级 alone in the class column names no class.
            let number = number(class)?;
            let grade = grade.trim_matches(['(', ')', '-']);
            let grade = match grade {
                "" => None,
                named => Some(grade_of(&with_unit(named, cut), year)?),
            };
            return Some((grade, number));
        }
    }
    None
}

/// A cohort keeps its 级 so that 2023级2班 is not read as grade 2023.
fn with_unit(grade: &str, cut: &str) -> String {
    if cut == "级" {
        format!("{grade}级")
    } else {
        grade.to_owned()
    }
}

/// Digits alone: 302 is a code; 2 and 12 are numbers, because nobody knows whether 12 means 1(2).
fn bare(body: &str, number: u32) -> (Option<u32>, u32) {
    match body.len() {
        3 => (Some(number / 100), number % 100),
        _ => (None, number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(grade: &str, class: &str, expected: Result<&str, &str>) {
        let found = parse(grade, class, SchoolYear(Some(2026)));
        let found = found.map(ClassName::code).map_err(|message| message.key);
        assert_eq!(
            found.as_deref().map_err(|key| *key),
            expected,
            "{grade:?} {class:?}"
        );
    }

    #[test]
    fn every_way_schools_write_a_class() {
        for class in [
            "三年级2班",
            "三（2）班",
            "三(2)班",
            "三 (２) 班",
            "三【2】班",
            "3年2班",
            "三年二班",
            "三年级（二）班",
            "302",
            "３０２",
            "302班",
            "3-2",
            "3.2",
            "3(2)",
            "三2班",
            "Grade 3 Class 2",
            "G3C2",
            "2024级2班",
            "2024级(2)班",
            "小学三年级2班",
            "3年级02班",
        ] {
            check("", class, Ok("302"));
        }
        check("", "一年级十二班", Ok("112"));
        check("", "110", Ok("110"));
        check("", "六年级二十班", Ok("620"));
    }

    #[test]
    fn grade_and_class_in_two_columns() {
        for (grade, class) in [
            ("一年级", "1班"),
            ("一年级", "1"),
            ("1", "一班"),
            ("一", "（1）班"),
            ("一年级", "101"),
            ("2026级", "1班"),
            ("2026", "01"),
        ] {
            check(grade, class, Ok("101"));
        }
        check("一年级", "12", Ok("112"));
        check("一年级", "一年级12班", Ok("112"));
        check("二年级", "101", Err("import-class-contradicts-grade"));
        check("七年级", "1", Err("import-grade-unreadable"));
    }

    #[test]
    fn what_is_not_a_class() {
        check("", "", Err("import-empty"));
        for class in ["1班", "12", "12班", "十二班", "三二班"] {
            check("", class, Err("import-class-without-grade"));
        }
        for class in [
            "一年级",
            "七年级1班",
            "100",
            "701",
            "0",
            "实验班",
            "2026-01-01",
            "一年级0班",
            "99999999999",
            "1班1班",
        ] {
            let found = parse("", class, SchoolYear(None));
            assert!(found.is_err(), "{class} {found:?}");
        }
        assert!(parse("", "2024级2班", SchoolYear(None)).is_err());
    }
}
