//! Publishing a closed round: compute the term with it, keep the results with every step, award badges, and renew what
//! children and families may see of the peers' part.
//!
//! Two halves, so that the long computation holds no writer: [`prepare`] reads and computes, [`publish`] stores, and
//! refuses where the round is no longer the closed one that was read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Acted, ActionError, new_id, rounds::state_of, term_votes, term_votes::TermVotes};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        badges::{
            self, Existing, Facts, Key, Recipient, Rules,
            facts::{TermRows, class_facts, student_facts},
        },
        published::{publish_classes, publish_ranking},
        release::{PeerView, Release, RoundSheets, SheetVersion, decide},
        round::RoundState,
        scoring::{result::TermResult, school::score_term},
    },
    storage::{
        Db, StorageError, Tx, results,
        results::{AwardRow, PeerReleaseRow, PublicationRow, PublishedClassRow},
        rounds,
        rounds::RoundRow,
        schools,
    },
};

/// Everything that publishing stores, computed before.
#[derive(Debug)]
pub struct Prepared {
    round: RoundRow,
    votes: TermVotes,
    result: TermResult,
}

/// What publishing did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub round: RoundRow,
    pub awarded: usize,
    pub doubted: usize,
    pub released: usize,
}

/// Reads and computes a closed round with the term before it.
pub fn prepare(db: &mut Db, call: &Call, id: &str, threads: usize) -> Acted<Prepared> {
    let permit = call.actor.run_school()?;
    let round = rounds::get(db, &call.school, id)?;
    state_of(&round)?.step(RoundState::Published)?;
    let votes = term_votes::load(db, &permit, &call.school, &round.term_id, Some(id))?;
    let result = score_term(&votes.rubric, &votes.input, threads);
    Ok(Prepared {
        round,
        votes,
        result,
    })
}

/// Stores a prepared publication.
pub fn publish(
    tx: &mut Tx<'_>,
    call: &Call,
    prepared: &Prepared,
    rules: &Rules,
) -> Acted<Published> {
    let permit = call.actor.run_school()?;
    let stored = rounds::get(tx, &call.school, &prepared.round.id)?;
    state_of(&stored)?.step(RoundState::Published)?;
    let mut round = RoundRow {
        revision: stored.revision + 1,
        ..stored
    };
    round.state = RoundState::Published.key().to_owned();
    round.published_at = Some(call.now);
    store_results(tx, &permit, call, prepared, &round)?;
    rounds::change(tx, &permit, &round)?;
    let released = renew_releases(tx, &permit, call, &prepared.votes, &round)?;
    let (awarded, doubted) = award(tx, &permit, call, prepared, rules)?;
    show_released_awards(tx, &permit, call, &round)?;
    schools::touch_board(tx, &call.school)?;
    let detail = format!(
        "revision={} awards={awarded} doubted={doubted} releases={released}",
        round.revision
    );
    tx.record(
        call,
        "round.publish",
        &format!("round/{}", round.id),
        &detail,
    )?;
    Ok(Published {
        round,
        awarded,
        doubted,
        released,
    })
}

fn json<T: serde::Serialize>(value: &T) -> Acted<String> {
    serde_json::to_string(value)
        .map_err(|e| ActionError::Storage(StorageError::Broken(e.to_string())))
}

fn store_results(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    prepared: &Prepared,
    round: &RoundRow,
) -> Acted<()> {
    let Prepared { votes, result, .. } = prepared;
    let position = votes.rounds.iter().position(|r| r.id == round.id);
    let at = position
        .ok_or_else(|| StorageError::Broken("the round is not among the votes".to_owned()))?;
    let ranking = publish_ranking(&votes.rubric, &votes.input, result, at);
    let row = PublicationRow {
        school_id: call.school.to_string(),
        round_id: round.id.clone(),
        revision: round.revision,
        published_at: call.now,
        published_by: call.actor.id().to_owned(),
        rubric_id: round.rubric_id.clone(),
        ranking: json(&ranking)?,
    };
    let classes = publish_classes(&votes.rubric, &votes.input, result, at);
    let mut rows = Vec::with_capacity(classes.len());
    for (class, ids) in classes.iter().zip(&votes.classes) {
        rows.push(PublishedClassRow {
            school_id: call.school.to_string(),
            round_id: round.id.clone(),
            revision: round.revision,
            class_id: ids.id.to_string(),
            results: json(class)?,
        });
    }
    Ok(results::publish(tx, permit, &row, &rows)?)
}

/// Rule 3 for every child: whether what it may see of the peers' part is renewed now.
fn renew_releases(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    votes: &TermVotes,
    round: &RoundRow,
) -> Acted<usize> {
    let stored = results::releases(tx, permit, &call.school, &votes.term.id)?;
    let last: HashMap<String, Release> = stored
        .into_iter()
        .filter_map(|row| Some((row.student_id.clone(), read_release(&row)?)))
        .collect();
    let mut renewed = 0;
    for class in &votes.classes {
        for student in &class.students {
            let about = votes.peer_sheets.get(student.as_str());
            let decision = decide(
                &by_round(votes, about),
                last.get(student.as_str()),
                class.students.len(),
            );
            let (Some(release), PeerView::Released { raters, .. }) =
                (decision.renewed, decision.view)
            else {
                continue;
            };
            let basis: Vec<(&str, &str, u32)> = release
                .sheets
                .iter()
                .map(|s| (s.round.as_str(), s.rater.as_str(), s.revision))
                .collect();
            let row = PeerReleaseRow {
                school_id: call.school.to_string(),
                term_id: votes.term.id.clone(),
                student_id: student.to_string(),
                round_id: round.id.clone(),
                raters: i32::try_from(raters).unwrap_or(i32::MAX),
                basis: json(&basis)?,
                released_at: call.now,
            };
            results::set_release(tx, permit, &row)?;
            renewed += 1;
        }
    }
    Ok(renewed)
}

