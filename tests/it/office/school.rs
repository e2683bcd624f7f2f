//! A small school for the office's tests: three classes of twelve in grade 3, four teachers, rounds that are filled in
//! by a fixed rule and published.

use std::sync::Arc;

use chrono::NaiveDate;
use starlight::{
    actions::{
        ActionError, founding, new_id, publish_round, rounds,
        staff_accounts::{self, NewStaff},
        terms,
    },
    domain::{
        actor::{Actor, Call},
        ids::{SchoolId, StaffId},
        round::Drawn,
        rubric::{Of, Source},
        sheet::{Answers, Form},
    },
    exchange::badges_toml,
    keys::server_key::KeyRing,
    storage::{
        AuditKeys, DatabaseUrl, Db, Migrate, Store, Tx, rounds as round_rows, schools, sheets,
        sheets::SheetRow,
        staff,
        staff::TeachingRow,
        students,
        students::{ClassRow, EnrolmentRow, StudentRow},
    },
};
use tempfile::TempDir;

pub const CLASSES: i32 = 3;
pub const PUPILS: i32 = 12;
/// 2026-11-02 08:00 UTC.
pub const NOW: i64 = 1_793_606_400_000;

pub struct School {
    pub folder: TempDir,
    pub url: DatabaseUrl,
    pub keys: AuditKeys,
    pub store: Store,
    pub id: SchoolId,
    pub office: StaffId,
    pub term: String,
}

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

pub fn span(name: &str, from: NaiveDate, to: NaiveDate) -> terms::Span {
    terms::Span {
        name: name.to_owned(),
        starts_on: from,
        ends_on: to,
    }
}

impl School {
    /// Founded, with people and a term from September to January.
    pub fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("starlight.db");
        let url = format!("sqlite:{}", path.display());
        Self::open_on(&url, folder)
    }

    /// The same on any database.
    pub fn open_on(url: &str, folder: TempDir) -> Self {
        let url = DatabaseUrl::parse(url).unwrap();
        let keys: AuditKeys = Arc::new(KeyRing::fresh().unwrap());
        let store = Store::open(&url, keys.clone(), Migrate::Run).unwrap();
        let id = SchoolId::new(new_id());
        let machine = Call::system(id.clone(), NOW, day(11, 2));
        let (office, term) = store.write_here(move |tx| begin(tx, &machine)).unwrap();
        Self {
            folder,
            url,
            keys,
            store,
            id,
            office,
            term,
        }
    }

    pub fn call(&self) -> Call {
        let actor = Actor::Office(self.office.clone());
        Call {
            actor,
            ..Call::system(self.id.clone(), NOW, day(11, 2))
        }
    }

    /// The office does something.
    pub fn does<T, F>(&self, work: F) -> Result<T, ActionError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>, &Call) -> Result<T, ActionError> + Send + 'static,
    {
        let call = self.call();
        self.store.write_here(move |tx| work(tx, &call))
    }

    /// Something is read.
    pub fn reads<T>(&self, work: impl FnOnce(&mut Db, &Call) -> Result<T, ActionError>) -> T {
        let call = self.call();
        self.store.read_here(|db| work(db, &call)).unwrap()
    }

    /// A round of one day that everybody fills in, then published. `number` decides the answers.
    pub fn publishes_round(&self, number: u32) -> String {
        let id = self.opens_round(number);
        let round = id.clone();
        self.does(move |tx, call| {
            fill(tx, call, &round, number)?;
            rounds::close(tx, call, &round)
        })
        .unwrap();
        let prepared = self.reads(|db, call| publish_round::prepare(db, call, &id, 1));
        let rules = badges_toml::built_in().unwrap();
        self.does(move |tx, call| publish_round::publish(tx, call, &prepared, &rules))
            .unwrap();
        id
    }

    pub fn opens_round(&self, number: u32) -> String {
        let new = rounds::NewRound {
            name: format!("R{number}"),
            starts_on: day(10, number),
            ends_on: day(10, number),
            classes: Vec::new(),
        };
        let made = self.does(move |tx, call| {
            let round = rounds::create(tx, call, &new)?;
            rounds::open(tx, call, &round.id)
        });
        made.unwrap().id
    }
}

fn begin(tx: &mut Tx<'_>, call: &Call) -> Result<(StaffId, String), ActionError> {
    founding::found(tx, call, "向阳小学", "Asia/Shanghai")?;
    let office = NewStaff {
        login: "office".to_owned(),
        name: "德育处".to_owned(),
        admin: true,
    };
    let office = staff_accounts::add_staff(tx, call, &office, "no hash")?.id;
    let term = terms::plan(tx, call, &span("2026 autumn", day(9, 1), day(12, 31)))?.id;
    let permit = call.actor.run_school()?;
    for number in 1..=CLASSES {
        let class = ClassRow {
            school_id: call.school.to_string(),
            id: new_id(),
            cohort: 2024,
            number,
            door: format!("door{number}"),
        };
        students::add_class(tx, &permit, &class)?;
        let teacher = NewStaff {
            login: format!("teacher{number}"),
            name: format!("老师{number}"),
            admin: false,
        };
        let teacher = staff_accounts::add_staff(tx, call, &teacher, "no hash")?;
        let teaching = TeachingRow {
            school_id: call.school.to_string(),
            id: new_id(),
            staff_id: teacher.id,
            class_id: class.id.clone(),
            role: "homeroom".to_owned(),
            subject: String::new(),
            starts_on: day(9, 1),
            ends_on: None,
        };
        staff::add_teaching(tx, &permit, &teaching)?;
        for seat in 1..=PUPILS {
            enrol(tx, call, &class, seat)?;
        }
    }
    Ok((StaffId::new(office), term))
}

