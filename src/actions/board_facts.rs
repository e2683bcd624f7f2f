//! What a display may know: classes with place and points, released badges with names in an order that says nothing,
//! counts of who took part. There is no field for a child's total, place or deduction (the screen charter).
//! Used by `web::board`.

use super::{
    Acted, ranking_facts,
    round_progress::{self, ClassPart, totals},
    rounds::graded,
    screens,
};
use crate::{
    domain::{
        actor::{Actor, SchoolPermit},
        ids::{ClassId, SchoolId, StudentId},
        random::{SplitMix64, keyed},
        refusal::Refusal,
    },
    storage::{Db, results, results::AwardRow, rounds, rounds::RoundRow, schools, students},
};

/// Badges on one slide.
const BADGES: usize = 6;

/// A class in the newest published ranking. `points` are held back where too few contributed (S-77).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardClass {
    pub id: String,
    pub code: String,
    pub grade: u8,
    pub place: Option<u32>,
    pub points: Option<String>,
    pub gold: bool,
    /// Points now and usually, in tenths.
    pub tenths: Option<i64>,
    pub usual: Option<i64>,
}

/// A badge released to the screens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardBadge {
    /// A child's name as in the register (the slide shows the given name); none for the class itself.
    pub child: Option<String>,
    /// Code of the class.
    pub class: String,
    /// Id of the badge, such as `starlight_student.virtue`.
    pub badge: String,
    pub tier: String,
}

/// A classroom's sky.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardSky {
    pub code: String,
    pub children: u32,
    pub lit: u32,
    /// The same for a class through a round, so that stars stay where they are.
    pub seed: u64,
}

/// See the file's head.
#[derive(Clone, Debug, Default)]
pub struct BoardFacts {
    pub school_name: String,
    /// Name of the ranking's round.
    pub period: String,
    /// Halls show leaders in order and everybody else as equal tiles.
    pub band_view: bool,
    pub classes: Vec<BoardClass>,
    pub badges: Vec<BoardBadge>,
    /// Done and of how many in the whole school, and codes of the classes where everybody did.
    pub participation: Option<(u32, u32, Vec<String>)>,
    pub sky: Option<BoardSky>,
}

/// The school's board version: grows with everything a display could show.
pub fn version(db: &mut Db, school: &SchoolId) -> Acted<i64> {
    Ok(schools::get(db, school)?.board_version)
}

/// Facts for a hall (`class` none) or a classroom. `dice` decides the order of the badges.
pub fn load(
    db: &mut Db,
    school: &SchoolId,
    class: Option<&ClassId>,
    today: chrono::NaiveDate,
    dice: u64,
) -> Acted<BoardFacts> {
    let mut facts = BoardFacts {
        school_name: schools::get(db, school)?.name,
        band_view: screens::hall_view(db, school)? == "band",
        ..BoardFacts::default()
    };
    add_ranking(db, school, &mut facts)?;
    // The machine counts for the display, which itself may read nobody's sheets.
    let permit = Actor::System.run_school()?;
    let round = newest_running(db, school)?;
    let parts = match &round {
        Some(round) => round_progress::of_round(db, &permit, school, round, today)?,
        None => Vec::new(),
    };
    match class {
        Some(class) => facts.sky = sky(round.as_ref(), &parts, class),
        None => {
            facts.participation = counts(&parts);
            facts.badges = badges(db, &permit, school, today, dice)?;
        }
    }
    Ok(facts)
}

fn add_ranking(db: &mut Db, school: &SchoolId, facts: &mut BoardFacts) -> Acted<()> {
    let ranking = match ranking_facts::load(db, school, None) {
        Err(super::ActionError::Refused(Refusal::NotFound)) => return Ok(()),
        loaded => loaded?,
    };
    facts.period = ranking.round.name;
    let class = |ranked: ranking_facts::Ranked| {
        let row = ranked.row;
        let shown = row.contributing >= ranking_facts::FEWEST;
        BoardClass {
            id: ranked.class_id,
            place: row.place.map(|(place, ..)| round_progress::small(place)),
            points: row.points.filter(|_| shown),
            gold: row.gold,
            tenths: row.tenths.filter(|_| shown),
            usual: ranked.usual,
            code: row.code,
            grade: row.grade,
        }
    };
    facts.classes = ranking.classes.into_iter().map(class).collect();
    facts
        .classes
        .sort_by_key(|c| (c.grade, c.place.unwrap_or(u32::MAX), c.code.clone()));
    Ok(())
}

/// The open round, else the newest that was ever opened.
fn newest_running(db: &mut Db, school: &SchoolId) -> Acted<Option<RoundRow>> {
    let all = rounds::all(db, school)?;
    let open = all.iter().rev().find(|r| r.state == "open");
    let last = || all.iter().rev().find(|r| r.state != "draft");
    Ok(open.or_else(last).cloned())
}

fn sky(round: Option<&RoundRow>, parts: &[ClassPart], class: &ClassId) -> Option<BoardSky> {
    let part = parts.iter().find(|p| p.class == *class)?;
    let round = round?;
    Some(BoardSky {
        code: part.code.clone(),
        children: part.of,
        lit: part.done,
        seed: keyed(keyed(0, &round.id), class.as_str()),
    })
}

fn counts(parts: &[ClassPart]) -> Option<(u32, u32, Vec<String>)> {
    let (done, of) = totals(parts);
    let full = parts.iter().filter(|p| p.of > 0 && p.done == p.of);
    (of > 0).then(|| (done, of, full.map(|p| p.code.clone()).collect()))
}

fn badges(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    today: chrono::NaiveDate,
    dice: u64,
) -> Acted<Vec<BoardBadge>> {
    let Some(term) = term_of(db, school, today)? else {
        return Ok(Vec::new());
    };
    let mut rows = results::awards_on_screens(db, school, &term)?;
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    SplitMix64::new(dice).shuffle(&mut rows);
    let mut shown = Vec::new();
    for row in rows {
        if shown.len() == BADGES {
            break;
        }
        shown.extend(badge(db, permit, school, today, row)?);
    }
    Ok(shown)
}

fn term_of(db: &mut Db, school: &SchoolId, today: chrono::NaiveDate) -> Acted<Option<String>> {
    let mut terms = schools::terms(db, school)?;
    terms.retain(|t| t.starts_on <= today);
    Ok(terms.pop().map(|t| t.id))
}

/// None where the family said no, the child has left, or the badge still waits for the release of a peer part.
fn badge(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    today: chrono::NaiveDate,
    row: AwardRow,
) -> Acted<Option<BoardBadge>> {
    let class_award = row.recipient_kind == "class";
    let (child, class) = if class_award {
        (None, ClassId::new(row.recipient_id))
    } else {
        let id = StudentId::new(row.recipient_id);
        let student = students::by_id(db, school, &id)?;
        if student.consent == "refused" || row.visible_at.is_none() {
            return Ok(None);
        }
        match students::class_on(db, school, &id, today) {
            Ok(class) => (Some(student.name), class),
            Err(crate::storage::StorageError::NotFound) => return Ok(None),
            Err(other) => return Err(other.into()),
        }
    };
    let class = students::class(db, school, &class)?;
    Ok(graded(&class, today).map(|(code, _)| BoardBadge {
        child,
        class: code,
        badge: row.badge,
        tier: row.tier,
    }))
}
