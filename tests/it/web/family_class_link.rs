//! Meeting mode: one link for a class, in which a child's own code opens that child's own page (S-41).

use std::collections::BTreeMap;

use actix_web::test::TestRequest;

use crate::school::{Answer, House, Phone, School, Stage, after};

async fn house() -> House {
    School::new()
        .with_class("401", 8)
        .with_class("402", 8)
        .with_round("r1", Stage::Open)
        .open()
        .await
}

/// The homeroom teacher makes the class's link; its path.
async fn class_link(house: &House, code: &str) -> String {
    let path = format!("/t/classes/{}/class-link", house.class(code));
    let teacher = house.staff(&format!("h{code}"));
    let poster = teacher.posts(&path, &[("action", "make")]).await.is(200);
    let token = after(&poster.body, "ls-poster", "http://star.local/p/class/", "<");
    format!("/p/class/{token}")
}

/// Every child of the class gets a slip; the codes by student number.
async fn codes(house: &House, code: &str) -> BTreeMap<String, String> {
    house.sql("DELETE FROM sessions WHERE kind = 'family'");
    house.sql("DELETE FROM family_links");
    let path = format!("/t/classes/{}/links", house.class(code));
    let teacher = house.staff(&format!("h{code}"));
    let page = teacher.posts(&path, &[("action", "issue")]).await.is(200);
    let slips = page.body.split("data-test=\"slip\"").skip(1);
    let both = |slip: &str| {
        let child = after(slip, "<h2", "Child ", "<").to_owned();
        (
            child,
            after(slip, "data-test=\"slip-code\"", ">", "<").to_owned(),
        )
    };
    slips.map(both).collect()
}

/// The letters by which guesses are counted.
fn of_child(code: &str) -> &str {
    code.split_once('-').unwrap().0
}

async fn types(phone: &mut Phone<'_>, path: &str, code: &str) -> Answer {
    let landing = phone.get(path).await.is(200);
    phone.posts(&landing, path, &[("code", code)]).await
}

/// S-41, S-31, S-32: fetching it has no effect and shows nothing of the class; each code opens the own child's page.
#[actix_web::test]
async fn each_code_opens_its_own_child_and_the_page_lists_nobody() {
    let house = house().await;
    let (path, codes) = (class_link(&house, "401").await, codes(&house, "401").await);
    assert_eq!(codes.len(), 8);
    let before = house.contents();
    let landing = house
        .phone()
        .saying("sec-purpose", "prefetch")
        .get(&path)
        .await
        .is(200);
    house.phone().head(&path).await.is(200);
    assert_eq!(house.contents(), before);
    for secret in ["Child", "401", "Lantern", "Teacher", "<!--", "http"] {
        let plain = landing.body.replace(&path, "PATH");
        assert!(!plain.contains(secret), "{secret}: {plain}");
    }
    assert_eq!(landing.header("referrer-policy"), "no-referrer");
    assert_eq!(landing.header("x-robots-tag"), "noindex, nofollow");
    for (no, code) in &codes {
        let mut phone = house.phone();
        let typed = format!(" {} ", code.to_lowercase().replace('-', " "));
        let inside = types(&mut phone, &path, &typed).await.is(303);
        let form = phone.get(inside.header("location")).await.is(200);
        let asked = after(&form.body, "data-test=\"indicator\"", "data-id=\"", "\"");
        let mark = format!("a.{asked}");
        let fields = [(mark.as_str(), "2"), ("version", "0")];
        let to = inside.header("location").to_owned();
        phone.posts(&form, &to, &fields).await.is(303);
        let sheets = house.contents()["sheets"].clone();
        let own = sheets
            .iter()
            .filter(|row| row.contains(house.student_id(no)));
        assert_eq!(own.count(), 1, "{no}");
        // Back, and the code once more: the same page, no new session.
        let sessions = house.contents()["sessions"].len();
        let again = types(&mut phone, &path, code).await.is(303);
        assert_eq!(again.header("location"), inside.header("location"));
        assert_eq!(house.contents()["sessions"].len(), sessions);
    }
}

