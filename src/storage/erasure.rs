//! A child's data erased on request (security.md 3, S-70): its name, its number and every word by it, about it or from
//! its home go; what was ticked stays under an id that leads to nobody, so that no classmate's number moves. Used by the
//! office's answer to a request and by a restore, which erases again.

use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Text},
};

use super::{engine::Db, error::Stored, schema::enrolments, schema_homes::erasures, store::Tx};
use crate::domain::{
    actor::SchoolPermit,
    ids::{SchoolId, StudentId},
};

/// What erasing does with the rows of a table that are about the child. In the texts `$1` is the school, `$2` the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The rows that fit go.
    Deleted(&'static str),
    /// Words and names of the rows that fit go: what is set, and which rows.
    Silenced(&'static str, &'static str),
    /// The rows hold opaque ids, marks and dates only, and stay.
    Pseudonymous,
    /// No row is about a child.
    Nobody,
}

use Fate::{Deleted, Nobody, Pseudonymous, Silenced};

/// Every table, in the order of the work; a table that is missing here fails a test.
pub const FATES: &[(&str, Fate)] = &[
    (
        "students",
        Silenced(
            "name = '—', student_no = 'erased-' || id, pinyin = '', sex = '', seat = NULL, avatar = 0, \
             pin_key = '', pin_tag = '', consent = 'refused'",
            "id = $2",
        ),
    ),
    ("sheets", Silenced("comment = ''", SAID)),
    ("sheet_history", Silenced("comment = ''", SAID)),
    (
        "corrections",
        Silenced(
            "reason = '', undone_reason = NULL",
            "ratee_id = $2 OR rater_id = $2",
        ),
    ),
    ("excusals", Silenced("reason = ''", "student_id = $2")),
    (
        "appeals",
        Silenced(
            "words = '', proposal_words = NULL, answer = NULL",
            "student_id = $2 OR by_id = $2 OR by_id IN (SELECT id FROM family_links WHERE school_id = $1 AND \
             student_id = $2)",
        ),
    ),
    (
        "home_requests",
        Silenced(
            "words = '', answer = NULL, state = CASE state WHEN 'open' THEN 'done' ELSE state END",
            "student_id = $2",
        ),
    ),
    (
        "thanks",
        Deleted("moment_id IN (SELECT id FROM moments WHERE school_id = $1 AND student_id = $2)"),
    ),
    ("moments", Deleted("student_id = $2")),
    ("praises", Deleted("student_id = $2")),
    ("goals", Deleted("student_id = $2")),
    ("logs", Deleted("student_id = $2")),
    ("festival_children", Deleted("student_id = $2")),
    ("card_entries", Deleted("student_id = $2")),
    ("card_prints", Deleted("student_id = $2")),
    ("awards", Deleted("recipient_id = $2")),
    // Withdrawn for everybody who asks; the day is that of the erasure, which is kept first.
    (
        "credentials",
        Silenced(
            "signed_v3 = '', signed_v2 = '', revoked_for = COALESCE(revoked_for, 'erased'), \
             revoked_at = COALESCE(revoked_at, (SELECT MAX(e.erased_at) FROM erasures e \
             WHERE e.school_id = $1 AND e.student_id = $2))",
            "student_id = $2 AND revoked_at IS NULL",
        ),
    ),
    ("term_comments", Deleted("student_id = $2")),
    ("term_comment_history", Deleted("student_id = $2")),
    ("closing_reasons", Deleted("student_id = $2")),
    ("recalls", Deleted("rater_id = $2 OR ratee_id = $2")),
    ("practices", Deleted("student_id = $2")),
    ("kept_apart", Deleted("student_a = $2 OR student_b = $2")),
    ("class_seats", Deleted("student_id = $2")),
    ("monitors", Deleted("student_id = $2")),
    ("rosters", Deleted("student_id = $2")),
    (
        "sessions",
        Deleted(
            "subject_id = $2 OR subject_id IN (SELECT id FROM family_links WHERE school_id = $1 AND student_id = $2)",
        ),
    ),
    // Whole files of the office that wait to be taken in: the child may stand in any of them.
    ("uploads", Deleted("$2 <> ''")),
    ("enrolments", Pseudonymous),
    ("assignments", Pseudonymous),
    ("published_classes", Pseudonymous),
    ("peer_releases", Pseudonymous),
    ("extensions", Pseudonymous),
    ("consents", Pseudonymous),
    ("family_links", Pseudonymous),
    ("inspections", Pseudonymous),
    ("inspection_history", Pseudonymous),
    ("audit", Pseudonymous),
    ("erasures", Pseudonymous),
    ("schools", Nobody),
    ("settings", Nobody),
    ("setup_tokens", Nobody),
    ("staff", Nobody),
    ("classes", Nobody),
    ("teaching", Nobody),
    ("rubrics", Nobody),
    ("terms", Nobody),
    ("holidays", Nobody),
    ("rounds", Nobody),
    ("round_classes", Nobody),
    ("windows", Nobody),
    ("posts", Nobody),
    ("check_appeals", Nobody),
    ("week_closings", Nobody),
    ("week_flags", Nobody),
    ("screens", Nobody),
    ("programmes", Nobody),
    ("lesson_times", Nobody),
    ("hidden_displays", Nobody),
    ("badge_rules", Nobody),
    ("issuer_keys", Nobody),
    ("badge_classes", Nobody),
    ("pairings", Nobody),
    ("audit_heads", Nobody),
    ("class_chips", Nobody),
    ("privileges", Nobody),
    ("festivals", Nobody),
    ("class_links", Nobody),
    ("term_comment_releases", Nobody),
    ("comment_phrases", Nobody),
    ("closings", Nobody),
    ("publications", Nobody),
];

