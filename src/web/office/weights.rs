//! `GET,POST /a/weights`: four voices of a student, six of a class; who would move, and adopting it.

use actix_web::HttpResponse;

use super::class_label;
use crate::{
    actions::{
        Acted, office_facts,
        session::Seen,
        terms,
        weights::{self, Preview},
    },
    domain::{
        refusal::Refusal,
        rubric::{COMPONENTS, Component, SOURCES, Source},
        scoring::number::Tenths,
        weights::{Preset, Weights},
    },
    screens::{FlashKind, Lang, office_weights as page, say},
    storage::{Db, schools},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// Threads of the rehearsal.
const THREADS: usize = 2;

/// What stands in the form, in percent as typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    student: [String; SOURCES],
    class: [String; COMPONENTS],
    refused: Vec<&'static str>,
}

/// What the page says about the rule in force.
#[derive(Clone, Debug)]
struct Now {
    weights: Weights,
    version: i32,
    holds_from: String,
    frozen: bool,
}

/// `GET /a/weights`.
pub async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    render(&visit, None, None).await
}

async fn render(
    visit: &Visit,
    typed: Option<Typed>,
    preview: Option<Preview>,
) -> Result<HttpResponse, Failure> {
    let lang = visit.lang;
    let (seen, now) = visit
        .read(Door::Staff, move |db, seen| load(db, seen, lang))
        .await?;
    let typed = typed.unwrap_or_else(|| Typed::of(&now.weights));
    visit.page(&seen, &view(&now, &typed, preview.as_ref()))
}

fn load(db: &mut Db, seen: &Seen, lang: Lang) -> Acted<Now> {
    let call = &seen.call;
    call.actor.run_school()?;
    let row = weights::upcoming(db, &call.school)?.ok_or(Refusal::NotFound)?;
    let rubric = crate::actions::term_votes::read_rubric(db, &call.school, &row.id)?;
    let term = office_facts::term_at(db, &call.school, call.today)?;
    let frozen = match &term {
        Some(term) => terms::is_frozen(db, &call.school, &term.id)?,
        None => false,
    };
    let next = || say(lang, "office-next-term", &[]);
    let holds_from = match term {
        None => next(),
        Some(term) if !frozen => term.name,
        Some(term) => schools::terms(db, &call.school)?
            .into_iter()
            .find(|t| t.starts_on > term.ends_on)
            .map_or_else(next, |t| t.name),
    };
    Ok(Now {
        weights: Weights::of(&rubric),
        version: row.version,
        holds_from,
        frozen,
    })
}

impl Typed {
    fn of(weights: &Weights) -> Self {
        let percent = |share: f64| crate::screens::explain_digits::coordinate(share * 100.0);
        Self {
            student: weights.student.map(percent),
            class: weights.class.map(percent),
            refused: Vec::new(),
        }
    }

    fn take(fields: &mut Fields) -> Result<Self, Failure> {
        let mut typed = Self::default();
        for (slot, source) in typed.student.iter_mut().zip(Source::ALL) {
            *slot = fields.need(&format!("s.{}", source.name()))?;
        }
        for (slot, component) in typed.class.iter_mut().zip(Component::ALL) {
            *slot = fields.need(&format!("c.{}", component.name()))?;
        }
        Ok(typed)
    }

    fn parse(&self) -> Result<Weights, &'static str> {
        // The field shows `10.0` in some browsers where `10` was typed.
        let plain = |text: &String| text.trim().trim_end_matches(".0").to_owned();
        let (student, class) = (
            self.student.each_ref().map(plain),
            self.class.each_ref().map(plain),
        );
        let parsed = Weights::parse(
            student.each_ref().map(String::as_str),
            class.each_ref().map(String::as_str),
        );
        parsed.map_err(|refusal| match refusal {
            Refusal::Invalid(what) if what == "weights-sum-student" => "sum_student",
            Refusal::Invalid(what) if what == "weights-sum-class" => "sum_class",
            _ => "negative",
        })
    }

    /// Names the weights that were rehearsed, so that no others are adopted.
    fn token(&self) -> String {
        let all: Vec<&str> = self
            .student
            .iter()
            .chain(&self.class)
            .map(|t| t.trim())
            .collect();
        all.join("-")
    }
}

