//! Badges by counts: given after a change, confirmed by the homeroom teacher, seen by child, family and screen, printed,
//! and withdrawn everywhere with the reason.

use starlight::{
    actions::settle_term,
    domain::actor::Call,
    storage::{Tx, results, results::AwardRow, schools},
};

use crate::school::{House, School, Stage};

const FRAME: &str = "/api/v1/screens/current/frame";

async fn house() -> House {
    School::new()
        .with_class("401", 8)
        .with_class("402", 3)
        .with_round("r 1", Stage::Published)
        .open()
        .await
}

fn page(house: &House, tail: &str) -> String {
    format!("/t/classes/{}/badges{tail}", house.class("401"))
}

/// Badge, tier, doubt of the awards of a child of 401.
async fn awards(house: &House, no: &str) -> Vec<(String, String, Option<String>)> {
    let child = house.student_id(no).to_owned();
    let read = move |tx: &mut Tx<'_>, call: &Call| {
        let term = schools::terms(tx, &call.school)?.remove(0).id;
        let permit = call.actor.run_school()?;
        let rows = results::awards_of_children(tx, &permit, &call.school, &term, &[child])?;
        tx.record(call, "test.read", "awards", "")?;
        let counted = rows.into_iter().filter(|row| row.period == "term");
        let one = |row: AwardRow| (row.badge, row.tier, row.doubted);
        let mut found: Vec<_> = counted.map(one).collect();
        found.sort();
        Ok(found)
    };
    house.change(read).await
}

/// The teacher praises a child for an indicator of a star, so many times.
async fn praise(house: &House, no: &str, chip: &str, times: usize) {
    let at = format!("/t/classes/{}/praise", house.class("401"));
    for _ in 0..times {
        let fields = [("student", house.student_id(no)), ("chip", chip)];
        house.staff("h401").posts(&at, &fields).await.is(303);
    }
}

/// A proposal of a child, as the rules make it.
async fn propose(house: &House, no: &str) -> String {
    let (child, id) = (house.student_id(no).to_owned(), format!("proposal-{no}"));
    let known = id.clone();
    let give = move |tx: &mut Tx<'_>, call: &Call| {
        let row = AwardRow {
            school_id: call.school.to_string(),
            id,
            recipient_kind: "student".to_owned(),
            recipient_id: child,
            badge: "fair_rater".to_owned(),
            tier: "star".to_owned(),
            term_id: schools::terms(tx, &call.school)?.remove(0).id,
            period: "term".to_owned(),
            evidence: "count.rounds=4;count.told=1;count.varied=3".to_owned(),
            rule_version: "4".to_owned(),
            needs_yes: true,
            awarded_at: call.now,
            ..AwardRow::default()
        };
        Ok(results::add_award(tx, &call.actor.run_school()?, &row)?)
    };
    house.change(give).await;
    known
}

#[actix_web::test]
async fn five_praises_are_a_badge_at_once_and_a_recount_adds_nothing() {
    let house = house().await;
    let chip = "middle_labour_1";
    praise(&house, "40101", chip, 4).await;
    assert!(awards(&house, "40101").await.is_empty());
    praise(&house, "40101", chip, 1).await;
    let sprout = ("good_hands".to_owned(), "sprout".to_owned(), None);
    assert_eq!(awards(&house, "40101").await, std::slice::from_ref(&sprout));
    assert_eq!(house.audited("award.recognise").await.len(), 1);
    let own = house.student("40101").get("/s/me").await.is(200).body;
    assert!(own.contains("劳") && own.contains("b-broom"), "{own}");
    praise(&house, "40101", chip, 7).await;
    let bloom = ("good_hands".to_owned(), "bloom".to_owned(), None);
    assert_eq!(awards(&house, "40101").await, [bloom, sprout]);
    let before = awards(&house, "40101").await;
    let recount = |tx: &mut Tx<'_>, call: &Call| {
        let rules = crate::school::rules();
        let prepared = settle_term::prepare(tx, call, 1)?;
        settle_term::settle(tx, call, &prepared, &rules, false)
    };
    assert_eq!(house.change(recount).await.new, 0);
    assert_eq!(awards(&house, "40101").await, before);
    assert!(awards(&house, "40102").await.is_empty());
}

#[actix_web::test]
async fn a_praise_taken_back_puts_the_badge_in_doubt_and_another_one_ends_the_doubt() {
    let house = house().await;
    let chip = "middle_labour_1";
    praise(&house, "40101", chip, 5).await;
    let at = format!("/t/classes/{}/praise", house.class("401"));
    let body = house.staff("h401").get(&at).await.is(200).body;
    let id = body.split("name=\"undo\" value=\"").nth(1);
    let id = id.and_then(|part| part.split('"').next()).expect("an undo");
    house
        .staff("h401")
        .posts(&at, &[("undo", id)])
        .await
        .is(303);
    let doubt = Some("no_longer_true".to_owned());
    assert_eq!(awards(&house, "40101").await[0].2, doubt);
    let shown = house
        .staff("h401")
        .get(&page(&house, ""))
        .await
        .is(200)
        .body;
    assert!(shown.contains("条件已不满足"));
    praise(&house, "40101", chip, 1).await;
    assert_eq!(awards(&house, "40101").await[0].2, None);
}

