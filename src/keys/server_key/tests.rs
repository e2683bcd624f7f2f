//! Tests of the server key: what is refused, what is kept, what a rotation leaves readable.

use super::*;

const HEX: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

fn fresh_dir(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!(
        "starlight-{name}-{}",
        mac::hex(&random::bytes::<8>().unwrap())
    ));
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

#[test]
fn weak_secrets_are_refused_with_a_reason() {
    let check = |text: &str, reason: &str| {
        let said = KeyRing::from_text(text, None).unwrap_err().to_string();
        assert!(said.contains(reason), "{text:?}: {said}");
        assert!(text.is_empty() || !said.contains(text) || text == "secret");
    };
    check("secret", "well-known");
    check("changeme", "well-known");
    check("ChangeMe\n", "well-known");
    check("", "at least 32");
    check(
        "correct horse battery staple, and some more words",
        "at least 32",
    );
    check(HEX.split_at(62).0, "31 bytes");
    check(&"00".repeat(32), "random");
    check("c2hvcnQ=", "5 bytes");
}

#[test]
fn hexadecimal_and_base64_give_the_same_ring() {
    let bytes = mac::unhex(HEX).unwrap();
    let hex = KeyRing::from_text(HEX, None).unwrap();
    for text in [STANDARD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)] {
        let ring = KeyRing::from_text(&text, None).unwrap();
        assert_eq!(ring.current(Purpose::Pin), hex.current(Purpose::Pin));
    }
}

#[test]
fn purposes_do_not_share_a_key() {
    let ring = KeyRing::from_text(HEX, None).unwrap();
    let purposes = [
        Purpose::Pin,
        Purpose::FamilyLink,
        Purpose::Audit,
        Purpose::Jwt,
        Purpose::Screens,
        Purpose::Csrf,
        Purpose::RecoveryCodes,
    ];
    let keys: std::collections::BTreeSet<Vec<u8>> = purposes
        .iter()
        .map(|&p| ring.current(p).bytes().to_vec())
        .collect();
    assert_eq!(keys.len(), purposes.len());
    assert!(
        purposes
            .iter()
            .all(|&p| ring.current(p).id == ring.current(Purpose::Pin).id)
    );
}

#[test]
fn first_start_makes_a_private_file_and_later_starts_read_it() {
    let dir = fresh_dir("key");
    let path = dir.join("server.key");
    let first = KeyRing::open_or_create(&path).unwrap();
    let second = KeyRing::open_or_create(&path).unwrap();
    assert_eq!(first.current(Purpose::Jwt), second.current(Purpose::Jwt));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        let said = KeyRing::open_or_create(&path).unwrap_err().to_string();
        assert!(said.contains("0600"), "{said}");
    }
    std::fs::remove_dir_all(dir).unwrap();
}

#[test]
fn a_rotation_keeps_the_old_key_until_it_is_dropped() {
    let dir = fresh_dir("rotate");
    let path = dir.join("server.key");
    let old = KeyRing::open_or_create(&path).unwrap();
    old.rotated().unwrap().save(&path).unwrap();
    let new = KeyRing::open_or_create(&path).unwrap();
    assert_ne!(old.current(Purpose::Pin), new.current(Purpose::Pin));
    assert_eq!(Some(old.current(Purpose::Pin)), new.previous(Purpose::Pin));
    let id = old.current(Purpose::Pin).id;
    assert!(new.named(Purpose::Pin, &id).is_some());
    assert!(new.without_previous().named(Purpose::Pin, &id).is_none());
    std::fs::remove_dir_all(dir).unwrap();
}

#[test]
fn debug_output_shows_no_key() {
    let ring = KeyRing::from_text(HEX, None).unwrap();
    let shown = format!("{ring:?} {:?}", ring.current(Purpose::Pin));
    assert!(shown.contains("hidden"));
    assert!(!shown.contains(&mac::hex(ring.current(Purpose::Pin).bytes())));
}
