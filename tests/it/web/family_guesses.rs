//! Guessing at families' links, and the families beside it.

use crate::school::{House, School, Stage};

async fn house() -> House {
    School::new()
        .with_class("401", 8)
        .with_round("r1", Stage::Open)
        .open()
        .await
}

/// S-39: from the eleventh bad token of a minute on an address waits; a thousand of them leave whoever holds a link at
/// the same address untouched, before and after the exchange.
#[actix_web::test]
async fn a_thousand_guesses_leave_the_holders_beside_them_alone() {
    let house = house().await;
    let mut links = Vec::new();
    for no in ["40101", "40102", "40103"] {
        links.push(house.slip(no).await);
    }
    let mut guesser = house.phone().at("10.1.1.1");
    let mut statuses = Vec::new();
    for n in 0..1_000_u32 {
        let digits = n
            .to_string()
            .bytes()
            .map(|b| char::from(b'a' + (b - b'0')))
            .collect::<String>();
        let guess = format!("/p/{digits:z>32}");
        let answer = guesser.get(&guess).await;
        if answer.status == 429 {
            assert!(answer.header("retry-after").parse::<u64>().unwrap() <= 60);
        }
        statuses.push(answer.status);
        if n % 250 == 249 {
            let mut family = house.phone().at("10.1.1.1");
            let path = &links[usize::try_from(n / 250 % 3).unwrap()];
            let (inside, _) = family.opens(path).await;
            family.get(&inside).await.is(200);
        }
    }
    assert_eq!(statuses[..10], [404; 10]);
    assert!(statuses[10..].iter().all(|s| *s == 429 || *s == 404));
    let looked = statuses.iter().filter(|s| **s == 404).count();
    assert!(
        looked < 30,
        "{looked} of a thousand were told that there is nothing"
    );
    house
        .phone()
        .at("10.1.1.2")
        .get(&format!("/p/{}", "c".repeat(32)))
        .await
        .is(404);
}
