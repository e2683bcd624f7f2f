//! Backup while others write, restore with dead sessions, and refusals that touch nothing.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use diesel::{Connection, SqliteConnection, connection::SimpleConnection};
use starlight::{
    keys::server_key::KeyRing,
    storage::{
        DatabaseUrl, Migrate, Store, access,
        access::SessionRow,
        audit,
        backup::{self, Links, Restored},
        credentials,
        erasure::{self, ErasureRow},
        schools, students,
    },
};

use super::school::{NOW, School};

fn url_at(path: &Path) -> DatabaseUrl {
    DatabaseUrl::parse(&format!("sqlite:{}", path.display())).unwrap()
}

/// Changes the live file behind the program's back.
fn behind_its_back(school: &School, sql: &str) {
    let file = school.url.file().unwrap().to_str().unwrap();
    SqliteConnection::establish(file)
        .unwrap()
        .batch_execute(sql)
        .unwrap();
}

fn begin_session(school: &School) {
    let row = SessionRow {
        school_id: school.id.to_string(),
        id: "session".to_owned(),
        kind: "office".to_owned(),
        subject_id: school.office.to_string(),
        class_id: None,
        created_at: NOW,
        seen_at: NOW,
        proved_at: NOW,
        expires_at: NOW + 3_600_000,
        revoked_at: None,
        device: String::new(),
    };
    school
        .does(move |tx, call| {
            access::add_session(tx, &row)?;
            Ok(tx.record(call, "sign_in", "", "")?)
        })
        .unwrap();
}

fn back_up(school: &School) -> PathBuf {
    let to = school.folder.path().join("one.starlight");
    backup::backup(&school.url, &school.keys, &to, NOW).unwrap();
    to
}

fn restore(school: &School, from: &Path, to: &Path) -> Result<Restored, String> {
    backup::restore(&url_at(to), &school.keys, from, Links::Revoke, NOW + 5)
        .map_err(|e| e.to_string())
}

#[test]
fn a_restored_copy_holds_the_same_and_every_session_is_over() {
    let school = School::open();
    school.publishes_round(1);
    begin_session(&school);
    let file = back_up(&school);
    // The line about the backup comes after it; everything else must be the same.
    let mut live = backup::content_hashes(&school.url).unwrap();
    let place = school.folder.path().join("fresh").join("starlight.db");
    let done = restore(&school, &file, &place).unwrap();
    assert_eq!((done.made_at, done.before), (NOW, None));
    let url = url_at(&place);
    let mut copy = backup::content_hashes(&url).unwrap();
    assert!(live.len() > 25, "{live:?}");
    for changed in ["sessions", "audit", "audit_heads", "setup_tokens"] {
        assert_ne!(live.remove(changed), copy.remove(changed), "{changed}");
    }
    assert_eq!(live, copy);
    assert!(backup::check(&url, &school.keys).unwrap().is_sound());
    let store = Store::open(&url, school.keys.clone(), Migrate::Refuse).unwrap();
    let (ended, last) = store
        .read_here(|db| -> Result<_, starlight::actions::ActionError> {
            let permit = school.call().actor.run_school()?;
            let seq = audit::last_seq(db, &permit, &school.id)?;
            let lines = audit::page(db, &permit, &school.id, seq - 1, 1)?;
            Ok((
                access::session(db, "session")?.unwrap().revoked_at,
                lines[0].action.clone(),
            ))
        })
        .unwrap();
    assert_eq!((ended, last.as_str()), (Some(NOW + 5), "backup.restore"));
    assert_eq!(
        fs::read_dir(place.parent().unwrap()).unwrap().count(),
        3,
        "database, WAL and its index, no part"
    );
}

#[test]
fn a_backup_under_writes_is_whole_and_holds_all_that_was_acknowledged() {
    let school = Arc::new(School::open());
    let stop = Arc::new(AtomicBool::new(false));
    let writer = {
        let (school, stop) = (school.clone(), stop.clone());
        std::thread::spawn(move || {
            let mut written = 0u32;
            while !stop.load(Ordering::Relaxed) {
                written += 1;
                let text = format!("{written:08}");
                school
                    .does(move |tx, call| {
                        let permit = call.actor.run_school()?;
                        schools::set_setting(tx, &permit, &call.school, &format!("n{text}"), "1")?;
                        Ok(tx.record(call, "test", "", "")?)
                    })
                    .unwrap();
            }
        })
    };
    let count = |url: &DatabaseUrl| {
        let store = Store::open(url, school.keys.clone(), Migrate::Refuse).unwrap();
        let call = school.call();
        store
            .read_here(|db| -> Result<_, starlight::actions::ActionError> {
                let permit = call.actor.run_school()?;
                Ok(audit::last_seq(db, &permit, &call.school)?)
            })
            .unwrap()
    };
    for round in 0..3 {
        let acknowledged = count(&school.url);
        let file = school.folder.path().join(format!("{round}.starlight"));
        backup::backup(&school.url, &school.keys, &file, NOW).unwrap();
        assert!(
            backup::check_backup(&school.keys, &file)
                .unwrap()
                .is_sound()
        );
        let place = school.folder.path().join(format!("{round}.db"));
        restore(&school, &file, &place).unwrap();
        assert!(count(&url_at(&place)) > acknowledged);
    }
    stop.store(true, Ordering::Relaxed);
    writer.join().unwrap();
}

