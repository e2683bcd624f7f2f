//! Files of checks: known posts, classes and items only; idempotent.

use starlight::{
    actions::{
        import_inspections, import_inspections::InspectionPlan, imports::school_year, new_id,
    },
    exchange::inspections,
    storage::{
        duty,
        duty::PostRow,
        inspections::{self as stored_checks, InspectionRow},
        rounds::RoundRow,
    },
};

use super::school::{School, table};

pub fn with_post(school: &School) {
    school.write(|tx, call| {
        let post = PostRow {
            school_id: call.school.to_string(),
            id: "p".to_owned(),
            name: "卫生岗".to_owned(),
            items: String::new(),
            starts_minute: 480,
            ends_minute: 500,
            ..PostRow::default()
        };
        duty::add_post(tx, &super::school::permit(), &post)?;
        Ok(tx.record(call, "post.add", "post/p", "")?)
    });
}

pub fn import(school: &School, csv: &str) -> starlight::actions::imports::Imported<InspectionPlan> {
    let read = inspections::parse(&table(csv.as_bytes()), school_year(&school.call));
    school.write(move |tx, call| import_inspections::apply(tx, call, &read))
}

/// A second monitor looks again on a day: what was of ten counts beside the first look, all else does not.
pub fn second_looks(school: &School, round: &RoundRow, on: chrono::NaiveDate) {
    let round = round.id.clone();
    school.write(move |tx, call| {
        let rows = stored_checks::of_round(tx, &call.school, &round)?;
        for first in rows.into_iter().filter(|row| row.on_date == on) {
            let row = InspectionRow {
                id: new_id(),
                second: true,
                counts: first.full_marks == 10.0,
                points: first.full_marks / 2.0,
                ..first
            };
            stored_checks::add(tx, &row)?;
        }
        Ok(tx.record(call, "check", "post/p", "")?)
    });
}

fn item() -> String {
    starlight::domain::rubric::Rubric::built_in().items[0]
        .id
        .clone()
}

#[test]
fn checks_are_replaced_by_a_newer_file_and_not_doubled() {
    let school = School::with_two_classes();
    with_post(&school);
    let round = school.open_round("R1", "2026-09-01", "2026-09-06");
    let row = |points: &str| {
        format!(
            "date,round,post,class,item,full,points\n2026-09-02,R1,卫生岗,101,{},10,{points}\n",
            item()
        )
    };
    let plan = |created, replaced, unchanged| InspectionPlan {
        created,
        replaced,
        unchanged,
    };
    assert_eq!(import(&school, &row("9.5")).plan, plan(1, 0, 0));
    assert_eq!(import(&school, &row("9.5")).plan, plan(0, 0, 1));
    assert_eq!(import(&school, &row("8")).plan, plan(0, 1, 0));
    let stored = school.read(|db, call| Ok(stored_checks::of_round(db, &call.school, &round.id)?));
    assert_eq!(stored.iter().map(|r| r.points).collect::<Vec<_>>(), [8.0]);
}

#[test]
fn unknown_things_stop_the_file() {
    let school = School::with_two_classes();
    with_post(&school);
    school.open_round("R1", "2026-09-01", "2026-09-06");
    let item = item();
    let csv = format!(
        "date,round,post,class,item,full,points\n2026-09-02,R1,卫生岗,101,{item},10,9\n2026-09-02,R2,卫生岗,101,{item},10,9\n\
         2026-09-02,R1,门岗,101,{item},10,9\n2026-09-02,R1,卫生岗,609,{item},10,9\n2026-09-02,R1,卫生岗,101,nothing,10,9\n"
    );
    let refused = import(&school, &csv);
    let keys: Vec<_> = refused
        .errors
        .iter()
        .map(|e| (e.line, e.message.key))
        .collect();
    assert_eq!(
        keys,
        [
            (3, "import-unknown-round"),
            (4, "import-unknown-post"),
            (5, "import-unknown-class"),
            (6, "import-unknown-item"),
        ]
    );
    assert!(!refused.done);
}
