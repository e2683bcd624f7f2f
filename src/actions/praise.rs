//! A teacher's praises: several children and one chip at once, with undo. Only ever additive, never part of a score.
//! Used by the teacher's page and, without names, by what helps children to remember.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::{
    Acted, class_chips, class_desk, class_desk::ClassDesk, class_room::current_term, new_id,
    recognize, rounds::graded, seating, star_cards, term_votes::read_rubric,
};
use crate::{
    domain::{
        actor::{Actor, Call, ClassView},
        calendar::monday,
        ids::ClassId,
        refusal::Refusal,
        rubric::{Dimension, Indicator, Of, Segment, Source},
        seating::Plan,
    },
    storage::{Db, Tx, praises, praises::PraiseRow, rounds::RoundRow},
};

/// What the page of a class's praises shows.
#[derive(Clone, Debug)]
pub struct PraiseDesk {
    pub desk: ClassDesk,
    pub dimensions: Vec<Dimension>,
    /// What a teacher may praise children of this class for: the rubric's indicators, then the class's own.
    pub chips: Vec<Chip>,
    /// Who sits where; empty where no plan was made.
    pub seats: Plan,
    /// Praises of this week that stand, newest first.
    pub week: Vec<PraiseRow>,
}

/// Something to praise for.
#[derive(Clone, Debug)]
pub struct Chip {
    /// An indicator's id, or that of a chip of the class.
    pub id: String,
    pub text: String,
    /// Id of its star.
    pub dimension: String,
    /// Added by the class's teacher.
    pub own: bool,
}

/// Loads the page of a class the caller has.
pub fn praise_desk(db: &mut Db, call: &Call, class: &ClassId) -> Acted<PraiseDesk> {
    let permit = call.actor.see_class(class)?;
    let desk = class_desk::desk(db, call, class)?;
    let term = current_term(db, call)?;
    let rubric = read_rubric(db, &call.school, &term.rubric_id)?;
    let (from, to) = this_week(call.today);
    let segment = segment(&desk, call);
    let fits = |one: &Indicator| {
        one.of == Of::Student
            && one.sources.contains(&Source::Teacher)
            && (one.segment.is_none() || one.segment == segment)
    };
    let star = |one: &Indicator| one.dimension.and_then(|at| rubric.dimensions.get(at));
    let of_rubric = rubric.indicators.iter().filter(|one| fits(one));
    let of_rubric = of_rubric.map(|one| Chip {
        id: one.id.clone(),
        text: one.text.clone(),
        dimension: star(one).map(|star| star.id.clone()).unwrap_or_default(),
        own: false,
    });
    let of_class = class_chips::standing(db, call, &permit)?;
    let of_class = of_class.into_iter().map(|row| Chip {
        id: row.id,
        text: row.text,
        dimension: row.dimension,
        own: true,
    });
    Ok(PraiseDesk {
        chips: of_rubric.chain(of_class).collect(),
        dimensions: rubric.dimensions,
        seats: seating::plan(db, call, &permit, &desk.children)?,
        week: praises::between(db, &permit, &call.school, from, to)?,
        desk,
    })
}

fn segment(desk: &ClassDesk, call: &Call) -> Option<Segment> {
    let (_, grade) = graded(&desk.class, call.today)?;
    Segment::of_grade(u8::try_from(grade).ok()?)
}

fn this_week(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let from = monday(today);
    (from, from.checked_add_days(Days::new(6)).unwrap_or(from))
}

