//! The doctor says what is wrong, and falls silent when it is put right.

use chrono::NaiveDate;
use starlight::{
    cli::doctor::all_findings,
    config::{Config, Flags},
    keys::server_key::KeyRing,
    screens::{Lang, say},
    storage::{backup, schools},
};

use super::school::{NOW, School};

fn config(school: &School, public_url: Option<&str>) -> Config {
    let at = |name: &str| Some(school.folder.path().join(name).display().to_string());
    let flags = Flags {
        database_url: at("starlight.db").map(|path| format!("sqlite:{path}")),
        key_file: at("starlight.key"),
        backup_dir: at("backups"),
        public_url: public_url.map(str::to_owned),
        ..Flags::default()
    };
    Config::gather(&flags, |_| None, None).unwrap()
}

fn keys(config: &Config, now: i64) -> Vec<&'static str> {
    let findings = all_findings(config, now);
    for finding in &findings {
        let args: Vec<(&str, &str)> = finding.args.iter().map(|(n, v)| (*n, v.as_str())).collect();
        for lang in [Lang::Chinese, Lang::English] {
            let text = say(lang, finding.key, &args);
            assert!(text != finding.key && !text.contains('{'), "{text}");
        }
    }
    // How full this machine's disk is decides no test.
    findings
        .into_iter()
        .map(|f| f.key)
        .filter(|key| *key != "doctor-disk")
        .collect()
}

#[test]
fn findings_come_and_go() {
    let school = School::open();
    let bare = config(&school, None);
    assert_eq!(
        keys(&bare, NOW),
        ["doctor-url-missing", "doctor-backup-none", "doctor-key"]
    );
    KeyRing::clone(&school.keys).save(&bare.key_file).unwrap();
    let good = config(&school, Some("http://192.168.1.20:8080"));
    std::fs::create_dir(&good.backup_dir).unwrap();
    backup::backup(&school.url, &school.keys, &good.backup_dir, NOW).unwrap();
    assert_eq!(keys(&good, NOW), [""; 0]);
    assert_eq!(keys(&good, NOW + 26 * 3_600_000), ["doctor-backup-old"]);
    assert_eq!(keys(&good, NOW - 6 * 60_000), ["doctor-clock-behind"]);
    let years = 400 * 86_400_000;
    assert_eq!(
        keys(&good, NOW + years),
        ["doctor-backup-old", "doctor-no-term"]
    );
    assert!(keys(&good, 0).contains(&"doctor-clock"));
    let loopback = config(&school, Some("http://localhost:8080"));
    assert_eq!(keys(&loopback, NOW), ["doctor-url-loopback"]);
    school
        .does(|tx, call| {
            let permit = call.actor.run_school()?;
            let name = starlight::actions::doctor::PRINTED_URL;
            schools::set_setting(tx, &permit, &call.school, name, "http://10.0.0.9")?;
            Ok(tx.record(call, "test", "", "")?)
        })
        .unwrap();
    assert_eq!(keys(&good, NOW), ["doctor-url-changed"]);
    assert!(NaiveDate::from_ymd_opt(2026, 11, 2) == Some(school.call().today));
}

#[cfg(unix)]
#[test]
fn a_key_that_others_may_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let school = School::open();
    let config = config(&school, Some("http://10.0.0.2"));
    KeyRing::clone(&school.keys).save(&config.key_file).unwrap();
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(&config.key_file, open).unwrap();
    assert_eq!(
        keys(&config, NOW),
        ["doctor-backup-none", "doctor-key-mode"]
    );
}
