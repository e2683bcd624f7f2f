//! An open round is dealt again when the class changes: nothing written is lost, and everybody still rates and is
//! rated about as often as everybody else.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use starlight::{
    actions::{consent, import_roster, imports::school_year, rounds as moves},
    domain::{actor::Actor, ids::ClassId, sheet::first_stamp},
    exchange::{
        roster,
        table::{ReadOptions, read},
    },
    keys::form_key::{self, FormRef},
    storage::{sheets, students},
};

use super::teacher_apart::pairs;
use crate::school::{Answer, House, School, Stage, now, today};

type Pairs = BTreeSet<(String, String)>;

async fn house(class: &str, children: usize) -> House {
    School::new()
        .with_class(class, children)
        .with_round("r", Stage::Open)
        .open()
        .await
}

async fn excuse(house: &House, no: &str, on: bool) {
    let path = format!("/t/classes/{}/excuse", house.class(no.get(..3).unwrap()));
    let fields = [
        ("student", house.student_id(no)),
        ("reason", "ill"),
        ("on", if on { "1" } else { "0" }),
    ];
    let teacher = house.staff(&format!("h{}", no.get(..3).unwrap()));
    teacher.posts(&path, &fields).await.is(303);
}

/// The child answers its first `most` cards about classmates; returns whom they are about.
async fn answers(house: &House, no: &str, most: usize) -> Pairs {
    let (child, round) = (house.student(no), house.round("r"));
    let mut done = Pairs::new();
    for card in peers(&child.tasks(round).await).into_iter().take(most) {
        let ratee = card["ratee"].as_str().unwrap().to_owned();
        assert!(child.says(round, &card, 2).await.status < 300);
        done.insert((house.student_id(no).to_owned(), ratee));
    }
    done
}

fn peers(cards: &[Value]) -> Vec<Value> {
    let peer = |card: &&Value| card["source"] == "peer";
    cards.iter().filter(peer).cloned().collect()
}

/// How often each of these children rates and is rated: least and most.
fn spread(pairs: &Pairs, ids: &[String]) -> [(usize, usize); 2] {
    let mut counts: [BTreeMap<&str, usize>; 2] = Default::default();
    for (rater, ratee) in pairs {
        *counts[0].entry(rater).or_default() += 1;
        *counts[1].entry(ratee).or_default() += 1;
    }
    counts.map(|side| {
        let of = |id: &String| side.get(id.as_str()).copied().unwrap_or(0);
        (
            ids.iter().map(of).min().unwrap(),
            ids.iter().map(of).max().unwrap(),
        )
    })
}

fn without(house: &House, no: &str) -> Vec<String> {
    let all = house.own().students.iter();
    all.filter(|(number, _)| *number != no)
        .map(|(_, id)| id.clone())
        .collect()
}

async fn sheets_there(house: &House) -> usize {
    let (school, round) = (house.own().school.clone(), house.round("r").to_owned());
    let read = house.store.read(move |db| {
        let permit = Actor::System.run_school().unwrap();
        sheets::of_round(db, &permit, &school, &round)
    });
    read.await.unwrap().len()
}

