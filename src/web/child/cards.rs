//! The cards of a child's round as the page shows them: who, which questions, what was said before, form keys.

use super::{say, speak};
use crate::{
    actions::{
        Acted, compliment, extend, practice, praise, recall,
        session::Seen,
        submit_sheet::Ratee,
        tasks::{self, Task, TaskQuestion},
    },
    domain::{
        actor::{Actor, Call},
        calendar::GradeBand,
        compliments::WORDS_FROM_GRADE,
        ids::{ClassId, StudentId},
        kind_question::{self, AboutToSend, KindQuestion},
        refusal::Refusal,
        rubric::{Indicator, Source},
        sheet::first_stamp,
    },
    keys::{
        form_key::{self, FormRef},
        server_key::KeyRing,
    },
    screens::{
        Lang,
        sheet::{
            Answer, IndicatorRow, PraisedDeed, RecallView, Segment, SheetCard, SheetPage,
            SheetSource,
        },
    },
    storage::{
        Db,
        moments::MomentRow,
        rounds,
        rounds::{RoundClassRow, RoundRow},
        students,
        students::StudentRow,
    },
};

/// Own words of earlier rounds that a page remembers.
const EARLIER_WORDS: usize = 10;

/// A child's round with all its cards.
pub struct Desk {
    pub round: RoundRow,
    pub grade: u32,
    /// Number of the class in its grade.
    pub number: u32,
    pub tasks: Vec<Task>,
    /// The children the cards are about, in the same order; none for the class.
    people: Vec<Option<StudentRow>>,
    may_recall: bool,
    /// What the class was praised for this week, with the star; empty where nothing is to be remembered.
    praised: Vec<(String, Indicator)>,
    /// What the child said about a classmate in this round.
    pub said: Option<MomentRow>,
    /// The child's own words of earlier rounds, newest first; none in grades without words.
    pub earlier: Vec<String>,
    may_practise: bool,
}

/// The round that the child may answer now, with its cards: one with extra days first, until they are all done.
fn own_round(db: &mut Db, seen: &Seen, class: &ClassId) -> Acted<Option<OwnRound>> {
    let open = rounds::open_for(db, &seen.call.school, class)?;
    if let Some((round, part)) = extend::of_caller(db, &seen.call)? {
        let tasks = tasks::student_tasks(db, &seen.call, &round.id)?;
        if open.is_none() || !tasks.iter().all(Task::done) {
            return Ok(Some((round, part, tasks)));
        }
    }
    let Some((round, part)) = open else {
        return Ok(None);
    };
    let tasks = tasks::student_tasks(db, &seen.call, &round.id)?;
    Ok(Some((round, part, tasks)))
}

/// A round, the class's part in it, and the child's cards.
type OwnRound = (RoundRow, RoundClassRow, Vec<Task>);

/// Loads the child's open round; none where the class has no round open.
pub fn desk(db: &mut Db, seen: &Seen) -> Acted<Option<Desk>> {
    let Actor::Student { class, .. } = &seen.call.actor else {
        return Err(Refusal::Forbidden.into());
    };
    let Some((round, part, tasks)) = own_round(db, seen, class)? else {
        return Ok(None);
    };
    let mut people = Vec::with_capacity(tasks.len());
    for task in &tasks {
        people.push(match &task.ratee {
            Ratee::Student(id) => Some(students::by_id(
                db,
                &seen.call.school,
                &StudentId::new(id.as_str()),
            )?),
            Ratee::Class(_) => None,
        });
    }
    let grade = u32::try_from(part.grade).unwrap_or(6);
    let may_recall = recall::may_ask(db, &seen.call, &round.id)?;
    let praised = match may_recall {
        true => praise::of_own_class(db, &seen.call, &round)?,
        false => Vec::new(),
    };
    Ok(Some(Desk {
        may_recall,
        praised,
        earlier: match grade >= WORDS_FROM_GRADE {
            true => compliment::earlier_words(db, &seen.call, &round.id, EARLIER_WORDS)?,
            false => Vec::new(),
        },
        said: compliment::mine(db, &seen.call, &round.id)?,
        may_practise: practice::offered(db, &seen.call)?.is_some(),
        number: u32::try_from(students::class(db, &seen.call.school, class)?.number).unwrap_or(0),
        grade,
        round,
        tasks,
        people,
    }))
}

/// How big, and with or without syllables, a grade's cards are drawn.
pub fn segment(grade: u32) -> Segment {
    match GradeBand::of(grade) {
        Some(GradeBand::Low) => Segment::Low,
        Some(GradeBand::Middle) => Segment::Middle,
        _ => Segment::High,
    }
}

/// Address of a card.
pub fn href(task: &Task) -> String {
    format!("/s/sheets/{}/{}", kind(task).0, task.ratee.id())
}

