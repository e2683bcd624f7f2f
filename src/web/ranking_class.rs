//! One class's number explained: the six voices, the checks behind them, who took part, how the mean was shrunk.

use std::collections::BTreeMap;

use super::{
    office::class_label,
    rankings::{because, may_see_figures, period, period_id},
};
use crate::{
    actions::{
        Acted,
        ranking_facts::{self, Ranked, RankingFacts},
        round_progress::small,
        session::Seen,
        term_votes::read_rubric,
    },
    domain::{
        ids::ClassId,
        published::{ComponentStep, PublishedClass},
        refusal::Refusal,
        rubric::{Component, Rubric},
    },
    screens::{
        Lang,
        explain_digits::{fixed, percent},
        explain_plot::voice_bar,
        ranking::{ClassExplanation, ClassVoiceRow, ItemRate, ParticipationStep, ShrunkStep},
    },
    storage::{Db, inspections, inspections::InspectionRow, results},
};

/// Loads and explains a class's row.
pub fn load(
    db: &mut Db,
    seen: &Seen,
    class: &ClassId,
    wanted: Option<&str>,
    lang: Lang,
) -> Acted<ClassExplanation> {
    let school = &seen.call.school;
    let facts = ranking_facts::load(db, school, wanted)?;
    let own = facts.classes.iter().find(|c| c.class_id == class.as_str());
    let own = own.ok_or(Refusal::NotFound)?;
    let rubric = read_rubric(db, school, &facts.rubric_id)?;
    let mut checks = inspections::of_round(db, school, &facts.round.id)?;
    checks.retain(|c| c.class_id == class.as_str());
    // Who took part is a number of children: for those who may see the class.
    let part = match seen.call.actor.see_class(class) {
        Ok(permit) => results::class_results(db, &permit, school, &facts.round.id)?,
        Err(_) => None,
    };
    let part = part.and_then(|row| serde_json::from_str::<PublishedClass>(&row.results).ok());
    let items = if facts.of_term {
        Vec::new()
    } else {
        items(&rubric, &checks)
    };
    Ok(explain(seen, &facts, own, items, part, lang))
}

fn explain(
    seen: &Seen,
    facts: &RankingFacts,
    own: &Ranked,
    items: Vec<ItemRate>,
    part: Option<PublishedClass>,
    lang: Lang,
) -> ClassExplanation {
    let open = may_see_figures(seen, own);
    let row = &own.row;
    let peers = || facts.classes.iter().filter(|c| c.row.grade == row.grade);
    let ranked = small(peers().filter(|c| c.row.place.is_some()).count());
    let place = row
        .place
        .map(|(p, low, high)| (small(p), small(low), small(high)));
    let voices = Component::ALL.iter().enumerate().map(|(at, component)| {
        let all = peers().filter_map(|c| c.row.components.get(at)?.value);
        let step = row.components.get(at).copied().unwrap_or_default();
        voice(
            *component,
            if open { step } else { hidden(step) },
            mean(all),
        )
    });
    ClassExplanation {
        class_id: own.class_id.clone(),
        class_name: class_label(&row.code),
        grade: row.grade,
        round_name: period(facts, lang),
        back: format!("/rankings?round={}&grade={}", period_id(facts), row.grade),
        points: row.points.clone().filter(|_| open),
        stars: row.score.filter(|_| open).map(|s| fixed(s, 3)),
        place: place.map(|p| p.0),
        low: place.map(|p| p.1),
        high: place.map(|p| p.2),
        ranked,
        because: because(row),
        voices: voices.collect(),
        items,
        participation: part
            .filter(|_| open && !facts.of_term)
            .and_then(|p| participation(&p)),
        shrunk: row.shrunk.filter(|_| open).map(|s| shrunk(&s)),
        se: row.score.filter(|_| open).map(|_| fixed(row.se, 2)),
        rubric_version: facts.rubric_version.to_string(),
    }
}

/// Nothing of a component but its weight.
fn hidden(step: ComponentStep) -> ComponentStep {
    ComponentStep {
        weight: step.weight,
        ..ComponentStep::default()
    }
}

fn mean(all: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = all.fold((0.0, 0u32), |(sum, n), x| (sum + x, n + 1));
    (count > 0).then(|| sum / f64::from(count))
}

fn voice(component: Component, step: ComponentStep, mean: Option<f64>) -> ClassVoiceRow {
    let state = match step {
        ComponentStep { weight, .. } if weight <= 0.0 => "unweighted",
        ComponentStep { value: Some(_), .. } => "heard",
        ComponentStep { used: Some(_), .. } => "filled",
        _ => "dropped",
    };
    ClassVoiceRow {
        voice: component.name(),
        state,
        value: step.value.or(step.used).map(|v| fixed(v, 2)),
        mean: mean.map(|v| fixed(v, 2)),
        weight: fixed(step.weight, 2),
        product: step.used.map(|used| fixed(used * step.weight, 3)),
        se: step.value.map(|_| fixed(step.se, 2)),
        bar: voice_bar(step.value, mean),
    }
}

fn items(rubric: &Rubric, checks: &[InspectionRow]) -> Vec<ItemRate> {
    let mut sums: BTreeMap<&str, (u32, f64, f64)> = BTreeMap::new();
    for check in checks {
        let (count, points, full) = sums.entry(check.item.as_str()).or_default();
        *count += 1;
        *points += check.points;
        *full += check.full_marks;
    }
    let rate = |item: &crate::domain::rubric::Item| {
        let (checks, points, full) = *sums.get(item.id.as_str())?;
        let share = if full > 0.0 { points / full } else { 0.0 };
        Some(ItemRate {
            name: item.name.clone(),
            checks,
            points: short(points),
            full: short(full),
            percent: percent(share),
            bar: crate::screens::explain_digits::coordinate(share * 100.0),
        })
    };
    rubric.items.iter().filter_map(rate).collect()
}

fn short(x: f64) -> String {
    crate::screens::explain_digits::coordinate(x)
}

fn participation(class: &PublishedClass) -> Option<ParticipationStep> {
    let (done, of) = (small(class.taking_part.0), small(class.taking_part.1));
    let share = f64::from(done) / f64::from(of.max(1));
    (of > 0).then(|| ParticipationStep {
        done,
        enrolled: of,
        excused: 0,
        percent: percent(share),
        stars: fixed(1.0 + 4.0 * (share / 0.95).min(1.0), 2),
    })
}

fn shrunk(step: &crate::domain::published::ShrunkStep) -> ShrunkStep {
    let rest = 1.0 - step.own_part;
    let grade = if rest > 1e-9 {
        (step.value - step.own_part * step.mean) / rest
    } else {
        step.mean
    };
    ShrunkStep {
        mean: fixed(step.mean, 2),
        students: small(step.n),
        grade_mean: fixed(grade, 2),
        kept_percent: percent(step.own_part),
        shrunk: fixed(step.value, 2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_needs_something_to_divide_by() {
        assert_eq!(mean([].into_iter()), None);
        assert_eq!(mean([1.0, 2.0].into_iter()), Some(1.5));
    }
}
