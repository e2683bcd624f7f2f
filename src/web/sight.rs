//! What a child and its family see of its results, as the own page and the family card.

use actix_web::HttpResponse;

use super::{
    appeal,
    child::{deeds, own::me, records, speak, star_cards},
    failure::Failure,
    letter,
    teacher::words,
    visit::{Door, Visit},
};
use crate::{
    actions::{
        Acted, child_deeds,
        child_view::{self, ChildSight},
        festivals, logs, practice, privileges,
        session::Seen,
        thanks,
    },
    domain::{
        actor::Actor,
        badges::{Rules, TERM, TIERS, Words},
        calendar::SchoolYear,
        child_view::{self as domain_view, Came, Sight, VoiceSight},
        class_name,
        ids::StudentId,
        refusal::Refusal,
        rubric::Source,
    },
    screens::{
        Lang,
        explain_digits::fixed,
        family::{FamilyCard, WithdrawnBadge},
        own::{Growth, OwnPage, StarLevel, Voice, VoiceState, Voices},
        parts::{BadgeView, Spoken},
        pinyin, say,
    },
    storage::{Db, results::AwardRow, students},
};

/// Most badges shown on one page; the newest.
const MOST_BADGES: usize = 12;

/// The child's card behind a family's link.
pub fn family_card(
    db: &mut Db,
    seen: &Seen,
    (lang, timezone): (Lang, chrono_tz::Tz),
    rules: &Rules,
    here: &str,
    edit_href: String,
) -> Acted<FamilyCard> {
    let Actor::Family { student, class, .. } = &seen.call.actor else {
        return Err(Refusal::NotFound.into());
    };
    let permit = seen.call.actor.see_child(student, class)?;
    let child = students::by_id(db, &seen.call.school, &StudentId::new(student.as_str()))?;
    let row = students::class(db, &seen.call.school, class)?;
    let grade = SchoolYear::of(seen.call.today)
        .grade(row.cohort)
        .unwrap_or(6);
    let number = u32::try_from(row.number).unwrap_or(0);
    let found = child_view::load(db, &seen.call, &permit, class)?;
    let stars = stars(&found, false);
    let deeds = child_deeds::load(db, &seen.call, &permit, &dimensions(&found))?;
    let comment = found.comments.first();
    Ok(FamilyCard {
        child: super::family::veiled(&child.name),
        class_name: class_name::short_label(grade, number),
        round: found.round.clone().unwrap_or_default(),
        date: found.published_at.map_or_else(String::new, |at| {
            words::day(lang, words::date_of(at, timezone))
        }),
        strengths: strengths(&found),
        peer_hidden: found.sight.as_ref().is_some_and(|s| !s.peer_shown),
        voices: voices(found.sight.as_ref()),
        excused: found.excused,
        not_yet: found.sight.is_none(),
        moments: deeds::moments(lang, &deeds, false),
        goal: deeds::goal(lang, &deeds, false),
        goal_action: format!("{here}/goal"),
        appeal: appeal::own(db, seen, &format!("{here}/appeal"))?,
        badges: badges(&found.awards, rules, &found, lang, false),
        cards: star_cards::in_a_line(lang, &deeds),
        festivals: star_cards::festivals(&festivals::of_child(db, &seen.call, &permit)?),
        withdrawn: withdrawn(&found, rules, lang),
        letter_href: letter::href(db, seen, here)?,
        comment: comment.map(|c| c.text.clone()).unwrap_or_default(),
        how: how(&found, lang),
        rights_href: format!("{here}/rights"),
        carry_href: carry_href(&found, here),
        request: None,
        edit_href,
        stars,
    })
}

/// Where badges are taken along; empty while there is none.
fn carry_href(found: &ChildSight, here: &str) -> String {
    match found.awards.is_empty() {
        true => String::new(),
        false => format!("{here}/badges"),
    }
}

