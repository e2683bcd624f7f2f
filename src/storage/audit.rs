//! The audit log: append-only rows, each sealed over itself and the row before, and a sealed checkpoint that counts
//! them. Written inside the transaction of the change it tells of; the keys never enter the database.

use std::sync::Arc;

use diesel::prelude::*;

use super::{
    engine::Db,
    error::{StorageError, Stored},
    schema::{audit, audit_heads},
    store::Tx,
};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        ids::SchoolId,
    },
    keys::{
        audit_mac::{self, Checker, Checkpoint, Entry, GENESIS, Link},
        mac,
        server_key::KeyRing,
    },
};

/// Keys of the chain.
pub type AuditKeys = Arc<KeyRing>;

/// One line as kept.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit)]
pub struct AuditRow {
    pub school_id: String,
    pub seq: i64,
    pub at: i64,
    pub actor_kind: String,
    pub actor_id: String,
    pub ip: String,
    pub action: String,
    pub object: String,
    pub outcome: String,
    pub detail: String,
    pub request_id: String,
    pub key_id: String,
    pub mac: String,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = audit_heads)]
struct Head {
    school_id: String,
    seq: i64,
    checkpoint: String,
}

impl AuditRow {
    fn fields(&self) -> Vec<String> {
        vec![
            self.school_id.clone(),
            self.at.to_string(),
            self.actor_kind.clone(),
            self.actor_id.clone(),
            self.ip.clone(),
            self.action.clone(),
            self.object.clone(),
            self.outcome.clone(),
            self.detail.clone(),
            self.request_id.clone(),
        ]
    }

    fn entry(&self) -> Option<Entry> {
        Some(Entry {
            seq: u64::try_from(self.seq).ok()?,
            key_id: self.key_id.clone(),
            fields: self.fields(),
            mac: mac::unhex(&self.mac)?.try_into().ok()?,
        })
    }
}

impl Tx<'_> {
    /// Adds the line of this change. `detail` holds counts and ids, never a child's words.
    pub fn record(&mut self, call: &Call, action: &str, object: &str, detail: &str) -> Stored<()> {
        self.record_outcome(call, action, object, "ok", detail)
    }

    /// The same for something refused or failed.
    pub fn record_outcome(
        &mut self,
        call: &Call,
        action: &str,
        object: &str,
        outcome: &str,
        detail: &str,
    ) -> Stored<()> {
        let school = call.school.as_str();
        let head = head_of(self, school)?;
        let before = head.as_ref().map_or(Ok(GENESIS), end_of)?;
        let mut row = AuditRow {
            school_id: school.to_owned(),
            seq: 0,
            at: call.now,
            actor_kind: call.actor.kind().to_owned(),
            actor_id: call.actor.id().to_owned(),
            ip: call.ip.clone(),
            action: action.to_owned(),
            object: object.to_owned(),
            outcome: outcome.to_owned(),
            detail: detail.to_owned(),
            request_id: call.request_id.clone(),
            key_id: String::new(),
            mac: String::new(),
        };
        let entry = audit_mac::seal(&self.audit_keys, before, row.fields());
        row.seq = i64::try_from(entry.seq).unwrap_or(i64::MAX);
        row.mac = mac::hex(&entry.mac);
        row.key_id = entry.key_id.clone();
        let checkpoint = audit_mac::checkpoint(&self.audit_keys, entry.link()).to_line();
        let new_head = Head {
            school_id: school.to_owned(),
            seq: row.seq,
            checkpoint,
        };
        diesel::insert_into(audit::table)
            .values(&row)
            .execute(self.db)?;
        if head.is_some() {
            diesel::update(audit_heads::table.filter(audit_heads::school_id.eq(school)))
                .set(&new_head)
                .execute(self.db)?;
        } else {
            diesel::insert_into(audit_heads::table)
                .values(&new_head)
                .execute(self.db)?;
        }
        self.audited += 1;
        Ok(())
    }
}

fn end_of(head: &Head) -> Stored<Link> {
    let checkpoint = Checkpoint::from_line(&head.checkpoint);
    checkpoint
        .map(|c| c.end)
        .ok_or_else(|| StorageError::Broken("the audit log's checkpoint is unreadable".to_owned()))
}

