//! From the facts of a post's sheet to its page, and the reasons that may be given.

use super::{
    duty::Typed,
    office::{class_label, clock},
    visit::Visit,
};
use crate::{
    actions::{
        deliver_checks,
        duty_sheet::{SheetClass, SheetFacts, Standing},
        session::{Kind, Seen},
    },
    domain::{
        duty::{STEP, slots},
        refusal::Refusal,
        rubric::Item,
        sheet::first_stamp,
    },
    keys::form_key,
    screens::{
        Lang,
        duty::{DutyClass, DutyItem, DutySheet},
        explain_digits::coordinate,
        say,
        teacher_shared::Pick,
    },
    storage::inspections::InspectionRow,
};

/// How many reasons each item has, beside the one that fits every item.
const REASONS: [(&str, u32); 6] = [
    ("discipline", 3),
    ("hygiene", 4),
    ("courtesy", 3),
    ("assembly", 2),
    ("recess", 3),
    ("reading", 2),
];
const OTHER: &str = "other";

/// Keys of an item's reasons.
fn reasons_of(item: &str) -> Vec<String> {
    let known = REASONS.iter().find(|(id, _)| *id == item);
    let own = known
        .into_iter()
        .flat_map(|(id, n)| (1..=*n).map(move |i| format!("{id}-{i}")));
    own.chain([OTHER.to_owned()]).collect()
}

/// The words of a reason; nothing for none.
///
/// # Errors
/// `Invalid("reason")` for a key that the item does not have: there are no words of one's own.
pub fn reason(lang: Lang, item: &str, key: &str) -> Result<String, Refusal> {
    if key.is_empty() {
        return Ok(String::new());
    }
    match reasons_of(item).iter().any(|known| known == key) {
        true => Ok(say(lang, &format!("duty-reason-{key}"), &[])),
        false => Err(Refusal::Invalid("reason".to_owned())),
    }
}

fn pick(value: String, label: String, chosen: bool) -> Pick {
    Pick {
        value,
        label,
        chosen,
    }
}

/// Classes sent that may still be changed, and until when at the earliest.
fn editable(facts: &SheetFacts) -> (u32, Option<i64>) {
    let until = facts
        .classes
        .iter()
        .filter_map(|class| match class.standing {
            Standing::Mine(until) => Some(until),
            _ => None,
        });
    let all: Vec<i64> = until.collect();
    (u32::try_from(all.len()).unwrap_or(0), all.into_iter().min())
}

/// The page.
pub fn sheet(
    visit: &Visit,
    seen: &Seen,
    facts: &SheetFacts,
    typed: Option<&Typed>,
    refused: Option<&'static str>,
) -> DutySheet {
    let place = &facts.place;
    let monitor = seen.kind == Kind::Monitor;
    let form = deliver_checks::form(&seen.call.school, place);
    let post = &place.post;
    let all = slots(post.starts_minute, post.ends_minute, &post.more_slots);
    let (sent, until) = editable(facts);
    DutySheet {
        post_id: post.id.clone(),
        post_name: post.name.clone(),
        posts: facts
            .posts
            .iter()
            .map(|p| pick(p.id.clone(), p.name.clone(), p.id == post.id))
            .collect(),
        slots: all
            .iter()
            .map(|s| pick(s.from.to_string(), s.label(), *s == place.slot))
            .collect(),
        slot: place.slot.from,
        slot_label: place.slot.label(),
        date: super::office::short_day(place.on),
        second: place.second,
        key: if monitor {
            form_key::seal(&visit.app.ring, &form)
        } else {
            String::new()
        },
        stamp: first_stamp(visit.origin.now, facts.stamp),
        sent,
        until: until
            .map(|at| clock(at, visit.origin.timezone, "%H:%M"))
            .unwrap_or_default(),
        open: facts
            .classes
            .iter()
            .any(|c| matches!(c.standing, Standing::Open | Standing::Mine(_))),
        classes: facts
            .classes
            .iter()
            .map(|c| class(visit.lang, facts, c, typed))
            .collect(),
        refused,
    }
}