#[test]
fn a_changed_cut_or_foreign_file_is_refused_and_the_database_stays() {
    let school = School::open();
    let file = back_up(&school);
    let whole = fs::read(&file).unwrap();
    let place = school.folder.path().join("place.db");
    restore(&school, &file, &place).unwrap();
    let before = fs::read(&place).unwrap();
    let check = |bytes: &[u8], why: &str| {
        fs::write(&file, bytes).unwrap();
        let said = restore(&school, &file, &place).unwrap_err();
        assert!(said.contains(why), "{said}");
        assert_eq!(fs::read(&place).unwrap(), before, "{why}");
    };
    for at in [0, 100, whole.len() / 2, whole.len() - 300] {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        check(&bytes, "changed after it was made");
    }
    check(&whole[..whole.len() - 1], "no whole backup");
    check(&whole[..whole.len() / 2], "no whole backup");
    check(&whole[4096..], "changed after it was made");
    check(b"", "no whole backup");
    // Another time in the sealed line.
    let text = NOW.to_string();
    let at = whole
        .windows(text.len())
        .rposition(|w| w == text.as_bytes())
        .unwrap();
    let mut bytes = whole.clone();
    bytes[at] = b'2';
    check(&bytes, "changed after it was made");
    fs::write(&file, &whole).unwrap();
    let stranger = Arc::new(KeyRing::fresh().unwrap());
    let said = backup::restore(&url_at(&place), &stranger, &file, Links::Keep, NOW).unwrap_err();
    assert!(said.to_string().contains("another server key"), "{said}");
    assert_eq!(fs::read(&place).unwrap(), before);
}

#[test]
fn data_of_a_newer_program_is_refused() {
    let school = School::open();
    behind_its_back(
        &school,
        "INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')",
    );
    let file = back_up_quietly(&school);
    let place = school.folder.path().join("place.db");
    let said = restore(&school, &file, &place).unwrap_err();
    assert!(said.contains("newer version"), "{said}");
    assert!(!place.exists());
    let opened = Store::open(&school.url, school.keys.clone(), Migrate::Run);
    assert!(opened.err().unwrap().to_string().contains("newer version"));
}

fn back_up_quietly(school: &School) -> PathBuf {
    let to = school.folder.path().join("quiet.starlight");
    backup::backup_only(&school.url, &school.keys, &to, NOW).unwrap();
    to
}

#[test]
fn a_database_in_use_is_not_replaced_and_one_at_rest_is_kept_beside() {
    let school = School::open();
    let file = back_up(&school);
    let live = school.url.file().unwrap().to_owned();
    let said = restore(&school, &file, &live).unwrap_err();
    assert!(said.contains("in use"), "{said}");
    let place = school.folder.path().join("rest.db");
    restore(&school, &file, &place).unwrap();
    let first = backup::content_hashes(&url_at(&place)).unwrap();
    let again = restore(&school, &file, &place).unwrap();
    let kept = PathBuf::from(again.before.unwrap());
    assert_eq!(backup::content_hashes(&url_at(&kept)).unwrap(), first);
}

/// S-70: an older backup still holds a child that was erased since; restoring it erases again.
#[test]
fn a_child_erased_since_the_backup_is_erased_again() {
    let school = School::open();
    let child = school.reads(|db, call| {
        let permit = call.actor.run_school()?;
        Ok(students::all(db, &permit, &call.school)?.remove(0))
    });
    behind_its_back(
        &school,
        &format!(
            "UPDATE students SET name = 'Nobody Else' WHERE id = '{}'",
            child.id
        ),
    );
    let file = back_up(&school);
    let place = school.folder.path().join("again.db");
    restore(&school, &file, &place).unwrap();
    let store = Store::open(&url_at(&place), school.keys.clone(), Migrate::Refuse).unwrap();
    let order = ErasureRow {
        school_id: school.id.to_string(),
        student_id: child.id.clone(),
        erased_by: school.office.to_string(),
        erased_at: NOW,
    };
    let call = school.call();
    store
        .write_here(move |tx| -> Result<_, starlight::actions::ActionError> {
            let permit = call.actor.run_school()?;
            erasure::erase(tx, &permit, &order)?;
            Ok(tx.record(&call, "student.erase", "", "")?)
        })
        .unwrap();
    drop(store);
    let name = b"Nobody Else";
    let holds = |path: &Path| {
        fs::read(path)
            .unwrap()
            .windows(name.len())
            .any(|w| w == name)
    };
    assert!(holds(&file), "the backup holds the name");
    restore(&school, &file, &place).unwrap();
    assert!(!holds(&place), "the restored database does not");
}