fn enrol(tx: &mut Tx<'_>, call: &Call, class: &ClassRow, seat: i32) -> Result<(), ActionError> {
    let permit = call.actor.run_school()?;
    let student = StudentRow {
        school_id: call.school.to_string(),
        id: new_id(),
        student_no: format!("2024{:02}{seat:02}", class.number),
        name: format!("学生{}-{seat}", class.number),
        pinyin: String::new(),
        sex: String::new(),
        seat: Some(seat),
        avatar: 0,
        pin_epoch: 0,
        pin_kind: "pictures".to_owned(),
        pin_key: String::new(),
        pin_tag: String::new(),
        consent: "consented".to_owned(),
        consent_on: day(9, 1),
    };
    students::add(tx, &permit, &student)?;
    let stay = EnrolmentRow {
        school_id: call.school.to_string(),
        id: new_id(),
        student_id: student.id,
        class_id: class.id.clone(),
        starts_on: day(9, 1),
        ends_on: None,
        reason: "enter".to_owned(),
    };
    students::enrol(tx, &permit, &stay)?;
    Ok(())
}

/// Every child about itself and its classmates, the teacher about every child: answers by a fixed rule.
fn fill(tx: &mut Tx<'_>, call: &Call, round: &str, number: u32) -> Result<(), ActionError> {
    let permit = call.actor.run_school()?;
    let pairs = round_rows::assignments(tx, &permit, &call.school, round)?;
    let teaching = staff::teaching_between(tx, &permit, &call.school, call.today, call.today)?;
    for part in round_rows::classes_of(tx, &call.school, round)? {
        let drawn: Drawn = serde_json::from_str(&part.drawn).unwrap();
        let class = starlight::domain::ids::ClassId::new(part.class_id.clone());
        let pupils =
            students::of_class(tx, &call.actor.see_class(&class)?, &call.school, call.today)?;
        let teacher = teaching
            .iter()
            .find(|t| t.class_id == part.class_id)
            .unwrap();
        for (at, pupil) in (0u32..).zip(&pupils) {
            let peers = pairs.iter().filter(|p| p.ratee_id == pupil.id);
            let mut raters: Vec<(Source, &str)> =
                peers.map(|p| (Source::Peer, p.rater_id.as_str())).collect();
            raters.push((Source::SelfRating, &pupil.id));
            raters.push((Source::Teacher, &teacher.staff_id));
            for (nth, (source, rater)) in (0u32..).zip(raters) {
                let form = Form::of(&drawn, part.grade, Of::Student, source);
                let answer = |question: &starlight::domain::sheet::Question, q: u32| {
                    let class =
                        u32::try_from(part.grade).unwrap() + u32::from(part.code.as_bytes()[2]);
                    let mixed = at * 7 + nth * 5 + q * 3 + number * 11 + class * 13 + at * nth;
                    1 + u8::try_from(mixed % u32::from(question.anchors)).unwrap()
                };
                let answers = form.questions.iter().zip(0u32..);
                let answers = answers
                    .map(|(question, q)| (question.indicator.clone(), Some(answer(question, q))));
                sheets::add(
                    tx,
                    &SheetRow {
                        school_id: call.school.to_string(),
                        round_id: round.to_owned(),
                        ratee_id: pupil.id.clone(),
                        source: source.name().to_owned(),
                        rater_id: rater.to_owned(),
                        class_id: part.class_id.clone(),
                        answers: Answers(answers.collect()).pack(),
                        comment: String::new(),
                        seconds: Some(30),
                        version: 1,
                        from_paper: false,
                        saved_at: call.now,
                        stamp: 0,
                    },
                )?;
            }
        }
    }
    tx.record(call, "test.fill", round, "")?;
    Ok(())
}

/// Everything published, as stored: publications and classes' results in full.
pub fn published(school: &School) -> Vec<String> {
    school.reads(|db, call| {
        let permit = call.actor.run_school()?;
        let mut all = Vec::new();
        for round in round_rows::all(db, &call.school)? {
            let row = starlight::storage::results::publication(db, &call.school, &round.id)?;
            let revision = row.as_ref().map_or(0, |r| r.revision);
            let mut classes = starlight::storage::results::all_results(
                db,
                &permit,
                &call.school,
                &round.id,
                revision,
            )?;
            classes.sort_by(|a, b| a.class_id.cmp(&b.class_id));
            all.push(format!("{row:?} {classes:?}"));
        }
        Ok(all)
    })
}

/// The versions of the rubric and which one the term goes by.
pub fn term_rubric(school: &School) -> String {
    let term = school.term.clone();
    school.reads(move |db, call| Ok(schools::term(db, &call.school, &term)?.rubric_id))
}
