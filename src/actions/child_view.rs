//! Loads what a child and its family may see of its results (product.md, rule 3). The decision is
//! `domain::child_view`; used by the child's own page, the family's card and the words for subject teachers.

use super::{
    Acted, class_room,
    published_class::{Shelf, from_shelf},
    term_comments,
    term_votes::read_rubric,
};
use crate::{
    domain::{
        actor::{Call, ChildPermit},
        child_view::{Ground, Released, Sight, sight},
        ids::{ClassId, StaffId},
        published::PublishedStudent,
        rubric::{Rubric, Segment},
    },
    storage::{
        Db, StorageError, releases, results, results::AwardRow, rounds, rounds::RoundRow,
        schools::TermRow, sheets, staff, students,
    },
};

/// See the file's head.
#[derive(Clone, Debug)]
pub struct ChildSight {
    /// Name of the newest published round with the child in it; none: nothing is published, "not yet".
    pub round: Option<String>,
    /// When that round was published.
    pub published_at: Option<i64>,
    /// The child was excused in that round.
    pub excused: bool,
    pub rubric: Rubric,
    /// Words of the scale of the child's class, lowest first.
    pub anchors: Vec<String>,
    /// Levels and voices; `stars` by the rubric's dimensions.
    pub sight: Option<Sight>,
    /// The released term comment, then those of rounds, newest first.
    pub comments: Vec<TeacherWords>,
    /// Visible and not revoked, newest first.
    pub awards: Vec<AwardRow>,
    /// Those of this term that were withdrawn after child and family had seen them.
    pub withdrawn: Vec<AwardRow>,
}

impl ChildSight {
    /// Whether there is nothing to show yet.
    pub fn not_yet(&self) -> bool {
        self.sight.is_none()
    }

    /// The word of a level 1…n.
    pub fn word(&self, level: u8) -> Option<&str> {
        let at = usize::from(level).checked_sub(1)?;
        self.anchors.get(at).map(String::as_str)
    }
}

/// What a teacher wrote about the child: at the end of the term, or in a published round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeacherWords {
    /// The term's or the round's name.
    pub round: String,
    pub teacher: String,
    pub text: String,
    /// The term's, not a round's.
    pub of_term: bool,
}

/// What the children of a class have in common, loaded once for all of them.
#[derive(Debug)]
pub struct Common {
    pub term: TermRow,
    /// The term's published rounds, oldest first.
    pub published: Vec<RoundRow>,
    rubric: Rubric,
    anchors: Vec<String>,
    shelf: Shelf,
}

