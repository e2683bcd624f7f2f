//! A running school for tests: `School::new().with_class("101", 8).with_round("r1", Stage::Open).open().await` gives a
//! [`House`] with a temporary database, the whole web application around it and people who are signed in.
//!
//! Class `101` has children `10101`, `10102` …, the homeroom teacher `h101`, the subject teacher `s101`, who has only
//! this class, and a paired display. Besides there are the office, a disabled teacher and a display in the hall. All
//! dates are today's, so that nothing hangs on when the tests run.

mod actor;
mod contents;
mod door;
pub mod people;
mod phone;

use std::{collections::BTreeMap, rc::Rc, sync::Arc};

use actix_web::{dev::Service as _, middleware::from_fn, test::TestRequest, web::Data};
use chrono::NaiveDate;
use starlight::{
    actions::{
        Acted,
        session::{Kind, date_at},
    },
    domain::{
        actor::Call,
        badges::{Rounds, Rules},
        ids::{ClassId, SchoolId},
    },
    exchange::badges_toml,
    keys::{
        jwt::{Bearer, Signer},
        server_key::KeyRing,
    },
    storage::{DatabaseUrl, Migrate, Store, Tx},
    web::{
        app::{self, App},
        guard::{Guard, Transport, csrf, envelope},
        routes,
    },
};

use actor::Service;
pub use actor::{Actor, Answer, address, after, all};
pub use phone::{Phone, at_once};

/// How far a round has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Draft,
    Open,
    /// Answered by everybody, then closed.
    Closed,
    Published,
}

/// What is to be built.
#[derive(Clone, Default)]
pub struct School {
    classes: Vec<(String, usize)>,
    rounds: Vec<(String, Stage, Vec<String>)>,
    neighbour: bool,
}

/// The badge rules of test schools: the built-in ones, whose titles know no quota here and are won star by star in each
/// round, for these children all say the same.
pub fn rules() -> Rules {
    let mut rules = badges_toml::built_in().unwrap();
    for rule in rules
        .badges
        .iter_mut()
        .filter(|rule| rule.looks_at_scores())
    {
        (rule.quota, rule.guard) = (None, Default::default());
        if rule.id == "starlight_student" {
            rule.rounds = Rounds::Both;
        }
    }
    rules
}

impl School {
    pub fn new() -> Self {
        Self::default()
    }

    /// A class by its public code, with so many children.
    pub fn with_class(mut self, code: &str, children: usize) -> Self {
        self.classes.push((code.to_owned(), children));
        self
    }

    /// A round of all classes.
    pub fn with_round(self, name: &str, stage: Stage) -> Self {
        self.with_round_of(name, stage, &[])
    }

    /// A round of some classes.
    pub fn with_round_of(mut self, name: &str, stage: Stage, classes: &[&str]) -> Self {
        let classes = classes.iter().map(|c| (*c).to_owned()).collect();
        self.rounds.push((name.to_owned(), stage, classes));
        self
    }

    /// A second school in the same database, with the same classes, numbers, logins and rounds.
    pub fn with_neighbour(mut self) -> Self {
        self.neighbour = true;
        self
    }

    /// Builds it.
    pub async fn open(self) -> House {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("school.db");
        std::fs::write(&path, template()).unwrap();
        let url = DatabaseUrl::parse(&format!("sqlite:{}", path.display())).unwrap();
        let ring = Arc::new(KeyRing::fresh().unwrap());
        let store = Store::open(&url, ring.clone(), Migrate::Refuse).unwrap();
        let mut people = vec![people::settle(&store, self.clone()).await];
        if self.neighbour {
            people.push(people::settle(&store, self.clone()).await);
        }
        let (service, guard) = serve(&store, &ring).await;
        House {
            store,
            ring,
            people,
            service,
            guard,
            folder,
        }
    }
}

/// A migrated, empty database: made once, copied for each test.
fn template() -> &'static [u8] {
    static EMPTY: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    EMPTY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty.db");
        let url = DatabaseUrl::parse(&format!("sqlite:{}", path.display())).unwrap();
        Store::migrate(&url).unwrap();
        std::fs::read(path).unwrap()
    })
}

async fn serve(store: &Store, ring: &Arc<KeyRing>) -> (Service, Data<Guard>) {
    let transport = Transport::LanHttp;
    let mut guard = Guard::new(transport, ring, app::cookie_names());
    guard.error_page = Some(app::error_page);
    let guard = Data::new(guard);
    let app = App::new(
        store.clone(),
        ring.clone(),
        rules(),
        ZONE,
        "http://star.local".to_owned(),
        transport,
    );
    let built = actix_web::App::new()
        .app_data(Data::new(app.unwrap()))
        .app_data(guard.clone())
        .configure(routes::all)
        .wrap(from_fn(csrf::middleware))
        .wrap(from_fn(envelope::middleware));
    let built = Rc::new(actix_web::test::init_service(built).await);
    let service = move |request: TestRequest| -> actor::Pending {
        let built = built.clone();
        Box::pin(async move {
            match built.call(request.to_request()).await {
                Ok(response) => response.into_parts().1.map_into_boxed_body(),
                // As the server does with an error that reaches it.
                Err(error) => error.error_response(),
            }
        })
    };
    (Rc::new(service), guard)
}

pub const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

/// The clock the application reads.
pub fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

