//! What a display may know: classes with place and points, released badges with names in an order that says nothing,
//! counts of who took part. There is no field for a child's total, place or deduction (the screen charter).
//! Used by `web::board`.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    Acted,
    board_ceremony::{self, BoardCeremony},
    board_flags::{self, BoardFlags},
    board_moments::{self, BoardMoment, may_stand},
    ranking_facts,
    round_progress::{self, ClassPart, totals},
    rounds::graded,
    term_votes::read_rubric,
};
use crate::{
    domain::{
        actor::{Actor, SchoolPermit},
        ids::{ClassId, SchoolId, StudentId},
        random::{SplitMix64, keyed},
        refusal::Refusal,
        strengths::{self, Checks},
    },
    storage::{
        Db, inspections, results, results::AwardRow, rounds, rounds::RoundRow, schools, students,
    },
};

/// Badges on one slide.
const BADGES: usize = 6;
/// Of these the newest; the rest by chance.
const NEWEST: usize = 3;
/// Moments of a hall and of a classroom, each a slide.
const MOMENTS: usize = 3;
/// What is named of a class.
const STRENGTHS: usize = 3;

/// A class in the newest published ranking. `points` are held back where too few contributed (S-77).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardClass {
    pub id: String,
    pub code: String,
    pub grade: u8,
    /// Place, and between which places it stands for certain.
    pub place: Option<(u32, u32, u32)>,
    pub points: Option<String>,
    pub gold: bool,
    /// Points now and usually, in tenths.
    pub tenths: Option<i64>,
    pub usual: Option<i64>,
    /// The rounds before, oldest first, in tenths.
    pub past: Vec<(String, i64)>,
    /// What it is good at, best first.
    pub strengths: Vec<BoardStrength>,
}

/// An item that a class does well: id and name in the rubric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardStrength {
    pub item: String,
    pub name: String,
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

/// A grade's constellation: its classes by code, and whether more than half of each took part.
pub type Constellation = (u8, Vec<bool>);

/// See the file's head.
#[derive(Clone, Debug, Default)]
pub struct BoardFacts {
    pub school_name: String,
    /// Name of the ranking's round.
    pub period: String,
    pub classes: Vec<BoardClass>,
    pub moments: Vec<BoardMoment>,
    pub badges: Vec<BoardBadge>,
    /// Done and of how many in the whole school, and codes of the classes where everybody did.
    pub participation: Option<(u32, u32, Vec<String>)>,
    pub constellations: Vec<Constellation>,
    /// Flags of the last decided week, while they fly: Monday of that week, grades with codes of classes.
    pub flags: Option<BoardFlags>,
    pub ceremony: Option<BoardCeremony>,
    /// Code of the classroom's class.
    pub own: Option<String>,
    pub sky: Option<BoardSky>,
}

/// What a display asks for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    pub school: &'a SchoolId,
    /// None: a hall.
    pub class: Option<&'a ClassId>,
    pub now: i64,
    pub today: chrono::NaiveDate,
    /// Decides the order of moments and badges.
    pub dice: u64,
    /// Counts the drawings of the same facts, so that everybody has a turn.
    pub turn: u64,
}

/// The school's board version: grows with everything a display could show.
pub fn version(db: &mut Db, school: &SchoolId) -> Acted<i64> {
    Ok(schools::get(db, school)?.board_version)
}

