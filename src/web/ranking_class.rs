//! One class's number explained: the six voices, the checks behind them, who took part, how the mean was shrunk, how it
//! compares with the class's own last rounds.

use std::collections::BTreeMap;

use super::{
    office::class_label,
    ranking_help,
    rankings::{because, may_see_figures, period, period_id, tenths},
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
        published::{ComponentStep, PublishedClass, RankedClass},
        refusal::Refusal,
        rubric::{Component, Rubric},
        scoring::rank::HALF_WIDTH,
    },
    screens::{
        Lang,
        explain_digits::{fixed, percent},
        explain_plot::voice_bar,
        ranking::{
            ClassExplanation, ClassVoiceRow, ItemRate, LiveRound, ParticipationStep, ShrunkStep,
            TeacherMark, trend,
        },
        trend_line::{TrendLine, trend_line},
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
    let shares = if facts.of_term {
        Vec::new()
    } else {
        shares(&rubric, &checks)
    };
    let live = ranking_help::live(db, seen, class)?;
    let found = Found { shares, part, live };
    Ok(explain(seen, &facts, own, found, lang))
}

/// What stands beside a class's row.
struct Found {
    shares: Vec<Share>,
    part: Option<PublishedClass>,
    live: Option<LiveRound>,
}

fn explain(
    seen: &Seen,
    facts: &RankingFacts,
    own: &Ranked,
    found: Found,
    lang: Lang,
) -> ClassExplanation {
    let Found { shares, part, live } = found;
    let class = ClassId::new(own.class_id.clone());
    let insider = seen.call.actor.see_class(&class).is_ok();
    let open = may_see_figures(seen, own);
    let row = &own.row;
    let peers = || facts.classes.iter().filter(|c| c.row.grade == row.grade);
    let ranked = small(peers().filter(|c| c.row.place.is_some()).count());
    let place = row.place.map(|(p, low, high)| [p, low, high].map(small));
    let taking_part = part.as_ref().map(|p| p.taking_part);
    ClassExplanation {
        class_id: own.class_id.clone(),
        class_name: class_label(&row.code),
        grade: row.grade,
        round_name: period(facts, lang),
        back: format!("/rankings?round={}&grade={}", period_id(facts), row.grade),
        points: row.points.clone().filter(|_| open),
        stars: row.score.filter(|_| open).map(|s| fixed(s, 3)),
        place: place.map(|[at, ..]| at),
        low: place.map(|[_, low, _]| low),
        high: place.map(|[.., high]| high),
        ranked,
        because: because(row),
        voices: voices(own, facts, open),
        shift: open.then(|| shift(own, facts)).flatten(),
        checked: checked(&shares).filter(|_| open),
        teachers: row
            .teachers
            .iter()
            .filter(|_| insider)
            .map(teacher)
            .collect(),
        line: open.then(|| line(own, &facts.round.name)).flatten(),
        trend: tenths(own.usual)
            .zip(tenths(row.tenths))
            .filter(|_| open)
            .map(|(before, now)| trend(before, now)),
        helps: match insider {
            true => ranking_help::lines(row, taking_part, &shares),
            false => Vec::new(),
        },
        live,
        ends: ends(row).filter(|_| open && place.is_some()),
        items: shares.iter().map(item).collect(),
        participation: part
            .filter(|_| open && !facts.of_term)
            .and_then(|p| participation(&p)),
        shrunk: row.shrunk.filter(|_| open).map(|s| shrunk(&s)),
        se: row.score.filter(|_| open).map(|_| fixed(row.se, 2)),
        rubric_version: facts.rubric_version.to_string(),
    }
}

fn voices(own: &Ranked, facts: &RankingFacts, open: bool) -> Vec<ClassVoiceRow> {
    let peers = || {
        facts
            .classes
            .iter()
            .filter(|c| c.row.grade == own.row.grade)
    };
    let one = |(at, component): (usize, &Component)| {
        let all = peers().filter_map(|c| c.row.components.get(at)?.value);
        let step = own.row.components.get(at).copied().unwrap_or_default();
        let rule = facts.weights.get(at).copied().unwrap_or_default();
        let shown = if open { step } else { hidden(step) };
        voice(*component, shown, (mean(all), rule))
    };
    Component::ALL.iter().enumerate().map(one).collect()
}

