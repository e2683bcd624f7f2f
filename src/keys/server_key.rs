//! The server key: 32 random bytes beside the data from which every other secret of the
//! installation is derived, so that a stolen database alone opens nothing (S-03, S-14, S-15).
//! Read once at start by `config`; passed down as a [`KeyRing`].

use std::fmt;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

use super::{mac, random};

/// The shortest secret that is accepted.
pub const LEAST_BYTES: usize = 32;

/// What a derived key is for. A key of one purpose never works for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Pin,
    FamilyLink,
    Audit,
    Jwt,
    Screens,
    Csrf,
    RecoveryCodes,
    Backup,
    FormKey,
    SheetHandle,
    Issuer,
}

impl Purpose {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Pin => b"starlight/pin/1",
            Self::FamilyLink => b"starlight/family-link/1",
            Self::Audit => b"starlight/audit/1",
            Self::Jwt => b"starlight/jwt/1",
            Self::Screens => b"starlight/screens/1",
            Self::Csrf => b"starlight/csrf/1",
            Self::RecoveryCodes => b"starlight/recovery-codes/1",
            Self::Backup => b"starlight/backup/1",
            Self::FormKey => b"starlight/form-key/1",
            Self::SheetHandle => b"starlight/sheet-handle/1",
            Self::Issuer => b"starlight/issuer/1",
        }
    }
}

/// A derived key and the short public name of the server key it came from. Rows made under a key
/// keep that name, so that a rotation knows which of them it can still read or print again.
#[derive(Clone, PartialEq, Eq)]
pub struct SubKey {
    pub id: String,
    bytes: [u8; 32],
}

impl SubKey {
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for SubKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SubKey({}, hidden)", self.id)
    }
}

/// The current server key and, after a rotation, the one before it.
#[derive(Clone)]
pub struct KeyRing {
    current: Vec<u8>,
    previous: Option<Vec<u8>>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyRing(hidden)")
    }
}

impl KeyRing {
    /// Keys given in the configuration, as hexadecimal or base64.
    pub fn from_text(current: &str, previous: Option<&str>) -> Result<Self, KeyError> {
        Ok(Self {
            current: read_secret(current)?,
            previous: previous.map(read_secret).transpose()?,
        })
    }

    /// The key file at `path`, made with fresh random bytes when there is none. Its first line is
    /// the current key, a second one the previous.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyError> {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                refuse_if_readable_by_others(path)?;
                Self::from_file_text(&text)
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let ring = Self::fresh()?;
                write_new(path, &ring.to_file_text()).map_err(|e| KeyError::file(path, e))?;
                Ok(ring)
            }
            Err(e) => Err(KeyError::file(path, e)),
        }
    }

    /// The key file at `path`, which must be there: for commands that look at data made under it.
    pub fn open(path: &Path) -> Result<Self, KeyError> {
        let text = std::fs::read_to_string(path).map_err(|e| KeyError::file(path, e))?;
        refuse_if_readable_by_others(path)?;
        Self::from_file_text(&text)
    }

    /// A ring with one new random key.
    pub fn fresh() -> Result<Self, KeyError> {
        Ok(Self {
            current: new_key()?,
            previous: None,
        })
    }

    /// A ring whose current key is new and whose previous key is today's current one.
    pub fn rotated(&self) -> Result<Self, KeyError> {
        Ok(Self {
            current: new_key()?,
            previous: Some(self.current.clone()),
        })
    }

    /// A ring that has forgotten the previous key: whatever was made under it is void.
    pub fn without_previous(&self) -> Self {
        Self {
            current: self.current.clone(),
            previous: None,
        }
    }

    /// Replaces the key file; the new content is complete or the old one stays.
    pub fn save(&self, path: &Path) -> Result<(), KeyError> {
        let beside = path.with_extension("new");
        let _leftover = std::fs::remove_file(&beside);
        write_new(&beside, &self.to_file_text()).map_err(|e| KeyError::file(&beside, e))?;
        std::fs::rename(&beside, path).map_err(|e| KeyError::file(path, e))
    }

    /// The key for `purpose` that new things are made with.
    pub fn current(&self, purpose: Purpose) -> SubKey {
        derive(&self.current, purpose)
    }

    /// The key for `purpose` before the last rotation, while it is still accepted.
    pub fn previous(&self, purpose: Purpose) -> Option<SubKey> {
        self.previous.as_deref().map(|key| derive(key, purpose))
    }

    /// Both keys for `purpose`, the current one first.
    pub fn all(&self, purpose: Purpose) -> impl Iterator<Item = SubKey> {
        std::iter::once(self.current(purpose)).chain(self.previous(purpose))
    }

    /// The key for `purpose` with this public name, or `None` once it was rotated out.
    pub fn named(&self, purpose: Purpose, id: &str) -> Option<SubKey> {
        self.all(purpose).find(|key| key.id == id)
    }

    fn from_file_text(text: &str) -> Result<Self, KeyError> {
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let current = lines.next().ok_or(KeyError::TooShort { bytes: 0 })?;
        Self::from_text(current, lines.next())
    }

    fn to_file_text(&self) -> String {
        let lines = std::iter::once(&self.current).chain(&self.previous);
        lines.map(|key| mac::hex(key) + "\n").collect()
    }
}