fn by_round(votes: &TermVotes, about: Option<&Vec<SheetVersion>>) -> Vec<RoundSheets> {
    let of = |name: &str| -> Vec<SheetVersion> {
        about
            .map(|all| all.iter().filter(|s| s.round == name).cloned().collect())
            .unwrap_or_default()
    };
    let names = votes.input.rounds.iter();
    names
        .map(|name| RoundSheets {
            round: name.clone(),
            published: true,
            sheets: of(name),
        })
        .collect()
}

fn read_release(row: &PeerReleaseRow) -> Option<Release> {
    let basis: Vec<(String, String, u32)> = serde_json::from_str(&row.basis).ok()?;
    let sheets = basis
        .into_iter()
        .map(|(round, rater, revision)| SheetVersion {
            round,
            rater,
            revision,
        });
    Some(Release {
        as_of_round: row.round_id.clone(),
        sheets: sheets.collect(),
    })
}

fn award(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    prepared: &Prepared,
    rules: &Rules,
) -> Acted<(usize, usize)> {
    let Prepared { votes, result, .. } = prepared;
    let dimensions: Vec<String> = votes
        .rubric
        .dimensions
        .iter()
        .map(|d| d.id.clone())
        .collect();
    let students = student_facts(&votes.rubric, &votes.input, result, TermRows::LeaveOut);
    let classes = class_facts(&votes.input, result, TermRows::LeaveOut);
    let facts = Facts {
        dimensions: &dimensions,
        students: &students,
        classes: &classes,
    };
    let computed = badges::evaluate(rules, &facts);
    let names = Recipients::of(votes);
    let stored = results::awards(tx, permit, &call.school, &votes.term.id)?;
    let existing: Vec<Existing> = stored
        .iter()
        .filter_map(|row| names.existing(row))
        .collect();
    let changes = badges::diff(&existing, &computed, rules, &facts);
    for award in &changes.new {
        let Some(recipient_id) = names.id(&award.key) else {
            continue;
        };
        let row = AwardRow {
            school_id: call.school.to_string(),
            id: new_id(),
            recipient_kind: award.key.recipient_kind.key().to_owned(),
            recipient_id,
            badge: award.key.badge.clone(),
            tier: award.key.tier.clone(),
            term_id: votes.term.id.clone(),
            period: award.key.round.clone(),
            evidence: award.evidence.clone(),
            rule_version: rules.version.to_string(),
            rests_on_peer: award.rests_on_peer,
            awarded_at: call.now,
            // What rests on a peer part waits for the release of that part.
            visible_at: (!award.rests_on_peer).then_some(call.now),
            released_at: None,
            released_by: None,
            doubted: None,
            revoked_at: None,
            revoked_why: None,
        };
        results::add_award(tx, permit, &row)?;
    }
    let doubts: BTreeMap<Key, &str> = changes
        .revocations
        .iter()
        .map(|r| (r.key.clone(), r.why.key()))
        .collect();
    for row in &stored {
        let why = names
            .existing(row)
            .and_then(|e| doubts.get(&e.key).copied());
        if row.doubted.as_deref() != why {
            results::doubt_award(tx, permit, &call.school, &row.id, why)?;
        }
    }
    Ok((changes.new.len(), doubts.len()))
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

    fn existing(&self, row: &AwardRow) -> Option<Existing> {
        let kind = [Recipient::Student, Recipient::Class]
            .into_iter()
            .find(|k| k.key() == row.recipient_kind)?;
        let recipient = self
            .names
            .get(&(kind.key(), row.recipient_id.clone()))?
            .clone();
        let key = Key {
            recipient_kind: kind,
            recipient,
            badge: row.badge.clone(),
            tier: row.tier.clone(),
            round: row.period.clone(),
        };
        Some(Existing {
            key,
            revoked: row.revoked_at.is_some(),
        })
    }
}

/// Awards that rest on a peer part become visible once that part was released with the award's round in it.
fn show_released_awards(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    round: &RoundRow,
) -> Acted<()> {
    let released: BTreeSet<String> = results::releases(tx, permit, &call.school, &round.term_id)?
        .into_iter()
        .filter(|r| r.round_id == round.id)
        .map(|r| r.student_id)
        .collect();
    let waiting = results::awards(tx, permit, &call.school, &round.term_id)?
        .into_iter()
        .filter(|a| a.visible_at.is_none());
    let now: Vec<String> = waiting
        .filter(|a| released.contains(&a.recipient_id))
        .map(|a| a.id)
        .collect();
    for some in now.chunks(500) {
        results::show_awards(tx, permit, &call.school, some, call.now)?;
    }
    Ok(())
}
