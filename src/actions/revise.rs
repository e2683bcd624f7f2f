//! A correction of a published round republishes it as a revision, and with it every round of the term that was
//! published after it, because raters' leniency is remembered (scoring.md 2, step 4). What child and family may see of
//! the peers' part is not renewed here (rule 3): that is for the next publication.
//!
//! Two halves as in `publish_round`: [`prepare`] reads and computes, [`store`] writes and refuses where something was
//! corrected or published in between.

use std::collections::{BTreeSet, HashMap};

use super::{
    Acted,
    award_badges::award,
    publication::{self, Because, ClassResults, Results},
    published::read_class,
    term_facts::{self, Change, Mark, TermFacts},
    term_votes::{TermVotes, votes},
};
use crate::{
    domain::{
        actor::{Actor, Call, SchoolPermit},
        badges::Rules,
        ids::{ClassId, SchoolId},
        published::{PublishedClass, RankedClass, Ranking},
        refusal::Refusal,
        round::RoundState,
        scoring::{result::TermResult, school::score_term},
    },
    storage::{Db, StorageError, Tx, results, rounds, rounds::RoundRow, schools},
};

/// Everything that a revision stores, computed before.
#[derive(Debug)]
pub struct Revision {
    /// In the order in which they were published; the corrected round first.
    rounds: Vec<Revised>,
    /// The newest publication's votes and result, which hold every published round.
    newest: (TermVotes, TermResult),
    /// Published rounds of the term when this was computed.
    published: usize,
    mark: Mark,
    /// Whether it is about a classmate's sheet: then new badges wait for the next release, whatever they rest on.
    of_classmate: bool,
}

#[derive(Debug)]
struct Revised {
    row: RoundRow,
    /// Only the classes that are not as published.
    results: Results,
    published_at: i64,
    moved: Moved,
}

/// Whose displayed points are others than before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Public number, points before and now.
    pub children: Vec<MovedChild>,
    /// Public codes.
    pub classes: Vec<String>,
}

/// One child's points before and now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedChild {
    pub no: String,
    pub before: Option<String>,
    pub now: Option<String>,
}

impl Revision {
    /// What moved in the corrected round itself.
    pub fn here(&self) -> Moved {
        self.rounds
            .first()
            .map(|r| r.moved.clone())
            .unwrap_or_default()
    }

    /// In how many later rounds something moved.
    pub fn later(&self) -> usize {
        let later = self.rounds.iter().skip(1);
        later
            .filter(|r| !r.moved.children.is_empty() || !r.moved.classes.is_empty())
            .count()
    }
}

/// Computes what `change` makes of a published round and of those after it; without one, what the tables say by now.
pub fn prepare(
    db: &mut Db,
    school: &SchoolId,
    round: &RoundRow,
    change: Option<&Change>,
    threads: usize,
) -> Acted<Revision> {
    // The school is computed as a whole, whoever corrects: nobody is shown what is read here.
    let permit = Actor::System.run_school()?;
    let facts = term_facts::gather(db, &permit, school, &round.term_id, None, change)?;
    let order = in_order(&facts);
    let from = order.iter().position(|id| *id == round.id);
    let from = from.ok_or(Refusal::WrongState)?;
    let (mut revised, mut newest) = (Vec::new(), None);
    for at in from..order.len() {
        let counted: BTreeSet<&str> = order.iter().take(at + 1).map(String::as_str).collect();
        let votes = votes(&facts, |r| counted.contains(r.id.as_str()));
        let result = score_term(&votes.rubric, &votes.input, threads);
        let row = order.get(at).and_then(|id| row_of(&facts, id));
        let row = row.ok_or_else(|| StorageError::Broken("a round without its row".to_owned()))?;
        revised.push(compare(db, &permit, school, row, &votes, &result)?);
        newest = Some((votes, result));
    }
    Ok(Revision {
        rounds: revised,
        newest: newest.ok_or(Refusal::WrongState)?,
        published: order.len(),
        mark: facts.mark,
        of_classmate: change.is_some_and(Change::is_of_classmate),
    })
}

/// Ids of the published rounds in the order of their publication: each counted those before it.
fn in_order(facts: &TermFacts) -> Vec<String> {
    let mut rounds: Vec<&RoundRow> = facts.rounds.iter().map(|r| &r.row).collect();
    rounds.sort_by_key(|r| r.published_at);
    rounds.into_iter().map(|r| r.id.clone()).collect()
}

fn row_of<'f>(facts: &'f TermFacts, id: &str) -> Option<&'f RoundRow> {
    facts.rounds.iter().map(|r| &r.row).find(|r| r.id == id)
}

