//! What every step of making the demo needs: the database, its keys, the school and the plan of its term.

use std::sync::Arc;

use chrono::NaiveDate;

use super::world::Plan;
use crate::{
    domain::{actor::Call, ids::SchoolId},
    keys::server_key::KeyRing,
    storage::Store,
};

/// See the file's head.
#[derive(Clone)]
pub struct Desk {
    pub store: Store,
    pub ring: Arc<KeyRing>,
    pub school: SchoolId,
    pub plan: Plan,
    pub now: i64,
    pub date: NaiveDate,
}

const DAY: i64 = 24 * 60 * 60 * 1000;

impl Desk {
    /// A call of the machine, today.
    pub fn today(&self) -> Call {
        Call::system(self.school.clone(), self.now, self.date)
    }

    /// A call on the first day of the term.
    pub fn start(&self) -> Call {
        self.on(self.plan.term_starts)
    }

    /// A call on a day of the past.
    pub fn on(&self, date: NaiveDate) -> Call {
        let days = (self.date - date).num_days();
        Call::system(self.school.clone(), self.now - days * DAY, date)
    }
}
