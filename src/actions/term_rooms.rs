//! A class while the votes of a term are gathered (`term_votes`): its seats, its teachers, and the sheets as they are
//! heard. Positions in it are those of the computation's input.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};

use super::term_votes::VotingClass;
use crate::{
    domain::{
        ids::{ClassId, StudentId},
        rubric::Source,
        scoring::input::{
            Answer, ClassInput, ClassRoundInput, Inspection, Sheet, StudentInput, TeacherInput,
        },
        sheet::Answers,
    },
    storage::{
        inspections,
        rounds::{self, RoundClassRow, RoundRow},
        sheets::SheetRow,
        staff,
        students::{EnrolmentRow, StudentRow},
    },
};

/// A child's place in a class for a term.
pub(super) struct Seat {
    id: StudentId,
    no: String,
    name: String,
    /// Days in this class: from, until (exclusive).
    stays: Vec<(NaiveDate, Option<NaiveDate>)>,
}

/// A class while its votes are gathered.
pub(super) struct Room<'f> {
    class: ClassId,
    code: String,
    grade: u8,
    seats: Vec<Seat>,
    pub(super) by_student: HashMap<String, u32>,
    teachers: Vec<TeacherInput>,
    by_teacher: HashMap<String, u32>,
    families: BTreeSet<&'f str>,
    pub(super) rounds: Vec<ClassRoundInput>,
    /// Family sheets wait until all link ids are known: (round, about class, ratee, link, sheet, answers).
    waiting: Vec<Waiting<'f>>,
}

struct Waiting<'f> {
    round: usize,
    about_class: bool,
    ratee: u32,
    row: &'f SheetRow,
}

/// Children who were in the class in any of the rounds' days. A child of several classes keeps its number in the first
/// and is `number@class` in the later ones (interfaces.md, students.csv).
pub(super) fn seats_of(
    class: &str,
    code: &str,
    stays: &[EnrolmentRow],
    people: &HashMap<String, StudentRow>,
    rounds: &[&RoundRow],
) -> Vec<Seat> {
    let counts = |e: &&EnrolmentRow| {
        rounds
            .iter()
            .any(|r| e.starts_on <= r.ends_on && e.ends_on.is_none_or(|end| end > r.starts_on))
    };
    let mut seats: BTreeMap<&str, Seat> = BTreeMap::new();
    for stay in stays.iter().filter(|e| e.class_id == class).filter(counts) {
        let Some(person) = people.get(&stay.student_id) else {
            continue;
        };
        let first = stays
            .iter()
            .filter(|e| e.student_id == stay.student_id)
            .filter(counts)
            .min_by_key(|e| e.starts_on);
        let at_home = first.is_none_or(|e| e.class_id == class);
        let no = if at_home {
            person.student_no.clone()
        } else {
            format!("{}@{code}", person.student_no)
        };
        let seat = seats.entry(person.id.as_str()).or_insert_with(|| Seat {
            id: StudentId::new(person.id.clone()),
            no,
            name: person.name.clone(),
            stays: Vec::new(),
        });
        seat.stays.push((stay.starts_on, stay.ends_on));
    }
    let mut seats: Vec<Seat> = seats.into_values().collect();
    seats.sort_by(|a, b| a.no.as_bytes().cmp(b.no.as_bytes()));
    seats
}

pub(super) fn teachers_of(
    class: &str,
    teaching: &[staff::TeachingRow],
    logins: &HashMap<String, String>,
) -> Vec<(String, TeacherInput)> {
    let mut found: BTreeMap<String, (String, TeacherInput)> = BTreeMap::new();
    for row in teaching.iter().filter(|t| t.class_id == class) {
        let Some(login) = logins.get(&row.staff_id) else {
            continue;
        };
        let entry = found.entry(login.clone()).or_insert_with(|| {
            (
                row.staff_id.clone(),
                TeacherInput {
                    login: login.clone(),
                    homeroom: false,
                    subject: false,
                },
            )
        });
        entry.1.homeroom |= row.role == "homeroom";
        entry.1.subject |= row.role == "subject";
    }
    found.into_values().collect()
}

impl<'f> Room<'f> {
    pub(super) fn new(
        class: &str,
        part: &RoundClassRow,
        seats: Vec<Seat>,
        teachers: Vec<(String, TeacherInput)>,
        rounds: usize,
    ) -> Self {
        let by_student = seats
            .iter()
            .zip(0u32..)
            .map(|(s, at)| (s.id.to_string(), at))
            .collect();
        let by_teacher = teachers
            .iter()
            .zip(0u32..)
            .map(|((id, _), at)| (id.clone(), at))
            .collect();
        Self {
            class: ClassId::new(class),
            code: part.code.clone(),
            grade: u8::try_from(part.grade).unwrap_or(1),
            seats,
            by_student,
            teachers: teachers.into_iter().map(|(_, t)| t).collect(),
            by_teacher,
            families: BTreeSet::new(),
            rounds: vec![ClassRoundInput::default(); rounds],
            waiting: Vec::new(),
        }
    }

