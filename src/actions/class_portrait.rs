//! A class in words for its homeroom teacher: who is known for what, hidden talents, self-view beside the others' view,
//! agreement, gaps between groups. Rests on what was published and on what was told in the term; computes no number of
//! any child.

use std::collections::{BTreeMap, HashMap};

use super::{
    Acted, class_desk, corrected,
    published_class::{self, ListedChild, Period},
};
use crate::{
    domain::{
        actor::{Call, ClassPermit},
        ids::ClassId,
        moments::Teller,
        portrait::{
            gaps::{Gap, gap},
            hidden::{Named, Seen, at_top, names},
            outlook::{Outlook, outlook},
            strengths::known_for,
        },
        roster_plan::Sex,
        rubric::{Of, Rubric, Segment, Source},
        sheet::Answers,
    },
    storage::{
        Db, corrections, moments, praises, rounds, rounds::RoundRow, schools, sheets, students,
    },
};

/// Seats of a class are looked at in so many parts.
const PARTS: usize = 3;

/// Everything that the page tells. Children are positions in `children`, stars positions in the rubric.
#[derive(Clone, Debug)]
pub struct Portrait {
    pub published: Vec<RoundRow>,
    pub period: Period,
    pub rubric: Rubric,
    pub children: Vec<ListedChild>,
    /// By star.
    pub known_for: Vec<Vec<usize>>,
    /// Moments and praises of the term, by child and star.
    pub told: HashMap<(usize, usize), usize>,
    pub hidden: Vec<(usize, usize, Seen)>,
    pub outlooks: Vec<(usize, Outlook)>,
    /// Krippendorff's α of the class's peer sheets in the period's round.
    pub agreement: Option<f64>,
    pub gaps: Vec<GroupGap>,
}

/// A part of the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Boys,
    /// Children by their seat numbers, a third of the class each: first and last number.
    Seats(i32, i32),
}

/// How far a voice sees a group above the rest of the class.
#[derive(Clone, Debug)]
pub struct GroupGap {
    pub group: Group,
    pub source: Source,
    pub gap: Gap,
}

/// A class's name and, from its first publication on, its portrait. `asked`: a round's id, the word for the term, or
/// nothing for the newest round.
///
/// # Errors
/// `Forbidden` for whoever does not lead the class; `NotFound` for a round that is not published.
pub fn class_portrait(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    asked: &str,
) -> Acted<(String, Option<Portrait>)> {
    let permit = call.actor.lead_class(class)?;
    let row = students::class(db, &call.school, class)?;
    let name = class_desk::name(&row, call.today);
    let published = published_class::published_rounds(db, call, class)?;
    if published.is_empty() {
        return Ok((name, None));
    }
    let portrait = look(db, &permit, call, published, asked)?;
    Ok((name, Some(portrait)))
}

fn look(
    db: &mut Db,
    permit: &ClassPermit,
    call: &Call,
    published: Vec<RoundRow>,
    asked: &str,
) -> Acted<Portrait> {
    let period = published_class::period(&published, asked)?;
    let rubric = published_class::rule(db, call, &period.round)?.rubric;
    let mut children = published_class::children(db, permit, call, &period.round)?;
    children.sort_by_key(|c| (c.child.seat.unwrap_or(i32::MAX), c.child.student_no.clone()));
    let of_class = published_class::of_class(db, permit, call, &period.round.id)?;
    let term = Term {
        permit,
        round: &period.round,
        published: &published,
        rubric: &rubric,
    };
    let heard = heard(db, call, &term, &children)?;
    let scores: Vec<Vec<Option<f64>>> = children
        .iter()
        .map(|c| {
            period
                .number(&c.results)
                .dimensions
                .iter()
                .map(|d| d.score)
                .collect()
        })
        .collect();
    Ok(Portrait {
        known_for: known_for(&scores, rubric.dimensions.len()),
        hidden: hidden(&heard.named),
        told: heard.told,
        outlooks: outlooks(&children, &period),
        agreement: of_class.agreement,
        gaps: gaps(&children, &period),
        published,
        period,
        rubric,
        children,
    })
}

/// Who named what in the term, and how often a teacher's praise or anybody's moment told of it.
#[derive(Default)]
struct Heard {
    named: BTreeMap<(usize, usize), Named>,
    told: HashMap<(usize, usize), usize>,
}

/// The term of a round, of which a class's votes and words are gathered.
struct Term<'a> {
    permit: &'a ClassPermit,
    round: &'a RoundRow,
    published: &'a [RoundRow],
    rubric: &'a Rubric,
}

