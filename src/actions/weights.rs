//! The office changes the rule: rehearses other weights on the term so far, and adopts weights or a whole edited
//! document as a new version. A version holds at once while no round of the term was ever opened, else from the next
//! term on; what was published is never touched (product.md, rule 6).

use super::{
    Acted, new_id,
    term_votes::{self, read_rubric},
    terms,
};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        ids::{ClassId, SchoolId, StudentId},
        refusal::Refusal,
        rehearsal::{ClassMove, Rehearsal, StudentMove},
        rubric::Rubric,
        scoring::{input::TermInput, school::score_term},
        weights::Weights,
    },
    exchange::rubric_toml,
    storage::{Db, Tx, rounds, schools, schools::RubricRow},
};

/// Setting with the id of the version that the next planned term begins with.
pub const NEXT_RUBRIC: &str = "rubric.next";

/// Longest document that is read.
const MOST_BYTES: usize = 256 * 1024;

/// What other weights would have made of the term so far.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The term whose published rounds were computed.
    pub term: String,
    /// Names of these rounds; empty: nothing was published yet, so there is nothing to compare.
    pub rounds: Vec<String>,
    pub before: Weights,
    pub after: Weights,
    pub moves: Rehearsal,
    people: Vec<(ClassId, String, Vec<Pupil>)>,
}

#[derive(Clone, Debug)]
struct Pupil {
    id: StudentId,
    no: String,
    name: String,
}

/// Whom a [`StudentMove`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who<'p> {
    pub class: &'p ClassId,
    /// Public code such as `302`.
    pub code: &'p str,
    pub student: &'p StudentId,
    pub no: &'p str,
    pub name: &'p str,
}

impl Preview {
    /// The student of a move.
    pub fn who(&self, moved: &StudentMove) -> Option<Who<'_>> {
        let (class, code, pupils) = self.people.get(moved.class)?;
        let pupil = pupils.get(moved.student)?;
        Some(Who {
            class,
            code,
            student: &pupil.id,
            no: &pupil.no,
            name: &pupil.name,
        })
    }

    /// Id and public code of the class of a move.
    pub fn class(&self, moved: &ClassMove) -> Option<(&ClassId, &str)> {
        let (class, code, _) = self.people.get(moved.class)?;
        Some((class, code))
    }
}

/// Computes the published rounds of the present term (or, where it has none yet, of the newest term that has) under
/// the rule in force and again with other weights. Changes nothing.
pub fn preview(db: &mut Db, call: &Call, weights: &Weights, threads: usize) -> Acted<Preview> {
    let permit = call.actor.run_school()?;
    let Some(term) = rehearsed_term(db, call)? else {
        return Err(Refusal::Invalid("no-term".to_owned()).into());
    };
    let votes = term_votes::load(db, &permit, &call.school, &term, None)?;
    let changed = weights.applied(&votes.rubric);
    let before = score_term(&votes.rubric, &votes.input, threads);
    let after = score_term(&changed, &votes.input, threads);
    Ok(Preview {
        term: votes.term.name,
        rounds: votes.rounds.into_iter().map(|r| r.name).collect(),
        before: Weights::of(&votes.rubric),
        after: *weights,
        moves: Rehearsal::of(&votes.input, &before, &after),
        people: people(votes.input, votes.classes),
    })
}

fn people(
    input: TermInput,
    classes: Vec<term_votes::VotingClass>,
) -> Vec<(ClassId, String, Vec<Pupil>)> {
    let both = input.classes.into_iter().zip(classes);
    both.map(|(class, ids)| {
        let students = class.students.into_iter().zip(ids.students);
        let pupils = students.map(|(s, id)| Pupil {
            id,
            no: s.no,
            name: s.name,
        });
        (ids.id, class.code, pupils.collect())
    })
    .collect()
}

fn rehearsed_term(db: &mut Db, call: &Call) -> Acted<Option<String>> {
    let present = terms::present(db, call)?.map(|t| t.id);
    let published: Vec<String> = rounds::all(db, &call.school)?
        .into_iter()
        .filter(|r| r.state == "published")
        .map(|r| r.term_id)
        .collect();
    let now = present.filter(|id| published.contains(id) || published.is_empty());
    Ok(now.or_else(|| published.last().cloned()))
}

/// From when an adopted version holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldsFrom {
    /// The present term has no opened round yet.
    ThisTerm,
    /// The present term's first round has frozen its rule, or there is no term now.
    NextTerm,
}

