//! A term as the files of IN: what [`super::read_term`] reads back to the same computation. Used by `export sheets`,
//! and by the tables of answers and checks.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::output::{OutFile, push_text};
use crate::domain::rubric::{Of, Rubric, Segment, Source};
use crate::domain::scoring::input::{Answer, ClassInput, Inspection, Sheet, TermInput};
use crate::domain::scoring::number::ix;
use crate::exchange::inspections::InspectionRow;
use crate::exchange::{rubric_toml, table::decimal};

/// One sheet with its public names.
#[derive(Clone, Copy, Debug)]
pub struct Said<'t> {
    pub round: &'t str,
    pub class: &'t ClassInput,
    pub of: Of,
    pub source: Source,
    pub rater: &'t str,
    pub ratee: &'t str,
    pub sheet: &'t Sheet,
    answers: &'t [Answer],
}

impl<'t> Said<'t> {
    /// Indicator and anchor of each answer, none for 没看见. A sheet without any answer gets one of these, since in a
    /// file a sheet exists by its rows.
    pub fn answers(&self, rubric: &'t Rubric) -> Vec<(&'t str, Option<u8>)> {
        let row = |answer: &Answer| {
            let indicator = rubric.indicators.get(usize::from(answer.indicator))?;
            let anchor = Some(answer.anchor).filter(|anchor| *anchor > 0);
            Some((indicator.id.as_str(), anchor))
        };
        let rows: Vec<_> = self.answers.iter().filter_map(row).collect();
        if !rows.is_empty() {
            return rows;
        }
        let segment = Segment::of_grade(self.class.grade).unwrap_or(Segment::Low);
        let fits = rubric
            .indicators
            .iter()
            .find(|indicator| indicator.is_for(self.of, self.source, segment));
        fits.map(|indicator| (indicator.id.as_str(), None))
            .into_iter()
            .collect()
    }
}

/// Calls `each` with every sheet, round by round, class by class, in the order of the input.
pub fn each_sheet<'t>(term: &'t TermInput, each: &mut dyn FnMut(Said<'t>)) {
    for (at, round) in term.rounds.iter().enumerate() {
        for class in &term.classes {
            let Some(part) = class.rounds.get(at) else {
                continue;
            };
            for of in [Of::Student, Of::Class] {
                for source in Source::ALL {
                    for sheet in part.sheets(of, source) {
                        let Some((rater, ratee)) = names(class, of, source, sheet) else {
                            continue;
                        };
                        let answers = part.answers_of(sheet);
                        each(Said {
                            round,
                            class,
                            of,
                            source,
                            rater,
                            ratee,
                            sheet,
                            answers,
                        });
                    }
                }
            }
        }
    }
}

fn names<'t>(
    class: &'t ClassInput,
    of: Of,
    source: Source,
    sheet: &Sheet,
) -> Option<(&'t str, &'t str)> {
    let student = |at: u32| class.students.get(ix(at)).map(|s| s.no.as_str());
    let ratee = match of {
        Of::Student => student(sheet.ratee)?,
        Of::Class => class.code.as_str(),
    };
    let rater = match source {
        Source::SelfRating | Source::Peer => student(sheet.rater)?,
        Source::Teacher => class.teachers.get(ix(sheet.rater))?.login.as_str(),
        Source::Parent => class.families.get(ix(sheet.rater))?.as_str(),
    };
    Some((rater, ratee))
}

/// Every check, by round, class, item, day and post.
pub fn checks(rubric: &Rubric, term: &TermInput) -> Vec<InspectionRow> {
    let mut rows = Vec::new();
    for (at, round) in term.rounds.iter().enumerate() {
        for class in &term.classes {
            let made = class.rounds.get(at).map(|part| part.inspections.iter());
            for check in made.into_iter().flatten() {
                let item = rubric.items.get(usize::from(check.item));
                if let (Some(item), Some(date)) = (item, day(check)) {
                    rows.push(InspectionRow {
                        line: 0,
                        date,
                        round: Some(round.clone()),
                        post: check.post.clone(),
                        class: class.code.clone(),
                        item: item.id.clone(),
                        full: check.full,
                        points: check.points,
                    });
                }
            }
        }
    }
    rows
}

/// The day behind year·372 + month·31 + day.
fn day(check: &Inspection) -> Option<NaiveDate> {
    let from_january = check.date.checked_sub(32)?;
    let year = i32::try_from(from_january / 372).ok()?;
    let rest = from_january % 372;
    NaiveDate::from_ymd_opt(year, rest / 31 + 1, rest % 31 + 1)
}

