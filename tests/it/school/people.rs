//! Fills a database: a term, classes, people with their sessions, rounds.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use starlight::{
    actions::{
        Acted, ActionError, founding, new_id, publish_round, rounds,
        rounds::NewRound,
        session::{self, Kind, Origin},
        submit_sheet::{SheetSent, submit_sheet},
        tasks, terms,
    },
    domain::{
        actor::{Actor, Call, SchoolPermit},
        calendar::SchoolYear,
        ids::{ClassId, SchoolId},
        sheet::Submission,
    },
    keys::{mac, password, token::Token},
    storage::{
        Store, Tx, access,
        access::LinkRow,
        displays,
        displays::ScreenRow,
        staff,
        staff::{StaffRow, TeachingRow},
        students,
        students::{ClassRow, EnrolmentRow, StudentRow},
    },
};

use super::{People, School, SignedIn, Stage, ZONE, now, today};

/// The password of every member of staff.
pub const PASSWORD: &str = "lanterns over the river";
/// The office's second factor.
pub const TOTP: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

pub async fn settle(store: &Store, plan: School) -> People {
    let school = SchoolId::new(new_id());
    let call = Call::system(school.clone(), now(), today());
    let hash = hash();
    let mut people = {
        let (call, classes) = (call.clone(), plan.classes.clone());
        let written = store.write(move |tx| Settler::new(call).everybody(tx, &classes, &hash));
        written.await.unwrap()
    };
    for (name, stage, only) in plan.rounds {
        let wanted: Vec<ClassId> = only.iter().map(|code| people.class_id(code)).collect();
        let id = hold(store, &call, &people, &name, stage, wanted).await;
        people.rounds.insert(name, id);
    }
    people
}

/// One hash for all tests: making it is slow on purpose.
fn hash() -> String {
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HASH.get_or_init(|| password::hash(PASSWORD).unwrap())
        .clone()
}

struct Settler {
    call: Call,
    permit: SchoolPermit,
    people: People,
}

impl Settler {
    fn new(call: Call) -> Self {
        Self {
            permit: Actor::System.run_school().unwrap(),
            people: People {
                school: call.school.clone(),
                classes: BTreeMap::new(),
                students: BTreeMap::new(),
                rounds: BTreeMap::new(),
                staff: BTreeMap::new(),
                sessions: BTreeMap::new(),
            },
            call,
        }
    }

    fn everybody(
        mut self,
        tx: &mut Tx<'_>,
        classes: &[(String, usize)],
        hash: &str,
    ) -> Acted<People> {
        founding::found(tx, &self.call, "Lantern School", ZONE.name())?;
        let today = self.call.today;
        let span = terms::Span {
            name: "this term".to_owned(),
            starts_on: today,
            ends_on: today + Days::new(100),
        };
        let term = terms::plan(tx, &self.call, &span)?.id;
        self.staff(tx, "office", "admin", hash, None)?;
        self.staff(tx, "gone", "teacher", hash, Some(self.call.now))?;
        self.screen(tx, "hall", None)?;
        for (code, children) in classes {
            let class = self.class(tx, code)?;
            for (role, login) in [("homeroom", 'h'), ("subject", 's')] {
                let login = format!("{login}{code}");
                let id = self.staff(tx, &login, "teacher", hash, None)?;
                self.teaches(tx, &id, &class, role)?;
            }
            self.screen(tx, code, Some(&class))?;
            for seat in 1..=*children {
                self.child(tx, &format!("{code}{seat:02}"), &class, &term)?;
            }
        }
        Ok(self.people)
    }

    fn school(&self) -> String {
        self.call.school.to_string()
    }

    fn signs_in(
        &mut self,
        tx: &mut Tx<'_>,
        who: &str,
        kind: Kind,
        subject: &str,
        place: Option<&str>,
    ) -> Acted<()> {
        let session = session::begin(tx, &self.call, kind, subject, place, "test")?;
        let entry = SignedIn {
            kind,
            subject: subject.to_owned(),
            session,
            token: None,
        };
        self.people.sessions.insert(who.to_owned(), entry);
        Ok(())
    }

