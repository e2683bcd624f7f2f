//! `starlight import roster|teachers|sheets|inspections PATH [--dry-run] [--confirm-moves]`: all or nothing; what is
//! wrong with rows stands as a table on stderr and beside the rows in a copy of the file.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::{export::format_of, files::put_all, opened::Opened, words::say};
use crate::{
    actions::{
        import_inspections, import_roster, import_sheets, import_teachers,
        import_teachers::FirstPassword,
        imports::{Imported, school_year},
    },
    exchange::{
        Message, RowError, inspections,
        report::fixable_copy,
        roster, sheets,
        table::{self, Format, Limits, ReadOptions, Table},
        teachers,
    },
};

/// What can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    Roster,
    Teachers,
    Sheets,
    Inspections,
}

/// `starlight import`.
#[derive(Args, Debug)]
pub struct ImportArgs {
    /// What the file holds
    #[arg(value_enum)]
    pub what: What,
    /// A .csv or .xlsx file
    pub path: PathBuf,
    /// Say what would change and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Children may change class
    #[arg(long)]
    pub confirm_moves: bool,
}

/// What is told of any import.
struct Told {
    summary: Message,
    errors: Vec<RowError>,
    notes: Vec<RowError>,
    done: bool,
    passwords: Vec<FirstPassword>,
}

/// Runs the command: 0 done (or nothing wrong in a dry run), 1 refused, 2 no such kind of file.
pub fn run(args: &ImportArgs, opened: &Opened) -> anyhow::Result<ExitCode> {
    let Some(format) = format_of(&args.path) else {
        writeln!(
            io::stderr(),
            "{}",
            say(&Message::new("import-unknown-format"))
        )?;
        return Ok(ExitCode::from(2));
    };
    let bytes =
        fs::read(&args.path).with_context(|| format!("cannot read {}", args.path.display()))?;
    let name = args.path.to_string_lossy();
    let options = ReadOptions {
        limits: Limits::COMMAND,
        ..ReadOptions::default()
    };
    let table = match table::read(&name, None, &bytes, &options) {
        Ok(table) => table,
        Err(error) => {
            writeln!(io::stderr(), "{}", say(&error.message))?;
            return Ok(ExitCode::from(1));
        }
    };
    let told = match args.what {
        What::Roster => import_roster(args, opened, &table)?,
        What::Teachers => import_teachers(args, opened, &table)?,
        What::Sheets => import_sheets(args, opened, &table)?,
        What::Inspections => import_inspections(args, opened, &table)?,
    };
    tell(args, &table, format, &told)
}

fn import_roster(args: &ImportArgs, opened: &Opened, table: &Table) -> anyhow::Result<Told> {
    let call = opened.call.clone();
    let read = roster::parse(table, school_year(&call));
    let found = if args.dry_run {
        opened
            .store
            .read_here(|db| import_roster::report(db, &call, &read))?
    } else {
        let (ring, confirm) = (opened.ring.clone(), args.confirm_moves);
        opened
            .store
            .write_here(move |tx| import_roster::apply(tx, &call, &ring, &read, confirm))?
    };
    let plan = &found.plan.plan;
    let summary = Message::new("import-roster-summary")
        .with("new", plan.new.len())
        .with("changed", plan.changed.len() + found.plan.details.len())
        .with("moved", plan.moved.len())
        .with("unchanged", plan.unchanged.len())
        .with("absent", plan.absent.len())
        .with("classes", found.plan.new_classes.len());
    Ok(told(summary, found))
}

fn import_teachers(args: &ImportArgs, opened: &Opened, table: &Table) -> anyhow::Result<Told> {
    let call = opened.call.clone();
    let read = teachers::parse(table, school_year(&call));
    let mut found = opened
        .store
        .read_here(|db| import_teachers::report(db, &call, &read))?;
    let mut passwords = Vec::new();
    if !args.dry_run {
        let prepared = import_teachers::prepare(&found.plan)?;
        (found, passwords) = opened
            .store
            .write_here(move |tx| import_teachers::apply(tx, &call, &read, &prepared))?;
    }
    let plan = &found.plan;
    let summary = Message::new("import-teachers-summary")
        .with("new", plan.new.len())
        .with("renamed", plan.renamed.len())
        .with("absent", plan.absent.len())
        .with("started", plan.started.len())
        .with("ended", plan.ended.len());
    let told = told(summary, found);
    Ok(Told { passwords, ..told })
}