/// `GET /s/me`.
pub async fn own_page(visit: Visit) -> Result<HttpResponse, Failure> {
    let (lang, rules) = (visit.lang, visit.app.words());
    let loaded = visit.read(Door::Child, move |db, seen| {
        let me = me(db, seen)?;
        let permit = seen
            .call
            .actor
            .see_child(&StudentId::new(me.child.id.clone()), &me.class)?;
        let found = child_view::load(db, &seen.call, &permit, &me.class)?;
        let stars_of = dimensions(&found);
        let deeds = child_deeds::load(db, &seen.call, &permit, &stars_of)?;
        let (on, had) = privileges::own(db, &seen.call, &permit, &me.class)?;
        let low = speak::is_low(me.grade);
        Ok(OwnPage {
            low,
            name: speak::name(&me.child, low),
            avatar: speak::avatar(&me.child),
            class_name: speak::class(me.grade, me.number, low),
            round: found.round.clone().unwrap_or_default(),
            shows_halves: found
                .sight
                .iter()
                .any(|s| s.stars.iter().any(|star| star.halves.is_some())),
            stars: stars(&found, low),
            peer_hidden: found.sight.as_ref().is_some_and(|s| !s.peer_shown),
            voices: voices(found.sight.as_ref()),
            growth: growth(&found, low),
            moments: deeds::moments(lang, &deeds, low),
            comments: found
                .comments
                .iter()
                .take(2)
                .map(|c| c.text.clone())
                .collect(),
            goal: deeds::goal(lang, &deeds, low),
            choice: deeds::choice(lang, &deeds, me.grade),
            logs: records::own(lang, &logs::own(db, &seen.call, &permit)?, low),
            thanks: thanks::unseen(db, &seen.call)?,
            cards: Some(star_cards::cards(
                (lang, low),
                &deeds,
                &stars_of,
                (&on, &had),
            )),
            festivals: star_cards::festivals(&festivals::of_child(db, &seen.call, &permit)?),
            badges: badges(&found.awards, &rules, &found, lang, low),
            class_href: format!("/c/{}", me.door),
            practice: practice::offered(db, &seen.call)?.is_some(),
            appeal: appeal::own(db, seen, "/s/appeal")?,
        })
    });
    let (seen, page) = loaded.await?;
    visit.page(&seen, &page)
}

/// Ids of the rubric's stars.
fn dimensions(found: &ChildSight) -> Vec<&str> {
    let stars = found.rubric.dimensions.iter();
    stars.map(|d| d.id.as_str()).collect()
}

fn word(label: &str, low: bool) -> Spoken {
    let plain = label.trim_start_matches(|c: char| !c.is_alphanumeric());
    if low {
        pinyin::level(label)
    } else {
        speak::text(plain, None, false)
    }
}

fn stars(found: &ChildSight, low: bool) -> Vec<StarLevel> {
    let dimensions = found.rubric.dimensions.iter().enumerate();
    dimensions
        .map(|(at, dimension)| {
            let star = found.sight.as_ref().and_then(|s| s.stars.get(at).copied());
            let level = star
                .and_then(|s| s.level)
                .and_then(|l| found.anchors.get(usize::from(l).checked_sub(1)?));
            StarLevel {
                star: dimension.id.clone(),
                name: speak::text(&dimension.name, None, low),
                level: level.map(|label| word(label, low)),
                halves: star.and_then(|s| s.halves),
            }
        })
        .collect()
}

/// Names of the stars with the highest level, at most two; none where all stand alike.
fn strengths(found: &ChildSight) -> Vec<String> {
    let Some(sight) = &found.sight else {
        return Vec::new();
    };
    let names = domain_view::strengths(sight).into_iter();
    let names = names.filter_map(|at| found.rubric.dimensions.get(at));
    names.map(|d| d.name.clone()).collect()
}

fn voices(sight: Option<&Sight>) -> Voices {
    let Some(sight) = sight else {
        return Voices {
            came: 0,
            of: 4,
            list: Vec::new(),
        };
    };
    let list = sight.voices.iter().map(|v| Voice {
        source: v.source.name().to_owned(),
        state: match v.state {
            Came::Spoke => VoiceState::Spoke,
            Came::Waiting => VoiceState::Waiting,
            Came::Absent => VoiceState::Absent,
        },
        count: u32::try_from(v.count).unwrap_or(0),
    });
    Voices {
        came: u32::try_from(sight.came).unwrap_or(0),
        of: u32::try_from(sight.voices.len()).unwrap_or(4),
        list: list.collect(),
    }
}

fn growth(found: &ChildSight, low: bool) -> Vec<Growth> {
    let Some(sight) = &found.sight else {
        return Vec::new();
    };
    let label = |level: u8| {
        let label = usize::from(level)
            .checked_sub(1)
            .and_then(|at| found.anchors.get(at));
        label.map(|l| word(l, low))
    };
    let rows = found.rubric.dimensions.iter().zip(&sight.stars);
    rows.filter_map(|(d, s)| {
        let (before, now) = s.rose?;
        Some(Growth {
            label: speak::text(&d.name, None, low),
            before: label(before)?,
            now: label(now)?,
        })
    })
    .take(3)
    .collect()
}

