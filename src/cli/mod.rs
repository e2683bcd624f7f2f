//! The commands, one a file; `main` hands over here.

pub mod backup;
pub mod demo;
pub mod doctor;
pub mod export;
mod files;
pub mod import;
pub mod init;
mod installation;
pub mod migrate;
pub mod opened;
mod progress;
pub mod restore;
pub mod score;
mod score_explain;
pub mod serve;
pub mod verify;
mod words;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use self::{installation::with_config, opened::Opened};
use crate::config::Flags;

/// Starlight 星光: a primary school's student evaluation
#[derive(Parser)]
#[command(name = "starlight", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a demo school, print its sign-in sheet and serve it
    Demo(demo::DemoArgs),
    /// Make an empty school and print the address of its set-up
    Init(init::InitArgs),
    /// Serve the configured school
    Serve(serve::ServeArgs),
    /// Compute the whole of scoring.md on a folder of files, without a database
    Score(score::ScoreArgs),
    /// Read a roster, teachers, sheets or inspections from .csv or .xlsx: all or nothing
    Import(OnSchool<import::ImportArgs>),
    /// Write roster, sheets, inspections, scores, rankings or badges
    Export(OnSchool<export::ExportArgs>),
    /// Back the database up into one sealed file, while it is being served
    Backup(backup::BackupArgs),
    /// Put a backup in the place of the database
    Restore(restore::RestoreArgs),
    /// Check integrity, foreign keys and audit chain
    Verify(verify::VerifyArgs),
    /// Run pending migrations, after a backup
    Migrate(migrate::MigrateArgs),
    /// Say what is wrong with this installation
    Doctor(doctor::DoctorArgs),
}

/// A command on one school of the installation.
#[derive(Args)]
struct OnSchool<A: Args> {
    #[command(flatten)]
    args: A,
    /// Id or name of the school, where the database holds several
    #[arg(long, value_name = "SCHOOL")]
    school: Option<String>,
    #[command(flatten)]
    flags: Flags,
}

impl<A: Args> OnSchool<A> {
    fn run(
        &self,
        work: impl FnOnce(&A, &Opened) -> anyhow::Result<ExitCode>,
    ) -> anyhow::Result<ExitCode> {
        with_config(&self.flags, |config| {
            let opened = Opened::with(config, self.school.as_deref())?;
            work(&self.args, &opened)
        })
    }
}

/// Runs the command that was asked for: exit 0 done, 1 failed, 2 wrong use.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Demo(args) => demo::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Import(on) => on.run(import::run),
        Command::Export(on) => on.run(export::run),
        Command::Backup(args) => backup::run(&args),
        Command::Restore(args) => restore::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Migrate(args) => migrate::run(&args),
        Command::Doctor(args) => doctor::run(&args),
    };
    done.unwrap_or_else(|error| {
        eprintln!("starlight: {error:#}");
        ExitCode::FAILURE
    })
}