/// Loads what the children of `class` have in common in the term of today.
///
/// # Errors
/// `NotFound` where no term has begun yet.
pub fn common(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Common> {
    let term = class_room::current_term(db, call)?;
    let published: Vec<RoundRow> = rounds::of_term(db, &call.school, &term.id)?
        .into_iter()
        .filter(|r| r.state == "published")
        .collect();
    let rubric_id = published.last().map_or(&term.rubric_id, |r| &r.rubric_id);
    let rubric = read_rubric(db, &call.school, rubric_id)?;
    Ok(Common {
        anchors: words_of(db, call, class, &rubric)?,
        shelf: Shelf::default(),
        term,
        published,
        rubric,
    })
}

/// Loads the sight of a child whose class of today is `class`, in the term of today.
///
/// # Errors
/// As [`common`].
pub fn load(db: &mut Db, call: &Call, permit: &ChildPermit, class: &ClassId) -> Acted<ChildSight> {
    let mut common = common(db, call, class)?;
    one_of(db, call, permit, &mut common)
}

/// Loads the sight of one child of the class that `common` was loaded for.
pub fn one_of(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    common: &mut Common,
) -> Acted<ChildSight> {
    let rows = newest_two(db, call, permit, common)?;
    let mut found = ChildSight {
        round: None,
        published_at: None,
        excused: false,
        comments: comments(db, call, permit, &common.term, &common.published)?,
        awards: results::awards_of_child(db, permit, &call.school)?,
        withdrawn: results::withdrawn_of_child(db, permit, &call.school, &common.term.id)?,
        sight: None,
        anchors: common.anchors.clone(),
        rubric: common.rubric.clone(),
    };
    if let Some((round, newest, children)) = rows.first() {
        let then = released(db, call, permit, common)?;
        found.round = Some(round.name.clone());
        found.published_at = round.published_at;
        found.excused = rounds::excused(db, &call.school, &round.id)?
            .iter()
            .any(|e| e.student_id == permit.student().as_str());
        found.sight = Some(sight(&Ground {
            weights: found.rubric.weights,
            levels: u8::try_from(found.anchors.len()).unwrap_or(2),
            children: *children,
            newest,
            before: rows.get(1).map(|(_, before, _)| before),
            released: then.as_ref().map(|(results, raters)| Released {
                results,
                raters: *raters,
            }),
        }));
    }
    Ok(found)
}

/// The words of the scale that the child's class goes by.
fn words_of(db: &mut Db, call: &Call, class: &ClassId, rubric: &Rubric) -> Acted<Vec<String>> {
    let class = students::class(db, &call.school, class)?;
    let grade = super::rounds::graded(&class, call.today).and_then(|(_, g)| u8::try_from(g).ok());
    let segment = grade.and_then(Segment::of_grade).unwrap_or(Segment::High);
    Ok(rubric.anchors.of(segment).to_vec())
}

type Row = (RoundRow, PublishedStudent, usize);

fn newest_two(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    common: &mut Common,
) -> Acted<Vec<Row>> {
    let mut rows = Vec::new();
    for round in common.published.iter().rev() {
        let found = from_shelf(db, call, permit, round, None, &mut common.shelf)?;
        if let Some((own, children)) = found {
            rows.push((round.clone(), own, children));
        }
        if rows.len() == 2 {
            break;
        }
    }
    Ok(rows)
}

/// The child's row as it stood when its peer part was released last.
fn released(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    common: &mut Common,
) -> Acted<Option<(PublishedStudent, usize)>> {
    let Some(release) = releases::of_child(db, permit, &call.school, &common.term.id)? else {
        return Ok(None);
    };
    let mut published = common.published.iter();
    let Some(round) = published.find(|r| r.id == release.round_id) else {
        return Ok(None);
    };
    let at = Some(release.released_at);
    let row = from_shelf(db, call, permit, round, at, &mut common.shelf)?;
    let raters = usize::try_from(release.raters).unwrap_or(0);
    Ok(row.map(|(own, _)| (own, raters)))
}

fn comments(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    term: &TermRow,
    published: &[RoundRow],
) -> Acted<Vec<TeacherWords>> {
    let ids: Vec<String> = published.iter().map(|r| r.id.clone()).collect();
    let mut rows = sheets::teacher_comments(db, &call.school, &ids, permit.student().as_str())?;
    let place = |id: &str| published.iter().position(|r| r.id == id);
    rows.sort_by_key(|row| std::cmp::Reverse(place(&row.round_id)));
    let mut words = Vec::with_capacity(rows.len() + 1);
    if let Some(row) = term_comments::shown_of(db, call, permit, &term.id)? {
        words.push(TeacherWords {
            round: term.name.clone(),
            teacher: name_of(db, call, row.updated_by)?,
            text: row.text,
            of_term: true,
        });
    }
    for row in rows {
        let round = published.iter().find(|r| r.id == row.round_id);
        words.push(TeacherWords {
            round: round.map(|r| r.name.clone()).unwrap_or_default(),
            teacher: name_of(db, call, row.rater_id)?,
            text: row.comment,
            of_term: false,
        });
    }
    Ok(words)
}

fn name_of(db: &mut Db, call: &Call, staff: String) -> Acted<String> {
    match staff::get(db, &call.school, &StaffId::new(staff)) {
        Ok(who) => Ok(who.name),
        Err(StorageError::NotFound) => Ok(String::new()),
        Err(other) => Err(other.into()),
    }
}
