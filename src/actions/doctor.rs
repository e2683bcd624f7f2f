//! What is wrong with this installation, as far as the data tells: used by `starlight doctor`, which adds what files
//! and configuration tell.

use chrono::NaiveDate;

use super::{Acted, staff_accounts};
use crate::{
    domain::{actor::Call, ids::SchoolId},
    storage::{Db, audit, schools},
};

/// Setting with the address that links and QR codes were last printed with.
pub const PRINTED_URL: &str = "public_url.printed";

/// A clock that is behind the newest audit line by more than this is wrong.
const CLOCK_SLACK: i64 = 5 * 60 * 1000;

/// Something wrong: a key of the texts, with what they need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl Finding {
    /// A finding with one name or number in it.
    pub fn new(key: &'static str, name: &'static str, value: impl Into<String>) -> Self {
        Self {
            key,
            args: vec![(name, value.into())],
        }
    }

    /// A finding that needs nothing.
    pub fn plain(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }
}

/// Looks at every school: somebody who can get in, a term for today or later, the address on printed links; and at
/// the clock against the newest audit line.
pub fn examine(
    db: &mut Db,
    now: i64,
    today: NaiveDate,
    public_url: Option<&str>,
) -> Acted<Vec<Finding>> {
    let mut findings = Vec::new();
    if audit::newest_at(db)?.is_some_and(|at| at > now + CLOCK_SLACK) {
        findings.push(Finding::plain("doctor-clock-behind"));
    }
    let all = schools::all(db)?;
    if all.is_empty() {
        findings.push(Finding::plain("doctor-no-school"));
    }
    for school in all {
        let call = Call::system(SchoolId::new(school.id), now, today);
        let permit = call.actor.run_school()?;
        if staff_accounts::admins(db, &permit, &call)? == 0 {
            findings.push(Finding::new(
                "doctor-no-admin",
                "school",
                school.name.clone(),
            ));
        }
        let terms = schools::terms(db, &call.school)?;
        if !terms.iter().any(|t| t.ends_on >= today) {
            findings.push(Finding::new("doctor-no-term", "school", school.name));
        }
        let printed = schools::setting(db, &call.school, PRINTED_URL)?;
        if let (Some(printed), Some(url)) = (printed, public_url)
            && printed != url
        {
            findings.push(Finding::new("doctor-url-changed", "printed", printed));
        }
    }
    Ok(findings)
}
