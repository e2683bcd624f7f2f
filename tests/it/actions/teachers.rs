//! Teachers: first passwords once, lessons from today, no password ever replaced.

use starlight::{
    keys::password,
    storage::{staff, staff::StaffRow},
};

use super::school::{School, permit, table};

fn accounts(school: &School) -> Vec<StaffRow> {
    school.read(|db, call| Ok(staff::all(db, &permit(), &call.school)?))
}

/// Login, class, role and subject of today's lessons.
fn lessons(school: &School) -> Vec<String> {
    let accounts = accounts(school);
    let mut all = school.read(|db, call| {
        let rows = staff::teaching_between(db, &permit(), &call.school, call.today, call.today)?;
        Ok(rows)
    });
    all.retain(|row| row.ends_on.is_none());
    let mut told: Vec<String> = all
        .iter()
        .map(|row| {
            let who = accounts.iter().find(|a| a.id == row.staff_id).unwrap();
            format!("{} {} {}", who.login, row.role, row.subject)
        })
        .collect();
    told.sort();
    told
}

fn two_classes() -> School {
    let school = School::new();
    school.import_roster(
        &table("学号,姓名,班级\n1,甲,101\n2,乙,102\n".as_bytes()),
        false,
    );
    school
}

#[test]
fn accounts_come_with_a_first_password_that_opens_them() {
    let school = two_classes();
    let (found, passwords) = school
        .import_teachers("login,name,homeroom,classes,subject\nwang,王芳,101,101、102,语文\n");
    assert!(found.done);
    let account = accounts(&school).remove(0);
    assert!(account.must_change && account.role == "teacher");
    assert!(password::verify(
        &passwords[0].password,
        &account.password_hash
    ));
    assert!(!format!("{passwords:?}").contains(&passwords[0].password));
    assert_eq!(
        lessons(&school),
        ["wang homeroom ", "wang subject 语文", "wang subject 语文"]
    );
}

#[test]
fn a_second_file_changes_lessons_and_no_password() {
    let mut school = two_classes();
    let file =
        "login,name,homeroom,classes,subject\nwang,王芳,101,102,语文\nli,李明,102,101,数学\n";
    school.import_teachers(file);
    let before: Vec<String> = accounts(&school)
        .into_iter()
        .map(|a| a.password_hash)
        .collect();
    let (again, passwords) = school.import_teachers(file);
    assert!(again.plan.is_empty() && passwords.is_empty(), "{again:?}");

    school.on("2026-10-12");
    let (found, passwords) = school.import_teachers(
        "login,name,homeroom,classes,subject\nzhao,赵新,101,,\nli,李大明,102,102,数学\n",
    );
    assert_eq!(found.plan.renamed, [("li".to_owned(), "李大明".to_owned())]);
    assert_eq!(found.plan.absent, ["wang"]);
    assert_eq!(passwords.len(), 1);
    // 王芳 keeps what the file says nothing about; 101 has another homeroom teacher now.
    assert_eq!(
        lessons(&school),
        [
            "li homeroom ",
            "li subject 数学",
            "wang subject 语文",
            "zhao homeroom "
        ]
    );
    let after: Vec<String> = accounts(&school)
        .into_iter()
        .filter(|a| a.login != "zhao")
        .map(|a| a.password_hash)
        .collect();
    assert_eq!(after, before);
}

#[test]
fn an_unknown_class_stops_the_file() {
    let school = two_classes();
    let (refused, passwords) = school.import_teachers("login,name,classes\nwang,王芳,101、309\n");
    assert!(!refused.done && passwords.is_empty());
    assert_eq!(refused.errors[0].message.key, "import-unknown-class");
    assert!(accounts(&school).is_empty());
}
