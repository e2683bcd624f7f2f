//! Half a term of the demo school: eight rounds filled, closed and published, the ninth open and partly answered.

use std::collections::HashMap;

use super::{
    desk::Desk,
    duty,
    people::People,
    world::{OPEN_ROUND, PUBLISHED_ROUNDS, Question, Ratee, Rater, Voice, World},
};
use crate::{
    actions::{
        Acted, decide_week, publish_round, rounds as round_actions,
        rounds::NewRound,
        settle_term,
        store_sheets::{OneOfMany, store_sheets},
        submit_sheet::read_drawn,
    },
    cli::progress::Progress,
    domain::{
        badges::Rules,
        ids::{ClassId, StudentId},
        round::Drawn,
        rubric::{Of, Rubric, Source},
        sheet::Submission,
    },
    storage::{rounds, rounds::ExcusalRow},
};

/// Makes all rounds.
pub fn make(
    desk: &Desk,
    world: &World,
    people: &People,
    rules: &Rules,
    progress: &Progress,
) -> anyhow::Result<()> {
    let rubric = Rubric::built_in();
    for round in 0..=OPEN_ROUND {
        let Some(plan) = desk.plan.rounds.get(round) else {
            continue;
        };
        let new = NewRound {
            name: plan.name.clone(),
            starts_on: plan.opens,
            ends_on: plan.closes,
            classes: Vec::new(),
        };
        let opens = desk.on(plan.opens);
        let id = desk.store.write_here(move |tx| {
            let row = round_actions::create(tx, &opens, &new)?;
            round_actions::open(tx, &opens, &row.id)?;
            Acted::Ok(row.id)
        })?;
        excuse(desk, world, people, round, &id)?;
        for class in 0..world.classes.len() {
            fill(
                desk,
                &Filling {
                    world,
                    people,
                    rubric: &rubric,
                    round,
                    id: &id,
                    class,
                },
            )?;
        }
        duty::check(desk, world, people, round)?;
        if round < PUBLISHED_ROUNDS {
            let friday = desk.on(plan.closes);
            desk.store
                .write_here(move |tx| decide_week::decide_week(tx, &friday, friday.today, ""))?;
            close_and_publish(desk, &id, plan.closes, rules)?;
        }
        progress.step();
    }
    Ok(())
}

fn close_and_publish(
    desk: &Desk,
    id: &str,
    on: chrono::NaiveDate,
    rules: &Rules,
) -> anyhow::Result<()> {
    let call = desk.on(on);
    let (closing, round) = (call.clone(), id.to_owned());
    desk.store
        .write_here(move |tx| round_actions::close(tx, &closing, &round))?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let prepared = desk
        .store
        .read_here(|db| publish_round::prepare(db, &call, id, threads))?;
    let rules = rules.clone();
    desk.store
        .write_here(move |tx| publish_round::publish(tx, &call, &prepared, &rules))?;
    Ok(())
}

/// Counts what was seen of the children, as each change does in a school.
pub fn recount(desk: &Desk, rules: &Rules) -> anyhow::Result<()> {
    let call = desk.today();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let prepared = desk
        .store
        .read_here(|db| settle_term::prepare(db, &call, threads))?;
    let rules = rules.clone();
    desk.store
        .write_here(move |tx| settle_term::settle(tx, &call, &prepared, &rules, false))?;
    Ok(())
}

fn excuse(
    desk: &Desk,
    world: &World,
    people: &People,
    round: usize,
    id: &str,
) -> anyhow::Result<()> {
    let call = desk.today();
    let mut rows = Vec::new();
    for (at, child) in world.students.iter().enumerate() {
        let (Some(reason), Some(student)) = (world.excused(at, round), people.students.get(at))
        else {
            continue;
        };
        let row = ExcusalRow {
            school_id: desk.school.to_string(),
            round_id: id.to_owned(),
            student_id: student.to_string(),
            reason: reason.to_owned(),
            excused_by: String::new(),
            excused_at: call.now,
        };
        if let Some(class) = people.classes.get(child.class) {
            rows.push((class.clone(), row));
        }
    }
    let round = id.to_owned();
    desk.store.write_here(move |tx| {
        for (class, row) in &rows {
            rounds::excuse(tx, &call.actor.lead_class(class)?, row)?;
        }
        tx.record(
            &call,
            "excuse",
            &format!("round/{round}"),
            &format!("children={}", rows.len()),
        )?;
        Acted::Ok(())
    })?;
    Ok(())
}

/// One class's round to be filled.
struct Filling<'a> {
    world: &'a World,
    people: &'a People,
    rubric: &'a Rubric,
    round: usize,
    id: &'a str,
    class: usize,
}

