//! Pages as people ask for them: a school of two classes behind the whole web shell, and people who are signed in.

use actix_web::{
    App as Actix, HttpResponse, cookie::Cookie, dev::Service as _, http::header::HeaderMap,
    middleware::from_fn, test::TestRequest, web::Data,
};
use starlight::{
    actions::{
        publish_round, rounds as moves,
        session::{self, Kind},
    },
    domain::ids::{ClassId, StaffId, StudentId},
    exchange::badges_toml,
    keys::jwt::Bearer,
    storage::{access, rounds::RoundRow, staff, students, students::StudentRow},
    web::{
        app::{self, App},
        guard::{Guard, Transport, csrf, envelope},
        routes,
    },
};

use crate::actions::school::{School, permit};

/// A school with its server.
pub struct Site {
    pub school: School,
    app: Data<App>,
    guard: Data<Guard>,
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// The value of the message cookie it sets, to be sent along with the next request.
    fn flash(&self) -> Option<String> {
        let set = self
            .headers
            .get_all("set-cookie")
            .filter_map(|v| v.to_str().ok());
        let mut values = set.filter_map(|line| line.strip_prefix("starlight-flash="));
        values
            .next()
            .map(|rest| rest.split(';').next().unwrap().to_owned())
    }
}

/// Somebody with a signed ticket.
pub struct Person<'s> {
    site: &'s Site,
    session: String,
    ticket: String,
}

impl Site {
    /// Two classes of twelve, forty days into the term.
    pub fn new() -> Self {
        Self::of(School::forty_days_ago().two_classes())
    }

    pub fn of(mut school: School) -> Self {
        let today = chrono::Utc::now()
            .with_timezone(&chrono_tz::Asia::Shanghai)
            .date_naive();
        school.on(&today.to_string());
        let ring = school.ring.clone();
        let mut guard = Guard::new(Transport::LanHttp, &ring, app::cookie_names());
        guard.error_page = Some(app::error_page);
        let rules = badges_toml::built_in().unwrap();
        let url = "http://192.168.1.10:8080".to_owned();
        let zone = chrono_tz::Asia::Shanghai;
        let store = school.store.clone();
        let app = App::new(store, ring, rules, zone, url, Transport::LanHttp).unwrap();
        Self {
            school,
            app: Data::new(app),
            guard: Data::new(guard),
        }
    }

    pub async fn ask(&self, req: TestRequest) -> Answer {
        let service = actix_web::test::init_service(
            Actix::new()
                .app_data(self.app.clone())
                .app_data(self.guard.clone())
                .configure(routes::all)
                .wrap(from_fn(csrf::middleware))
                .wrap(from_fn(envelope::middleware)),
        )
        .await;
        let response = match service.call(req.to_request()).await {
            Ok(response) => response.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        answer(response).await
    }

    /// A member of staff by login, past the first password.
    pub fn staff(&self, login: &'static str) -> Person<'_> {
        let id = self.school.write(move |tx, call| {
            let all = staff::all(tx, &permit(), &call.school)?;
            let who = all.into_iter().find(|s| s.login == login).unwrap();
            let id = StaffId::new(who.id.clone());
            staff::set_password(tx, &call.school, &id, &who.password_hash, false)?;
            tx.record(call, "test", "staff", "")?;
            Ok(who.id)
        });
        self.person(Kind::Teacher, id)
    }

    fn person(&self, kind: Kind, id: String) -> Person<'_> {
        let who = id.clone();
        let session = self
            .school
            .write(move |tx, call| session::begin(tx, call, kind, &who, None, "test"));
        let now = u64::try_from(self.school.call.now / 1000).unwrap();
        let bearer = Bearer {
            person: &id,
            session: &session,
            school: "s",
            role: kind.key(),
        };
        Person {
            site: self,
            ticket: self.app.signer.issue(bearer, now, 3600).unwrap(),
            session,
        }
    }

    /// The class of a public code, 101 or 102, by its number.
    pub fn class(&self, number: i32) -> ClassId {
        let all = self
            .school
            .read(|db, call| Ok(students::classes(db, &call.school)?));
        ClassId::new(all.into_iter().find(|c| c.number == number).unwrap().id)
    }

    /// The children of a class by seat.
    pub fn children(&self, class: &ClassId) -> Vec<StudentRow> {
        self.school.read(|db, call| {
            let permit = call.actor.see_class(class)?;
            Ok(students::of_class(db, &permit, &call.school, call.today)?)
        })
    }

    /// How often an action stands in the audit log.
    pub fn audited(&self, action: &str) -> usize {
        let lines = self.school.read(|db, call| {
            Ok(starlight::storage::audit::page(
                db,
                &permit(),
                &call.school,
                0,
                10_000,
            )?)
        });
        lines.iter().filter(|line| line.action == action).count()
    }
}

impl Person<'_> {
    /// The last proof of who this is becomes an hour old.
    pub fn proved_long_ago(&self) {
        let session = self.session.clone();
        self.site.school.write(move |tx, call| {
            access::prove_session(tx, &session, call.now - 3_600_000)?;
            Ok(tx.record(call, "test", "session", "")?)
        });
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.site
            .ask(self.with_ticket(TestRequest::get().uri(path)))
            .await
    }

    /// Posts a form with its token.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let as_me = self.with_ticket(TestRequest::default()).to_http_request();
        let token = self.site.guard.csrf.issue(&as_me);
        let all = fields.iter().copied().chain([("csrf", token.as_str())]);
        let all: Vec<(&str, &str)> = all.collect();
        self.site
            .ask(self.with_ticket(TestRequest::post().uri(path).set_form(all)))
            .await
    }

    /// Posts, and opens the page it leads to with its message.
    pub async fn post_then_look(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let mut next = self.with_ticket(TestRequest::get().uri(answer.header("location")));
        if let Some(flash) = answer.flash() {
            next = next.cookie(Cookie::new("starlight-flash", flash));
        }
        self.site.ask(next).await
    }

    fn with_ticket(&self, req: TestRequest) -> TestRequest {
        req.cookie(Cookie::new("starlight", self.ticket.clone()))
            .insert_header(("host", "star.local"))
            .insert_header(("accept-language", "en"))
    }
}

async fn answer(response: HttpResponse) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = actix_web::body::to_bytes(response.into_body()).await;
    let body = String::from_utf8_lossy(&body.ok().unwrap_or_default()).into_owned();
    Answer {
        status,
        headers,
        body,
    }
}

/// Opens a round from `ago` days before today for five days.
pub fn open_round(school: &School, name: &str, ago: u64) -> RoundRow {
    let from = school.call.today - chrono::Days::new(ago);
    let to = from + chrono::Days::new(5);
    school.open_round(name, &from.to_string(), &to.to_string())
}

/// Closes and publishes.
pub fn publish(school: &School, round: &RoundRow) {
    let id = round.id.clone();
    school.write(move |tx, call| moves::close(tx, call, &id));
    let prepared = school.read(|db, call| publish_round::prepare(db, call, &round.id, 1));
    let rules = badges_toml::built_in().unwrap();
    school.write(move |tx, call| publish_round::publish(tx, call, &prepared, &rules));
}

/// A round in which everybody rated, published.
pub fn published_round(school: &School, name: &str, ago: u64) -> RoundRow {
    let round = open_round(school, name, ago);
    let rows = school.everybody_rates(&round);
    assert!(school.import_sheets(rows).done);
    publish(school, &round);
    round
}

/// A child's id.
pub fn id_of(child: &StudentRow) -> StudentId {
    StudentId::new(child.id.clone())
}
