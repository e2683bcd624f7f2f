//! What the school knows, by public names: rounds of the current term, who sat in which class, who taught it, what was
//! asked. Used by the imports of answers and checks.

use std::collections::{HashMap, HashSet};

use super::{Acted, imports, rounds::state_of, submit_sheet::read_drawn, term_votes::read_rubric};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        round::{Drawn, RoundState},
        rubric::{Of, Rubric, Segment, Source},
        sheet::{Form, Question},
    },
    exchange::sheet_rules::{IndicatorFacts, SheetFacts},
    storage::{
        Db, rounds,
        rounds::{RoundClassRow, RoundRow},
        schools::TermRow,
        staff, students,
        students::EnrolmentRow,
    },
};

/// A child in a round: its id and the code of its class.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    pub student: String,
    pub class: String,
}

/// A class's part in a round.
#[derive(Debug)]
struct Part {
    class: String,
    grade: i32,
    /// None where nothing was drawn yet.
    drawn: Option<Drawn>,
}

/// A round of the current term.
#[derive(Debug)]
pub(super) struct Round {
    pub id: String,
    pub state: RoundState,
    pub rubric: String,
    parts: HashMap<String, Part>,
    /// By 学号 and by `学号@class`.
    seats: HashMap<String, Seat>,
}

impl Round {
    /// The child behind a 学号 (its last class in the round) or `学号@class`.
    pub fn seat(&self, no: &str) -> Option<&Seat> {
        self.seats.get(no)
    }

    /// The class that takes part under this code.
    pub fn class_id(&self, code: &str) -> Option<&str> {
        self.parts.get(code).map(|part| part.class.as_str())
    }
}

/// Everything a file's names are looked up in.
pub(super) struct Facts {
    rounds: HashMap<String, Round>,
    rubrics: HashMap<String, Rubric>,
    staff: HashMap<String, String>,
    /// Login and class id.
    teaches: HashSet<(String, String)>,
}

impl Facts {
    pub fn load(db: &mut Db, permit: &SchoolPermit, call: &Call) -> Acted<Self> {
        let term = imports::current_term(db, call)?;
        let accounts = staff::all(db, permit, &call.school)?;
        let login_of: HashMap<&str, &str> = accounts
            .iter()
            .map(|row| (row.id.as_str(), row.login.as_str()))
            .collect();
        let (from, to) = (term.starts_on, term.ends_on);
        let lessons = staff::teaching_between(db, permit, &call.school, from, to)?;
        let teaches = lessons.into_iter().filter_map(|row| {
            let login = login_of.get(row.staff_id.as_str())?;
            Some(((*login).to_owned(), row.class_id))
        });
        let mut facts = Self {
            rounds: HashMap::new(),
            rubrics: HashMap::new(),
            teaches: teaches.collect(),
            staff: HashMap::new(),
        };
        facts.staff = accounts
            .into_iter()
            .map(|row| (row.login, row.id))
            .collect();
        facts.load_rounds(db, permit, call, &term)?;
        Ok(facts)
    }

    fn load_rounds(
        &mut self,
        db: &mut Db,
        permit: &SchoolPermit,
        call: &Call,
        term: &TermRow,
    ) -> Acted<()> {
        let (from, to) = (term.starts_on, term.ends_on);
        let mut stays = students::enrolments_between(db, permit, &call.school, from, to)?;
        stays.sort_by_key(|stay| stay.starts_on);
        let numbers: HashMap<String, String> = students::all(db, permit, &call.school)?
            .into_iter()
            .map(|row| (row.id, row.student_no))
            .collect();
        for row in rounds::of_term(db, &call.school, &term.id)? {
            if !self.rubrics.contains_key(&row.rubric_id) {
                let rubric = read_rubric(db, &call.school, &row.rubric_id)?;
                self.rubrics.insert(row.rubric_id.clone(), rubric);
            }
            let parts = rounds::classes_of(db, &call.school, &row.id)?;
            let round = Round {
                state: state_of(&row)?,
                seats: seats(&row, &parts, &stays, &numbers),
                parts: parts.into_iter().map(part).collect::<Acted<_>>()?,
                id: row.id,
                rubric: row.rubric_id,
            };
            self.rounds.insert(row.name, round);
        }
        Ok(())
    }

    /// The round of a name.
    pub fn round(&self, name: &str) -> Option<&Round> {
        self.rounds.get(name)
    }

    /// The account of a login.
    pub fn staff_id(&self, login: &str) -> Option<&str> {
        self.staff.get(login).map(String::as_str)
    }

    /// The id of a class by its code in any round of the term.
    pub fn class_id(&self, code: &str) -> Option<&str> {
        self.rounds.values().find_map(|round| round.class_id(code))
    }

