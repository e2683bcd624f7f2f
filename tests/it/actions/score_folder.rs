//! What `export sheets` writes gives, computed as `starlight score` does, exactly what was published.

use starlight::{
    actions::{
        export_score_folder::{self, Period},
        publish_round, rounds as moves,
    },
    domain::{
        actor::Actor,
        badges::Rules,
        published::{PublishedClass, Ranking, publish_classes, publish_ranking},
        scoring::school::score_term,
    },
    exchange::score_files::{InFiles, OutFile, read_term},
    storage::{
        results, rounds,
        rounds::{ExcusalRow, RoundRow},
        students,
    },
};

use super::{
    inspections,
    school::{School, permit, table},
};

pub fn publish(school: &School, round: &RoundRow) {
    let id = round.id.clone();
    let prepared = school.read(|db, call| publish_round::prepare(db, call, &id, 2));
    let rules = Rules {
        version: 1,
        badges: Vec::new(),
    };
    school.write(move |tx, call| publish_round::publish(tx, call, &prepared, &rules));
}

fn excuse(school: &School, round: &RoundRow, no: &str) {
    let child = school
        .children()
        .into_iter()
        .find(|c| c.student_no == no)
        .unwrap();
    let round = round.id.clone();
    school.write(move |tx, call| {
        let id = starlight::domain::ids::StudentId::new(child.id.clone());
        let class = students::class_on(tx, &call.school, &id, call.today)?;
        let row = ExcusalRow {
            school_id: call.school.to_string(),
            round_id: round,
            student_id: child.id,
            reason: "ill".to_owned(),
            excused_by: String::new(),
            excused_at: call.now,
        };
        rounds::excuse(tx, &Actor::System.lead_class(&class)?, &row)?;
        Ok(tx.record(call, "excuse", "round", "")?)
    });
}

fn file<'f>(files: &'f [OutFile], name: &str) -> Option<&'f [u8]> {
    files
        .iter()
        .find(|f| f.name == name)
        .map(|f| f.bytes.as_slice())
}

fn in_files(files: &[OutFile]) -> InFiles<'_> {
    InFiles {
        rubric: file(files, "rubric.toml"),
        classes: file(files, "classes.csv"),
        students: file(files, "students.csv"),
        teachers: file(files, "teachers.csv"),
        sheets: file(files, "sheets.csv"),
        assignments: file(files, "assignments.csv"),
        excused: file(files, "excused.csv"),
        inspections: file(files, "inspections.csv"),
    }
}

/// Two rounds; between them a child changes class and another comes late; one is excused.
pub fn two_rounds() -> (School, Vec<RoundRow>) {
    let mut school = School::with_two_classes();
    inspections::with_post(&school);
    let item = starlight::domain::rubric::Rubric::built_in().items[0]
        .id
        .clone();
    let mut held = Vec::new();
    for (name, from, to) in [
        ("R1", "2026-09-07", "2026-09-13"),
        ("R2", "2026-09-21", "2026-09-27"),
    ] {
        school.on(from);
        let round = school.open_round(name, from, to);
        excuse(&school, &round, "2605");
        let done = school.import_sheets(school.everybody_rates(&round));
        assert!(done.done, "{:?}", done.errors);
        let checks = format!(
            "date,round,post,class,item,full,points\n{from},{name},卫生岗,101,{item},10,9.3\n{from},{name},卫生岗,101,{item},10,7\n\
             {to},{name},卫生岗,101,{item},10,0.1\n{to},{name},卫生岗,102,{item},3,2.7\n"
        );
        assert!(inspections::import(&school, &checks).done);
        inspections::second_looks(&school, &round, to.parse().unwrap());
        school.on(to);
        let id = round.id.clone();
        school.write(move |tx, call| moves::close(tx, call, &id));
        publish(&school, &round);
        held.push(round);
        school.on(if name == "R1" {
            "2026-09-15"
        } else {
            "2026-09-29"
        });
        let changes = "学号,姓名,班级\n2602,\"张,小\"\"二\",102\n2699,晚来,101\n";
        assert!(school.import_roster(&table(changes.as_bytes()), true).done);
    }
    (school, held)
}

