//! Badges that go by counts: after each change for the children it is about, after a decided week for the classes, and
//! for everybody at a publication and at the end of the term. Both count the same rows by the same rules, so it does not matter how often or in which order.

use super::{
    Acted,
    award_badges::{Given, store},
    badge_rules,
    class_room::current_term,
    tally::{Gathered, gather},
    term_votes::{TermVotes, read_rubric},
};
use crate::{
    domain::{
        actor::{Actor, Call, SchoolPermit},
        badges::{
            Existing, Key, Recipient, Rules,
            class_counts::ClassCounts,
            counts::{Counts, Occasion, Tally, recognise},
        },
        ids::StudentId,
    },
    storage::{StorageError, Tx, results, results::AwardRow, schools::TermRow, students},
};

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
    at_once(tx, &permit, call, (&term, &rules), &counts, &stored)
}

/// What a decided week makes of the classes' badges; called within its write.
pub(super) fn after_week(tx: &mut Tx<'_>, call: &Call, term: &TermRow) -> Acted<()> {
    let permit = Actor::System.run_school()?;
    let rules = badge_rules::in_force(tx, &call.school, term, &badge_rules::built_in()?)?;
    let mut counts = Gathered::default();
    counts.flags(tx, &call.school, &term.id)?;
    let stored = results::awards(tx, &permit, &call.school, &term.id)?;
    at_once(tx, &permit, call, (term, &rules), &counts, &stored)
}

/// Decides what a single change decides, with its line in the audit where something came of it.
fn at_once(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    (term, rules): (&TermRow, &Rules),
    counts: &Gathered,
    stored: &[AwardRow],
) -> Acted<()> {
    let run = Run {
        term,
        rules,
        occasion: Occasion::Change,
    };
    let given = run.decide(tx, permit, call, counts, stored)?;
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
        let classes: Vec<ClassCounts> = counts.classes.values().cloned().collect();
        let tally = Tally {
            dimensions: &dimensions,
            children: &children,
            classes: &classes,
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
