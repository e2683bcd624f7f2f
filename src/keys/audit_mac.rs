//! The audit log's seal: each entry carries an HMAC over its content and the entry before, under
//! a key that is not in the database (S-85). A checkpoint, kept outside the database, says how
//! many entries there were, so that cutting off the newest ones shows too. `storage` seals in the
//! transaction that writes; `starlight verify` and `restore` check.

use std::fmt;

use super::mac;
use super::server_key::{KeyRing, Purpose, SubKey};

/// The seal of one entry.
pub type Mac = [u8; 32];

/// What stands before the first entry.
pub const GENESIS: Link = Link {
    seq: 0,
    mac: [0; 32],
};

/// The end of a chain: number of its last entry and that entry's seal. After old entries were
/// dropped by the retention rule, the last dropped one is where the check starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub seq: u64,
    pub mac: Mac,
}

/// An entry as stored. `fields` are its columns in a fixed order, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub seq: u64,
    pub key_id: String,
    pub fields: Vec<String>,
    pub mac: Mac,
}

/// Seals the entry that follows `before`.
pub fn seal(ring: &KeyRing, before: Link, fields: Vec<String>) -> Entry {
    let key = ring.current(Purpose::Audit);
    let seq = before.seq.saturating_add(1);
    Entry {
        mac: entry_mac(&key, before.mac, seq, &fields),
        seq,
        key_id: key.id,
        fields,
    }
}

impl Entry {
    /// The link that the next entry follows.
    pub fn link(&self) -> Link {
        Link {
            seq: self.seq,
            mac: self.mac,
        }
    }
}

/// How far the log had got at some time, sealed so that it cannot be written afresh.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    pub end: Link,
    pub key_id: String,
    pub seal: Mac,
}

/// A checkpoint of a chain that ends with `end`.
pub fn checkpoint(ring: &KeyRing, end: Link) -> Checkpoint {
    let key = ring.current(Purpose::Audit);
    Checkpoint {
        end,
        seal: checkpoint_seal(&key, end),
        key_id: key.id,
    }
}

impl Checkpoint {
    /// One line for a file: `count mac key seal`.
    pub fn to_line(&self) -> String {
        let (mac, seal) = (mac::hex(&self.end.mac), mac::hex(&self.seal));
        format!("{} {mac} {} {seal}", self.end.seq, self.key_id)
    }

    pub fn from_line(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let seq = words.next()?.parse().ok()?;
        let mac = mac::unhex(words.next()?)?.try_into().ok()?;
        let key_id = words.next()?.to_owned();
        let seal = mac::unhex(words.next()?)?.try_into().ok()?;
        words.next().is_none().then_some(Self {
            end: Link { seq, mac },
            key_id,
            seal,
        })
    }
}

/// Where and how a chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The first entry that is not as it was written.
    pub seq: u64,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Content, order or seal was changed.
    Changed,
    /// The entry with this number is not there.
    Missing,
    /// Sealed under a key that was rotated out.
    UnknownKey,
    /// The log ends before the checkpoint.
    TailMissing,
    /// The checkpoint itself was not written by this server.
    ForgedCheckpoint,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.why {
            Why::Changed => "was changed",
            Why::Missing => "is missing",
            Why::UnknownKey => "is sealed under a key that is no longer known",
            Why::TailMissing => "and all after it are missing from the end of the log",
            Why::ForgedCheckpoint => "is named by a checkpoint that this server did not write",
        };
        write!(f, "audit entry {} {why}", self.seq)
    }
}

impl std::error::Error for Broken {}

/// Checks entries in the order of their numbers, from the one after `start`, against the seals
/// and, if there is one, the checkpoint. Gives the end of the chain.
pub fn verify<'a>(
    ring: &KeyRing,
    start: Link,
    entries: impl IntoIterator<Item = &'a Entry>,
    checkpoint: Option<&Checkpoint>,
) -> Result<Link, Broken> {
    let mut checker = Checker::new(ring, start, checkpoint)?;
    for entry in entries {
        checker.next(entry)?;
    }
    checker.finish()
}

/// [`verify`] one entry at a time, for logs read in pages.
pub struct Checker<'a> {
    keys: Vec<SubKey>,
    end: Link,
    checkpoint: Option<&'a Checkpoint>,
}

impl<'a> Checker<'a> {
    pub fn new(
        ring: &KeyRing,
        start: Link,
        checkpoint: Option<&'a Checkpoint>,
    ) -> Result<Self, Broken> {
        let keys: Vec<SubKey> = ring.all(Purpose::Audit).collect();
        if let Some(point) = checkpoint {
            let genuine = keys.iter().any(|key| {
                key.id == point.key_id && mac::same(&checkpoint_seal(key, point.end), &point.seal)
            });
            if !genuine {
                let seq = point.end.seq;
                return Err(Broken {
                    seq,
                    why: Why::ForgedCheckpoint,
                });
            }
        }
        Ok(Self {
            keys,
            end: start,
            checkpoint,
        })
    }

    pub fn next(&mut self, entry: &Entry) -> Result<(), Broken> {
        let seq = self.end.seq.saturating_add(1);
        let broken = |why| Err(Broken { seq, why });
        if entry.seq > seq {
            return broken(Why::Missing);
        }
        let Some(key) = self.keys.iter().find(|key| key.id == entry.key_id) else {
            return broken(Why::UnknownKey);
        };
        let expected = entry_mac(key, self.end.mac, seq, &entry.fields);
        if entry.seq != seq || !mac::same(&expected, &entry.mac) {
            return broken(Why::Changed);
        }
        self.end = entry.link();
        let disagrees = |point: &&Checkpoint| point.end.seq == seq && point.end.mac != entry.mac;
        if self.checkpoint.filter(disagrees).is_some() {
            return broken(Why::Changed);
        }
        Ok(())
    }

    pub fn finish(self) -> Result<Link, Broken> {
        match self.checkpoint {
            Some(point) if point.end.seq > self.end.seq => Err(Broken {
                seq: self.end.seq.saturating_add(1),
                why: Why::TailMissing,
            }),
            _ => Ok(self.end),
        }
    }
}

fn entry_mac(key: &SubKey, before: Mac, seq: u64, fields: &[String]) -> Mac {
    let seq = seq.to_be_bytes();
    let head: [&[u8]; 4] = [b"entry", key.id.as_bytes(), &before, &seq];
    let parts: Vec<&[u8]> = head
        .into_iter()
        .chain(fields.iter().map(String::as_bytes))
        .collect();
    mac::seal(key.bytes(), &parts)
}

fn checkpoint_seal(key: &SubKey, end: Link) -> Mac {
    let seq = end.seq.to_be_bytes();
    mac::seal(key.bytes(), &[b"checkpoint", &seq, &end.mac])
}

#[cfg(test)]
mod tests;
