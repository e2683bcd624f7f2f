//! What the school holds about a child, as lines of a page and as one JSON document. Both tell the same.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::parts_deeds;
use crate::{
    actions::{
        home_data::{HomeData, HomeSheet},
        session::Seen,
    },
    screens::{
        Lang,
        family_rights::{DataLine, DataPart},
        say,
    },
    storage::{
        access::LinkRow, credentials::CredentialRow, goals::GoalRow, logs::LogRow,
        moments::MomentRow,
    },
    web::{
        child::deeds,
        moment_words, sight,
        teacher::{slips, words},
        visit::Visit,
    },
};

/// The parts of the page.
pub fn listed(visit: &Visit, data: &HomeData) -> Vec<DataPart> {
    let counts = data.counts;
    let peers = match counts.classmates {
        Some(n) => number("peers", n),
        None => number("peers-wait", 0),
    };
    vec![
        part("roster", roster(visit, data)),
        part("consents", consents(visit, data)),
        part("links", links(visit, data)),
        part("stars", stars(data)),
        part("moments", moments(visit.lang, data)),
        part("goals", goals(visit, data)),
        part("logs", logs(visit, data)),
        part("cards", parts_deeds::cards(visit, data)),
        part("festivals", parts_deeds::festivals(visit, data)),
        part("badges", badges(visit, data)),
        part("carried", carried(visit, data)),
        part("comments", comments(data)),
        part("sheets", sheets(visit, data)),
        part("appeals", appeals(visit, data)),
        part("requests", requests(visit, data)),
        number("own", counts.own),
        number("written", counts.written),
        number("teachers", counts.teachers),
        peers,
        number("praises", counts.praises),
    ]
}

fn part(key: &'static str, lines: Vec<DataLine>) -> DataPart {
    DataPart {
        key,
        count: lines.len(),
        closed: false,
        lines,
    }
}

fn number(key: &'static str, count: usize) -> DataPart {
    DataPart {
        key,
        count,
        closed: true,
        lines: Vec::new(),
    }
}

fn line(head: impl Into<String>, text: impl Into<String>) -> DataLine {
    DataLine {
        head: head.into(),
        text: text.into(),
    }
}