/// A wrong code, another class's, one that is no code and one of a revoked link are told the same in the same bytes.
#[actix_web::test]
async fn wrong_and_unknown_codes_look_alike() {
    let house = house().await;
    let path = class_link(&house, "401").await;
    let other = codes(&house, "402").await["40201"].clone();
    let own = codes(&house, "401").await;
    house.sql(&format!(
        "UPDATE family_links SET revoked_at = 1 WHERE student_id = '{}'",
        house.student_id("40102")
    ));
    house.sql(&format!(
        "UPDATE students SET consent = 'refused' WHERE id = '{}'",
        house.student_id("40103")
    ));
    let near = format!(
        "{}{}",
        own["40104"].split_at(7).0,
        if own["40104"].ends_with('A') {
            "C"
        } else {
            "A"
        }
    );
    let codes = [
        "AA-AAAAA",
        &near,
        &other,
        "no code",
        "",
        &own["40102"],
        &own["40103"],
    ];
    let mut told = Vec::new();
    for (n, code) in codes.iter().enumerate() {
        let mut phone = house.phone().at(&format!("10.3.0.{n}"));
        let answer = types(&mut phone, &path, code).await.is(401);
        let token = after(&answer.body, "name=\"csrf\"", "value=\"", "\"").to_owned();
        told.push(answer.body.replace(&token, "CSRF"));
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
}

/// S-41: five tries a child in a quarter of an hour, five wrong ones an address; a guesser at the families' own address
/// holds up none of them, and the child that was guessed at comes in by its own link.
#[actix_web::test]
async fn guessing_is_slow_and_the_families_beside_it_go_on() {
    let house = house().await;
    let (path, codes) = (class_link(&house, "401").await, codes(&house, "401").await);
    let victim = &codes["40101"];
    let mut guesser = house.phone().at("10.4.0.1");
    let mut statuses = Vec::new();
    for letter in "ACDEFGHJKM".chars() {
        let guess = format!("{}-{}", of_child(victim), letter.to_string().repeat(5));
        statuses.push(types(&mut guesser, &path, &guess).await.status);
    }
    assert_eq!(statuses[..5], [401; 5]);
    assert_eq!(statuses[5..], [429; 5]);
    let held = types(&mut house.phone().at("10.4.0.1"), &path, victim)
        .await
        .is(429);
    assert!(held.header("retry-after").parse::<u64>().unwrap() <= 900);
    // From now on the address guesses at everybody, and each family comes in at its first try.
    let taken: Vec<&str> = codes.values().map(|code| of_child(code)).collect();
    for (at, (no, code)) in codes.iter().enumerate() {
        for n in 0..20_usize {
            let letters = "ACDEFGHJKMNPQRTUWXY3479";
            let pick = |i: usize| letters.chars().nth(i % 23).unwrap();
            let of = format!("{}{}", pick(at + n), pick(n * 7 + at));
            if !taken.contains(&of.as_str()) {
                let guess = format!("{of}-AAAA{}", pick(n));
                types(&mut guesser, &path, &guess).await.is(429);
            }
        }
        if no == "40101" || of_child(&codes["40101"]) == of_child(code) {
            continue;
        }
        types(&mut house.phone().at("10.4.0.1"), &path, code)
            .await
            .is(303);
    }
    // Elsewhere a wrong code is still told to be wrong: the limit is the address's.
    types(&mut house.phone().at("10.4.0.2"), &path, "AA-AAAAA")
        .await
        .is(401);
    let own = house.slip("40101").await;
    house.phone().at("10.4.0.1").opens(&own).await;
}

/// Made, shown and taken back by the homeroom teacher with a fresh proof; one made anew ends the one before; it ends
/// thirty days after the term; who is in stays in.
#[actix_web::test]
async fn the_class_link_is_the_homeroom_teachers() {
    let house = house().await;
    let desk = format!("/t/classes/{}/class-link", house.class("401"));
    let make = [("action", "make")];
    house.staff("s401").posts(&desk, &make).await.is(403);
    house.staff("h402").posts(&desk, &make).await.is(404);
    house.anonymous().get(&desk).await.is(303);
    let teacher = house.staff("h401");
    teacher.get(&desk).await.is(404);
    let (first, codes) = (class_link(&house, "401").await, codes(&house, "401").await);
    let poster = teacher.get(&desk).await.is(200);
    assert_eq!(poster.header("cache-control"), "no-store");
    assert!(poster.body.contains(&format!("http://star.local{first}")));
    assert!(!poster.body.contains("Child"), "{}", poster.body);
    let mut phone = house.phone();
    let inside = types(&mut phone, &first, &codes["40101"]).await.is(303);

    let second = class_link(&house, "401").await;
    house.phone().get(&first).await.is(404);
    house.phone().get(&second).await.is(200);
    let list = format!("/t/classes/{}/links", house.class("401"));
    assert!(teacher.get(&list).await.is(200).body.contains("class-link"));
    teacher.posts(&desk, &[("action", "revoke")]).await.is(303);
    house.phone().get(&second).await.is(404);
    teacher.get(&desk).await.is(404);
    phone.get(inside.header("location")).await.is(200);

    let third = class_link(&house, "401").await;
    house.sql("UPDATE terms SET ends_on = date('now', '-40 days')");
    house.phone().get(&third).await.is(410);
    let lines: Vec<String> = house
        .audited("class-link.")
        .await
        .into_iter()
        .map(|l| l.0)
        .collect();
    let wanted = ["issue", "print", "issue", "revoke", "issue"];
    assert_eq!(lines, wanted.map(|step| format!("class-link.{step}")));
    house.sql("UPDATE sessions SET proved_at = 0");
    teacher.get(&desk).await.is(303);
    teacher.posts(&desk, &make).await.is(303);
    assert_eq!(house.audited("class-link.").await.len(), 5);
    for (table, rows) in house.contents() {
        let token = third.trim_start_matches("/p/class/");
        assert!(rows.iter().all(|row| !row.contains(token)), "{table}");
        let code = codes["40101"].replace('-', "");
        assert!(rows.iter().all(|row| !row.contains(&code)), "{table}");
    }
}

/// A code posted from another site opens nothing.
#[actix_web::test]
async fn a_code_from_elsewhere_opens_nothing() {
    let house = house().await;
    let (path, codes) = (class_link(&house, "401").await, codes(&house, "401").await);
    let fields = [("code", codes["40101"].as_str())];
    let foreign = TestRequest::post().uri(&path).set_form(fields);
    house.answer(foreign).await.is(403);
    let never = format!("/p/class/{}", "d".repeat(32));
    house.phone().get(&never).await.is(404);
    let mixed = path.replace("/class", "");
    house.phone().get(&mixed).await.is(404);
}
