//! One school's round from roster to ranking, played on both engines: the same steps, the same digits.
//!
//! PostgreSQL comes from `STARLIGHT_TEST_POSTGRES` (tests/all.sh starts a throwaway server); without it the story on
//! PostgreSQL fails, because a district's engine that nobody tried is not one.

mod correcting;
mod exported;

use std::{collections::HashMap, path::Path, sync::Arc};

use chrono::NaiveDate;
use starlight::{
    actions::{
        Acted, ActionError, family_links, founding, import_roster, import_teachers, imports,
        new_id, publish_round, rounds,
        session::{self, Kind, Origin},
        submit_sheet::{Ratee, Saved, SheetSent, submit_sheet},
        tasks, terms,
    },
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, LinkId, SchoolId, StaffId, StudentId},
        published::{PublishedClass, Ranking},
        refusal::Refusal,
        rubric::Source,
        sheet::Submission,
    },
    exchange::{
        badges_toml, roster,
        table::{ReadOptions, read},
        teachers,
    },
    keys::server_key::KeyRing,
    storage::{DatabaseUrl, Migrate, Store, results, schools, staff, students},
};

const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;
/// 2026-11-23 09:00 in Shanghai.
const NOW: i64 = 1_795_395_600_000;

pub struct Story {
    pub store: Store,
    ring: Arc<KeyRing>,
    pub school: SchoolId,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Story {
    pub fn begin(url: &str) -> Self {
        let ring = Arc::new(KeyRing::fresh().unwrap());
        let store = Store::open(
            &DatabaseUrl::parse(url).unwrap(),
            ring.clone(),
            Migrate::Run,
        )
        .unwrap();
        let story = Self {
            store,
            ring,
            school: SchoolId::new(new_id()),
        };
        let call = story.office();
        story
            .store
            .write_here(move |tx| founding::found(tx, &call, "星光小学", ZONE.name()))
            .unwrap();
        let span = terms::Span {
            name: "2026 秋".into(),
            starts_on: day("2026-09-01"),
            ends_on: day("2027-01-20"),
        };
        let call = story.office();
        story
            .store
            .write_here(move |tx| terms::plan(tx, &call, &span))
            .unwrap();
        story
    }

    pub fn call(&self, actor: Actor) -> Call {
        let origin = Origin {
            now: NOW,
            ip: "127.0.0.1".into(),
            request_id: "story".into(),
            timezone: ZONE,
        };
        origin.call(self.school.clone(), actor)
    }

    fn office(&self) -> Call {
        self.call(Actor::System)
    }

    pub fn import_people(&self) {
        let file = |name: &str| {
            std::fs::read(
                Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("fixtures/small-school")
                    .join(name),
            )
            .unwrap()
        };
        let table = |name: &str| read(name, None, &file(name), &ReadOptions::default()).unwrap();
        let (call, ring) = (self.office(), self.ring.clone());
        let rows = roster::parse(&table("roster.csv"), imports::school_year(&call));
        let again = (call.clone(), ring.clone(), rows.clone());
        let done = self
            .store
            .write_here(move |tx| import_roster::apply(tx, &call, &ring, &rows, false))
            .unwrap();
        assert!(done.done && done.errors.is_empty());
        let (call, ring, rows) = again;
        let twice = self
            .store
            .write_here(move |tx| import_roster::apply(tx, &call, &ring, &rows, false))
            .unwrap();
        assert!(twice.plan.is_empty(), "a roster read twice changes nothing");
        let call = self.office();
        let rows = teachers::parse(&table("teachers.csv"), imports::school_year(&call));
        let plan = self
            .store
            .read_here(|db| import_teachers::report(db, &call, &rows))
            .unwrap()
            .plan;
        let prepared = import_teachers::prepare(&plan).unwrap();
        self.store
            .write_here(move |tx| import_teachers::apply(tx, &call, &rows, &prepared))
            .unwrap();
    }

    /// Everybody of every class hands in all cards of the round; answers follow from the names, so that both engines
    /// see the same.
    fn everybody_rates(&self, round: &str) -> usize {
        let mut sheets = 0;
        for (class, pupils) in self.classes() {
            for (at, pupil) in pupils.iter().enumerate() {
                let me = self.call(Actor::Student {
                    id: pupil.clone(),
                    class: class.clone(),
                });
                sheets += self.rate_all(&me, round, at);
            }
            let call = self.office();
            let ring = self.ring.clone();
            let of = class.clone();
            self.store
                .write_here(move |tx| family_links::issue_links(tx, &ring, &call, &of))
                .unwrap();
            let slips = self
                .store
                .read_here(|db| family_links::slips(db, &self.ring, &self.office(), &class))
                .unwrap();
            for (at, slip) in slips.iter().enumerate().filter(|(at, _)| at % 3 != 0) {
                let student = StudentId::new(slip.child.id.clone());
                let family = Actor::Family {
                    link: LinkId::new(slip.link.id.clone()),
                    student,
                    class: class.clone(),
                };
                sheets += self.rate_all(&self.call(family), round, at);
            }
        }
        for teacher in self.teachers() {
            sheets += self.rate_all(&self.call(teacher), round, 1);
        }
        sheets
    }

    fn rate_all(&self, call: &Call, round: &str, salt: usize) -> usize {
        let cards = self
            .store
            .read_here(|db| tasks::tasks(db, call, round))
            .unwrap();
        for (at, card) in cards.iter().enumerate() {
            let answer = |place: usize, n: usize| {
                u8::try_from(1 + (salt * 7 + at * 3 + place * 5) % n).unwrap()
            };
            let scores = card
                .questions
                .iter()
                .enumerate()
                .map(|(place, q)| (q.indicator.clone(), Some(answer(place, q.anchors.len()))));
            let submission = Submission {
                scores: scores.collect(),
                comment: None,
            };
            let ratee = card.ratee.clone();
            let sent = SheetSent::once(round, card.source, ratee, submission);
            let call = call.clone();
            let saved = self
                .store
                .write_here(move |tx| submit_sheet(tx, &call, sent))
                .unwrap();
            assert_eq!(saved, Saved::Created(1));
        }
        cards.len()
    }

    pub fn classes(&self) -> Vec<(ClassId, Vec<StudentId>)> {
        let call = self.office();
        self.store
            .read_here(|db| {
                let mut found = Vec::new();
                for class in students::classes(db, &call.school)? {
                    let id = ClassId::new(class.id);
                    let pupils = students::of_class(
                        db,
                        &call.actor.see_class(&id)?,
                        &call.school,
                        call.today,
                    )?;
                    found.push((
                        id,
                        pupils.into_iter().map(|s| StudentId::new(s.id)).collect(),
                    ));
                }
                Acted::Ok(found)
            })
            .unwrap()
    }

    fn teachers(&self) -> Vec<Actor> {
        let call = self.office();
        self.store
            .read_here(|db| {
                let permit = call.actor.run_school()?;
                let mut found = Vec::new();
                for account in staff::all(db, &permit, &call.school)? {
                    let id = StaffId::new(account.id);
                    let rows = staff::classes_of(db, &call.school, &id, call.today)?;
                    let mut teaches: Vec<ClassId> = rows
                        .iter()
                        .map(|t| ClassId::new(t.class_id.clone()))
                        .collect();
                    teaches.sort();
                    teaches.dedup();
                    found.push(Actor::Teacher {
                        id,
                        homeroom: vec![],
                        teaches,
                    });
                }
                Acted::Ok(found)
            })
            .unwrap()
    }

    fn publish(&self, round: &str) -> Acted<publish_round::Published> {
        let call = self.office();
        let prepared = self
            .store
            .read_here(|db| publish_round::prepare(db, &call, round, 2))?;
        let rules = badges_toml::built_in().unwrap();
        self.store
            .write_here(move |tx| publish_round::publish(tx, &call, &prepared, &rules))
    }

    fn published(&self, round: &str) -> (Ranking, HashMap<String, PublishedClass>) {
        let call = self.office();
        self.store
            .read_here(|db| {
                let row = results::publication(db, &call.school, round)?.unwrap();
                let permit = call.actor.run_school()?;
                let classes = results::all_results(db, &permit, &call.school, round, row.revision)?;
                let classes = classes.into_iter().map(|c| {
                    let class: PublishedClass = serde_json::from_str(&c.results).unwrap();
                    (class.code.clone(), class)
                });
                Acted::Ok((
                    serde_json::from_str(&row.ranking).unwrap(),
                    classes.collect(),
                ))
            })
            .unwrap()
    }
}

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
