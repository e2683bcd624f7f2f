//! Families: `/p/{token}` shows nothing and changes nothing until a tap exchanges the token for a session of that one
//! link; `/f/{link}` is the form while the round is open and the child's card afterwards.

use actix_web::{HttpResponse, cookie::SameSite, http::StatusCode, web};
use serde::Deserialize;

use crate::{
    actions::{
        Acted, ActionError,
        session::{self, Kind, Origin, Seen},
        submit_sheet::{Ratee, SheetSent, submit_sheet},
        tasks::{self, Task},
    },
    domain::{
        actor::Actor,
        calendar::SchoolYear,
        class_name,
        ids::{LinkId, SchoolId, StudentId},
        refusal::Refusal,
        rubric::Source,
        sheet::Submission,
    },
    keys::token::Token,
    screens::{
        Lang,
        family::{
            Encouragement, FamilyForm, FamilyLanding, FamilyNotice, FamilyThanks, NoticeKind,
        },
        parts::spoken_text,
        say,
        sheet::{Answer, IndicatorRow},
    },
    storage::{Db, access, access::LinkRow, rounds, students},
    web::{
        app,
        failure::Failure,
        guard::{ClientIp, Fields},
        sign_in::add,
        visit::{Door, Visit},
    },
};

/// Longest encouragement in characters.
const MOST_WORDS: usize = 60;
/// Ready sentences: Fluent keys `web-cheer-1` ….
const CHEERS: usize = 4;

/// A link by its token: in force, over, or none at all.
async fn find(visit: &Visit, token: &str, ip: ClientIp) -> Result<LinkRow, Failure> {
    let parsed = Token::parse(token);
    let found = match &parsed {
        Some(token) => {
            let hash = token.hash().hex();
            visit
                .app
                .store
                .read(move |db| access::link_by_hash(db, &hash))
                .await?
        }
        None => None,
    };
    match found.filter(|link| link.revoked_at.is_none()) {
        None => {
            visit.app.throttle.bad_token(ip)?;
            Err(Refusal::NotFound.into())
        }
        Some(link) if link.expires_at <= visit.origin.now => Err(Refusal::Expired.into()),
        Some(link) => Ok(link),
    }
}

/// Family pages tell nobody where they came from, and are kept by nobody.
fn discreet(response: HttpResponse) -> HttpResponse {
    super::discreet::discreet(response, "no-referrer")
}

fn notice(
    visit: &Visit,
    status: StatusCode,
    kind: NoticeKind,
    back: &str,
) -> Result<HttpResponse, Failure> {
    Ok(discreet(visit.page_as(
        status,
        None,
        &FamilyNotice {
            kind,
            back: back.to_owned(),
        },
    )?))
}

fn told(visit: &Visit, failure: Failure) -> Result<HttpResponse, Failure> {
    match failure {
        Failure::Refused(Refusal::NotFound) => {
            notice(visit, StatusCode::NOT_FOUND, NoticeKind::Unknown, "")
        }
        Failure::Refused(Refusal::Expired) => notice(visit, StatusCode::GONE, NoticeKind::Gone, ""),
        other => Err(other),
    }
}

/// `GET /p/{token}`: the landing page, without effect however often it is fetched.
pub async fn landing(
    visit: Visit,
    path: web::Path<String>,
    ip: ClientIp,
) -> Result<HttpResponse, Failure> {
    match find(&visit, &path, ip).await {
        Ok(_) => Ok(discreet(visit.open_page(&FamilyLanding {
            action: format!("/p/{path}"),
        })?)),
        Err(failure) => told(&visit, failure),
    }
}

/// `POST /p/{token}`: the exchange.
pub async fn open(
    visit: Visit,
    path: web::Path<String>,
    ip: ClientIp,
) -> Result<HttpResponse, Failure> {
    let link = match find(&visit, &path, ip).await {
        Ok(link) => link,
        Err(failure) => return told(&visit, failure),
    };
    let (origin, device, row) = (visit.origin.clone(), visit.device(), link.clone());
    let begun = visit
        .app
        .store
        .write(move |tx| begin(tx, &origin, &row, &device))
        .await;
    let session = match begun {
        Ok(session) => session,
        Err(error) => return told(&visit, error.into()),
    };
    let ticket = visit.sign(
        &SchoolId::new(link.school_id.clone()),
        Kind::Family,
        &link.id,
        &session,
    )?;
    let mut response = visit.go(&format!("/f/{}", link.id));
    add(
        &mut response,
        visit
            .guard
            .cookies
            .set(slot(&visit, &link.id), ticket, SameSite::Lax, None),
    )?;
    Ok(discreet(response))
}

