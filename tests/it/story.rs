//! One school's round from roster to ranking, played on both engines: the same steps, the same digits.
//!
//! PostgreSQL comes from `STARLIGHT_TEST_POSTGRES` (tests/all.sh starts a throwaway server); without it the story on
//! PostgreSQL fails, because a district's engine that nobody tried is not one.

mod comments;
mod correcting;
mod exported;
mod school;

use std::collections::HashMap;

use starlight::{
    actions::{
        Acted, ActionError, founding, new_id, rounds,
        session::{self, Kind, Origin},
        submit_sheet::{Ratee, Saved, SheetSent, submit_sheet},
        terms,
    },
    domain::{
        actor::Actor,
        ids::{SchoolId, StudentId},
        published::{PublishedClass, Ranking},
        refusal::Refusal,
        rubric::Source,
        sheet::Submission,
    },
    storage::{DatabaseUrl, Store, schools, students},
};

pub use school::Story;
use school::{NOW, ZONE, day};

fn new_round(name: &str) -> rounds::NewRound {
    rounds::NewRound {
        name: name.into(),
        starts_on: day("2026-11-23"),
        ends_on: day("2026-11-27"),
        classes: vec![],
    }
}

fn play(url: &str) -> (Ranking, HashMap<String, PublishedClass>) {
    let story = Story::begin(url);
    story.import_people();
    let call = story.office();
    let round = story
        .store
        .write_here(move |tx| rounds::create(tx, &call, &new_round("2026-R01")))
        .unwrap()
        .id;
    let (call, id) = (story.office(), round.clone());
    story
        .store
        .write_here(move |tx| rounds::open(tx, &call, &id))
        .unwrap();
    let sheets = story.everybody_rates(&round);
    assert!(sheets > 300, "{sheets}");
    a_foreign_child_is_refused(&story, &round);

    let (call, id) = (story.office(), round.clone());
    story
        .store
        .write_here(move |tx| rounds::close(tx, &call, &id))
        .unwrap();
    assert!(matches!(
        late_sheet(&story, &round),
        Err(ActionError::Refused(Refusal::RoundNotOpen))
    ));
    let first = story.publish(&round).unwrap();
    assert!(first.awarded > 0);
    assert!(
        matches!(
            story.publish(&round),
            Err(ActionError::Refused(Refusal::WrongState))
        ),
        "published once"
    );
    exported::files_give_the_same_digits(&story, &round);
    correcting::a_sheet_is_put_right_and_back(&story, &round);
    correcting::something_is_not_right(&story, &round);
    correcting::extra_days_are_kept(&story, &round);
    let call = story.office();
    let held = story
        .store
        .read_here(|db| starlight::storage::audit::verify(db, &story.ring, &call.school))
        .unwrap();
    assert!(held.is_ok(), "{held:?}");
    sessions_end(&story);
    story.published(&round)
}

fn late_sheet(story: &Story, round: &str) -> Acted<Saved> {
    let (class, pupils) = story.classes().remove(0);
    let me = story.call(Actor::Student {
        id: pupils[0].clone(),
        class,
    });
    let own = Ratee::Student(pupils[0].clone());
    let sent = SheetSent::once(round, Source::SelfRating, own, Submission::default());
    story
        .store
        .write_here(move |tx| submit_sheet(tx, &me, sent))
}

fn a_foreign_child_is_refused(story: &Story, round: &str) {
    let classes = story.classes();
    let (class, pupils) = &classes[0];
    let (_, others) = &classes[1];
    let me = story.call(Actor::Student {
        id: pupils[0].clone(),
        class: class.clone(),
    });
    let about = |ratee: &StudentId, source| {
        let ratee = Ratee::Student(ratee.clone());
        let sent = SheetSent::once(round, source, ratee, Submission::default());
        let me = me.clone();
        story
            .store
            .write_here(move |tx| submit_sheet(tx, &me, sent))
    };
    let refused = |saved: Acted<Saved>, expected: &Refusal| match saved {
        Err(ActionError::Refused(refusal)) => assert_eq!(&refusal, expected),
        other => panic!("{other:?}"),
    };
    refused(about(&others[0], Source::Peer), &Refusal::NotFound);
    refused(about(&pupils[0], Source::Peer), &Refusal::NotYourRatee);
    refused(
        about(&pupils[1], Source::SelfRating),
        &Refusal::NotYourRatee,
    );
}