    fn staff(
        &mut self,
        tx: &mut Tx<'_>,
        login: &str,
        role: &str,
        hash: &str,
        disabled_at: Option<i64>,
    ) -> Acted<String> {
        let id = new_id();
        let office = role == "admin";
        let row = StaffRow {
            school_id: self.school(),
            id: id.clone(),
            login: login.to_owned(),
            name: format!("Teacher {login}"),
            role: role.to_owned(),
            password_hash: hash.to_owned(),
            must_change: false,
            totp_secret: office.then(|| TOTP.to_owned()),
            totp_last_step: 0,
            recovery: String::new(),
            disabled_at,
            created_at: self.call.now,
        };
        staff::add(tx, &self.permit, &row)?;
        self.people.staff.insert(login.to_owned(), id.clone());
        let kind = if office { Kind::Office } else { Kind::Teacher };
        self.signs_in(tx, login, kind, &id, None)?;
        Ok(id)
    }

    fn teaches(&self, tx: &mut Tx<'_>, staff: &str, class: &str, role: &str) -> Acted<()> {
        let row = TeachingRow {
            school_id: self.school(),
            id: new_id(),
            staff_id: staff.to_owned(),
            class_id: class.to_owned(),
            role: role.to_owned(),
            subject: String::new(),
            starts_on: self.begun(),
            ends_on: None,
        };
        Ok(staff::add_teaching(tx, &self.permit, &row)?)
    }

    fn begun(&self) -> NaiveDate {
        self.call.today - Days::new(20)
    }

    fn class(&mut self, tx: &mut Tx<'_>, code: &str) -> Acted<String> {
        let code_number: u32 = code.parse().unwrap();
        let (grade, number) = (code_number / 100, code_number % 100);
        let cohort = SchoolYear::of(self.call.today).cohort(grade).unwrap();
        let id = new_id();
        let row = ClassRow {
            school_id: self.school(),
            id: id.clone(),
            cohort,
            number: i32::try_from(number).unwrap(),
            door: new_id(),
        };
        students::add_class(tx, &self.permit, &row)?;
        self.people.classes.insert(code.to_owned(), id.clone());
        Ok(id)
    }

    fn screen(&mut self, tx: &mut Tx<'_>, place: &str, class: Option<&str>) -> Acted<()> {
        let id = new_id();
        let row = ScreenRow {
            school_id: self.school(),
            id: id.clone(),
            name: place.to_owned(),
            kind: if class.is_some() { "classroom" } else { "hall" }.to_owned(),
            class_id: class.map(str::to_owned),
            paired_by: "test".to_owned(),
            paired_at: self.call.now,
            revoked_at: None,
        };
        displays::add_screen(tx, &Actor::System.run_displays(None)?, &row)?;
        let token = Token::fresh().unwrap();
        let session = token.hash().hex();
        session::begin_as(tx, &self.call, Kind::Screen, &id, None, "test", &session)?;
        let entry = SignedIn {
            kind: Kind::Screen,
            subject: id,
            session,
            token: Some(token.reveal().to_owned()),
        };
        let who = format!("screen {place}");
        self.people.sessions.insert(who, entry);
        Ok(())
    }

    fn child(&mut self, tx: &mut Tx<'_>, no: &str, class: &str, term: &str) -> Acted<()> {
        let id = new_id();
        let seat = no.get(3..).and_then(|seat| seat.parse().ok());
        let row = StudentRow {
            school_id: self.school(),
            id: id.clone(),
            student_no: no.to_owned(),
            name: format!("Child {no}"),
            pinyin: String::new(),
            sex: String::new(),
            seat,
            avatar: 0,
            pin_epoch: 0,
            pin_kind: "pictures".to_owned(),
            pin_key: String::new(),
            pin_tag: String::new(),
            consent: "consented".to_owned(),
            consent_on: self.begun(),
        };
        students::add(tx, &self.permit, &row)?;
        let stay = EnrolmentRow {
            school_id: self.school(),
            id: new_id(),
            student_id: id.clone(),
            class_id: class.to_owned(),
            starts_on: self.begun(),
            ends_on: None,
            reason: "enter".to_owned(),
        };
        students::enrol(tx, &self.permit, &stay)?;
        self.people.students.insert(no.to_owned(), id.clone());
        let who = format!("student {no}");
        self.signs_in(tx, &who, Kind::Student, &id, Some(class))?;
        self.family(tx, no, &id, class, term)
    }

