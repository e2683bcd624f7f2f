//! Badges that go by counts: after each change for the children it is about, and for everybody at a publication and at
//! the end of the term. Both count the same rows by the same rules, so it does not matter how often or in which order.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::{
    Acted,
    award_badges::{Given, store},
    badge_rules,
    class_room::current_term,
    term_votes::{TermVotes, read_rubric},
};
use crate::{
    domain::{
        actor::{Actor, Call, SchoolPermit},
        badges::{
            Counted, Existing, Key, Recipient, Rules,
            counts::{ClassCounts, Counts, Deed, Occasion, Tally, recognise},
        },
        ids::{SchoolId, StudentId},
        rubric::{Of, Source},
        scoring::input::{ClassInput, ClassRoundInput},
    },
    storage::{
        Db, StorageError, Tx, recognition, recognition::CheckedRow, results, results::AwardRow,
        schools::TermRow, students,
    },
};

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

/// What a change of these children's moments, praises or goals makes of their badges; called within its write.
pub(super) fn after_change(tx: &mut Tx<'_>, call: &Call, children: &[String]) -> Acted<()> {
    // The rules look at everything that was counted of a child, whoever made the change.
    let permit = Actor::System.run_school()?;
    let term = current_term(tx, call)?;
    let rules = badge_rules::in_force(tx, &call.school, &term, &badge_rules::built_in()?)?;
    if !rules
        .badges
        .iter()
        .any(crate::domain::badges::Rule::is_live)
    {
        return Ok(());
    }
    let mut counts = Gathered::default();
    for child in children {
        let class = students::class_on(tx, &call.school, &StudentId::new(child), call.today);
        let class = match class {
            Ok(class) => class.to_string(),
            Err(StorageError::NotFound) => continue,
            Err(other) => return Err(other.into()),
        };
        counts.add_child(child, &class);
    }
    counts.live(tx, &permit, &call.school, &term.id, Some(children))?;
    let stored = results::awards_of_children(tx, &permit, &call.school, &term.id, children)?;
    let run = Run {
        term: &term,
        rules: &rules,
        occasion: Occasion::Change,
    };
    let given = run.decide(tx, &permit, call, &counts, &stored)?;
    if given == Given::default() {
        return Ok(());
    }
    let detail = format!(
        "awards={} doubted={} rules={}",
        given.new, given.doubted, rules.version
    );
    Ok(tx.record(
        call,
        "award.recognise",
        &format!("term/{}", term.id),
        &detail,
    )?)
}

/// What everything counted so far makes of all children's badges.
pub(super) fn all(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    votes: &TermVotes,
    rules: &Rules,
    occasion: Occasion,
) -> Acted<Given> {
    let counts = gather(tx, permit, &call.school, votes)?;
    let stored = results::awards(tx, permit, &call.school, &votes.term.id)?;
    let run = Run {
        term: &votes.term,
        rules,
        occasion,
    };
    run.decide(tx, permit, call, &counts, &stored)
}

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
    Ok(counts)
}

struct Run<'r> {
    term: &'r TermRow,
    rules: &'r Rules,
    occasion: Occasion,
}

impl Run<'_> {
    fn decide(
        &self,
        tx: &mut Tx<'_>,
        permit: &SchoolPermit,
        call: &Call,
        counts: &Gathered,
        stored: &[AwardRow],
    ) -> Acted<Given> {
        let rubric = read_rubric(tx, &call.school, &self.term.rubric_id)?;
        let dimensions: Vec<String> = rubric.dimensions.into_iter().map(|d| d.id).collect();
        let existing: Vec<Existing> = stored
            .iter()
            .filter_map(|row| existing(row, self.rules))
            .collect();
        let children: Vec<Counts> = counts.children.values().cloned().collect();
        let tally = Tally {
            dimensions: &dimensions,
            children: &children,
            classes: &counts.classes,
        };
        let changes = recognise(&existing, self.rules, tally, self.occasion);
        let id = |key: &Key| Some(key.recipient.clone());
        let known = |row: &AwardRow| existing_key(row);
        store(
            tx,
            permit,
            call,
            (&self.term.id, self.rules),
            (stored, &changes),
            (&id, &known),
            false,
        )
    }
}

/// A stored award under its recipient's id.
fn existing_key(row: &AwardRow) -> Option<Key> {
    let kind = [Recipient::Student, Recipient::Class]
        .into_iter()
        .find(|k| k.key() == row.recipient_kind)?;
    Some(Key {
        recipient_kind: kind,
        recipient: row.recipient_id.clone(),
        badge: row.badge.clone(),
        tier: row.tier.clone(),
        round: row.period.clone(),
    })
}

fn existing(row: &AwardRow, rules: &Rules) -> Option<Existing> {
    Some(Existing {
        key: existing_key(row)?,
        revoked: row.revoked_at.is_some(),
        by_other_rules: row.rule_version != rules.version.to_string(),
    })
}

/// What was counted, by the server's ids.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// By child.
    pub children: BTreeMap<String, Counts>,
    pub classes: Vec<ClassCounts>,
}

impl Gathered {
    fn add_child(&mut self, child: &str, class: &str) {
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
            });
        }
    }

    /// What is counted at once.
    fn live(
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
        Ok(())
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
        let mut classes: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for child in self.children.values() {
            let (children, shining) = classes.entry(&child.class).or_default();
            *children += 1;
            let seen = child.deeds.iter().any(|deed| deed.what == Counted::Moments);
            *shining += u32::from(seen);
        }
        self.classes = classes
            .into_iter()
            .map(|(class, (children, shining))| ClassCounts {
                class: class.to_owned(),
                children,
                shining,
            })
            .collect();
    }
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
