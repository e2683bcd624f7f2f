//! Families' links from outside: what a link preview sees, what one tap exchanges, when a link is over.

use actix_web::test::TestRequest;
use chrono::Days;

use crate::school::{Answer, House, School, Stage, after, today};

const BOTS: [&str; 20] = [
    "WeChat/8.0 MicroMessenger",
    "WeCom-Preview/4.1",
    "QQ/9.0 LinkPreview",
    "DingTalkBot-LinkService/1.0",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.23",
    "facebookexternalhit/1.1",
    "Twitterbot/1.0",
    "Slackbot-LinkExpanding 1.0",
    "Discordbot/2.0",
    "SkypeUriPreview Preview/0.5",
    "LinkedInBot/1.0",
    "Googlebot/2.1",
    "bingbot/2.0",
    "Baiduspider/2.0",
    "Sogou web spider/4.0",
    "360Spider",
    "YisouSpider/5.0",
    "Bytespider",
    "curl/8.5",
];

async fn house() -> House {
    School::new()
        .with_class("401", 8)
        .with_class("302", 2)
        .with_round("r1", Stage::Open)
        .open()
        .await
}

/// A page without what differs from one link and one visitor to the next.
fn common(page: &Answer, path: &str) -> String {
    let token = match page.body.contains("name=\"csrf\"") {
        true => after(&page.body, "name=\"csrf\"", "value=\"", "\""),
        false => "no form",
    };
    page.body.replace(token, "CSRF").replace(path, "PATH")
}

/// S-31, S-32: twenty bots fetch each link before the family; nothing in the database moved, and all of them saw one and
/// the same page, whoever the child is. The family's own tap and its answer then count.
#[actix_web::test]
async fn previews_change_nothing_and_learn_nothing() {
    let house = house().await;
    let mut links = Vec::new();
    for no in ["40101", "40102", "40103", "40107", "40108", "30201"] {
        links.push(house.slip(no).await);
    }
    let before = house.contents();
    let mut seen = Vec::new();
    for (path, bot) in links.iter().flat_map(|path| BOTS.map(|bot| (path, bot))) {
        let mut phone = house.phone().saying("user-agent", bot);
        phone = phone.saying("sec-purpose", "prefetch");
        phone.head(path).await.is(200);
        seen.push(common(&phone.get(path).await.is(200), path));
    }
    assert_eq!(house.contents(), before, "a fetch left a trace");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 1, "two children's landing pages differ");
    for secret in [
        "Child", "401", "302", "Lantern", "Teacher", "og:", "<!--", "http",
    ] {
        assert!(!seen[0].contains(secret), "{secret}: {}", seen[0]);
    }
    for path in &links {
        let mut family = house.phone();
        let (inside, form) = family.opens(path).await;
        let asked = after(&form.body, "data-test=\"indicator\"", "data-id=\"", "\"");
        let mark = format!("a.{asked}");
        let fields = [(mark.as_str(), "2"), ("version", "0")];
        family.posts(&form, &inside, &fields).await.is(303);
    }
}

/// S-33: the tap gives a cookie that scripts cannot read and an address without the token; Back, Refresh and a second
/// tap lead to the same session.
#[actix_web::test]
async fn the_token_is_exchanged_once_and_back_is_safe() {
    let house = house().await;
    let path = house.slip("40101").await;
    let token = path.trim_start_matches("/p/");
    let mut phone = house.phone();
    let landing = phone.get(&path).await.is(200);
    let gone = phone.posts(&landing, &path, &[]).await.is(303);
    let cookie = gone.header("set-cookie").to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let inside = gone.header("location").to_owned();
    assert!(
        inside.starts_with("/f/") && !inside.contains(token),
        "{inside}"
    );
    let page = phone.get(&inside).await.is(200);
    assert!(!page.body.contains(token), "the address behind is clean");
    let (held, sessions) = (phone.cookies.clone(), house.contents()["sessions"].len());
    phone.get(&inside).await.is(200);
    let back = phone.get(&path).await.is(200);
    for page in [&landing, &back] {
        let again = phone.posts(page, &path, &[]).await.is(303);
        assert_eq!(again.header("location"), inside);
    }
    assert_eq!(phone.cookies, held);
    assert_eq!(house.contents()["sessions"].len(), sessions);
}

