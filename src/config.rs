//! How this installation is set up: flag > environment > `starlight.toml` > default, validated once and passed down.
//! Used by the commands; there are no globals.

use std::{
    fmt,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Deserialize;

use crate::{
    keys::server_key::{KeyError, KeyRing},
    screens::Lang,
    storage::DatabaseUrl,
    web::guard::{Transport, client_ip::Network},
};

/// The file that is read where `--config` names none; it may be absent.
pub const FILE: &str = "starlight.toml";

/// Flags of every command that needs the installation.
#[derive(Args, Clone, Debug, Default)]
pub struct Flags {
    /// Configuration file [default: starlight.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where the data is: sqlite:PATH or postgres://…
    #[arg(long, value_name = "URL")]
    pub database_url: Option<String>,
    /// File with the server key; made at the first start
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<String>,
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// Address printed in links and QR codes
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Folder of the nightly backups
    #[arg(long, value_name = "DIR")]
    pub backup_dir: Option<String>,
    /// Language of messages: zh-CN or en
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
}

/// The file's keys, and the environment's with `STARLIGHT_` before them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    database_url: Option<String>,
    key_file: Option<String>,
    server_key: Option<String>,
    previous_server_key: Option<String>,
    listen: Option<String>,
    public_url: Option<String>,
    timezone: Option<String>,
    mode: Option<String>,
    trusted_proxies: Option<Vec<String>>,
    lang: Option<String>,
    backup_dir: Option<String>,
}

/// The whole configuration.
#[derive(Clone, PartialEq)]
pub struct Config {
    pub database_url: DatabaseUrl,
    /// Where the server key is kept, unless it is given in `server_key`.
    pub key_file: PathBuf,
    pub listen: SocketAddr,
    /// Origin without a slash at its end; none: not set.
    pub public_url: Option<String>,
    pub timezone: chrono_tz::Tz,
    pub mode: Transport,
    /// Peers whose forwarding headers are believed.
    pub trusted_proxies: Vec<Network>,
    pub lang: Lang,
    pub backup_dir: PathBuf,
    server_key: Option<(String, Option<String>)>,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the key nor a password in the database's address belongs into a log.
        f.debug_struct("Config")
            .field("listen", &self.listen)
            .field("public_url", &self.public_url)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

/// A configuration that cannot be used: which key, from where, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// A key, or the file's path.
    pub key: String,
    pub why: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.key, self.why)
    }
}

impl std::error::Error for ConfigError {}

fn wrong(key: &str, why: impl fmt::Display) -> ConfigError {
    ConfigError {
        key: key.to_owned(),
        why: why.to_string(),
    }
}

/// Names the line, but does not quote it: it may hold a key.
fn unread(name: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().map_or(0, |span| span.start);
    let line = text.bytes().take(start).filter(|b| *b == b'\n').count() + 1;
    wrong(&format!("{name}:{line}"), error.message())
}

impl Config {
    /// Reads file and environment of this process.
    pub fn load(flags: &Flags) -> Result<Self, ConfigError> {
        let path = flags.config.clone().unwrap_or_else(|| FILE.into());
        let name = path.display().to_string();
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && flags.config.is_none() => None,
            Err(e) => return Err(wrong(&name, e)),
        };
        let environment = |name: &str| std::env::var(name).ok();
        Self::gather(
            flags,
            environment,
            text.as_deref().map(|text| (&*name, text)),
        )
    }

    /// Puts the three sources together; `file` is its name and text.
    pub fn gather(
        flags: &Flags,
        environment: impl Fn(&str) -> Option<String>,
        file: Option<(&str, &str)>,
    ) -> Result<Self, ConfigError> {
        let file = match file {
            None => Given::default(),
            Some((name, text)) => {
                toml::from_str::<Given>(text).map_err(|e| unread(name, text, &e))?
            }
        };
        let flags = Given {
            database_url: flags.database_url.clone(),
            key_file: flags.key_file.clone(),
            listen: flags.listen.clone(),
            public_url: flags.public_url.clone(),
            backup_dir: flags.backup_dir.clone(),
            lang: flags.lang.clone(),
            ..Given::default()
        };
        let mut given = flags.or(Given::of_environment(&environment)).or(file);
        if given.lang.is_none() {
            given.lang = environment("LANG").filter(|lang| known_lang(lang).is_some());
        }
        Self::judge(given)
    }

    fn judge(given: Given) -> Result<Self, ConfigError> {
        let url = given
            .database_url
            .as_deref()
            .unwrap_or("sqlite:starlight.db");
        let database_url = DatabaseUrl::parse(url).map_err(|e| wrong("database_url", e))?;
        let beside = database_url
            .file()
            .and_then(Path::parent)
            .map(Path::to_owned)
            .unwrap_or_default();
        let mode = mode(given.mode.as_deref().unwrap_or("lan-http"))?;
        Ok(Self {
            key_file: given
                .key_file
                .map_or_else(|| beside.join("starlight.key"), PathBuf::from),
            backup_dir: given
                .backup_dir
                .map_or_else(|| beside.join("backups"), PathBuf::from),
            listen: listen(given.listen.as_deref().unwrap_or("0.0.0.0:8080"), mode)?,
            public_url: given
                .public_url
                .filter(|url| !url.trim().is_empty())
                .map(|url| public_url(&url, mode))
                .transpose()?,
            timezone: timezone(given.timezone.as_deref().unwrap_or("Asia/Shanghai"))?,
            trusted_proxies: proxies(&given.trusted_proxies.unwrap_or_default())?,
            lang: match given.lang.as_deref() {
                None => Lang::default(),
                Some(lang) => known_lang(lang)
                    .ok_or_else(|| wrong("lang", format!("`{lang}` is neither zh-CN nor en")))?,
            },
            server_key: given.server_key.map(|key| (key, given.previous_server_key)),
            database_url,
            mode,
        })
    }

    /// The server key; a key file is made where there is none. For commands that begin or serve.
    pub fn make_ring(&self) -> Result<KeyRing, KeyError> {
        match &self.server_key {
            Some((key, previous)) => KeyRing::from_text(key, previous.as_deref()),
            None => KeyRing::open_or_create(&self.key_file),
        }
    }

    /// The server key that must be there already. For commands that look at data made under it.
    pub fn open_ring(&self) -> Result<KeyRing, KeyError> {
        match &self.server_key {
            Some((key, previous)) => KeyRing::from_text(key, previous.as_deref()),
            None => KeyRing::open(&self.key_file),
        }
    }
}

