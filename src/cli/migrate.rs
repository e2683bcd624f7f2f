//! `starlight migrate`: runs pending migrations, after a backup.

use std::{fs, process::ExitCode};

use clap::Args;

use super::installation::{keys, now, put, tell, with_config};
use crate::{
    config::{Config, Flags},
    storage::{Store, backup},
};

#[derive(Args, Debug)]
pub struct MigrateArgs {
    /// Migrate without a backup before
    #[arg(long)]
    pub without_backup: bool,
    #[command(flatten)]
    pub flags: Flags,
}

/// Runs the command; the names of the migrations run on stdout.
pub fn run(args: &MigrateArgs) -> anyhow::Result<ExitCode> {
    with_config(&args.flags, |config| {
        if config
            .database_url
            .file()
            .is_some_and(|file| !file.is_file())
        {
            tell(config.lang, "cli-no-database", &[])?;
            return Ok(ExitCode::FAILURE);
        }
        if !Store::is_behind(&config.database_url)? {
            tell(config.lang, "cli-migrate-nothing", &[])?;
            return Ok(ExitCode::SUCCESS);
        }
        if !args.without_backup {
            back_up(config)?;
        }
        for name in Store::migrate(&config.database_url)? {
            put(&name)?;
        }
        tell(config.lang, "cli-migrate-done", &[])?;
        Ok(ExitCode::SUCCESS)
    })
}

fn back_up(config: &Config) -> anyhow::Result<()> {
    fs::create_dir_all(&config.backup_dir)?;
    let folder = &config.backup_dir;
    let made = backup::backup_only(&config.database_url, &keys(config)?, folder, now())?;
    let path = made.path.display().to_string();
    tell(config.lang, "cli-migrate-backup", &[("path", &path)])?;
    Ok(())
}
