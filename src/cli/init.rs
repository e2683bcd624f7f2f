//! `starlight init --school NAME`: an empty school; prints the one-time address where its first administrator is made.

use std::{process::ExitCode, sync::Arc};

use clap::Args;

use super::installation::{now, put, tell, with_config};
use crate::{
    actions::{founding, new_id, session::date_at},
    config::Flags,
    domain::{actor::Call, ids::SchoolId},
    storage::{Migrate, Store, schools},
};

/// `starlight init`.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// Name of the school
    #[arg(long)]
    pub school: String,
    #[command(flatten)]
    pub flags: Flags,
}

/// Runs the command. A school of this name that is there already gets a fresh set-up address.
pub fn run(args: &InitArgs) -> anyhow::Result<ExitCode> {
    with_config(&args.flags, |config| {
        let ring = Arc::new(config.make_ring()?);
        let store = Store::open(&config.database_url, ring, Migrate::Run)?;
        let known = store
            .read_here(schools::all)?
            .into_iter()
            .find(|s| s.name == args.school.trim());
        let id = known
            .as_ref()
            .map_or_else(new_id, |school| school.id.clone());
        let call = Call::system(SchoolId::new(id), now(), date_at(now(), config.timezone));
        let (name, zone) = (args.school.clone(), config.timezone.name());
        let token = store.write_here(move |tx| match known {
            Some(_) => founding::open_setup(tx, &call),
            None => Ok(founding::found(tx, &call, &name, zone)?.setup),
        })?;
        let origin = config
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", config.listen));
        put(&format!("{origin}/setup/{}", token.reveal()))?;
        tell(config.lang, "cli-setup-expires", &[])?;
        Ok(ExitCode::SUCCESS)
    })
}