impl Given {
    fn of_environment(environment: &impl Fn(&str) -> Option<String>) -> Self {
        let get = |key: &str| environment(&format!("STARLIGHT_{key}")).filter(|v| !v.is_empty());
        let list = |text: String| text.split(',').map(|s| s.trim().to_owned()).collect();
        Self {
            database_url: get("DATABASE_URL"),
            key_file: get("KEY_FILE"),
            server_key: get("SERVER_KEY"),
            previous_server_key: get("PREVIOUS_SERVER_KEY"),
            listen: get("LISTEN"),
            public_url: get("PUBLIC_URL"),
            timezone: get("TIMEZONE"),
            mode: get("MODE"),
            trusted_proxies: get("TRUSTED_PROXIES").map(list),
            lang: get("LANG"),
            backup_dir: get("BACKUP_DIR"),
        }
    }

    /// What is given here, and the rest from `other`.
    fn or(self, other: Self) -> Self {
        // A previous key belongs to the key it is given with.
        let (server_key, previous_server_key) = match self.server_key {
            Some(key) => (Some(key), self.previous_server_key),
            None => (other.server_key, other.previous_server_key),
        };
        Self {
            database_url: self.database_url.or(other.database_url),
            key_file: self.key_file.or(other.key_file),
            server_key,
            previous_server_key,
            listen: self.listen.or(other.listen),
            public_url: self.public_url.or(other.public_url),
            timezone: self.timezone.or(other.timezone),
            mode: self.mode.or(other.mode),
            trusted_proxies: self.trusted_proxies.or(other.trusted_proxies),
            lang: self.lang.or(other.lang),
            backup_dir: self.backup_dir.or(other.backup_dir),
        }
    }
}

fn mode(text: &str) -> Result<Transport, ConfigError> {
    match text {
        "tls" => Ok(Transport::Tls),
        "lan-http" => Ok(Transport::LanHttp),
        _ => Err(wrong(
            "mode",
            format!("`{text}` is neither tls nor lan-http"),
        )),
    }
}

fn listen(text: &str, mode: Transport) -> Result<SocketAddr, ConfigError> {
    let address: SocketAddr = text
        .parse()
        .map_err(|e| wrong("listen", format!("`{text}`: {e}, as in 0.0.0.0:8080")))?;
    if mode.may_listen_on(address.ip()) {
        return Ok(address);
    }
    let why = format!("`{text}` is a public address: plain http stays inside a private network");
    Err(wrong("listen", why))
}

/// An origin: scheme, host and maybe a port.
fn public_url(text: &str, mode: Transport) -> Result<String, ConfigError> {
    let url = text.trim().trim_end_matches('/');
    let (scheme, host) = url.split_once("://").unwrap_or(("", url));
    let odd = |c: char| c.is_whitespace() || "/?#@\\\"'<>".contains(c);
    if !["http", "https"].contains(&scheme) || host.is_empty() || host.contains(odd) {
        let why = format!("`{text}` is no address such as http://192.168.1.20:8080");
        return Err(wrong("public_url", why));
    }
    if mode == Transport::Tls && scheme != "https" {
        return Err(wrong("public_url", "must begin with https:// in mode tls"));
    }
    Ok(url.to_owned())
}

fn timezone(text: &str) -> Result<chrono_tz::Tz, ConfigError> {
    text.parse()
        .map_err(|e| wrong("timezone", format!("`{text}`: {e}, as in Asia/Shanghai")))
}

fn proxies(texts: &[String]) -> Result<Vec<Network>, ConfigError> {
    let one = |text: &String| text.parse().map_err(|e| wrong("trusted_proxies", e));
    texts.iter().map(one).collect()
}

/// `zh`, `zh-CN`, `zh_CN.UTF-8`, `en` and so on.
fn known_lang(text: &str) -> Option<Lang> {
    match text.split(['-', '_', '.']).next() {
        Some(tag) if tag.eq_ignore_ascii_case("zh") => Some(Lang::Chinese),
        Some(tag) if tag.eq_ignore_ascii_case("en") => Some(Lang::English),
        _ => None,
    }
}