    /// The rule of a round.
    pub fn rubric(&self, round: &str) -> Option<&Rubric> {
        self.rubrics.get(&self.rounds.get(round)?.rubric)
    }

    /// The questions a sheet may answer: those drawn while the round is open, of a closed one all that the rule has.
    pub fn form(&self, round: &str, class: &str, of: Of, source: Source) -> Form {
        let known = self.round(round).zip(self.rubric(round));
        let known =
            known.and_then(|(round, rubric)| Some((round, rubric, round.parts.get(class)?)));
        let Some((round, rubric, part)) = known else {
            return Form {
                questions: Vec::new(),
            };
        };
        if let (RoundState::Open, Some(drawn)) = (round.state, &part.drawn) {
            return Form::of(drawn, part.grade, of, source);
        }
        let segment = segment(part.grade);
        let fits = rubric
            .indicators
            .iter()
            .filter(|indicator| indicator.is_for(of, source, segment));
        let questions = fits.map(|indicator| Question {
            indicator: indicator.id.clone(),
            anchors: rubric.scale(segment),
        });
        Form {
            questions: questions.collect(),
        }
    }
}

fn segment(grade: i32) -> Segment {
    let grade = u8::try_from(grade).ok();
    grade.and_then(Segment::of_grade).unwrap_or(Segment::High)
}

fn part(row: RoundClassRow) -> Acted<(String, Part)> {
    let drawn = match row.drawn.as_str() {
        "" => None,
        text => Some(read_drawn(text)?),
    };
    let part = Part {
        class: row.class_id,
        grade: row.grade,
        drawn,
    };
    Ok((row.code, part))
}

/// Stays come oldest first, so that the plain 学号 ends at the last class of the round.
fn seats(
    round: &RoundRow,
    parts: &[RoundClassRow],
    stays: &[EnrolmentRow],
    numbers: &HashMap<String, String>,
) -> HashMap<String, Seat> {
    let codes: HashMap<&str, &str> = parts
        .iter()
        .map(|part| (part.class_id.as_str(), part.code.as_str()))
        .collect();
    let mut seats = HashMap::new();
    let here = stays.iter().filter(|stay| {
        stay.starts_on <= round.ends_on && stay.ends_on.is_none_or(|end| end > round.starts_on)
    });
    for stay in here {
        let names = codes
            .get(stay.class_id.as_str())
            .zip(numbers.get(&stay.student_id));
        let Some((code, no)) = names else { continue };
        let seat = Seat {
            student: stay.student_id.clone(),
            class: (*code).to_owned(),
        };
        seats.insert(format!("{no}@{code}"), seat.clone());
        seats.insert(no.clone(), seat);
    }
    seats
}

impl SheetFacts for Facts {
    fn has_round(&self, round: &str) -> bool {
        self.rounds.contains_key(round)
    }

    fn class_of(&self, round: &str, student_no: &str) -> Option<String> {
        let seat = self.round(round)?.seat(student_no)?;
        Some(seat.class.clone())
    }

    fn has_class(&self, class: &str) -> bool {
        self.class_id(class).is_some()
    }

    fn has_teacher(&self, login: &str) -> bool {
        self.staff.contains_key(login)
    }

    fn teaches(&self, login: &str, class: &str) -> bool {
        let class = self.class_id(class).unwrap_or_default();
        self.teaches.contains(&(login.to_owned(), class.to_owned()))
    }

    fn indicator(&self, round: &str, class: &str, indicator: &str) -> Option<IndicatorFacts> {
        let (rubric, round) = (self.rubric(round)?, self.round(round)?);
        let known = rubric.indicators.get(rubric.indicator(indicator)?)?;
        let (of, part) = (known.of, round.parts.get(class)?);
        let asked = |source: &Source| match (round.state, &part.drawn) {
            (RoundState::Open, Some(drawn)) => {
                drawn.asked(of, *source).iter().any(|id| id == indicator)
            }
            _ => known.is_for(of, *source, segment(part.grade)),
        };
        Some(IndicatorFacts {
            sources: Source::ALL.into_iter().filter(asked).collect(),
            of_class: of == Of::Class,
        })
    }

    fn has_indicator(&self, indicator: &str) -> bool {
        self.rubrics
            .values()
            .any(|rubric| rubric.indicator(indicator).is_some())
    }

    fn anchors(&self, class: &str) -> u8 {
        let parts = self.rounds.values();
        let found = parts
            .filter_map(|round| Some((self.rubrics.get(&round.rubric)?, round.parts.get(class)?)))
            .next();
        found.map_or(0, |(rubric, part)| rubric.scale(segment(part.grade)))
    }
}
