//! The home questions under the conditions of real phones: two taps, two tabs, two children, twenty devices, a form that
//! outlives its round or its link.

use crate::school::{Answer, House, Phone, School, Stage, after, at_once};

const WORDS: &str = "carried the bag alone & smiled";

async fn house() -> House {
    School::new()
        .with_class("401", 8)
        .with_round("r1", Stage::Open)
        .open()
        .await
}

/// The first question of a form, as the name of its field.
fn question(form: &Answer) -> String {
    let id = after(&form.body, "data-test=\"indicator\"", "data-id=\"", "\"");
    format!("a.{id}")
}

/// Fills the form's first question and the words, and sends it.
async fn sends(phone: &mut Phone<'_>, form: &Answer, inside: &str, mark: &str) -> Answer {
    let (asked, version) = (
        question(form),
        after(&form.body, "name=\"version\"", "value=\"", "\""),
    );
    let fields = [
        (asked.as_str(), mark),
        ("chip", "own"),
        ("text", WORDS),
        ("version", version),
    ];
    phone.posts(form, inside, &fields).await
}

/// Rows of the families' own sheets, and of what stood there before.
fn rows(house: &House) -> (usize, usize) {
    let contents = house.contents();
    let count = |table: &str| {
        let rows = contents[table].iter();
        rows.filter(|row| row.contains("'parent'")).count()
    };
    (count("sheets"), count("sheet_history"))
}

/// S-38: twenty posts of one form at once make one row without history; twenty different ones one row, and what stood
/// there before each is kept. After the round is closed nothing is taken.
#[actix_web::test]
async fn twenty_parallel_posts_are_one_answer() {
    let house = house().await;
    let mut phone = house.phone();
    let (inside, form) = phone.opens(&house.slip("40101").await).await;
    let mut phones = vec![phone.clone(); 20];
    let same = phones.iter_mut().map(|one| sends(one, &form, &inside, "2"));
    for answer in at_once(same).await {
        answer.is(303);
    }
    assert_eq!(rows(&house), (1, 0));

    let edit = phone.get(&format!("{inside}?edit=1")).await.is(200);
    let asked = question(&edit);
    let posts = phones.iter_mut().enumerate().map(|(n, one)| {
        let (words, asked, edit, inside) = (format!("word {n}"), asked.clone(), &edit, &inside);
        async move {
            let fields = [
                (asked.as_str(), "3"),
                ("chip", "own"),
                ("text", words.as_str()),
            ];
            one.posts(edit, inside, &fields).await
        }
    });
    for answer in at_once(posts).await {
        answer.is(303);
    }
    assert_eq!(rows(&house), (1, 20));

    let path = format!("/a/rounds/{}/close", house.round("r1"));
    house.office().posts(&path, &[]).await.is(303);
    sends(&mut phone, &edit, &inside, "1").await.is(409);
    assert_eq!(rows(&house), (1, 20));
}

/// A double tap on Send is one answer, and both taps are told so.
#[actix_web::test]
async fn a_double_tap_is_thanked_twice_and_counted_once() {
    let house = house().await;
    let mut phone = house.phone();
    let (inside, form) = phone.opens(&house.slip("40101").await).await;
    let first = sends(&mut phone, &form, &inside, "2").await.is(303);
    let second = sends(&mut phone, &form, &inside, "2").await.is(303);
    assert_eq!(first.header("location"), second.header("location"));
    assert_eq!(rows(&house), (1, 0));
}

/// Two tabs of one link: the later does not silently overwrite the newer, and shows both what stands and what was typed.
#[actix_web::test]
async fn an_older_tab_asks_before_it_overwrites() {
    let house = house().await;
    let mut phone = house.phone();
    let path = house.slip("40101").await;
    let (inside, old) = phone.opens(&path).await;
    let (again, new) = phone.opens(&path).await;
    assert_eq!(inside, again);
    sends(&mut phone, &new, &inside, "1").await.is(303);
    let refused = sends(&mut phone, &old, &inside, "3").await.is(409);
    let typed = WORDS.replace('&', "&amp;");
    assert!(refused.body.contains(&typed), "{refused:?}");
    let level = after(&refused.body, &question(&old), " value=\"3\"", ">");
    assert!(level.contains("checked"), "{level}");
    assert_eq!(rows(&house), (1, 0));
    sends(&mut phone, &refused, &inside, "3").await.is(303);
    assert_eq!(rows(&house), (1, 1));
}

/// Two children of one family in one browser, their pages opened before either was answered: each form goes to its own
/// child, whichever was opened last.
#[actix_web::test]
async fn siblings_in_one_browser_never_mix() {
    let house = house().await;
    let (one, two) = (house.slip("40101").await, house.slip("40102").await);
    let mut phone = house.phone();
    let (first, second) = (phone.get(&one).await.is(200), phone.get(&two).await.is(200));
    let mut inside = Vec::new();
    for (page, path) in [(&first, &one), (&second, &two)] {
        let gone = phone.posts(page, path, &[]).await.is(303);
        inside.push(gone.header("location").to_owned());
    }
    let a = phone.get(&inside[0]).await.is(200);
    let b = phone.get(&inside[1]).await.is(200);
    sends(&mut phone, &b, &inside[1], "1").await.is(303);
    sends(&mut phone, &a, &inside[0], "3").await.is(303);
    let sheets = house.contents()["sheets"].clone();
    for (no, mark) in [("40101", "=3"), ("40102", "=1")] {
        let of_child = sheets
            .iter()
            .filter(|row| row.contains(house.student_id(no)));
        let marks: Vec<&String> = of_child.collect();
        assert!(
            marks.len() == 1 && marks[0].contains(mark),
            "{no}: {marks:?}"
        );
    }
}

