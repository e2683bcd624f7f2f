//! Star cards: what is seen becomes lines of the ledger, which only grows; privileges take from what can be exchanged and
//! never from what was earned; cards to cut out.

use std::collections::BTreeMap;

use crate::school::{Answer, House, School, Stage, after};

pub(super) async fn house() -> House {
    let school = School::new().with_class("401", 8).with_class("402", 2);
    school.with_round("r", Stage::Open).open().await
}

pub(super) fn at(house: &House, tail: &str) -> String {
    format!("/t/classes/{}/{tail}", house.class("401"))
}

/// Five praises for each of the five stars, or fewer.
pub(super) async fn praise(house: &House, no: &str, stars: usize) {
    let page = house.staff("h401").get(&at(house, "praise")).await.body;
    let chips: Vec<&str> = page
        .split("<section>")
        .skip(1)
        .filter_map(|part| part.split("name=\"chip\" value=\"").nth(1))
        .filter_map(|part| part.split('"').next())
        .collect();
    assert_eq!(chips.len(), 5);
    for chip in chips.iter().take(stars) {
        for _ in 0..5 {
            let fields = [("student", house.student_id(no)), ("chip", *chip)];
            house
                .staff("h401")
                .posts(&at(house, "praise"), &fields)
                .await
                .is(303);
        }
    }
}

/// Unit and amount of a child's lines, in their order, with the act.
pub(super) fn ledger(house: &House, no: &str) -> Vec<(String, String, i64)> {
    let id = format!("'{}'", house.student_id(no));
    let mut lines: Vec<(i64, (String, String, i64))> = Vec::new();
    for row in &house.contents()["card_entries"] {
        let cells: Vec<&str> = row.split('|').collect();
        if cells[1] != id {
            continue;
        }
        let text = |at: usize| cells[at].trim_matches('\'').to_owned();
        let line = (text(4), text(5), cells[6].parse().unwrap());
        lines.push((cells[2].parse().unwrap(), line));
    }
    lines.sort();
    lines.into_iter().map(|(_, line)| line).collect()
}

fn balance(lines: &[(String, String, i64)]) -> BTreeMap<&str, i64> {
    let mut sums = BTreeMap::new();
    for (_, unit, amount) in lines {
        *sums.entry(unit.as_str()).or_default() += amount;
    }
    sums.retain(|_, n| *n != 0);
    sums
}

pub(super) async fn begin(house: &House, picture: &str) -> String {
    let fields = [("act", "ready"), ("id", picture)];
    let here = at(house, "privileges");
    house.staff("h401").posts(&here, &fields).await.is(303);
    let page = house.staff("h401").get(&here).await.is(200).body;
    let (_, newest) = page.rsplit_once("name=\"take\" value=\"").unwrap();
    newest.split('"').next().unwrap().to_owned()
}

async fn take(house: &House, who: &str, no: &str, privilege: &str) -> Answer {
    let fields = [("student", house.student_id(no)), ("take", privilege)];
    house
        .staff(who)
        .posts(&at(house, "privileges"), &fields)
        .await
}

#[actix_web::test]
async fn what_is_seen_is_written_and_what_is_taken_back_is_written_too() {
    let house = house().await;
    praise(&house, "40101", 4).await;
    assert_eq!(ledger(&house, "40101").len(), 4);
    praise(&house, "40101", 5).await;
    let lines = ledger(&house, "40101");
    assert_eq!(balance(&lines)["moon"], 1, "{lines:?}");
    let page = house.staff("h401").get(&at(&house, "praise")).await.body;
    let newest = after(&page, "name=\"undo\"", "value=\"", "\"");
    let undo = [("undo", newest)];
    house
        .staff("h401")
        .posts(&at(&house, "praise"), &undo)
        .await
        .is(303);
    let after_undo = ledger(&house, "40101");
    assert_eq!(after_undo[..lines.len()], lines[..], "no line is changed");
    assert_eq!(balance(&after_undo).get("moon"), None);
    house
        .staff("h401")
        .posts(&at(&house, "praise"), &undo)
        .await;
    assert_eq!(
        ledger(&house, "40101"),
        after_undo,
        "twice the same enters once"
    );
    assert!(!house.audited("cards.write").await.is_empty());
}