fn head_of(db: &mut Db, school: &str) -> Stored<Option<Head>> {
    Ok(audit_heads::table
        .filter(audit_heads::school_id.eq(school))
        .select(Head::as_select())
        .first(db)
        .optional()?)
}

/// The lines after `after` (0: from the start), oldest first, at most `limit`.
pub fn page(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    after: i64,
    limit: i64,
) -> Stored<Vec<AuditRow>> {
    lines(db, school, after, limit)
}

/// Which lines of the log are looked for; empty texts leave nothing out.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub actor: String,
    pub action: String,
    /// Only lines older than this one.
    pub before: Option<i64>,
}

/// The newest lines that fit, newest first, at most `limit`.
pub fn newest(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    wanted: &Wanted,
    limit: i64,
) -> Stored<Vec<AuditRow>> {
    let before = wanted.before.unwrap_or(i64::MAX);
    let like = |text: &str| if text.is_empty() { "%" } else { text }.to_owned();
    Ok(audit::table
        .filter(
            audit::school_id
                .eq(school.as_str())
                .and(audit::seq.lt(before)),
        )
        .filter(
            audit::actor_id
                .like(like(&wanted.actor))
                .and(audit::action.like(like(&wanted.action))),
        )
        .order(audit::seq.desc())
        .limit(limit)
        .select(AuditRow::as_select())
        .load(db)?)
}

/// Names of all actions in the school's log.
pub fn actions(db: &mut Db, _permit: &SchoolPermit, school: &SchoolId) -> Stored<Vec<String>> {
    Ok(audit::table
        .filter(audit::school_id.eq(school.as_str()))
        .select(audit::action)
        .distinct()
        .order(audit::action.asc())
        .load(db)?)
}

fn lines(db: &mut Db, school: &SchoolId, after: i64, limit: i64) -> Stored<Vec<AuditRow>> {
    Ok(audit::table
        .filter(
            audit::school_id
                .eq(school.as_str())
                .and(audit::seq.gt(after)),
        )
        .order(audit::seq.asc())
        .limit(limit)
        .select(AuditRow::as_select())
        .load(db)?)
}

/// The last sequence number, 0 where nothing was written yet.
pub fn last_seq(db: &mut Db, _permit: &SchoolPermit, school: &SchoolId) -> Stored<i64> {
    Ok(head_of(db, school.as_str())?.map_or(0, |h| h.seq))
}

/// When the newest line of any school was written, by the clock of that time.
pub fn newest_at(db: &mut Db) -> Stored<Option<i64>> {
    Ok(audit::table
        .select(audit::at)
        .order(audit::at.desc())
        .first(db)
        .optional()?)
}

/// Walks the whole chain of a school: how many lines hold, or what is wrong first.
pub fn verify(db: &mut Db, keys: &KeyRing, school: &SchoolId) -> Stored<Result<u64, String>> {
    let checkpoint = match head_of(db, school.as_str())? {
        None => None,
        Some(head) => match Checkpoint::from_line(&head.checkpoint) {
            Some(checkpoint) => Some(checkpoint),
            None => {
                return Ok(Err(
                    "the checkpoint of the audit log is unreadable".to_owned()
                ));
            }
        },
    };
    let mut checker = match Checker::new(keys, GENESIS, checkpoint.as_ref()) {
        Ok(checker) => checker,
        Err(broken) => return Ok(Err(broken.to_string())),
    };
    let mut seq = 0;
    loop {
        let rows = lines(db, school, seq, 5000)?;
        if rows.is_empty() {
            return Ok(checker
                .finish()
                .map(|end| end.seq)
                .map_err(|e| e.to_string()));
        }
        for row in rows {
            seq = row.seq;
            let Some(entry) = row.entry() else {
                return Ok(Err(format!("audit entry {seq} is unreadable")));
            };
            if let Err(broken) = checker.next(&entry) {
                return Ok(Err(broken.to_string()));
            }
        }
    }
}
