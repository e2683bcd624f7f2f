//! Everything that was said in a term, from the database into the shape that `domain::scoring` reads; `export sheets`
//! and the computation share it, so that files and server give the same digits.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};

use super::Acted;
use crate::{
    domain::{
        actor::SchoolPermit,
        ids::{ClassId, SchoolId, StudentId},
        release::SheetVersion,
        rubric::{Rubric, Source},
        scoring::input::{
            Answer, ClassInput, ClassRoundInput, Inspection, Sheet, StudentInput, TeacherInput,
            TermInput,
        },
        sheet::Answers,
    },
    exchange::rubric_toml,
    storage::{
        Db, StorageError, duty, rounds,
        rounds::{RoundClassRow, RoundRow},
        schools,
        schools::TermRow,
        sheets,
        sheets::SheetRow,
        staff, students,
        students::EnrolmentRow,
    },
};

/// A term's votes, with the server's ids beside the public ones of `input`.
#[derive(Debug)]
pub struct TermVotes {
    pub term: TermRow,
    pub rubric: Rubric,
    pub input: TermInput,
    /// Rounds in the order of `input.rounds`.
    pub rounds: Vec<RoundRow>,
    /// By class of `input`.
    pub classes: Vec<VotingClass>,
    /// Peer sheets with at least one answer, by the ratee's id: what rule 3 counts.
    pub peer_sheets: HashMap<String, Vec<SheetVersion>>,
}

/// The server's ids of one class of the input, by the same positions.
#[derive(Debug)]
pub struct VotingClass {
    pub id: ClassId,
    pub students: Vec<StudentId>,
}

/// Loads a term. Counted are its published rounds and, where given, the round `with`.
pub fn load(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    term: &str,
    with: Option<&str>,
) -> Acted<TermVotes> {
    let term = schools::term(db, school, term)?;
    let counted = |r: &RoundRow| r.state == "published" || Some(r.id.as_str()) == with;
    let mut rounds: Vec<RoundRow> = rounds::of_term(db, school, &term.id)?
        .into_iter()
        .filter(counted)
        .collect();
    rounds.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    let rubric_id = rounds.first().map_or(&term.rubric_id, |r| &r.rubric_id);
    let rubric = read_rubric(db, school, rubric_id)?;
    let mut builder = Builder::start(db, permit, school, &term, &rounds)?;
    for (at, round) in rounds.iter().enumerate() {
        builder.add_round(db, permit, school, &rubric, at, round)?;
    }
    let peer_sheets = std::mem::take(&mut builder.peer_sheets);
    let (input, classes) = builder.finish(&rubric, &rounds);
    Ok(TermVotes {
        term,
        rubric,
        input,
        rounds,
        classes,
        peer_sheets,
    })
}

/// The rubric document of a version.
pub fn read_rubric(db: &mut Db, school: &SchoolId, id: &str) -> Acted<Rubric> {
    let row = schools::rubric(db, school, id)?;
    rubric_toml::read(row.document.as_bytes())
        .map_err(|e| StorageError::Broken(format!("stored rubric: {e:?}")).into())
}

struct Seat {
    id: StudentId,
    no: String,
    name: String,
    /// Days in this class: from, until (exclusive).
    stays: Vec<(NaiveDate, Option<NaiveDate>)>,
}

struct Room {
    class: ClassId,
    code: String,
    grade: u8,
    seats: Vec<Seat>,
    by_student: HashMap<String, u32>,
    teachers: Vec<TeacherInput>,
    by_teacher: HashMap<String, u32>,
    families: BTreeSet<String>,
    rounds: Vec<ClassRoundInput>,
    /// Family sheets wait until all link ids are known: (round, about class, ratee, link, sheet, answers).
    waiting: Vec<Waiting>,
}

struct Waiting {
    round: usize,
    about_class: bool,
    ratee: u32,
    link: String,
    row: SheetRow,
}

struct Builder {
    rooms: BTreeMap<String, Room>,
    code_of: HashMap<String, String>,
    peer_sheets: HashMap<String, Vec<SheetVersion>>,
}

impl Builder {
    fn start(
        db: &mut Db,
        permit: &SchoolPermit,
        school: &SchoolId,
        term: &TermRow,
        rounds: &[RoundRow],
    ) -> Acted<Self> {
        let mut parts: BTreeMap<String, RoundClassRow> = BTreeMap::new();
        for round in rounds {
            for part in rounds::classes_of(db, school, &round.id)? {
                parts.entry(part.class_id.clone()).or_insert(part);
            }
        }
        let stays = students::enrolments_between(db, permit, school, term.starts_on, term.ends_on)?;
        let people: HashMap<String, students::StudentRow> = students::all(db, permit, school)?
            .into_iter()
            .map(|s| (s.id.clone(), s))
            .collect();
        let logins: HashMap<String, String> = staff::all(db, permit, school)?
            .into_iter()
            .map(|s| (s.id, s.login))
            .collect();
        let teaching = staff::teaching_between(db, permit, school, term.starts_on, term.ends_on)?;
        let mut rooms = BTreeMap::new();
        let mut code_of = HashMap::new();
        for (class, part) in parts {
            let seats = seats_of(&class, &part.code, &stays, &people, rounds);
            let room = Room::new(
                &class,
                &part,
                seats,
                teachers_of(&class, &teaching, &logins),
                rounds.len(),
            );
            code_of.insert(class, part.code.clone());
            rooms.insert(part.code, room);
        }
        Ok(Self {
            rooms,
            code_of,
            peer_sheets: HashMap::new(),
        })
    }