#[actix_web::test]
async fn a_privilege_is_taken_and_given_back_and_nothing_earned_is_lost() {
    let house = house().await;
    praise(&house, "40101", 5).await;
    let song = begin(&house, "song").await;
    let earned = |page: &str| page.matches("data-test=\"own-privileges\"").count();
    let page = house.student("40101").get("/s/me").await.is(200).body;
    assert_eq!(earned(&page), 1);
    let shelf = after(&page, "class=\"sl\"", ">", "</p>").to_owned();
    take(&house, "h401", "40101", &song).await.is(303);
    assert_eq!(house.audited("privilege.take").await.len(), 1);
    let lines = ledger(&house, "40101");
    let spent: i64 = lines
        .iter()
        .filter(|l| l.0 == "privilege")
        .map(|l| l.2)
        .sum();
    assert_eq!(spent, -3);
    let sums = balance(&lines);
    assert_eq!(
        sums.values().sum::<i64>(),
        2,
        "a moon of five was broken: {sums:?}"
    );
    let page = house.student("40101").get("/s/me").await.is(200).body;
    let now = after(&page, "class=\"sl\"", ">", "</p>");
    assert_eq!(now, shelf, "what was earned stays");
    take(&house, "h401", "40101", &song).await.is(303);
    assert_eq!(ledger(&house, "40101"), lines, "two stars are not three");
    let desk = house
        .staff("h401")
        .get(&at(&house, "privileges"))
        .await
        .body;
    let taking = after(&desk, "name=\"back\"", "value=\"", "\"").to_owned();
    for _ in 0..2 {
        let back = [("back", taking.as_str())];
        house
            .staff("h401")
            .posts(&at(&house, "privileges"), &back)
            .await
            .is(303);
        let lines = ledger(&house, "40101");
        assert_eq!(balance(&lines)["moon"], 1, "{lines:?}");
    }
}

#[actix_web::test]
async fn a_spent_star_whose_praise_is_undone_never_makes_a_debt() {
    let house = house().await;
    praise(&house, "40101", 2).await;
    let chalk = begin(&house, "chalk").await;
    take(&house, "h401", "40101", &chalk).await.is(303);
    let before = ledger(&house, "40101");
    let page = house.staff("h401").get(&at(&house, "praise")).await.body;
    let newest = after(&page, "name=\"undo\"", "value=\"", "\"");
    let undo = [("undo", newest)];
    house
        .staff("h401")
        .posts(&at(&house, "praise"), &undo)
        .await
        .is(303);
    assert_eq!(ledger(&house, "40101"), before);
    assert!(balance(&before).values().all(|n| *n >= 0));
}

#[actix_web::test]
async fn only_the_homeroom_teacher_of_the_class_and_only_its_own_children() {
    let house = house().await;
    praise(&house, "40101", 5).await;
    let song = begin(&house, "song").await;
    let here = at(&house, "privileges");
    house.staff("s401").get(&here).await.is(403);
    house.staff("h402").get(&here).await.is(404);
    take(&house, "s401", "40101", &song).await.is(403);
    take(&house, "h402", "40101", &song).await.is(404);
    take(&house, "h401", "40201", &song).await.is(404);
    take(&house, "h401", "40101", "none").await.is(404);
    let print = at(&house, "privileges/print");
    house.staff("s401").get(&print).await.is(403);
    let own = house.student("40101");
    assert!(own.get(&here).await.status >= 300);
    let off = [("act", "off"), ("id", song.as_str())];
    house.staff("h401").posts(&here, &off).await.is(303);
    take(&house, "h401", "40101", &song).await.is(404);
    assert!(
        ledger(&house, "40101")
            .iter()
            .all(|line| line.0 != "privilege")
    );
}

#[actix_web::test]
async fn a_list_takes_good_words_only_and_no_more_than_fit() {
    let house = house().await;
    let here = at(&house, "privileges");
    let add = |words: &'static str, price: &'static str, unit: &'static str| {
        let (house, here) = (&house, here.clone());
        async move {
            let fields = [
                ("act", "add"),
                ("words", words),
                ("price", price),
                ("unit", unit),
                ("picture", "gift"),
            ];
            house.staff("h401").posts(&here, &fields).await.is(303);
            house.contents()["privileges"].len()
        }
    };
    assert_eq!(add("x", "1", "star").await, 0);
    assert_eq!(add("thirteen long", "1", "star").await, 0);
    assert_eq!(add("plant a tree", "0", "star").await, 0);
    assert_eq!(add("plant a tree", "21", "star").await, 0);
    assert_eq!(add("plant a tree", "2", "comet").await, 0);
    assert_eq!(add("plant a tree", "2", "star").await, 1);
    assert_eq!(
        add("plant a tree", "2", "star").await,
        1,
        "the same is the same"
    );
}

