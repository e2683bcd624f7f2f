//! A school opened by a command: its store, keys and a call of the machine itself. Used by `import`, `export` and
//! whatever else works on the data without serving it.

use std::{
    path::Path,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, bail};
use chrono::DateTime;

use crate::{
    config::Config,
    domain::{actor::Call, ids::SchoolId},
    keys::server_key::KeyRing,
    storage::{DatabaseUrl, Migrate, Store, schools, schools::SchoolRow},
};

/// What a command works with.
pub struct Opened {
    pub store: Store,
    pub ring: Arc<KeyRing>,
    pub school: SchoolId,
    /// The machine acts, now, on the school's date.
    pub call: Call,
}

impl Opened {
    /// Opens the database at `url` with the server key kept at `key`. `school`: id or name; needed where the database
    /// holds several.
    pub fn open(url: &str, key: &Path, school: Option<&str>) -> anyhow::Result<Self> {
        let url = DatabaseUrl::parse(url).map_err(anyhow::Error::msg)?;
        if let Some(file) = url.file().filter(|file| !file.exists()) {
            bail!("there is no database at {}", file.display());
        }
        let ring = Arc::new(KeyRing::open_or_create(key)?);
        let store = Store::open(&url, ring.clone(), Migrate::Refuse)?;
        Self::of(store, ring, school)
    }

    /// Opens the configured installation.
    pub fn with(config: &Config, school: Option<&str>) -> anyhow::Result<Self> {
        let ring = super::installation::keys(config)?;
        let store = Store::open(&config.database_url, ring.clone(), Migrate::Refuse)?;
        Self::of(store, ring, school)
    }

    /// The same with a store that is open already.
    pub fn of(store: Store, ring: Arc<KeyRing>, school: Option<&str>) -> anyhow::Result<Self> {
        let row = choose(store.read_here(schools::all)?, school)?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        let now = i64::try_from(now.as_millis())?;
        let zone: chrono_tz::Tz = row
            .timezone
            .parse()
            .with_context(|| format!("time zone {}", row.timezone))?;
        let moment = DateTime::from_timestamp_millis(now).context("the clock is unreadable")?;
        let school = SchoolId::new(row.id);
        let call = Call::system(
            school.clone(),
            now,
            moment.with_timezone(&zone).date_naive(),
        );
        Ok(Self {
            store,
            ring,
            school,
            call,
        })
    }
}

fn choose(all: Vec<SchoolRow>, wanted: Option<&str>) -> anyhow::Result<SchoolRow> {
    let names: Vec<String> = all.iter().map(|school| school.name.clone()).collect();
    let mut fits = all
        .into_iter()
        .filter(|school| wanted.is_none_or(|wanted| school.id == wanted || school.name == wanted));
    match (fits.next(), fits.next()) {
        (Some(school), None) => Ok(school),
        (None, _) if names.is_empty() => bail!("the database holds no school yet"),
        (None, _) => bail!("no such school; there are: {}", names.join(", ")),
        (Some(_), Some(_)) => bail!("say which school with --school: {}", names.join(", ")),
    }
}
