//! Badges over a whole term at once: a batch that counts everything again, and at the term's end the titles of the term
//! and whatever has a quota over counts. Two halves as in `publish_round`, so that the computation holds no writer.

use super::{
    Acted,
    award_badges::{Given, by_score, show_released_awards},
    badge_rules,
    class_room::current_term,
    recognize, star_cards, tally, term_facts, term_votes,
    term_votes::TermVotes,
};
use crate::{
    domain::{
        actor::Call,
        badges::{
            Award, Facts, Rules,
            class_counts::ClassCounts,
            counts::{self, Counts, Occasion, Tally},
            evaluate,
            facts::{TermRows, class_facts, student_facts},
        },
        refusal::Refusal,
        scoring::{result::TermResult, school::score_term},
    },
    storage::{Db, Tx, rounds, schools},
};

/// The present term, computed.
#[derive(Debug)]
pub struct Prepared {
    pub votes: TermVotes,
    pub result: TermResult,
}

/// Computes the published rounds of the present term.
pub fn prepare(db: &mut Db, call: &Call, threads: usize) -> Acted<Prepared> {
    let permit = call.actor.run_school()?;
    let term = current_term(db, call)?.id;
    let votes = term_votes::load(db, &permit, &call.school, &term, None)?;
    let result = score_term(&votes.rubric, &votes.input, threads);
    Ok(Prepared { votes, result })
}

/// Counts everything of the term again; what each change gave already is given no second time. With `end` the titles of
/// the term as well.
///
/// # Errors
/// `Stale` where something was published or put right since it was prepared; `WrongState` at the end of a term of which
/// a round is not published.
pub fn settle(
    tx: &mut Tx<'_>,
    call: &Call,
    prepared: &Prepared,
    built_in: &Rules,
    end: bool,
) -> Acted<Given> {
    let permit = call.actor.run_school()?;
    let Prepared { votes, result } = prepared;
    let all = rounds::of_term(tx, &call.school, &votes.term.id)?;
    let published = all.iter().filter(|round| round.state == "published");
    if published.clone().count() != votes.rounds.len()
        || term_facts::mark(tx, &permit, &call.school, &votes.rounds)? != votes.mark
    {
        return Err(Refusal::Stale.into());
    }
    if end && (all.is_empty() || all.len() != votes.rounds.len()) {
        return Err(Refusal::WrongState.into());
    }
    let rules = badge_rules::in_force(tx, &call.school, &votes.term, built_in)?;
    let (rows, occasion) = match end {
        true => (TermRows::Include, Occasion::TermEnd),
        false => (TermRows::LeaveOut, Occasion::Publication),
    };
    let scored = by_score(tx, &permit, call, (votes, result, rows), &rules, false)?;
    star_cards::all(tx, &permit, call, &votes.term.id)?;
    let counted = recognize::all(tx, &permit, call, votes, &rules, occasion)?;
    if let Some(newest) = published.max_by_key(|round| round.published_at) {
        show_released_awards(tx, &permit, call, newest)?;
    }
    schools::touch_board(tx, &call.school)?;
    let given = Given {
        new: scored.new + counted.new,
        doubted: scored.doubted + counted.doubted,
    };
    let action = if end { "award.settle" } else { "award.recount" };
    let detail = format!("awards={} doubted={}", given.new, given.doubted);
    tx.record(call, action, &format!("term/{}", votes.term.id), &detail)?;
    Ok(given)
}

/// What rules would give over the whole term as it is now, by public numbers and, over counts, by ids. Changes nothing.
pub fn tried(db: &mut Db, call: &Call, prepared: &Prepared, rules: &Rules) -> Acted<Vec<Award>> {
    let permit = call.actor.run_school()?;
    let Prepared { votes, result } = prepared;
    let dimensions = votes.rubric.dimensions.iter();
    let dimensions: Vec<String> = dimensions.map(|d| d.id.clone()).collect();
    let students = student_facts(&votes.rubric, &votes.input, result, TermRows::Include);
    let classes = class_facts(&votes.input, result, TermRows::Include);
    let mut awards = evaluate(
        rules,
        &Facts {
            dimensions: &dimensions,
            students: &students,
            classes: &classes,
        },
    );
    let gathered = tally::gather(db, &permit, &call.school, votes)?;
    let classes: Vec<ClassCounts> = gathered.classes.into_values().collect();
    let children: Vec<Counts> = gathered.children.values().cloned().collect();
    awards.extend(counts::evaluate(
        rules,
        Tally {
            dimensions: &dimensions,
            children: &children,
            classes: &classes,
        },
        Occasion::TermEnd,
    ));
    Ok(awards)
}