/// Facts for a hall or a classroom.
pub fn load(db: &mut Db, asked: &Asked<'_>) -> Acted<BoardFacts> {
    let (school, today) = (asked.school, asked.today);
    let mut facts = BoardFacts {
        school_name: schools::get(db, school)?.name,
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
    match asked.class {
        Some(class) => {
            facts.own = graded(&students::class(db, school, class)?, today).map(|c| c.0);
            facts.sky = sky(round.as_ref(), &parts, class);
        }
        None => {
            facts.participation = counts(&parts);
            facts.constellations = constellations(&parts);
            facts.flags = board_flags::load(db, school, today)?;
        }
    }
    if let Some(term) = term_of(db, school, today)? {
        facts.badges = badges(db, &permit, asked, &term)?;
        facts.ceremony = board_ceremony::load(db, &permit, asked, &term, &facts.period)?;
    }
    let (when, drawn) = ((asked.now, today), (MOMENTS, asked.dice));
    facts.moments = board_moments::load(db, &permit, school, asked.class, when, drawn)?;
    Ok(facts)
}

fn add_ranking(db: &mut Db, school: &SchoolId, facts: &mut BoardFacts) -> Acted<()> {
    let ranking = match ranking_facts::load(db, school, None) {
        Err(super::ActionError::Refused(Refusal::NotFound)) => return Ok(()),
        loaded => loaded?,
    };
    let mut strengths = class_strengths(db, school, &ranking)?;
    facts.period = ranking.round.name;
    let small = round_progress::small;
    let class = |ranked: ranking_facts::Ranked| {
        let row = ranked.row;
        let shown = row.contributing >= ranking_facts::FEWEST;
        BoardClass {
            strengths: strengths.remove(&ranked.class_id).unwrap_or_default(),
            id: ranked.class_id,
            place: row
                .place
                .map(|(p, low, high)| (small(p), small(low), small(high))),
            points: row.points.filter(|_| shown),
            gold: row.gold,
            tenths: row.tenths.filter(|_| shown),
            usual: ranked.usual,
            past: ranked.past,
            code: row.code,
            grade: row.grade,
        }
    };
    facts.classes = ranking.classes.into_iter().map(class).collect();
    let place = |c: &BoardClass| c.place.map_or(u32::MAX, |p| p.0);
    facts
        .classes
        .sort_by_key(|c| (c.grade, place(c), c.code.clone()));
    Ok(())
}

/// What each class did well in the checks of the ranking's round, compared within its grade.
fn class_strengths(
    db: &mut Db,
    school: &SchoolId,
    ranking: &ranking_facts::RankingFacts,
) -> Acted<BTreeMap<String, Vec<BoardStrength>>> {
    let rubric = read_rubric(db, school, &ranking.rubric_id)?;
    let grade = |class: &str| {
        let mut all = ranking.classes.iter();
        all.find(|c| c.class_id == class).map(|c| c.row.grade)
    };
    let mut grades: BTreeMap<u8, Checks> = BTreeMap::new();
    for check in inspections::of_round(db, school, &ranking.round.id)? {
        let Some(grade) = grade(&check.class_id) else {
            continue;
        };
        let of_grade = grades.entry(grade).or_default();
        let sums = of_grade.entry((check.class_id, check.item)).or_default();
        *sums = (sums.0 + check.points, sums.1 + check.full_marks);
    }
    let named = |item: String| {
        let name = rubric.items.iter().find(|i| i.id == item)?.name.clone();
        Some(BoardStrength { item, name })
    };
    let best = grades.values().flat_map(strengths::best);
    Ok(best
        .map(|(class, items)| {
            (
                class,
                items
                    .into_iter()
                    .filter_map(named)
                    .take(STRENGTHS)
                    .collect(),
            )
        })
        .collect())
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

/// A class is lit when more than half of it took part: a sky that grows while the round runs.
fn constellations(parts: &[ClassPart]) -> Vec<Constellation> {
    let mut grades: BTreeMap<u8, Vec<bool>> = BTreeMap::new();
    for part in parts {
        let lit = part.done * 2 > part.of;
        grades.entry(part.grade).or_default().push(lit);
    }
    grades.into_iter().collect()
}

fn badges(
    db: &mut Db,
    permit: &SchoolPermit,
    asked: &Asked<'_>,
    term: &str,
) -> Acted<Vec<BoardBadge>> {
    let mut rows = results::awards_on_screens(db, asked.school, term)?;
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    let mut released: Vec<i64> = rows.iter().filter_map(|row| row.released_at).collect();
    released.sort_by_key(|at| Reverse(*at));
    let fresh = released.get(NEWEST - 1).or(released.last()).copied();
    SplitMix64::new(asked.dice).shuffle(&mut rows);
    // What a teacher has just released is seen at once, not when chance brings it; among these chance decides.
    let is_fresh = |row: &AwardRow| row.released_at.is_some_and(|at| Some(at) >= fresh);
    rows.sort_by_key(|row| !is_fresh(row));
    let mut shown = Vec::new();
    for row in rows {
        if shown.len() == BADGES {
            break;
        }
        shown.extend(badge(db, permit, asked, row)?);
    }
    Ok(shown)
}

fn term_of(db: &mut Db, school: &SchoolId, today: chrono::NaiveDate) -> Acted<Option<String>> {
    let mut terms = schools::terms(db, school)?;
    terms.retain(|t| t.starts_on <= today);
    Ok(terms.pop().map(|t| t.id))
}

/// None where the family did not say yes, the child has left, the badge still waits for the release of a peer part, or
/// it is of another class than the classroom's.
pub(super) fn badge(
    db: &mut Db,
    _permit: &SchoolPermit,
    asked: &Asked<'_>,
    row: AwardRow,
) -> Acted<Option<BoardBadge>> {
    let (school, today) = (asked.school, asked.today);
    let (child, class) = if row.recipient_kind == "class" {
        (None, ClassId::new(row.recipient_id))
    } else {
        let id = StudentId::new(row.recipient_id);
        let class = match students::class_on(db, school, &id, today) {
            Err(crate::storage::StorageError::NotFound) => return Ok(None),
            found => found?,
        };
        (Some(id), class)
    };
    if asked.class.is_some_and(|own| *own != class) {
        return Ok(None);
    }
    let child = match child {
        Some(id) => {
            let student = students::by_id(db, school, &id)?;
            if !may_stand(&student) || row.visible_at.is_none() {
                return Ok(None);
            }
            Some(student.name)
        }
        None => None,
    };
    let class = students::class(db, school, &class)?;
    Ok(graded(&class, today).map(|(code, _)| BoardBadge {
        child,
        class: code,
        badge: row.badge,
        tier: row.tier,
    }))
}
