//! Running the badge rules over a term: new awards are given, those that became untrue are proposed for revocation.
//! Used by `publish_round` and by `revise`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Acted, badge_rules, doubted_awards::KEPT, new_id, recognize, term_votes::TermVotes};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        badges::{
            self, Award, Changes, Existing, Facts, Key, Recipient, Rules,
            counts::Occasion,
            facts::{TermRows, class_facts, student_facts},
        },
        scoring::result::TermResult,
    },
    storage::{Tx, releases, results, results::AwardRow, rounds::RoundRow},
};

/// How many awards were given, and how many are in doubt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    pub new: usize,
    pub doubted: usize,
}

/// What the numbers and counts of a term make of its awards. `all_wait`: a child's new awards are shown with the next
/// release of the peers' part also where they do not rest on it.
pub(super) fn award(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    (votes, result): (&TermVotes, &TermResult),
    built_in: &Rules,
    all_wait: bool,
) -> Acted<Given> {
    let rules = badge_rules::in_force(tx, &call.school, &votes.term, built_in)?;
    let by_score = by_score(
        tx,
        permit,
        call,
        (votes, result, TermRows::LeaveOut),
        &rules,
        all_wait,
    )?;
    let by_count = recognize::all(tx, permit, call, votes, &rules, Occasion::Publication)?;
    Ok(Given {
        new: by_score.new + by_count.new,
        doubted: by_score.doubted + by_count.doubted,
    })
}

/// As [`award`], for the badges that go by scores; with the term's own rows at its end.
pub(super) fn by_score(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    (votes, result, rows): (&TermVotes, &TermResult, TermRows),
    rules: &Rules,
    all_wait: bool,
) -> Acted<Given> {
    let names = Recipients::of(votes);
    let stored = results::awards(tx, permit, &call.school, &votes.term.id)?;
    let existing: Vec<Existing> = stored
        .iter()
        .filter_map(|row| {
            Some(Existing {
                key: names.key(row)?,
                revoked: row.revoked_at.is_some(),
                by_other_rules: row.rule_version != rules.version.to_string(),
            })
        })
        .collect();
    let changes = changes(votes, result, rows, rules, &existing);
    let id = |key: &Key| names.id(key);
    let known = |row: &AwardRow| names.key(row);
    store(
        tx,
        permit,
        call,
        (&votes.term.id, rules),
        (&stored, &changes),
        (&id, &known),
        all_wait,
    )
}

/// From a key to the id of its recipient, and from a stored award to its key.
type Names<'n> = (
    &'n dyn Fn(&Key) -> Option<String>,
    &'n dyn Fn(&AwardRow) -> Option<Key>,
);

/// Stores what changed: new awards, and doubts about those that the rules spoke of.
pub(super) fn store(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    (term, rules): (&str, &Rules),
    (stored, changes): (&[AwardRow], &Changes),
    (id, known): Names<'_>,
    all_wait: bool,
) -> Acted<Given> {
    for award in &changes.new {
        if let Some(recipient) = id(&award.key) {
            let mut row = row(call, term, rules, award, recipient);
            if all_wait && award.key.recipient_kind == Recipient::Student {
                (row.rests_on_peer, row.visible_at) = (true, None);
            }
            results::add_award(tx, permit, &row)?;
        }
    }
    let doubts: BTreeMap<&Key, &str> = changes
        .revocations
        .iter()
        .map(|r| (&r.key, r.why.key()))
        .collect();
    for row in stored.iter().filter(|row| row.revoked_at.is_none()) {
        let Some(key) = known(row).filter(|key| changes.judged.binary_search(key).is_ok()) else {
            continue;
        };
        // Somebody looked at it and kept it.
        let why = doubts.get(&key).map(|why| match row.doubted.as_deref() {
            Some(KEPT) => KEPT,
            _ => why,
        });
        if row.doubted.as_deref() != why {
            results::doubt_award(tx, permit, &call.school, &row.id, why)?;
        }
    }
    Ok(Given {
        new: changes.new.len(),
        doubted: doubts.len(),
    })
}