/// The school's date.
pub fn today() -> NaiveDate {
    date_at(now(), ZONE)
}

/// Who and what of one school, by the names of the builder.
pub struct People {
    pub school: SchoolId,
    pub classes: BTreeMap<String, String>,
    pub students: BTreeMap<String, String>,
    pub rounds: BTreeMap<String, String>,
    pub staff: BTreeMap<String, String>,
    /// Sessions that have begun, by name.
    sessions: BTreeMap<String, SignedIn>,
}

/// A session that has begun.
struct SignedIn {
    kind: Kind,
    subject: String,
    session: String,
    /// A display's own token; all others carry a signed ticket.
    token: Option<String>,
}

/// A school that runs.
pub struct House {
    pub store: Store,
    pub ring: Arc<KeyRing>,
    people: Vec<People>,
    service: Service,
    guard: Data<Guard>,
    folder: tempfile::TempDir,
}

impl House {
    /// The first school, of which the short ways below speak.
    pub fn own(&self) -> &People {
        &self.people[0]
    }

    /// The school of `with_neighbour`.
    pub fn neighbour(&self) -> &People {
        &self.people[1]
    }

    pub fn round(&self, name: &str) -> &str {
        &self.own().rounds[name]
    }

    pub fn class(&self, code: &str) -> &str {
        &self.own().classes[code]
    }

    pub fn student_id(&self, no: &str) -> &str {
        &self.own().students[no]
    }

    /// Nobody.
    pub fn anonymous(&self) -> Actor<'_> {
        Actor::new(self, None, "")
    }

    pub fn office(&self) -> Actor<'_> {
        self.signed_in(self.own(), "office")
    }

    pub fn neighbours_office(&self) -> Actor<'_> {
        self.signed_in(self.neighbour(), "office")
    }

    /// A member of staff by login: `h101`, `s101`, `gone`.
    pub fn staff(&self, login: &str) -> Actor<'_> {
        self.signed_in(self.own(), login)
    }

    pub fn student(&self, no: &str) -> Actor<'_> {
        self.signed_in(self.own(), &format!("student {no}"))
    }

    /// The page of a child's family.
    pub fn family_page(&self, no: &str) -> String {
        format!(
            "/f/{}",
            self.own().sessions[&format!("family {no}")].subject
        )
    }

    /// The family of a child.
    pub fn family(&self, no: &str) -> Actor<'_> {
        self.signed_in(self.own(), &format!("family {no}"))
    }

    /// The display of a class, or `hall`.
    pub fn screen(&self, place: &str) -> Actor<'_> {
        self.signed_in(self.own(), &format!("screen {place}"))
    }

    fn signed_in<'h>(&'h self, people: &People, who: &str) -> Actor<'h> {
        let SignedIn {
            kind,
            subject,
            session,
            token,
        } = &people.sessions[who];
        if let Some(token) = token {
            return Actor::new(self, Some(*kind), token);
        }
        self.in_session(people, *kind, subject, session)
    }

    /// Whoever has this session of the own school.
    pub fn session(&self, kind: Kind, subject: &str, session: &str) -> Actor<'_> {
        self.in_session(self.own(), kind, subject, session)
    }

    /// Whoever holds this token, as a paired display does.
    pub fn holding(&self, kind: Kind, token: &str) -> Actor<'_> {
        Actor::new(self, Some(kind), token)
    }

    fn in_session<'h>(
        &'h self,
        people: &People,
        kind: Kind,
        subject: &str,
        session: &str,
    ) -> Actor<'h> {
        let seconds = u64::try_from(now() / 1000).unwrap();
        let bearer = Bearer {
            person: subject,
            session,
            school: people.school.as_str(),
            role: kind.key(),
        };
        let ticket = Signer::new(&self.ring).issue(bearer, seconds, 3_600);
        Actor::new(self, Some(kind), &ticket.unwrap())
    }

    /// Writes into the own school as the machine itself.
    pub async fn change<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>, &Call) -> Acted<T> + Send + 'static,
    ) -> T {
        let call = Call::system(self.own().school.clone(), now(), today());
        self.store
            .write(move |tx| {
                let done = work(tx, &call)?;
                tx.record(&call, "test", "test", "")?;
                Ok::<_, starlight::actions::ActionError>(done)
            })
            .await
            .unwrap()
    }

    /// Action and detail of the own school's audit lines whose action begins like this, oldest first.
    pub async fn audited(&self, action: &'static str) -> Vec<(String, String)> {
        let school = self.own().school.clone();
        let read = self.store.read(move |db| {
            let permit = starlight::domain::actor::Actor::System
                .run_school()
                .unwrap();
            starlight::storage::audit::page(db, &permit, &school, 0, 10_000)
        });
        read.await
            .unwrap()
            .into_iter()
            .filter(|line| line.action.starts_with(action))
            .map(|line| (line.action, line.detail))
            .collect()
    }

    /// How many lines the own school's audit log has.
    pub async fn audit_lines(&self) -> i64 {
        let school = self.own().school.clone();
        self.store
            .read(move |db| {
                let permit = starlight::domain::actor::Actor::System
                    .run_school()
                    .unwrap();
                starlight::storage::audit::last_seq(db, &permit, &school)
            })
            .await
            .unwrap()
    }
}

impl People {
    pub fn class_id(&self, code: &str) -> ClassId {
        ClassId::new(self.classes[code].clone())
    }
}
