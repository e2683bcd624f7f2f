//! What was counted of children and classes in a term, from what is stored: praises, moments, goals, personal records,
//! what was told of others, shifts and rounds. Used by what recognises, one child or everybody at a time.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::{Acted, term_votes::TermVotes, week_facts};
use crate::{
    domain::{
        actor::SchoolPermit,
        badges::{
            Counted,
            class_counts::ClassCounts,
            counts::{Counts, Deed},
            records::{Record, deeds_of},
        },
        festivals,
        ids::{SchoolId, StudentId},
        logs::find,
        rubric::{Of, Source},
        scoring::input::{ClassInput, ClassRoundInput},
        week_index::FlagKind,
    },
    storage::{
        Db, recognition,
        recognition::{CheckedRow, FestivalPart, RecordRow},
        schools::TermRow,
        week_flags,
    },
};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// Everything counted in a term, of the children and classes that took part in its rounds.
pub(super) fn gather(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    votes: &TermVotes,
) -> Acted<Gathered> {
    let mut counts = Gathered::default();
    for class in &votes.classes {
        for child in &class.students {
            counts.add_child(child.as_str(), class.id.as_str());
        }
    }
    counts.live(db, permit, school, &votes.term.id, None)?;
    counts.told(db, permit, school, &votes.term)?;
    for (class, known) in votes.input.classes.iter().zip(&votes.classes) {
        counts.rounds(&votes.input.rounds, class, &known.students);
    }
    counts.shine();
    counts.flags(db, school, &votes.term.id)?;
    Ok(counts)
}

/// What was counted, by the server's ids.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// By child.
    pub children: BTreeMap<String, Counts>,
    /// By class.
    pub classes: BTreeMap<String, ClassCounts>,
}

impl Gathered {
    pub(super) fn add_child(&mut self, child: &str, class: &str) {
        let entry = self.children.entry(child.to_owned()).or_default();
        entry.student_no = child.to_owned();
        entry.class = class.to_owned();
    }

    fn count(&mut self, child: &str, what: Counted, at: i32, star: &str, id: &str) {
        if let Some(counts) = self.children.get_mut(child) {
            counts.deeds.push(Deed {
                what,
                at,
                star: star.to_owned(),
                id: id.to_owned(),
                which: String::new(),
                times: 1,
            });
        }
    }

    /// What is counted at once.
    pub(super) fn live(
        &mut self,
        db: &mut Db,
        permit: &SchoolPermit,
        school: &SchoolId,
        term: &str,
        children: Option<&[String]>,
    ) -> Acted<()> {
        for row in recognition::praises(db, permit, school, term, children)? {
            self.count(
                &row.student_id,
                Counted::Praises,
                day(row.on),
                &row.dimension,
                &row.id,
            );
        }
        for row in recognition::moments(db, permit, school, term, children)? {
            self.count(
                &row.student_id,
                Counted::Moments,
                day(row.on),
                &row.dimension,
                &row.id,
            );
        }
        for row in recognition::goals(db, permit, school, term, children)? {
            let on = row.at.unwrap_or(0).div_euclid(DAY);
            let on = i32::try_from(on).unwrap_or(0);
            self.count(&row.student_id, Counted::Goals, on, &row.dimension, &row.id);
        }
        self.records(recognition::records(db, permit, school, term, children)?);
        for row in recognition::festivals(db, permit, school, term, children)? {
            self.festival(&row);
        }
        Ok(())
    }

    /// Taking part is what counts.
    fn festival(&mut self, row: &FestivalPart) {
        let Some(kind) = festivals::find(&row.kind) else {
            return;
        };
        if let Some(counts) = self.children.get_mut(&row.student_id) {
            counts.deeds.push(Deed {
                what: Counted::Festivals,
                at: day(row.on),
                star: kind.dimension.to_owned(),
                id: row.festival_id.clone(),
                which: kind.id.to_owned(),
                times: 1,
            });
        }
    }

    /// Personal records, each child's against itself.
    fn records(&mut self, rows: Vec<RecordRow>) {
        let mut of: BTreeMap<String, Vec<Record>> = BTreeMap::new();
        for row in rows {
            if let Some(kind) = find(&row.kind) {
                of.entry(row.student_id).or_default().push(Record {
                    id: row.id,
                    kind,
                    on: row.on,
                    amount: row.amount,
                });
            }
        }
        for (child, records) in of {
            if let Some(counts) = self.children.get_mut(&child) {
                counts.deeds.extend(deeds_of(records));
            }
        }
    }

