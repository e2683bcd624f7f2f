//! Rosters: idempotent, nobody moved silently, bad files change nothing.

use starlight::{
    actions::{import_roster, imports::school_year},
    exchange::roster,
    storage::audit,
};

use super::school::{School, day, fixture, permit, table};

#[test]
fn the_same_roster_twice_changes_nothing() {
    let mut school = School::new();
    let first = school.import_roster(&fixture("roster-utf8-bom.csv"), false);
    assert_eq!((first.plan.plan.new.len(), first.done), (3, true));
    assert_eq!(first.plan.new_classes, [(3, 2)]);
    let before = school.picture();
    school.on("2026-09-20");
    for again in [
        "roster-utf8-bom.csv",
        "roster-gb18030.csv",
        "roster-semicolon.csv",
    ] {
        let second = school.import_roster(&fixture(again), false);
        assert!(second.done && second.plan.is_empty(), "{again}: {second:?}");
    }
    assert_eq!(school.picture(), before);
}

#[test]
fn children_come_with_all_they_need() {
    let school = School::new();
    let csv = "学号,姓名,性别,班级,拼音,知情同意\n1,曾单,女,101,,是\n2,李明,,601,lǐ míng x,\n";
    school.import_roster(&table(csv.as_bytes()), false);
    let children = school.children();
    let told: Vec<_> = children
        .iter()
        .map(|c| {
            (
                c.pinyin.as_str(),
                c.sex.as_str(),
                c.pin_kind.as_str(),
                c.consent.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("zēng dān", "female", "pictures", "consented"),
            ("lǐ míng x", "", "digits", "notice"),
        ]
    );
    assert!(
        children
            .iter()
            .all(|c| (0..119).contains(&c.avatar) && c.pin_tag.len() == 64)
    );
    let stays = school.stays();
    assert!(
        stays
            .iter()
            .all(|s| s.reason == "entered" && s.starts_on == day("2026-09-01"))
    );
    let classes =
        school.read(|db, call| Ok(starlight::storage::students::classes(db, &call.school)?));
    assert!(
        classes
            .iter()
            .all(|c| c.door.len() == 6 && c.door.bytes().all(|b| b.is_ascii_digit()))
    );
    assert_eq!(
        classes.iter().map(|c| c.cohort).collect::<Vec<_>>(),
        [2026, 2021]
    );
}

#[test]
fn a_move_needs_a_word() {
    let mut school = School::new();
    school.import_roster(
        &table("学号,姓名,班级\n1,甲,101\n2,乙,102\n".as_bytes()),
        false,
    );
    school.on("2026-10-12");
    let moved = table("学号,姓名,班级\n1,甲甲,102\n".as_bytes());
    let before = school.picture();
    let refused = school.import_roster(&moved, false);
    assert!(!refused.done);
    let told: Vec<_> = refused
        .errors
        .iter()
        .map(|e| (e.line, e.message.key))
        .collect();
    assert_eq!(told, [(2, "import-moves-class")]);
    assert_eq!(school.picture(), before);

    let done = school.import_roster(&moved, true);
    assert!(done.done && done.plan.plan.absent == ["2"], "{done:?}");
    let child = school.children().remove(0);
    assert_eq!(
        (child.name.as_str(), child.pinyin.as_str()),
        ("甲甲", "jiǎ jiǎ")
    );
    let stays: Vec<_> = school
        .stays()
        .into_iter()
        .filter(|s| s.student_id == child.id)
        .map(|s| (s.starts_on, s.ends_on, s.reason))
        .collect();
    let (begin, move_day) = (day("2026-09-01"), day("2026-10-12"));
    assert_eq!(
        stays,
        [
            (begin, Some(move_day), "entered".to_owned()),
            (move_day, None, "changed_class".to_owned()),
        ]
    );
}

#[test]
fn a_late_child_comes_from_today_and_the_others_stay() {
    let mut school = School::new();
    school.import_roster(&fixture("roster-utf8-bom.csv"), false);
    school.on("2026-11-23");
    let found = school.import_roster(&table("学号,姓名,班级\n9,丁一,302\n".as_bytes()), false);
    assert_eq!(found.plan.plan.absent.len(), 3);
    let late = school
        .stays()
        .into_iter()
        .find(|s| s.reason == "transferred_in")
        .unwrap();
    assert_eq!((late.starts_on, late.ends_on), (day("2026-11-23"), None));
    assert_eq!(school.children().len(), 4);
}

#[test]
fn bad_rows_change_nothing_and_leave_a_line() {
    let school = School::new();
    let before = school.picture();
    let refused = school.import_roster(&fixture("roster-bad.csv"), true);
    assert!(!refused.done && refused.errors.len() > 4);
    assert_eq!(school.picture(), before);
    let lines = school.read(|db, call| Ok(audit::page(db, &permit(), &call.school, 0, 100)?));
    let last = lines.last().unwrap();
    assert_eq!(
        (last.action.as_str(), last.outcome.as_str()),
        ("import.roster", "refused")
    );
}

#[test]
fn a_dry_run_tells_moves_and_writes_nothing() {
    let school = School::new();
    school.import_roster(&table("学号,姓名,班级\n1,甲,101\n".as_bytes()), false);
    let before = school.picture();
    let read = roster::parse(
        &table("学号,姓名,班级\n1,甲,102\n2,乙,103\n".as_bytes()),
        school_year(&school.call),
    );
    let told = school.read(|db, call| import_roster::report(db, call, &read));
    assert!(!told.done && told.errors.is_empty());
    assert_eq!(told.notes.len(), 1);
    assert_eq!(told.plan.new_classes, [(1, 2), (1, 3)]);
    assert_eq!(school.picture(), before);
}
