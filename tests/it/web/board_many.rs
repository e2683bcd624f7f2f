//! Five hundred displays on their streams at once: every frame reaches each of them once and in order, and whoever was
//! away gets what it missed when it comes back. Over real sockets, with the server killed: `scenarios/screens500.mjs`.

use std::pin::Pin;

use actix_web::{
    body::{BoxBody, MessageBody},
    test::TestRequest,
};
use futures_util::future::{join_all, poll_fn};
use starlight::{
    actions::{programmes, screens, screens::NewScreen, session::Origin},
    domain::programme::{Kind, Programme},
    keys::token::Token,
};

use crate::school::{House, School, Stage, ZONE};

const DISPLAYS: usize = 500;
const EVENTS: &str = "/api/v1/screens/current/events";

async fn paired(house: &House, count: usize) -> Vec<String> {
    let tokens: Vec<Token> = (0..count).map(|_| Token::fresh().unwrap()).collect();
    let hashes: Vec<_> = tokens.iter().map(Token::hash).collect();
    house
        .change(move |tx, call| {
            for hash in &hashes {
                let new = NewScreen {
                    place: "here".to_owned(),
                    class: None,
                };
                let screen = screens::add(tx, call, &new)?;
                let origin = Origin {
                    now: call.now,
                    ip: String::new(),
                    request_id: String::new(),
                    timezone: ZONE,
                };
                screens::begin(tx, &origin, &call.school, &screen.id, hash, "test")?;
            }
            Ok(())
        })
        .await;
    tokens.iter().map(|t| t.reveal().to_owned()).collect()
}

/// A display's stream, and what it has read of it.
struct Listener {
    body: Pin<Box<BoxBody>>,
    text: String,
    ids: Vec<String>,
}

impl Listener {
    async fn open(house: &House, token: &str, last: &str) -> Self {
        let request = TestRequest::get()
            .uri(EVENTS)
            .insert_header(("Authorization", format!("Bearer {token}")))
            .insert_header(("Last-Event-ID", last));
        let response = house.opened(request).await;
        assert_eq!(response.status(), 200);
        Self {
            body: Box::pin(response.into_body()),
            text: String::new(),
            ids: Vec::new(),
        }
    }

    /// Reads on until the next whole frame.
    async fn frame(&mut self) {
        while !self.take() {
            let piece = poll_fn(|cx| self.body.as_mut().poll_next(cx)).await;
            let piece = piece.expect("the stream goes on").unwrap();
            self.text.push_str(std::str::from_utf8(&piece).unwrap());
        }
    }

    fn take(&mut self) -> bool {
        while let Some((event, rest)) = self.text.split_once("\n\n") {
            let id = event
                .lines()
                .find_map(|line| line.strip_prefix("id: "))
                .map(str::to_owned);
            let whole = event.contains("event: frame\ndata: {") && event.ends_with('}');
            self.text = rest.to_owned();
            if let Some(id) = id {
                assert!(whole, "a frame in one piece");
                self.ids.push(id);
                return true;
            }
        }
        false
    }
}

/// Slides of another length: every hall shows another frame.
async fn change(house: &House, seconds: u32) {
    house
        .change(move |tx, call| {
            let programme = Programme {
                seconds,
                ..Programme::usual(Kind::Hall)
            };
            programmes::set(tx, call, "hall", &programme)
        })
        .await;
}

fn board(id: &str) -> i64 {
    id.split('-').next().unwrap().parse().unwrap()
}

#[actix_web::test]
async fn five_hundred_displays_hear_every_frame_in_order() {
    let house = School::new()
        .with_class("101", 12)
        .with_round("r1", Stage::Published)
        .open()
        .await;
    let tokens = paired(&house, DISPLAYS).await;
    let mut all = join_all(tokens.iter().map(|t| Listener::open(&house, t, ""))).await;
    join_all(all.iter_mut().map(Listener::frame)).await;
    for seconds in [21, 22, 23] {
        change(&house, seconds).await;
        join_all(all.iter_mut().map(Listener::frame)).await;
    }
    let heard = all[0].ids.clone();
    assert_eq!(heard.len(), 4);
    assert!(
        heard.windows(2).all(|two| board(&two[0]) < board(&two[1])),
        "{heard:?}"
    );
    for one in &all {
        assert_eq!(one.ids, heard);
    }

    // A hundred lose their line and miss a frame; coming back they get it, and not what they had.
    let last = heard[3].clone();
    drop(all.drain(..100));
    change(&house, 24).await;
    join_all(all.iter_mut().map(Listener::frame)).await;
    let newest = all[0].ids[4].clone();
    let mut back = join_all(
        tokens[..100]
            .iter()
            .map(|t| Listener::open(&house, t, &last)),
    )
    .await;
    join_all(back.iter_mut().map(Listener::frame)).await;
    assert!(back.iter().all(|one| one.ids == [newest.clone()]));
    drop(back);
    let mut known = join_all(
        tokens[..100]
            .iter()
            .map(|t| Listener::open(&house, t, &newest)),
    )
    .await;
    change(&house, 25).await;
    join_all(known.iter_mut().chain(&mut all).map(Listener::frame)).await;
    let after = all[0].ids[5].clone();
    assert!(known.iter().all(|one| one.ids == [after.clone()]));
    assert!(
        all.iter()
            .all(|one| one.ids.len() == 6 && one.ids[5] == after)
    );
}