    pub(super) fn hear(&mut self, at: usize, row: &'f SheetRow, indicators: &HashMap<&str, u16>) {
        let about_class = row.ratee_id == self.class.as_str();
        let ratee = if about_class {
            Some(0)
        } else {
            self.by_student.get(&row.ratee_id).copied()
        };
        let Some(ratee) = ratee else { return };
        let Some(source) = Source::from_name(&row.source) else {
            return;
        };
        let rater = match source {
            Source::SelfRating | Source::Peer => self.by_student.get(&row.rater_id).copied(),
            Source::Teacher => self.by_teacher.get(&row.rater_id).copied(),
            Source::Parent => {
                self.families.insert(&row.rater_id);
                self.waiting.push(Waiting {
                    round: at,
                    about_class,
                    ratee,
                    row,
                });
                return;
            }
        };
        if let Some(rater) = rater {
            self.keep(at, about_class, source, (rater, ratee), row, indicators);
        }
    }

    fn keep(
        &mut self,
        at: usize,
        about_class: bool,
        source: Source,
        (rater, ratee): (u32, u32),
        row: &SheetRow,
        indicators: &HashMap<&str, u16>,
    ) {
        let Some(round) = self.rounds.get_mut(at) else {
            return;
        };
        let mut answers: Vec<Answer> = Answers::unpack(&row.answers)
            .0
            .iter()
            .filter_map(|(id, anchor)| {
                Some(Answer {
                    indicator: *indicators.get(id.as_str())?,
                    anchor: anchor.unwrap_or(0),
                })
            })
            .collect();
        answers.sort_by_key(|a| a.indicator);
        let first = u32::try_from(round.answers.len()).unwrap_or(u32::MAX);
        let count = u32::try_from(answers.len()).unwrap_or(u32::MAX);
        round.answers.extend(answers);
        let seconds = row
            .seconds
            .and_then(|s| u32::try_from(s).ok())
            .map(f64::from);
        let comment = Some(row.comment.as_str())
            .filter(|c| !c.is_empty())
            .map(Into::into);
        let table = if about_class {
            &mut round.about_class
        } else {
            &mut round.about_students
        };
        if let Some(list) = table.get_mut(source.position()) {
            list.push(Sheet {
                rater,
                ratee,
                seconds,
                comment,
                answers: (first, count),
            });
        }
    }

    pub(super) fn excuse(&mut self, at: usize, round: &RoundRow, excused: &[rounds::ExcusalRow]) {
        let away = |seat: &Seat| {
            !seat.stays.iter().any(|(from, until)| {
                *from <= round.ends_on && until.is_none_or(|end| end > round.starts_on)
            })
        };
        let by_hand = |seat: &Seat| excused.iter().any(|e| e.student_id == seat.id.as_str());
        let who = self
            .seats
            .iter()
            .zip(0u32..)
            .filter(|(seat, _)| away(seat) || by_hand(seat))
            .map(|(_, at)| at);
        let who: Vec<u32> = who.collect();
        if let Some(round) = self.rounds.get_mut(at) {
            round.excused = who;
        }
    }

    pub(super) fn check(&mut self, at: usize, item: u16, row: &inspections::InspectionRow) {
        let date = u32::try_from(row.on_date.year()).unwrap_or(0) * 372
            + row.on_date.month() * 31
            + row.on_date.day();
        if let Some(round) = self.rounds.get_mut(at) {
            let (full, points) = (row.full_marks, row.points);
            round.inspections.push(Inspection {
                item,
                date,
                post: row.post.clone(),
                full,
                points,
            });
        }
    }

    pub(super) fn finish(mut self, indicators: &HashMap<&str, u16>) -> (ClassInput, VotingClass) {
        let links: Vec<&str> = std::mem::take(&mut self.families).into_iter().collect();
        let by_link: HashMap<&str, u32> = links.iter().copied().zip(0u32..).collect();
        for one in std::mem::take(&mut self.waiting) {
            let Some(rater) = by_link.get(one.row.rater_id.as_str()).copied() else {
                continue;
            };
            self.keep(
                one.round,
                one.about_class,
                Source::Parent,
                (rater, one.ratee),
                one.row,
                indicators,
            );
        }
        for round in &mut self.rounds {
            for list in round
                .about_students
                .iter_mut()
                .chain(&mut round.about_class)
            {
                list.sort_by_key(|s| (s.ratee, s.rater));
            }
            round.assignments.sort_unstable();
            round
                .inspections
                .sort_by(|a, b| (a.item, a.date, &a.post).cmp(&(b.item, b.date, &b.post)));
        }
        let ids = VotingClass {
            id: self.class,
            students: self.seats.iter().map(|s| s.id.clone()).collect(),
        };
        let input = ClassInput {
            code: self.code,
            grade: self.grade,
            students: self
                .seats
                .into_iter()
                .map(|s| StudentInput {
                    no: s.no,
                    name: s.name,
                })
                .collect(),
            teachers: self.teachers,
            families: links.into_iter().map(str::to_owned).collect(),
            rounds: self.rounds,
        };
        (input, ids)
    }
}
