//! Everything that was said in a term, from the database into the shape that `domain::scoring` reads; `export sheets`
//! and the computation share it, so that files and server give the same digits. `term_facts` loads, `term_rooms` holds
//! one class while its votes come in.

use std::collections::{BTreeMap, HashMap};

use super::{
    Acted,
    term_facts::{self, Mark, RoundFacts, TermFacts},
    term_rooms::{Room, seats_of, teachers_of},
};
use crate::{
    domain::{
        actor::SchoolPermit,
        ids::{ClassId, SchoolId, StudentId},
        release::SheetVersion,
        rubric::{Rubric, Source},
        scoring::input::TermInput,
    },
    exchange::rubric_toml,
    storage::{
        Db, StorageError, rounds,
        rounds::{RoundClassRow, RoundRow},
        schools,
        schools::TermRow,
        sheets::SheetRow,
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
    /// The corrections that are in it.
    pub mark: Mark,
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
    let facts = term_facts::gather(db, permit, school, term, with, None)?;
    Ok(votes(&facts, |_| true))
}

/// The votes of those rounds of a term that `counts` says.
pub fn votes(facts: &TermFacts, counts: impl Fn(&RoundRow) -> bool) -> TermVotes {
    let counted: Vec<&RoundFacts> = facts.rounds.iter().filter(|r| counts(&r.row)).collect();
    let mut builder = Builder::start(facts, &counted);
    for (at, round) in counted.iter().enumerate() {
        builder.add_round(&facts.rubric, at, round);
    }
    let peer_sheets = std::mem::take(&mut builder.peer_sheets);
    let rounds: Vec<RoundRow> = counted.iter().map(|r| r.row.clone()).collect();
    let (input, classes) = builder.finish(&facts.rubric, &rounds);
    TermVotes {
        term: facts.term.clone(),
        rubric: facts.rubric.clone(),
        mark: facts.mark.clone(),
        input,
        rounds,
        classes,
        peer_sheets,
    }
}

/// The rubric document of a version.
pub fn read_rubric(db: &mut Db, school: &SchoolId, id: &str) -> Acted<Rubric> {
    let row = schools::rubric(db, school, id)?;
    rubric_toml::read(row.document.as_bytes())
        .map_err(|e| StorageError::Broken(format!("stored rubric: {e:?}")).into())
}

struct Builder<'f> {
    rooms: BTreeMap<String, Room<'f>>,
    code_of: HashMap<&'f str, &'f str>,
    peer_sheets: HashMap<String, Vec<SheetVersion>>,
}

impl<'f> Builder<'f> {
    fn start(facts: &'f TermFacts, rounds: &[&'f RoundFacts]) -> Self {
        let mut parts: BTreeMap<&str, &RoundClassRow> = BTreeMap::new();
        for part in rounds.iter().flat_map(|round| &round.classes) {
            parts.entry(part.class_id.as_str()).or_insert(part);
        }
        let rows: Vec<&RoundRow> = rounds.iter().map(|r| &r.row).collect();
        let room = |class: &str, part: &RoundClassRow| {
            let seats = seats_of(class, &part.code, &facts.stays, &facts.people, &rows);
            let teachers = teachers_of(class, &facts.teaching, &facts.logins);
            Room::new(class, part, seats, teachers, rows.len())
        };
        let all = parts.iter();
        Self {
            rooms: all
                .clone()
                .map(|(class, part)| (part.code.clone(), room(class, part)))
                .collect(),
            code_of: all
                .map(|(class, part)| (*class, part.code.as_str()))
                .collect(),
            peer_sheets: HashMap::new(),
        }
    }

    fn room(&mut self, class: &str) -> Option<&mut Room<'f>> {
        let code = self.code_of.get(class)?;
        self.rooms.get_mut(*code)
    }

    fn add_round(&mut self, rubric: &Rubric, at: usize, round: &'f RoundFacts) {
        let indicators = positions(rubric);
        for row in &round.sheets {
            self.count_for_release(&round.row, row);
            if let Some(room) = self.room(&row.class_id) {
                room.hear(at, row, &indicators);
            }
        }
        self.add_pairs(&round.pairs, at);
        for room in self.rooms.values_mut() {
            room.excuse(at, &round.row, &round.excused);
        }
        let items = rubric.items.iter().zip(0u16..);
        let items: HashMap<&str, u16> = items.map(|(i, at)| (i.id.as_str(), at)).collect();
        for check in &round.checks {
            let (Some(item), Some(room)) = (
                items.get(check.item.as_str()).copied(),
                self.room(&check.class_id),
            ) else {
                continue;
            };
            room.check(at, item, check);
        }
    }

    fn count_for_release(&mut self, round: &RoundRow, row: &SheetRow) {
        let answered = || row.answers.split(';').any(|a| !a.ends_with('='));
        if row.source != Source::Peer.name() || !answered() {
            return;
        }
        let sheet = SheetVersion {
            round: round.name.clone(),
            rater: row.rater_id.clone(),
            revision: u32::try_from(row.version).unwrap_or(0),
        };
        let about = self.peer_sheets.entry(row.ratee_id.clone());
        about.or_default().push(sheet);
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
        let rounds = rounds.iter().map(|r| r.name.clone()).collect();
        (TermInput { rounds, classes }, ids)
    }
}

fn positions(rubric: &Rubric) -> HashMap<&str, u16> {
    let all = rubric.indicators.iter().zip(0u16..);
    all.map(|(i, at)| (i.id.as_str(), at)).collect()
}
