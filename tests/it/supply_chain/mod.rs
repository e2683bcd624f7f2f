//! What we build on (S-108, S-109, S-110): version floors, the RustSec database and licences, all
//! over `Cargo.lock`. `STARLIGHT_LOCK` names another lock file to look at.

mod advisories;
mod floors;
mod licences;

use std::path::{Path, PathBuf};

use semver::Version;
use serde::Deserialize;

/// One package of a lock file.
#[derive(Debug, Clone, Deserialize)]
pub struct Package {
    pub name: String,
    pub version: Version,
    pub source: Option<String>,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn lock_path() -> PathBuf {
    std::env::var_os("STARLIGHT_LOCK").map_or_else(|| root().join("Cargo.lock"), PathBuf::from)
}

/// The packages of a lock file's text, our own left out.
pub fn packages(text: &str) -> Vec<Package> {
    let lock: Lock = toml::from_str(text).unwrap();
    let foreign = |package: &Package| package.name != "starlight";
    lock.package.into_iter().filter(foreign).collect()
}

/// The packages that this build is made of.
pub fn locked() -> Vec<Package> {
    let found = packages(&std::fs::read_to_string(lock_path()).unwrap());
    assert!(found.len() > 20, "{} packages in Cargo.lock", found.len());
    found
}

#[test]
fn every_package_comes_from_the_registry() {
    let registry = "registry+https://github.com/rust-lang/crates.io-index";
    for package in locked() {
        assert_eq!(
            package.source.as_deref(),
            Some(registry),
            "{}",
            package.name
        );
    }
}
