//! The version floors of the security rules, section 8. Advisory databases miss real holes, so
//! these stand beside them. A crate that is not in the lock file has no floor to keep.

use semver::VersionReq;

use super::{Package, locked, packages};

/// Each version of the crate in the lock must meet one of the ranges.
const FLOORS: [(&str, &str); 25] = [
    ("actix-files", ">=0.7.3"),
    ("actix-http", ">=3.18.11"),
    ("actix-multipart", ">=0.8.2"),
    ("actix-web", ">=4.18.0"),
    ("ammonia", ">=4.1.4"),
    ("bytes", ">=1.11.1"),
    ("calamine", ">=0.38.0"),
    ("diesel", ">=2.3.10"),
    ("diesel-async", ">=0.9.0"),
    ("jsonwebtoken", ">=10.3.0"),
    ("libsqlite3-sys", ">=0.38.0"),
    ("lru", ">=0.18.2"),
    ("postgres-protocol", ">=0.6.12"),
    ("quick-xml", ">=0.41.0"),
    ("rand", ">=0.10.1 | >=0.9.3,<0.10.0 | >=0.8.6,<0.9.0"),
    ("ring", ">=0.17.12"),
    ("rust_xlsxwriter", ">=0.102.0"),
    ("rustls", ">=0.23.18"),
    ("tera", ">=2.0.0 | >=1.20.1,<2.0.0"),
    ("time", ">=0.3.47"),
    ("tokio", ">=1.44.2"),
    ("tokio-postgres", ">=0.7.18"),
    ("tracing-subscriber", ">=0.3.20"),
    ("tungstenite", ">=0.20.1"),
    ("zip", ">=2.3.0"),
];

/// Crates that must not be there: open holes, no maintainer, wrong licence, typosquats.
const BANNED: [&str; 13] = [
    "actix-governor",
    "bincode",
    "dotenv",
    "fxhash",
    "h2",
    "instant",
    "openssl-src-111",
    "postgresderive",
    "postgress",
    "rsa",
    "rustc-serialize",
    "serde_yaml",
    "yaml-rust",
];

fn below_floor(package: &Package) -> Option<String> {
    let Package { name, version, .. } = package;
    if BANNED.contains(&name.as_str()) {
        return Some(format!("{name} {version} must not be used"));
    }
    let (_, ranges) = FLOORS.iter().find(|(floor, _)| floor == name)?;
    let meets = |range: &str| VersionReq::parse(range).unwrap().matches(version);
    (!ranges.split('|').any(meets)).then(|| format!("{name} {version} is not {ranges}"))
}

#[test]
fn every_crate_is_above_its_floor() {
    let wrong: Vec<String> = locked().iter().filter_map(below_floor).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn old_and_banned_crates_are_noticed() {
    let check = |name: &str, version: &str, fine: bool| {
        let text = format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n");
        let found = packages(&text);
        assert_eq!(below_floor(&found[0]).is_none(), fine, "{name} {version}");
    };
    check("rand", "0.8.5", false);
    check("rand", "0.8.6", true);
    check("rand", "0.9.2", false);
    check("rand", "0.10.0", false);
    check("actix-http", "3.18.10", false);
    check("actix-http", "3.20.0", true);
    check("tera", "1.20.0", false);
    check("time", "0.3.46", false);
    check("h2", "99.0.0", false);
    check("serde", "1.0.0", true);
}
