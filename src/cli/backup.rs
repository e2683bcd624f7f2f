//! `starlight backup PATH`: an online backup while serving.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::installation::{keys, now, put, tell, with_config};
use crate::{config::Flags, storage::backup};

#[derive(Args, Debug)]
pub struct BackupArgs {
    /// File to write, or a folder that gets a file named by date and time
    pub path: PathBuf,
    #[command(flatten)]
    pub flags: Flags,
}

/// Runs the command; the file's path on stdout.
pub fn run(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    with_config(&args.flags, |config| {
        let made = backup::backup(&config.database_url, &keys(config)?, &args.path, now())?;
        put(&made.path.display().to_string())?;
        tell(
            config.lang,
            "cli-backup-done",
            &[("bytes", &made.bytes.to_string())],
        )?;
        Ok(ExitCode::SUCCESS)
    })
}
