//! Personal-best logs: kept by teachers, told by children, pasted and from files; each child against itself.

use starlight::exchange::table::{Cell, Format, Sheet, write};

use crate::school::{Answer, House, School, Stage, after, today};

async fn house() -> House {
    let school = School::new().with_class("401", 8).with_class("402", 2);
    school.with_round("r", Stage::Open).open().await
}

fn desk(house: &House) -> String {
    format!("/t/classes/{}/logs", house.class("401"))
}

async fn keeps(house: &House, who: &str, on: &str, given: &[(&str, &str)]) -> Answer {
    let names: Vec<(String, &str)> = given
        .iter()
        .map(|(no, amount)| (format!("v.{}", house.student_id(no)), *amount))
        .collect();
    let mut fields = vec![("act", "keep"), ("kind", "rope"), ("on", on)];
    fields.extend(names.iter().map(|(name, amount)| (name.as_str(), *amount)));
    house.staff(who).posts(&desk(house), &fields).await
}

fn stored(house: &House) -> usize {
    house.contents()["logs"].len()
}

#[actix_web::test]
async fn a_column_is_kept_changed_and_cleared_with_its_trace() {
    let house = house().await;
    let on = today().to_string();
    keeps(&house, "s401", &on, &[("40101", "117"), ("40102", "")])
        .await
        .is(303);
    assert_eq!(stored(&house), 1, "empty cells are not kept");
    keeps(&house, "h401", &on, &[("40101", "117")])
        .await
        .is(303);
    assert!(house.audited("log.change").await.is_empty());
    keeps(&house, "h401", &on, &[("40101", "119")])
        .await
        .is(303);
    let lines = house.audited("log.change").await;
    assert_eq!(lines[0].1, format!("rope {on} 117>119"));
    let page = house.staff("h401").get(&desk(&house)).await.is(200).body;
    assert!(page.contains("value=\"119\""));
    keeps(&house, "h401", &on, &[("40101", " ")]).await.is(303);
    assert_eq!(stored(&house), 0);
}

#[actix_web::test]
async fn what_cannot_be_is_marked_and_nothing_is_kept() {
    let house = house().await;
    let on = today().to_string();
    for bad in ["0", "301", "12.5", "x"] {
        let given = [("40101", "100"), ("40102", bad)];
        let page = keeps(&house, "h401", &on, &given).await.is(422).body;
        assert!(page.contains("aria-invalid=\"true\"") && page.contains("value=\"100\""));
    }
    let tomorrow = today().succ_opt().unwrap().to_string();
    keeps(&house, "h401", &tomorrow, &[("40101", "9")])
        .await
        .is(422);
    keeps(&house, "h401", "2019-01-01", &[("40101", "9")])
        .await
        .is(422);
    assert_eq!(stored(&house), 0);
    let other = keeps(&house, "h401", &on, &[("40201", "9")]).await;
    assert!(other.status >= 400, "a child of another class");
    keeps(&house, "h402", &on, &[("40101", "9")]).await.is(404);
    let own = house.student("40101");
    assert!(own.get(&desk(&house)).await.status >= 300);
}

#[actix_web::test]
async fn a_paste_is_taken_whole_or_not_at_all() {
    let house = house().await;
    let on = today().to_string();
    let paste = |text: &'static str| {
        let on = on.clone();
        let house = &house;
        async move {
            let fields = [
                ("act", "paste"),
                ("kind", "rope"),
                ("on", on.as_str()),
                ("text", text),
            ];
            house.staff("h401").posts(&desk(house), &fields).await
        }
    };
    let wrong = paste("40101\t117\nnobody\t90\n40102\tmany\n40101\t8")
        .await
        .is(422)
        .body;
    for why in ["nobody", "many", "40101\t8"] {
        assert!(wrong.contains(why), "{why}");
    }
    assert_eq!(stored(&house), 0);
    paste("40101\t117\r\n40102，９８\n").await.is(303);
    let rows = house.contents()["logs"].join("\n");
    assert!(rows.contains("|117|") && rows.contains("|98|"), "{rows}");
    paste(" \n").await.is(422);
}