/// What the caller's own class was praised for this week, Monday to Sunday: each indicator once, newest first.
///
/// # Errors
/// `Forbidden` for anybody but a student.
pub fn of_own_class(db: &mut Db, call: &Call, round: &RoundRow) -> Acted<Vec<(String, Indicator)>> {
    let Actor::Student { class, .. } = &call.actor else {
        return Err(Refusal::Forbidden.into());
    };
    let (from, to) = this_week(call.today);
    let given = praises::indicators_between(db, &call.school, class, from, to)?;
    if given.is_empty() {
        return Ok(Vec::new());
    }
    let rubric = read_rubric(db, &call.school, &round.rubric_id)?;
    let mut found: Vec<(String, Indicator)> = Vec::new();
    for id in given {
        let known = rubric.indicators.iter().find(|one| one.id == id);
        let new = known.filter(|one| found.iter().all(|(_, before)| before.id != one.id));
        let Some(indicator) = new else { continue };
        let dimension = indicator.dimension.and_then(|at| rubric.dimensions.get(at));
        if let Some(dimension) = dimension {
            found.push((dimension.id.clone(), indicator.clone()));
        }
    }
    Ok(found)
}

/// Praises these children of the class for one indicator; all or none.
///
/// # Errors
/// `Invalid("nobody")` without children, `UnknownIndicator` for a chip that is none of the page's, `NotFound` for a
/// child of another class.
pub fn give(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    children: &BTreeSet<String>,
    indicator: &str,
) -> Acted<Vec<PraiseRow>> {
    let permit = call.actor.see_class(class)?;
    if children.is_empty() {
        return Err(Refusal::Invalid("nobody".to_owned()).into());
    }
    let page = praise_desk(tx, call, class)?;
    let chip = page.chips.iter().find(|chip| chip.id == indicator);
    let chip = chip.ok_or_else(|| Refusal::UnknownIndicator(indicator.to_owned()))?;
    let there = |id: &&String| page.desk.children.iter().any(|c| c.id == **id);
    if !children.iter().all(|id| there(&id)) {
        return Err(Refusal::NotFound.into());
    }
    let term = current_term(tx, call)?.id;
    // Praises of one tap belong together by their instant, so no two taps may have the same.
    let newest = page.week.iter().map(|p| p.praised_at).max();
    let at = newest.map_or(call.now, |last| call.now.max(last.saturating_add(1)));
    let mut rows = Vec::with_capacity(children.len());
    for child in children {
        let row = PraiseRow {
            school_id: call.school.to_string(),
            id: new_id(),
            student_id: child.clone(),
            class_id: class.to_string(),
            term_id: term.clone(),
            dimension: chip.dimension.clone(),
            indicator: chip.id.clone(),
            label: chip.text.clone(),
            by_id: call.actor.id().to_owned(),
            praised_on: call.today,
            praised_at: at,
            undone_by: None,
            undone_at: None,
        };
        praises::add(tx, &permit, &row)?;
        rows.push(row);
    }
    let detail = format!("indicator={} children={}", chip.id, rows.len());
    tx.record(call, "praise.give", &format!("class/{class}"), &detail)?;
    let praised: Vec<String> = children.iter().cloned().collect();
    star_cards::after_change(tx, call, &praised)?;
    recognize::after_change(tx, call, &praised)?;
    Ok(rows)
}

/// Takes back a praise and those given in the same tap; twice changes nothing. Returns how many were taken back.
///
/// # Errors
/// `NotFound` for a praise of another class, `Forbidden` for a colleague's unless the caller leads the class.
pub fn undo(tx: &mut Tx<'_>, call: &Call, class: &ClassId, id: &str) -> Acted<usize> {
    let permit = call.actor.see_class(class)?;
    let together = praises::given_with(tx, &permit, &call.school, id)?;
    let own = together.iter().all(|row| row.by_id == call.actor.id());
    if permit.view() == ClassView::Subject && !own {
        return Err(Refusal::Forbidden.into());
    }
    let children: Vec<String> = together.iter().map(|row| row.student_id.clone()).collect();
    let ids: Vec<String> = together.into_iter().map(|row| row.id).collect();
    praises::undo(tx, &permit, &call.school, &ids, call.actor.id(), call.now)?;
    let detail = format!("children={}", ids.len());
    tx.record(call, "praise.undo", &format!("praise/{id}"), &detail)?;
    star_cards::after_change(tx, call, &children)?;
    recognize::after_change(tx, call, &children)?;
    Ok(ids.len())
}