fn roster(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    let key = |key: &str| say(visit.lang, &format!("rights-line-{key}"), &[]);
    let child = &data.child;
    let sex = match child.sex.as_str() {
        sex @ ("female" | "male") => say(visit.lang, &format!("rights-sex-{sex}"), &[]),
        _ => String::new(),
    };
    let seat = child.seat.map(|seat| seat.to_string()).unwrap_or_default();
    let avatar = (child.avatar + 1).to_string();
    let avatar = say(visit.lang, "rights-line-avatar-n", &[("n", &avatar)]);
    let mut lines = vec![
        line(key("name"), child.name.clone()),
        line(key("no"), child.student_no.clone()),
        line(key("sex"), sex),
        line(key("seat"), seat),
        line(key("avatar"), avatar),
    ];
    for (stay, class) in &data.stays {
        let from = words::date(visit.lang, stay.starts_on);
        let span = match stay.ends_on {
            None => say(visit.lang, "rights-line-from", &[("from", &from)]),
            Some(to) => {
                let to = words::date(visit.lang, to);
                say(
                    visit.lang,
                    "rights-line-span",
                    &[("from", &from), ("to", &to)],
                )
            }
        };
        lines.push(line(key("class"), format!("{class} · {span}")));
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

fn consents(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    let rows = data.consents.iter().map(|row| {
        let date = words::date(visit.lang, row.said_on);
        let version = row.notice.to_string();
        let args = [
            ("date", date.as_str()),
            ("how", row.how.as_str()),
            ("version", version.as_str()),
        ];
        let state = match row.decision.as_str() {
            "consented" => "rights-given",
            _ => "rights-refused",
        };
        line(
            say(visit.lang, state, &[]),
            say(visit.lang, "rights-since", &args),
        )
    });
    rows.collect()
}

fn day(visit: &Visit, at: i64) -> String {
    words::date(visit.lang, words::date_of(at, visit.app.timezone))
}

fn links(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    let rows = data.links.iter().map(|link| {
        let until = match link.revoked_at {
            Some(_) => say(visit.lang, "rights-line-over", &[]),
            None => {
                let date = slips::until(visit, link.expires_at);
                say(visit.lang, "rights-line-until", &[("date", &date)])
            }
        };
        line(day(visit, link.issued_at), until)
    });
    rows.collect()
}

fn stars(data: &HomeData) -> Vec<DataLine> {
    let told = data.sight.sight.iter().flat_map(|sight| {
        let stars = data.sight.rubric.dimensions.iter().zip(&sight.stars);
        stars.filter_map(|(dimension, star)| {
            let word = data.sight.word(star.level?)?;
            Some(line(dimension.name.clone(), super::plain_label(word)))
        })
    });
    told.collect()
}

fn moments(lang: Lang, data: &HomeData) -> Vec<DataLine> {
    let rows = data.moments.iter();
    rows.map(|row: &MomentRow| {
        let view = moment_words::view(lang, row, &data.teachers, None, false);
        let by: String = view.by.iter().map(|part| part.hanzi.as_str()).collect();
        line(by, moment_words::sentence(lang, row))
    })
    .collect()
}

fn goal_words(lang: Lang, row: &GoalRow) -> String {
    let spoken = deeds::goal_text(lang, row, false);
    spoken.iter().map(|part| part.hanzi.as_str()).collect()
}

fn goals(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    let rows = data.goals.iter();
    rows.map(|row| line(day(visit, row.set_at), goal_words(visit.lang, row)))
        .collect()
}

fn logs(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    let told = |row: &LogRow| {
        let (kind, n) = (format!("log-{}", row.kind), row.amount.to_string());
        let amount = say(visit.lang, &format!("{kind}-n"), &[("n", &n)]);
        let text = format!("{} {amount}", say(visit.lang, &kind, &[]));
        line(words::date(visit.lang, row.done_on), text)
    };
    data.logs.iter().map(told).collect()
}

fn badges(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    let rows = data.sight.awards.iter();
    rows.map(|award| {
        let name = sight::badge_name(&visit.app.words(), &data.sight, award, visit.lang);
        line(award.period.clone(), name)
    })
    .collect()
}

/// When a badge was taken along, which name is in its file, and whether it still holds.
fn carried(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    let rows = data.carried.iter();
    rows.map(|row| {
        let shown = say(visit.lang, &format!("carry-shown-{}", row.shown), &[]);
        let text = match row.revoked_at {
            None => shown,
            Some(at) => say(visit.lang, "verify-withdrawn", &[("date", &day(visit, at))]),
        };
        line(day(visit, row.issued_at), text)
    })
    .collect()
}

fn comments(data: &HomeData) -> Vec<DataLine> {
    let rows = data.sight.comments.iter();
    rows.map(|c| line(format!("{} · {}", c.round, c.teacher), c.text.clone()))
        .collect()
}

fn sheets(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    data.sheets
        .iter()
        .map(|sheet| home_sheet(visit, data, sheet))
        .collect()
}

fn home_sheet(visit: &Visit, data: &HomeData, sheet: &HomeSheet) -> DataLine {
    let mut head = sheet.round.clone();
    if sheet.row.from_paper {
        let paper = say(visit.lang, "rights-line-paper", &[]);
        head = format!("{head} · {paper}");
    }
    let answer = |(_, text, anchor): &(String, String, Option<u8>)| {
        let word = anchor.and_then(|level| data.sight.word(level));
        let word = match word {
            Some(word) => super::plain_label(word).to_owned(),
            None => say(visit.lang, "rights-line-unanswered", &[]),
        };
        format!("{text}: {word}")
    };
    let mut said: Vec<String> = sheet.answers.iter().map(answer).collect();
    if !sheet.row.comment.is_empty() {
        said.push(sheet.row.comment.clone());
    }
    line(head, said.join(" · "))
}

fn appeals(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    let rows = data.appeals.iter();
    rows.map(|row| filed(visit, row.filed_on, &row.words, row.answer.as_deref()))
        .collect()
}

fn requests(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    let rows = data.requests.iter();
    rows.map(|row| filed(visit, row.filed_on, &row.words, row.answer.as_deref()))
        .collect()
}

/// What the family said on a day, with the answer to it.
fn filed(visit: &Visit, on: NaiveDate, said: &str, answer: Option<&str>) -> DataLine {
    let text = [said, answer.unwrap_or_default()].join(" ");
    line(words::date(visit.lang, on), text.trim())
}

/// The same as one document, with the ids of what is told in full.
pub fn document(visit: &Visit, seen: &Seen, data: &HomeData) -> Value {
    let child = &data.child;
    let counts = data.counts;
    json!({
        "school": seen.school_name,
        "made_on": seen.call.today.to_string(),
        "child": {
            "id": child.id, "student_no": child.student_no, "name": child.name, "sex": child.sex,
            "seat": child.seat, "avatar": child.avatar, "consent": child.consent,
            "consent_on": child.consent_on.to_string(),
        },
        "classes": data.stays.iter().map(|(stay, class)| json!({
            "id": stay.id, "class": class, "from": stay.starts_on.to_string(),
            "until": stay.ends_on.map(|day| day.to_string()),
        })).collect::<Vec<_>>(),
        "consents": data.consents.iter().map(|row| json!({
            "id": row.id, "notice": row.notice, "decision": row.decision, "how": row.how,
            "on": row.said_on.to_string(),
        })).collect::<Vec<_>>(),
        "links": data.links.iter().map(link).collect::<Vec<_>>(),
        "stars": pairs(stars(data)),
        "round": data.sight.round,
        "moments": data.moments.iter().map(|row| moment(visit.lang, row)).collect::<Vec<_>>(),
        "goals": data.goals.iter().map(|row| json!({
            "id": row.id, "star": row.dimension, "text": goal_words(visit.lang, row),
            "set": row.set_at, "reached": row.confirmed_at,
        })).collect::<Vec<_>>(),
        "logs": parts_deeds::logs_document(data),
        "cards": parts_deeds::cards_document(data),
        "festivals": parts_deeds::festivals_document(data),
        "badges_taken_along": data.carried.iter().map(taken_along).collect::<Vec<_>>(),
        "badges": data.sight.awards.iter().map(|award| json!({
            "id": award.id, "badge": award.badge, "period": award.period,
            "name": sight::badge_name(&visit.app.words(), &data.sight, award, visit.lang),
        })).collect::<Vec<_>>(),
        "comments": data.sight.comments.iter().map(|c| json!({
            "round": c.round, "teacher": c.teacher, "text": c.text,
        })).collect::<Vec<_>>(),
        "sheets": data.sheets.iter().map(sheet).collect::<Vec<_>>(),
        "appeals": data.appeals.iter().map(|row| json!({
            "id": row.id, "about": row.about, "words": row.words, "state": row.state,
            "filed_on": row.filed_on.to_string(), "answer": row.answer,
        })).collect::<Vec<_>>(),
        "requests": data.requests.iter().map(|row| json!({
            "id": row.id, "kind": row.kind, "words": row.words, "state": row.state,
            "filed_on": row.filed_on.to_string(), "due_on": row.due_on.to_string(),
            "answer": row.answer,
        })).collect::<Vec<_>>(),
        "counts": {
            "sheets_of_the_child_about_itself": counts.own,
            "sheets_of_the_child_about_others": counts.written,
            "sheets_of_teachers": counts.teachers,
            "classmates_heard": counts.classmates,
            "praises": counts.praises,
        },
    })
}

fn pairs(lines: Vec<DataLine>) -> Value {
    let pairs = lines
        .into_iter()
        .map(|line| (line.head, Value::from(line.text)));
    Value::Object(pairs.collect())
}

/// A classmate's moment tells its month only.
fn moment(lang: Lang, row: &MomentRow) -> Value {
    let day = row.told_on.to_string();
    let told = match row.by_kind.as_str() {
        "peer" => day.rsplit_once('-').map_or("", |(month, _)| month),
        _ => day.as_str(),
    };
    json!({
        "id": row.id, "by": row.by_kind, "star": row.dimension, "told": told,
        "text": moment_words::sentence(lang, row),
    })
}

fn link(link: &LinkRow) -> Value {
    json!({
        "id": link.id, "issued": link.issued_at, "expires": link.expires_at,
        "revoked": link.revoked_at,
    })
}

fn taken_along(row: &CredentialRow) -> Value {
    json!({
        "id": row.id, "award": row.award_id, "name_shown": row.shown, "issued": row.issued_at,
        "withdrawn": row.revoked_at, "why": row.revoked_for,
    })
}

fn sheet(sheet: &HomeSheet) -> Value {
    let answers = sheet.answers.iter();
    let answers = answers
        .map(|(id, text, anchor)| json!({ "indicator": id, "text": text, "anchor": anchor }));
    json!({
        "round_id": sheet.row.round_id, "round": sheet.round, "about": sheet.row.ratee_id,
        "by": sheet.row.rater_id, "from_paper": sheet.row.from_paper, "version": sheet.row.version,
        "saved": sheet.row.saved_at, "answers": answers.collect::<Vec<_>>(),
        "comment": sheet.row.comment,
    })
}