#[actix_web::test]
async fn whoever_is_excused_is_closed_over_and_what_is_written_stays() {
    let house = house("301", 12).await;
    let away = house.student_id("30105").to_owned();
    let before = pairs(&house, "r").await;
    let mut done = answers(&house, "30105", 1).await;
    let numbers: Vec<&String> = house.own().students.keys().collect();
    let rater = |no: &str| before.contains(&(house.student_id(no).to_owned(), away.clone()));
    let about: Vec<&&String> = numbers.iter().filter(|no| rater(no)).collect();
    assert_eq!(about.len(), 3);
    // One of the three who rate the child has done so; the other two have not.
    done.extend(answers(&house, about[0], 3).await);
    let written = sheets_there(&house).await;

    excuse(&house, "30105", true).await;
    let after = pairs(&house, "r").await;
    assert!(done.is_subset(&after), "what is written stays");
    assert_eq!(sheets_there(&house).await, written);
    let touching = |(a, b): &&(String, String)| *a == away || *b == away;
    assert!(
        after
            .iter()
            .filter(touching)
            .all(|pair| done.contains(pair))
    );
    assert_eq!(spread(&after, &without(&house, "30105"))[0], (3, 3));
    let (least, most) = spread(&after, &without(&house, "30105"))[1];
    assert!(most - least <= 1, "{least} {most}");
    for no in &about[1..] {
        let cards = peers(&house.student(no).tasks(house.round("r")).await);
        assert_eq!(cards.len(), 3, "a new classmate instead");
        assert!(cards.iter().all(|card| card["ratee"] != away.as_str()));
    }
    let (added, removed) = (
        after.difference(&before).count(),
        before.difference(&after).count(),
    );
    assert_eq!(
        house.audited("excuse").await,
        [("excuse".into(), format!("dealt={added} taken={removed}"))]
    );

    excuse(&house, "30105", false).await;
    let back = pairs(&house, "r").await;
    assert!(done.is_subset(&back));
    for (least, most) in spread(
        &back,
        &house.own().students.values().cloned().collect::<Vec<_>>(),
    ) {
        assert!(least >= 2 && most - least <= 1, "{least} {most}");
    }
    // Again without a change nothing moves.
    excuse(&house, "30105", false).await;
    assert_eq!(pairs(&house, "r").await, back);
}

async fn import(house: &House, rows: &[(&str, &str)]) {
    let mut csv = "学号,姓名,班级\n".to_owned();
    for (no, class) in rows {
        csv.push_str(&format!("{no},张小满,{class}\n"));
    }
    let table = read("roster.csv", None, csv.as_bytes(), &ReadOptions::default()).unwrap();
    let ring = house.ring.clone();
    let done = house.change(move |tx, call| {
        let read = roster::parse(&table, school_year(call));
        import_roster::apply(tx, call, &ring, &read, true)
    });
    let found = done.await;
    assert!(found.done, "{:?}", found.errors);
}

async fn id_of(house: &House, no: &'static str) -> String {
    let school = house.own().school.clone();
    let read = house.store.read(move |db| {
        let permit = Actor::System.run_school().unwrap();
        students::all(db, &permit, &school)
    });
    let all = read.await.unwrap();
    all.into_iter().find(|s| s.student_no == no).unwrap().id
}

#[actix_web::test]
async fn a_late_joiner_gets_cards_and_is_rated() {
    let house = house("301", 10).await;
    let done = answers(&house, "30101", 3).await;
    import(&house, &[("30199", "301")]).await;
    let new = id_of(&house, "30199").await;
    let after = pairs(&house, "r").await;
    assert!(done.is_subset(&after));
    let mut all: Vec<String> = house.own().students.values().cloned().collect();
    all.push(new.clone());
    assert_eq!(spread(&after, &all), [(3, 3), (3, 3)]);
    assert!(after.iter().any(|(rater, _)| *rater == new));
    let told = house.audited("import.roster").await;
    assert!(told[0].1.ends_with("dealt=6 taken=3"), "{told:?}");
}

#[actix_web::test]
async fn who_changes_class_leaves_only_what_is_written_behind() {
    let house = School::new()
        .with_class("301", 8)
        .with_class("302", 8)
        .with_round("r", Stage::Open)
        .open()
        .await;
    let moving = house.student_id("30101").to_owned();
    let done = answers(&house, "30101", 1).await;
    import(&house, &[("30101", "302")]).await;
    let after = pairs(&house, "r").await;
    assert!(done.is_subset(&after));
    let class = |code: &str| -> Vec<String> {
        let all = house.own().students.iter();
        all.filter(|(no, _)| no.starts_with(code))
            .map(|(_, id)| id.clone())
            .collect()
    };
    let (mut old, mut new) = (class("301"), class("302"));
    old.retain(|id| *id != moving);
    let given = after.iter().filter(|(rater, _)| *rater == moving);
    let abroad = given.filter(|(_, ratee)| old.contains(ratee));
    assert_eq!(abroad.count(), 1, "only what is written");
    assert!(!after.iter().any(|(a, b)| old.contains(a) && *b == moving));
    new.push(moving);
    for ids in [old, new] {
        for (least, most) in spread(&after, &ids) {
            assert!(least >= 2 && most - least <= 1, "{least} {most}");
        }
    }
}

