//! What a check of a class on a day belongs to: the round that is open for the class, else its week alone. Posts check
//! on every school day of a term; outside every round a check counts in the weekly index and in no class score.

use chrono::NaiveDate;

use super::{Acted, ActionError, week_facts};
use crate::{
    domain::{actor::Call, ids::ClassId, refusal::Refusal},
    storage::{Db, rounds},
};

/// A day, and by what rubric it is checked.
#[derive(Clone, Debug)]
pub struct CheckDay {
    on: NaiveDate,
    /// The day's term goes by this rubric; `None` outside every counted week.
    rubric: Option<String>,
}

/// What a class's checks of the day belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Takes {
    /// `None`: to the week alone.
    pub round: Option<String>,
    pub rubric: String,
}

impl CheckDay {
    /// Loads what all classes share.
    pub fn load(db: &mut Db, call: &Call, on: NaiveDate) -> Acted<Self> {
        let rubric = match week_facts::week_of(db, call, on) {
            Ok((term, _week)) => Some(term.rubric_id),
            Err(ActionError::Refused(Refusal::NotFound)) => None,
            Err(other) => return Err(other),
        };
        Ok(Self { on, rubric })
    }

    /// By what rubric checks outside every round go; `None` outside every counted week.
    pub fn rubric(&self) -> Option<&str> {
        self.rubric.as_deref()
    }

    /// What the class's checks belong to; `None` where nothing is checked on that day.
    pub fn takes(&self, db: &mut Db, call: &Call, class: &ClassId) -> Acted<Option<Takes>> {
        let open = rounds::open_for(db, &call.school, class)?;
        // A sheet that comes late belongs to no round that was opened since.
        let open = open.filter(|(round, _)| round.starts_on <= self.on || self.on == call.today);
        Ok(match open {
            Some((round, _)) => Some(Takes {
                round: Some(round.id),
                rubric: round.rubric_id,
            }),
            None => self.rubric.clone().map(|rubric| Takes {
                round: None,
                rubric,
            }),
        })
    }
}
