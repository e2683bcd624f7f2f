//! The office's page of badges: the rules in force, another version tried on the term so far and adopted for the next
//! one, and which classes have children whom nobody recognised.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use chrono::{Days, NaiveDate};

use super::{
    Acted, badge_rules, class_desk, class_room::current_term, settle_term, settle_term::Prepared,
};
use crate::{
    domain::{
        actor::Call,
        badges::{Award, Recipient, Rules},
        calendar::monday,
        random::keyed,
        refusal::Refusal,
    },
    exchange::{badges_toml, badges_toml::Mistake},
    storage::{
        Db, Tx, recognition, results, results::BadgeRulesRow, rounds, schools::TermRow, students,
    },
};

/// Weeks that the coverage looks back.
pub const WEEKS: u64 = 6;
/// Longest document that is read.
const MOST_BYTES: usize = 128 * 1024;

/// See the file's head.
#[derive(Debug)]
pub struct BadgeDesk {
    pub term: TermRow,
    pub rules: Rules,
    /// The newest version's document, with the number that the next one needs.
    pub document: String,
    /// A version that holds later: its number and from when.
    pub later: Option<(i32, NaiveDate)>,
    /// Awards of the term that stand, by badge.
    pub given: HashMap<String, usize>,
    /// Mondays of the weeks looked at, the oldest first.
    pub weeks: Vec<NaiveDate>,
    pub coverage: Vec<Coverage>,
}

/// A class's children whom nobody recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    pub class: String,
    pub name: String,
    pub children: usize,
    /// By week.
    pub unseen: Vec<usize>,
    /// In the whole term.
    pub never: usize,
}

/// Loads the page.
pub fn load(db: &mut Db, call: &Call, built_in: &Rules) -> Acted<BadgeDesk> {
    let permit = call.actor.run_school()?;
    let term = current_term(db, call)?;
    let versions = results::rules(db, &call.school)?;
    let mut given: HashMap<String, usize> = HashMap::new();
    for row in results::awards(db, &permit, &call.school, &term.id)? {
        if row.revoked_at.is_none() {
            *given.entry(row.badge).or_default() += 1;
        }
    }
    let newest = versions.last();
    let weeks = weeks(call.today, term.starts_on);
    Ok(BadgeDesk {
        rules: badge_rules::in_force(db, &call.school, &term, built_in)?,
        document: next_document(newest, built_in),
        later: newest
            .filter(|row| row.holds_from > term.starts_on)
            .map(|row| (row.version, row.holds_from)),
        coverage: coverage(db, call, &term, &weeks)?,
        given,
        weeks,
        term,
    })
}

fn next_document(newest: Option<&BadgeRulesRow>, built_in: &Rules) -> String {
    let document = newest.map_or(badges_toml::SHIPPED, |row| row.document.as_str());
    let next = next_version(newest, built_in);
    let line = |line: &str| match line.starts_with("version") {
        true => format!("version = {next}"),
        false => line.to_owned(),
    };
    let lines: Vec<String> = document.lines().map(line).collect();
    lines.join("\n") + "\n"
}

fn next_version(newest: Option<&BadgeRulesRow>, built_in: &Rules) -> u32 {
    let newest = newest.and_then(|row| u32::try_from(row.version).ok());
    newest.unwrap_or(0).max(built_in.version) + 1
}

fn weeks(today: NaiveDate, from: NaiveDate) -> Vec<NaiveDate> {
    let this = monday(today);
    let back = (0..WEEKS).rev();
    back.filter_map(|n| this.checked_sub_days(Days::new(7 * n)))
        .filter(|week| *week >= monday(from))
        .collect()
}

/// On which days each child was recognised: praised, a moment released, a goal reached, a badge seen.
fn recognised(
    db: &mut Db,
    call: &Call,
    term: &TermRow,
) -> Acted<HashMap<String, BTreeSet<NaiveDate>>> {
    let permit = call.actor.run_school()?;
    let mut days: HashMap<String, BTreeSet<NaiveDate>> = HashMap::new();
    let seen = recognition::praises(db, &permit, &call.school, &term.id, None)?;
    let told = recognition::moments(db, &permit, &call.school, &term.id, None)?;
    for row in seen.into_iter().chain(told) {
        days.entry(row.student_id).or_default().insert(row.on);
    }
    let day = |at: i64| Some(chrono::DateTime::from_timestamp_millis(at)?.date_naive());
    for row in recognition::goals(db, &permit, &call.school, &term.id, None)? {
        days.entry(row.student_id)
            .or_default()
            .extend(row.at.and_then(day));
    }
    for row in results::awards(db, &permit, &call.school, &term.id)? {
        if row.revoked_at.is_none() {
            days.entry(row.recipient_id)
                .or_default()
                .extend(row.visible_at.and_then(day));
        }
    }
    Ok(days)
}

