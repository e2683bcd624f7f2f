//! What all handlers share: the data room, the page engine, keys and limits. Made once at start, no globals.

use std::sync::{Arc, PoisonError, RwLock};

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    http::StatusCode,
    web::Data,
};
use tokio::sync::watch;

use super::{
    board::{frames::Frames, plans::Plans},
    guard::{HashQueue, Transport, throttle::Throttle},
    pace::Pace,
};
use crate::{
    actions::badge_rules,
    domain::badges::Rules,
    keys::{jwt::Signer, server_key::KeyRing},
    screens::{Engine, Lang, Shell, public::DemoSheet, public::ErrorPage},
    storage::Store,
};

/// Cookies that carry rights, in the order in which they bind a form's token.
pub const STAFF: &str = "starlight";
/// A child's or monitor's session.
pub const CHILD: &str = "starlight-child";
/// Sessions of up to four families' links in one browser, so that siblings never mix.
pub const FAMILY: [&str; 4] = [
    "starlight-f1",
    "starlight-f2",
    "starlight-f3",
    "starlight-f4",
];
/// A paired display.
pub const SCREEN: &str = "starlight-screen";
/// A display's waiting pairing.
pub const PAIRING: &str = "starlight-pairing";
/// One message for the next page.
pub const FLASH: &str = "starlight-flash";

/// Names for the form guard.
pub fn cookie_names() -> Vec<&'static str> {
    let mut names = vec![STAFF, CHILD];
    names.extend(FAMILY);
    names.push(SCREEN);
    names
}

/// The application.
pub struct App {
    pub store: Store,
    pub engine: Engine,
    pub ring: Arc<KeyRing>,
    pub signer: Signer,
    pub throttle: Throttle,
    pub hashes: HashQueue,
    /// The badge rules that every school starts with.
    pub rules: Arc<Rules>,
    /// What badges are called, whichever version gave them.
    words: RwLock<Arc<Rules>>,
    pub timezone: chrono_tz::Tz,
    /// Address printed in links and QR codes, without a slash at the end.
    pub public_url: String,
    /// The demo's doors.
    pub demo: Option<DemoSheet>,
    pub transport: Transport,
    /// How long cards took, by server time.
    pub pace: Pace,
    /// What the displays show, drawn once for all of them.
    pub frames: Frames,
    /// When they show it.
    pub plans: Plans,
    /// Turns true when the program is told to stop: open streams end.
    pub closing: watch::Sender<bool>,
}

impl App {
    /// The application of a store.
    ///
    /// # Errors
    /// Only where a page template was broken.
    pub fn new(
        store: Store,
        ring: Arc<KeyRing>,
        rules: Rules,
        timezone: chrono_tz::Tz,
        public_url: String,
        transport: Transport,
    ) -> Result<Self, crate::screens::ScreenError> {
        let learned = badge_rules::words_of_all(&store, &rules).unwrap_or_else(|error| {
            tracing::warn!(%error, "adopted badges are called by their ids");
            rules.clone()
        });
        Ok(Self {
            store,
            engine: Engine::new()?,
            signer: Signer::new(&ring),
            ring,
            throttle: Throttle::default(),
            hashes: HashQueue::new(2, 64),
            words: RwLock::new(Arc::new(learned)),
            rules: Arc::new(rules),
            timezone,
            public_url,
            demo: None,
            transport,
            pace: Pace::default(),
            frames: Frames::default(),
            plans: Plans::default(),
            closing: watch::Sender::new(false),
        })
    }

    /// With the doors of a demo school.
    #[must_use]
    pub fn with_demo(self, doors: DemoSheet) -> Self {
        Self {
            demo: Some(doors),
            ..self
        }
    }

    /// What badges are called.
    pub fn words(&self) -> Arc<Rules> {
        Arc::clone(&self.words.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Badges are called otherwise from now on.
    pub fn reword(&self, words: Rules) {
        *self.words.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(words);
    }

    /// Server clock, milliseconds UTC.
    pub fn now(&self) -> i64 {
        chrono::Utc::now().timestamp_millis()
    }
}

/// The page for a person's browser when something went wrong; see [`super::guard::Guard`].
pub fn error_page(req: &HttpRequest, status: StatusCode, id: &str) -> Option<String> {
    let app = req.app_data::<Data<App>>()?;
    let back = match req.path() {
        path if path.starts_with("/t") => "/t",
        path if path.starts_with("/a") => "/a",
        _ => "/",
    };
    let shell = Shell {
        lang: language(req),
        demo: app.demo.is_some(),
        ..Shell::default()
    };
    app.engine
        .render(&ErrorPage::new(status.as_u16(), back, id), &shell)
        .ok()
}

/// The language that an address asks for by `lang`, as the switch of a page does.
pub fn asked_language(req: &HttpRequest) -> Option<Lang> {
    let mut asked = req.query_string().split('&');
    let lang = asked.find_map(|one| one.strip_prefix("lang="))?;
    matches!(lang, "en" | "zh-CN").then(|| Lang::from_header(lang))
}

/// Remembers a language on this device for a year.
pub fn language_cookie(lang: Lang) -> Cookie<'static> {
    let name = match lang {
        Lang::English => "en",
        Lang::Chinese => "zh-CN",
    };
    Cookie::build("lang", name)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::days(365))
        .finish()
}

/// The reader's language: what the address asks for, the cookie of the switch, else the browser's.
pub fn language(req: &HttpRequest) -> Lang {
    if let Some(asked) = asked_language(req) {
        return asked;
    }
    let chosen = req.cookie("lang").map(|c| c.value().to_owned());
    let header = req
        .headers()
        .get("accept-language")
        .and_then(|v| v.to_str().ok())
        .map(str::to_owned);
    Lang::from_header(&chosen.or(header).unwrap_or_default())
}