/// Sheets with words about the child, and those with words that it wrote.
const SAID: &str = "comment <> '' AND (ratee_id = $2 OR rater_id = $2)";

/// An erasure that was carried out.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = erasures)]
pub struct ErasureRow {
    pub school_id: String,
    pub student_id: String,
    pub erased_by: String,
    pub erased_at: i64,
}

/// Whether the child is, or will be, in a class.
pub fn is_here(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    student: &StudentId,
    today: chrono::NaiveDate,
) -> Stored<bool> {
    let stays = enrolments::table
        .filter(
            enrolments::school_id
                .eq(school.as_str())
                .and(enrolments::student_id.eq(student.as_str())),
        )
        .filter(
            enrolments::ends_on
                .is_null()
                .or(enrolments::ends_on.gt(today)),
        );
    Ok(stays.count().get_result::<i64>(db)? > 0)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many rows about the child lose their words or go, by table; empty ones left out.
pub fn held(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    student: &StudentId,
) -> Stored<Vec<(&'static str, i64)>> {
    let mut held = Vec::new();
    for (table, fate) in FATES.iter().copied() {
        let (Deleted(whose) | Silenced(_, whose)) = fate else {
            continue;
        };
        let text = format!("SELECT COUNT(*) AS n FROM {table} WHERE school_id = $1 AND ({whose})");
        let found: Count = sql_query(text)
            .bind::<Text, _>(school.as_str())
            .bind::<Text, _>(student.as_str())
            .get_result(db)?;
        if found.n > 0 {
            held.push((table, found.n));
        }
    }
    Ok(held)
}

/// Erases a child and keeps the order for restores to come. The audit line is the caller's.
pub fn erase(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &ErasureRow) -> Stored<()> {
    again(tx.db, row)
}

/// The erasures carried out so far.
pub(super) fn all(db: &mut Db) -> Stored<Vec<ErasureRow>> {
    Ok(erasures::table.select(ErasureRow::as_select()).load(db)?)
}

/// Carries one out in a database that does not know it yet; nothing happens twice.
pub(super) fn again(db: &mut Db, row: &ErasureRow) -> Stored<()> {
    let known = erasures::table.find((&row.school_id, &row.student_id));
    if known.count().get_result::<i64>(db)? == 0 {
        diesel::insert_into(erasures::table)
            .values(row)
            .execute(db)?;
    }
    for (table, fate) in FATES.iter().copied() {
        let text = match fate {
            Deleted(whose) => format!("DELETE FROM {table} WHERE school_id = $1 AND ({whose})"),
            Silenced(set, whose) => {
                format!("UPDATE {table} SET {set} WHERE school_id = $1 AND ({whose})")
            }
            Pseudonymous | Nobody => continue,
        };
        sql_query(text)
            .bind::<Text, _>(&row.school_id)
            .bind::<Text, _>(&row.student_id)
            .execute(db)?;
    }
    Ok(())
}
