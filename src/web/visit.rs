//! One request of a person or device: who asks (by cookie or bearer token), reading and writing in that person's name,
//! and the page that answers. A handler below cannot run without going through here.

use std::{future::Ready, future::ready};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    cookie::SameSite,
    dev::Payload,
    http::{StatusCode, header},
    web::Data,
};

use super::{
    app::{self, App},
    failure::Failure,
    guard::{ClientIp, Guard, request_id},
    nav,
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
    screens::{Flash, FlashKind, Lang, Page, Shell, Undo, say},
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

    /// A page for a person who is signed in.
    pub fn page<P: Page>(&self, seen: &Seen, page: &P) -> Result<HttpResponse, Failure> {
        self.page_as(StatusCode::OK, Some(seen), page)
    }

    /// A page for anybody.
    pub fn open_page<P: Page>(&self, page: &P) -> Result<HttpResponse, Failure> {
        self.page_as(StatusCode::OK, None, page)
    }

    /// A page with a status.
    pub fn page_as<P: Page>(
        &self,
        status: StatusCode,
        seen: Option<&Seen>,
        page: &P,
    ) -> Result<HttpResponse, Failure> {
        let flash = self.flash();
        let had_flash = flash.is_some();
        let shell = Shell {
            lang: self.lang,
            csrf: self.guard.csrf.issue(&self.req),
            school: seen.map(|s| s.school_name.clone()).unwrap_or_default(),
            viewer: seen.and_then(nav::viewer),
            flash,
            nav: seen
                .map(|s| nav::of(s, self.req.path()))
                .unwrap_or_default(),
            switch: nav::switch(self.req.query_string(), self.lang),
            demo: self.app.demo.is_some(),
        };
        let html = self.app.engine.render(page, &shell)?;
        let mut response = HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .body(html);
        if let Some(chosen) = app::asked_language(&self.req) {
            let _ = response.add_cookie(&app::language_cookie(chosen));
        }
        if had_flash {
            // A cookie that cannot be written only repeats the message.
            let _ = response.add_cookie(&self.guard.cookies.forget(app::FLASH));
        }
        Ok(response)
    }

    /// See other, after a write.
    pub fn go(&self, address: &str) -> HttpResponse {
        HttpResponse::SeeOther()
            .insert_header((header::LOCATION, address))
            .finish()
    }

    /// See other, with one message for the next page: a Fluent key with its arguments.
    pub fn go_saying(
        &self,
        address: &str,
        kind: FlashKind,
        key: &str,
        args: &[(&str, &str)],
    ) -> HttpResponse {
        self.go_undoing(address, kind, key, args, None)
    }

    /// The same with a button that takes it back.
    pub fn go_undoing(
        &self,
        address: &str,
        kind: FlashKind,
        key: &str,
        args: &[(&str, &str)],
        undo: Option<Undo>,
    ) -> HttpResponse {
        let mut response = self.go(address);
        let kind = match kind {
            FlashKind::Ok => "ok",
            FlashKind::Note => "note",
            FlashKind::Attn => "attn",
        };
        let undo = undo.map(|u| (u.action, u.fields));
        let text =
            serde_json::json!({ "kind": kind, "key": key, "args": args, "undo": undo }).to_string();
        let packed = crate::keys::base32::encode(text.as_bytes());
        let cookie = self
            .guard
            .cookies
            .set(app::FLASH, packed, SameSite::Lax, Some(60));
        let _ = response.add_cookie(&cookie);
        response
    }

    fn flash(&self) -> Option<Flash> {
        let packed = self.guard.cookies.read(&self.req, app::FLASH)?;
        let text = String::from_utf8(crate::keys::base32::decode(&packed)?).ok()?;
        let value: FlashCookie = serde_json::from_str(&text).ok()?;
        let args: Vec<(&str, &str)> = value
            .args
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        let kind = match value.kind.as_str() {
            "ok" => FlashKind::Ok,
            "note" => FlashKind::Note,
            _ => FlashKind::Attn,
        };
        let undo = value.undo.map(|(action, fields)| Undo { action, fields });
        Some(Flash {
            kind,
            text: say(self.lang, &value.key, &args),
            undo,
        })
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

#[derive(serde::Deserialize)]
struct FlashCookie {
    kind: String,
    key: String,
    args: Vec<(String, String)>,
    undo: Option<(String, Vec<(String, String)>)>,
}