/// Gathers the published rounds, moments and praises of a term.
fn heard(db: &mut Db, call: &Call, term: &Term<'_>, children: &[ListedChild]) -> Acted<Heard> {
    let Term {
        permit,
        round,
        published,
        rubric,
    } = *term;
    let at: HashMap<&str, usize> = (children.iter().enumerate())
        .map(|(at, c)| (c.child.id.as_str(), at))
        .collect();
    let star = |id: &str| rubric.dimensions.iter().position(|d| d.id == id);
    let mut heard = Heard::default();
    for round in published.iter().filter(|r| r.term_id == round.term_id) {
        from_sheets(db, call, (term, round), &at, &mut heard)?;
    }
    let ids: Vec<String> = children.iter().map(|c| c.child.id.clone()).collect();
    for moment in moments::of_children(db, permit, &call.school, &round.term_id, &ids)? {
        let place = at
            .get(moment.student_id.as_str())
            .copied()
            .zip(star(&moment.dimension));
        if let (Some(place), true) = (place, moment.state != "hidden") {
            *heard.told.entry(place).or_default() += 1;
            let named = heard.named.entry(place).or_default();
            match Teller::parse(&moment.by_kind) {
                Some(Teller::Peer) => drop(named.classmates.insert(moment.by_id)),
                Some(Teller::Parent) => named.home = true,
                _ => named.teacher = true,
            }
        }
    }
    let days = schools::term(db, &call.school, &round.term_id)?;
    for praise in praises::between(db, permit, &call.school, days.starts_on, days.ends_on)? {
        let place = at
            .get(praise.student_id.as_str())
            .copied()
            .zip(star(&praise.dimension));
        if let Some(place) = place {
            *heard.told.entry(place).or_default() += 1;
            heard.named.entry(place).or_default().teacher = true;
        }
    }
    Ok(heard)
}

fn from_sheets(
    db: &mut Db,
    call: &Call,
    (term, round): (&Term<'_>, &RoundRow),
    at: &HashMap<&str, usize>,
    heard: &mut Heard,
) -> Acted<()> {
    let Term { permit, rubric, .. } = *term;
    let part = rounds::class_of(db, &call.school, &round.id, permit.class())?;
    let grade = part.and_then(|p| u8::try_from(p.grade).ok());
    let Some(segment) = grade.and_then(Segment::of_grade) else {
        return Ok(());
    };
    let top = rubric.scale(segment);
    let mut sheets = sheets::of_class(db, permit, &call.school, &round.id)?;
    let corrections = corrections::of_class(db, permit, &call.school, &round.id)?;
    corrected::apply(&mut sheets, &corrections);
    for sheet in sheets {
        let Some(child) = at.get(sheet.ratee_id.as_str()) else {
            continue;
        };
        let answers = answers(rubric, &sheet.answers);
        let source = Source::from_name(&sheet.source);
        let stars = match source {
            Some(Source::Teacher) => at_top(&answers, top),
            Some(Source::Peer | Source::Parent) => names(&answers, top),
            _ => continue,
        };
        for star in stars {
            let named = heard.named.entry((*child, star)).or_default();
            match source {
                Some(Source::Peer) => drop(named.classmates.insert(sheet.rater_id.clone())),
                Some(Source::Parent) => named.home = true,
                _ => named.teacher = true,
            }
        }
    }
    Ok(())
}

/// Star and anchor of each answered question about a child.
fn answers(rubric: &Rubric, packed: &str) -> Vec<(usize, u8)> {
    let answered = Answers::unpack(packed).0.into_iter();
    let placed = answered.filter_map(|(id, anchor)| {
        let indicator = rubric.indicators.get(rubric.indicator(&id)?)?;
        let of_child = indicator.of == Of::Student;
        of_child.then_some(())?;
        Some((indicator.dimension?, anchor?))
    });
    placed.collect()
}

/// Children in their order; what classmates see before what only the family sees.
fn hidden(named: &BTreeMap<(usize, usize), Named>) -> Vec<(usize, usize, Seen)> {
    let found = named
        .iter()
        .filter_map(|((child, star), by)| Some((*child, *star, by.hidden()?)));
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(child, _, seen)| (*seen == Seen::Home, *child));
    found
}

fn outlooks(children: &[ListedChild], period: &Period) -> Vec<(usize, Outlook)> {
    let of =
        |(at, child): (usize, &ListedChild)| Some((at, outlook(period.number(&child.results))?));
    children.iter().enumerate().filter_map(of).collect()
}

/// The gaps that are large enough to tell apart from chance or not; groups too small for one are left out.
fn gaps(children: &[ListedChild], period: &Period) -> Vec<GroupGap> {
    let mut found = Vec::new();
    for (group, inside) in groups(children) {
        for source in [Source::Teacher, Source::Peer, Source::Parent] {
            let (mut group_marks, mut rest) = (Vec::new(), Vec::new());
            for (child, inside) in children.iter().zip(&inside) {
                let voices = &period.number(&child.results).voices;
                let said = voices.get(source.position()).and_then(|v| v.said);
                match (said, inside) {
                    (Some(said), Some(true)) => group_marks.push(said),
                    (Some(said), Some(false)) => rest.push(said),
                    _ => {}
                }
            }
            let gap = gap(&group_marks, &rest);
            found.extend(gap.map(|gap| GroupGap { group, source, gap }));
        }
    }
    found
}

/// Each group with who is inside, who is in the rest and who in neither.
fn groups(children: &[ListedChild]) -> Vec<(Group, Vec<Option<bool>>)> {
    let sex = |child: &ListedChild| Sex::parse(&child.child.sex).map(|sex| sex == Sex::Male);
    let mut groups = vec![(Group::Boys, children.iter().map(sex).collect())];
    let mut seats: Vec<i32> = children.iter().filter_map(|c| c.child.seat).collect();
    seats.sort_unstable();
    for part in seats.chunks(seats.len().div_ceil(PARTS).max(1)) {
        if let (Some(first), Some(last)) = (part.first(), part.last()) {
            let inside =
                |c: &ListedChild| c.child.seat.map(|seat| (*first..=*last).contains(&seat));
            groups.push((
                Group::Seats(*first, *last),
                children.iter().map(inside).collect(),
            ));
        }
    }
    groups
}
