//! The commands, one a file; `main` hands over here.

pub mod backup;
pub mod demo;
pub mod doctor;
pub mod export;
mod files;
pub mod import;
mod installation;
pub mod migrate;
pub mod opened;
mod progress;
pub mod restore;
pub mod score;
mod score_explain;
pub mod verify;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    /// Compute the whole of scoring.md on a folder of files, without a database
    Score(score::ScoreArgs),
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

/// Runs the command that was asked for: exit 0 done, 1 failed, 2 wrong use.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Demo(args) => demo::run(&args),
        Command::Score(args) => score::run(&args),
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