    /// What children told of others, the thanks for it, and shifts on duty.
    fn told(
        &mut self,
        db: &mut Db,
        permit: &SchoolPermit,
        school: &SchoolId,
        term: &TermRow,
    ) -> Acted<()> {
        let thanked: HashSet<String> = recognition::thanked(db, permit, school)?
            .into_iter()
            .collect();
        for row in recognition::told(db, permit, school, &term.id)? {
            self.count(
                &row.by_id,
                Counted::Told,
                day(row.on),
                &row.dimension,
                &row.id,
            );
            if thanked.contains(&row.id) {
                self.count(
                    &row.by_id,
                    Counted::Thanks,
                    day(row.on),
                    &row.dimension,
                    &row.id,
                );
            }
        }
        let days = (term.starts_on, term.ends_on);
        self.shifts(&recognition::checks(db, permit, school, days)?);
        Ok(())
    }

    /// A shift is a turn at a post on a day; overturned where the office decided that a check of it does not count.
    fn shifts(&mut self, checks: &[CheckedRow]) {
        let mut shifts: BTreeMap<(&str, NaiveDate, &str, i32), bool> = BTreeMap::new();
        for row in checks {
            let shift = (row.by.as_str(), row.on, row.post.as_str(), row.slot);
            let overturned = row.decided_at.is_some() && !row.counts;
            *shifts.entry(shift).or_default() |= overturned;
        }
        for ((by, on, post, slot), overturned) in shifts {
            let id = format!("{on}/{post}/{slot}");
            self.count(by, Counted::Shifts, day(on), "", &id);
            if overturned {
                self.count(by, Counted::Overturned, day(on), "", &id);
            }
        }
    }

    /// Rounds in which a child did everything it was asked.
    fn rounds(&mut self, names: &[String], class: &ClassInput, ids: &[StudentId]) {
        let mut asked: HashMap<usize, i32> = HashMap::new();
        for (name, round) in names.iter().zip(&class.rounds) {
            if !round.took_place() {
                continue;
            }
            let care = Care::of(round);
            for (at, id) in ids.iter().enumerate() {
                let Ok(place) = u32::try_from(at) else {
                    continue;
                };
                if round.excused.contains(&place) {
                    continue;
                }
                let number = asked.entry(at).or_default();
                *number += 1;
                if care.done(round, place) {
                    self.count(id.as_str(), Counted::Rounds, *number, "", name);
                    if care.varied(place) {
                        self.count(id.as_str(), Counted::Varied, *number, "", name);
                    }
                }
            }
        }
    }

    fn shine(&mut self) {
        for child in self.children.values() {
            let class = of_class(&mut self.classes, &child.class);
            class.children += 1;
            let seen = child.deeds.iter().any(|deed| deed.what == Counted::Moments);
            class.shining += u32::from(seen);
        }
    }

    /// The flags of the term's decided weeks.
    pub(super) fn flags(&mut self, db: &mut Db, school: &SchoolId, term: &str) -> Acted<()> {
        let standing = week_facts::standing(week_flags::closings(db, school)?);
        for closing in standing.iter().filter(|row| row.term_id == term) {
            for row in week_flags::classes_of(db, school, &closing.id)? {
                let won = FlagKind::read(&row.flags).into_iter();
                let class = of_class(&mut self.classes, &row.class_id);
                class.flags.extend(won.map(|kind| (closing.monday, kind)));
            }
        }
        Ok(())
    }
}

fn of_class<'g>(all: &'g mut BTreeMap<String, ClassCounts>, id: &str) -> &'g mut ClassCounts {
    let class = all.entry(id.to_owned()).or_default();
    id.clone_into(&mut class.class);
    class
}

fn day(on: NaiveDate) -> i32 {
    on.num_days_from_ce()
}

/// How the children of a class went about a round.
struct Care {
    own: BTreeSet<u32>,
    pairs: BTreeSet<(u32, u32)>,
    /// Answers about classmates, and how many different ones, by rater.
    answers: HashMap<u32, (usize, BTreeSet<u8>)>,
}

impl Care {
    fn of(round: &ClassRoundInput) -> Self {
        let own = round.sheets(Of::Student, Source::SelfRating).iter();
        let peers = round.sheets(Of::Student, Source::Peer);
        let mut answers: HashMap<u32, (usize, BTreeSet<u8>)> = HashMap::new();
        for sheet in peers {
            let (n, different) = answers.entry(sheet.rater).or_default();
            for answer in round.answers_of(sheet).iter().filter(|a| a.anchor > 0) {
                *n += 1;
                different.insert(answer.anchor);
            }
        }
        Self {
            own: own.map(|sheet| sheet.rater).collect(),
            pairs: peers.iter().map(|s| (s.rater, s.ratee)).collect(),
            answers,
        }
    }

    fn done(&self, round: &ClassRoundInput, child: u32) -> bool {
        let mut dealt = round
            .assignments
            .iter()
            .filter(|(rater, _)| *rater == child);
        self.own.contains(&child) && dealt.all(|pair| self.pairs.contains(pair))
    }

    /// Three answers or more, not all the same.
    fn varied(&self, child: u32) -> bool {
        let said = self.answers.get(&child);
        said.is_some_and(|(n, different)| *n >= 3 && different.len() > 1)
    }
}
