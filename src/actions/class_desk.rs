//! What lies on a teacher's desk for a class: its children, the open round with who is missing, the sign-in window,
//! awards waiting for a screen, and sheets that look perfunctory. Used by the teacher's first pages.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::{
    Acted, ActionError, badge_rules,
    class_room::current_term,
    finished::{Finished, finished},
    published_class,
    release_badges::may_show,
    rounds::graded,
};
use crate::{
    domain::{
        actor::{Call, ClassPermit, ClassView},
        badges::TERM,
        calendar::{Term, monday},
        class_name::short_label,
        ids::ClassId,
        refusal::Refusal,
    },
    storage::{
        Db, results,
        results::AwardRow,
        rounds,
        rounds::{AssignmentRow, RoundClassRow, RoundRow},
        schools, students,
        students::{ClassRow, StudentRow, WindowRow},
    },
};

/// See the file's head.
#[derive(Clone, Debug)]
pub struct ClassDesk {
    pub class: ClassRow,
    /// Short name in today's grade.
    pub name: String,
    pub view: ClassView,
    /// By seat.
    pub children: Vec<StudentRow>,
    /// The window while it is open.
    pub window: Option<WindowRow>,
    pub round: Option<OpenRound>,
    /// Badges of which the teacher is asked whether they may stand on a screen: titles, those with a quota.
    titles: Vec<String>,
    /// Name of the newest published round, whose titles are news.
    newest: Option<String>,
}

/// The open round of the class. Marks are whether something was handed in, never what it says.
#[derive(Clone, Debug)]
pub struct OpenRound {
    pub row: RoundRow,
    pub part: RoundClassRow,
    /// Reasons by child.
    pub excused: HashMap<String, String>,
    handed: Finished,
    pairs: Vec<AssignmentRow>,
}

impl OpenRound {
    /// Whether the child rated itself.
    pub fn own(&self, child: &str) -> bool {
        self.has("self", child, child)
    }

    /// Classmates rated, and classmates dealt.
    pub fn peers(&self, child: &str) -> (usize, usize) {
        let dealt = || self.pairs.iter().filter(|p| p.rater_id == child);
        let done = dealt().filter(|p| self.has("peer", child, &p.ratee_id));
        (done.count(), dealt().count())
    }

    /// Whether the child lit its star: itself and all classmates dealt are handed in.
    pub fn lit(&self, child: &str) -> bool {
        let (done, of) = self.peers(child);
        self.own(child) && done == of
    }

    /// Whether anybody of the family wrote.
    pub fn family(&self, child: &str) -> bool {
        self.handed
            .iter()
            .any(|(source, _, ratee)| source == "parent" && ratee == child)
    }

    /// Whether this teacher wrote about the ratee, a child or the class.
    pub fn taught(&self, teacher: &str, ratee: &str) -> bool {
        self.has("teacher", teacher, ratee)
    }

    fn has(&self, source: &str, rater: &str, ratee: &str) -> bool {
        let key = (source.to_owned(), rater.to_owned(), ratee.to_owned());
        self.handed.contains(&key)
    }
}

/// Loads the desk of a class that the caller has.
pub fn desk(db: &mut Db, call: &Call, class: &ClassId) -> Acted<ClassDesk> {
    let permit = call.actor.see_class(class)?;
    let row = students::class(db, &call.school, class)?;
    let children = students::of_class(db, &permit, &call.school, call.today)?;
    let window = students::window(db, &call.school, class)?.filter(|w| w.closes_at > call.now);
    let round = open_round(db, &permit, call, &children)?;
    let newest = published_class::published_rounds(db, call, class)?;
    Ok(ClassDesk {
        name: name(&row, call.today),
        class: row,
        view: permit.view(),
        children,
        window,
        round,
        titles: titles(db, call)?,
        newest: newest.into_iter().next().map(|round| round.name),
    })
}

/// Short name of a class on a day; the code of its page once it has left school.
pub fn name(class: &ClassRow, on: NaiveDate) -> String {
    let number = u32::try_from(class.number).ok();
    let grade = graded(class, on).and_then(|(_, grade)| u32::try_from(grade).ok());
    match (grade, number) {
        (Some(grade), Some(number)) => short_label(grade, number),
        _ => class.door.clone(),
    }
}

fn open_round(
    db: &mut Db,
    permit: &ClassPermit,
    call: &Call,
    children: &[StudentRow],
) -> Acted<Option<OpenRound>> {
    let Some((row, part)) = rounds::open_for(db, &call.school, permit.class())? else {
        return Ok(None);
    };
    let ids: Vec<String> = children.iter().map(|c| c.id.clone()).collect();
    let excused = rounds::excused(db, &call.school, &row.id)?;
    let handed = finished(db, &call.school, &part)?;
    Ok(Some(OpenRound {
        excused: excused
            .into_iter()
            .filter(|e| ids.contains(&e.student_id))
            .map(|e| (e.student_id, e.reason))
            .collect(),
        handed,
        pairs: rounds::assignments_among(db, permit, &call.school, &row.id, &ids)?,
        row,
        part,
    }))
}

