//! What a rater has to say in a round: the cards in order, each with its questions and with what was said before.
//! Used by the children's, families' and teachers' forms and by `GET /api/v1/rounds/{id}/tasks`.

use std::collections::HashMap;

use super::{
    Acted,
    rounds::state_of,
    submit_sheet::{Ratee, read_drawn},
    term_votes::read_rubric,
};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, StudentId},
        paper::paper_rater,
        refusal::Refusal,
        round::{Drawn, RoundState},
        rubric::{LookFor, Of, Rubric, Segment, Source},
        sheet::{Answers, Form},
    },
    storage::{
        Db, StorageError, rounds,
        rounds::{RoundClassRow, RoundRow},
        sheets,
        sheets::SheetRow,
        students,
        students::StudentRow,
    },
};

/// One question of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskQuestion {
    pub indicator: String,
    /// Id of the star; empty where the question is about a class.
    pub dimension: String,
    pub text: String,
    /// Reading aid of the rubric, where it has one.
    pub pinyin: Option<String>,
    /// What to look for.
    pub look_fors: Vec<LookFor>,
    /// Labels of the anchors 1…n, lowest first.
    pub anchors: Vec<String>,
}

/// One card: a ratee with the questions about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub source: Source,
    pub ratee: Ratee,
    /// A child's name, or a class's public code.
    pub ratee_name: String,
    pub questions: Vec<TaskQuestion>,
    /// What the rater said before; none where there is no sheet yet.
    pub answers: Option<Answers>,
    /// The comment that went with it.
    pub comment: String,
    /// Version of that sheet, 0 where there is none.
    pub version: i32,
    /// Counter of its last save, 0 where there is none.
    pub stamp: i64,
    /// Seconds it took, where they are known.
    pub seconds: Option<i64>,
}

impl Task {
    /// Whether every question was answered, 没看见 included.
    pub fn done(&self) -> bool {
        let answers = self.answers.as_ref();
        answers.is_some_and(|said| {
            let mut asked = self.questions.iter();
            asked.all(|q| said.of(&q.indicator).is_some())
        })
    }
}

/// The cards of whoever asks.
///
/// # Errors
/// `NotFound` for a round that the rater's class has no part in or that is still a draft; `Forbidden` for people who
/// rate nobody.
pub fn tasks(db: &mut Db, call: &Call, round: &str) -> Acted<Vec<Task>> {
    match &call.actor {
        Actor::Student { .. } => student_tasks(db, call, round),
        Actor::Teacher { .. } => teacher_tasks(db, call, round),
        Actor::Family { .. } => family_tasks(db, call, round),
        Actor::Screen { .. } => Err(Refusal::NotFound.into()),
        Actor::Office(_) | Actor::Monitor { .. } | Actor::System => {
            rounds::get(db, &call.school, round)?;
            Err(Refusal::Forbidden.into())
        }
    }
}

/// A child's cards: itself, each classmate in the order dealt, the own class.
pub fn student_tasks(db: &mut Db, call: &Call, round: &str) -> Acted<Vec<Task>> {
    let Actor::Student { id, class } = &call.actor else {
        return Err(Refusal::Forbidden.into());
    };
    let desk = Desk::open(db, call, round)?;
    let part = desk.part(db, call, class)?.ok_or(Refusal::NotFound)?;
    let me = students::by_id(db, &call.school, id)?;
    let mut cards = vec![desk.card(
        &part,
        Source::SelfRating,
        Ratee::Student(id.clone()),
        me.name,
    )];
    for ratee in rounds::ratees_of(db, &call.school, round, id)? {
        let ratee = StudentId::new(ratee);
        let Some(name) = classmate(db, call, class, &ratee)? else {
            continue;
        };
        cards.push(desk.card(&part, Source::Peer, Ratee::Student(ratee), name));
    }
    cards.push(desk.class_card(&part, Source::SelfRating, class));
    Ok(with_questions(cards))
}

/// A family's cards: the child, and its class.
pub fn family_tasks(db: &mut Db, call: &Call, round: &str) -> Acted<Vec<Task>> {
    let Actor::Family { student, class, .. } = &call.actor else {
        return Err(Refusal::Forbidden.into());
    };
    let desk = Desk::open(db, call, round)?;
    let part = desk.part(db, call, class)?.ok_or(Refusal::NotFound)?;
    let child = students::by_id(db, &call.school, student)?;
    Ok(with_questions(vec![
        desk.card(
            &part,
            Source::Parent,
            Ratee::Student(student.clone()),
            child.name,
        ),
        desk.class_card(&part, Source::Parent, class),
    ]))
}

/// The cards of the homes of a class as their papers stand, by seat: each child, and its class. `homes` are the
/// families' sheets of the class.
pub fn paper_tasks(
    db: &mut Db,
    call: &Call,
    round: &str,
    class: &ClassId,
    homes: Vec<SheetRow>,
) -> Acted<Vec<(StudentRow, Vec<Task>)>> {
    let permit = call.actor.lead_class(class)?;
    let mut desk = Desk::open(db, call, round)?;
    let part = desk.part(db, call, class)?.ok_or(Refusal::NotFound)?;
    let mut all = Vec::new();
    for child in students::of_class(db, &permit, &call.school, call.today)? {
        let id = StudentId::new(child.id.clone());
        let rater = paper_rater(&id);
        let mine = homes.iter().filter(|row| row.rater_id == rater).cloned();
        desk.said = by_ratee(mine);
        let about_child = desk.card(
            &part,
            Source::Parent,
            Ratee::Student(id),
            child.name.clone(),
        );
        let about_class = desk.class_card(&part, Source::Parent, class);
        all.push((child, with_questions(vec![about_child, about_class])));
    }
    Ok(all)
}

