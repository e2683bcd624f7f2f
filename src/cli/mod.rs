//! The commands, one a file; `main` hands over here.

pub mod demo;
pub mod export;
mod files;
pub mod import;
pub mod opened;
mod progress;
pub mod score;
mod score_explain;
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
}

/// Runs the command that was asked for: exit 0 done, 1 failed, 2 wrong use.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Demo(args) => demo::run(&args),
        Command::Score(args) => score::run(&args),
    };
    done.unwrap_or_else(|error| {
        eprintln!("starlight: {error:#}");
        ExitCode::FAILURE
    })
}