fn compare(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    row: &RoundRow,
    votes: &TermVotes,
    result: &TermResult,
) -> Acted<Revised> {
    let mut results = publication::of(votes, result, &row.id)?;
    let before = results::publication(db, school, &row.id)?.ok_or(Refusal::WrongState)?;
    let stored = results::all_results(db, permit, school, &row.id, before.revision)?;
    let stored: HashMap<ClassId, _> = stored
        .into_iter()
        .map(|class| (ClassId::new(class.class_id.clone()), class))
        .collect();
    let as_published = |class: &ClassResults| {
        stored
            .get(&class.id)
            .is_some_and(|s| s.results == class.text)
    };
    results.classes.retain(|class| !as_published(class));
    let mut children = Vec::new();
    for class in &results.classes {
        let before = stored.get(&class.id).map(read_class).transpose()?;
        children.extend(moved_children(&before.unwrap_or_default(), &class.class));
    }
    let ranking: Ranking = super::published::read(&before.ranking)?;
    Ok(Revised {
        row: row.clone(),
        published_at: before.published_at,
        moved: Moved {
            children,
            classes: moved_classes(&ranking.round, &results.ranking.round),
        },
        results,
    })
}

fn moved_children(before: &PublishedClass, now: &PublishedClass) -> Vec<MovedChild> {
    let old: HashMap<&str, Option<&String>> = before
        .students
        .iter()
        .map(|s| (s.no.as_str(), s.round.points.as_ref()))
        .collect();
    let moved = now.students.iter().filter_map(|s| {
        let before = old.get(s.no.as_str()).copied().flatten();
        (before != s.round.points.as_ref()).then(|| MovedChild {
            no: s.no.clone(),
            before: before.cloned(),
            now: s.round.points.clone(),
        })
    });
    moved.collect()
}

fn moved_classes(before: &[RankedClass], now: &[RankedClass]) -> Vec<String> {
    let same = |row: &RankedClass| {
        let old = before.iter().find(|old| old.code == row.code);
        old.is_some_and(|old| old.points == row.points)
    };
    let moved = now.iter().filter(|row| !same(row));
    moved.map(|row| row.code.clone()).collect()
}

/// Stores a prepared revision; the correction itself comes after, in the same write.
///
/// # Errors
/// `Stale` where a sheet was corrected or a round published since.
pub fn store(
    tx: &mut Tx<'_>,
    call: &Call,
    revision: &Revision,
    reason: &str,
    rules: &Rules,
) -> Acted<()> {
    let permit = Actor::System.run_school()?;
    still_so(tx, &permit, call, revision)?;
    // Later than what it replaces, also on a clock that was set back: a release goes by these times.
    let last = revision.rounds.iter().map(|r| r.published_at).max();
    let at = call.now.max(last.unwrap_or(0) + 1);
    for revised in &revision.rounds {
        store_one(tx, &permit, call, revised, at, reason)?;
    }
    let (votes, result) = &revision.newest;
    award(
        tx,
        &permit,
        call,
        (votes, result),
        rules,
        revision.of_classmate,
    )?;
    Ok(schools::touch_board(tx, &call.school)?)
}

fn still_so(tx: &mut Tx<'_>, permit: &SchoolPermit, call: &Call, revision: &Revision) -> Acted<()> {
    let (votes, _) = &revision.newest;
    let published: Vec<RoundRow> = rounds::of_term(tx, &call.school, &votes.term.id)?
        .into_iter()
        .filter(|r| r.state == RoundState::Published.key())
        .collect();
    let as_read = |revised: &Revised| {
        let now = published.iter().find(|r| r.id == revised.row.id);
        now.is_some_and(|r| r.revision == revised.row.revision)
    };
    let same = published.len() == revision.published
        && revision.rounds.iter().all(as_read)
        && term_facts::mark(tx, permit, &call.school, &published)? == revision.mark;
    match same {
        true => Ok(()),
        false => Err(Refusal::Stale.into()),
    }
}

fn store_one(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    revised: &Revised,
    at: i64,
    reason: &str,
) -> Acted<()> {
    let round = RoundRow {
        revision: revised.row.revision + 1,
        ..revised.row.clone()
    };
    let because = Because {
        at,
        reason: reason.to_owned(),
        moved_children: revised.moved.children.len(),
        moved_classes: revised.moved.classes.len(),
    };
    publication::store(tx, permit, call, &round, &revised.results, &because)?;
    rounds::change(tx, permit, &round)?;
    let detail = format!(
        "revision={} children={} classes={}",
        round.revision, because.moved_children, because.moved_classes
    );
    Ok(tx.record(
        call,
        "round.revise",
        &format!("round/{}", round.id),
        &detail,
    )?)
}
