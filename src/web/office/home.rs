//! `GET /a`: the round that runs and what is left to set up.

use actix_web::HttpResponse;

use super::rounds;
use crate::{
    actions::office_facts::{self, HomeFacts},
    screens::office::{Alert, OfficeHome, SetupStep, step_href},
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// `GET /a`.
pub async fn home(visit: Visit) -> Result<HttpResponse, Failure> {
    let (seen, facts) = visit
        .read(Door::Staff, |db, seen| office_facts::home(db, &seen.call))
        .await?;
    let alerts = address_alert(&visit.app.public_url);
    visit.page(&seen, &view(facts, alerts.into_iter().collect()))
}

/// An address that no phone can reach would be printed on every slip.
fn address_alert(address: &str) -> Option<Alert> {
    let inside = ["", "127.", "localhost", "[::1]", "0.0.0.0"];
    let host = address.split("://").nth(1).unwrap_or("");
    let lost = host.is_empty() || inside.iter().any(|i| !i.is_empty() && host.starts_with(i));
    lost.then(|| Alert {
        key: "address",
        count: 0,
        name: address.to_owned(),
        href: "/a/screens".to_owned(),
    })
}

fn view(facts: HomeFacts, alerts: Vec<Alert>) -> OfficeHome {
    let steps = steps(&facts);
    OfficeHome {
        school_name: facts.school_name,
        steps_done: u32::try_from(steps.iter().filter(|s| s.done).count()).unwrap_or(0),
        steps,
        round: facts.round.map(rounds::row),
        alerts,
        week: facts.week,
        classes: facts.classes,
        students: facts.students,
        teachers: facts.teachers,
    }
}

fn steps(facts: &HomeFacts) -> Vec<SetupStep> {
    let all = |count: u32, of: u32| of > 0 && count >= of;
    let done = [
        ("school", true, 0, 0),
        ("term", facts.term.is_some(), 0, 0),
        ("teachers", facts.teachers > 0, facts.teachers, 0),
        ("roster", facts.students > 0, facts.students, 0),
        (
            "consent",
            all(facts.with_consent, facts.students),
            facts.with_consent,
            facts.students,
        ),
        (
            "windows",
            all(facts.homerooms, facts.classes),
            facts.homerooms,
            facts.classes,
        ),
        ("round", facts.any_round, 0, 0),
        ("screens", facts.screens > 0, facts.screens, 0),
    ];
    let first = done.iter().position(|(_, done, ..)| !done);
    let step = |(at, (key, done, count, of)): (usize, (&'static str, bool, u32, u32))| SetupStep {
        key,
        done,
        now: Some(at) == first,
        count,
        of,
        href: step_href(key).to_owned(),
    };
    done.into_iter().enumerate().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::address_alert;

    #[test]
    fn only_addresses_that_stay_inside_the_machine_are_warned_of() {
        let check = |address: &str, warned| {
            assert_eq!(address_alert(address).is_some(), warned, "{address}");
        };
        check("http://127.0.0.1:8080", true);
        check("http://localhost", true);
        check("", true);
        check("http://192.168.1.10:8080", false);
        check("https://star.school.cn", false);
    }
}
