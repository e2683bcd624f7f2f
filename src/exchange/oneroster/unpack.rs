//! Reads the zip: joins users, roles, enrollments and classes into the tables of a roster and a teachers file. Lines are
//! those of `users.csv`.

use crate::exchange::table::{Limits, ReadOptions, Row, Table, TableError, read};
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Tables for `roster::parse` and `teachers::parse`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// Columns student_no, name, class.
    pub students: Table,
    /// Columns login, name, homeroom, classes.
    pub teachers: Table,
}

/// Reads a OneRoster 1.1 or 1.2 zip. Rows marked `tobedeleted` are left out.
pub fn unpack(bytes: &[u8], limits: &Limits) -> Result<Unpacked, TableError> {
    if bytes.len() > limits.bytes {
        return Err(TableError::too_large("import-file-too-large", limits.bytes));
    }
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if zip.len() > limits.entries {
        return Err(TableError::invalid("import-workbook-too-large"));
    }
    let mut left = limits.unpacked;
    let mut file = |name: &str| table(&mut zip, name, limits, &mut left);
    let (users, classes, enrollments) = (
        file("users.csv")?,
        file("classes.csv")?,
        file("enrollments.csv")?,
    );
    Ok(join(
        &users,
        &Classes::of(&classes),
        &Enrolled::of(&enrollments),
    ))
}

fn broken<E>(_: E) -> TableError {
    TableError::invalid("import-broken-archive")
}

fn table(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    limits: &Limits,
    left: &mut u64,
) -> Result<Table, TableError> {
    let missing =
        |_: zip::result::ZipError| TableError::invalid("import-file-missing").with("file", name);
    let entry = zip.by_name(name).map_err(missing)?;
    let mut bytes = Vec::new();
    let read_bytes = entry
        .take(left.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(broken)?;
    let too_large = || TableError::invalid("import-workbook-too-large");
    *left = left
        .checked_sub(u64::try_from(read_bytes).unwrap_or(u64::MAX))
        .ok_or_else(too_large)?;
    let within = Limits {
        bytes: usize::MAX,
        ..*limits
    };
    read(
        name,
        None,
        &bytes,
        &ReadOptions {
            limits: within,
            ..ReadOptions::default()
        },
    )
}

/// Cells by column name; rows to be deleted are none.
fn live<'a>(table: &'a Table) -> impl Iterator<Item = (&'a Row, impl Fn(&str) -> &'a str)> {
    let rows = table.rows.iter().map(move |row| {
        let cell = move |name: &str| {
            let place = table
                .header
                .iter()
                .position(|header| header.eq_ignore_ascii_case(name));
            place.map_or("", |place| row.get(place).trim())
        };
        (row, cell)
    });
    rows.filter(|(_, cell)| !cell("status").eq_ignore_ascii_case("tobedeleted"))
}

/// How a class is called, by its sourcedId, in words that `class_name::parse` understands.
struct Classes(HashMap<String, String>);

impl Classes {
    fn of(table: &Table) -> Self {
        use crate::exchange::class_name::{SchoolYear, parse};
        let named = live(table).map(|(_, cell)| {
            let grade = cell("grades").trim_start_matches('0');
            let code = [cell("classCode"), cell("title")]
                .into_iter()
                .find_map(|text| {
                    parse("", text, SchoolYear::default())
                        .or_else(|_| parse(grade, text, SchoolYear::default()))
                        .ok()
                });
            // What nobody understands is told as a row error of each of its children.
            (
                cell("sourcedId").to_owned(),
                code.map_or_else(|| cell("title").to_owned(), |class| class.code()),
            )
        });
        Self(named.collect())
    }

    fn name(&self, id: &str) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }
}

/// Enrollments of one user: class, whether as teacher, whether as the class's first teacher.
struct Enrolled(BTreeMap<String, Vec<(String, bool, bool)>>);

impl Enrolled {
    fn of(table: &Table) -> Self {
        let mut all: BTreeMap<String, Vec<(String, bool, bool)>> = BTreeMap::new();
        for (_, cell) in live(table) {
            let teaches = cell("role").eq_ignore_ascii_case("teacher");
            if teaches || cell("role").eq_ignore_ascii_case("student") {
                let primary = cell("primary").eq_ignore_ascii_case("true");
                let one = (cell("classSourcedId").to_owned(), teaches, primary);
                all.entry(cell("userSourcedId").to_owned())
                    .or_default()
                    .push(one);
            }
        }
        Self(all)
    }
}

