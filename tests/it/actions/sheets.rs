//! Files of answers: the same judgement as on pages, all or nothing, idempotent.

use starlight::{
    actions::{import_sheets::SheetPlan, rounds as moves},
    domain::rubric::Source,
    storage::{rounds::RoundRow, sheets},
};

use super::school::{School, permit};

fn open(school: &School) -> RoundRow {
    school.open_round("R1", "2026-09-01", "2026-09-06")
}

fn stored(school: &School, round: &RoundRow) -> Vec<sheets::SheetRow> {
    let mut rows =
        school.read(|db, call| Ok(sheets::of_round(db, &permit(), &call.school, &round.id)?));
    rows.sort_by(|a, b| {
        (&a.ratee_id, &a.source, &a.rater_id).cmp(&(&b.ratee_id, &b.source, &b.rater_id))
    });
    rows
}

#[test]
fn the_same_file_twice_changes_nothing_and_a_changed_one_keeps_what_was() {
    let school = School::with_two_classes();
    let round = open(&school);
    let mut rows = school.everybody_rates(&round);
    let first = school.import_sheets(rows.clone());
    let sheets = first.plan.created;
    assert!(first.done && sheets > 150, "{first:?}");
    let before = stored(&school, &round);
    assert_eq!(before.len(), sheets);
    let again = school.import_sheets(rows.clone()).plan;
    let unchanged = SheetPlan {
        unchanged: sheets,
        ..SheetPlan::default()
    };
    assert_eq!(again, unchanged);
    assert_eq!(stored(&school, &round), before);

    rows.truncate(1);
    rows[0].anchor = if rows[0].anchor == Some(1) {
        Some(2)
    } else {
        Some(1)
    };
    let changed = school.import_sheets(rows).plan;
    assert_eq!((changed.created, changed.replaced), (0, 1));
    let versions = stored(&school, &round).iter().map(|row| row.version).max();
    assert_eq!(versions, Some(2));
}

#[test]
fn one_bad_row_stops_the_file() {
    let school = School::with_two_classes();
    let round = open(&school);
    let good = school.everybody_rates(&round);
    let check = |change: &dyn Fn(&mut starlight::exchange::sheets::SheetRow), key: &str| {
        let mut rows = good.clone();
        let at = rows
            .iter()
            .position(|row| row.source == Source::Peer)
            .unwrap();
        change(&mut rows[at]);
        let refused = school.import_sheets(rows);
        assert!(!refused.done, "{key}");
        assert_eq!(refused.errors[0].message.key, key);
        assert_eq!(stored(&school, &round).len(), 0);
    };
    check(&|row| row.round = "R9".into(), "import-unknown-round");
    check(&|row| row.ratee = "2613".into(), "import-peer-elsewhere");
    check(
        &|row| row.ratee = row.rater.clone(),
        "import-peer-about-self",
    );
    check(&|row| row.ratee = "9999".into(), "import-unknown-ratee");
    check(&|row| row.anchor = Some(4), "import-anchor-range");
    check(
        &|row| row.indicator = "no_such".into(),
        "import-unknown-indicator",
    );
}

#[test]
fn a_closed_round_takes_history_and_a_published_one_nothing() {
    let school = School::with_two_classes();
    let round = open(&school);
    let rows = school.everybody_rates(&round);
    let id = round.id.clone();
    school.write(move |tx, call| moves::close(tx, call, &id));
    let history = school.import_sheets(rows.clone());
    assert!(
        history.done && history.plan.created > 150,
        "{:?}",
        history.errors
    );
    super::score_folder::publish(&school, &round);
    let late = school.import_sheets(rows);
    assert_eq!(late.errors[0].message.key, "import-round-not-taking");
}
