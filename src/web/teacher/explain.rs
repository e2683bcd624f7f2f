//! `/t/students/{id}/explanation`: how a child's number came about. Homeroom teacher and office see every step, as
//! published; subject teachers the same in words, by the rule that child and family are shown by.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::{explain_steps, words};
use crate::{
    actions::{
        Acted,
        child_sheets::{self, ChildSheets},
        child_view,
        child_view::ChildSight,
        class_desk,
        published_class::{self, Period, Rule},
        session::Seen,
    },
    domain::{
        actor::{Call, ChildPermit, ChildView},
        badges::TERM,
        child_view::Came,
        ids::{ClassId, StudentId},
        published::PublishedStudent,
        refusal::Refusal,
        rubric::Source,
    },
    keys::server_key::KeyRing,
    screens::{
        explain::{ExplanationWords, Note, RoundChoice, WordsRow},
        say,
    },
    storage::{Db, rounds, rounds::RoundRow, students},
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    round: Option<String>,
}

/// Everything behind the page with numbers.
pub struct Steps {
    pub student: StudentId,
    pub name: String,
    pub class: ClassId,
    pub class_name: String,
    pub published: Vec<RoundRow>,
    pub period: Period,
    pub rule: Rule,
    pub row: PublishedStudent,
    pub excused: bool,
    pub unseen: usize,
    pub paper: usize,
    pub sheets: ChildSheets,
}

struct Words {
    name: String,
    class: ClassId,
    class_name: String,
    sight: ChildSight,
    rule: Option<Rule>,
}

enum Facts {
    Steps(Box<Steps>),
    Words(Box<Words>),
}

/// `GET /t/students/{id}/explanation`.
pub async fn explanation(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let student = StudentId::new(id.into_inner());
    let asked = asked.into_inner().round.unwrap_or_default();
    let ring = visit.app.ring.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        facts(db, &ring, seen, &student, &asked)
    });
    let (seen, facts) = read.await?;
    match facts {
        Facts::Steps(steps) => visit.page(&seen, &explain_steps::view(&visit, &steps)),
        Facts::Words(found) => visit.page(&seen, &words_view(&visit, *found)),
    }
}

fn facts(
    db: &mut Db,
    ring: &KeyRing,
    seen: &Seen,
    student: &StudentId,
    asked: &str,
) -> Acted<Facts> {
    let call = &seen.call;
    let class = students::class_on(db, &call.school, student, call.today)?;
    let permit = call.actor.see_child(student, &class)?;
    let row = students::class(db, &call.school, &class)?;
    let class_name = class_desk::name(&row, call.today);
    let name = students::get(db, &permit, &call.school)?.name;
    let published = published_class::published_rounds(db, call, &class)?;
    match permit.view() {
        // A child's own door is elsewhere.
        ChildView::Family => Err(Refusal::Forbidden.into()),
        ChildView::Subject => {
            let newest = published.first();
            let rule = newest
                .map(|r| published_class::rule(db, call, r))
                .transpose()?;
            let sight = child_view::load(db, call, &permit, &class)?;
            Ok(Facts::Words(Box::new(Words {
                name,
                class,
                class_name,
                sight,
                rule,
            })))
        }
        ChildView::AllSteps => {
            let sheets =
                |db: &mut Db, round: &str| child_sheets::load(db, ring, call, student, round);
            steps(db, call, &permit, published, asked, sheets)
        }
    }
}

fn steps(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    published: Vec<RoundRow>,
    asked: &str,
    sheets: impl FnOnce(&mut Db, &str) -> Acted<ChildSheets>,
) -> Acted<Facts> {
    let period = published_class::period(&published, asked)?;
    let found = published_class::of_child(db, call, permit, &period.round, None)?;
    let (row, _) = found.ok_or(Refusal::NotFound)?;
    let round = &period.round.id;
    let sheets = sheets(db, round)?;
    let student = permit.student();
    let excused = rounds::excused(db, &call.school, round)?;
    Ok(Facts::Steps(Box::new(Steps {
        excused: excused.iter().any(|e| e.student_id == student.as_str()),
        rule: published_class::rule(db, call, &period.round)?,
        student: student.clone(),
        name: sheets.child.name.clone(),
        class: sheets.class.clone(),
        class_name: sheets.class_name.clone(),
        published,
        period,
        row,
        unseen: sheets.unseen(),
        paper: sheets.paper(),
        sheets,
    })))
}

/// Rounds to choose from, and the term.
pub fn choices(visit: &Visit, steps: &Steps) -> Vec<RoundChoice> {
    let choice = |id: &str, name: String| RoundChoice {
        id: id.to_owned(),
        name,
        chosen: id == steps.period.value(),
    };
    let rounds = steps
        .published
        .iter()
        .map(|r| choice(&r.id, r.name.clone()));
    let term = choice(TERM, say(visit.lang, "teacher-term", &[]));
    rounds.chain([term]).collect()
}

/// The date and the version of a rule, as pages name them.
pub fn rule_words(visit: &Visit, rule: &Rule) -> (String, String) {
    let date = words::date_of(rule.since, visit.app.timezone);
    (words::day(visit.lang, date), rule.version.to_string())
}

fn words_view(visit: &Visit, found: Words) -> ExplanationWords {
    let Words {
        name,
        class,
        class_name,
        sight,
        rule,
    } = found;
    let (rule_date, rubric_version) = rule.map(|r| rule_words(visit, &r)).unwrap_or_default();
    let voices = sight
        .sight
        .as_ref()
        .map(|s| s.voices.as_slice())
        .unwrap_or_default();
    let peer = voices
        .iter()
        .find(|v| v.source == Source::Peer && v.state == Came::Spoke);
    let rows = sight
        .rubric
        .dimensions
        .iter()
        .enumerate()
        .map(|(at, star)| {
            let level = sight.sight.as_ref().and_then(|s| s.stars.get(at)?.level);
            WordsRow {
                id: star.id.clone(),
                name: star.name.clone(),
                voices: [None, None, None, None],
                together: level.and_then(|l| sight.word(l)).map(str::to_owned),
            }
        });
    ExplanationWords {
        student_name: name,
        class_id: class.to_string(),
        class_name,
        round_name: sight.round.clone().unwrap_or_default(),
        rule_date,
        rubric_version,
        heard: u8::try_from(sight.sight.as_ref().map_or(0, |s| s.came)).unwrap_or(4),
        of: u8::try_from(voices.len()).unwrap_or(4),
        raters: peer.map(|v| words::count(v.count)),
        dimensions: rows.collect(),
        notes: word_notes(&sight),
    }
}

fn word_notes(sight: &ChildSight) -> Vec<Note> {
    let excused = Note {
        kind: "excused",
        count: 0,
        value: String::new(),
        voice: "",
    };
    sight.excused.then_some(excused).into_iter().collect()
}
