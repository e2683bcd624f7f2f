//! From facts to slides: classes by grade, released badges, who took part; a class's sky. Pure.

use crate::{
    actions::board_facts::{BoardBadge, BoardClass, BoardFacts},
    domain::badges::Rules,
    screens::{
        Lang,
        board::{
            BadgeSlide, BandSlide, ParticipationSlide, ScreenBadge, ScreenClass, SkySlide, Slide,
            first_name, ranking_slides,
        },
        board_sky::sky,
        ranking::trend,
    },
    web::{
        office::{bar, class_label},
        rankings::tenths,
    },
};

/// Classes with everybody that are named on the slide.
const FULL_CLASSES: usize = 8;

/// The slides of a hall or of a classroom.
pub fn of(facts: &BoardFacts, classroom: bool, rules: &Rules, lang: Lang) -> Vec<Slide> {
    if classroom {
        return sky_slide(facts).into_iter().collect();
    }
    let mut slides = ranking(facts);
    if !facts.badges.is_empty() {
        let badges = facts.badges.iter().map(|b| badge(b, rules, lang));
        slides.push(Slide::Badges(BadgeSlide {
            badges: badges.collect(),
        }));
    }
    slides.extend(participation(facts));
    slides
}

fn ranking(facts: &BoardFacts) -> Vec<Slide> {
    let mut slides = Vec::new();
    for of_grade in facts.classes.chunk_by(|a, b| a.grade == b.grade) {
        let grade = of_grade.first().map_or(0, |c| c.grade);
        let rows: Vec<ScreenClass> = of_grade.iter().map(class).collect();
        if facts.band_view {
            let (leaders, others) = rows.into_iter().partition(|row| row.band);
            slides.push(Slide::Band(BandSlide {
                grade,
                period: facts.period.clone(),
                leaders,
                others,
            }));
        } else {
            slides.extend(ranking_slides(grade, &facts.period, &rows));
        }
    }
    slides
}

fn class(class: &BoardClass) -> ScreenClass {
    let change = tenths(class.usual).zip(tenths(class.tenths));
    ScreenClass {
        code: class.code.clone(),
        name: class_label(&class.code),
        place: class.place,
        points: class.points.clone(),
        band: class.gold && class.place.is_some(),
        trend: change.map(|(before, now)| trend(before, now)),
        strength: None,
    }
}

fn badge(badge: &BoardBadge, rules: &Rules, lang: Lang) -> ScreenBadge {
    let (id, dimension) = match badge.badge.split_once('.') {
        Some((id, dimension)) => (id, dimension),
        None => (badge.badge.as_str(), "star"),
    };
    let fits = |rule: &&crate::domain::badges::Rule| {
        rule.id == id && rule.each_dimension == (dimension != "star")
    };
    let name = rules.badges.iter().find(fits).map(|rule| match lang {
        Lang::Chinese => rule.name.zh.as_str(),
        Lang::English => rule.name.en.as_str(),
    });
    let star = crate::screens::say(lang, &format!("office-star-{dimension}"), &[]);
    let class = class_label(&badge.class);
    ScreenBadge {
        badge: name.unwrap_or(id).replace("{star}", &star),
        dimension: dimension.to_owned(),
        who: badge
            .child
            .as_deref()
            .map_or_else(|| class.clone(), first_name),
        class_name: class,
    }
}

fn participation(facts: &BoardFacts) -> Option<Slide> {
    let (done, of, full) = facts.participation.as_ref()?;
    let more = full.len().saturating_sub(FULL_CLASSES);
    Some(Slide::Participation(ParticipationSlide {
        done: *done,
        of: *of,
        bar: bar(*done, *of),
        full_classes: full
            .iter()
            .take(FULL_CLASSES)
            .map(|c| class_label(c))
            .collect(),
        more: u32::try_from(more).unwrap_or(0),
    }))
}

fn sky_slide(facts: &BoardFacts) -> Option<Slide> {
    let own = facts.sky.as_ref()?;
    let class = facts.classes.iter().find(|c| c.code == own.code);
    Some(Slide::Sky(SkySlide {
        class_name: class_label(&own.code),
        lit: own.lit,
        sky: sky(own.children, own.lit, own.seed),
        moment: None,
        strength: None,
        place: class.and_then(|c| c.place),
        points: class.and_then(|c| c.points.clone()),
        code: own.code.clone(),
    }))
}
