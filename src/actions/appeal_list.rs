//! Appeals with the names that staff pages show: of the child, the class, the round, and of who proposed and decided.

use std::collections::HashMap;

use super::{Acted, appeals, appeals::correction_of, class_desk, term_votes::read_rubric};
use crate::{
    domain::{
        actor::Call,
        correction::Kind,
        ids::{ClassId, StaffId, StudentId},
        rubric::{Rubric, Segment, Source},
    },
    storage::{Db, StorageError, appeals::AppealRow, rounds, rounds::RoundRow, staff, students},
};

/// One appeal.
#[derive(Clone, Debug)]
pub struct AppealSeen {
    pub row: AppealRow,
    /// Empty for one of a class.
    pub child: String,
    pub class_name: String,
    pub round: RoundRow,
    /// Name of the star that it is about; empty for `all` and `moment`.
    pub star: String,
    /// Voice of the sheet of a proposed correction.
    pub voice: Option<Source>,
    /// Question and new word of a proposed override.
    pub replaced: Option<(String, String)>,
    pub proposed_by: String,
    pub decided_by: String,
}

/// The appeals of a class that the caller leads.
pub fn of_class(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Vec<AppealSeen>> {
    let rows = appeals::of_class(db, call, class)?;
    seen(db, call, rows)
}

/// The appeals of the school.
pub fn of_school(db: &mut Db, call: &Call) -> Acted<Vec<AppealSeen>> {
    let permit = call.actor.run_school()?;
    let rows = crate::storage::appeals::of_school(db, &permit, &call.school)?;
    seen(db, call, rows)
}

fn seen(db: &mut Db, call: &Call, rows: Vec<AppealRow>) -> Acted<Vec<AppealSeen>> {
    let mut rubrics: HashMap<String, Rubric> = HashMap::new();
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let round = rounds::get(db, &call.school, &row.round_id)?;
        if !rubrics.contains_key(&round.rubric_id) {
            let rubric = read_rubric(db, &call.school, &round.rubric_id)?;
            rubrics.insert(round.rubric_id.clone(), rubric);
        }
        if let Some(rubric) = rubrics.get(&round.rubric_id) {
            all.push(one(db, call, row, round, rubric)?);
        }
    }
    Ok(all)
}

fn one(
    db: &mut Db,
    call: &Call,
    row: AppealRow,
    round: RoundRow,
    rubric: &Rubric,
) -> Acted<AppealSeen> {
    let class = ClassId::new(row.class_id.clone());
    let child = match &row.student_id {
        Some(id) => students::by_id(db, &call.school, &StudentId::new(id.clone()))?.name,
        None => String::new(),
    };
    let part = rounds::class_of(db, &call.school, &round.id, &class)?;
    let grade = part.and_then(|p| u8::try_from(p.grade).ok());
    let segment = grade.and_then(Segment::of_grade).unwrap_or(Segment::High);
    let correction = correction_of(&row);
    let replaced = correction.as_ref().and_then(|(_, _, kind)| match kind {
        Kind::Override { indicator, anchor } => words(rubric, segment, indicator, *anchor),
        Kind::Out => None,
    });
    let star = rubric.dimensions.iter().find(|d| d.id == row.about);
    Ok(AppealSeen {
        class_name: class_desk::name(&students::class(db, &call.school, &class)?, call.today),
        star: star.map(|d| d.name.clone()).unwrap_or_default(),
        voice: correction.map(|(source, ..)| source),
        proposed_by: name(db, call, row.proposed_by.as_deref())?,
        decided_by: name(db, call, row.decided_by.as_deref())?,
        child,
        replaced,
        round,
        row,
    })
}

fn words(rubric: &Rubric, segment: Segment, id: &str, anchor: u8) -> Option<(String, String)> {
    let indicator = rubric.indicators.iter().find(|i| i.id == id)?;
    let at = usize::from(anchor).checked_sub(1)?;
    let word = rubric.anchors.of(segment).get(at)?;
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    Some((indicator.text.clone(), word.to_owned()))
}

fn name(db: &mut Db, call: &Call, id: Option<&str>) -> Acted<String> {
    let Some(id) = id else {
        return Ok(String::new());
    };
    match staff::get(db, &call.school, &StaffId::new(id)) {
        Ok(who) => Ok(who.name),
        Err(StorageError::NotFound) => Ok(String::new()),
        Err(other) => Err(other.into()),
    }
}
