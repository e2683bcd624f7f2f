//! Rows of the tables of scores, rankings and badges, read from what was published; nothing is computed again.

use std::collections::HashMap;

use super::{Acted, export_score_folder::Period, imports, rounds::graded, term_votes::read_rubric};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        badges::{Recipient, TERM},
        published::{Number, PublishedClass, PublishedStudent, RankedClass, Ranking},
    },
    exchange::exports::{BadgeRow, RankingRow, ScoreRow},
    storage::{
        Db, StorageError, results, results::PublicationRow, rounds, schools, schools::TermRow,
        students,
    },
};

fn term_of(db: &mut Db, call: &Call, period: &Period) -> Acted<TermRow> {
    match &period.term {
        Some(id) => Ok(schools::term(db, &call.school, id)?),
        None => imports::current_term(db, call),
    }
}

/// The term's publications in their newest revision, with the rounds' names, in the order of these.
fn publications(db: &mut Db, call: &Call, term: &TermRow) -> Acted<Vec<(String, PublicationRow)>> {
    let mut all = Vec::new();
    for round in rounds::of_term(db, &call.school, &term.id)? {
        if let Some(row) = results::publication(db, &call.school, &round.id)? {
            all.push((round.name, row));
        }
    }
    all.sort_by(|(a, _), (b, _)| a.as_bytes().cmp(b.as_bytes()));
    Ok(all)
}

/// The publication whose numbers of the term are in force.
fn newest(all: &[(String, PublicationRow)]) -> Option<&PublicationRow> {
    let rows = all.iter().map(|(_, row)| row);
    rows.max_by_key(|row| row.published_at)
}

fn unreadable(error: &serde_json::Error) -> StorageError {
    StorageError::Broken(format!("published results: {error}"))
}

/// Scores round by round, then of the term, by 学号; and the ids of the dimensions.
pub(super) fn scores(
    db: &mut Db,
    permit: &SchoolPermit,
    call: &Call,
    period: &Period,
) -> Acted<(Vec<ScoreRow>, Vec<String>)> {
    let term = term_of(db, call, period)?;
    let all = publications(db, call, &term)?;
    let rubric_id = newest(&all).map_or(&term.rubric_id, |row| &row.rubric_id);
    let rubric = read_rubric(db, &call.school, rubric_id)?;
    let mut rows = Vec::new();
    for (name, row) in &all {
        for (class, student) in published(db, permit, call, row)? {
            rows.push(score_row(name, &class, &student.no, &student.round));
        }
    }
    if let Some(row) = newest(&all) {
        for (class, student) in published(db, permit, call, row)? {
            rows.push(score_row(TERM, &class, &student.no, &student.term));
        }
    }
    let dimensions = rubric.dimensions.into_iter().map(|d| d.id).collect();
    Ok((rows, dimensions))
}

/// Code of the class and row of every student of a publication, by 学号.
fn published(
    db: &mut Db,
    permit: &SchoolPermit,
    call: &Call,
    row: &PublicationRow,
) -> Acted<Vec<(String, PublishedStudent)>> {
    let school = &call.school;
    let classes = results::all_results(db, permit, school, &row.round_id, row.revision)?;
    let mut all = Vec::new();
    for class in classes {
        let class: PublishedClass =
            serde_json::from_str(&class.results).map_err(|e| unreadable(&e))?;
        let code = class.code;
        all.extend(class.students.into_iter().map(|s| (code.clone(), s)));
    }
    all.sort_by(|(_, a), (_, b)| a.no.as_bytes().cmp(b.no.as_bytes()));
    Ok(all)
}

fn score_row(round: &str, class: &str, no: &str, number: &Number) -> ScoreRow {
    let (heard, of) = number.heard_of;
    ScoreRow {
        round: round.to_owned(),
        student_no: no.to_owned(),
        class: class.to_owned(),
        voices: number.voices.map(|voice| voice.said),
        heard: format!("{heard}/{of}"),
        score: number.score,
        points: number.points.as_deref().and_then(|text| text.parse().ok()),
        se: number.se,
        provisional: number.provisional.is_some(),
        dimensions: number.dimensions.iter().map(|d| d.score).collect(),
    }
}

/// Rankings round by round, then of the term, as published.
pub(super) fn rankings(db: &mut Db, call: &Call, period: &Period) -> Acted<Vec<RankingRow>> {
    call.actor.run_school()?;
    let term = term_of(db, call, period)?;
    let all = publications(db, call, &term)?;
    let read = |row: &PublicationRow| -> Acted<Ranking> {
        Ok(serde_json::from_str(&row.ranking).map_err(|e| unreadable(&e))?)
    };
    let mut rows = Vec::new();
    for (name, row) in &all {
        let ranking = read(row)?;
        rows.extend(ranking.round.iter().map(|class| ranking_row(name, class)));
    }
    if let Some(row) = newest(&all) {
        let ranking = read(row)?;
        rows.extend(ranking.term.iter().map(|class| ranking_row(TERM, class)));
    }
    Ok(rows)
}

fn ranking_row(round: &str, class: &RankedClass) -> RankingRow {
    let small = |place: usize| u32::try_from(place).ok();
    RankingRow {
        round: round.to_owned(),
        grade: class.grade,
        class: class.code.clone(),
        components: class.components.map(|component| component.value),
        score: class.score,
        points: class.points.as_deref().and_then(|text| text.parse().ok()),
        rank: class.place.and_then(|(rank, _, _)| small(rank)),
        low: class.place.and_then(|(_, low, _)| small(low)),
        high: class.place.and_then(|(_, _, high)| small(high)),
        unranked_because: class.unranked.clone().unwrap_or_default(),
    }
}

/// Awards of the term that were not revoked, by kind, recipient, badge, tier and round.
pub(super) fn badges(
    db: &mut Db,
    permit: &SchoolPermit,
    call: &Call,
    period: &Period,
) -> Acted<Vec<BadgeRow>> {
    let term = term_of(db, call, period)?;
    let children = students::all(db, permit, &call.school)?.into_iter();
    let mut names: HashMap<String, String> = children.map(|row| (row.id, row.student_no)).collect();
    for class in students::classes(db, &call.school)? {
        if let Some((code, _)) = graded(&class, term.starts_on) {
            names.insert(class.id, code);
        }
    }
    let given = results::awards(db, permit, &call.school, &term.id)?.into_iter();
    let rows = given.filter(|award| award.revoked_at.is_none());
    let rows = rows.filter_map(|award| {
        Some(BadgeRow {
            recipient: names.get(&award.recipient_id)?.clone(),
            recipient_kind: award.recipient_kind,
            badge: award.badge,
            tier: award.tier,
            round: award.period,
            evidence: award.evidence,
        })
    });
    let mut rows: Vec<BadgeRow> = rows.collect();
    // Children first, as in badges.csv.
    let is_class = |row: &BadgeRow| row.recipient_kind == Recipient::Class.key();
    rows.sort_by(|a, b| {
        let key = |row: &'_ BadgeRow| {
            (
                is_class(row),
                row.recipient.clone(),
                row.badge.clone(),
                row.tier.clone(),
                row.round.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    Ok(rows)
}