fn begin(
    tx: &mut crate::storage::Tx<'_>,
    origin: &Origin,
    link: &LinkRow,
    device: &str,
) -> Acted<String> {
    let school = SchoolId::new(link.school_id.clone());
    let student = StudentId::new(link.student_id.clone());
    // A child who has left has no class, and its links lead nowhere.
    let class = students::class_on(tx, &school, &student, origin.today())?;
    let actor = Actor::Family {
        link: LinkId::new(link.id.clone()),
        student,
        class,
    };
    session::begin(
        tx,
        &origin.call(school, actor),
        Kind::Family,
        &link.id,
        None,
        device,
    )
}

/// The cookie of this link: the one it has already, else a free one, else the last.
fn slot(visit: &Visit, link: &str) -> &'static str {
    let held = |name: &&&'static str| visit.ticket_subject(name).is_some_and(|s| s == link);
    let free = |name: &&&'static str| visit.ticket_subject(name).is_none();
    let mut names = app::FAMILY.iter();
    names
        .find(held)
        .or_else(|| app::FAMILY.iter().find(free))
        .copied()
        .unwrap_or("starlight-f4")
}

/// What the pages of one link need.
pub struct Home {
    pub child: students::StudentRow,
    pub class_name: String,
    /// The open round's cards; none while no round is open.
    pub open: Option<(String, Vec<Task>)>,
}

fn home(db: &mut Db, seen: &Seen) -> Acted<Home> {
    let Actor::Family { student, class, .. } = &seen.call.actor else {
        return Err(Refusal::NotFound.into());
    };
    let child = students::by_id(db, &seen.call.school, &StudentId::new(student.as_str()))?;
    let row = students::class(db, &seen.call.school, class)?;
    let grade = SchoolYear::of(seen.call.today)
        .grade(row.cohort)
        .unwrap_or(6);
    let number = u32::try_from(row.number).unwrap_or(0);
    let open = match rounds::open_for(db, &seen.call.school, class)? {
        None => None,
        Some((round, _)) => Some((
            round.id.clone(),
            tasks::family_tasks(db, &seen.call, &round.id)?,
        )),
    };
    Ok(Home {
        child,
        class_name: class_name::short_label(grade, number),
        open,
    })
}

/// The child's name as a family page shows it: family name and stars.
pub fn veiled(name: &str) -> String {
    let mut letters = name.chars();
    let first: String = letters.next().into_iter().collect();
    format!("{first}**")
}

