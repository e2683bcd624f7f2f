//! Everything that stands in a school's database, table by table, to see that nothing changed; and changes that otherwise only time makes.

use std::collections::BTreeMap;

use diesel::{
    Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query, sql_types::Text,
};

use super::House;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl House {
    /// Makes time pass, or moves what only time moves.
    pub fn sql(&self, statement: &str) -> usize {
        sql_query(statement).execute(&mut self.connect()).unwrap()
    }

    fn connect(&self) -> SqliteConnection {
        let path = self.folder.path().join("school.db");
        SqliteConnection::establish(path.to_str().unwrap()).unwrap()
    }

    /// The bytes of the database's files, log included, by name.
    pub fn bytes(&self) -> Vec<(String, Vec<u8>)> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        let files = files.map(|file| file.unwrap());
        let named = files.map(|f| (f.file_name().into_string().unwrap(), f.path()));
        let ours = named.filter(|(name, _)| name.starts_with("school.db"));
        ours.map(|(name, path)| (name, std::fs::read(path).unwrap()))
            .collect()
    }

    /// All rows of all tables, in an order that does not hang on when they were written.
    pub fn contents(&self) -> BTreeMap<String, Vec<String>> {
        let mut db = self.connect();
        let mut ask = |query: &str| -> Vec<String> {
            let lines: Vec<Line> = sql_query(query).load(&mut db).unwrap();
            lines.into_iter().map(|one| one.line).collect()
        };
        let tables = ask("SELECT name AS line FROM sqlite_master WHERE type = 'table'");
        let mut all = BTreeMap::new();
        for table in tables {
            let named = format!("SELECT name AS line FROM pragma_table_info('{table}')");
            let columns: Vec<String> = ask(&named).iter().map(|c| format!("quote({c})")).collect();
            let row = columns.join(" || '|' || ");
            let rows = ask(&format!("SELECT {row} AS line FROM {table} ORDER BY 1"));
            all.insert(table, rows);
        }
        all
    }
}