/// The files of the term. Rounds nobody said anything in are left out: in files a round exists by its sheets.
pub fn write_term(rubric: &Rubric, term: &TermInput) -> Vec<OutFile> {
    let (sheets, heard) = sheets(rubric, term);
    let file = |name, bytes: String| OutFile {
        name,
        bytes: bytes.into_bytes(),
    };
    vec![
        file("rubric.toml", rubric_toml::write(rubric)),
        file("classes.csv", classes(term)),
        file("students.csv", students(term)),
        file("teachers.csv", teachers(term)),
        file("sheets.csv", sheets),
        file("assignments.csv", assignments(term, &heard)),
        file("excused.csv", excused(term, &heard)),
        file("inspections.csv", inspections(rubric, term, &heard)),
    ]
}

fn record(out: &mut String, fields: &[&str]) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_text(out, field);
    }
    out.push('\n');
}

fn classes(term: &TermInput) -> String {
    let mut out = String::from("class,grade\n");
    for class in &term.classes {
        record(&mut out, &[&class.code, &class.grade.to_string()]);
    }
    out
}

fn students(term: &TermInput) -> String {
    let mut out = String::from("student_no,name,class\n");
    for class in &term.classes {
        for student in &class.students {
            record(&mut out, &[&student.no, &student.name, &class.code]);
        }
    }
    out
}

fn teachers(term: &TermInput) -> String {
    let mut out = String::from("teacher,class,role\n");
    for class in &term.classes {
        for teacher in &class.teachers {
            let roles = [(teacher.homeroom, "homeroom"), (teacher.subject, "subject")];
            for (_, role) in roles.into_iter().filter(|(has, _)| *has) {
                record(&mut out, &[&teacher.login, &class.code, role]);
            }
        }
    }
    out
}

/// The rows, and the rounds that have any.
fn sheets<'t>(rubric: &'t Rubric, term: &'t TermInput) -> (String, HashSet<&'t str>) {
    let mut out = String::from("round,source,rater,ratee,indicator,anchor,seconds,comment\n");
    let mut heard = HashSet::new();
    each_sheet(term, &mut |said| {
        let seconds = said.sheet.seconds.map(decimal).unwrap_or_default();
        let mut comment = said.sheet.comment.as_deref().unwrap_or_default();
        for (indicator, anchor) in said.answers(rubric) {
            let anchor = anchor.map(|anchor| anchor.to_string()).unwrap_or_default();
            let source = said.source.name();
            record(
                &mut out,
                &[
                    said.round, source, said.rater, said.ratee, indicator, &anchor, &seconds,
                    comment,
                ],
            );
            // Once a sheet is enough.
            comment = "";
            heard.insert(said.round);
        }
    });
    (out, heard)
}

/// (round, class, index of the round) of every class in every round that is written.
fn parts<'t>(term: &'t TermInput, heard: &HashSet<&str>) -> Vec<(&'t str, &'t ClassInput, usize)> {
    let rounds = term.rounds.iter().enumerate();
    rounds
        .filter(|(_, round)| heard.contains(round.as_str()))
        .flat_map(|(at, round)| {
            let classes = term.classes.iter();
            classes.map(move |class| (round.as_str(), class, at))
        })
        .collect()
}

fn assignments(term: &TermInput, heard: &HashSet<&str>) -> String {
    let mut out = String::from("round,rater,ratee\n");
    for (round, class, at) in parts(term, heard) {
        let pairs = class.rounds.get(at).map(|part| part.assignments.iter());
        for (rater, ratee) in pairs.into_iter().flatten() {
            let no = |at: &u32| class.students.get(ix(*at)).map(|s| s.no.as_str());
            if let (Some(rater), Some(ratee)) = (no(rater), no(ratee)) {
                record(&mut out, &[round, rater, ratee]);
            }
        }
    }
    out
}

fn excused(term: &TermInput, heard: &HashSet<&str>) -> String {
    let mut out = String::from("round,student_no\n");
    for (round, class, at) in parts(term, heard) {
        let away = class.rounds.get(at).map(|part| part.excused.iter());
        for student in away.into_iter().flatten() {
            if let Some(student) = class.students.get(ix(*student)) {
                record(&mut out, &[round, &student.no]);
            }
        }
    }
    out
}

fn inspections(rubric: &Rubric, term: &TermInput, heard: &HashSet<&str>) -> String {
    let mut out = String::from("date,round,post,class,item,full,points\n");
    let mut seen = HashSet::new();
    for check in checks(rubric, term) {
        let round = check.round.as_deref().filter(|round| heard.contains(round));
        let Some(round) = round else {
            continue;
        };
        let date = check.date.format("%Y-%m-%d").to_string();
        // Two monitors of one post may look at the same thing on the same day; in a file each check has its own key.
        let mut post = check.post.clone();
        let mut turn = 1;
        while !seen.insert((
            date.clone(),
            round.to_owned(),
            post.clone(),
            check.class.clone(),
            check.item.clone(),
        )) {
            turn += 1;
            post = format!("{} ({turn})", check.post);
        }
        let (full, points) = (decimal(check.full), decimal(check.points));
        record(
            &mut out,
            &[
                &date,
                round,
                &post,
                &check.class,
                &check.item,
                &full,
                &points,
            ],
        );
    }
    out
}
