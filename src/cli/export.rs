//! `starlight export roster|teachers|sheets|inspections|scores|rankings|badges PATH`: .csv or .xlsx by extension;
//! `sheets` to anything else makes a folder that `starlight score` reads.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use super::{files::put_all, opened::Opened, words::say};
use crate::{
    actions::{
        export_score_folder,
        export_score_folder::Period,
        export_tables::{self, Table},
    },
    exchange::{
        Message,
        exports::Headings,
        table::{self, Format},
    },
};

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    Roster,
    Teachers,
    Sheets,
    Inspections,
    Scores,
    Rankings,
    Badges,
}

impl What {
    const fn table(self) -> Table {
        match self {
            Self::Roster => Table::Roster,
            Self::Teachers => Table::Teachers,
            Self::Sheets => Table::Sheets,
            Self::Inspections => Table::Inspections,
            Self::Scores => Table::Scores,
            Self::Rankings => Table::Rankings,
            Self::Badges => Table::Badges,
        }
    }
}

/// `starlight export`.
#[derive(Args, Debug)]
pub struct ExportArgs {
    /// What to write
    #[arg(value_enum)]
    pub what: What,
    /// A .csv or .xlsx file; for `sheets` also a folder, which `starlight score` reads
    pub path: PathBuf,
    /// Id of the term; absent: the current one
    #[arg(long)]
    pub term: Option<String>,
    /// Id of a round to be counted before it is published
    #[arg(long, value_name = "ROUND")]
    pub with: Option<String>,
    /// Chinese names of columns instead of the stable ones
    #[arg(long)]
    pub chinese: bool,
}

/// Runs the command.
pub fn run(args: &ExportArgs, opened: &Opened) -> anyhow::Result<ExitCode> {
    let period = Period {
        term: args.term.clone(),
        with: args.with.clone(),
    };
    match format_of(&args.path) {
        Some(format) => write_table(args, opened, &period, format)?,
        None if args.what == What::Sheets => write_folder(&args.path, opened, &period)?,
        None => {
            writeln!(
                io::stderr(),
                "{}",
                say(&Message::new("import-unknown-format"))
            )?;
            return Ok(ExitCode::from(2));
        }
    }
    let done = Message::new("export-done").with("path", args.path.display());
    writeln!(io::stderr(), "{}", say(&done))?;
    Ok(ExitCode::SUCCESS)
}

/// The format that a name's extension asks for.
pub(super) fn format_of(path: &Path) -> Option<Format> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    [Format::Csv, Format::Xlsx]
        .into_iter()
        .find(|format| format.extension() == extension)
}

fn write_table(
    args: &ExportArgs,
    opened: &Opened,
    period: &Period,
    format: Format,
) -> anyhow::Result<()> {
    let table = args.what.table();
    let headings = match args.chinese {
        true => Headings::Chinese,
        false => Headings::Keys,
    };
    let call = opened.call.clone();
    opened
        .store
        .write_here(move |tx| export_tables::announce(tx, &call, table))?;
    let read = |db: &mut _| export_tables::build(db, &opened.call, table, period, headings);
    let sheet = opened.store.read_here(read)?;
    let bytes =
        table::write(&sheet, format).map_err(|error| anyhow::Error::msg(say(&error.message)))?;
    put_all(&[(args.path.clone(), &bytes)])
}

fn write_folder(path: &Path, opened: &Opened, period: &Period) -> anyhow::Result<()> {
    let call = opened.call.clone();
    opened
        .store
        .write_here(move |tx| export_score_folder::announce(tx, &call))?;
    let files = opened
        .store
        .read_here(|db| export_score_folder::files(db, &opened.call, period))?;
    fs::create_dir_all(path).with_context(|| format!("cannot make {}", path.display()))?;
    let files: Vec<(PathBuf, &[u8])> = files
        .iter()
        .map(|file| (path.join(file.name), file.bytes.as_slice()))
        .collect();
    put_all(&files)
}