#[actix_web::test]
async fn who_is_refused_rates_nobody_and_is_rated_by_nobody() {
    let house = School::new()
        .with_class("101", 9)
        .with_round("r", Stage::Open)
        .with_round("next", Stage::Draft)
        .open()
        .await;
    let (class, child) = (
        ClassId::new(house.class("101")),
        house.student_id("10104").to_owned(),
    );
    let enter = |given: bool| {
        let (class, child) = (class.clone(), child.clone());
        house.change(move |tx, call| consent::enter(tx, call, &class, &child, given, today()))
    };
    enter(false).await;
    let after = pairs(&house, "r").await;
    assert!(after.iter().all(|(a, b)| *a != child && *b != child));
    assert_eq!(spread(&after, &without(&house, "10104")), [(2, 2), (2, 2)]);
    let cards = house.student("10104").tasks(house.round("r")).await;
    assert!(
        peers(&cards).is_empty() && !cards.is_empty(),
        "its own stars are left"
    );
    let next = house.round("next").to_owned();
    house
        .change(move |tx, call| moves::open(tx, call, &next))
        .await;
    let dealt = pairs(&house, "next").await;
    assert_eq!(dealt.len(), 8 * 2);
    assert!(dealt.iter().all(|(a, b)| *a != child && *b != child));
    enter(true).await;
    for round in ["r", "next"] {
        let all: Vec<String> = house.own().students.values().cloned().collect();
        assert_eq!(spread(&pairs(&house, round).await, &all), [(2, 2), (2, 2)]);
    }
    assert_eq!(house.audited("round.redeal").await.len(), 2);
}

#[actix_web::test]
async fn a_round_opened_again_knows_who_was_excused_meanwhile() {
    let house = house("101", 8).await;
    let round = house.round("r").to_owned();
    let id = round.clone();
    house
        .change(move |tx, call| moves::close(tx, call, &id))
        .await;
    let before = pairs(&house, "r").await;
    excuse(&house, "10103", true).await;
    assert_eq!(
        pairs(&house, "r").await,
        before,
        "nothing moves while it is closed"
    );
    house
        .change(move |tx, call| moves::open(tx, call, &round))
        .await;
    let after = pairs(&house, "r").await;
    assert_eq!(spread(&after, &without(&house, "10103")), [(2, 2), (2, 2)]);
    assert_eq!(after.len(), 7 * 2);
}

/// What a device kept of a card about a classmate, delivered by the form's key.
async fn delivers(house: &House, rater: &str, card: &Value) -> Answer {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let form = FormRef {
        school: house.own().school.to_string(),
        round: house.round("r").to_owned(),
        rater: rater.to_owned(),
        source: "peer".to_owned(),
        ratee: text(&card["ratee"]),
    };
    let asked = text(&card["indicators"][0]["id"]);
    let body = json!({
        "key": form_key::seal(&house.ring, &form),
        "stamp": first_stamp(now(), None),
        "late": true,
        "scores": { asked.as_str(): 2 },
    });
    house.deliver(body).await
}

#[actix_web::test]
async fn what_a_device_kept_of_a_card_that_was_taken_back_still_arrives() {
    let house = house("301", 12).await;
    let away = house.student_id("30105").to_owned();
    let cards = peers(&house.student("30105").tasks(house.round("r")).await);
    excuse(&house, "30105", true).await;
    let taken = (away.clone(), cards[0]["ratee"].as_str().unwrap().to_owned());
    assert!(!pairs(&house, "r").await.contains(&taken));
    delivers(&house, &away, &cards[0]).await.is(200);
    assert!(pairs(&house, "r").await.contains(&taken));
    assert_eq!(sheets_there(&house).await, 1);
    // Where the family has refused meanwhile, not.
    let (class, ratee) = (
        ClassId::new(house.class("301")),
        cards[1]["ratee"].as_str().unwrap().to_owned(),
    );
    house
        .change(move |tx, call| consent::enter(tx, call, &class, &ratee, false, today()))
        .await;
    delivers(&house, &away, &cards[1]).await.is(403);
}
