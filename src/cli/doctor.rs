//! `starlight doctor`: what is wrong with this installation, in words.

use std::{net::IpAddr, path::Path, process::Command, process::ExitCode};

use clap::Args;

use super::installation::{now, put, tell, with_config};
use crate::{
    actions::{doctor::Finding, doctor::examine, session::date_at},
    config::{Config, Flags},
    keys::server_key::KeyError,
    screens::say,
    storage::{Migrate, Store, backup::backups_in},
};

/// Backups older than this are too old.
const BACKUP_HOURS: i64 = 26;
/// Less free room than this is too little, in MiB.
const LEAST_FREE: u64 = 1024;
/// No clock of a running school is outside these: 2026-01-01 and 2100-01-01, milliseconds UTC.
const CLOCK: std::ops::Range<i64> = 1_767_225_600_000..4_102_444_800_000;

#[derive(Args, Debug)]
pub struct DoctorArgs {
    #[command(flatten)]
    pub flags: Flags,
}

/// Runs the command; each finding is a line on stdout, exit 1 where there is one.
pub fn run(args: &DoctorArgs) -> anyhow::Result<ExitCode> {
    with_config(&args.flags, |config| {
        let findings = all_findings(config, now());
        for finding in &findings {
            let words: Vec<(&str, &str)> =
                finding.args.iter().map(|(n, v)| (*n, v.as_str())).collect();
            put(&say(config.lang, finding.key, &words))?;
        }
        if findings.is_empty() {
            tell(config.lang, "doctor-well", &[])?;
            return Ok(ExitCode::SUCCESS);
        }
        Ok(ExitCode::FAILURE)
    })
}

/// Everything that is wrong at this moment.
pub fn all_findings(config: &Config, now: i64) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(address(config.public_url.as_deref()));
    if !CLOCK.contains(&now) {
        findings.push(Finding::plain("doctor-clock"));
    }
    findings.extend(backups(config, now));
    findings.extend(room(config));
    findings.extend(data(config, now));
    findings
}

fn address(public_url: Option<&str>) -> Option<Finding> {
    let Some(url) = public_url else {
        return Some(Finding::plain("doctor-url-missing"));
    };
    is_loopback(url).then(|| Finding::new("doctor-url-loopback", "url", url))
}

fn is_loopback(url: &str) -> bool {
    let host = url.split_once("://").map_or(url, |(_, host)| host);
    let name = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next(),
        None => host.split(':').next(),
    };
    let name = name.unwrap_or_default();
    let address = name.parse::<IpAddr>();
    name.eq_ignore_ascii_case("localhost")
        || address.is_ok_and(|ip| ip.is_loopback() || ip.is_unspecified())
}

fn backups(config: &Config, now: i64) -> Option<Finding> {
    let newest = backups_in(&config.backup_dir)
        .first()
        .map(|(_, s)| s.made_at);
    let hours = newest.map(|at| (now - at) / 3_600_000);
    match hours {
        None => Some(Finding::plain("doctor-backup-none")),
        Some(hours) if hours >= BACKUP_HOURS => Some(Finding::new(
            "doctor-backup-old",
            "hours",
            hours.to_string(),
        )),
        Some(_) => None,
    }
}

/// Free room where the data lies, as `df` says; not asked where there is no such program.
fn room(config: &Config) -> Option<Finding> {
    let folder = config
        .database_url
        .file()?
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let said = Command::new("df").arg("-Pk").arg(folder).output().ok()?;
    let text = String::from_utf8_lossy(&said.stdout).into_owned();
    let free: u64 = text
        .lines()
        .nth(1)?
        .split_whitespace()
        .nth(3)?
        .parse()
        .ok()?;
    let mib = free / 1024;
    (mib < LEAST_FREE).then(|| Finding::new("doctor-disk", "mib", mib.to_string()))
}

/// Looks into the data, as far as key and database let.
fn data(config: &Config, now: i64) -> Vec<Finding> {
    let ring = match config.open_ring() {
        Ok(ring) => ring,
        Err(error) => return vec![key_trouble(&error)],
    };
    if config
        .database_url
        .file()
        .is_some_and(|file| !file.is_file())
    {
        return vec![Finding::plain("doctor-no-database")];
    }
    match Store::is_behind(&config.database_url) {
        Ok(true) => return vec![Finding::plain("doctor-migrations")],
        Ok(false) => {}
        Err(error) => return vec![Finding::new("doctor-database", "why", error.to_string())],
    }
    let today = date_at(now, config.timezone);
    let looked = Store::open(&config.database_url, ring.into(), Migrate::Refuse)
        .map_err(Into::into)
        .and_then(|store| {
            store.read_here(|db| examine(db, now, today, config.public_url.as_deref()))
        });
    looked.unwrap_or_else(|error| vec![Finding::new("doctor-database", "why", error.to_string())])
}

fn key_trouble(error: &KeyError) -> Finding {
    match error {
        KeyError::ReadableByOthers { path } => {
            Finding::new("doctor-key-mode", "path", path.display().to_string())
        }
        other => Finding::new("doctor-key", "why", other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_reach_nobody_else_are_named() {
        let check = |url: Option<&str>, expected: Option<&str>| {
            assert_eq!(address(url).map(|f| f.key), expected, "{url:?}");
        };
        check(None, Some("doctor-url-missing"));
        check(Some("http://localhost:8080"), Some("doctor-url-loopback"));
        check(Some("http://127.0.0.1"), Some("doctor-url-loopback"));
        check(Some("http://[::1]:8080"), Some("doctor-url-loopback"));
        check(Some("http://0.0.0.0:8080"), Some("doctor-url-loopback"));
        check(Some("http://192.168.1.20:8080"), None);
        check(Some("https://star.school.cn"), None);
    }
}
