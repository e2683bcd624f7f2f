//! `starlight verify [BACKUP]`: integrity, foreign keys and audit chain of the database, or of a backup.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::installation::{keys, report, with_config};
use crate::{config::Flags, storage::backup};

#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// A backup to verify instead of the database
    pub backup: Option<PathBuf>,
    #[command(flatten)]
    pub flags: Flags,
}

/// Runs the command; exit 1 where something is wrong.
pub fn run(args: &VerifyArgs) -> anyhow::Result<ExitCode> {
    with_config(&args.flags, |config| {
        let ring = keys(config)?;
        let checked = match &args.backup {
            Some(path) => backup::check_backup(&ring, path)?,
            None => backup::check(&config.database_url, &ring)?,
        };
        Ok(report(config.lang, &checked)?)
    })
}