/// S-34: no page of a family tells another site its address, is kept or listed, or asks anybody outside.
#[actix_web::test]
async fn every_family_page_is_discreet() {
    let house = house().await;
    let path = house.slip("40101").await;
    let mut phone = house.phone();
    let landing = phone.get(&path).await.is(200);
    let (inside, form) = phone.opens(&path).await;
    let fields = [("chip", "1"), ("version", "0")];
    let sent = phone.posts(&form, &inside, &fields).await.is(303);
    let mut pages = vec![landing, form, sent];
    for more in ["?sent=1", "", "?edit=1", "?wrong=1"] {
        pages.push(phone.get(&format!("{inside}{more}")).await.is(200));
    }
    pages.push(house.phone().get(&inside).await.is(401));
    pages.push(
        house
            .phone()
            .get(&format!("/p/{}", "a".repeat(32)))
            .await
            .is(404),
    );
    for page in pages {
        assert_eq!(page.header("referrer-policy"), "no-referrer");
        assert_eq!(page.header("cache-control"), "no-store");
        assert_eq!(page.header("x-robots-tag"), "noindex, nofollow");
        let policy = page.header("content-security-policy");
        assert!(
            policy.contains("default-src 'self'") && !policy.contains("http"),
            "{policy}"
        );
        let text = page.body.replace("http://www.w3.org/", "");
        assert!(
            !text.contains("http:") && !text.contains("https:"),
            "{text}"
        );
        assert!(!text.contains("=\"//"), "{text}");
    }
}

/// S-35: a revoked link is answered as one that never was, and so is the cookie it was exchanged for; an expired one
/// says that it is over. Both from the next request on.
#[actix_web::test]
async fn a_revoked_link_never_was_and_an_expired_one_is_over() {
    let house = house().await;
    let (one, other) = (house.slip("40101").await, house.slip("40102").await);
    let never = format!("/p/{}", "b".repeat(32));
    let mut phone = house.phone();
    let (inside, _) = phone.opens(&one).await;
    let id = inside.trim_start_matches("/f/").to_owned();
    let teacher = house.staff("h401");
    let fields = [("action", "revoke"), ("link", id.as_str())];
    let desk = format!("/t/classes/{}/links", house.class("401"));
    teacher.posts(&desk, &fields).await.is(303);

    let gone = phone.get(&one).await.is(404);
    let unknown = house.phone().get(&never).await.is(404);
    assert_eq!(common(&gone, &one), common(&unknown, &never));
    let nowhere = "/f/0190c3a2-0000-7000-8000-000000000000";
    let (a, b) = (
        phone.get(&inside).await.is(401),
        house.phone().get(nowhere).await.is(401),
    );
    assert_eq!(common(&a, &inside), common(&b, nowhere));

    let (inside, _) = phone.opens(&other).await;
    house.sql("UPDATE family_links SET expires_at = 1");
    phone.get(&other).await.is(410);
    phone.head(&other).await.is(410);
    phone.get(&inside).await.is(401);
}

/// S-37: two links of one child live and die apart; a new one has another token.
#[actix_web::test]
async fn two_links_of_a_child_are_two() {
    let house = house().await;
    let (one, two) = (house.slip("40101").await, house.slip("40101").await);
    assert_ne!(one, two);
    let (mut mother, mut father) = (house.phone(), house.phone());
    let (inside, _) = mother.opens(&one).await;
    let (other, _) = father.opens(&two).await;
    let fields = [
        ("action", "reissue"),
        ("link", inside.trim_start_matches("/f/")),
    ];
    let desk = format!("/t/classes/{}/links", house.class("401"));
    let slips = house.staff("h401").posts(&desk, &fields).await.is(200);
    let fresh = format!("/p/{}", after(&slips.body, "", "http://star.local/p/", "<"));
    assert!(fresh != one && fresh != two);
    mother.get(&one).await.is(404);
    mother.get(&inside).await.is(401);
    father.get(&other).await.is(200);
    mother.opens(&fresh).await;
}

/// S-43: a link is over when its child leaves, thirty days after its term, and when consent is withdrawn; also where it
/// was exchanged before.
#[actix_web::test]
async fn a_link_ends_with_leaving_with_the_term_and_with_consent() {
    let days = |n: u64| (today() - Days::new(n)).to_string();
    let ended = |n: u64| format!("UPDATE terms SET ends_on = '{}'", days(n));
    let left = |house: &House| {
        let id = house.student_id("40101").to_owned();
        format!(
            "UPDATE enrolments SET ends_on = '{}' WHERE student_id = '{id}'",
            days(0)
        )
    };
    let house = house().await;
    let path = house.slip("40101").await;
    let mut phone = house.phone();
    let (inside, _) = phone.opens(&path).await;

    house.sql(&ended(30));
    phone.get(&path).await.is(200);
    phone.get(&inside).await.is(200);
    house.sql(&ended(31));
    phone.get(&path).await.is(410);
    phone.get(&inside).await.is(401);
    let teacher = house.staff("h401");
    let desk = format!("/t/classes/{}/links", house.class("401"));
    let issue = [("action", "issue"), ("student", house.student_id("40101"))];
    teacher.posts(&desk, &issue).await.is(409);
    house.sql(&ended(0));
    phone.get(&inside).await.is(200);

    house.sql("UPDATE students SET consent = 'refused'");
    phone.get(&path).await.is(404);
    phone.get(&inside).await.is(401);
    house.sql("UPDATE students SET consent = 'consented'");
    phone.get(&inside).await.is(200);

    house.sql(&left(&house));
    phone.get(&path).await.is(404);
    phone.get(&inside).await.is(401);
}