/// A teacher's cards, class by class: each child in the order of seats, then the class.
pub fn teacher_tasks(db: &mut Db, call: &Call, round: &str) -> Acted<Vec<Task>> {
    let Actor::Teacher { teaches, .. } = &call.actor else {
        return Err(Refusal::Forbidden.into());
    };
    let desk = Desk::open(db, call, round)?;
    let mut parts = Vec::new();
    for class in teaches {
        parts.extend(desk.part(db, call, class)?);
    }
    parts.sort_by(|a, b| a.code.cmp(&b.code));
    // Homeroom and subject teacher of one class: still one card a child.
    parts.dedup_by(|a, b| a.class_id == b.class_id);
    let mut cards = Vec::new();
    for part in &parts {
        let class = ClassId::new(part.class_id.clone());
        let permit = call.actor.see_class(&class)?;
        for child in students::of_class(db, &permit, &call.school, call.today)? {
            let ratee = Ratee::Student(StudentId::new(child.id));
            cards.push(desk.card(part, Source::Teacher, ratee, child.name));
        }
        cards.push(desk.class_card(part, Source::Teacher, &class));
    }
    Ok(with_questions(cards))
}

/// The name of a dealt classmate who is still in the class.
fn classmate(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    ratee: &StudentId,
) -> Acted<Option<String>> {
    match students::class_on(db, &call.school, ratee, call.today) {
        Ok(now) if now == *class => Ok(Some(students::by_id(db, &call.school, ratee)?.name)),
        Ok(_) | Err(StorageError::NotFound) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// A card on which nothing is asked is no card.
fn with_questions(cards: Vec<Task>) -> Vec<Task> {
    let asked = cards.into_iter().filter(|card| !card.questions.is_empty());
    asked.collect()
}

/// One rater's sheets by source and ratee.
fn by_ratee(rows: impl Iterator<Item = SheetRow>) -> HashMap<(String, String), SheetRow> {
    rows.map(|row| ((row.source.clone(), row.ratee_id.clone()), row))
        .collect()
}

/// What all cards of one rater in one round share.
struct Desk {
    round: RoundRow,
    rubric: Rubric,
    /// The rater's own sheets by source and ratee.
    said: HashMap<(String, String), SheetRow>,
}

impl Desk {
    fn open(db: &mut Db, call: &Call, round: &str) -> Acted<Self> {
        let round = rounds::get(db, &call.school, round)?;
        if state_of(&round)? == RoundState::Draft {
            return Err(Refusal::NotFound.into());
        }
        let rubric = read_rubric(db, &call.school, &round.rubric_id)?;
        let own = sheets::by_rater(db, &call.school, &round.id, call.actor.id())?;
        Ok(Self {
            round,
            rubric,
            said: by_ratee(own.into_iter()),
        })
    }

    fn part(&self, db: &mut Db, call: &Call, class: &ClassId) -> Acted<Option<RoundClassRow>> {
        Ok(rounds::class_of(db, &call.school, &self.round.id, class)?)
    }

    fn class_card(&self, part: &RoundClassRow, source: Source, class: &ClassId) -> Task {
        self.card(part, source, Ratee::Class(class.clone()), part.code.clone())
    }

    fn card(&self, part: &RoundClassRow, source: Source, ratee: Ratee, name: String) -> Task {
        let before = self
            .said
            .get(&(source.name().to_owned(), ratee.id().to_owned()));
        Task {
            source,
            ratee_name: name,
            questions: self.questions(part, ratee.of(), source),
            answers: before.map(|row| Answers::unpack(&row.answers)),
            comment: before.map(|row| row.comment.clone()).unwrap_or_default(),
            version: before.map_or(0, |row| row.version),
            stamp: before.map_or(0, |row| row.stamp),
            seconds: before.and_then(|row| row.seconds),
            ratee,
        }
    }

    fn questions(&self, part: &RoundClassRow, of: Of, source: Source) -> Vec<TaskQuestion> {
        // A class that was drawn for nobody has no questions.
        let drawn: Drawn = read_drawn(&part.drawn).unwrap_or_default();
        let segment = u8::try_from(part.grade).ok().and_then(Segment::of_grade);
        let labels = self.rubric.anchors.of(segment.unwrap_or(Segment::High));
        let form = Form::of(&drawn, part.grade, of, source);
        let asked = form.questions.into_iter();
        asked
            .filter_map(|question| {
                let at = self.rubric.indicator(&question.indicator)?;
                let indicator = self.rubric.indicators.get(at)?;
                let star = indicator
                    .dimension
                    .and_then(|d| self.rubric.dimensions.get(d));
                Some(TaskQuestion {
                    dimension: star.map(|d| d.id.clone()).unwrap_or_default(),
                    text: indicator.text.clone(),
                    pinyin: indicator.pinyin.clone(),
                    look_fors: indicator.look_fors.clone(),
                    anchors: labels
                        .iter()
                        .take(usize::from(question.anchors))
                        .cloned()
                        .collect(),
                    indicator: question.indicator,
                })
            })
            .collect()
    }
}
