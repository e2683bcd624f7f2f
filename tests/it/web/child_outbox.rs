//! `POST /s/outbox`: what a device kept is delivered by the form's key alone, without a session; a late save never
//! overwrites a newer one, and after closing nothing is taken.

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use starlight::{
    actions::rounds as moves,
    domain::{
        round::Drawn,
        sheet::{Answers, first_stamp},
    },
    keys::form_key::{self, FormRef},
    storage::{
        recalls,
        rounds::{self, RoundRow},
        sheets,
        students::StudentRow,
    },
};

use super::site::{Answer, Site, id_of, open_round};

/// A child with an allotted classmate, before an open round.
struct Round {
    site: Site,
    round: RoundRow,
    child: StudentRow,
    ratee: String,
    questions: Vec<String>,
}

impl Round {
    fn open() -> Self {
        let site = Site::new();
        let round = open_round(&site.school, "A", 1);
        let class = site.class(1);
        let child = site.children(&class).remove(0);
        let (ratee, questions) = site.school.read(|db, call| {
            let dealt = rounds::ratees_of(db, &call.school, &round.id, &id_of(&child))?;
            let part = rounds::class_of(db, &call.school, &round.id, &class)?.unwrap();
            let drawn: Drawn = serde_json::from_str(&part.drawn).unwrap();
            Ok((dealt[0].clone(), drawn.peer))
        });
        Self {
            site,
            round,
            child,
            ratee,
            questions,
        }
    }

    fn key(&self, ratee: &str) -> String {
        let form = FormRef {
            school: "s".to_owned(),
            round: self.round.id.clone(),
            rater: self.child.id.clone(),
            source: "peer".to_owned(),
            ratee: ratee.to_owned(),
        };
        form_key::seal(&self.site.school.ring, &form)
    }

    async fn deliver(&self, body: Value) -> Answer {
        let request = TestRequest::post()
            .uri("/s/outbox")
            .insert_header(("host", "star.local"))
            .insert_header(("origin", "http://star.local"))
            .set_json(body);
        self.site.ask(request).await
    }

    async fn says(&self, stamp: i64, question: usize, anchor: Option<u8>) -> Answer {
        let mut scores = serde_json::Map::new();
        scores.insert(self.questions[question].clone(), json!(anchor));
        self.deliver(
            json!({ "key": self.key(&self.ratee), "stamp": stamp, "late": true, "scores": scores }),
        )
        .await
    }

    /// The stored answers and how many earlier versions were kept.
    fn stored(&self) -> (Answers, i32) {
        let row = self.site.school.read(|db, call| {
            Ok(sheets::own(
                db,
                &call.school,
                &self.round.id,
                "peer",
                &self.child.id,
                &self.ratee,
            )?)
        });
        row.map_or((Answers::default(), 0), |row| {
            (Answers::unpack(&row.answers), row.version)
        })
    }

    fn answer(&self, question: usize) -> Option<Option<u8>> {
        self.stored().0.of(&self.questions[question])
    }
}

fn now() -> i64 {
    first_stamp(chrono::Utc::now().timestamp_millis(), None)
}

#[actix_web::test]
async fn taps_arrive_one_by_one_and_a_repeated_one_changes_nothing() {
    let round = Round::open();
    let stamp = now();
    assert_eq!(round.says(stamp + 1, 0, Some(3)).await.status, 200);
    assert_eq!(round.says(stamp + 2, 1, None).await.status, 200);
    assert_eq!(round.stored().1, 2);
    assert_eq!(round.says(stamp + 2, 1, None).await.status, 200);
    assert_eq!(round.stored().1, 2);
    assert_eq!(
        (round.answer(0), round.answer(1), round.answer(2)),
        (Some(Some(3)), Some(None), None)
    );
}

