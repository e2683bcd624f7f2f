//! Who stands at which post in a week: children of the high segment, written down post by post or taken over from the
//! week before, and what is still missing.

use chrono::{Days, NaiveDate};

use super::{Acted, rounds::graded};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        calendar::{GradeBand, monday},
        duty::{checks_grade, slots},
        refusal::Refusal,
    },
    storage::{Db, Tx, duty, duty::PostRow, duty::RosterRow, students},
};

/// A child that may stand on duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub id: String,
    pub no: String,
    pub name: String,
    pub class_id: String,
    /// Public code of its class.
    pub code: String,
}

/// Something that a roster lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    NoMonitor,
    NoSecond,
    /// Only children of this class (public code) stand there, so that nobody checks it.
    NobodyFor(String),
    /// This child (name) stands at two posts at the same time.
    Twice(String),
}

/// A post's roster.
#[derive(Clone, Debug)]
pub struct PostRoster {
    pub post: PostRow,
    pub first: Vec<Member>,
    pub second: Vec<Member>,
    pub gaps: Vec<Gap>,
}

/// The rosters of a week.
#[derive(Clone, Debug)]
pub struct WeekRosters {
    pub monday: NaiveDate,
    pub posts: Vec<PostRoster>,
    /// Posts out of use.
    pub retired: Vec<PostRow>,
    /// The week before has a roster for a post that has none now.
    pub may_copy: bool,
}

/// Loads the rosters of the week of a day.
pub fn week(db: &mut Db, call: &Call, day: NaiveDate) -> Acted<WeekRosters> {
    let permit = call.actor.run_school()?;
    let monday = monday(day);
    let known = members(db, &permit, call, monday)?;
    let rows = duty::on_duty(db, &permit, &call.school, (monday + Days::new(4), monday))?;
    let mut posts = duty::posts(db, &call.school)?;
    posts.sort_by(|a, b| (a.starts_minute, &a.name).cmp(&(b.starts_minute, &b.name)));
    let (used, retired): (Vec<PostRow>, Vec<PostRow>) =
        posts.into_iter().partition(|p| p.retired_at.is_none());
    let may_copy = may_copy(db, call, monday, &used, &rows)?;
    let classes = classes(db, call, monday)?;
    let at = |post: &PostRow, second: bool| -> Vec<Member> {
        let here = rows
            .iter()
            .filter(|r| r.post_id == post.id && r.second == second);
        let mut found: Vec<Member> = here
            .filter_map(|r| known.iter().find(|m| m.id == r.student_id).cloned())
            .collect();
        found.sort_by(|a, b| (&a.code, &a.no).cmp(&(&b.code, &b.no)));
        found
    };
    let rosters = used.iter().map(|post| {
        let (first, second) = (at(post, false), at(post, true));
        let mut gaps = gaps(post, &first, &second, &classes);
        gaps.extend(twice(post, &first, &used, &rows));
        PostRoster {
            post: post.clone(),
            first,
            second,
            gaps,
        }
    });
    Ok(WeekRosters {
        monday,
        posts: rosters.collect(),
        retired,
        may_copy,
    })
}

fn may_copy(
    db: &mut Db,
    call: &Call,
    monday: NaiveDate,
    posts: &[PostRow],
    rows: &[RosterRow],
) -> Acted<bool> {
    let before = duty::rosters(db, &call.school, monday - Days::new(7))?;
    let lacks = |post: &PostRow| !rows.iter().any(|r| r.post_id == post.id);
    let had = |post: &PostRow| before.iter().any(|r| r.post_id == post.id);
    Ok(posts.iter().any(|post| lacks(post) && had(post)))
}

/// Class id, public code and grade.
type ClassAt = (String, String, i32);

fn classes(db: &mut Db, call: &Call, on: NaiveDate) -> Acted<Vec<ClassAt>> {
    let rows = students::classes(db, &call.school)?;
    let at = |class: &students::ClassRow| {
        let (code, grade) = graded(class, on)?;
        Some((class.id.clone(), code, grade))
    };
    Ok(rows.iter().filter_map(at).collect())
}

fn gaps(post: &PostRow, first: &[Member], second: &[Member], classes: &[ClassAt]) -> Vec<Gap> {
    if first.is_empty() {
        return vec![Gap::NoMonitor];
    }
    let mut gaps = Vec::new();
    let checked = classes
        .iter()
        .filter(|(.., grade)| checks_grade(&post.grades, *grade));
    for (class, code, _) in checked {
        if first.iter().all(|m| m.class_id == *class) {
            gaps.push(Gap::NobodyFor(code.clone()));
        }
    }
    if post.double_check && second.is_empty() {
        gaps.push(Gap::NoSecond);
    }
    gaps
}