    fn room(&mut self, class: &str) -> Option<&mut Room> {
        let code = self.code_of.get(class)?;
        self.rooms.get_mut(code)
    }

    fn add_round(
        &mut self,
        db: &mut Db,
        permit: &SchoolPermit,
        school: &SchoolId,
        rubric: &Rubric,
        at: usize,
        round: &RoundRow,
    ) -> Acted<()> {
        let indicators = positions(rubric);
        for row in sheets::of_round(db, permit, school, &round.id)? {
            if row.source == "peer" && row.answers.split(';').any(|a| !a.ends_with('=')) {
                let revision = u32::try_from(row.version).unwrap_or(0);
                let sheet = SheetVersion {
                    round: round.name.clone(),
                    rater: row.rater_id.clone(),
                    revision,
                };
                self.peer_sheets
                    .entry(row.ratee_id.clone())
                    .or_default()
                    .push(sheet);
            }
            if let Some(room) = self.room(&row.class_id) {
                room.hear(at, row, &indicators);
            }
        }
        self.add_pairs(&rounds::assignments(db, permit, school, &round.id)?, at);
        let excused = rounds::excused(db, school, &round.id)?;
        for room in self.rooms.values_mut() {
            room.excuse(at, round, &excused);
        }
        let items: HashMap<&str, u16> = rubric
            .items
            .iter()
            .zip(0u16..)
            .map(|(i, at)| (i.id.as_str(), at))
            .collect();
        for check in duty::of_round(db, school, &round.id)? {
            let (Some(item), Some(room)) = (
                items.get(check.item.as_str()).copied(),
                self.room(&check.class_id),
            ) else {
                continue;
            };
            room.check(at, item, &check);
        }
        Ok(())
    }

    fn add_pairs(&mut self, pairs: &[rounds::AssignmentRow], at: usize) {
        for room in self.rooms.values_mut() {
            let Some(round) = room.rounds.get_mut(at) else {
                continue;
            };
            let both = pairs.iter().filter_map(|p| {
                Some((
                    *room.by_student.get(&p.rater_id)?,
                    *room.by_student.get(&p.ratee_id)?,
                ))
            });
            round.assignments.extend(both);
        }
    }

    fn finish(self, rubric: &Rubric, rounds: &[RoundRow]) -> (TermInput, Vec<VotingClass>) {
        let (mut classes, mut ids) = (Vec::new(), Vec::new());
        let indicators = positions(rubric);
        for room in self.rooms.into_values() {
            let (input, id) = room.finish(&indicators);
            classes.push(input);
            ids.push(id);
        }
        (
            TermInput {
                rounds: rounds.iter().map(|r| r.name.clone()).collect(),
                classes,
            },
            ids,
        )
    }
}

fn positions(rubric: &Rubric) -> HashMap<&str, u16> {
    rubric
        .indicators
        .iter()
        .zip(0u16..)
        .map(|(i, at)| (i.id.as_str(), at))
        .collect()
}

/// Children who were in the class in any of the rounds' days. A child of several classes keeps its number in the first
/// and is `number@class` in the later ones (interfaces.md, students.csv).
fn seats_of(
    class: &str,
    code: &str,
    stays: &[EnrolmentRow],
    people: &HashMap<String, students::StudentRow>,
    rounds: &[RoundRow],
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

fn teachers_of(
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

impl Room {
    fn new(
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

    fn hear(&mut self, at: usize, row: SheetRow, indicators: &HashMap<&str, u16>) {
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
                self.families.insert(row.rater_id.clone());
                let link = row.rater_id.clone();
                self.waiting.push(Waiting {
                    round: at,
                    about_class,
                    ratee,
                    link,
                    row,
                });
                return;
            }
        };
        if let Some(rater) = rater {
            self.keep(at, about_class, source, (rater, ratee), &row, indicators);
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

    fn excuse(&mut self, at: usize, round: &RoundRow, excused: &[rounds::ExcusalRow]) {
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

    fn check(&mut self, at: usize, item: u16, row: &duty::InspectionRow) {
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

    fn finish(mut self, indicators: &HashMap<&str, u16>) -> (ClassInput, VotingClass) {
        let links: Vec<String> = std::mem::take(&mut self.families).into_iter().collect();
        let by_link: HashMap<&str, u32> = links
            .iter()
            .zip(0u32..)
            .map(|(l, at)| (l.as_str(), at))
            .collect();
        for one in std::mem::take(&mut self.waiting) {
            let Some(rater) = by_link.get(one.link.as_str()).copied() else {
                continue;
            };
            self.keep(
                one.round,
                one.about_class,
                Source::Parent,
                (rater, one.ratee),
                &one.row,
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
            families: links,
            rounds: self.rounds,
        };
        (input, ids)
    }
}