fn join(users: &Table, classes: &Classes, enrolled: &Enrolled) -> Unpacked {
    let empty = |header: &[&str]| Table {
        header_line: 1,
        header: header.iter().map(|name| (*name).to_owned()).collect(),
        rows: Vec::new(),
    };
    let mut students = empty(&["student_no", "name", "class"]);
    let mut teachers = empty(&["login", "name", "homeroom", "classes"]);
    for (row, cell) in live(users) {
        let Some(own) = enrolled.0.get(cell("sourcedId")) else {
            continue;
        };
        let id = [cell("identifier"), cell("username"), cell("sourcedId")]
            .into_iter()
            .find(|id| !id.is_empty());
        let id = id.unwrap_or("").to_owned();
        let name = joined_name(cell("familyName"), cell("givenName"));
        let taught: Vec<String> = own
            .iter()
            .filter(|one| one.1)
            .map(|one| classes.name(&one.0))
            .collect();
        let homeroom = own
            .iter()
            .find(|one| one.1 && one.2)
            .map(|one| classes.name(&one.0))
            .unwrap_or_default();
        if taught.is_empty() {
            let class = own
                .first()
                .map(|one| classes.name(&one.0))
                .unwrap_or_default();
            students.rows.push(Row {
                line: row.line,
                cells: vec![id, name, class],
            });
        } else {
            teachers.rows.push(Row {
                line: row.line,
                cells: vec![id, name, homeroom, taught.join("、")],
            });
        }
    }
    Unpacked { students, teachers }
}

/// 张 + 三 = 张三, but Li + Mary = Mary Li.
fn joined_name(family: &str, given: &str) -> String {
    if family.is_ascii() && !family.is_empty() && !given.is_empty() {
        format!("{given} {family}")
    } else {
        format!("{family}{given}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::class_name::{ClassName, SchoolYear};
    use crate::exchange::oneroster::{Person, School, pack};
    use crate::exchange::{roster, teachers};
    use chrono::NaiveDate;

    fn person(
        id: &str,
        name: &str,
        classes: &[(u32, u32)],
        homeroom: Option<(u32, u32)>,
    ) -> Person {
        let class = |(grade, number): (u32, u32)| ClassName::new(grade, number).unwrap();
        Person {
            id: id.into(),
            name: name.into(),
            classes: classes.iter().copied().map(class).collect(),
            homeroom: homeroom.map(class),
        }
    }

    fn school() -> School {
        School {
            id: "S1".into(),
            name: "实验小学".into(),
            term: "2026-2027-1".into(),
            begins: NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(),
            ends: NaiveDate::from_ymd_opt(2027, 1, 20).unwrap(),
            students: vec![
                person("202403017", "张三", &[(3, 2)], None),
                person("202403018", "欧阳娜娜", &[(3, 2)], None),
                person("202403019", "Mary Ann Li", &[(1, 1)], None),
            ],
            teachers: vec![
                person("T001", "王芳", &[(3, 1)], Some((3, 2))),
                person("T002", "李明", &[(1, 1), (3, 2)], None),
            ],
        }
    }

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let unpacked = unpack(&pack(&school()).unwrap(), &Limits::UPLOAD).unwrap();
        let students = roster::parse(&unpacked.students, SchoolYear::default());
        assert_eq!(students.errors, []);
        let found: Vec<_> = students
            .rows
            .iter()
            .map(|row| {
                (
                    row.line,
                    row.student_no.as_str(),
                    row.name.as_str(),
                    row.class_code(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                (2, "202403017", "张三", "302".to_owned()),
                (3, "202403018", "欧阳娜娜", "302".to_owned()),
                (4, "202403019", "Mary Ann Li", "101".to_owned()),
            ]
        );
        let teachers = teachers::parse(&unpacked.teachers, SchoolYear::default());
        assert_eq!(teachers.errors, []);
        let found: Vec<_> = teachers
            .rows
            .iter()
            .map(|row| (row.login.as_str(), row.homeroom, row.classes.len()))
            .collect();
        assert_eq!(
            found,
            [("T001", ClassName::new(3, 2), 2), ("T002", None, 2)]
        );
    }

    #[test]
    fn broken_zips_are_refused() {
        let key = |bytes: &[u8]| unpack(bytes, &Limits::UPLOAD).unwrap_err().message.key;
        assert_eq!(key(b"nothing"), "import-broken-archive");
        let whole = pack(&school()).unwrap();
        assert_eq!(key(&whole[..whole.len() / 2]), "import-broken-archive");
        let small = Limits {
            unpacked: 100,
            ..Limits::UPLOAD
        };
        assert_eq!(
            unpack(&whole, &small).unwrap_err().message.key,
            "import-workbook-too-large"
        );
    }
}