    fn family(
        &mut self,
        tx: &mut Tx<'_>,
        no: &str,
        student: &str,
        class: &str,
        term: &str,
    ) -> Acted<()> {
        let id = new_id();
        let row = LinkRow {
            school_id: self.school(),
            id: id.clone(),
            student_id: student.to_owned(),
            term_id: term.to_owned(),
            nonce: String::new(),
            key_id: String::new(),
            token_hash: mac::hex(&mac::sha256(id.as_bytes())),
            issued_by: "test".to_owned(),
            issued_at: self.call.now,
            expires_at: self.call.now + 86_400_000,
            revoked_at: None,
        };
        let permit = Actor::System.lead_class(&ClassId::new(class))?;
        access::add_link(tx, &permit, &row)?;
        self.signs_in(tx, &format!("family {no}"), Kind::Family, &id, None)
    }
}

/// Brings a round to its stage; everybody answers before it is closed.
async fn hold(
    store: &Store,
    call: &Call,
    people: &People,
    name: &str,
    stage: Stage,
    classes: Vec<ClassId>,
) -> String {
    let new = NewRound {
        name: name.to_owned(),
        starts_on: call.today,
        ends_on: call.today + Days::new(7),
        classes,
    };
    let (by, raters) = (call.clone(), raters(people));
    let written = store.write(move |tx| {
        let id = rounds::create(tx, &by, &new)?.id;
        if stage != Stage::Draft {
            rounds::open(tx, &by, &id)?;
        }
        if matches!(stage, Stage::Closed | Stage::Published) {
            for rater in raters {
                answer_all(tx, &by, rater, &id)?;
            }
            rounds::close(tx, &by, &id)?;
        }
        Ok::<_, ActionError>(id)
    });
    let id = written.await.unwrap();
    if stage == Stage::Published {
        let (by, round) = (call.clone(), id.clone());
        let prepared = store.read(move |db| publish_round::prepare(db, &by, &round, 1));
        let (by, prepared) = (call.clone(), prepared.await.unwrap());
        let rules = crate::school::rules();
        let done = store.write(move |tx| publish_round::publish(tx, &by, &prepared, &rules));
        done.await.unwrap();
    }
    id
}

/// The sessions of everybody who rates.
fn raters(people: &People) -> Vec<String> {
    let rating = [Kind::Teacher, Kind::Student, Kind::Family];
    let sessions = people.sessions.iter();
    sessions
        .filter(|(who, one)| rating.contains(&one.kind) && who.as_str() != "gone")
        .map(|(_, one)| one.session.clone())
        .collect()
}

/// Answers all cards of a rater, differently from card to card and from rater to rater.
fn answer_all(tx: &mut Tx<'_>, by: &Call, session: String, round: &str) -> Acted<()> {
    let origin = Origin {
        now: by.now,
        ip: String::new(),
        request_id: String::new(),
        timezone: ZONE,
    };
    let call = session::see(tx, &origin, &session)?.call;
    let cards = match tasks::tasks(tx, &call, round) {
        Ok(cards) => cards,
        // A class that takes no part has nothing to say.
        Err(ActionError::Refused(_)) => return Ok(()),
        Err(other) => return Err(other),
    };
    let salt: usize = call.actor.id().bytes().map(usize::from).sum();
    for (at, card) in cards.into_iter().enumerate() {
        let anchor = |q: usize, n: usize| u8::try_from((salt + at * 2 + q) % n + 1).ok();
        let questions = card.questions.iter().enumerate();
        let scores = questions
            .map(|(q, asked)| (asked.indicator.clone(), anchor(q, asked.anchors.len())))
            .collect();
        let sent = SheetSent {
            round: round.to_owned(),
            source: card.source,
            ratee: card.ratee,
            submission: Submission {
                scores,
                comment: None,
            },
            seconds: Some(30),
            based_on: None,
            stamp: None,
            paper_of: None,
        };
        submit_sheet(tx, &call, sent)?;
    }
    Ok(())
}
