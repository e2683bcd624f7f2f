//! S-40, S-55: one log line per request, with the answer's request id and the route's template;
//! a family token in the path is in no line.

use std::cell::RefCell;
use std::sync::Once;

use super::*;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

thread_local! {
    /// The lines of the test that runs on this thread.
    static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Collects lines by thread. One for the whole process: a subscriber of one thread only would
/// miss what another test made tracing believe to be unwatched.
struct Collector;

fn start_collecting() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| tracing::subscriber::set_global_default(Collector).unwrap());
    LINES.with_borrow_mut(Vec::clear);
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!("{}={value:?} ", field.name()));
    }
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        let mut text = Text(format!("{} ", event.metadata().target()));
        event.record(&mut text);
        LINES.with_borrow_mut(|lines| lines.push(text.0));
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[actix_web::test]
async fn a_line_names_the_template_and_never_the_token() {
    let app = app(guard(Transport::LanHttp)).await;
    let token = "abcdefghijklmnopqrstuvwxyz234567";
    start_collecting();
    let answer = app(get(&format!("/p/{token}?x={token}"))).await;
    app(get(&format!("/p/{token}/nowhere"))).await;
    app(get(&format!("//p/{token}"))).await;
    app(get("/panics")).await;
    let lines = LINES.with_borrow(Clone::clone);
    assert!(lines.iter().all(|line| !line.contains(token)), "{lines:?}");
    let access: Vec<&String> = lines
        .iter()
        .filter(|line| line.starts_with("starlight::access"))
        .collect();
    assert_eq!(access.len(), 4, "{access:?}");
    let id = answer.header("x-request-id");
    assert_eq!(access.iter().filter(|line| line.contains(id)).count(), 1);
    assert!(access[0].contains("/p/{token}") && access[0].contains("status=303"));
    assert!(access[1].contains("unmatched") && access[1].contains("status=404"));
}