fn class(lang: Lang, facts: &SheetFacts, class: &SheetClass, typed: Option<&Typed>) -> DutyClass {
    let sent_before = facts.classes.iter().any(|c| !c.rows.is_empty());
    let skipped = match typed {
        Some(typed) => typed.skipped.contains_key(class.id.as_str()),
        // Left out when the others were sent: it stays so until its tick is taken away.
        None => sent_before && class.standing == Standing::Open,
    };
    // Of a class that another one checked nothing is shown: whoever looks second looks blind.
    let shown = class.standing != Standing::Taken;
    let items = facts.items.iter().filter(|_| shown);
    DutyClass {
        id: class.id.to_string(),
        name: class_label(&class.code),
        state: match class.standing {
            Standing::Open => "open",
            Standing::Mine(_) => "mine",
            Standing::Locked => "locked",
            Standing::Taken => "taken",
        },
        skipped,
        items: items
            .map(|(known, full)| item(lang, known, *full, class, typed))
            .collect(),
    }
}

fn item(lang: Lang, item: &Item, full: f64, class: &SheetClass, typed: Option<&Typed>) -> DutyItem {
    let sent = class.rows.iter().find(|r| r.item == item.id);
    let field = format!("{}.{}", class.id, item.id);
    let typed_points = typed.and_then(|t| t.points.get(&field)?.parse::<f64>().ok());
    let points = typed_points.or(sent.map(|r| r.points)).unwrap_or(full);
    let typed_reason = typed.and_then(|t| t.reasons.get(&field)).cloned();
    let given = typed_reason.or_else(|| sent.map(|row| key_of(row, &item.id)));
    let given = given.unwrap_or_default();
    let option = |value: f64| {
        let label = coordinate(value);
        Pick {
            value: label.clone(),
            chosen: value.to_bits() == points.to_bits(),
            label,
        }
    };
    let chip = |key: String| Pick {
        label: say(lang, &format!("duty-reason-{key}"), &[]),
        chosen: key == given,
        value: key,
    };
    DutyItem {
        id: item.id.clone(),
        name: item.name.clone(),
        full: coordinate(full),
        points: coordinate(points),
        less: points < full,
        options: steps(full).into_iter().map(option).collect(),
        reasons: reasons_of(&item.id).into_iter().map(chip).collect(),
        reason: sent.map(|r| r.reason.clone()).unwrap_or_default(),
    }
}

/// From full marks down to nothing.
fn steps(full: f64) -> Vec<f64> {
    let mut all = vec![full];
    let mut next = full - STEP;
    while next > 0.0 && all.len() < 60 {
        all.push(next);
        next -= STEP;
    }
    all.push(0.0);
    all
}

/// The key behind the words of a row, in whichever language they were sent.
fn key_of(row: &InspectionRow, item: &str) -> String {
    let says = |key: &String| {
        let words = |lang| say(lang, &format!("duty-reason-{key}"), &[]);
        [Lang::Chinese, Lang::English]
            .map(words)
            .contains(&row.reason)
    };
    reasons_of(item).into_iter().find(says).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words_and_no_other_is_taken() {
        for (item, _) in REASONS {
            for key in reasons_of(item) {
                for lang in [Lang::Chinese, Lang::English] {
                    let words = reason(lang, item, &key).unwrap();
                    assert!(!words.contains("duty-reason"), "{key}");
                }
            }
        }
        assert!(reason(Lang::Chinese, "reading", "hygiene-1").is_err());
        assert_eq!(reason(Lang::Chinese, "reading", ""), Ok(String::new()));
    }

    #[test]
    fn steps_go_down_to_nothing() {
        assert_eq!(steps(2.0), [2.0, 1.5, 1.0, 0.5, 0.0]);
        assert_eq!(steps(10.0).len(), 21);
    }
}
