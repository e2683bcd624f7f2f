//! What the commands on an installation share: its configuration and key, and messages in the reader's language.

use std::{
    io::{self, Write as _},
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context as _;

use crate::{
    config::{Config, Flags},
    screens::{Lang, say},
    storage::{AuditKeys, backup::Checked},
};

/// Runs a command on the configured installation. A configuration that cannot be used is wrong use: exit 2.
pub fn with_config(
    flags: &Flags,
    work: impl FnOnce(&Config) -> anyhow::Result<ExitCode>,
) -> anyhow::Result<ExitCode> {
    match Config::load(flags) {
        Ok(config) => work(&config),
        Err(error) => {
            writeln!(io::stderr(), "starlight: {error}")?;
            Ok(ExitCode::from(2))
        }
    }
}

/// The server key of data that is there already.
pub fn keys(config: &Config) -> anyhow::Result<AuditKeys> {
    let ring = config
        .open_ring()
        .with_context(|| say(config.lang, "cli-key-needed", &[]))?;
    Ok(Arc::new(ring))
}

/// Server clock, milliseconds UTC.
pub fn now() -> i64 {
    chrono::Utc::now().timestamp_millis()
}

/// A message on stderr.
pub fn tell(lang: Lang, key: &str, args: &[(&str, &str)]) -> io::Result<()> {
    writeln!(io::stderr(), "{}", say(lang, key, args))
}

/// A result on stdout.
pub fn put(line: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}

/// Prints what a check found; exit 0 where all is well.
pub fn report(lang: Lang, checked: &Checked) -> io::Result<ExitCode> {
    for (school, lines) in &checked.audited {
        let lines = lines.to_string();
        put(&say(
            lang,
            "cli-audit-holds",
            &[("school", school), ("lines", &lines)],
        ))?;
    }
    for problem in &checked.problems {
        put(&say(lang, "cli-problem", &[("what", problem)]))?;
    }
    if checked.is_sound() {
        tell(lang, "cli-sound", &[])?;
        return Ok(ExitCode::SUCCESS);
    }
    tell(lang, "cli-not-sound", &[])?;
    Ok(ExitCode::FAILURE)
}