/// A badge's name; the bare id where the rule is gone.
pub fn badge_name(rules: &Rules, found: &ChildSight, award: &AwardRow, lang: Lang) -> String {
    let Some((rule, star)) = rules.find(&award.badge) else {
        return award.badge.clone();
    };
    words::with_tier(lang, of_star(&rule.name, found, star, lang), &award.tier)
}

/// What a badge says, and its picture; `None` where the rule is gone.
pub fn badge_text(
    rules: &Rules,
    found: &ChildSight,
    award: &AwardRow,
    lang: Lang,
) -> Option<(String, String)> {
    let (rule, star) = rules.find(&award.badge)?;
    Some((of_star(&rule.text, found, star, lang), rule.picture.clone()))
}

/// A rule's words in a language, about the star that they are about.
fn of_star(said: &Words, found: &ChildSight, star: Option<&str>, lang: Lang) -> String {
    let dimension = star.and_then(|id| found.rubric.dimensions.iter().find(|d| d.id == id));
    let said = dimension.map_or_else(
        || said.clone(),
        |d| said.about(d.name.trim_end_matches('星'), d.id.as_str()),
    );
    match lang {
        Lang::English => said.en,
        Lang::Chinese => said.zh,
    }
}

/// What was withdrawn, each once.
fn withdrawn(found: &ChildSight, rules: &Rules, lang: Lang) -> Vec<WithdrawnBadge> {
    let rows = found.withdrawn.iter();
    rows.map(|award| WithdrawnBadge {
        name: badge_name(rules, found, award, lang),
        why: award.revoked_why.clone().unwrap_or_default(),
    })
    .collect()
}

/// Whether the same badge of the same term stands in a higher tier as well.
fn outgrown(awards: &[AwardRow], award: &AwardRow) -> bool {
    let height = |tier: &str| TIERS.iter().position(|one| *one == tier);
    awards.iter().any(|other| {
        other.badge == award.badge
            && other.term_id == award.term_id
            && height(&other.tier) > height(&award.tier)
    })
}

/// Badges by name with how often they were given, the newest first.
pub fn badges(
    awards: &[AwardRow],
    rules: &Rules,
    found: &ChildSight,
    lang: Lang,
    low: bool,
) -> Vec<BadgeView> {
    let mut shown: Vec<BadgeView> = Vec::new();
    for award in awards {
        let Some((rule, star)) = rules.find(&award.badge) else {
            continue;
        };
        // Of a badge that grew the highest tier.
        if outgrown(awards, award) {
            continue;
        }
        let name = badge_name(rules, found, award, lang);
        let name = match low {
            true => pinyin::badge(&name),
            false => speak::text(&name, None, false),
        };
        if let Some(badge) = shown.iter_mut().find(|b| b.name == name) {
            badge.count += 1;
        } else if shown.len() < MOST_BADGES {
            let star = star.unwrap_or("star").to_owned();
            shown.push(BadgeView {
                name,
                star,
                picture: rule.picture.clone(),
                detail: match award.period.as_str() {
                    TERM => String::new(),
                    round => round.to_owned(),
                },
                count: 1,
            });
        }
    }
    shown
}

/// How the words came about, sentence by sentence.
fn how(found: &ChildSight, lang: Lang) -> Vec<String> {
    let Some(sight) = &found.sight else {
        return Vec::new();
    };
    let home = |voice: &&VoiceSight| voice.source == Source::Parent;
    let home = sight.voices.iter().find(home).map(|voice| voice.state);
    let (came, of) = (sight.came.to_string(), sight.voices.len().to_string());
    let mut lines = vec![say(lang, "web-how-voices", &[("came", &came), ("of", &of)])];
    let key = if sight.peer_shown {
        "web-how-peers"
    } else {
        "web-how-peers-wait"
    };
    let raters = sight
        .voices
        .iter()
        .map(|v| v.count)
        .max()
        .unwrap_or(0)
        .to_string();
    lines.push(say(lang, key, &[("n", &raters)]));
    if home == Some(Came::Absent) {
        lines.push(say(lang, "web-how-no-home", &[]));
    } else if sight.came < sight.voices.len() {
        lines.push(say(lang, "web-how-missing", &[]));
    }
    if home.is_some() {
        let weight = found.rubric.weights.get(Source::Parent.position());
        let percent = fixed(100.0 * weight.copied().unwrap_or(0.0), 0);
        lines.push(say(lang, "web-how-home", &[("percent", &percent)]));
    }
    lines.push(say(lang, "web-how-no-place", &[]));
    lines
}