/// As Excel or WPS write it: a workbook with Chinese headings, days and kinds of its own.
#[actix_web::test]
async fn a_workbook_is_taken_with_its_own_days() {
    let house = house().await;
    // The school of the tests begins its term today.
    let day = today().to_string();
    let row = |no: &str, amount: f64, kind: &str| {
        vec![
            Cell::text(no),
            Cell::Number(amount),
            Cell::text(day.as_str()),
            Cell::text(kind),
        ]
    };
    let file = |rows: Vec<Vec<Cell>>| {
        let header = ["学号", "数量", "日期", "项目"].map(str::to_owned).to_vec();
        let sheet = Sheet {
            name: "logs".to_owned(),
            header,
            rows,
            watermark: None,
        };
        write(&sheet, Format::Xlsx).unwrap()
    };
    let path = format!("{}/file?kind=rope&on={}", desk(&house), today());
    let teacher = house.staff("h401");
    let bad = file(vec![row("40101", 3.0, "读书"), row("40999", 3.0, "读书")]);
    teacher.uploads(&path, "logs.xlsx", bad).await.is(422);
    assert_eq!(stored(&house), 0);
    let good = file(vec![
        row("40101", 3.0, "读书"),
        row("40102", 12.0, "阳光长跑"),
    ]);
    teacher
        .uploads(&path, "logs.xlsx", good.clone())
        .await
        .is(303);
    teacher.uploads(&path, "logs.xlsx", good).await.is(303);
    let rows = house.contents()["logs"].join("\n");
    assert_eq!(stored(&house), 2, "twice is once");
    assert!(rows.contains(&format!("'read'|'{day}'|3|")), "{rows}");
    assert!(rows.contains(&format!("'run'|'{day}'|12|")), "{rows}");
}

#[actix_web::test]
async fn a_child_tells_a_teacher_confirms_and_only_the_child_sees_it() {
    let house = house().await;
    let child = house.student("40101");
    let tell = [("kind", "read"), ("amount", "2")];
    child.posts("/s/log", &tell).await.is(303);
    child.posts("/s/log", &tell).await.is(303);
    child
        .posts("/s/log", &[("kind", "read"), ("amount", "99")])
        .await
        .is(303);
    assert_eq!(
        stored(&house),
        1,
        "told twice is told once, too much is not told"
    );
    let own = child.get("/s/me").await.is(200).body;
    let line = after(&own, "data-kind=\"read\"", ">", "<form");
    assert!(
        !line.contains("class=\"num\""),
        "it does not count yet: {line}"
    );
    let page = house.staff("h401").get(&desk(&house)).await.is(200).body;
    let id = after(&page, "name=\"log\"", "value=\"", "\"").to_owned();
    let on = today().to_string();
    let yes = [
        ("act", "confirm"),
        ("kind", "read"),
        ("on", on.as_str()),
        ("log", id.as_str()),
    ];
    house.staff("h402").posts(&desk(&house), &yes).await.is(404);
    house.staff("h401").posts(&desk(&house), &yes).await.is(303);
    let own = child.get("/s/me").await.is(200).body;
    let line = after(&own, "data-kind=\"read\"", ">", "<form");
    assert!(
        line.contains("2") && line.contains("class=\"num\""),
        "{line}"
    );
    let told = child.posts("/s/log", &tell).await;
    assert_eq!(told.status, 303);
    assert!(
        house.contents()["logs"][0].contains("'confirmed'"),
        "a teacher's yes stands"
    );
    let mate = house.student("40102").get("/s/me").await.is(200).body;
    let line = after(&mate, "data-kind=\"read\"", ">", "<form");
    assert!(!line.contains("class=\"num\""));
    house.student("40102").posts(&desk(&house), &yes).await;
    assert_eq!(house.audited("log.confirm").await.len(), 1);
}
