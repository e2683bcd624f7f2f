//! Tables that go out: what comes back in changes nothing; published numbers as they were published.

use starlight::{
    actions::{
        ActionError,
        export_score_folder::Period,
        export_tables::{self, Table},
        import_sheets,
        imports::school_year,
    },
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, StaffId},
        refusal::Refusal,
    },
    exchange::{
        exports::Headings,
        sheets,
        table::{Format, ReadOptions, read, write},
        teachers,
    },
};

use super::{
    school::{School, table},
    score_folder::two_rounds,
};

fn export(school: &School, what: Table, format: Format, headings: Headings) -> Vec<u8> {
    let period = Period::default();
    let sheet = school.read(|db, call| export_tables::build(db, call, what, &period, headings));
    assert!(
        sheet
            .watermark
            .as_ref()
            .unwrap()
            .text
            .starts_with("system 2026-")
    );
    write(&sheet, format).unwrap()
}

#[test]
fn an_exported_roster_comes_back_unchanged() {
    let school = School::new();
    let csv = "学号,姓名,性别,班级,座号,拼音,知情同意\n001,=甲,男,101,7,,是\n002,乙,,302,,yǐ,否\n003,丙,女,601,,,\n";
    school.import_roster(&table(csv.as_bytes()), false);
    let before = school.picture();
    for format in [Format::Csv, Format::Xlsx] {
        for headings in [Headings::Keys, Headings::Chinese] {
            let bytes = export(&school, Table::Roster, format, headings);
            let name = format!("a.{}", format.extension());
            let back = read(&name, None, &bytes, &ReadOptions::default()).unwrap();
            let found = school.import_roster(&back, false);
            assert!(found.done && found.plan.is_empty(), "{name} {found:?}");
            assert_eq!(found.plan.plan.unchanged.len(), 3);
            assert_eq!(export(&school, Table::Roster, format, headings), bytes);
        }
    }
    assert_eq!(school.picture(), before);
}

#[test]
fn exported_teachers_come_back_unchanged() {
    let school = School::with_two_classes();
    let bytes = export(&school, Table::Teachers, Format::Csv, Headings::Chinese);
    let parsed = teachers::parse(&table(&bytes), school_year(&school.call));
    assert_eq!((parsed.errors.len(), parsed.rows.len()), (0, 2));
    let (found, passwords) = school.import_teachers(std::str::from_utf8(&bytes).unwrap());
    assert!(found.plan.is_empty() && passwords.is_empty(), "{found:?}");
}

#[test]
fn exported_answers_are_the_stored_ones() {
    let mut school = School::with_two_classes();
    school.on("2026-09-07");
    let round = school.open_round("R1", "2026-09-07", "2026-09-13");
    let rows = school.everybody_rates(&round);
    let sent = school.import_sheets(rows.clone()).plan.created;
    let period = Period {
        with: Some(round.id.clone()),
        ..Period::default()
    };
    let sheet = school
        .read(|db, call| export_tables::build(db, call, Table::Sheets, &period, Headings::Keys));
    let limits = starlight::exchange::table::Limits::COMMAND;
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    let bytes = write(&sheet, Format::Csv).unwrap();
    let back = sheets::parse(&read("s.csv", None, &bytes, &options).unwrap());
    assert_eq!(back.errors, []);
    assert_eq!(back.rows.len(), rows.len());
    let told = school.read(|db, call| import_sheets::report(db, call, &back));
    assert_eq!((told.errors.len(), told.plan.unchanged), (0, sent));
}

#[test]
fn scores_and_rankings_are_those_of_the_publications() {
    let (school, _) = two_rounds();
    let text = |what| {
        let bytes = export(&school, what, Format::Csv, Headings::Keys);
        String::from_utf8(bytes).unwrap()
    };
    let scores = text(Table::Scores);
    let first = scores.lines().next().unwrap();
    assert!(
        first.contains("round,student_no,class,self,peer,teacher,parent,voices,score"),
        "{first}"
    );
    // 26 seats in the term; R1 was published before the two changes, with 24.
    let count = |text: &str, name: &str| text.lines().filter(|l| l.starts_with(name)).count();
    assert_eq!(
        (
            count(&scores, "R1,"),
            count(&scores, "R2,"),
            count(&scores, "term,")
        ),
        (24, 26, 26)
    );
    let rankings = text(Table::Rankings);
    assert_eq!(
        (count(&rankings, "R1,1,"), count(&rankings, "term,1,")),
        (2, 2)
    );
    assert_eq!(text(Table::Badges).lines().count(), 1);
    // Of a round: two looks at 101 on either day, one at 102; a second look at 102 does not count.
    assert_eq!(count(&text(Table::Inspections), "2026-09-"), 10);
}

#[test]
fn only_the_office_takes_tables_along() {
    let school = School::with_two_classes();
    let teacher = Actor::Teacher {
        id: StaffId::new("x"),
        homeroom: vec![ClassId::new("c")],
        teaches: Vec::new(),
    };
    let call = Call {
        actor: teacher,
        ..school.call.clone()
    };
    for what in Table::ALL {
        let period = Period::default();
        let refused = school
            .store
            .read_here(|db| export_tables::build(db, &call, what, &period, Headings::Keys));
        let forbidden = matches!(refused, Err(ActionError::Refused(Refusal::Forbidden)));
        assert!(forbidden, "{what:?}");
        assert_eq!(Table::parse(what.key()), Some(what));
    }
}
