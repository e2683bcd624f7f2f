//! What a homeroom teacher arranges for the class: its own chips for praises, and the seating plan.

use crate::school::{House, School, after};

async fn house() -> House {
    School::new()
        .with_class("401", 8)
        .with_class("402", 3)
        .open()
        .await
}

fn of(house: &House, page: &str) -> String {
    format!("/t/classes/{}/{page}", house.class("401"))
}

/// Value of the chip with this label on the praise page.
async fn chip(house: &House, login: &str, label: &str) -> Option<String> {
    let page = house.staff(login).get(&of(house, "praise")).await;
    let page = page.is(200).body;
    let (before, _) = page.split_once(&format!(r#"data-test="praise-chip">{label}<"#))?;
    let value = before.rsplit_once("value=\"")?.1;
    Some(value.split('"').next().unwrap().to_owned())
}

#[actix_web::test]
async fn a_class_has_its_own_chips_within_the_stars() {
    let house = house().await;
    let homeroom = house.staff("h401");
    let chips = of(&house, "chips");
    let add =
        |star: &'static str, text: &'static str| [("act", "add"), ("star", star), ("text", text)];
    homeroom
        .posts(&chips, &add("virtue", " 跑操扶起了同学 "))
        .await
        .is(303);
    // A subject teacher praises with it too, and its words stand in the history.
    let value = chip(&house, "s401", "跑操扶起了同学").await.unwrap();
    let child = house.student_id("40101");
    let given = [("student", child), ("chip", value.as_str())];
    house
        .staff("s401")
        .posts(&of(&house, "praise"), &given)
        .await
        .is(303);
    let page = homeroom.get(&of(&house, "praise")).await.body;
    let today = after(&page, "pr-today", "", "</section>");
    assert!(today.contains("跑操扶起了同学") && today.contains("Child 40101"));

    for (star, text) in [
        ("virtue", "跑操扶起了同学"),
        ("virtue", "好"),
        ("virtue", "这一句赞语实在是太长了一点点吧"),
        ("virtue", "你有点懒"),
        ("nothing", "认真值日"),
    ] {
        let answer = homeroom.posts(&chips, &add(star, text)).await;
        assert!(
            [303, 422].contains(&answer.status),
            "{text}: {}",
            answer.status
        );
    }
    assert_eq!(
        house.audited("chip.add").await.len(),
        1,
        "none of them is added"
    );

    let id = [("act", "remove"), ("id", value.as_str())];
    house.staff("s401").posts(&chips, &id).await.is(403);
    house.staff("h402").posts(&chips, &id).await.is(404);
    homeroom.posts(&chips, &id).await.is(303);
    assert!(chip(&house, "h401", "跑操扶起了同学").await.is_none());
    homeroom.posts(&of(&house, "praise"), &given).await.is(422);
    let page = homeroom.get(&of(&house, "praise")).await.body;
    assert!(after(&page, "pr-today", "", "</section>").contains("跑操扶起了同学"));
    homeroom
        .posts(&chips, &[("act", "back"), ("id", &value)])
        .await
        .is(303);
    assert_eq!(
        chip(&house, "h401", "跑操扶起了同学").await,
        Some(value.clone())
    );
    // Another class has not got it.
    let other = format!("/t/classes/{}/chips", house.class("402"));
    house
        .staff("h402")
        .posts(&other, &[("act", "remove"), ("id", &value)])
        .await
        .is(404);
}

/// The plan as the page writes it, lines of names.
async fn plan(house: &House) -> Vec<Vec<String>> {
    let page = house
        .staff("h401")
        .get(&of(house, "seats"))
        .await
        .is(200)
        .body;
    let text = after(&page, r#"data-test="seats-text""#, ">\n", "</textarea>");
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    text.lines().map(cells).collect()
}

#[actix_web::test]
async fn seats_are_filled_swapped_and_pasted_and_praises_go_by_them() {
    let house = house().await;
    let homeroom = house.staff("h401");
    let seats = of(&house, "seats");
    let name = |n: usize| format!("Child 4010{n}");
    homeroom
        .posts(&seats, &[("act", "fill"), ("places", "3")])
        .await
        .is(303);
    let filled = vec![
        vec![name(1), name(2), name(3)],
        vec![name(4), name(5), name(6)],
        vec![name(7), name(8)],
    ];
    assert_eq!(plan(&house).await, filled);
    let praise = of(&house, "praise");
    let by_seat = house.staff("s401").get(&praise).await.is(200).body;
    assert_eq!(by_seat.matches("<tr>").count(), 3);
    assert_eq!(by_seat.matches(r#"data-test="praise-student""#).count(), 8);
    let by_number = house
        .staff("s401")
        .get(&format!("{praise}?by=number"))
        .await
        .body;
    assert!(!by_number.contains("st-plan"));
    assert_eq!(
        by_number.matches(r#"data-test="praise-student""#).count(),
        8
    );

    let swap = [("act", "swap"), ("seat", "1.1"), ("seat", "3.3")];
    homeroom.posts(&seats, &swap).await.is(303);
    assert_eq!(plan(&house).await[2], [name(7), name(8), name(1)]);
    homeroom.posts(&seats, &swap).await.is(303);
    assert_eq!(plan(&house).await, filled);
    for few in [
        vec![("act", "swap"), ("seat", "1.1")],
        vec![("act", "fill"), ("places", "13")],
    ] {
        homeroom.posts(&seats, &few).await.is(303);
    }
    assert_eq!(plan(&house).await, filled);

    let wrong = format!("{}\t{}\t王二\n{}", name(1), name(2), name(1));
    let refused = homeroom
        .posts(&seats, &[("act", "paste"), ("text", &wrong)])
        .await
        .is(422);
    assert!(refused.body.contains("王二") && refused.body.contains(&wrong));
    assert_eq!(plan(&house).await, filled, "nothing is lost");
    let pasted = format!("40108\t\t{}\r\n{}", name(2), name(5));
    homeroom
        .posts(&seats, &[("act", "paste"), ("text", &pasted)])
        .await
        .is(303);
    let stands = vec![vec![name(8), String::new(), name(2)], vec![name(5)]];
    assert_eq!(plan(&house).await, stands);
    let page = homeroom.get(&praise).await.body;
    assert_eq!(
        page.matches(r#"data-test="praise-student""#).count(),
        8,
        "the others stand below"
    );
    homeroom.posts(&seats, &[("act", "clear")]).await.is(303);
    assert!(!homeroom.get(&praise).await.body.contains("st-plan"));

    for (login, status) in [("s401", 403), ("h402", 404)] {
        house.staff(login).get(&seats).await.is(status);
        house
            .staff(login)
            .posts(&seats, &[("act", "clear")])
            .await
            .is(status);
    }
}
