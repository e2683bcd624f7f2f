//! Writes the zip.

use super::{Person, School};
use crate::exchange::class_name::ClassName;
use crate::exchange::table::{Cell, Sheet, TableError, to_csv};
use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId";
const SESSIONS: &str =
    "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear";
const COURSES: &str = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,\
    subjects,subjectCodes";
const CLASSES: &str = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,\
    schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods";
const USERS: &str = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,\
    identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,\
    preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns";
const ROLES: &str = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,\
    userProfileSourcedId";
const ENROLLMENTS: &str = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,\
    primary,beginDate,endDate";

/// Files of the standard that are written; the manifest calls the others absent.
const WRITTEN: [&str; 7] = [
    "academicSessions",
    "classes",
    "courses",
    "enrollments",
    "orgs",
    "roles",
    "users",
];
const ABSENT: [&str; 14] = [
    "categories",
    "classResources",
    "courseResources",
    "demographics",
    "lineItemLearningObjectiveIds",
    "lineItems",
    "lineItemScoreScales",
    "resources",
    "resultLearningObjectiveIds",
    "results",
    "resultScoreScales",
    "scoreScales",
    "userProfiles",
    "userResources",
];

/// The bytes of the zip.
pub fn pack(school: &School) -> Result<Vec<u8>, TableError> {
    let files = [
        ("manifest", manifest()),
        ("orgs", orgs(school)),
        ("academicSessions", sessions(school)),
        ("courses", courses(school)),
        ("classes", classes(school)),
        ("users", users(school)),
        ("roles", roles(school)),
        ("enrollments", enrollments(school)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, sheet) in files {
        let bytes = to_csv(&sheet)?;
        // Other systems stumble over the mark that Excel wants.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        zip.start_file(format!("{name}.csv"), SimpleFileOptions::default())
            .map_err(failed)?;
        zip.write_all(bytes).map_err(failed)?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

fn failed<E>(_: E) -> TableError {
    TableError::invalid("import-write-failed")
}

/// A sheet whose rows give values by column name; all other columns stay empty, which means “active” in bulk files.
fn sheet(header: &str, rows: Vec<Vec<(&str, String)>>) -> Sheet {
    let header: Vec<String> = header.split(',').map(str::to_owned).collect();
    let cells = rows.iter().map(|row| {
        let value = |name: &String| row.iter().find(|(key, _)| key == name);
        header
            .iter()
            .map(|name| value(name).map_or(Cell::Empty, |(_, text)| Cell::text(text)))
            .collect()
    });
    let rows = cells.collect();
    Sheet {
        name: String::new(),
        header,
        rows,
        watermark: None,
    }
}

fn manifest() -> Sheet {
    let fixed = [("manifest.version", "1.0"), ("oneroster.version", "1.2")];
    let fixed = fixed.map(|(name, value)| (name.to_owned(), value));
    let written = WRITTEN.map(|name| (format!("file.{name}"), "bulk"));
    let absent = ABSENT.map(|name| (format!("file.{name}"), "absent"));
    let source = [
        ("source.systemName".to_owned(), "Starlight"),
        ("source.systemCode".to_owned(), "starlight"),
    ];
    let all = fixed.into_iter().chain(written).chain(absent).chain(source);
    sheet(
        "propertyName,value",
        all.map(|(name, value)| vec![("propertyName", name), ("value", value.to_owned())])
            .collect(),
    )
}

fn orgs(school: &School) -> Sheet {
    let row = vec![
        ("sourcedId", school.id.clone()),
        ("name", school.name.clone()),
        ("type", "school".to_owned()),
        ("identifier", school.id.clone()),
    ];
    sheet(ORGS, vec![row])
}

fn sessions(school: &School) -> Sheet {
    let row = vec![
        ("sourcedId", school.term.clone()),
        ("title", school.term.clone()),
        ("type", "term".to_owned()),
        ("startDate", school.begins.to_string()),
        ("endDate", school.ends.to_string()),
        // The standard names a school year by the calendar year in which it ends.
        ("schoolYear", school_year(school)),
    ];
    sheet(SESSIONS, vec![row])
}

fn school_year(school: &School) -> String {
    use chrono::Datelike;
    let autumn = school.begins.month() >= 8;
    (school.begins.year() + i32::from(autumn)).to_string()
}

fn all_classes(school: &School) -> BTreeSet<ClassName> {
    let people = school.students.iter().chain(&school.teachers);
    people
        .flat_map(|person| person.classes.iter().chain(&person.homeroom).copied())
        .collect()
}

fn grade(class: ClassName) -> String {
    format!("{:02}", class.grade)
}

fn courses(school: &School) -> Sheet {
    let grades: BTreeSet<u8> = all_classes(school)
        .into_iter()
        .map(|class| class.grade)
        .collect();
    let rows = grades.into_iter().map(|grade| {
        vec![
            ("sourcedId", format!("course-{grade}")),
            ("title", format!("Homeroom {grade}")),
            ("grades", format!("{grade:02}")),
            ("orgSourcedId", school.id.clone()),
        ]
    });
    sheet(COURSES, rows.collect())
}

fn classes(school: &School) -> Sheet {
    let rows = all_classes(school).into_iter().map(|class| {
        vec![
            ("sourcedId", format!("class-{}", class.code())),
            ("title", class.code()),
            ("grades", grade(class)),
            ("courseSourcedId", format!("course-{}", class.grade)),
            ("classCode", class.code()),
            ("classType", "homeroom".to_owned()),
            ("schoolSourcedId", school.id.clone()),
            ("termSourcedIds", school.term.clone()),
        ]
    });
    sheet(CLASSES, rows.collect())
}

fn users(school: &School) -> Sheet {
    let row = |person: &Person, grades: String| {
        let (family, given) = split_name(&person.name);
        vec![
            ("sourcedId", person.id.clone()),
            ("enabledUser", "true".to_owned()),
            ("username", person.id.clone()),
            ("givenName", given),
            ("familyName", family),
            ("identifier", person.id.clone()),
            ("grades", grades),
            ("primaryOrgSourcedId", school.id.clone()),
        ]
    };
    let students = school
        .students
        .iter()
        .map(|p| row(p, p.classes.first().map(|c| grade(*c)).unwrap_or_default()));
    sheet(
        USERS,
        students
            .chain(school.teachers.iter().map(|p| row(p, String::new())))
            .collect(),
    )
}

/// Surname and the rest; `unpack` joins them to the same name again.
fn split_name(name: &str) -> (String, String) {
    const DOUBLE: [&str; 8] = [
        "欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙",
    ];
    if let Some((given, family)) = name.rsplit_once(' ') {
        return (family.to_owned(), given.to_owned());
    }
    let size = if DOUBLE.iter().any(|double| name.starts_with(double)) {
        2
    } else {
        1
    };
    (
        name.chars().take(size).collect(),
        name.chars().skip(size).collect(),
    )
}

fn roles(school: &School) -> Sheet {
    let row = |person: &Person, role: &str| {
        vec![
            ("sourcedId", format!("role-{}", person.id)),
            ("userSourcedId", person.id.clone()),
            ("roleType", "primary".to_owned()),
            ("role", role.to_owned()),
            ("orgSourcedId", school.id.clone()),
        ]
    };
    let students = school.students.iter().map(|person| row(person, "student"));
    sheet(
        ROLES,
        students
            .chain(school.teachers.iter().map(|person| row(person, "teacher")))
            .collect(),
    )
}

fn enrollments(school: &School) -> Sheet {
    let row = |person: &Person, class: ClassName, role: &str, primary: bool| {
        vec![
            ("sourcedId", format!("{}-{}", class.code(), person.id)),
            ("classSourcedId", format!("class-{}", class.code())),
            ("schoolSourcedId", school.id.clone()),
            ("userSourcedId", person.id.clone()),
            ("role", role.to_owned()),
            ("primary", primary.to_string()),
        ]
    };
    let mut rows = Vec::new();
    for person in &school.students {
        rows.extend(
            person
                .classes
                .iter()
                .map(|class| row(person, *class, "student", false)),
        );
    }
    for person in &school.teachers {
        let all: BTreeSet<ClassName> = person
            .classes
            .iter()
            .chain(&person.homeroom)
            .copied()
            .collect();
        rows.extend(
            all.into_iter()
                .map(|class| row(person, class, "teacher", person.homeroom == Some(class))),
        );
    }
    sheet(ENROLLMENTS, rows)
}
