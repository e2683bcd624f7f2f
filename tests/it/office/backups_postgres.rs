//! The way back on PostgreSQL: a sealed archive, a fresh database that takes the name, refusals that touch nothing.

use std::{fs, sync::Arc};

use diesel::{Connection, PgConnection, connection::SimpleConnection};
use starlight::{
    actions::new_id,
    domain::ids::StudentId,
    keys::server_key::KeyRing,
    storage::{
        DatabaseUrl,
        backup::{self, Links},
        erasure::{self, ErasureRow},
        students,
    },
};

use super::school::{NOW, School};

/// A database of its own on the throwaway server.
struct Own {
    server: String,
    name: String,
}

impl Own {
    fn new() -> Self {
        let server = std::env::var("STARLIGHT_TEST_POSTGRES").expect(
            "STARLIGHT_TEST_POSTGRES names no server: run `bash tests/all.sh`, which starts one",
        );
        let name = format!("office_{}", new_id().replace('-', ""));
        let own = Self { server, name };
        own.run(&format!("CREATE DATABASE \"{}\"", own.name));
        own
    }

    fn run(&self, sql: &str) {
        let mut conn = PgConnection::establish(&self.server).unwrap();
        conn.batch_execute(sql).unwrap();
    }

    /// The server's address with this database in place of its own.
    fn url(&self) -> String {
        let (address, query) = match self.server.split_once('?') {
            Some((address, query)) => (address, format!("?{query}")),
            None => (self.server.as_str(), String::new()),
        };
        let (place, _) = address.rsplit_once('/').unwrap();
        format!("{place}/{}{query}", self.name)
    }
}

#[test]
fn a_restored_database_holds_the_same_and_the_one_of_before_is_kept() {
    let own = Own::new();
    let school = School::open_on(&own.url(), tempfile::tempdir().unwrap());
    school.publishes_round(1);
    let file = school.folder.path().join("one.starlight");
    backup::backup(&school.url, &school.keys, &file, NOW).unwrap();
    let before = backup::content_hashes(&school.url).unwrap();
    let School {
        folder: _folder,
        url,
        keys,
        store,
        ..
    } = school;
    drop(store);
    let mut bytes = fs::read(&file).unwrap();
    let whole = bytes.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, &bytes).unwrap();
    let said = backup::restore(&url, &keys, &file, Links::Keep, NOW + 1).unwrap_err();
    assert!(said.to_string().contains("changed after"), "{said}");
    fs::write(&file, &whole).unwrap();
    let stranger = Arc::new(KeyRing::fresh().unwrap());
    assert!(backup::restore(&url, &stranger, &file, Links::Keep, NOW + 1).is_err());
    assert_eq!(backup::content_hashes(&url).unwrap(), before);
    let done = backup::restore(&url, &keys, &file, Links::Revoke, NOW + 2).unwrap();
    assert!(backup::check(&url, &keys).unwrap().is_sound());
    let mut after = backup::content_hashes(&url).unwrap();
    let kept = done.before.unwrap();
    let other = Own {
        server: own.server.clone(),
        name: kept.clone(),
    };
    let kept_url = DatabaseUrl::parse(&other.url()).unwrap();
    assert_eq!(backup::content_hashes(&kept_url).unwrap(), before);
    let mut before = before;
    for changed in ["audit", "audit_heads", "setup_tokens"] {
        assert_ne!(before.remove(changed), after.remove(changed), "{changed}");
    }
    assert_eq!(before, after);
    own.run(&format!("DROP DATABASE \"{}\" WITH (FORCE)", own.name));
    own.run(&format!("DROP DATABASE \"{kept}\" WITH (FORCE)"));
}

/// S-70 on this engine: a child's name and words go, its rows stay.
#[test]
fn a_child_is_erased() {
    let own = Own::new();
    let school = School::open_on(&own.url(), tempfile::tempdir().unwrap());
    school.publishes_round(1);
    let child = school.reads(|db, call| {
        let permit = call.actor.run_school()?;
        Ok(students::all(db, &permit, &call.school)?.remove(0))
    });
    let order = ErasureRow {
        school_id: school.id.to_string(),
        student_id: child.id.clone(),
        erased_by: school.office.to_string(),
        erased_at: NOW,
    };
    school
        .does(move |tx, call| {
            let permit = call.actor.run_school()?;
            erasure::erase(tx, &permit, &order)?;
            erasure::erase(tx, &permit, &order)?;
            Ok(tx.record(call, "student.erase", "", "")?)
        })
        .unwrap();
    let (after, held) = school.reads(|db, call| {
        let permit = call.actor.run_school()?;
        let all = students::all(db, &permit, &call.school)?;
        let id = StudentId::new(child.id.clone());
        Ok((all, erasure::held(db, &permit, &call.school, &id)?))
    });
    let one = after.iter().find(|row| row.id == child.id).unwrap();
    assert_eq!(one.name, "—");
    assert!(after.iter().all(|row| row.student_no != child.student_no));
    let tables: Vec<&str> = held.iter().map(|(table, _)| *table).collect();
    assert_eq!(tables, ["students"], "nothing told is left");
}