fn changes(
    votes: &TermVotes,
    result: &TermResult,
    rows: TermRows,
    rules: &Rules,
    existing: &[Existing],
) -> Changes {
    let dimensions = votes.rubric.dimensions.iter();
    let dimensions: Vec<String> = dimensions.map(|d| d.id.clone()).collect();
    let students = student_facts(&votes.rubric, &votes.input, result, rows);
    let classes = class_facts(&votes.input, result, rows);
    let facts = Facts {
        dimensions: &dimensions,
        students: &students,
        classes: &classes,
    };
    badges::diff(existing, &badges::evaluate(rules, &facts), rules, &facts)
}

fn row(call: &Call, term: &str, rules: &Rules, award: &Award, recipient_id: String) -> AwardRow {
    let needs_yes = rules
        .find(&award.key.badge)
        .is_some_and(|(rule, _)| rule.confirm);
    // What rests on a peer part waits for the release of that part, what a teacher has to confirm for the yes.
    let waits = award.rests_on_peer || needs_yes;
    AwardRow {
        school_id: call.school.to_string(),
        id: new_id(),
        recipient_kind: award.key.recipient_kind.key().to_owned(),
        recipient_id,
        badge: award.key.badge.clone(),
        tier: award.key.tier.clone(),
        term_id: term.to_owned(),
        period: award.key.round.clone(),
        evidence: award.evidence.clone(),
        rule_version: rules.version.to_string(),
        rests_on_peer: award.rests_on_peer,
        needs_yes,
        awarded_at: call.now,
        confirmed_at: None,
        confirmed_by: None,
        visible_at: (!waits).then_some(call.now),
        released_at: None,
        released_by: None,
        doubted: None,
        revoked_at: None,
        revoked_by: None,
        revoked_why: None,
    }
}

/// Public recipients of the rules ↔ ids of the server.
struct Recipients {
    ids: HashMap<(Recipient, String), String>,
    names: HashMap<(&'static str, String), String>,
}

impl Recipients {
    fn of(votes: &TermVotes) -> Self {
        let (mut ids, mut names) = (HashMap::new(), HashMap::new());
        let mut both = |kind: Recipient, name: &str, id: &str| {
            ids.insert((kind, name.to_owned()), id.to_owned());
            names.insert((kind.key(), id.to_owned()), name.to_owned());
        };
        for (class, known) in votes.input.classes.iter().zip(&votes.classes) {
            both(Recipient::Class, &class.code, known.id.as_str());
            for (who, id) in class.students.iter().zip(&known.students) {
                both(Recipient::Student, &who.no, id.as_str());
            }
        }
        Self { ids, names }
    }

    fn id(&self, key: &Key) -> Option<String> {
        self.ids
            .get(&(key.recipient_kind, key.recipient.clone()))
            .cloned()
    }

    fn key(&self, row: &AwardRow) -> Option<Key> {
        let kind = [Recipient::Student, Recipient::Class]
            .into_iter()
            .find(|k| k.key() == row.recipient_kind)?;
        let recipient = self
            .names
            .get(&(kind.key(), row.recipient_id.clone()))?
            .clone();
        Some(Key {
            recipient_kind: kind,
            recipient,
            badge: row.badge.clone(),
            tier: row.tier.clone(),
            round: row.period.clone(),
        })
    }
}

/// Awards that rest on a peer part become visible once that part was released with the award's round in it.
pub(super) fn show_released_awards(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    round: &RoundRow,
) -> Acted<()> {
    let released: BTreeSet<String> = releases::of_term(tx, permit, &call.school, &round.term_id)?
        .into_iter()
        .filter(|r| r.round_id == round.id)
        .map(|r| r.student_id)
        .collect();
    let waiting = results::awards(tx, permit, &call.school, &round.term_id)?
        .into_iter()
        .filter(|a| a.visible_at.is_none() && a.rests_on_peer && !a.is_proposal());
    let now: Vec<String> = waiting
        .filter(|a| released.contains(&a.recipient_id))
        .map(|a| a.id)
        .collect();
    for some in now.chunks(500) {
        results::show_awards(tx, permit, &call.school, some, call.now)?;
    }
    Ok(())
}