/// A label without the picture that stands beside it anyway.
fn plain_label(label: &str) -> &str {
    label.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// Query of the family page.
#[derive(Deserialize)]
pub struct Asked {
    edit: Option<String>,
    sent: Option<String>,
    wrong: Option<String>,
}

/// `GET /f/{link}`.
pub async fn show(
    visit: Visit,
    path: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let link = path.into_inner();
    let (seen, home) = match visit.read(Door::Family(link.clone()), home).await {
        Ok(read) => read,
        Err(Failure::Refused(Refusal::SignedOut)) => {
            return notice(&visit, StatusCode::UNAUTHORIZED, NoticeKind::Reopen, "");
        }
        Err(other) => return told(&visit, other),
    };
    let here = format!("/f/{link}");
    if asked.wrong.is_some() {
        return notice(&visit, StatusCode::OK, NoticeKind::WrongChild, &here);
    }
    let edit_href = home
        .open
        .as_ref()
        .map(|_| format!("{here}?edit=1"))
        .unwrap_or_default();
    if asked.sent.is_some() {
        let child = veiled(&home.child.name);
        return Ok(discreet(visit.page(
            &seen,
            &FamilyThanks {
                child,
                edit_href,
                card_href: here,
            },
        )?));
    }
    let answered = home
        .open
        .as_ref()
        .is_some_and(|(_, tasks)| tasks.iter().any(|t| t.answers.is_some()));
    match &home.open {
        Some((_, tasks)) if asked.edit.is_some() || !answered => {
            visit.app.pace.shown(&seen.session, &link, visit.app.now());
            let form = form(visit.lang, &here, &home, tasks, None);
            Ok(discreet(visit.page(&seen, &form)?))
        }
        _ => card(&visit, &link, &edit_href).await,
    }
}

async fn card(visit: &Visit, link: &str, edit_href: &str) -> Result<HttpResponse, Failure> {
    let (here, edit) = (format!("/f/{link}"), edit_href.to_owned());
    let lang = visit.lang;
    let rules = visit.app.rules.clone();
    let loaded = visit.read(Door::Family(link.to_owned()), move |db, seen| {
        super::sight::family_card(db, seen, lang, &rules, &here, edit)
    });
    let (seen, page) = loaded.await?;
    Ok(discreet(visit.page(&seen, &page)?))
}

/// What was typed, where the form is shown again.
struct Typed<'a> {
    scores: &'a [(String, Option<u8>)],
    words: &'a str,
    conflict: bool,
    nothing: bool,
}

fn form(
    lang: Lang,
    here: &str,
    home: &Home,
    tasks: &[Task],
    typed: Option<&Typed<'_>>,
) -> FamilyForm {
    let rows: Vec<IndicatorRow> = tasks
        .iter()
        .flat_map(|task| task.questions.iter().map(move |q| (task, q)))
        .map(|(task, q)| {
            let before = task.answers.as_ref().and_then(|a| a.of(&q.indicator));
            let now = typed
                .and_then(|t| t.scores.iter().find(|(id, _)| *id == q.indicator))
                .map(|(_, a)| *a);
            let answer = match now.or(before) {
                Some(Some(level)) => Answer::Level(level),
                _ => Answer::Open,
            };
            let levels: Vec<_> = q
                .anchors
                .iter()
                .map(|label| spoken_text(plain_label(label), None))
                .collect();
            let star = if q.dimension.is_empty() {
                "star"
            } else {
                q.dimension.as_str()
            };
            IndicatorRow::new(
                &q.indicator,
                star,
                spoken_text(&q.text, None),
                &levels,
                answer,
                false,
            )
        })
        .collect();
    let said = tasks
        .first()
        .map(|t| t.comment.as_str())
        .unwrap_or_default();
    let words = typed.map_or(said, |t| t.words);
    let cheers: Vec<Encouragement> = (1..=CHEERS)
        .map(|n| {
            let text = say(lang, &format!("web-cheer-{n}"), &[]);
            Encouragement {
                id: n.to_string(),
                on: text == words,
                text,
            }
        })
        .collect();
    let own = if cheers.iter().any(|c| c.on) {
        ""
    } else {
        words
    };
    let answered = rows
        .iter()
        .filter(|r| r.choices.iter().any(|c| c.on))
        .count();
    FamilyForm {
        action: here.to_owned(),
        child: veiled(&home.child.name),
        class_name: home.class_name.clone(),
        answered: u32::try_from(answered).unwrap_or(0),
        total: u32::try_from(rows.len()).unwrap_or(0),
        rows,
        chips: cheers,
        own_words: own.to_owned(),
        again: tasks.iter().any(|t| t.answers.is_some()),
        conflict: typed.is_some_and(|t| t.conflict),
        nothing_chosen: typed.is_some_and(|t| t.nothing),
        version: tasks.first().map_or(0, |t| t.version).to_string(),
        wrong_href: format!("{here}?wrong=1"),
    }
}