/// Files in people's hands are not restored: what was withdrawn since the backup stays so, what was signed since stays known.
#[test]
fn a_restore_calls_no_badge_back_to_life() {
    let school = School::open();
    let row = |id: &str, slot: u8| {
        format!(
            "INSERT INTO credentials VALUES ('{}', '{id}', 'child', 'award', 'class', 'none', 'link', 0, {slot}, 'v3', \
             'v2', 1, NULL, NULL)",
            school.id
        )
    };
    behind_its_back(&school, &row("old", 1));
    let file = back_up(&school);
    let place = school.folder.path().join("abroad.db");
    restore(&school, &file, &place).unwrap();
    let told = |sql: &str| {
        let mut live = SqliteConnection::establish(place.to_str().unwrap()).unwrap();
        live.batch_execute(sql).unwrap();
    };
    told(
        "UPDATE credentials SET revoked_at = 7, revoked_for = 'home', signed_v3 = '', signed_v2 = '' WHERE id = 'old'",
    );
    told(&row("later", 2));
    restore(&school, &file, &place).unwrap();
    let store = Store::open(&url_at(&place), school.keys.clone(), Migrate::Refuse).unwrap();
    let (old, later) = store
        .read_here(|db| -> Result<_, starlight::actions::ActionError> {
            let old = credentials::find(db, "old")?.unwrap();
            Ok((old, credentials::find(db, "later")?.unwrap()))
        })
        .unwrap();
    assert_eq!(
        (old.revoked_at, old.revoked_for.as_deref()),
        (Some(7), Some("home"))
    );
    assert!(old.signed_v3.is_empty() && old.signed_v2.is_empty());
    assert_eq!((later.slot, later.revoked_at), (2, None));
}

#[test]
fn a_ruined_database_is_set_aside() {
    let school = School::open();
    let file = back_up(&school);
    let place = school.folder.path().join("ruin.db");
    fs::write(&place, vec![7; 9000]).unwrap();
    let done = restore(&school, &file, &place).unwrap();
    assert_eq!(fs::read(done.before.unwrap()).unwrap(), vec![7; 9000]);
    assert!(
        backup::check(&url_at(&place), &school.keys)
            .unwrap()
            .is_sound()
    );
}

#[test]
fn a_changed_audit_line_is_found_and_its_backup_not_restored() {
    let school = School::open();
    assert!(backup::check(&school.url, &school.keys).unwrap().is_sound());
    behind_its_back(
        &school,
        "DROP TRIGGER audit_keeps_rows; UPDATE audit SET detail = 'x' WHERE seq = 2",
    );
    let checked = backup::check(&school.url, &school.keys).unwrap();
    assert_eq!(checked.problems.len(), 1, "{checked:?}");
    assert!(
        checked.problems[0].contains("audit entry 2 was changed"),
        "{checked:?}"
    );
    let file = back_up_quietly(&school);
    let place = school.folder.path().join("place.db");
    let said = restore(&school, &file, &place).unwrap_err();
    assert!(said.contains("audit entry 2"), "{said}");
    assert!(!place.exists());
}

#[test]
fn a_cut_audit_log_and_a_dangling_row_are_found() {
    let check = |sql: &str, expected: &str| {
        let school = School::open();
        behind_its_back(&school, sql);
        let checked = backup::check(&school.url, &school.keys).unwrap();
        assert!(
            checked.problems.iter().any(|p| p.contains(expected)),
            "{checked:?}"
        );
    };
    check(
        "DROP TRIGGER audit_keeps_all; DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
        "missing from the end",
    );
    check(
        "DROP TRIGGER audit_keeps_all; DELETE FROM audit WHERE seq = 3",
        "audit entry 3 is missing",
    );
    check(
        "PRAGMA foreign_keys=OFF; UPDATE teaching SET class_id = 'nowhere'",
        "a row of teaching points to nothing",
    );
}

#[test]
fn backups_are_listed_newest_first_and_parts_are_not() {
    let school = School::open();
    let folder = school.folder.path().join("backups");
    fs::create_dir(&folder).unwrap();
    for at in [NOW, NOW + 86_400_000] {
        backup::backup(&school.url, &school.keys, &folder, at).unwrap();
    }
    fs::write(folder.join("half.starlight"), b"SQLite format 3").unwrap();
    let name = backup::file_name(NOW);
    fs::copy(folder.join(&name), folder.join(format!(".{name}.part-1"))).unwrap();
    let listed: Vec<i64> = backup::backups_in(&folder)
        .iter()
        .map(|(_, s)| s.made_at)
        .collect();
    assert_eq!(listed, [NOW + 86_400_000, NOW]);
}