fn twice(post: &PostRow, first: &[Member], posts: &[PostRow], rows: &[RosterRow]) -> Vec<Gap> {
    let of = |p: &PostRow| slots(p.starts_minute, p.ends_minute, &p.more_slots);
    let mine = of(post);
    let clash = |other: &PostRow| {
        let theirs = of(other);
        mine.iter()
            .any(|a| theirs.iter().any(|b| a.from < b.to && b.from < a.to))
    };
    let others: Vec<&PostRow> = posts
        .iter()
        .filter(|p| p.id != post.id && clash(p))
        .collect();
    let elsewhere = |member: &&Member| {
        rows.iter()
            .any(|r| r.student_id == member.id && others.iter().any(|p| p.id == r.post_id))
    };
    let both = first.iter().filter(elsewhere);
    both.map(|m| Gap::Twice(m.name.clone())).collect()
}

/// The children of the high segment in their classes of a week.
pub fn members(
    db: &mut Db,
    permit: &SchoolPermit,
    call: &Call,
    on: NaiveDate,
) -> Acted<Vec<Member>> {
    let high = |grade: i32| u32::try_from(grade).ok().and_then(GradeBand::of);
    let mut classes = classes(db, call, on)?;
    classes.retain(|(.., grade)| high(*grade) == Some(GradeBand::High));
    let last = on + Days::new(6);
    let stays = students::enrolments_between(db, permit, &call.school, on, last)?;
    let people = students::all(db, permit, &call.school)?;
    let member = |stay: &students::EnrolmentRow| {
        let (class_id, code, _) = classes.iter().find(|(id, ..)| *id == stay.class_id)?;
        let child = people.iter().find(|p| p.id == stay.student_id)?;
        Some(Member {
            id: child.id.clone(),
            no: child.student_no.clone(),
            name: child.name.clone(),
            class_id: class_id.clone(),
            code: code.clone(),
        })
    };
    Ok(stays.iter().filter_map(member).collect())
}

/// Writes a post's roster of a week down: student numbers, or names that only one child of the high segment has.
///
/// # Errors
/// `NotFound` for another post; `Invalid` with the word that names nobody, or names several.
pub fn set(
    tx: &mut Tx<'_>,
    call: &Call,
    post: &str,
    day: NaiveDate,
    (first, second): (&str, &str),
) -> Acted<()> {
    let permit = call.actor.run_school()?;
    let monday = monday(day);
    let posts = duty::posts(tx, &call.school)?;
    let known = posts.iter().any(|p| p.id == post && p.retired_at.is_none());
    if !known {
        return Err(Refusal::NotFound.into());
    }
    let members = members(tx, &permit, call, monday)?;
    let mut rows: Vec<RosterRow> = Vec::new();
    for (text, second) in [(first, false), (second, true)] {
        for student_id in named(text, &members)? {
            if rows.iter().any(|r| r.student_id == student_id) {
                continue;
            }
            rows.push(RosterRow {
                school_id: call.school.to_string(),
                post_id: post.to_owned(),
                monday,
                student_id,
                second,
            });
        }
    }
    duty::clear_roster(tx, &permit, &call.school, post, monday)?;
    for row in &rows {
        duty::add_to_roster(tx, &permit, row)?;
    }
    let detail = format!("week={monday} monitors={}", rows.len());
    Ok(tx.record(call, "roster.set", &format!("post/{post}"), &detail)?)
}

fn named(text: &str, members: &[Member]) -> Acted<Vec<String>> {
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'));
    let mut ids = Vec::new();
    for word in words.filter(|word| !word.is_empty()) {
        let fits = |m: &&Member| m.no == word || m.name == word;
        let mut found = members.iter().filter(fits);
        match (found.next(), found.next()) {
            (Some(one), None) => ids.push(one.id.clone()),
            _ => return Err(Refusal::Invalid(word.to_owned()).into()),
        }
    }
    Ok(ids)
}

/// Takes the rosters of the week before over, for the posts that have none in the week of `day`.
///
/// # Errors
/// `WrongState` where there is nothing to take over.
pub fn copy(tx: &mut Tx<'_>, call: &Call, day: NaiveDate) -> Acted<usize> {
    let permit = call.actor.run_school()?;
    let monday = monday(day);
    let now = duty::rosters(tx, &call.school, monday)?;
    let before = duty::rosters(tx, &call.school, monday - Days::new(7))?;
    let posts = duty::posts(tx, &call.school)?;
    let members = members(tx, &permit, call, monday)?;
    let mut copied = 0;
    for row in before {
        let used = posts
            .iter()
            .any(|p| p.id == row.post_id && p.retired_at.is_none());
        let planned = now.iter().any(|r| r.post_id == row.post_id);
        if used && !planned && members.iter().any(|m| m.id == row.student_id) {
            duty::add_to_roster(tx, &permit, &RosterRow { monday, ..row })?;
            copied += 1;
        }
    }
    if copied == 0 {
        return Err(Refusal::WrongState.into());
    }
    let detail = format!("week={monday} monitors={copied}");
    tx.record(call, "roster.copy", "posts", &detail)?;
    Ok(copied)
}