fn fill(desk: &Desk, f: &Filling<'_>) -> anyhow::Result<()> {
    let (Some(class), Some(class_id)) =
        (f.world.classes.get(f.class), f.people.classes.get(f.class))
    else {
        return Ok(());
    };
    let call = desk.today();
    let (drawn, dealt) = desk.store.read_here(|db| {
        let part = rounds::class_of(db, &call.school, f.id, class_id)?;
        let drawn = part
            .map(|p| read_drawn(&p.drawn))
            .transpose()?
            .unwrap_or_default();
        let mut dealt = HashMap::new();
        for at in class.students.clone() {
            let Some(student) = f.people.students.get(at) else {
                continue;
            };
            dealt.insert(at, rounds::ratees_of(db, &call.school, f.id, student)?);
        }
        Acted::Ok((drawn, dealt))
    })?;
    let many = everything(f, class_id, &drawn, &dealt);
    let (id, class_id) = (f.id.to_owned(), class_id.clone());
    let stored = desk
        .store
        .write_here(move |tx| store_sheets(tx, &call, &id, &class_id, many))?;
    stored.map_err(|refused| {
        anyhow::anyhow!("sheets of the demo were refused: {:?}", refused.first())
    })?;
    Ok(())
}

fn everything(
    f: &Filling<'_>,
    class_id: &ClassId,
    drawn: &Drawn,
    dealt: &HashMap<usize, Vec<String>>,
) -> Vec<OneOfMany> {
    let Some(class) = f.world.classes.get(f.class) else {
        return Vec::new();
    };
    let position: HashMap<&str, usize> = class
        .students
        .clone()
        .filter_map(|at| Some((f.people.students.get(at)?.as_str(), at)))
        .collect();
    let id = |at: usize| {
        f.people
            .students
            .get(at)
            .map(StudentId::as_str)
            .unwrap_or_default()
    };
    let about_class = (Ratee::Class(f.class), class_id.as_str());
    let mut many = Vec::new();
    let mut add = |voice, rater, rater_id: &str, (ratee, ratee_id): (Ratee, &str)| {
        many.extend(one(f, drawn, voice, rater, rater_id, ratee, ratee_id));
    };
    for at in class.students.clone() {
        let me = (Ratee::Student(at), id(at));
        add(Voice::Itself, Rater::Student(at), id(at), me);
        add(Voice::Itself, Rater::Student(at), id(at), about_class);
        for ratee in dealt.get(&at).into_iter().flatten() {
            if let Some(other) = position.get(ratee.as_str()) {
                add(
                    Voice::Peer,
                    Rater::Student(at),
                    id(at),
                    (Ratee::Student(*other), ratee),
                );
            }
        }
        let link = f
            .people
            .links
            .get(at)
            .map(String::as_str)
            .unwrap_or_default();
        add(Voice::Parent, Rater::Family(at), link, me);
        add(Voice::Parent, Rater::Family(at), link, about_class);
    }
    for (number, teacher) in f.world.teachers.iter().enumerate() {
        if teacher.role_in(f.class).is_none() {
            continue;
        }
        let staff = f
            .people
            .teachers
            .get(number)
            .map(String::as_str)
            .unwrap_or_default();
        add(Voice::Teacher, Rater::Teacher(number), staff, about_class);
        for at in class.students.clone() {
            add(
                Voice::Teacher,
                Rater::Teacher(number),
                staff,
                (Ratee::Student(at), id(at)),
            );
        }
    }
    many
}

fn one(
    f: &Filling<'_>,
    drawn: &Drawn,
    voice: Voice,
    rater: Rater,
    rater_id: &str,
    ratee: Ratee,
    ratee_id: &str,
) -> Option<OneOfMany> {
    let source = match voice {
        Voice::Itself => Source::SelfRating,
        Voice::Peer => Source::Peer,
        Voice::Teacher => Source::Teacher,
        Voice::Parent => Source::Parent,
    };
    let of = if matches!(ratee, Ratee::Class(_)) {
        Of::Class
    } else {
        Of::Student
    };
    let class = f.world.classes.get(f.class)?;
    let asked = drawn.asked(of, source);
    if asked.is_empty() {
        return None;
    }
    let about_class = f
        .rubric
        .indicators
        .iter()
        .filter(|i| i.of == Of::Class)
        .map(|i| i.id.as_str());
    let about_class: Vec<&str> = about_class.collect();
    let question = |id: &String| {
        let at = f.rubric.indicator(id)?;
        let place = about_class
            .iter()
            .position(|other| other == id)
            .unwrap_or(0);
        let dimension = f.rubric.indicators.get(at)?.dimension.unwrap_or(place);
        Some(Question {
            dimension,
            indicator: at,
            anchors: class.segment().anchors(),
        })
    };
    let questions: Vec<Question> = asked.iter().filter_map(question).collect();
    let sheet = f.world.sheet(voice, rater, ratee, &questions, f.round)?;
    let anchors = sheet
        .answers
        .into_iter()
        .map(|a| a.and_then(|a| u8::try_from(a).ok()));
    Some(OneOfMany {
        source,
        ratee: ratee_id.to_owned(),
        rater: rater_id.to_owned(),
        submission: Submission {
            scores: asked.iter().cloned().zip(anchors).collect(),
            comment: sheet.comment,
        },
        seconds: Some(i64::from(sheet.seconds)),
        from_paper: false,
    })
}
