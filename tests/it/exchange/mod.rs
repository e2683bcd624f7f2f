//! Files as schools have them, read and written through the public face of `exchange`.

mod fuzz;
mod hostile_workbooks;
mod rosters;
mod texts;

use starlight::exchange::table::{ReadOptions, Table, TableError, read};

/// A file of `fixtures/exchange`.
fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/fixtures/exchange/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).unwrap()
}

/// The fixture as a page would read it.
fn table(name: &str) -> Result<Table, TableError> {
    read(name, None, &fixture(name), &ReadOptions::default())
}