/// S-43: the day printed on a slip is the last on which it opens.
#[actix_web::test]
async fn a_link_ends_with_the_thirtieth_day_at_midnight() {
    let house = house().await;
    house.slip("40101").await;
    let last = today() + Days::new(100 + 31);
    let midnight = last.and_hms_opt(0, 0, 0).unwrap();
    let midnight = midnight.and_local_timezone(crate::school::ZONE).unwrap();
    let wanted = midnight.timestamp_millis().to_string();
    let links = house.contents()["family_links"].clone();
    let made = links.iter().filter(|row| row.contains(&wanted)).count();
    assert_eq!(made, 1, "{wanted}: {links:?}");
}

/// S-44: the slips need the homeroom teacher's session, are kept nowhere, and printing them is in the audit log.
#[actix_web::test]
async fn slips_are_the_homeroom_teachers_alone() {
    let house = house().await;
    let desk = format!("/t/classes/{}/links", house.class("401"));
    let print = format!("{desk}?print=1");
    for path in [&desk, &print] {
        let away = house.anonymous().get(path).await.is(303);
        assert!(away.header("location").starts_with("/sign-in"));
        house.staff("s401").get(path).await.is(403);
        house.staff("h302").get(path).await.is(404);
        house.student("40101").get(path).await.is(303);
        house.family("40101").get(path).await.is(303);
    }
    assert!(house.audited("link.").await.is_empty());
    let teacher = house.staff("h401");
    let issued = teacher.posts(&desk, &[("action", "issue")]).await.is(200);
    let printed = teacher.get(&print).await.is(200);
    for page in [issued, printed] {
        assert_eq!(page.header("cache-control"), "no-store");
    }
    let lines = house.audited("link.").await;
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert_eq!(lines[1].0, "link.print");
}

/// S-45: a chat app's browser sends neither `Sec-Fetch-Site` nor `Origin`: the form's token alone opens the link;
/// without it, or with a foreign origin, nothing happens.
#[actix_web::test]
async fn an_old_browser_opens_a_link_by_the_forms_token_alone() {
    let house = house().await;
    let path = house.slip("40101").await;
    let sessions = house.contents()["sessions"].len();
    let bare = TestRequest::post().uri(&path).set_form([("x", "y")]);
    house.answer(bare).await.is(403);
    let mut foreign = house.phone().saying("origin", "http://evil.example");
    let landing = foreign.get(&path).await.is(200);
    foreign.posts(&landing, &path, &[]).await.is(403);
    let mut tricked = house.phone().saying("sec-fetch-site", "cross-site");
    let landing = tricked.get(&path).await;
    tricked.posts(&landing, &path, &[]).await.is(403);
    assert_eq!(house.contents()["sessions"].len(), sessions);
    house.phone().opens(&path).await;
    let mut ours = house.phone().saying("origin", "http://star.local");
    ours.opens(&path).await;
}

/// S-40, S-42: the token of a link that was opened, answered and revoked is nowhere in the database, its audit log
/// included, nor in robots.txt or an error page. (The log's lines: `guard/log.rs`.)
#[actix_web::test]
async fn the_token_is_written_down_nowhere() {
    let house = house().await;
    let path = house.slip("40101").await;
    let token = path.trim_start_matches("/p/").to_owned();
    let mut phone = house.phone().saying("accept", "text/html");
    let (inside, form) = phone.opens(&path).await;
    let fields = [("chip", "1"), ("version", "0")];
    phone.posts(&form, &inside, &fields).await.is(303);
    let wrong = phone.get(&format!("{path}/more")).await.is(404);
    let cross = TestRequest::post()
        .uri(&path)
        .insert_header(("accept", "text/html"));
    let cross = house.answer(cross).await.is(403);
    let robots = phone.get("/robots.txt").await.is(200);
    assert!(robots.body.contains("Disallow: /\n"), "{}", robots.body);
    for page in [&wrong, &cross, &robots] {
        assert!(!page.body.contains(&token), "{}", page.body);
    }
    for (table, rows) in house.contents() {
        assert!(rows.iter().all(|row| !row.contains(&token)), "{table}");
    }
}
