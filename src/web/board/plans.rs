//! Which programme a display follows now. A school's plan is read once for all of its displays and again after a write,
//! or after a second, since another process may have written.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use actix_web::web::Data;
use tokio::sync::Mutex as Turn;

use crate::{
    actions::{
        board_facts,
        board_plan::{self, Mode, Plan},
        session::{Origin, Seen},
    },
    domain::{
        actor::Actor,
        ids::{ClassId, SchoolId},
        programme::{Kind, Programme},
        refusal::Refusal,
    },
    web::{app::App, failure::Failure},
};

/// Milliseconds after which the version is read again though this process wrote nothing.
const TRUST: i64 = 1_000;

/// A display: whose, which, where.
#[derive(Clone, Debug)]
pub struct Display {
    pub school: SchoolId,
    pub screen: String,
    /// None: a hall.
    pub class: Option<ClassId>,
}

impl Display {
    /// The display that was seen.
    ///
    /// # Errors
    /// `SignedOut` for any other session.
    pub fn of(seen: &Seen) -> Result<Self, Refusal> {
        let class = super::class_of(seen)?;
        let Actor::Screen { id, .. } = &seen.call.actor else {
            return Err(Refusal::SignedOut);
        };
        Ok(Self {
            school: seen.call.school.clone(),
            screen: id.to_string(),
            class,
        })
    }

    /// Where it hangs.
    pub fn kind(&self) -> Kind {
        match self.class {
            Some(_) => Kind::Classroom,
            None => Kind::Hall,
        }
    }
}

/// What a display follows, as of the board's `version`.
#[derive(Clone, Debug)]
pub struct Follows {
    pub programme: Programme,
    pub mode: Mode,
    pub version: i64,
}

#[derive(Clone)]
struct Known {
    plan: Arc<Plan>,
    version: i64,
    /// Writes of this process when the version was read, and when that was.
    writes: u64,
    at: i64,
}

type Slot = Arc<Turn<Option<Known>>>;

/// The plans of all schools of the process.
#[derive(Default)]
pub struct Plans {
    slots: Mutex<HashMap<SchoolId, Slot>>,
}

impl Plans {
    fn slot(&self, school: &SchoolId) -> Slot {
        match self.slots.lock() {
            Ok(mut slots) => slots.entry(school.clone()).or_default().clone(),
            Err(_broken) => Slot::default(),
        }
    }
}

/// What a display does at `origin.now`.
///
/// # Errors
/// `NotFound` for a display that the office turned off.
pub async fn follow(
    app: &Data<App>,
    display: &Display,
    origin: &Origin,
) -> Result<Follows, Failure> {
    let known = current(app, &display.school, origin).await?;
    let programme = known.plan.programme(&display.screen, display.kind());
    let class = display.class.as_ref();
    let mode = known
        .plan
        .mode(&programme, class, origin.now, origin.timezone);
    if mode == Mode::Off {
        return Err(Refusal::NotFound.into());
    }
    Ok(Follows {
        programme,
        mode,
        version: known.version,
    })
}

async fn current(app: &Data<App>, school: &SchoolId, origin: &Origin) -> Result<Known, Failure> {
    let slot = app.plans.slot(school);
    let mut slot = slot.lock().await;
    // Before the version is read: what is written in between counts as news next time.
    let writes = *app.store.changes().borrow();
    if let Some(known) = slot.as_ref()
        && known.writes == writes
        && (0..TRUST).contains(&(origin.now - known.at))
    {
        return Ok(known.clone());
    }
    let version = {
        let school = school.clone();
        let read = app.store.read(move |db| board_facts::version(db, &school));
        read.await?
    };
    let plan = match slot.as_ref() {
        Some(known) if known.version == version => known.plan.clone(),
        _ => {
            let (school, now) = (school.clone(), origin.now);
            let read = app.store.read(move |db| board_plan::load(db, &school, now));
            Arc::new(read.await?)
        }
    };
    let known = Known {
        plan,
        version,
        writes,
        at: origin.now,
    };
    *slot = Some(known.clone());
    Ok(known)
}