#[test]
fn the_folder_gives_the_published_numbers() {
    let (school, held) = two_rounds();
    let files = school.read(|db, call| export_score_folder::files(db, call, &Period::default()));
    let students = String::from_utf8(file(&files, "students.csv").unwrap().to_vec()).unwrap();
    assert!(
        students.contains("2602@102,\"张,小\"\"二\",102\n"),
        "{students}"
    );
    let excused = String::from_utf8(file(&files, "excused.csv").unwrap().to_vec()).unwrap();
    for line in ["R1,2602@102", "R2,2602", "R1,2605", "R1,2699"] {
        assert!(excused.lines().any(|l| l == line), "{line}: {excused}");
    }

    // A second look that counts has its row beside the first; one that does not has none.
    let checks = String::from_utf8(file(&files, "inspections.csv").unwrap().to_vec()).unwrap();
    let of = |post: &str| checks.lines().filter(|l| l.contains(post)).count();
    assert_eq!((of("卫生岗·2,101"), of("卫生岗·2,102")), (4, 0), "{checks}");

    let (rubric, input) = read_term(&in_files(&files), 2).unwrap();
    assert_eq!(input.rounds, ["R1", "R2"]);
    let result = score_term(&rubric, &input, 2);
    let newest = &held[1];
    let (rows, ranking) = school.read(|db, call| {
        let rows = results::all_results(db, &permit(), &call.school, &newest.id, 1)?;
        Ok((
            rows,
            results::publication(db, &call.school, &newest.id)?.unwrap(),
        ))
    });
    let computed = publish_classes(&rubric, &input, &result, 1);
    assert_eq!(computed.len(), rows.len());
    for class in &computed {
        let text = serde_json::to_string(class).unwrap();
        let found = rows.iter().find_map(|row| {
            let read: PublishedClass = serde_json::from_str(&row.results).unwrap();
            (read.code == class.code).then_some((&row.results, read))
        });
        let (stored, read) = found.unwrap();
        assert!(
            text == *stored,
            "{}: other digits than published",
            class.code
        );
        assert!(
            read == *class,
            "{}: digits were lost in reading",
            class.code
        );
    }
    let read: Ranking = serde_json::from_str(&ranking.ranking).unwrap();
    assert_eq!(publish_ranking(&rubric, &input, &result, 1), read);
    let ranking = read;
    assert!(
        ranking.term.iter().all(|class| class.place.is_some()),
        "{ranking:?}"
    );
    // The first round's numbers did not move when the second came.
    let first = school.read(|db, call| {
        let rows = results::all_results(db, &permit(), &call.school, &held[0].id, 1)?;
        Ok(rows)
    });
    let again = publish_classes(&rubric, &input, &result, 0);
    let now = |no: &str| again.iter().flat_map(|c| &c.students).find(|s| s.no == no);
    let mut compared = 0;
    for row in first {
        let class: PublishedClass = serde_json::from_str(&row.results).unwrap();
        for student in class.students {
            assert!(
                now(&student.no).is_some_and(|s| s.round == student.round),
                "{} moved",
                student.no
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 24);
}

#[test]
fn a_round_before_its_publication_can_be_taken_along() {
    let mut school = School::with_two_classes();
    school.on("2026-09-07");
    let round = school.open_round("R1", "2026-09-07", "2026-09-13");
    let rows = school.everybody_rates(&round);
    school.import_sheets(rows);
    let files = |with: Option<String>| {
        let period = Period {
            with,
            ..Period::default()
        };
        school.read(|db, call| export_score_folder::files(db, call, &period))
    };
    let nothing = files(None);
    assert_eq!(
        file(&nothing, "sheets.csv")
            .unwrap()
            .iter()
            .filter(|b| **b == b'\n')
            .count(),
        1
    );
    let with = files(Some(round.id.clone()));
    assert_eq!(read_term(&in_files(&with), 1).unwrap().1.rounds, ["R1"]);
}