#[actix_web::test]
async fn a_printing_has_what_is_new_and_can_be_shown_again() {
    let house = house().await;
    praise(&house, "40101", 2).await;
    let print = at(&house, "privileges/print");
    let cards = |page: &str| page.matches("class=\"cd-card\"").count();
    let teacher = house.staff("h401");
    assert_eq!(cards(&teacher.get(&print).await.is(200).body), 0);
    teacher.posts(&print, &[]).await.is(303);
    assert_eq!(cards(&teacher.get(&print).await.body), 2);
    praise(&house, "40102", 5).await;
    teacher.posts(&print, &[]).await.is(303);
    let page = teacher.get(&print).await.body;
    assert_eq!(
        cards(&page),
        2 + 6,
        "the last of each child: five stars and a moon"
    );
    teacher.posts(&print, &[]).await.is(303);
    assert_eq!(
        cards(&teacher.get(&print).await.body),
        8,
        "nothing new moves no mark"
    );
    assert_eq!(
        cards(&teacher.get(&format!("{print}?blank=1")).await.body),
        21
    );
    assert_eq!(house.audited("cards.print").await.len(), 3);
}

/// Two teachers' browsers at once, with praises, undos, privileges and their return: whatever order they land in, every
/// ledger adds up and nothing is below zero.
#[actix_web::test]
async fn a_ledger_adds_up_whatever_comes_at_once() {
    let house = house().await;
    praise(&house, "40101", 5).await;
    praise(&house, "40102", 5).await;
    let song = begin(&house, "song").await;
    let page = house.staff("h401").get(&at(&house, "praise")).await.body;
    let chip = after(&page, "name=\"chip\"", "value=\"", "\"").to_owned();
    let undo = after(&page, "name=\"undo\"", "value=\"", "\"").to_owned();
    let mut all = Vec::new();
    for turn in 0..6 {
        for no in ["40101", "40102"] {
            let (house, song) = (&house, song.clone());
            let (chip, undo) = (chip.clone(), undo.clone());
            all.push(async move {
                let (praise, wishes) = (at(house, "praise"), at(house, "privileges"));
                let (path, fields) = match turn % 3 {
                    0 => (
                        wishes,
                        vec![("student", house.student_id(no)), ("take", &song)],
                    ),
                    1 => (
                        praise,
                        vec![("student", house.student_id(no)), ("chip", &chip)],
                    ),
                    _ => (praise, vec![("undo", undo.as_str())]),
                };
                let fields: Vec<(&str, &str)> = fields;
                house.staff("h401").posts(&path, &fields).await.is(303);
            });
        }
    }
    futures_util::future::join_all(all).await;
    for no in ["40101", "40102"] {
        let lines = ledger(&house, no);
        adds_up(&lines);
        let privilege = lines.iter().filter(|line| line.0 == "privilege");
        let value: i64 = privilege.map(|line| line.2 * worth(&line.1)).sum();
        assert_eq!(value, -3, "five stars are one song");
    }
}

/// In stars.
fn worth(unit: &str) -> i64 {
    match unit {
        "moon" => 5,
        "sun" => 20,
        _ => 1,
    }
}

/// Nothing below zero; an exchange makes nothing and loses nothing; what is there is what was earned less what was spent.
pub(super) fn adds_up(lines: &[(String, String, i64)]) {
    assert!(balance(lines).values().all(|n| *n > 0), "{lines:?}");
    let value = |act: &str| -> i64 {
        let of = lines.iter().filter(|line| line.0 == act);
        of.map(|(_, unit, n)| n * worth(unit)).sum()
    };
    assert_eq!(value("exchanged"), 0, "{lines:?}");
    let there: i64 = balance(lines).iter().map(|(unit, n)| n * worth(unit)).sum();
    assert_eq!(there, value("earned") + value("privilege"), "{lines:?}");
    assert!(value("privilege") <= 0);
}

/// What was stored past the actions, as a demo or an import does, is caught up with when the office counts again; what is
/// there already is not written twice.
#[actix_web::test]
async fn counting_again_finds_nothing_to_write_twice() {
    let school = School::new().with_class("401", 8);
    let house = school.with_round("r", Stage::Published).open().await;
    praise(&house, "40101", 5).await;
    let before = ledger(&house, "40101");
    assert!(!before.is_empty());
    let again = [("action", "recount")];
    house.office().posts("/a/badges", &again).await.is(303);
    assert_eq!(ledger(&house, "40101"), before);
}

/// The tables themselves refuse it.
#[actix_web::test]
#[should_panic(expected = "append-only")]
async fn a_line_is_never_changed() {
    let house = house().await;
    praise(&house, "40101", 1).await;
    house.sql("UPDATE card_entries SET amount = 9");
}

#[actix_web::test]
#[should_panic(expected = "append-only")]
async fn a_line_is_never_taken_away() {
    let house = house().await;
    praise(&house, "40101", 1).await;
    house.sql("DELETE FROM card_entries");
}
