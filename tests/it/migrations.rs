//! Both engines have the same tables and columns, under the same migration names, and `schema.rs` says the same.

use std::{collections::BTreeMap, fs, path::Path};

type Tables = BTreeMap<String, Vec<String>>;

fn folder(engine: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("migrations")
        .join(engine)
}

fn names(engine: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder(engine))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Table → `column type nullable`, types by what they mean on either engine.
fn tables(engine: &str) -> Tables {
    let mut tables = Tables::new();
    for name in names(engine) {
        let sql = fs::read_to_string(folder(engine).join(name).join("up.sql")).unwrap();
        for part in sql.split("CREATE TABLE ").skip(1) {
            let (table, rest) = part.split_once(" (").unwrap();
            let body = rest.split("\n)").next().unwrap();
            let columns = body
                .lines()
                .map(|line| line.trim().trim_end_matches(','))
                .filter(|line| {
                    !line.is_empty()
                        && !["PRIMARY KEY (", "UNIQUE (", "FOREIGN KEY ("]
                            .iter()
                            .any(|key| line.starts_with(key))
                });
            let columns = columns.map(|line| {
                let bare = line
                    .replace(" PRIMARY KEY", "")
                    .replace(" UNIQUE", "")
                    .replace("BYTEA", "BLOB");
                let bare = bare.split(" REFERENCES ").next().unwrap();
                bare.split(" DEFAULT ").next().unwrap().to_owned()
            });
            tables.insert(table.to_owned(), columns.collect());
        }
        for change in sql.split("ALTER TABLE ").skip(1) {
            if let Some((table, rest)) = change.split_once(" ALTER COLUMN ") {
                let (column, _) = rest.split_once(" DROP NOT NULL;").unwrap();
                let columns = tables.get_mut(table).unwrap().iter_mut();
                for known in columns.filter(|known| known.starts_with(&format!("{column} "))) {
                    *known = known.replace(" NOT NULL", "");
                }
                continue;
            }
            let (table, rest) = change.split_once(" ADD COLUMN ").unwrap();
            let column = rest.split([';', '\n']).next().unwrap();
            let column = column.split(" DEFAULT ").next().unwrap();
            tables.get_mut(table).unwrap().push(column.to_owned());
        }
    }
    tables
}

#[test]
fn both_folders_hold_the_same_names_and_columns() {
    assert_eq!(names("sqlite"), names("postgres"));
    let (sqlite, postgres) = (tables("sqlite"), tables("postgres"));
    assert!(sqlite.len() > 25, "{} tables", sqlite.len());
    assert_eq!(sqlite, postgres);
}

#[test]
fn every_table_of_people_has_the_school_first() {
    let without = ["schools", "setup_tokens", "pairings"];
    for (table, columns) in tables("sqlite") {
        let first = columns.first().unwrap();
        assert_eq!(
            !first.starts_with("school_id "),
            without.contains(&table.as_str()),
            "{table}: {first}"
        );
    }
}

#[test]
fn the_schema_names_the_same_columns() {
    let read = |name: &str| {
        let storage = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/storage");
        fs::read_to_string(storage.join(name)).unwrap()
    };
    let parts = [
        "children", "comments", "displays", "duty", "homes", "results",
    ];
    let parts: String = parts
        .iter()
        .map(|part| read(&format!("schema_{part}.rs")))
        .collect();
    let schema = read("schema.rs") + &parts;
    for (table, columns) in tables("sqlite") {
        let start = schema
            .find(&format!("\n    {table} ("))
            .unwrap_or_else(|| panic!("{table} is not in schema.rs"));
        let body = schema
            .get(start..)
            .unwrap()
            .split("\n    }")
            .next()
            .unwrap();
        let named: Vec<&str> = body
            .lines()
            .filter_map(|line| line.trim().split_once(" -> "))
            .map(|(name, _)| name)
            .collect();
        let expected: Vec<&str> = columns
            .iter()
            .map(|column| column.split(' ').next().unwrap())
            .collect();
        assert_eq!(named, expected, "{table}");
    }
}
