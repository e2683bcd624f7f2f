//! A family's phone: a browser with its own cookies and address, which reads forms' tokens from the pages it is shown.

use std::{
    collections::BTreeMap,
    future::{Future, poll_fn},
    net::SocketAddr,
    pin::Pin,
    task::Poll,
};

use actix_web::{cookie::Cookie, http::Method, test::TestRequest};

use super::{Answer, House, after};

/// See the file's head.
#[derive(Clone)]
pub struct Phone<'h> {
    house: &'h House,
    pub cookies: BTreeMap<String, String>,
    peer: SocketAddr,
    headers: Vec<(&'static str, &'static str)>,
}

impl House {
    /// A phone without cookies.
    pub fn phone(&self) -> Phone<'_> {
        Phone {
            house: self,
            cookies: BTreeMap::new(),
            peer: "10.0.0.9:40000".parse().unwrap(),
            headers: Vec::new(),
        }
    }

    /// The homeroom teacher gives a child one more link; its path.
    pub async fn slip(&self, no: &str) -> String {
        let code = no.get(..3).unwrap();
        let fields = [("action", "issue"), ("student", self.student_id(no))];
        let path = format!("/t/classes/{}/links", self.class(code));
        let teacher = self.staff(&format!("h{code}"));
        let page = teacher.posts(&path, &fields).await.is(200);
        format!("/p/{}", after(&page.body, "", "http://star.local/p/", "<"))
    }
}

impl Phone<'_> {
    /// In the network at this address.
    pub fn at(mut self, ip: &str) -> Self {
        self.peer = format!("{ip}:40000").parse().unwrap();
        self
    }

    /// Says this with every request.
    pub fn saying(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.ask(Method::GET, path, TestRequest::default()).await
    }

    pub async fn head(&mut self, path: &str) -> Answer {
        self.ask(Method::HEAD, path, TestRequest::default()).await
    }

    /// Posts the form of a page that is shown.
    pub async fn posts(&mut self, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = fields.to_vec();
        form.push(("csrf", after(&page.body, "name=\"csrf\"", "value=\"", "\"")));
        let request = TestRequest::default().set_form(form);
        self.ask(Method::POST, path, request).await
    }

    /// Follows a link as a person does: landing page, one tap, the page behind; its path and the page.
    pub async fn opens(&mut self, path: &str) -> (String, Answer) {
        let landing = self.get(path).await.is(200);
        let gone = self.posts(&landing, path, &[]).await.is(303);
        let inside = gone.header("location").to_owned();
        let page = self.get(&inside).await.is(200);
        (inside, page)
    }

    async fn ask(&mut self, method: Method, path: &str, request: TestRequest) -> Answer {
        let mut request = request.method(method).uri(path).peer_addr(self.peer);
        for (name, value) in &self.cookies {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        for (name, value) in &self.headers {
            request = request.insert_header((*name, *value));
        }
        let answer = self.house.answer(request).await;
        for line in answer.headers.get_all("set-cookie") {
            let cookie = Cookie::parse(line.to_str().unwrap().to_owned()).unwrap();
            self.cookies
                .insert(cookie.name().to_owned(), cookie.value().to_owned());
        }
        answer
    }
}

/// Everything at the same time, as far as one server thread and its writer let it.
pub async fn at_once<T>(work: impl IntoIterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut open: Vec<_> = work.into_iter().map(|one| Some(Box::pin(one))).collect();
    let mut done: Vec<Option<T>> = open.iter().map(|_| None).collect();
    poll_fn(|cx| {
        for (slot, result) in open.iter_mut().zip(&mut done) {
            let polled = slot.as_mut().map(|one| Pin::new(one).poll(cx));
            if let Some(Poll::Ready(value)) = polled {
                (*slot, *result) = (None, Some(value));
            }
        }
        match open.iter().all(Option::is_none) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    })
    .await;
    done.into_iter().flatten().collect()
}