/// `POST /f/{link}`.
pub async fn send(
    visit: Visit,
    path: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let link = path.into_inner();
    let here = format!("/f/{link}");
    let mut scores = Vec::new();
    for (id, value) in fields.take_all("a.") {
        let anchor = value
            .parse()
            .map_err(|_why| Refusal::AnchorOutOfRange(id.clone(), 5))?;
        scores.push((id, Some(anchor)));
    }
    let chip = fields.take("chip").unwrap_or_default();
    let text = fields.take("text").unwrap_or_default();
    let version: Option<i32> = fields.take("version").and_then(|v| v.parse().ok());
    fields.finish()?;
    let words = match chip.parse::<usize>() {
        Ok(n) if (1..=CHEERS).contains(&n) => say(visit.lang, &format!("web-cheer-{n}"), &[]),
        _ => text.trim().chars().take(MOST_WORDS).collect(),
    };
    if scores.is_empty() && words.is_empty() {
        return again(
            &visit,
            &link,
            &here,
            &Typed {
                scores: &scores,
                words: &words,
                conflict: false,
                nothing: true,
            },
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
    }
    let session = match visit.session(&Door::Family(link.clone())) {
        Ok(session) => session,
        Err(_) => return notice(&visit, StatusCode::UNAUTHORIZED, NoticeKind::Reopen, ""),
    };
    let seconds = visit.app.pace.tap(&session, &link, visit.app.now());
    let (given, said) = (scores.clone(), words.clone());
    let done = visit
        .write(Door::Family(link.clone()), move |tx, seen| {
            store(tx, seen, given, &said, version, seconds)
        })
        .await;
    match done {
        Ok(_) => Ok(discreet(visit.go(&format!("{here}?sent=1")))),
        Err(Failure::Refused(Refusal::Stale)) => {
            again(
                &visit,
                &link,
                &here,
                &Typed {
                    scores: &scores,
                    words: &words,
                    conflict: true,
                    nothing: false,
                },
                StatusCode::CONFLICT,
            )
            .await
        }
        Err(Failure::Refused(Refusal::RoundNotOpen)) => {
            notice(&visit, StatusCode::CONFLICT, NoticeKind::Closed, &here)
        }
        Err(Failure::Refused(Refusal::SignedOut)) => {
            notice(&visit, StatusCode::CONFLICT, NoticeKind::Gone, "")
        }
        Err(other) => told(&visit, other),
    }
}

async fn again(
    visit: &Visit,
    link: &str,
    here: &str,
    typed: &Typed<'_>,
    status: StatusCode,
) -> Result<HttpResponse, Failure> {
    let (seen, home) = visit.read(Door::Family(link.to_owned()), home).await?;
    let Some((_, tasks)) = &home.open else {
        return notice(visit, StatusCode::CONFLICT, NoticeKind::Closed, here);
    };
    Ok(discreet(visit.page_as(
        status,
        Some(&seen),
        &form(visit.lang, here, &home, tasks, Some(typed)),
    )?))
}

fn store(
    tx: &mut crate::storage::Tx<'_>,
    seen: &Seen,
    given: Vec<(String, Option<u8>)>,
    words: &str,
    version: Option<i32>,
    seconds: Option<i64>,
) -> Acted<()> {
    let home = home(tx, seen)?;
    let Some((round, tasks)) = home.open else {
        return Err(Refusal::RoundNotOpen.into());
    };
    let known = |id: &str| {
        tasks
            .iter()
            .any(|t| t.questions.iter().any(|q| q.indicator == id))
    };
    if let Some((id, _)) = given.iter().find(|(id, _)| !known(id)) {
        return Err(ActionError::Refused(Refusal::UnknownIndicator(id.clone())));
    }
    for task in &tasks {
        let mine = |id: &str| task.questions.iter().any(|q| q.indicator == id);
        let scores: Vec<(String, Option<u8>)> =
            given.iter().filter(|(id, _)| mine(id)).cloned().collect();
        let about_child = matches!(task.ratee, Ratee::Student(_));
        if scores.is_empty() && !about_child {
            continue;
        }
        let submission = Submission {
            scores,
            comment: about_child.then(|| words.to_owned()),
        };
        let sent = SheetSent {
            seconds,
            based_on: version.filter(|_| about_child),
            ..SheetSent::once(&round, Source::Parent, task.ratee.clone(), submission)
        };
        submit_sheet(tx, &seen.call, sent)?;
    }
    Ok(())
}
