//! `starlight restore PATH`: a backup takes the database's place, atomically, after it was verified.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::installation::{keys, now, put, tell, with_config};
use crate::{
    config::Flags,
    storage::backup::{self, Links},
};

#[derive(Args, Debug)]
pub struct RestoreArgs {
    /// The backup
    pub path: PathBuf,
    /// Keep family links where no database says which were revoked since the backup
    #[arg(long)]
    pub keep_links: bool,
    #[command(flatten)]
    pub flags: Flags,
}

/// Runs the command; where the database of before was put, on stdout.
pub fn run(args: &RestoreArgs) -> anyhow::Result<ExitCode> {
    let links = if args.keep_links {
        Links::Keep
    } else {
        Links::Revoke
    };
    with_config(&args.flags, |config| {
        let ring = keys(config)?;
        let done = backup::restore(&config.database_url, &ring, &args.path, links, now())?;
        tell(config.lang, "cli-restore-done", &[])?;
        if done.links_revoked > 0 {
            let count = done.links_revoked.to_string();
            tell(config.lang, "cli-restore-links", &[("count", &count)])?;
        }
        if let Some(before) = &done.before {
            tell(config.lang, "cli-restore-before", &[])?;
            put(before)?;
        }
        Ok(ExitCode::SUCCESS)
    })
}