/// Ends of the interval in points.
fn ends(row: &RankedClass) -> Option<(String, String)> {
    let score = row.score?;
    let end = |by: f64| fixed(25.0 * (score + by * HALF_WIDTH * row.se - 1.0), 1);
    Some((end(-1.0), end(1.0)))
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

/// Σ w (x − m) ÷ Σ w over the voices that spoke, where another one was filled in by it (scoring.md 4).
fn shift(own: &Ranked, facts: &RankingFacts) -> Option<String> {
    let of_grade = || {
        facts
            .classes
            .iter()
            .filter(|c| c.row.grade == own.row.grade)
    };
    let (mut sum, mut weights, mut filled) = (0.0, 0.0, false);
    for (at, step) in own.row.components.iter().enumerate() {
        let all = of_grade().filter_map(|c| c.row.components.get(at)?.value);
        match (step.value, mean(all)) {
            (Some(x), Some(m)) if step.weight > 0.0 => {
                sum += step.weight * (x - m);
                weights += step.weight;
            }
            _ => filled |= step.used.is_some(),
        }
    }
    (filled && weights > 0.0).then(|| fixed(sum / weights, 2))
}

fn line(own: &Ranked, now: &str) -> Option<TrendLine> {
    let past = own
        .past
        .iter()
        .map(|(name, points)| (name.clone(), *points));
    let all = past.chain([(now.to_owned(), own.row.tenths?)]);
    let values: Vec<(String, f64)> = all
        .filter_map(|(name, points)| Some((name, tenths(Some(points))?)))
        .collect();
    trend_line(&values, tenths(own.usual))
}

fn teacher((written, leniency): &(f64, f64)) -> TeacherMark {
    TeacherMark {
        written: fixed(*written, 2),
        leniency: fixed(*leniency, 2),
        aligned: fixed(written - leniency, 2),
    }
}

fn voice(
    component: Component,
    step: ComponentStep,
    (mean, rule): (Option<f64>, f64),
) -> ClassVoiceRow {
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
        rubric_weight: ((rule - step.weight).abs() > 1e-9).then(|| fixed(rule, 2)),
        count: step.value.map(|_| small(step.n)).filter(|n| *n > 0),
        product: step.used.map(|used| fixed(used * step.weight, 3)),
        se: step.value.map(|_| fixed(step.se, 2)),
        bar: voice_bar(step.value, mean),
    }
}

/// An item with its checks of the round.
pub struct Share {
    pub name: String,
    pub weight: f64,
    checks: u32,
    points: f64,
    full: f64,
}

impl Share {
    /// Points of full marks.
    pub fn rate(&self) -> f64 {
        if self.full > 0.0 {
            self.points / self.full
        } else {
            0.0
        }
    }
}

fn shares(rubric: &Rubric, checks: &[InspectionRow]) -> Vec<Share> {
    let mut sums: BTreeMap<&str, (u32, f64, f64)> = BTreeMap::new();
    for check in checks {
        let (count, points, full) = sums.entry(check.item.as_str()).or_default();
        *count += 1;
        *points += check.points;
        *full += check.full_marks;
    }
    let share = |item: &crate::domain::rubric::Item| {
        let (checks, points, full) = *sums.get(item.id.as_str())?;
        Some(Share {
            name: item.name.clone(),
            weight: item.weight,
            checks,
            points,
            full,
        })
    };
    rubric.items.iter().filter_map(share).collect()
}

fn item(share: &Share) -> ItemRate {
    ItemRate {
        name: share.name.clone(),
        weight: short(share.weight),
        checks: share.checks,
        points: short(share.points),
        full: short(share.full),
        percent: percent(share.rate()),
        bar: short(share.rate() * 100.0),
    }
}

/// The items' weighted mean in percent, and `1 + 4 · rate`.
fn checked(shares: &[Share]) -> Option<(String, String)> {
    let all: f64 = shares.iter().map(|s| s.weight).sum();
    let sum: f64 = shares.iter().map(|s| s.weight * s.rate()).sum();
    (all > 0.0).then(|| {
        let rate = sum / all;
        (fixed(rate * 100.0, 1), fixed(1.0 + 4.0 * rate, 2))
    })
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
