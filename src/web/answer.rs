//! What a visit is answered with: a page in its shell, or the way to the next one with a message for it.

use actix_web::{
    HttpResponse,
    cookie::SameSite,
    http::{StatusCode, header},
};

use super::{app, failure::Failure, nav, visit::Visit};
use crate::{
    actions::session::Seen,
    keys::base32,
    screens::{Flash, FlashKind, Page, Shell, Undo, say},
};

impl Visit {
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
        let undo = undo.map(|u| (u.action, u.fields));
        let text =
            serde_json::json!({ "kind": kind, "key": key, "args": args, "undo": undo }).to_string();
        let packed = base32::encode(text.as_bytes());
        let cookie = self
            .guard
            .cookies
            .set(app::FLASH, packed, SameSite::Lax, Some(60));
        let _ = response.add_cookie(&cookie);
        response
    }

    fn flash(&self) -> Option<Flash> {
        let packed = self.guard.cookies.read(&self.req, app::FLASH)?;
        let text = String::from_utf8(base32::decode(&packed)?).ok()?;
        let value: FlashCookie = serde_json::from_str(&text).ok()?;
        let args: Vec<(&str, &str)> = value
            .args
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        let undo = value.undo.map(|(action, fields)| Undo { action, fields });
        Some(Flash {
            kind: value.kind,
            text: say(self.lang, &value.key, &args),
            undo,
        })
    }
}

#[derive(serde::Deserialize)]
struct FlashCookie {
    kind: FlashKind,
    key: String,
    args: Vec<(String, String)>,
    undo: Option<(String, Vec<(String, String)>)>,
}