/// Why the process must not start.
#[derive(Debug)]
pub enum KeyError {
    WellKnown,
    TooShort {
        bytes: usize,
    },
    Repetitive,
    ReadableByOthers {
        path: PathBuf,
    },
    File {
        path: PathBuf,
        source: std::io::Error,
    },
    NoRandomness,
}

impl KeyError {
    fn file(path: &Path, source: std::io::Error) -> Self {
        let path = path.to_owned();
        Self::File { path, source }
    }
}

impl From<random::NoRandomness> for KeyError {
    fn from(_: random::NoRandomness) -> Self {
        Self::NoRandomness
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WellKnown => f.write_str(
                "the server key is a well-known word; remove it from the configuration to have one made",
            ),
            Self::TooShort { bytes } => write!(
                f,
                "the server key has {bytes} bytes and needs at least {LEAST_BYTES} random ones, as hexadecimal or base64"
            ),
            Self::Repetitive => {
                f.write_str("the server key repeats a few bytes; it must be random")
            }
            Self::ReadableByOthers { path } => write!(
                f,
                "other users of this computer may read the key file {}; set its mode to 0600",
                path.display()
            ),
            Self::File { path, source } => write!(f, "key file {}: {source}", path.display()),
            Self::NoRandomness => random::NoRandomness.fmt(f),
        }
    }
}

impl std::error::Error for KeyError {}

fn derive(server_key: &[u8], purpose: Purpose) -> SubKey {
    // Extract and expand as in HKDF (RFC 5869) with one block of output.
    let extracted = mac::hmac_sha256(b"starlight server key", server_key);
    let name = mac::seal(&extracted, &[b"starlight/key-name/1"]);
    SubKey {
        id: mac::hex(&name).chars().take(8).collect(),
        bytes: mac::seal(&extracted, &[purpose.label()]),
    }
}

fn new_key() -> Result<Vec<u8>, KeyError> {
    Ok(random::bytes::<LEAST_BYTES>()?.to_vec())
}

fn read_secret(text: &str) -> Result<Vec<u8>, KeyError> {
    const WELL_KNOWN: [&str; 6] = [
        "secret",
        "changeme",
        "password",
        "starlight",
        "default",
        "test",
    ];
    let text = text.trim();
    if WELL_KNOWN.contains(&text.to_lowercase().as_str()) {
        return Err(KeyError::WellKnown);
    }
    let bytes = mac::unhex(text)
        .or_else(|| read_base64(text))
        .ok_or(KeyError::TooShort { bytes: 0 })?;
    if bytes.len() < LEAST_BYTES {
        return Err(KeyError::TooShort { bytes: bytes.len() });
    }
    let different: std::collections::BTreeSet<u8> = bytes.iter().copied().collect();
    if different.len() < 8 {
        return Err(KeyError::Repetitive);
    }
    Ok(bytes)
}

fn read_base64(text: &str) -> Option<Vec<u8>> {
    [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD]
        .iter()
        .find_map(|engine| engine.decode(text).ok())
}

fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(unix)]
fn refuse_if_readable_by_others(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::MetadataExt as _;
    let about = std::fs::metadata(path).map_err(|e| KeyError::file(path, e))?;
    if about.mode() & 0o077 == 0 {
        return Ok(());
    }
    let path = path.to_owned();
    Err(KeyError::ReadableByOthers { path })
}

/// Windows keeps the file inside the service account's own folder instead of a mode.
#[cfg(not(unix))]
fn refuse_if_readable_by_others(_path: &Path) -> Result<(), KeyError> {
    Ok(())
}

#[cfg(test)]
mod tests;
