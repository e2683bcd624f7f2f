//! Publishing a closed round: compute the term with it, keep the results with every step, award badges, and renew what
//! children and families may see of the peers' part.
//!
//! Two halves, so that the long computation holds no writer: [`prepare`] reads and computes, [`publish`] stores, and
//! refuses where the round is no longer the closed one that was read.

use std::collections::HashMap;

use super::{
    Acted,
    award_badges::{award, show_released_awards},
    publication::{self, Because, json},
    rounds::state_of,
    term_facts, term_votes,
    term_votes::TermVotes,
};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        badges::Rules,
        refusal::Refusal,
        release::{PeerView, Release, RoundSheets, SheetVersion, decide},
        round::RoundState,
        scoring::{result::TermResult, school::score_term},
    },
    storage::{
        Db, Tx, releases, releases::PeerReleaseRow, rounds, rounds::RoundRow, schools, sheets,
    },
};

/// Everything that publishing stores, computed before.
#[derive(Debug)]
pub struct Prepared {
    round: RoundRow,
    votes: TermVotes,
    result: TermResult,
    /// Of the round's sheets: a child with extra days may say something until it is published.
    said: (i64, Option<i64>),
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
    let said = sheets::mark(db, &permit, &call.school, id)?;
    let votes = term_votes::load(db, &permit, &call.school, &round.term_id, Some(id))?;
    let result = score_term(&votes.rubric, &votes.input, threads);
    Ok(Prepared {
        said,
        round,
        votes,
        result,
    })
}

/// Stores a prepared publication.
///
/// # Errors
/// `Stale` where a sheet was corrected or written since: to be prepared again.
pub fn publish(
    tx: &mut Tx<'_>,
    call: &Call,
    prepared: &Prepared,
    rules: &Rules,
) -> Acted<Published> {
    let permit = call.actor.run_school()?;
    let stored = rounds::get(tx, &call.school, &prepared.round.id)?;
    state_of(&stored)?.step(RoundState::Published)?;
    let mark = term_facts::mark(tx, &permit, &call.school, &prepared.votes.rounds)?;
    let said = sheets::mark(tx, &permit, &call.school, &stored.id)?;
    if mark != prepared.votes.mark || said != prepared.said {
        return Err(Refusal::Stale.into());
    }
    let mut round = RoundRow {
        revision: stored.revision + 1,
        ..stored
    };
    round.state = RoundState::Published.key().to_owned();
    round.published_at = Some(call.now);
    let Prepared { votes, result, .. } = prepared;
    let results = publication::of(votes, result, &round.id)?;
    let because = Because::first(call.now);
    publication::store(tx, &permit, call, &round, &results, &because)?;
    rounds::change(tx, &permit, &round)?;
    let released = renew_releases(tx, &permit, call, votes, &round)?;
    let given = award(tx, &permit, call, (votes, result), rules, false)?;
    show_released_awards(tx, &permit, call, &round)?;
    schools::touch_board(tx, &call.school)?;
    let detail = format!(
        "revision={} awards={} doubted={} releases={released}",
        round.revision, given.new, given.doubted
    );
    tx.record(
        call,
        "round.publish",
        &format!("round/{}", round.id),
        &detail,
    )?;
    Ok(Published {
        round,
        awarded: given.new,
        doubted: given.doubted,
        released,
    })
}

/// Rule 3 for every child: whether what it may see of the peers' part is renewed now.
fn renew_releases(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    votes: &TermVotes,
    round: &RoundRow,
) -> Acted<usize> {
    let stored = releases::of_term(tx, permit, &call.school, &votes.term.id)?;
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
            releases::set(tx, permit, &row)?;
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