/// S-36: a sibling's, another round's or another role's id in the body is refused whole; another link's page stays shut.
#[actix_web::test]
async fn ids_in_the_body_reach_nobody_else() {
    let house = house().await;
    let other = house.slip("40102").await;
    let mut phone = house.phone();
    let (inside, form) = phone.opens(&house.slip("40101").await).await;
    let (theirs, _) = house.phone().opens(&other).await;
    let before = house.contents();
    let asked = question(&form);
    let sibling = house.student_id("40102").to_owned();
    let round = house.round("r1").to_owned();
    for (name, value) in [
        ("student_id", sibling.as_str()),
        ("student", sibling.as_str()),
        ("ratee", sibling.as_str()),
        ("round", round.as_str()),
        ("source", "teacher"),
        ("from_paper", "1"),
    ] {
        let fields = [(asked.as_str(), "3"), (name, value)];
        let answer = phone.posts(&form, &inside, &fields).await.is(400);
        assert!(!answer.body.contains("40102"), "{}", answer.body);
    }
    let by_query = format!("{inside}?student_id={sibling}");
    let page = phone.get(&by_query).await;
    assert!(!page.body.contains("40102") && !page.body.contains(&sibling));
    let answer = sends(&mut phone, &form, &theirs, "3").await.is(401);
    assert!(!answer.body.contains("40102"), "{}", answer.body);
    phone.get(&theirs).await.is(401);
    assert_eq!(house.contents(), before);
}

/// Forwarded to twenty devices: each opens it, all of them together have one voice, the teacher sees how many there are.
#[actix_web::test]
async fn forwarded_to_twenty_devices_it_is_one_voice() {
    let house = house().await;
    let path = house.slip("40101").await;
    for n in 0..20 {
        let mut phone = house.phone().at(&format!("10.0.1.{n}"));
        let (inside, form) = phone.opens(&path).await;
        if form.body.contains("data-test=\"indicator\"") {
            sends(&mut phone, &form, &inside, "2").await.is(303);
        }
        let edit = phone.get(&format!("{inside}?edit=1")).await.is(200);
        sends(
            &mut phone,
            &edit,
            &inside,
            if n % 2 == 0 { "1" } else { "2" },
        )
        .await
        .is(303);
    }
    assert_eq!(rows(&house).0, 1);
    let desk = format!("/t/classes/{}/links", house.class("401"));
    let list = house.staff("h401").get(&desk).await.is(200);
    assert!(list.body.contains("20 "), "{}", list.body);
}

/// S-35: whoever still fills the form when the round ends or the link is revoked is told so with 409, and the words
/// typed stand in the answer; a phone that forgot its cookies sends them again after opening the link once more.
#[actix_web::test]
async fn what_was_typed_comes_back_with_the_refusal() {
    let house = house().await;
    let typed = WORDS.replace('&', "&amp;");
    let path = house.slip("40101").await;
    let mut phone = house.phone().saying("origin", "http://star.local");
    let (inside, form) = phone.opens(&path).await;

    let (cookies, visit) = (
        phone.cookies.clone(),
        phone.cookies["starlight-visit"].clone(),
    );
    for kept in [None, Some(visit)] {
        phone.cookies.clear();
        phone
            .cookies
            .extend(kept.map(|value| ("starlight-visit".to_owned(), value)));
        let lost = sends(&mut phone, &form, &inside, "2").await.is(401);
        assert!(lost.body.contains(&typed), "{}", lost.body);
        assert!(lost.body.contains(&format!("action=\"{inside}\"")));
        phone.opens(&path).await;
        let asked = question(&form);
        let mark = after(&lost.body, &format!("name=\"{asked}\""), "value=\"", "\"");
        let fields = [(asked.as_str(), mark), ("text", WORDS), ("version", "0")];
        phone.posts(&lost, &inside, &fields).await.is(303);
        assert_eq!(rows(&house), (1, 0));
    }
    phone.cookies = cookies;

    let edit = phone.get(&format!("{inside}?edit=1")).await.is(200);
    let mut other = house.phone();
    let (revoked, empty) = other.opens(&house.slip("40102").await).await;
    let fields = [
        ("action", "revoke"),
        ("link", revoked.trim_start_matches("/f/")),
    ];
    let desk = format!("/t/classes/{}/links", house.class("401"));
    house.staff("h401").posts(&desk, &fields).await.is(303);
    let late = sends(&mut other, &empty, &revoked, "3").await.is(409);
    assert!(late.body.contains(&typed), "{}", late.body);

    let path = format!("/a/rounds/{}/close", house.round("r1"));
    house.office().posts(&path, &[]).await.is(303);
    let late = sends(&mut phone, &edit, &inside, "3").await.is(409);
    assert!(late.body.contains(&typed), "{}", late.body);
    assert_eq!(rows(&house), (1, 0));
}
