//! The grid: saved and shown again, filled down, and never taken back by an older tab.

use starlight::storage::sheets;

use super::site::{Answer, Person, Site, open_round};

fn columns(page: &Answer) -> Vec<String> {
    let parts = page.body.split("name=\"fill\" value=\"").skip(1);
    parts
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

async fn grid(who: &Person<'_>, path: &str) -> Answer {
    let page = who.get(path).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page
}

fn cell(page: &Answer, name: &str) -> String {
    let from = page.body.split(&format!("name=\"{name}\"")).nth(1).unwrap();
    let value = from.split("data-value=\"").nth(1).unwrap();
    value.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn a_grid_saves_and_reloads() {
    let site = Site::new();
    let round = open_round(&site.school, "r", 2);
    let (wang, class) = (site.staff("wang"), site.class(1));
    let path = format!("/t/classes/{class}/grid");
    let columns = columns(&grid(&wang, &path).await);
    let ids: Vec<String> = site.children(&class).iter().map(|c| c.id.clone()).collect();
    let names = [
        format!("a.{}.{}", ids[0], columns[0]),
        format!("a.{}.{}", ids[1], columns[0]),
        format!("c.{}", ids[2]),
    ];
    let fields = [
        ("round", round.id.as_str()),
        ("save", "1"),
        (names[0].as_str(), "3"),
        (names[1].as_str(), "-"),
        (names[2].as_str(), "helped a friend"),
    ];
    let page = wang.post_then_look(&path, &fields).await;
    assert_eq!(cell(&page, &names[0]), "3");
    assert_eq!(cell(&page, &names[1]), "-");
    assert!(page.body.contains("helped a friend"));
    assert_eq!(
        site.audited("sheet.create"),
        3,
        "rows that did not change are left alone"
    );
    wang.post_then_look(&path, &fields).await;
    assert_eq!(
        site.audited("sheet.create") + site.audited("sheet.replace") + site.audited("sheet.same"),
        3
    );
    let too_high = [("round", round.id.as_str()), (names[0].as_str(), "9")];
    assert_eq!(wang.post(&path, &too_high).await.status, 422);
    let li = site.staff("li");
    assert!(
        !grid(&li, &path).await.body.contains("helped a friend"),
        "each teacher has an own grid"
    );
}

#[actix_web::test]
async fn an_older_tab_takes_nothing_back() {
    let site = Site::new();
    let round = open_round(&site.school, "r", 2);
    let (wang, class) = (site.staff("wang"), site.class(1));
    let path = format!("/t/classes/{class}/grid");
    let columns = columns(&grid(&wang, &path).await);
    let child = site.children(&class)[0].id.clone();
    let names = [
        format!("a.{child}.{}", columns[0]),
        format!("a.{child}.{}", columns[1]),
        format!("v.{child}"),
    ];
    let form = |first: &'static str, second: &'static str, version: &'static str| {
        [
            ("round", round.id.as_str()),
            (names[0].as_str(), first),
            (names[1].as_str(), second),
            (names[2].as_str(), version),
        ]
    };
    wang.post_then_look(&path, &form("1", "1", "0")).await;
    // Two tabs show version 1; the first sets the one cell, the second afterwards the other.
    wang.post_then_look(&path, &form("3", "1", "1")).await;
    let page = wang.post_then_look(&path, &form("1", "2", "1")).await;
    assert_eq!(
        (cell(&page, &names[0]), cell(&page, &names[1])),
        ("3".to_owned(), "2".to_owned())
    );
    assert_eq!(
        wang.post(&path, &form("1", "1", "77")).await.status,
        409,
        "no page ever showed version 77"
    );
}

#[actix_web::test]
async fn filling_down_fills_only_empty_cells() {
    let site = Site::new();
    let round = open_round(&site.school, "r", 2);
    let (wang, class) = (site.staff("wang"), site.class(1));
    let path = format!("/t/classes/{class}/grid");
    let column = columns(&grid(&wang, &path).await)[0].clone();
    let names: Vec<String> = site
        .children(&class)
        .iter()
        .map(|c| format!("a.{}.{column}", c.id))
        .collect();
    let mut fields: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), "")).collect();
    fields[1].1 = "2";
    fields[4].1 = "1";
    fields.extend([("round", round.id.as_str()), ("fill", column.as_str())]);
    let page = wang.post_then_look(&path, &fields).await;
    let shown: Vec<String> = names.iter().map(|n| cell(&page, n)).collect();
    assert_eq!(shown.iter().filter(|v| *v == "2").count(), 11);
    assert_eq!(shown[4], "1");
}

#[actix_web::test]
async fn the_sheet_about_the_class_is_sent() {
    let site = Site::new();
    let round = open_round(&site.school, "r", 2);
    let (wang, class) = (site.staff("wang"), site.class(1));
    let path = format!("/t/classes/{class}/about");
    let page = grid(&wang, &path).await;
    let indicator = page
        .body
        .split("data-test=\"indicator\" data-id=\"")
        .nth(1)
        .unwrap();
    let field = format!("a.{}", indicator.split('"').next().unwrap());
    let fields = [
        ("round", round.id.as_str()),
        (field.as_str(), "2"),
        ("comment", "calm"),
    ];
    let home = wang.post_then_look(&path, &fields).await;
    assert_eq!(home.status, 200);
    let rows = site.school.read(|db, call| {
        let permit = call.actor.see_class(&class)?;
        Ok(sheets::of_class(db, &permit, &call.school, &round.id)?)
    });
    let about: Vec<_> = rows
        .iter()
        .filter(|r| r.ratee_id == class.as_str())
        .collect();
    assert_eq!(about.len(), 1);
    assert_eq!(about[0].comment, "calm");
}
