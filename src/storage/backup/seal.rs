//! The sealed line at the end of a backup: which engine, when, and an HMAC over every byte before it, under a key that
//! is in neither the backup nor the database.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
};

use super::broken;
use crate::{
    keys::{
        mac::{self, Running},
        server_key::{KeyRing, Purpose},
    },
    storage::error::Stored,
};

/// First word of the line.
const WORD: &str = "starlight-backup";
/// Version of the format.
const FORMAT: &str = "1";
/// More than the longest line, less than the smallest backup.
const TAIL: u64 = 256;
/// Bytes read at once.
const PIECE: usize = 1 << 16;

/// Which engine a backup is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    const fn key(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// What the line says. Only `copy_body` proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub engine: Engine,
    /// Milliseconds UTC.
    pub made_at: i64,
    /// Bytes before the line.
    pub body: u64,
    key_id: String,
    mac: Vec<u8>,
}

impl Sealed {
    fn head(engine: Engine, made_at: i64, key_id: &str) -> String {
        format!("\n{WORD} {FORMAT} {} {made_at} {key_id} ", engine.key())
    }
}

/// Appends the line to a whole file; gives the length with it.
pub fn append(path: &Path, ring: &KeyRing, engine: Engine, made_at: i64) -> Stored<u64> {
    let key = ring.current(Purpose::Backup);
    let head = Sealed::head(engine, made_at, &key.id);
    let work = || -> std::io::Result<u64> {
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        let mut running = Running::new(key.bytes(), head.as_bytes());
        copy(&mut file, u64::MAX, |piece| {
            running.update(piece);
            Ok(())
        })?;
        file.seek(SeekFrom::End(0))?;
        file.write_all(format!("{head}{}\n", mac::hex(&running.finish())).as_bytes())?;
        file.stream_position()
    };
    work().map_err(|e| broken(format!("cannot write {}: {e}", path.display())))
}

/// Reads the line at the end of a file.
///
/// # Errors
/// `Broken` where there is none: no backup, or cut off.
pub fn read(path: &Path) -> Stored<Sealed> {
    let tail = || -> std::io::Result<(u64, Vec<u8>)> {
        let mut file = File::open(path)?;
        let length = file.seek(SeekFrom::End(0))?;
        file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
        let mut bytes = Vec::new();
        file.take(TAIL).read_to_end(&mut bytes)?;
        Ok((length, bytes))
    };
    let (length, bytes) =
        tail().map_err(|e| broken(format!("cannot read {}: {e}", path.display())))?;
    parse(length, &bytes).ok_or_else(|| broken(format!("{} is no whole backup", path.display())))
}

fn parse(length: u64, tail: &[u8]) -> Option<Sealed> {
    let line = tail.strip_suffix(b"\n")?;
    let start = line.iter().rposition(|b| *b == b'\n')?;
    let line = std::str::from_utf8(line.get(start + 1..)?).ok()?;
    let mut words = line.split(' ');
    if (words.next()?, words.next()?) != (WORD, FORMAT) {
        return None;
    }
    let key = words.next()?;
    let engine = [Engine::Sqlite, Engine::Postgres]
        .into_iter()
        .find(|e| e.key() == key)?;
    let made_at = words.next()?.parse().ok()?;
    let key_id = words.next()?.to_owned();
    let mac = mac::unhex(words.next()?)?;
    // The line break before the line and the one after it belong to the seal.
    let sealed = u64::try_from(line.len()).ok()? + 2;
    words.next().is_none().then_some(Sealed {
        engine,
        made_at,
        body: length.checked_sub(sealed)?,
        key_id,
        mac,
    })
}

/// Copies the bytes before the line to a fresh file and proves them on the way.
///
/// # Errors
/// `Broken` where a byte differs from what was sealed, or the key is not this installation's.
pub fn copy_body(from: &Path, sealed: &Sealed, ring: &KeyRing, to: &Path) -> Stored<()> {
    let key = ring
        .named(Purpose::Backup, &sealed.key_id)
        .ok_or_else(|| broken("the backup was made under another server key"))?;
    let head = Sealed::head(sealed.engine, sealed.made_at, &sealed.key_id);
    let mut running = Running::new(key.bytes(), head.as_bytes());
    let mut work = || -> std::io::Result<()> {
        let mut source = File::open(from)?;
        let mut target = OpenOptions::new().write(true).truncate(true).open(to)?;
        copy(&mut source, sealed.body, |piece| {
            running.update(piece);
            target.write_all(piece)
        })?;
        target.sync_all()
    };
    work().map_err(|e| broken(format!("cannot copy {}: {e}", from.display())))?;
    if mac::same(&running.finish(), &sealed.mac) {
        Ok(())
    } else {
        Err(broken("the backup was changed after it was made"))
    }
}

fn copy(
    source: &mut File,
    most: u64,
    mut each: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let mut source = source.take(most);
    let mut piece = vec![0; PIECE];
    loop {
        let read = source.read(&mut piece)?;
        match piece.get(..read) {
            Some([]) | None => return Ok(()),
            Some(bytes) => each(bytes)?,
        }
    }
}