#[actix_web::test]
async fn nobody_sees_a_proposal_before_the_yes_and_everybody_after_it() {
    let house = house().await;
    let id = propose(&house, "40101").await;
    let screen = house.screen("hall");
    let sees = async |what: &str| {
        let own = house.student("40101").get("/s/me").await.is(200).body;
        let home = house
            .family("40101")
            .get(&house.family_page("40101"))
            .await
            .is(200)
            .body;
        [own.contains(what), home.contains(what)]
    };
    assert_eq!(sees("公正小评委").await, [false, false]);
    assert!(!screen.get(FRAME).await.body.contains("公正小评委"));
    let decide = page(&house, "/decide");
    let yes = [("confirm", id.as_str()), ("period", ""), ("screen", "1")];
    house.staff("s401").posts(&decide, &yes).await.is(403);
    house.staff("h402").posts(&decide, &yes).await.is(404);
    house.staff("h401").posts(&decide, &yes).await.is(303);
    assert_eq!(sees("公正小评委").await, [true, true]);
    assert!(screen.get(FRAME).await.body.contains("公正小评委"));
    assert_eq!(house.audited("award.confirm").await.len(), 1);
    house.staff("h401").posts(&decide, &yes).await.is(404);

    let print = page(&house, &format!("/print?award={id}"));
    house.staff("s401").get(&print).await.is(403);
    let sheet = house.staff("h401").get(&print).await.is(200);
    assert_eq!(sheet.body.matches("data-test=\"certificate\"").count(), 1);
    assert_eq!(house.audited("certificate.print").await.len(), 1);

    let away = [("withdraw", id.as_str()), ("period", ""), ("reason", "")];
    house.staff("h401").posts(&decide, &away).await.is(422);
    let reason = "记录记错了人，请家里放心。";
    let away = [
        ("withdraw", id.as_str()),
        ("period", ""),
        ("reason", reason),
    ];
    house.staff("h401").posts(&decide, &away).await.is(303);
    let own = house.student("40101").get("/s/me").await.is(200).body;
    assert!(!own.contains("公正小评委"));
    assert!(!screen.get(FRAME).await.body.contains("公正小评委"));
    let home = house
        .family("40101")
        .get(&house.family_page("40101"))
        .await
        .is(200)
        .body;
    assert!(home.contains(reason), "the family reads why");
    house.staff("h401").get(&print).await.is(404);
    assert_eq!(house.audited("award.withdraw").await.len(), 1);
}

#[actix_web::test]
async fn a_declined_proposal_is_seen_by_nobody() {
    let house = house().await;
    let id = propose(&house, "40101").await;
    let decide = page(&house, "/decide");
    let fields = [("withdraw", id.as_str()), ("reason", "这学期再看看。")];
    house.staff("h401").posts(&decide, &fields).await.is(303);
    assert_eq!(house.audited("award.decline").await.len(), 1);
    let home = house
        .family("40101")
        .get(&house.family_page("40101"))
        .await
        .is(200)
        .body;
    assert!(!home.contains("公正小评委"));
    house.staff("h401").posts(&decide, &[]).await.is(422);
}

/// A personal record counts from the moment a teacher kept or confirmed it, and no longer once it was taken back.
#[actix_web::test]
async fn a_record_passed_gives_a_badge_and_taken_back_puts_it_in_doubt() {
    let house = house().await;
    let logs = format!("/t/classes/{}/logs", house.class("401"));
    let books = |amount: &'static str| {
        let (house, logs) = (&house, logs.clone());
        async move {
            let name = format!("v.{}", house.student_id("40101"));
            let on = crate::school::today().to_string();
            let fields = [
                ("act", "keep"),
                ("kind", "read"),
                ("on", &on),
                (&name, amount),
            ];
            house.staff("s401").posts(&logs, &fields).await.is(303);
        }
    };
    books("2").await;
    assert!(awards(&house, "40101").await.is_empty(), "two are no three");
    books("3").await;
    let sprout = ("bookworm".to_owned(), "sprout".to_owned());
    let found = awards(&house, "40101").await;
    assert_eq!(found, [(sprout.0.clone(), sprout.1.clone(), None)]);
    books("").await;
    let found = awards(&house, "40101").await;
    assert_eq!(found.len(), 1, "nothing disappears silently");
    assert!(found[0].2.is_some(), "{found:?}");
    let child = house.student("40102");
    let told = [("kind", "read"), ("amount", "4")];
    child.posts("/s/log", &told).await.is(303);
    assert!(
        awards(&house, "40102").await.is_empty(),
        "a child's word waits"
    );
    let page = house.staff("h401").get(&logs).await.is(200).body;
    let log = crate::school::after(&page, "name=\"log\"", "value=\"", "\"");
    let on = crate::school::today().to_string();
    let yes = [
        ("act", "confirm"),
        ("kind", "read"),
        ("on", &on),
        ("log", log),
    ];
    house.staff("h401").posts(&logs, &yes).await.is(303);
    assert_eq!(awards(&house, "40102").await[0].0, "bookworm");
}