fn import_sheets(args: &ImportArgs, opened: &Opened, table: &Table) -> anyhow::Result<Told> {
    let call = opened.call.clone();
    let read = sheets::parse(table);
    let found = if args.dry_run {
        opened
            .store
            .read_here(|db| import_sheets::report(db, &call, &read))?
    } else {
        opened
            .store
            .write_here(move |tx| import_sheets::apply(tx, &call, &read))?
    };
    let summary = Message::new("import-sheets-summary")
        .with("created", found.plan.created)
        .with("replaced", found.plan.replaced)
        .with("unchanged", found.plan.unchanged);
    Ok(told(summary, found))
}

fn import_inspections(args: &ImportArgs, opened: &Opened, table: &Table) -> anyhow::Result<Told> {
    let call = opened.call.clone();
    let read = inspections::parse(table, school_year(&call));
    let found = if args.dry_run {
        opened
            .store
            .read_here(|db| import_inspections::report(db, &call, &read))?
    } else {
        opened
            .store
            .write_here(move |tx| import_inspections::apply(tx, &call, &read))?
    };
    let summary = Message::new("import-inspections-summary")
        .with("created", found.plan.created)
        .with("replaced", found.plan.replaced)
        .with("unchanged", found.plan.unchanged);
    Ok(told(summary, found))
}

fn told<P>(summary: Message, found: Imported<P>) -> Told {
    Told {
        summary,
        errors: found.errors,
        notes: found.notes,
        done: found.done,
        passwords: Vec::new(),
    }
}

fn tell(args: &ImportArgs, table: &Table, format: Format, told: &Told) -> anyhow::Result<ExitCode> {
    let mut stderr = io::stderr().lock();
    for row in told.errors.iter().chain(&told.notes) {
        let (line, column, value) = (row.line, row.column, &row.value);
        writeln!(stderr, "{line}\t{column}\t{value}\t{}", say(&row.message))?;
    }
    if !told.errors.is_empty() {
        let copy = problems_path(&args.path, format);
        write_copy(&copy, table, format, &told.errors)?;
        let copied = Message::new("import-fixable-copy").with("path", copy.display());
        let refused = Message::new("import-refused").with("errors", told.errors.len());
        writeln!(stderr, "{}\n{}", say(&copied), say(&refused))?;
        return Ok(ExitCode::from(1));
    }
    let end = match told.done {
        true => Message::new("import-done"),
        false => Message::new("import-dry-run"),
    };
    writeln!(stderr, "{}", say(&end))?;
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{}", say(&told.summary))?;
    if !told.passwords.is_empty() {
        writeln!(stdout, "{}", say(&Message::new("import-first-passwords")))?;
    }
    for first in &told.passwords {
        writeln!(
            stdout,
            "{}\t{}\t{}",
            first.login, first.name, first.password
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// `roster.csv` → `roster.problems.csv`; the copy of a copy takes its place.
fn problems_path(path: &Path, format: Format) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let stem = stem.strip_suffix(".problems").unwrap_or(&stem);
    path.with_file_name(format!("{stem}.problems.{}", format.extension()))
}

fn write_copy(
    path: &Path,
    table: &Table,
    format: Format,
    errors: &[RowError],
) -> anyhow::Result<()> {
    let heading = say(&Message::new("import-problems-heading"));
    let sheet = fixable_copy(table, errors, &heading, &say);
    let bytes =
        table::write(&sheet, format).map_err(|error| anyhow::Error::msg(say(&error.message)))?;
    put_all(&[(path.to_owned(), &bytes)])
}