#[actix_web::test]
async fn a_save_from_the_first_tablet_that_comes_late_leaves_what_the_second_one_said() {
    let round = Round::open();
    let first = now();
    let second = first + 5_000_000;
    assert_eq!(round.says(first + 1, 0, Some(1)).await.status, 200);
    // The child goes on at another tablet, whose form was shown later; the leeway of the clock allows for it.
    let second = second.min(first + (1 << 19));
    assert_eq!(round.says(second + 1, 0, Some(3)).await.status, 200);
    let late = round.says(first + 9, 0, Some(2)).await;
    assert_eq!(late.status, 409, "{}", late.body);
    let told: Value = serde_json::from_str(&late.body).unwrap();
    assert!(told["next_stamp"].as_i64().unwrap() > second);
    assert_eq!(told["type"], "urn:starlight:problem:stale");
    assert!(!told["detail"].as_str().unwrap().is_empty());
    assert_eq!(round.answer(0), Some(Some(3)));
}

#[actix_web::test]
async fn a_key_opens_one_sheet_until_the_round_closes() {
    let round = Round::open();
    let scores = json!({ round.questions[0].as_str(): 3 });
    let with =
        |key: String, scores: &Value| json!({ "key": key, "stamp": now(), "scores": scores });
    let forged = round.deliver(with("A".repeat(120), &scores)).await;
    assert_eq!(forged.status, 404);
    let oneself = round.key(&round.child.id);
    assert_eq!(round.deliver(with(oneself, &scores)).await.status, 403);
    let wrong = json!({ round.questions[0].as_str(): 9 });
    let mine = round.key(&round.ratee);
    assert_eq!(round.deliver(with(mine.clone(), &wrong)).await.status, 422);
    let ahead = json!({ "key": mine, "stamp": i64::MAX, "scores": scores });
    assert_eq!(round.deliver(ahead).await.status, 422);
    assert_eq!(round.stored().1, 0);
    let id = round.round.id.clone();
    round
        .site
        .school
        .write(move |tx, call| moves::close(tx, call, &id));
    assert_eq!(round.says(now(), 0, Some(3)).await.status, 409);
    assert_eq!(round.stored().1, 0);
}

#[actix_web::test]
async fn a_remembered_moment_is_kept_once_a_round_and_only_what_the_page_offers() {
    let round = Round::open();
    let recalled = |indicator: &str, occasion: &str, deed: &str| {
        json!({
            "key": round.key(&round.ratee),
            "stamp": now(),
            "scores": { round.questions[0].as_str(): 3 },
            "recall": { "indicator": indicator, "occasion": occasion, "deed": deed },
        })
    };
    let asked = round.questions[0].as_str();
    let own_words = round.deliver(recalled(asked, "yesterday", "")).await;
    assert_eq!(own_words.status, 422, "{}", own_words.body);
    let not_asked = round.deliver(recalled("low_health_3", "break", "l0")).await;
    assert_eq!(not_asked.status, 422, "{}", not_asked.body);
    assert_eq!(round.stored().1, 0);
    assert_eq!(
        round.deliver(recalled(asked, "break", "l0")).await.status,
        200
    );
    let other = round.questions[1].as_str();
    assert_eq!(
        round.deliver(recalled(other, "duty", "l1")).await.status,
        200
    );
    let kept = round.site.school.read(|db, call| {
        let child = id_of(&round.child);
        Ok(recalls::own(db, &call.school, &round.round.id, &child)?.unwrap())
    });
    assert_eq!(
        (
            kept.indicator.as_str(),
            kept.occasion.as_str(),
            kept.deed.as_str()
        ),
        (asked, "break", "l0")
    );
}

#[actix_web::test]
async fn a_foreign_page_delivers_nothing() {
    let round = Round::open();
    let body = json!({ "key": round.key(&round.ratee), "stamp": now(), "scores": {} });
    let request = TestRequest::post()
        .uri("/s/outbox")
        .insert_header(("host", "star.local"))
        .insert_header(("origin", "http://evil.example"))
        .set_json(body);
    assert_eq!(round.site.ask(request).await.status, 403);
    assert_eq!(round.stored().1, 0);
}
