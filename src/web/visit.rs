//! One request of a person or device: who asks (by cookie or bearer token), reading and writing in that person's name.
//! A handler below cannot run without going through here; `answer` holds what it is answered with.

use std::{future::Ready, future::ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};

use super::{
    app::{self, App},
    failure::Failure,
    guard::{ClientIp, Guard, request_id},
    problem::Problem,
};
use crate::{
    actions::{
        Acted,
        family_door::Reach,
        session::{self, Kind, Origin, Seen},
    },
    domain::{ids::SchoolId, refusal::Refusal},
    keys::{
        jwt::{Bearer, Claims},
        token::Token,
    },
    screens::Lang,
    storage::{Db, Tx, access},
};

/// Through which door somebody comes: decides the cookie that counts and where to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Door {
    Staff,
    Child,
    /// The family page of one link.
    Family(String),
    /// The page of rights of one link, which outlives the others.
    Rights(String),
    Screen,
    /// The API: a bearer token first, then whichever cookie is there.
    Any,
}

impl Door {
    /// How far a family's link must reach.
    fn reach(&self) -> Reach {
        match self {
            Self::Rights(_) => Reach::Rights,
            _ => Reach::All,
        }
    }
}

/// See the file's head.
pub struct Visit {
    pub app: Data<App>,
    pub guard: Data<Guard>,
    pub req: HttpRequest,
    pub origin: Origin,
    pub lang: Lang,
}

impl FromRequest for Visit {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (Some(app), Some(guard)) = (req.app_data::<Data<App>>(), req.app_data::<Data<Guard>>())
        else {
            return ready(Err(Problem::broken().into()));
        };
        let ip = ClientIp::extract(req)
            .into_inner()
            .map(|ip| ip.to_string())
            .unwrap_or_default();
        let origin = Origin {
            now: app.now(),
            ip,
            request_id: request_id::current().unwrap_or_default(),
            timezone: app.timezone,
        };
        let lang = app::language(req);
        ready(Ok(Self {
            app: app.clone(),
            guard: guard.clone(),
            req: req.clone(),
            origin,
            lang,
        }))
    }
}

