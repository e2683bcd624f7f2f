//! The audit log: append-only rows, each sealed by a MAC over itself and the row before, and a sealed head that
//! counts them. Written inside the transaction of the change it tells of.

use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema::{audit, audit_heads},
    store::Tx,
};
use crate::{
    domain::{actor::{Call, SchoolPermit}, ids::SchoolId},
    keys::audit_mac,
};

/// Key of the chain; it never enters the database.
#[derive(Clone)]
pub struct AuditKey(std::sync::Arc<[u8; 32]>);

impl AuditKey {
    /// Takes 32 secret bytes.
    pub fn new(key: [u8; 32]) -> Self {
        Self(std::sync::Arc::new(key))
    }
}

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
    pub mac: String,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = audit_heads)]
struct Head {
    school_id: String,
    seq: i64,
    mac: String,
    seal: String,
}

impl AuditRow {
    fn sealed_over(&self, key: &AuditKey, previous: &str) -> String {
        let (seq, at) = (self.seq.to_string(), self.at.to_string());
        let fields = [
            previous, &self.school_id, &seq, &at, &self.actor_kind, &self.actor_id, &self.ip, &self.action,
            &self.object, &self.outcome, &self.detail, &self.request_id,
        ];
        audit_mac::seal(&key.0, &fields)
    }
}

fn head_seal(key: &AuditKey, school: &str, seq: i64, mac: &str) -> String {
    audit_mac::seal(&key.0, &["head", school, &seq.to_string(), mac])
}

impl Tx<'_> {
    /// Adds the line of this change. `detail` holds counts and ids, never a child's words.
    pub fn record(&mut self, call: &Call, action: &str, object: &str, detail: &str) -> Stored<()> {
        self.record_outcome(call, action, object, "ok", detail)
    }

    /// The same for something refused or failed.
    pub fn record_outcome(&mut self, call: &Call, action: &str, object: &str, outcome: &str, detail: &str) -> Stored<()> {
        let school = call.school.as_str();
        let head = head_of(self, school)?;
        let (seq, previous) = head.as_ref().map_or((1, ""), |h| (h.seq + 1, h.mac.as_str()));
        let mut row = AuditRow {
            school_id: school.to_owned(),
            seq,
            at: call.now,
            actor_kind: call.actor.kind().to_owned(),
            actor_id: call.actor.id().to_owned(),
            ip: call.ip.clone(),
            action: action.to_owned(),
            object: object.to_owned(),
            outcome: outcome.to_owned(),
            detail: detail.to_owned(),
            request_id: call.request_id.clone(),
            mac: String::new(),
        };
        row.mac = row.sealed_over(&self.audit_key, previous);
        let seal = head_seal(&self.audit_key, school, seq, &row.mac);
        let new_head = Head { school_id: school.to_owned(), seq, mac: row.mac.clone(), seal };
        diesel::insert_into(audit::table).values(&row).execute(self.db)?;
        if head.is_some() {
            diesel::update(audit_heads::table.filter(audit_heads::school_id.eq(school))).set(&new_head).execute(self.db)?;
        } else {
            diesel::insert_into(audit_heads::table).values(&new_head).execute(self.db)?;
        }
        self.audited += 1;
        Ok(())
    }
}

fn head_of(db: &mut Db, school: &str) -> Stored<Option<Head>> {
    Ok(audit_heads::table.filter(audit_heads::school_id.eq(school)).select(Head::as_select()).first(db).optional()?)
}

/// The newest lines after `after` (0: from the start), oldest first, at most `limit`.
pub fn page(db: &mut Db, _permit: &SchoolPermit, school: &SchoolId, after: i64, limit: i64) -> Stored<Vec<AuditRow>> {
    Ok(audit::table
        .filter(audit::school_id.eq(school.as_str()).and(audit::seq.gt(after)))
        .order(audit::seq.asc())
        .limit(limit)
        .select(AuditRow::as_select())
        .load(db)?)
}

/// The last sequence number, 0 where nothing was written yet.
pub fn last_seq(db: &mut Db, _permit: &SchoolPermit, school: &SchoolId) -> Stored<i64> {
    Ok(head_of(db, school.as_str())?.map_or(0, |h| h.seq))
}

/// Walks the whole chain of a school: how many lines hold, or what is wrong first.
pub fn verify(db: &mut Db, key: &AuditKey, school: &SchoolId) -> Stored<Result<i64, String>> {
    let (mut seq, mut mac) = (0, String::new());
    loop {
        let rows = audit::table
            .filter(audit::school_id.eq(school.as_str()).and(audit::seq.gt(seq)))
            .order(audit::seq.asc())
            .limit(5000)
            .select(AuditRow::as_select())
            .load(db)?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if row.seq != seq + 1 {
                return Ok(Err(format!("line {} is missing", seq + 1)));
            }
            if row.mac != row.sealed_over(key, &mac) {
                return Ok(Err(format!("line {} was changed", row.seq)));
            }
            (seq, mac) = (row.seq, row.mac);
        }
    }
    let head = head_of(db, school.as_str())?;
    let whole = head.map_or(seq == 0, |h| {
        h.seq == seq && h.mac == mac && h.seal == head_seal(key, school.as_str(), h.seq, &h.mac)
    });
    Ok(if whole { Ok(seq) } else { Err(format!("lines after {seq} are missing")) })
}