/// What adopting did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    pub from: HoldsFrom,
    pub rubric_id: String,
    pub version: i32,
}

/// Adopts other weights on top of the newest version; everything else of the document stays.
pub fn adopt(tx: &mut Tx<'_>, call: &Call, weights: &Weights) -> Acted<Adopted> {
    let permit = call.actor.run_school()?;
    let (name, base) = match newest(tx, &call.school)? {
        Some(row) => (row.name, read_rubric(tx, &call.school, &row.id)?),
        None => (String::new(), rubric_toml::standard()),
    };
    let rubric = weights.applied(&base);
    adopt_version(tx, &permit, call, &name, &rubric, None)
}

/// Adopts a whole edited document.
///
/// # Errors
/// `Invalid` with every flaw of the document as `line 7: what is wrong`, one per line.
pub fn adopt_rubric(tx: &mut Tx<'_>, call: &Call, name: &str, document: &[u8]) -> Acted<Adopted> {
    let permit = call.actor.run_school()?;
    if document.len() > MOST_BYTES {
        return Err(Refusal::Invalid("rubric-too-long".to_owned()).into());
    }
    let rubric = rubric_toml::read(document).map_err(|flaws| {
        let lines = flaws
            .iter()
            .map(|f| format!("line {}: {}", f.line, f.message));
        Refusal::Invalid(lines.collect::<Vec<_>>().join("\n"))
    })?;
    let text = String::from_utf8_lossy(document);
    let text = text.trim_start_matches('\u{feff}');
    adopt_version(tx, &permit, call, name.trim(), &rubric, Some(text))
}

/// The version that a term planned now would begin with.
pub fn upcoming(db: &mut Db, school: &SchoolId) -> Acted<Option<RubricRow>> {
    let named = schools::setting(db, school, NEXT_RUBRIC)?;
    let mut all = schools::rubrics(db, school)?;
    let at = all
        .iter()
        .position(|r| Some(r.id.as_str()) == named.as_deref());
    Ok(match at {
        Some(at) => Some(all.swap_remove(at)),
        None => all.pop(),
    })
}

fn newest(db: &mut Db, school: &SchoolId) -> Acted<Option<RubricRow>> {
    Ok(schools::rubrics(db, school)?.pop())
}

fn adopt_version(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    name: &str,
    rubric: &Rubric,
    document: Option<&str>,
) -> Acted<Adopted> {
    let row = add_version(tx, permit, call, name, rubric, document)?;
    schools::set_setting(tx, permit, &call.school, NEXT_RUBRIC, &row.id)?;
    let from = give_to_terms(tx, permit, call, &row.id)?;
    let detail = match from {
        HoldsFrom::ThisTerm => format!("version={} from=this-term", row.version),
        HoldsFrom::NextTerm => format!("version={} from=next-term", row.version),
    };
    tx.record(call, "rubric.adopt", &format!("rubric/{}", row.id), &detail)?;
    Ok(Adopted {
        from,
        rubric_id: row.id,
        version: row.version,
    })
}

/// A new version, or the newest one where it says the same already: a double click adds nothing.
fn add_version(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    name: &str,
    rubric: &Rubric,
    document: Option<&str>,
) -> Acted<RubricRow> {
    let newest = newest(tx, &call.school)?;
    if let Some(row) = &newest
        && read_rubric(tx, &call.school, &row.id)? == *rubric
    {
        return Ok(row.clone());
    }
    let row = RubricRow {
        school_id: call.school.to_string(),
        id: new_id(),
        version: newest.map_or(0, |r| r.version) + 1,
        name: name.to_owned(),
        document: document.map_or_else(|| rubric_toml::write(rubric), str::to_owned),
        created_at: call.now,
        created_by: call.actor.id().to_owned(),
    };
    schools::add_rubric(tx, permit, &row)?;
    Ok(row)
}

/// Gives the version to the present and all later terms in which no round was ever opened.
fn give_to_terms(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    rubric: &str,
) -> Acted<HoldsFrom> {
    let mut from = HoldsFrom::NextTerm;
    let terms = schools::terms(tx, &call.school)?.into_iter();
    for mut term in terms.filter(|t| t.ends_on >= call.today) {
        if terms::is_frozen(tx, &call.school, &term.id)? {
            continue;
        }
        if term.starts_on <= call.today {
            from = HoldsFrom::ThisTerm;
        }
        term.rubric_id = rubric.to_owned();
        schools::change_term(tx, permit, &term)?;
    }
    Ok(from)
}
