//! A school begins, and accounts come and go.

use starlight::{
    actions::{
        ActionError, founding,
        session::Origin,
        staff_accounts::{self, NewStaff},
        term_votes::read_rubric,
    },
    domain::{ids::StaffId, refusal::Refusal, rubric::Rubric},
    storage::{access, access::SessionRow, duty, staff},
};

use super::school::{NOW, School};

fn origin(now: i64) -> Origin {
    Origin {
        now,
        ip: "127.0.0.1".to_owned(),
        request_id: "r".to_owned(),
        timezone: chrono_tz::Asia::Shanghai,
    }
}

fn teacher(login: &str) -> NewStaff {
    NewStaff {
        login: login.to_owned(),
        name: "王芳".to_owned(),
        admin: false,
    }
}

#[test]
fn a_school_begins_with_the_built_in_rubric_and_a_post_for_each_item() {
    let school = School::open();
    let (rubric, posts) = school.reads(|db, call| {
        let rows = starlight::storage::schools::rubrics(db, &call.school)?;
        let rubric = read_rubric(db, &call.school, &rows[0].id)?;
        Ok((rubric, duty::posts(db, &call.school)?))
    });
    let mut names: Vec<(String, String)> = posts.into_iter().map(|p| (p.name, p.items)).collect();
    names.sort();
    let built_in = Rubric::built_in();
    let items = built_in.items.iter();
    let mut expected: Vec<(String, String)> =
        items.map(|i| (i.name.clone(), i.id.clone())).collect();
    expected.sort();
    assert_eq!(names, expected);
    assert_eq!(names.len(), 6);
    assert_eq!(rubric.weights, built_in.weights);
}

#[test]
fn a_set_up_address_makes_one_administrator_within_an_hour() {
    let school = School::open();
    let machine =
        starlight::domain::actor::Call::system(school.id.clone(), NOW, school.call().today);
    let token = school
        .store
        .write_here(move |tx| founding::open_setup(tx, &machine))
        .unwrap();
    let hash = token.hash().hex();
    let set_up = |now: i64, hash: &str, login: &str| {
        let (hash, login) = (hash.to_owned(), login.to_owned());
        school.store.write_here(move |tx| {
            founding::set_up_first_admin(tx, &origin(now), &hash, &login, "李主任", "a hash")
        })
    };
    let expired = |outcome: Result<_, ActionError>| {
        matches!(outcome, Err(ActionError::Refused(Refusal::Expired)))
    };
    assert!(expired(set_up(NOW + 3_600_000, &hash, "late")));
    assert!(expired(set_up(NOW, token.reveal(), "by.token.not.hash")));
    let admin = set_up(NOW + 3_599_999, &hash, "boss").unwrap();
    assert_eq!((admin.role.as_str(), admin.must_change), ("admin", false));
    assert!(expired(set_up(NOW + 1, &hash, "again")));
}

#[test]
fn a_disabled_or_reset_account_loses_its_sessions() {
    let school = School::open();
    let row = school
        .does(|tx, call| staff_accounts::add_staff(tx, call, &teacher("wang.fang"), "first"))
        .unwrap();
    let id = StaffId::new(row.id.clone());
    for (session, disable) in [("s1", false), ("s2", true)] {
        let (school_id, subject, account) = (school.id.to_string(), row.id.clone(), id.clone());
        school
            .does(move |tx, call| {
                let begun = SessionRow {
                    school_id,
                    id: session.to_owned(),
                    kind: "teacher".to_owned(),
                    subject_id: subject,
                    class_id: None,
                    created_at: NOW,
                    seen_at: NOW,
                    proved_at: NOW,
                    expires_at: NOW + 1000,
                    revoked_at: None,
                    device: String::new(),
                };
                access::add_session(tx, &begun)?;
                match disable {
                    true => staff_accounts::disable_staff(tx, call, &account),
                    false => staff_accounts::reset_password(tx, call, &account, "second"),
                }
            })
            .unwrap();
        let ended = school.reads(|db, _| Ok(access::session(db, session)?.unwrap().revoked_at));
        assert_eq!(ended, Some(NOW), "{session}");
    }
    let now = school.reads(|db, call| Ok(staff::get(db, &call.school, &id)?));
    assert_eq!(
        (now.password_hash.as_str(), now.must_change),
        ("second", true)
    );
    assert_eq!(now.disabled_at, Some(NOW));
}

#[test]
fn the_last_administrator_stays_and_logins_are_judged() {
    let school = School::open();
    let office = school.office.clone();
    let last = school.does(move |tx, call| staff_accounts::disable_staff(tx, call, &office));
    assert!(
        matches!(last, Err(ActionError::Refused(Refusal::Invalid(key))) if key == "last-admin")
    );
    let add = |login: &str| {
        let new = teacher(login);
        school.does(move |tx, call| staff_accounts::add_staff(tx, call, &new, "h"))
    };
    assert!(matches!(
        add("office"),
        Err(ActionError::Refused(Refusal::Taken(_)))
    ));
    for bad in ["", "x", "two words", "中文", &"x".repeat(65)] {
        let outcome = add(bad);
        assert!(
            matches!(outcome, Err(ActionError::Refused(Refusal::Invalid(_)))),
            "{bad}"
        );
    }
}
