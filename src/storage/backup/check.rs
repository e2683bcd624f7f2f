//! Whether a database is whole: the engine's own check, foreign keys, the audit chain of every school, and a hash of
//! what each table holds. Used by `starlight verify`, by restore and by tests.

use std::collections::BTreeMap;

use diesel::{RunQueryDsl, SqliteConnection, connection::DefaultLoadingMode, sql_query};

use crate::{
    domain::ids::SchoolId,
    keys::{mac, server_key::KeyRing},
    storage::{
        audit,
        engine::{DatabaseUrl, Db},
        error::Stored,
        schools,
    },
};

/// What the checks found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// In words, empty where all is well.
    pub problems: Vec<String>,
    /// Name of each school and how many audit lines hold.
    pub audited: Vec<(String, u64)>,
}

impl Checked {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

#[derive(diesel::QueryableByName)]
pub(super) struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub line: String,
}

/// Checks a whole database while it is being used.
pub fn check(url: &DatabaseUrl, keys: &KeyRing) -> Stored<Checked> {
    let mut db = Db::open(url)?;
    db.refuse_newer()?;
    check_open(&mut db, keys)
}

pub(super) fn check_open(db: &mut Db, keys: &KeyRing) -> Stored<Checked> {
    let mut checked = Checked::default();
    if let Db::Sqlite(conn) = db {
        checked.problems = flaws(conn)?;
    }
    for school in schools::all(db)? {
        match audit::verify(db, keys, &SchoolId::new(school.id))? {
            Ok(lines) => checked.audited.push((school.name, lines)),
            Err(why) => checked.problems.push(format!("{}: {why}", school.name)),
        }
    }
    Ok(checked)
}

/// The engine's own findings; PostgreSQL keeps its constraints itself.
pub(super) fn flaws(conn: &mut SqliteConnection) -> Stored<Vec<String>> {
    let found: Vec<Line> =
        sql_query("SELECT integrity_check AS line FROM pragma_integrity_check LIMIT 20")
            .load(conn)?;
    let mut flaws: Vec<String> = found
        .into_iter()
        .map(|l| l.line)
        .filter(|l| l != "ok")
        .collect();
    let orphans: Vec<Line> = sql_query(
        "SELECT 'a row of ' || \"table\" || ' points to nothing in ' || parent AS line \
         FROM pragma_foreign_key_check LIMIT 20",
    )
    .load(conn)?;
    flaws.extend(orphans.into_iter().map(|l| l.line));
    Ok(flaws)
}

/// A hash of the rows of each table, whatever their order in the file; equal where the tables hold the same. Only
/// comparable within one engine.
pub fn content_hashes(url: &DatabaseUrl) -> Stored<BTreeMap<String, String>> {
    let mut db = Db::open(url)?;
    let tables: Vec<Line> = match &mut db {
        Db::Sqlite(conn) => {
            let query = "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'";
            sql_query(query).load(conn)?
        }
        Db::Postgres(conn) => {
            let query =
                "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = current_schema()";
            sql_query(query).load(conn)?
        }
    };
    let mut hashes = BTreeMap::new();
    for table in tables {
        let hash = table_hash(&mut db, &table.line)?;
        hashes.insert(table.line, hash);
    }
    Ok(hashes)
}

fn table_hash(db: &mut Db, table: &str) -> Stored<String> {
    let mut running = mac::Running::new(b"content", table.as_bytes());
    let mut add = |line: Line| {
        running.update(line.line.as_bytes());
        running.update(b"\n");
    };
    match db {
        Db::Sqlite(conn) => {
            let columns: Vec<Line> = sql_query(format!(
                "SELECT 'quote(\"' || name || '\")' AS line FROM pragma_table_info('{table}') ORDER BY name"
            ))
            .load(conn)?;
            let columns: Vec<String> = columns.into_iter().map(|c| c.line).collect();
            let all = columns.join(" || ',' || ");
            let rows = sql_query(format!("SELECT {all} AS line FROM \"{table}\" ORDER BY 1"));
            for row in rows.load_iter::<Line, DefaultLoadingMode>(conn)? {
                add(row?);
            }
        }
        Db::Postgres(conn) => {
            let query =
                format!("SELECT t::text AS line FROM \"{table}\" t ORDER BY t::text COLLATE \"C\"");
            for row in sql_query(query).load_iter::<Line, DefaultLoadingMode>(conn)? {
                add(row?);
            }
        }
    }
    Ok(mac::hex(&running.finish()))
}
