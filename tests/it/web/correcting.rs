//! What tests of corrections and appeals share: a school with two published rounds, the forms, and the comparison of
//! what is published with what the exported folder gives.

use starlight::{
    actions::export_score_folder::{self, Period},
    domain::{
        actor::{Actor as Who, Call},
        published::{PublishedClass, PublishedStudent, publish_classes},
        scoring::school::score_term,
    },
    exchange::score_files::{InFiles, OutFile, read_term},
    storage::results,
};

use crate::school::{Actor, Answer, House, School, Stage, after, now, today};

pub const WHY: &str = "mixed up two children";

pub async fn two_rounds() -> House {
    School::new()
        .with_class("401", 8)
        .with_class("402", 8)
        .with_round("r1", Stage::Published)
        .with_round("r2", Stage::Published)
        .open()
        .await
}

pub fn page_of(house: &House, no: &str, round: &str) -> String {
    format!(
        "/t/students/{}/sheets?round={}",
        house.student_id(no),
        house.round(round)
    )
}

/// Handles of the sheets of one voice on a child's page.
pub async fn handles(
    house: &House,
    who: &Actor<'_>,
    no: &str,
    round: &str,
    voice: &str,
) -> Vec<String> {
    let page = who.get(&page_of(house, no, round)).await.is(200).body;
    let mark = format!("data-test=\"sheet-{voice}\"");
    let sheets = page.split(&mark).skip(1);
    let form = |sheet: &str| {
        let sheet = sheet.split("</article>").next().unwrap();
        let act = sheet.split("data-test=\"weigh-out\"").nth(1)?;
        Some(after(act, "name=\"what\"", "value=\"", "\"").to_owned())
    };
    sheets.filter_map(form).collect()
}

pub async fn asks(
    house: &House,
    who: &Actor<'_>,
    (no, round): (&str, &str),
    act: &str,
    what: &str,
    more: &[(&str, &str)],
) -> Answer {
    let mut fields = vec![("act", act), ("round", house.round(round)), ("what", what)];
    fields.extend(more);
    let path = format!("/t/students/{}/sheets", house.student_id(no));
    who.posts(&path, &fields).await
}

/// Everything stored of a round in its newest revision.
pub async fn published(house: &House, round: &str) -> (i32, Vec<PublishedClass>, Vec<String>) {
    let (school, id) = (house.own().school.clone(), house.round(round).to_owned());
    let read = house.store.read(move |db| {
        let permit = Who::System.run_school().unwrap();
        let row = results::publication(db, &school, &id)?.unwrap();
        let all = results::all_results(db, &permit, &school, &id, row.revision)?;
        Ok::<_, starlight::storage::StorageError>((row.revision, all))
    });
    let (revision, rows) = read.await.unwrap();
    let texts: Vec<String> = rows.into_iter().map(|row| row.results).collect();
    let classes = texts.iter().map(|text| serde_json::from_str(text).unwrap());
    (revision, classes.collect(), texts)
}

pub async fn row(house: &House, round: &str, no: &str) -> PublishedStudent {
    let (_, classes, _) = published(house, round).await;
    let mut all = classes.into_iter().flat_map(|class| class.students);
    all.find(|s| s.no == no).unwrap()
}

/// Computes the exported folder as `starlight score` does and compares every class with what is published: all of the
/// newest round, and the rounds' own numbers of the older ones.
pub async fn the_folder_gives_the_same(house: &House, names: &[&str]) {
    let call = Call::system(house.own().school.clone(), now(), today());
    let read = house
        .store
        .read(move |db| export_score_folder::files(db, &call, &Period::default()));
    let files = read.await.unwrap();
    let (rubric, input) = read_term(&in_files(&files), 2).unwrap();
    assert_eq!(input.rounds, names);
    let result = score_term(&rubric, &input, 2);
    for (at, name) in names.iter().enumerate() {
        let computed = publish_classes(&rubric, &input, &result, at);
        let (_, stored, _) = published(house, name).await;
        for class in &computed {
            let own = stored.iter().find(|c| c.code == class.code).unwrap();
            if at + 1 == names.len() {
                assert!(own == class, "{name} {}: other digits", class.code);
            }
            for student in &class.students {
                let then = own.students.iter().find(|s| s.no == student.no).unwrap();
                assert!(then.round == student.round, "{name} {}", student.no);
            }
        }
    }
}

fn in_files(files: &[OutFile]) -> InFiles<'_> {
    let file = |name: &str| {
        let found = files.iter().find(|f| f.name == name);
        found.map(|f| f.bytes.as_slice())
    };
    InFiles {
        rubric: file("rubric.toml"),
        classes: file("classes.csv"),
        students: file("students.csv"),
        teachers: file("teachers.csv"),
        sheets: file("sheets.csv"),
        assignments: file("assignments.csv"),
        excused: file("excused.csv"),
        inspections: file("inspections.csv"),
    }
}

pub fn explanation_of(house: &House, no: &str, round: &str) -> String {
    format!(
        "/t/students/{}/explanation?round={}",
        house.student_id(no),
        house.round(round)
    )
}
