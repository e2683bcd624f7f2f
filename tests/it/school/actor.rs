//! People who do things: `school.student("10101").puts(…).await`.

use std::{future::Future, pin::Pin, rc::Rc};

use actix_web::{HttpResponse, cookie::Cookie, http::header::HeaderMap, test::TestRequest};
use serde_json::{Map, Value, json};
use starlight::{
    actions::session::Kind,
    web::{app, guard::csrf::VISIT_COOKIE},
};

use super::House;

pub type Pending = Pin<Box<dyn Future<Output = HttpResponse>>>;
pub type Service = Rc<dyn Fn(TestRequest) -> Pending>;

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|_| panic!("{}: {}", self.status, self.body))
    }

    /// Says what came back where it is another status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    /// The answer without what differs in any two answers: the request's id.
    pub fn bare(&self) -> (u16, Vec<(String, String)>, String) {
        let id = self.header("x-request-id").to_owned();
        let mut headers: Vec<(String, String)> = self
            .headers
            .iter()
            .filter(|(name, _)| *name != "x-request-id" && *name != "date")
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        headers.sort();
        let body = if id.is_empty() {
            self.body.clone()
        } else {
            self.body.replace(&id, "ID")
        };
        (self.status, headers, body)
    }
}

/// Somebody with a session, or nobody.
#[derive(Clone)]
pub struct Actor<'h> {
    house: &'h House,
    kind: Option<Kind>,
    ticket: String,
}

impl<'h> Actor<'h> {
    pub(super) fn new(house: &'h House, kind: Option<Kind>, ticket: &str) -> Self {
        Self {
            house,
            kind,
            ticket: ticket.to_owned(),
        }
    }

    /// The signed ticket.
    pub fn ticket(&self) -> &str {
        &self.ticket
    }

    /// The cookie that carries it.
    pub fn cookie(&self) -> Option<Cookie<'static>> {
        let name = match self.kind? {
            Kind::Office | Kind::Teacher => app::STAFF,
            Kind::Student | Kind::Monitor => app::CHILD,
            Kind::Family => app::FAMILY[0],
            Kind::Screen => app::SCREEN,
        };
        Some(Cookie::new(name, self.ticket.clone()))
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(path, TestRequest::get()).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(path, TestRequest::delete()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(path, TestRequest::post().set_json(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(path, TestRequest::put().set_json(body)).await
    }

    /// The token of this person's forms.
    pub fn form_token(&self, path: &str) -> String {
        let page = TestRequest::get().uri(path).cookie(self.page_cookie());
        self.house.guard.csrf.issue(&page.to_http_request())
    }

    /// Posts a form of a page, with its token, through the cookie.
    pub async fn posts(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.form_token(path);
        let mut form = fields.to_vec();
        form.push(("csrf", &token));
        let request = TestRequest::post().uri(path).cookie(self.page_cookie());
        self.house.answer(request.set_form(form)).await
    }

    fn page_cookie(&self) -> Cookie<'static> {
        self.cookie().unwrap_or(Cookie::new(VISIT_COOKIE, "visit"))
    }

    /// Uploads a file as a page's form does.
    pub async fn uploads(&self, path: &str, name: &str, file: Vec<u8>) -> Answer {
        let token = self.form_token(path);
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--edge\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        let body = [head.into_bytes(), file, b"\r\n--edge--\r\n".to_vec()].concat();
        let request = TestRequest::post()
            .insert_header(("Content-Type", "multipart/form-data; boundary=edge"))
            .insert_header(("Sec-Fetch-Site", "same-origin"))
            .uri(path)
            .cookie(self.page_cookie())
            .set_payload(body);
        self.house.answer(request).await
    }

    /// Sends a request as this person: to the API with the ticket as bearer, elsewhere with the cookie.
    pub async fn send(&self, path: &str, request: TestRequest) -> Answer {
        let request = request.uri(path);
        let request = match self.cookie() {
            None => request,
            Some(_) if path.starts_with("/api/") => {
                request.insert_header(("Authorization", format!("Bearer {}", self.ticket)))
            }
            Some(cookie) => request.cookie(cookie),
        };
        self.house.answer(request).await
    }

    /// The page with all cards of a child.
    pub async fn cards(&self) -> String {
        let next = self.get("/s").await.is(303);
        self.get(next.header("location")).await.is(200).body
    }

    /// The cards of a round, all pages of them.
    pub async fn tasks(&self, round: &str) -> Vec<Value> {
        let (mut cards, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/rounds/{round}/tasks?limit=50{cursor}");
            let page = self.get(&path).await.is(200).json();
            cards.extend(page["items"].as_array().unwrap().iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return cards,
            }
        }
    }

    /// Hands in one sheet through the API.
    pub async fn says(&self, round: &str, card: &Value, anchor: impl Into<Value>) -> Answer {
        let (path, scores) = (address(round, card), all(card, anchor));
        self.put(&path, json!({ "scores": scores })).await
    }
}

/// Where a card's sheet is put.
pub fn address(round: &str, card: &Value) -> String {
    let (source, ratee) = (&card["source"], &card["ratee"]);
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    format!(
        "/api/v1/rounds/{round}/sheets/{}/{}",
        text(source),
        text(ratee)
    )
}

/// The same anchor for every question of a card.
pub fn all(card: &Value, anchor: impl Into<Value>) -> Value {
    let anchor = anchor.into();
    let ids = card["indicators"].as_array().unwrap().iter();
    let pairs = ids.map(|i| (i["id"].as_str().unwrap().to_owned(), anchor.clone()));
    Value::Object(pairs.collect::<Map<String, Value>>())
}

impl House {
    /// Asks the application.
    pub async fn answer(&self, request: TestRequest) -> Answer {
        read(self.opened(request).await).await
    }

    /// Asks the application and leaves the body to be read piece by piece.
    pub async fn opened(&self, request: TestRequest) -> HttpResponse {
        (self.service)(request.insert_header(("Host", "star.local"))).await
    }

    /// Delivers what a device kept, by the form's key alone.
    pub async fn deliver(&self, body: Value) -> Answer {
        let request = TestRequest::post()
            .uri("/s/outbox")
            .insert_header(("origin", "http://star.local"))
            .set_json(body);
        self.answer(request).await
    }
}

/// Reads what the application said.
pub async fn read(response: HttpResponse) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = actix_web::body::to_bytes(response.into_body()).await;
    // Spreadsheets are not text; what is looked at in an answer is.
    let body = String::from_utf8_lossy(&body.ok().unwrap_or_default()).into_owned();
    Answer {
        status,
        headers,
        body,
    }
}

/// The text of a page between two others, after a third.
pub fn after<'t>(body: &'t str, mark: &str, from: &str, to: &str) -> &'t str {
    let rest = body
        .split_once(mark)
        .unwrap_or_else(|| panic!("no {mark}"))
        .1;
    let rest = rest.split_once(from).unwrap().1;
    rest.split_once(to).unwrap().0
}