/// The round in which an excuse counts: the open one of the class, else the newest closed one.
pub fn excusable_round(db: &mut Db, call: &Call, class: &ClassId) -> Acted<RoundRow> {
    if let Some((round, _)) = rounds::open_for(db, &call.school, class)? {
        return Ok(round);
    }
    for round in rounds::all(db, &call.school)?.into_iter().rev() {
        let closed = round.state == "closed";
        if closed && rounds::class_of(db, &call.school, &round.id, class)?.is_some() {
            return Ok(round);
        }
    }
    Err(Refusal::RoundNotOpen.into())
}

/// Awards of the class's children in this term that stand, newest first: those the child may see, and those that wait
/// for the homeroom teacher's yes.
pub fn awards(db: &mut Db, call: &Call, desk: &ClassDesk) -> Acted<Vec<AwardRow>> {
    let permit = call
        .actor
        .lead_class(&ClassId::new(desk.class.id.clone()))?;
    let term = match current_term(db, call) {
        Ok(term) => term.id,
        Err(ActionError::Refused(Refusal::NotFound)) => return Ok(Vec::new()),
        Err(other) => return Err(other),
    };
    let ids: Vec<String> = desk.children.iter().map(|c| c.id.clone()).collect();
    let mut found: Vec<AwardRow> = results::awards_among(db, &permit, &call.school, &ids)?
        .into_iter()
        .filter(|a| a.term_id == term && a.revoked_at.is_none())
        .filter(|a| a.visible_at.is_some() || a.is_proposal())
        .collect();
    found.sort_by(|a, b| b.awarded_at.cmp(&a.awarded_at).then(a.id.cmp(&b.id)));
    Ok(found)
}

/// Whether an award waits for a decision: for the teacher's yes, or, as a title of the term or its newest round, for a
/// screen, where the family did not refuse. Everything else may be shown as well, but nobody is asked: a class of forty
/// has a hundred badges in a term.
pub fn waits(desk: &ClassDesk, award: &AwardRow) -> bool {
    let id = award.badge.split('.').next().unwrap_or_default();
    let news = award.period == TERM || desk.newest.as_ref() == Some(&award.period);
    let asked = news && desk.titles.iter().any(|title| title == id);
    award.is_proposal() || asked && award.released_at.is_none() && may_show(&desk.children, award)
}

fn titles(db: &mut Db, call: &Call) -> Acted<Vec<String>> {
    let built_in = badge_rules::built_in()?;
    let rules = match current_term(db, call) {
        Ok(term) => badge_rules::in_force(db, &call.school, &term, &built_in)?,
        Err(ActionError::Refused(Refusal::NotFound)) => built_in,
        Err(other) => return Err(other),
    };
    let titles = rules.badges.into_iter().filter(|rule| rule.quota.is_some());
    Ok(titles.map(|rule| rule.id).collect())
}

/// A rater of the newest published round whose sheets look perfunctory (scoring.md 8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaterSignal {
    pub rater: String,
    pub flags: Vec<String>,
}

/// The signals of a class that the caller leads.
pub fn signals(db: &mut Db, call: &Call, desk: &ClassDesk) -> Acted<Vec<RaterSignal>> {
    let class = ClassId::new(desk.class.id.clone());
    let permit = call.actor.lead_class(&class)?;
    let published = published_class::published_rounds(db, call, &class)?;
    let Some(newest) = published.first() else {
        return Ok(Vec::new());
    };
    let results = published_class::of_class(db, &permit, call, &newest.id)?;
    let named = results
        .raters
        .into_iter()
        .filter(|r| !r.flags.is_empty())
        .filter_map(|rater| {
            let child = desk.children.iter().find(|c| c.student_no == rater.no)?;
            Some(RaterSignal {
                rater: child.name.clone(),
                flags: rater.flags,
            })
        });
    Ok(named.collect())
}

/// The counted week of today's term. A week is a holiday where all its school days are days off.
pub fn week(db: &mut Db, call: &Call) -> Acted<Option<u32>> {
    let term = match current_term(db, call) {
        Ok(term) => term,
        Err(ActionError::Refused(Refusal::NotFound)) => return Ok(None),
        Err(other) => return Err(other),
    };
    let days_off = schools::holidays(db, &call.school, &term.id)?;
    let off = |day: NaiveDate| {
        days_off
            .iter()
            .any(|h| h.starts_on <= day && day <= h.ends_on)
    };
    let weeks = std::iter::successors(Some(monday(term.starts_on)), |day| {
        day.checked_add_days(Days::new(7))
    });
    let holiday = |start: &NaiveDate| {
        (0..5)
            .filter_map(|n| start.checked_add_days(Days::new(n)))
            .all(off)
    };
    let calendar = Term {
        name: term.name,
        first: term.starts_on,
        last: term.ends_on,
        holiday_weeks: weeks
            .take_while(|day| *day <= term.ends_on)
            .filter(holiday)
            .collect(),
    };
    Ok(calendar.week_of(call.today).map(|week| week.number))
}
