//! Something good about one classmate, on the last card of a round: the panel, and the fields of a form without script.
//! With script it goes through the outbox like an answer.

use std::collections::BTreeSet;

use super::cards::Desk;
use crate::{
    actions::compliment::Compliment,
    domain::{
        actor::Call,
        compliments::{CHIPS, MOST_WORDS, WORDS_FROM_GRADE},
        ids::StudentId,
        refusal::Refusal,
        rubric::Source,
        sheet::first_stamp,
    },
    screens::{
        Lang,
        sheet::{SayChip, SayPerson, SayView, SheetCard, SheetSource},
    },
    web::{failure::Failure, guard::Fields, moment_words},
};

/// The panel; none without classmates, and none once the teacher decided about what was said.
pub fn view(lang: Lang, desk: &Desk, call: &Call, cards: &[SheetCard]) -> Option<SayView> {
    let said = desk.said.as_ref();
    if said.is_some_and(|row| row.state != "proposed") {
        return None;
    }
    let people: Vec<SayPerson> = cards
        .iter()
        .filter(|card| card.source == SheetSource::Peer)
        .filter_map(|card| {
            Some(SayPerson {
                ratee: card.ratee.clone(),
                key: card.key.clone(),
                name: card.who.clone(),
                avatar: card.avatar.clone()?,
                on: said.is_some_and(|row| row.student_id == card.ratee),
            })
        })
        .collect();
    (!people.is_empty()).then(|| SayView {
        people,
        chips: chips(lang, desk),
        words: said.map(|row| row.text.clone()).unwrap_or_default(),
        earlier: desk.earlier.clone(),
        most: match desk.grade >= WORDS_FROM_GRADE {
            true => MOST_WORDS,
            false => 0,
        },
        stamp: first_stamp(call.now, said.map(|row| row.stamp)),
        said: said.is_some(),
        wrong: String::new(),
    })
}

/// The ready sentences about the stars that this round asks classmates about, so that few are to be read.
fn chips(lang: Lang, desk: &Desk) -> Vec<SayChip> {
    let peers = desk.tasks.iter().filter(|t| t.source == Source::Peer);
    let stars: BTreeSet<&str> = peers
        .flat_map(|task| task.questions.iter().map(|q| q.dimension.as_str()))
        .collect();
    let chosen = desk.said.as_ref().map_or("", |row| row.chip.as_str());
    let offered = CHIPS
        .iter()
        .filter(|chip| stars.contains(chip.dimension) || chip.id == chosen);
    let chip = offered.map(|chip| SayChip {
        id: chip.id.to_owned(),
        star: chip.dimension.to_owned(),
        text: moment_words::spoken(lang, &format!("compliment-{}", chip.id), &[], desk.low()),
        on: chip.id == chosen,
    });
    chip.collect()
}

/// What a form without script says: somebody, and something.
#[derive(Clone, Debug, Default)]
pub struct Said {
    to: String,
    chip: String,
    words: String,
    /// The form had the panel.
    asked: bool,
}

impl Said {
    /// Takes the panel's fields out of a form.
    pub fn take(fields: &mut Fields) -> Self {
        let mut all = fields.take_all("say.");
        let asked = all.contains_key("chip");
        let mut take = |name: &str| all.remove(name).unwrap_or_default();
        Self {
            to: take("to"),
            chip: take("chip"),
            words: take("words"),
            asked,
        }
    }

    /// Whether there is something to be kept, or to be taken back.
    pub fn is_something(&self) -> bool {
        self.asked && (!self.to.is_empty() || !self.chip.is_empty() || !self.words.is_empty())
    }

    /// For the action.
    pub fn into_compliment(self, round: &str) -> Compliment {
        Compliment {
            round: round.to_owned(),
            ratee: StudentId::new(self.to),
            chip: self.chip,
            words: self.words,
            stamp: None,
        }
    }
}

/// Shows again what was said, with what was wrong with it; other failures are not the child's.
pub fn refused(view: &mut SayView, said: &Said, failure: Failure) -> Result<(), Failure> {
    let wrong = match failure {
        Failure::Refused(Refusal::UnkindWords) => "unkind",
        Failure::Refused(Refusal::CommentTooLong(_)) => "long",
        Failure::Refused(Refusal::NotFound | Refusal::NotYourRatee) if said.to.is_empty() => "who",
        other => return Err(other),
    };
    view.wrong = wrong.to_owned();
    view.words.clone_from(&said.words);
    for person in &mut view.people {
        person.on = person.ratee == said.to;
    }
    for chip in &mut view.chips {
        chip.on = chip.id == said.chip;
    }
    Ok(())
}
