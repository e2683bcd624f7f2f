//! `/t/classes/{id}/portrait`: a class in words for its homeroom teacher and the office. No place, no child's number.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::words::count;
use crate::{
    actions::class_portrait::{self, Group, GroupGap, Portrait},
    domain::{
        badges::TERM,
        ids::ClassId,
        portrait::{hidden::Seen, outlook::Outlook},
    },
    screens::{
        explain_digits::fixed,
        say,
        teacher_portrait::{
            Child, ClassPortrait, GROUPS, GapRow, HiddenTalent, KnownStar, agreement, gap_bar,
            signed,
        },
        teacher_shared::Pick,
    },
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    round: Option<String>,
}

/// `GET /t/classes/{id}/portrait`.
pub async fn show(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let asked = asked.into_inner().round.unwrap_or_default();
    let page_of = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        class_portrait::class_portrait(db, &seen.call, &class, &asked)
    });
    let (seen, (class_name, portrait)) = read.await?;
    let blank = ClassPortrait {
        class_id: page_of.to_string(),
        class_name,
        ..ClassPortrait::default()
    };
    match portrait {
        None => visit.page(&seen, &blank),
        Some(portrait) => visit.page(&seen, &view(&visit, blank, &portrait)),
    }
}

fn view(visit: &Visit, blank: ClassPortrait, portrait: &Portrait) -> ClassPortrait {
    let (known, not_yet) = strengths(portrait);
    let talk = |wanted: Outlook| -> Vec<Child> {
        let of = portrait.outlooks.iter().filter(|(_, o)| *o == wanted);
        of.filter_map(|(at, _)| child(portrait, *at, None))
            .collect()
    };
    let gaps: Vec<GapRow> = portrait.gaps.iter().map(gap_row).collect();
    ClassPortrait {
        round_name: match portrait.period.whole_term {
            true => say(visit.lang, "teacher-term", &[]),
            false => portrait.period.round.name.clone(),
        },
        rounds: rounds(visit, portrait),
        stars: known,
        not_yet,
        hidden: portrait
            .hidden
            .iter()
            .filter_map(|(at, star, seen)| talent(portrait, *at, *star, *seen))
            .collect(),
        agreement: portrait.agreement.map(agreement),
        brighter: talk(Outlook::Brighter),
        humbler: talk(Outlook::Humbler),
        alike: count(talk(Outlook::Alike).len()),
        look: gaps.iter().any(|gap| gap.look),
        gaps,
        ..blank
    }
}

fn rounds(visit: &Visit, portrait: &Portrait) -> Vec<Pick> {
    let pick = |value: &str, label: String| Pick {
        value: value.to_owned(),
        label,
        chosen: value == portrait.period.value(),
    };
    let term = pick(TERM, say(visit.lang, "teacher-term", &[]));
    let rounds = portrait
        .published
        .iter()
        .map(|r| pick(&r.id, r.name.clone()));
    rounds.chain([term]).collect()
}

/// The stars with their children, and the names of those whom no star has yet.
fn strengths(portrait: &Portrait) -> (Vec<KnownStar>, Vec<String>) {
    let dimensions = portrait.rubric.dimensions.iter().zip(&portrait.known_for);
    let stars = dimensions
        .enumerate()
        .map(|(star, (dimension, known))| KnownStar {
            key: dimension.id.clone(),
            name: dimension.name.clone(),
            children: known
                .iter()
                .filter_map(|at| child(portrait, *at, Some(star)))
                .collect(),
        });
    let somewhere = |at: &usize| portrait.known_for.iter().any(|known| known.contains(at));
    let children = portrait.children.iter().enumerate();
    let not_yet = children.filter(|(at, _)| !somewhere(at));
    (
        stars.collect(),
        not_yet.map(|(_, c)| c.child.name.clone()).collect(),
    )
}

fn child(portrait: &Portrait, at: usize, star: Option<usize>) -> Option<Child> {
    let told = star.and_then(|star| portrait.told.get(&(at, star)));
    portrait.children.get(at).map(|found| Child {
        id: found.child.id.clone(),
        name: found.child.name.clone(),
        told: count(told.copied().unwrap_or(0)),
    })
}

fn talent(portrait: &Portrait, at: usize, star: usize, seen: Seen) -> Option<HiddenTalent> {
    let dimension = portrait.rubric.dimensions.get(star)?;
    Some(HiddenTalent {
        child: child(portrait, at, Some(star))?,
        key: dimension.id.clone(),
        star: dimension.name.clone(),
        classmates: match seen {
            Seen::Classmates(n) => count(n),
            Seen::Home => 0,
        },
    })
}

fn gap_row(found: &GroupGap) -> GapRow {
    let [boys, seats, lines, places] = GROUPS;
    let (group, from, to) = match found.group {
        Group::Boys => (boys, 0, 0),
        Group::Seats(from, to) => (seats, from, to),
        Group::Lines(from, to) => (lines, from, to),
        Group::Places(from, to) => (places, from, to),
    };
    GapRow {
        group,
        from,
        to,
        voice: found.source.name(),
        gap: signed(found.gap.gap),
        half: fixed(found.gap.half, 2),
        look: found.gap.worth_a_look(),
        bar: gap_bar(found.gap.gap, found.gap.half),
    }
}