fn sessions_end(story: &Story) {
    let (class, pupils) = story.classes().remove(0);
    let me = story.call(Actor::Student {
        id: pupils[0].clone(),
        class: class.clone(),
    });
    let origin = Origin {
        now: NOW,
        ip: String::new(),
        request_id: String::new(),
        timezone: ZONE,
    };
    let (call, id) = (me.clone(), pupils[0].to_string());
    let session = story
        .store
        .write_here(move |tx| {
            session::begin(tx, &call, Kind::Student, &id, Some(class.as_str()), "test")
        })
        .unwrap();
    let seen = story
        .store
        .read_here(|db| session::see(db, &origin, &session))
        .unwrap();
    assert_eq!(seen.call.actor.kind(), "student");
    let idle = Origin {
        now: NOW + 20 * 60_000,
        ..origin.clone()
    };
    let over = story
        .store
        .read_here(|db| session::see(db, &idle, &session));
    assert!(matches!(
        over,
        Err(ActionError::Refused(Refusal::SignedOut))
    ));
    story
        .store
        .write_here(move |tx| session::end(tx, &seen))
        .unwrap();
    let ended = story
        .store
        .read_here(|db| session::see(db, &origin, &session));
    assert!(matches!(
        ended,
        Err(ActionError::Refused(Refusal::SignedOut))
    ));
}

#[test]
fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let (ranking, classes) = play(&format!(
        "sqlite:{}",
        folder.path().join("story.db").display()
    ));
    assert_eq!((ranking.round.len(), classes.len()), (3, 3));
}

/// A schema of its own on the throwaway server.
pub fn postgres() -> String {
    let server = std::env::var("STARLIGHT_TEST_POSTGRES").expect(
        "STARLIGHT_TEST_POSTGRES names no server: run `bash tests/all.sh`, which starts one",
    );
    let schema = format!("story_{}", new_id().replace('-', ""));
    let plain = Store::prepare_schema(&DatabaseUrl::parse(&server).unwrap(), &schema);
    plain.unwrap();
    let joint = if server.contains('?') { '&' } else { '?' };
    format!("{server}{joint}options=-csearch_path%3D{schema}")
}

/// Who rates whom and what is asked follow from random ids and seeds, so that two plays differ; what must not differ is
/// what the server published and what `score` makes of the exported files, which `play` compares on each engine.
#[test]
fn on_postgresql() {
    let (ranking, classes) = play(&postgres());
    assert_eq!((ranking.round.len(), classes.len()), (3, 3));
}

#[test]
fn a_second_school_in_the_same_database_sees_nothing_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("two.db").display());
    let first = Story::begin(&url);
    first.import_people();
    let second = Story {
        store: first.store.clone(),
        ring: first.ring.clone(),
        school: SchoolId::new(new_id()),
    };
    let call = second.office();
    second
        .store
        .write_here(move |tx| founding::found(tx, &call, "第二小学", ZONE.name()))
        .unwrap();
    assert!(second.classes().is_empty());
    let span = terms::Span {
        name: "2026 秋".into(),
        starts_on: day("2026-09-01"),
        ends_on: day("2027-01-20"),
    };
    let call = second.office();
    second
        .store
        .write_here(move |tx| terms::plan(tx, &call, &span))
        .unwrap();
    second.import_people();
    assert_eq!(
        second.classes().len(),
        3,
        "equal numbers and names in both schools"
    );
    let (class, pupils) = first.classes().remove(0);
    let stranger = second.call(Actor::Student {
        id: pupils[0].clone(),
        class,
    });
    let seen = second.store.read_here(|db| {
        let row = students::class_on(db, &stranger.school, &pupils[0], stranger.today);
        Acted::Ok(row.is_ok())
    });
    assert!(!seen.unwrap());
    assert_eq!(second.store.read_here(schools::all).unwrap().len(), 2);
}