/// The word in the address, and what the card is about.
pub fn kind(task: &Task) -> (&'static str, SheetSource) {
    match (&task.ratee, task.source) {
        (Ratee::Class(_), _) => ("class", SheetSource::Class),
        (_, Source::Peer) => ("peer", SheetSource::Peer),
        _ => ("self", SheetSource::Myself),
    }
}

impl Desk {
    /// Place of the card of an address.
    pub fn place(&self, source: &str, ratee: &str) -> Option<usize> {
        self.tasks
            .iter()
            .position(|t| kind(t).0 == source && t.ratee.id() == ratee)
    }

    /// Whether the child reads with syllables.
    pub fn low(&self) -> bool {
        speak::is_low(self.grade)
    }

    /// The page with the card at `at` open.
    pub fn page(&self, ring: &KeyRing, call: &Call, lang: Lang, at: usize) -> SheetPage {
        let cards = (0..self.tasks.len()).filter_map(|place| self.card(ring, call, place));
        let cards: Vec<SheetCard> = cards.collect();
        SheetPage {
            segment: segment(self.grade),
            at,
            recall: self.may_recall.then(|| RecallView::new(self.deeds())),
            say: say::view(lang, self, call, &cards),
            practice: self.may_practise,
            cards,
        }
    }

    fn card(&self, ring: &KeyRing, call: &Call, at: usize) -> Option<SheetCard> {
        let task = self.tasks.get(at)?;
        let position = u32::try_from(at + 1).ok()?;
        let total = u32::try_from(self.tasks.len()).ok()?;
        let person = self.people.get(at)?.as_ref();
        Some(SheetCard {
            source: kind(task).1,
            ratee: task.ratee.id().to_owned(),
            action: href(task),
            key: form_key::seal(ring, &self.form(call, task)),
            stamp: first_stamp(call.now, Some(task.stamp)),
            stored: task.stamp,
            who: match person {
                Some(child) => speak::name(child, self.low()),
                None => speak::class(self.grade, self.number, self.low()),
            },
            avatar: person.map(speak::avatar),
            rows: task.questions.iter().map(|q| self.row(task, q)).collect(),
            position,
            total,
            dots: SheetCard::dots(position, total),
            has_back: at > 0,
            is_last: position == total,
            unanswered: false,
            question: None,
        })
    }

    fn deeds(&self) -> Vec<PraisedDeed> {
        let deed = |(star, indicator): &(String, Indicator)| PraisedDeed {
            indicator: indicator.id.clone(),
            star: star.clone(),
            text: speak::text(&indicator.text, indicator.pinyin.as_deref(), self.low()),
        };
        self.praised.iter().map(deed).collect()
    }

    fn form(&self, call: &Call, task: &Task) -> FormRef {
        FormRef {
            school: call.school.to_string(),
            round: self.round.id.clone(),
            rater: call.actor.id().to_owned(),
            source: task.source.name().to_owned(),
            ratee: task.ratee.id().to_owned(),
        }
    }

    fn row(&self, task: &Task, question: &TaskQuestion) -> IndicatorRow {
        let low = self.low();
        let levels = speak::levels(&question.anchors, low);
        let said = task.answers.as_ref();
        let answer = match said.and_then(|a| a.of(&question.indicator)) {
            Some(Some(level)) => Answer::Level(level),
            Some(None) => Answer::Unseen,
            None => Answer::Open,
        };
        let star = match question.dimension.as_str() {
            "" => "star",
            star => star,
        };
        let text = speak::text(&question.text, question.pinyin.as_deref(), low);
        let look_fors = question.look_fors.iter();
        let look_fors = look_fors.map(|one| speak::text(&one.text, one.pinyin.as_deref(), low));
        IndicatorRow::new(&question.indicator, star, text, &levels, answer, false)
            .looking_for(look_fors.collect())
    }
}

/// The friendly question before sending, where one is due.
pub fn question(desk: &Desk) -> Option<KindQuestion> {
    let of_peers = desk.tasks.iter().filter(|t| t.source == Source::Peer);
    let peers: Vec<&Task> = of_peers.collect();
    let levels = peers.first()?.questions.first()?.anchors.len();
    let answers = peers.iter().filter_map(|t| t.answers.as_ref());
    kind_question::ask(&AboutToSend {
        given: answers
            .flat_map(|a| a.0.iter().filter_map(|(_, a)| *a))
            .collect(),
        levels,
        asked: peers.iter().map(|t| t.questions.len()).sum(),
        seconds: peers.iter().map(|t| t.seconds).sum(),
        words: desk.said.as_ref().map_or("", |said| said.text.as_str()),
        earlier: &desk.earlier,
    })
}