/// `POST /a/weights`.
pub async fn act(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let action = fields.take("action").unwrap_or_default();
    let (preset, token) = (fields.take("preset"), fields.take("token"));
    let mut typed = Typed::take(&mut fields)?;
    fields.finish()?;
    if let Some(key) = preset {
        let preset = Preset::ALL.into_iter().find(|p| p.key() == key);
        let preset = preset.ok_or_else(|| Refusal::Invalid("preset".to_owned()))?;
        typed.student = preset.percents().map(|p| p.to_string());
        return render(&visit, Some(typed), None).await;
    }
    let weights = match typed.parse() {
        Ok(weights) => weights,
        Err(reason) => {
            typed.refused = vec![reason];
            return render(&visit, Some(typed), None).await;
        }
    };
    if action == "adopt" && token.as_deref() == Some(typed.token().as_str()) {
        let (_, adopted) = visit
            .write(Door::Staff, move |tx, seen| {
                weights::adopt(tx, &seen.call, &weights)
            })
            .await?;
        let version = adopted.version.to_string();
        let args = [("version", version.as_str())];
        return Ok(visit.go_saying("/a/weights", FlashKind::Ok, "office-weights-adopted", &args));
    }
    let (_, preview) = visit
        .read(Door::Staff, move |db, seen| {
            weights::preview(db, &seen.call, &weights, THREADS)
        })
        .await?;
    render(&visit, Some(typed), Some(preview)).await
}

fn view(now: &Now, typed: &Typed, preview: Option<&Preview>) -> page::Weights {
    let share = |text: &String| text.trim().parse::<f64>().unwrap_or(0.0) / 100.0;
    let student: Vec<(&'static str, f64)> = Source::ALL
        .iter()
        .map(|s| s.name())
        .zip(typed.student.iter().map(share))
        .collect();
    let class: Vec<(&'static str, f64)> = Component::ALL
        .iter()
        .map(|c| c.name())
        .zip(typed.class.iter().map(share))
        .collect();
    let whole = |text: &String| text.trim().parse::<u32>().unwrap_or(u32::MAX);
    page::Weights {
        student: page::weight_set("s", &student),
        class: page::weight_set("c", &class),
        presets: page::presets(typed.student.each_ref().map(whole)),
        version: now.version.to_string(),
        holds_from: now.holds_from.clone(),
        frozen: now.frozen,
        rehearsed_round: preview
            .and_then(|p| p.rounds.last().cloned())
            .unwrap_or_default(),
        preview: preview.map(|p| moves(p, typed.token())),
        refused: typed.refused.clone(),
    }
}

fn moves(preview: &Preview, token: String) -> page::Preview {
    let rehearsal = &preview.moves;
    let (up, down) = rehearsal.students_moved();
    let (better, worse) = rehearsal.classes_moved();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let biggest = rehearsal.biggest();
    let largest = biggest.first().and_then(|m| m.difference());
    let points = |tenths: Option<Tenths>| tenths.map(|t| t.to_string()).unwrap_or_default();
    let student = |m: &&crate::domain::rehearsal::StudentMove| {
        let who = preview.who(m)?;
        let (before, after) = m.points();
        Some(page::StudentMove {
            name: who.name.to_owned(),
            class_name: class_label(who.code),
            before: points(before),
            after: points(after),
            change: points(m.difference()),
        })
    };
    let class = |m: &crate::domain::rehearsal::ClassMove| {
        let (_, code) = preview.class(m)?;
        let change = m.before.points.zip(m.after.points);
        let place = |p: Option<usize>| p.map(count);
        Some(page::ClassMove {
            grade: m.grade,
            name: class_label(code),
            before: points(m.before.points),
            after: points(m.after.points),
            change: points(change.map(|(b, a)| Tenths(a.0 - b.0))),
            place_before: place(m.before.place),
            place_after: place(m.after.place),
        })
    };
    let moved = |m: &&crate::domain::rehearsal::ClassMove| {
        m.before.points != m.after.points || m.before.place != m.after.place
    };
    page::Preview {
        students: biggest.iter().filter_map(student).collect(),
        students_moved: count(up + down),
        students_of: count(rehearsal.students.len()),
        largest: points(largest.map(|t| Tenths(t.0.abs()))),
        classes: rehearsal
            .classes
            .iter()
            .filter(moved)
            .filter_map(class)
            .collect(),
        classes_moved: count(better + worse),
        token,
    }
}
