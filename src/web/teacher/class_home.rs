//! `/t/classes/{id}`: the class with its children, the sign-in window and excuses.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;

use super::words;
use crate::{
    actions::{
        Acted, child_sheets, class_desk,
        class_desk::{ClassDesk, OpenRound},
        class_room, extend, moments,
        published_class::published_rounds,
        session::Seen,
        term_comments,
    },
    domain::{
        actor::ClassView,
        ids::{ClassId, StudentId},
        refusal::Refusal,
        term_comment::State,
    },
    screens::{
        FlashKind, Undo,
        explain_digits::coordinate,
        say,
        teacher::{
            ClassChild, ClassHome, ClosedRound, Missing, NewPin, PublishedRound, TodayRound, Window,
        },
    },
    storage::{
        Db,
        extensions::ExtensionRow,
        rounds,
        rounds::RoundRow,
        students::{self, StudentRow},
    },
    web::{
        child::speak,
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// Minutes that a sign-in window stays open: a lesson with the time to get there.
const WINDOW_MINUTES: i64 = 50;
/// Names of missing children that are written out.
const NAMES: usize = 4;
/// Reasons of an excuse.
const REASONS: [&str; 4] = ["ill", "leave", "contest", "other"];

/// Everything the page shows.
pub struct Facts {
    pub desk: ClassDesk,
    pub waiting: usize,
    /// Moments and goals that wait for the homeroom teacher.
    pub moments: usize,
    /// Term comments that are final.
    pub comments: usize,
    pub published: Vec<RoundRow>,
    /// The round in which extra days can be given, with the last of them, and who has some until when.
    closed: Option<(RoundRow, NaiveDate)>,
    extended: Vec<ExtensionRow>,
    has_sheets: bool,
}

/// Loads the page of a class.
pub fn facts(db: &mut Db, seen: &Seen, class: &ClassId) -> Acted<Facts> {
    let call = &seen.call;
    let desk = class_desk::desk(db, call, class)?;
    let awards = match desk.view {
        ClassView::Subject => Vec::new(),
        _ => class_desk::awards(db, call, &desk)?,
    };
    let moments = match desk.view {
        ClassView::Subject => 0,
        _ => moments::brief(db, call, &desk)?.waiting,
    };
    let closed = match desk.view {
        ClassView::Subject => None,
        _ => extend::extendable(db, call, class)?,
    };
    let extended = match &closed {
        Some((round, _)) => extend::given(db, call, class, &round.id)?,
        None => Vec::new(),
    };
    let comments = match desk.view {
        ClassView::Subject => 0,
        _ => term_comments::of_class(db, call, class)?.count(State::Final),
    };
    Ok(Facts {
        closed,
        extended,
        has_sheets: !child_sheets::finished_rounds(db, call, class)?.is_empty(),
        moments,
        comments,
        waiting: awards
            .iter()
            .filter(|a| class_desk::waits(&desk, a))
            .count(),
        published: published_rounds(db, call, class)?,
        desk,
    })
}

/// `GET /t/classes/{id}`.
pub async fn class_home(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let read = visit.read(Door::Staff, move |db, seen| facts(db, seen, &class));
    let (seen, facts) = read.await?;
    visit.page(&seen, &view(&visit, &seen, &facts, None))
}

/// `POST /t/classes/{id}/window`.
pub async fn window(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let open = switch(&fields.need("open")?)?;
    fields.finish()?;
    let class = ClassId::new(id.into_inner());
    let target = class.clone();
    let minutes = if open { WINDOW_MINUTES } else { 0 };
    let write = visit.write(Door::Staff, move |tx, seen| {
        class_room::set_window(tx, &seen.call, &class, minutes)
    });
    let (_, row) = write.await?;
    let until = words::clock(row.closes_at, visit.app.timezone);
    let key = if open {
        "teacher-window-opened"
    } else {
        "teacher-window-closed"
    };
    Ok(visit.go_saying(
        &format!("/t/classes/{target}"),
        FlashKind::Ok,
        key,
        &[("until", &until)],
    ))
}

/// `POST /t/classes/{id}/excuse`: done at once, with a button that takes it back.
pub async fn excuse(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let student = fields.need("student")?;
    let on = switch(&fields.need("on")?)?;
    let reason = fields.take("reason").unwrap_or_default();
    fields.finish()?;
    if on && !REASONS.contains(&reason.as_str()) {
        return Err(Refusal::Invalid("excuse-reason".to_owned()).into());
    }
    let class = ClassId::new(id.into_inner());
    let home = format!("/t/classes/{class}");
    let child = StudentId::new(student.clone());
    let write = visit.write(Door::Staff, move |tx, seen| {
        let call = &seen.call;
        call.actor.lead_class(&class)?;
        let round = class_desk::excusable_round(tx, call, &class)?;
        let before = rounds::excused(tx, &call.school, &round.id)?;
        let before = before.into_iter().find(|e| e.student_id == child.as_str());
        class_room::excuse(tx, call, &class, &round.id, &child, &reason, on)?;
        let permit = call.actor.see_child(&child, &class)?;
        let name = students::get(tx, &permit, &call.school)?.name;
        let reason = before.map(|e| e.reason).filter(|_| !on).unwrap_or(reason);
        Ok((name, reason))
    });
    let (_, (name, reason)) = write.await?;
    let known = REASONS.iter().find(|r| **r == reason).unwrap_or(&"other");
    let fields = [
        ("student", student.as_str()),
        ("on", if on { "0" } else { "1" }),
        ("reason", *known),
    ];
    let undo = Undo::new(format!("{home}/excuse"), &fields);
    let key = if on {
        "teacher-excused"
    } else {
        "teacher-excuse-undone"
    };
    Ok(visit.go_undoing(&home, FlashKind::Ok, key, &[("name", &name)], Some(undo)))
}

fn switch(value: &str) -> Result<bool, Refusal> {
    match value {
        "1" => Ok(true),
        "0" => Ok(false),
        _ => Err(Refusal::Invalid("switch".to_owned())),
    }
}

/// The page; `new_pin` is shown this once.
pub fn view(visit: &Visit, seen: &Seen, facts: &Facts, new_pin: Option<NewPin>) -> ClassHome {
    let desk = &facts.desk;
    let published = |r: &RoundRow| PublishedRound {
        id: r.id.clone(),
        name: r.name.clone(),
    };
    let digits = desk
        .children
        .first()
        .is_some_and(|c| c.pin_kind == "digits");
    ClassHome {
        id: desk.class.id.clone(),
        name: desk.name.clone(),
        // The office leads every class.
        homeroom: desk.view != ClassView::Subject,
        students: desk
            .children
            .iter()
            .enumerate()
            .map(|(at, c)| ClassChild {
                extended: extended(visit, facts, c),
                ..child(visit, seen, desk, at, c)
            })
            .collect(),
        excused: words::count(desk.round.as_ref().map_or(0, |r| r.excused.len())),
        round: round_view(visit, seen, desk),
        window: window_view(visit, desk),
        badges_waiting: words::count(facts.waiting),
        moments_waiting: words::count(facts.moments),
        comments_final: words::count(facts.comments),
        published: facts.published.iter().map(published).collect(),
        closed: facts.closed.as_ref().map(|(round, last)| ClosedRound {
            name: round.name.clone(),
            first: seen.call.today.to_string(),
            last: last.to_string(),
        }),
        has_sheets: facts.has_sheets,
        pin_kind: if digits { "digits" } else { "pictures" },
        new_pin,
    }
}

fn extended(visit: &Visit, facts: &Facts, child: &StudentRow) -> String {
    let row = facts.extended.iter().find(|e| e.student_id == child.id);
    row.map(|e| words::day(visit.lang, e.until))
        .unwrap_or_default()
}

fn child(visit: &Visit, seen: &Seen, desk: &ClassDesk, at: usize, row: &StudentRow) -> ClassChild {
    let round = desk.round.as_ref();
    let excused = round.and_then(|r| r.excused.get(&row.id));
    let (done, of) = round.map_or((0, 0), |r| r.peers(&row.id));
    ClassChild {
        id: row.id.clone(),
        number: words::number(row, at),
        name: row.name.clone(),
        avatar: speak::avatar(row),
        excused: excused.is_some(),
        reason: excused
            .map(|reason| reason_words(visit, reason))
            .unwrap_or_default(),
        own: round.is_some_and(|r| r.own(&row.id)),
        peers_done: words::count(done),
        peers_of: words::count(of),
        // Which home has spoken is for whoever leads the class.
        family: desk.view != ClassView::Subject && round.is_some_and(|r| r.family(&row.id)),
        teacher: round.is_some_and(|r| r.taught(seen.call.actor.id(), &row.id)),
        missing: excused.is_none() && round.is_some_and(|r| !r.lit(&row.id)),
        extended: String::new(),
    }
}

fn reason_words(visit: &Visit, reason: &str) -> String {
    if REASONS.contains(&reason) {
        return say(visit.lang, &format!("staff-reason-{reason}"), &[]);
    }
    reason.to_owned()
}

/// The open round of a class as this teacher sees it.
pub fn round_view(visit: &Visit, seen: &Seen, desk: &ClassDesk) -> Option<TodayRound> {
    let round = desk.round.as_ref()?;
    let teacher = seen.call.actor.id();
    let present: Vec<&StudentRow> = desk
        .children
        .iter()
        .filter(|c| !round.excused.contains_key(&c.id))
        .collect();
    let lit = words::count(present.iter().filter(|c| round.lit(&c.id)).count());
    let of = words::count(present.len());
    Some(TodayRound {
        id: round.row.id.clone(),
        name: round.row.name.clone(),
        closes: words::day(visit.lang, round.row.ends_on),
        lit,
        of,
        bar: coordinate(100.0 * f64::from(lit) / f64::from(of.max(1))),
        missing: missing(desk, round, teacher),
        grid_done: words::count(
            desk.children
                .iter()
                .filter(|c| round.taught(teacher, &c.id))
                .count(),
        ),
        about_done: round.taught(teacher, &desk.class.id),
    })
}

/// The voices that are missing, and of which children who are there. A subject teacher is told of the own sheets only;
/// the office writes none.
pub fn lacking<'d>(
    desk: &'d ClassDesk,
    round: &OpenRound,
    teacher: &str,
) -> Vec<(&'static str, Vec<&'d StudentRow>)> {
    let leads = desk.view != ClassView::Subject;
    let rates = desk.view != ClassView::Office;
    let lacks = |voice: &str, child: &StudentRow| match voice {
        "self" => leads && !round.own(&child.id),
        "peer" => {
            let (done, of) = round.peers(&child.id);
            leads && done < of
        }
        "parent" => leads && child.consent != "refused" && !round.family(&child.id),
        _ => rates && !round.taught(teacher, &child.id),
    };
    let here = || (desk.children.iter()).filter(|c| !round.excused.contains_key(&c.id));
    let of = |voice| {
        let children: Vec<_> = here().filter(|c| lacks(voice, c)).collect();
        (voice, children)
    };
    let all = ["self", "peer", "parent", "teacher"].map(of);
    all.into_iter()
        .filter(|(_, children)| !children.is_empty())
        .collect()
}

fn missing(desk: &ClassDesk, round: &OpenRound, teacher: &str) -> Vec<Missing> {
    let view = |(voice, children): (&'static str, Vec<&StudentRow>)| Missing {
        voice,
        count: words::count(children.len()),
        more: children.len() > NAMES,
        names: children
            .iter()
            .take(NAMES)
            .map(|c| c.name.clone())
            .collect(),
    };
    lacking(desk, round, teacher)
        .into_iter()
        .map(view)
        .collect()
}

/// The sign-in window of a class.
pub fn window_view(visit: &Visit, desk: &ClassDesk) -> Window {
    let until = desk
        .window
        .as_ref()
        .map(|w| words::clock(w.closes_at, visit.app.timezone));
    Window {
        open: until.is_some(),
        until: until.unwrap_or_default(),
        path: format!("/c/{}", desk.class.door),
        may: true,
    }
}