impl Visit {
    /// Reads as whoever came through the door.
    pub async fn read<T, F>(&self, door: Door, work: F) -> Result<(Seen, T), Failure>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db, &Seen) -> Acted<T> + Send + 'static,
    {
        let session = self.session(&door)?;
        let (origin, reach) = (self.origin.clone(), door.reach());
        let done = self.app.store.read(move |db| {
            let seen = session::see_as_far(db, &origin, &session, reach)?;
            let value = work(db, &seen)?;
            Ok::<_, crate::actions::ActionError>((seen, value))
        });
        let (seen, value) = done.await.map_err(|e| self.elsewhere(&door, e.into()))?;
        self.first_things_first(&door, &seen)?;
        self.note_use(&seen);
        Ok((seen, value))
    }

    /// Writes as whoever came through the door, after the same checks.
    pub async fn write<T, F>(&self, door: Door, work: F) -> Result<(Seen, T), Failure>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>, &Seen) -> Acted<T> + Send + 'static,
    {
        let session = self.session(&door)?;
        let (origin, gate) = (self.origin.clone(), door.clone());
        let done = self.app.store.write(move |tx| {
            let seen = session::see_as_far(tx, &origin, &session, gate.reach())?;
            let held = matches!(gate, Door::Staff | Door::Any);
            if held && (seen.must_change || seen.must_enrol) {
                return Err(Refusal::EnrolFirst.into());
            }
            let value = work(tx, &seen)?;
            Ok::<_, crate::actions::ActionError>((seen, value))
        });
        let (seen, value) = done.await.map_err(|e| self.elsewhere(&door, e.into()))?;
        self.first_things_first(&door, &seen)?;
        self.note_use(&seen);
        Ok((seen, value))
    }

    /// Reads as a member of staff who may still have to change the first password or set up the second factor.
    pub async fn newcomer(&self) -> Result<Seen, Failure> {
        let session = self.session(&Door::Staff)?;
        let origin = self.origin.clone();
        let done = self
            .app
            .store
            .read(move |db| session::see(db, &origin, &session));
        done.await
            .map_err(|e| self.elsewhere(&Door::Staff, e.into()))
    }

    /// The session id of the door's ticket.
    pub fn session(&self, door: &Door) -> Result<String, Failure> {
        let known = match door {
            Door::Screen => self.display(),
            Door::Any => self.claims(door).map(|c| c.sid).or_else(|| self.display()),
            _ => self.claims(door).map(|c| c.sid),
        };
        known.ok_or_else(|| self.elsewhere(door, Failure::Refused(Refusal::SignedOut)))
    }

    /// A display's session goes by the hash of the opaque token in its cookie or `Authorization` header.
    fn display(&self) -> Option<String> {
        let header = self.req.headers().get(header::AUTHORIZATION);
        let bearer = header.and_then(|v| v.to_str().ok()?.strip_prefix("Bearer "));
        let token = match bearer {
            Some(token) => Token::parse(token),
            None => Token::parse(&self.guard.cookies.read(&self.req, app::SCREEN)?),
        };
        Some(token?.hash().hex())
    }

    fn claims(&self, door: &Door) -> Option<Claims> {
        match door {
            Door::Staff => self.ticket(app::STAFF),
            Door::Child => self.ticket(app::CHILD),
            Door::Screen => None,
            Door::Family(link) | Door::Rights(link) => app::FAMILY
                .iter()
                .filter_map(|name| self.ticket(name))
                .find(|c| c.sub == *link),
            // Whoever brings a token is judged by it: a bad one never falls back on a cookie.
            Door::Any if self.req.headers().contains_key(header::AUTHORIZATION) => self.bearer(),
            Door::Any => app::cookie_names()
                .into_iter()
                .find_map(|name| self.ticket(name)),
        }
    }

    /// The cookie that carries a session, where one does.
    pub fn cookie_of(&self, session: &str) -> Option<&'static str> {
        app::cookie_names()
            .into_iter()
            .find(|name| self.ticket(name).is_some_and(|c| c.sid == session))
    }

    fn ticket(&self, cookie: &str) -> Option<Claims> {
        let value = self.guard.cookies.read(&self.req, cookie)?;
        self.app.signer.check(&value, self.seconds()).ok()
    }

    /// Whose ticket a cookie holds.
    pub fn ticket_subject(&self, cookie: &str) -> Option<String> {
        self.ticket(cookie).map(|c| c.sub)
    }

    fn bearer(&self) -> Option<Claims> {
        let value = self
            .req
            .headers()
            .get(header::AUTHORIZATION)?
            .to_str()
            .ok()?;
        self.app
            .signer
            .check(value.strip_prefix("Bearer ")?, self.seconds())
            .ok()
    }

    fn seconds(&self) -> u64 {
        u64::try_from(self.origin.now / 1000).unwrap_or(0)
    }

    /// Where somebody without a session is sent from a page; the API answers 401.
    fn elsewhere(&self, door: &Door, failure: Failure) -> Failure {
        let signed_out = matches!(failure, Failure::Refused(Refusal::SignedOut));
        match door {
            _ if self.req.path().starts_with("/api/") => failure,
            Door::Staff if signed_out => {
                Failure::GoTo(format!("/sign-in?next={}", self.req.path()))
            }
            Door::Child if signed_out => Failure::GoTo("/".to_owned()),
            Door::Screen if signed_out => Failure::GoTo("/screen".to_owned()),
            _ => failure,
        }
    }

    fn first_things_first(&self, door: &Door, seen: &Seen) -> Result<(), Failure> {
        match door {
            Door::Staff if seen.must_change => Err(Failure::GoTo("/password".to_owned())),
            Door::Staff if seen.must_enrol => Err(Failure::GoTo("/enrol".to_owned())),
            Door::Any if seen.must_change || seen.must_enrol => Err(Refusal::EnrolFirst.into()),
            _ => Ok(()),
        }
    }

    fn note_use(&self, seen: &Seen) {
        if !seen.stale {
            return;
        }
        let (store, id, now) = (
            self.app.store.clone(),
            seen.session.clone(),
            self.origin.now,
        );
        actix_web::rt::spawn(async move {
            store
                .note(move |tx| access::see_session(tx, &id, now))
                .await
        });
    }

    /// A signed ticket for a new session.
    pub fn sign(
        &self,
        school: &SchoolId,
        kind: Kind,
        subject: &str,
        session: &str,
    ) -> Result<String, Failure> {
        let (_, life) = kind.limits();
        let life = u64::try_from(life / 1000)
            .unwrap_or(0)
            .min(crate::keys::jwt::LONGEST_LIFE);
        let bearer = Bearer {
            person: subject,
            session,
            school: school.as_str(),
            role: kind.key(),
        };
        let signed = self.app.signer.issue(bearer, self.seconds(), life);
        signed.map_err(|_why| Problem::broken().into())
    }

    /// The device as the session list names it.
    pub fn device(&self) -> String {
        let agent = self
            .req
            .headers()
            .get(header::USER_AGENT)
            .and_then(|v| v.to_str().ok());
        agent.unwrap_or_default().to_owned()
    }
}
