//! `starlight serve`: serves the configured school or schools until told to stop.

use std::{net::TcpListener, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::Args;

use super::installation::{keys, tell, with_config};
use crate::{
    config::{Config, Flags},
    exchange::badges_toml,
    keys::password,
    storage::{Migrate, Store, schools},
    web::{
        app::{self, App},
        guard::Guard,
        server,
    },
};

/// `starlight serve`.
#[derive(Args, Debug)]
pub struct ServeArgs {
    #[command(flatten)]
    pub flags: Flags,
}

/// Runs the command.
pub fn run(args: &ServeArgs) -> anyhow::Result<ExitCode> {
    with_config(&args.flags, |config| {
        log();
        let listener = TcpListener::bind(config.listen)
            .with_context(|| format!("cannot listen on {}", config.listen))?;
        if !config.mode.may_listen_on(listener.local_addr()?.ip()) {
            bail!(
                "plain http is for the school's own network: {} is a public address",
                config.listen
            );
        }
        if config
            .database_url
            .file()
            .is_some_and(|file| !file.is_file())
        {
            tell(config.lang, "cli-no-database", &[])?;
            return Ok(ExitCode::FAILURE);
        }
        let ring = keys(config)?;
        let store = Store::open(&config.database_url, ring.clone(), Migrate::Refuse)?;
        let count = store.read_here(schools::all)?.len();
        let address = address(config, &listener)?;
        let rules = badges_toml::built_in()?;
        let mut guard = Guard::new(config.mode, &ring, app::cookie_names());
        guard.trusted_proxies.clone_from(&config.trusted_proxies);
        guard.public_origin.clone_from(&config.public_url);
        let app = App::new(
            store,
            ring,
            rules,
            config.timezone,
            address.clone(),
            config.mode,
        )?;
        password::warm_up();
        tell(
            config.lang,
            "cli-serving",
            &[("address", &address), ("schools", &count.to_string())],
        )?;
        server::run(listener, app, guard)?;
        Ok(ExitCode::SUCCESS)
    })
}

/// The address in links: the configured one, else where it listens.
fn address(config: &Config, listener: &TcpListener) -> anyhow::Result<String> {
    match &config.public_url {
        Some(url) => Ok(url.clone()),
        None => Ok(format!("http://{}", listener.local_addr()?)),
    }
}

/// Log lines on stderr: what, how long, which request; never an address with its token.
pub(super) fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("STARLIGHT_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,actix_server=warn"));
    let made = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .try_init();
    // A second log in one process keeps the first.
    drop(made);
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(|l| format!("{}:{}", l.file(), l.line()))
            .unwrap_or_default();
        tracing::error!(target: "starlight::panic", place, "a panic");
    }));
}
