//! The school of the story and what its people do.

use std::{collections::HashMap, path::Path, sync::Arc};

use chrono::NaiveDate;
use starlight::{
    actions::{
        Acted, consent, family_links, founding, import_roster, import_teachers, imports, new_id,
        publish_round,
        session::Origin,
        submit_sheet::{Saved, SheetSent, submit_sheet},
        tasks, terms,
    },
    domain::{
        actor::{Actor, Call},
        home_rights::NOTICE,
        ids::{ClassId, LinkId, SchoolId, StaffId, StudentId},
        published::{PublishedClass, Ranking},
        sheet::Submission,
    },
    exchange::{
        badges_toml, roster,
        table::{ReadOptions, read},
        teachers,
    },
    keys::server_key::KeyRing,
    storage::{DatabaseUrl, Migrate, Store, results, staff, students},
};

pub const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;
/// 2026-11-23 09:00 in Shanghai.
pub const NOW: i64 = 1_795_395_600_000;

pub struct Story {
    pub store: Store,
    pub ring: Arc<KeyRing>,
    pub school: SchoolId,
}

pub fn day(text: &str) -> NaiveDate {
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

    pub fn office(&self) -> Call {
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
    pub fn everybody_rates(&self, round: &str) -> usize {
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
                sheets += self.rate_all(&self.agreeing(family), round, at);
            }
        }
        for teacher in self.teachers() {
            sheets += self.rate_all(&self.call(teacher), round, 1);
        }
        sheets
    }

    /// A family that has agreed to the notice, which it does the first time it opens its link.
    fn agreeing(&self, family: Actor) -> Call {
        let call = self.call(family);
        let of = call.clone();
        self.store
            .write_here(move |tx| match consent::is_asked(tx, &of)? {
                true => consent::decide(tx, &of, true, NOTICE),
                false => Ok(tx.record(&of, "test", "", "")?),
            })
            .unwrap();
        call
    }

    pub fn rate_all(&self, call: &Call, round: &str, salt: usize) -> usize {
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

    pub fn teachers(&self) -> Vec<Actor> {
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

    pub fn publish(&self, round: &str) -> Acted<publish_round::Published> {
        let call = self.office();
        let prepared = self
            .store
            .read_here(|db| publish_round::prepare(db, &call, round, 2))?;
        let rules = badges_toml::built_in().unwrap();
        self.store
            .write_here(move |tx| publish_round::publish(tx, &call, &prepared, &rules))
    }

    pub fn published(&self, round: &str) -> (Ranking, HashMap<String, PublishedClass>) {
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