fn coverage(db: &mut Db, call: &Call, term: &TermRow, weeks: &[NaiveDate]) -> Acted<Vec<Coverage>> {
    let permit = call.actor.run_school()?;
    let days = recognised(db, call, term)?;
    let stays = students::enrolments_between(db, &permit, &call.school, call.today, call.today)?;
    let mut classes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for stay in stays {
        let class = classes.entry(stay.class_id).or_default();
        class.push(stay.student_id);
    }
    let in_week = |child: &String, week: NaiveDate| {
        let end = week.checked_add_days(Days::new(7)).unwrap_or(week);
        days.get(child)
            .is_some_and(|days| days.range(week..end).next().is_some())
    };
    let mut found = Vec::new();
    let mut all = students::classes(db, &call.school)?;
    all.sort_by_key(|class| (Reverse(class.cohort), class.number));
    for class in all {
        let Some(children) = classes.get(&class.id) else {
            continue;
        };
        let unseen = |week: &NaiveDate| children.iter().filter(|c| !in_week(c, *week)).count();
        found.push(Coverage {
            name: class_desk::name(&class, call.today),
            children: children.len(),
            unseen: weeks.iter().map(unseen).collect(),
            never: children.iter().filter(|c| !days.contains_key(*c)).count(),
            class: class.id,
        });
    }
    // A child with an entry but no day was given only what it may not see yet.
    found.sort_by_key(|class| Reverse(class.never));
    Ok(found)
}

/// What another version would have given in the term so far.
#[derive(Debug)]
pub struct Trial {
    pub rules: Rules,
    /// By rule: awards, and different children or classes.
    pub won: Vec<(usize, usize)>,
    /// Children of the term's rounds, and how many of them would get no badge at all.
    pub children: usize,
    pub without: usize,
    /// Says which document was tried, so that no other is adopted.
    pub token: String,
}

/// Tries a document on the term as it was computed; every mistake where it is none.
pub fn trial(
    db: &mut Db,
    call: &Call,
    prepared: &Prepared,
    document: &str,
    built_in: &Rules,
) -> Acted<Result<Trial, Vec<Mistake>>> {
    call.actor.run_school()?;
    let rules = match checked(db, call, document, built_in)? {
        Ok(rules) => rules,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let awards = settle_term::tried(db, call, prepared, &rules)?;
    let of = |award: &Award, at: usize| {
        let found = rules.find(&award.key.badge);
        found.is_some_and(|(rule, _)| rules.badges.get(at) == Some(rule))
    };
    let won = (0..rules.badges.len()).map(|at| {
        let mine: Vec<&Award> = awards.iter().filter(|award| of(award, at)).collect();
        let who: BTreeSet<&str> = mine.iter().map(|a| a.key.recipient.as_str()).collect();
        (mine.len(), who.len())
    });
    let won = won.collect();
    let children = prepared
        .votes
        .input
        .classes
        .iter()
        .zip(&prepared.votes.classes);
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for (class, ids) in children {
        let both = class.students.iter().zip(&ids.students);
        names.extend(both.map(|(who, id)| (who.no.as_str(), id.as_str())));
    }
    // Awards over scores name the number, those over counts the id.
    let got = awards
        .iter()
        .filter(|award| award.key.recipient_kind == Recipient::Student)
        .map(|award| {
            let who = award.key.recipient.as_str();
            names.get(who).copied().unwrap_or(who)
        });
    let got: BTreeSet<&str> = got.collect();
    let all: BTreeSet<&str> = names.values().copied().collect();
    Ok(Ok(Trial {
        won,
        children: all.len(),
        without: all.difference(&got).count(),
        token: token(document),
        rules,
    }))
}

fn token(document: &str) -> String {
    format!("{:016x}", keyed(0, document))
}

/// The rules of a document that may become the next version.
fn checked(
    db: &mut Db,
    call: &Call,
    document: &str,
    built_in: &Rules,
) -> Acted<Result<Rules, Vec<Mistake>>> {
    if document.len() > MOST_BYTES {
        return Err(Refusal::Invalid("badges-too-long".to_owned()).into());
    }
    let versions = results::rules(db, &call.school)?;
    let next = next_version(versions.last(), built_in);
    Ok(badges_toml::parse(document).and_then(|rules| {
        let line = document
            .lines()
            .position(|line| line.starts_with("version"));
        match rules.version == next {
            true => Ok(rules),
            false => Err(vec![Mistake {
                line: line.unwrap_or(0) + 1,
                column: 1,
                message: format!("the next version is {next}"),
            }]),
        }
    }))
}

/// Adopts a document that was tried: for the present term while nothing of it was published, else from the next one on.
///
/// # Errors
/// `Stale` for a document other than the tried one, `Invalid` with its mistakes.
pub fn adopt(
    tx: &mut Tx<'_>,
    call: &Call,
    document: &str,
    tried: &str,
    built_in: &Rules,
) -> Acted<BadgeRulesRow> {
    let permit = call.actor.run_school()?;
    if token(document) != tried {
        return Err(Refusal::Stale.into());
    }
    let rules = checked(tx, call, document, built_in)?.map_err(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        Refusal::Invalid(lines.join("\n"))
    })?;
    let term = current_term(tx, call)?;
    let all = rounds::of_term(tx, &call.school, &term.id)?;
    let begun = all.iter().any(|round| round.state == "published")
        || !results::awards(tx, &permit, &call.school, &term.id)?.is_empty();
    let holds_from = match begun {
        false => term.starts_on,
        true => term
            .ends_on
            .checked_add_days(Days::new(1))
            .unwrap_or(term.ends_on),
    };
    let row = BadgeRulesRow {
        school_id: call.school.to_string(),
        version: i32::try_from(rules.version).unwrap_or(i32::MAX),
        name: String::new(),
        document: document.to_owned(),
        holds_from,
        created_at: call.now,
        created_by: call.actor.id().to_owned(),
    };
    results::add_rules(tx, &permit, &row)?;
    let detail = format!("version={} from={holds_from}", row.version);
    tx.record(
        call,
        "badges.adopt",
        &format!("badges/{}", row.version),
        &detail,
    )?;
    Ok(row)
}
