//! What stands on a child's own page beside its results: moments with thank-yous, the small goal. And what
//! the child does there: `POST /s/goal`, `POST /s/thanks`.

use actix_web::HttpResponse;

use super::speak;
use crate::{
    actions::{
        child_deeds::ChildDeeds,
        goals::{self, NewGoal, Step},
        thanks,
    },
    domain::{
        goals::{MOST_WORDS, READY, Stage, WORDS_FROM_GRADE},
        refusal::Refusal,
    },
    screens::{
        FlashKind, Lang,
        own::{GoalChoice, GoalStage, GoalView, MomentView, ReadyGoal},
        parts::{Spoken, spoken_text},
        say,
    },
    storage::{goals::GoalRow, moments::MomentRow},
    web::{
        failure::Failure,
        guard::Fields,
        moment_words,
        visit::{Door, Visit},
    },
};

/// The moments.
pub fn moments(lang: Lang, deeds: &ChildDeeds, low: bool) -> Vec<MomentView> {
    let rows = deeds.moments.iter();
    let view = |row: &MomentRow| {
        let thanked = deeds.thanks.get(&row.id);
        moment_words::view(lang, row, &deeds.teachers, thanked, low)
    };
    rows.map(view).collect()
}

/// What a goal says.
pub fn goal_text(lang: Lang, row: &GoalRow, low: bool) -> Spoken {
    if row.ready.is_empty() {
        return spoken_text(&row.text, None);
    }
    moment_words::spoken(lang, &format!("goal-{}", row.ready), &[], low)
}

/// The goal that is on, else the one reached last.
pub fn goal(lang: Lang, deeds: &ChildDeeds, low: bool) -> Option<GoalView> {
    let row = deeds.goal.as_ref()?;
    Some(GoalView {
        id: row.id.clone(),
        star: row.dimension.clone(),
        text: goal_text(lang, row, low),
        stage: match deeds.stage()? {
            Stage::Open => GoalStage::Open,
            Stage::Waiting => GoalStage::Waiting,
            Stage::Reached => GoalStage::Reached,
            Stage::Dropped => return None,
        },
    })
}

/// What the child may choose; none while a goal is on.
pub fn choice(lang: Lang, deeds: &ChildDeeds, grade: u32) -> Option<GoalChoice> {
    if deeds.stage().is_some_and(Stage::is_on) {
        return None;
    }
    let low = speak::is_low(grade);
    let ready = READY.iter().map(|one| ReadyGoal {
        id: one.id.to_owned(),
        star: one.dimension.to_owned(),
        text: moment_words::spoken(lang, &format!("goal-{}", one.id), &[], low),
    });
    Some(GoalChoice {
        ready: ready.collect(),
        words: match grade >= WORDS_FROM_GRADE {
            true => MOST_WORDS,
            false => 0,
        },
    })
}

/// `POST /s/goal`: `act` = `set` (`ready`, or `star` and `words`), `done`, `undone` or `drop` (`id`).
pub async fn change_goal(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let act = fields.need("act")?;
    let id = fields.take("id").unwrap_or_default();
    let new = NewGoal {
        ready: fields.take("ready").unwrap_or_default(),
        dimension: fields.take("star").unwrap_or_default(),
        words: fields.take("words").unwrap_or_default(),
    };
    fields.finish()?;
    let key = match act.as_str() {
        "set" => "goal-is-set",
        "done" => "goal-is-done",
        "undone" => "goal-goes-on",
        "drop" => "goal-is-dropped",
        _ => return Err(Refusal::Invalid("goal-action".to_owned()).into()),
    };
    let write = visit.write(Door::Child, move |tx, seen| match act.as_str() {
        "set" => goals::set(tx, &seen.call, &new),
        "done" => goals::step(tx, &seen.call, &id, Step::Done),
        "undone" => goals::step(tx, &seen.call, &id, Step::NotYet),
        _ => goals::step(tx, &seen.call, &id, Step::Drop),
    });
    match write.await {
        Ok(_) => Ok(visit.go_saying("/s/me", FlashKind::Ok, key, &[])),
        Err(Failure::Refused(refusal)) => {
            let Some(key) = refused(&refusal) else {
                return Err(refusal.into());
            };
            Ok(visit.go_saying("/s/me", FlashKind::Note, key, &[]))
        }
        Err(other) => Err(other),
    }
}

/// What a child is told where its goal could not be kept; the others are nobody's mistake but the page's.
fn refused(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::UnkindWords => Some("goal-wrong-unkind"),
        Refusal::CommentTooLong(_) => Some("goal-wrong-long"),
        Refusal::WrongState => Some("goal-wrong-state"),
        Refusal::Invalid(what) if what == "goal-empty" => Some("goal-wrong-empty"),
        _ => None,
    }
}

/// `POST /s/thanks`: `moment` and `kind` say thank you; `seen` puts away the thank-yous that came.
pub async fn give_thanks(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let moment = fields.take("moment");
    let kind = fields.take("kind").unwrap_or_default();
    let seen_all = fields.take("seen").is_some();
    fields.finish()?;
    let said = kind.clone();
    let write = visit.write(Door::Child, move |tx, seen| match moment {
        Some(moment) => thanks::say(tx, &seen.call, &moment, &said),
        None if seen_all => thanks::see(tx, &seen.call),
        None => Err(Refusal::Invalid("thanks".to_owned()).into()),
    });
    write.await?;
    if kind.is_empty() {
        return Ok(visit.go("/s/me"));
    }
    let words = say(visit.lang, &format!("thanks-{kind}"), &[]);
    Ok(visit.go_saying("/s/me", FlashKind::Ok, "thanks-sent", &[("words", &words)]))
}
