//! Random secrets of one demo school, kept beside its data with mode 0600 so that every start prints the same sheet.

use std::{
    collections::BTreeMap,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::keys::{first_password, token::Token, totp};

/// What cannot be derived from the server key again.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Secrets {
    pub office_password: String,
    pub office_totp: String,
    /// First passwords by login.
    pub teachers: BTreeMap<String, String>,
    /// Tokens of the paired screens by screen id.
    pub screens: BTreeMap<String, String>,
}

/// Where they lie in a data directory.
pub fn path(data: &Path) -> PathBuf {
    data.join("demo-secrets.json")
}

impl Secrets {
    /// Fresh ones, teachers and screens still missing.
    pub fn fresh() -> anyhow::Result<Self> {
        Ok(Self {
            office_password: first_password::first_password()?,
            office_totp: totp::Secret::fresh()?.to_base32(),
            ..Self::default()
        })
    }

    /// Those of an earlier start.
    pub fn load(data: &Path) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path(data))
            .context("the demo's secrets are missing; start with --fresh")?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Keeps them for the owner's eyes only.
    pub fn save(&self, data: &Path) -> anyhow::Result<()> {
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path(data))?;
        file.write_all(serde_json::to_string_pretty(self)?.as_bytes())?;
        Ok(())
    }

    /// A new screen's token.
    pub fn screen_token() -> anyhow::Result<String> {
        Ok(Token::fresh()?.reveal().to_owned())
    }
}
