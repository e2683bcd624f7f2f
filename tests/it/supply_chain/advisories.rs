//! The RustSec database against the lock file (S-108). The database lies beside the repository as
//! `../shared/advisory-db.tar.gz`, or where `STARLIGHT_ADVISORY_DB` says (archive or folder).
//! Where there is none, the test says so and passes; with `CI` set it fails.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use semver::{Version, VersionReq};
use serde::Deserialize;

use super::{Package, locked, root};

/// An advisory we live with, until the day named: after that the test fails again.
struct Accepted {
    id: &'static str,
    until: (i64, i64, i64),
    why: &'static str,
}

const ACCEPTED: [Accepted; 0] = [];

#[derive(Debug, Deserialize)]
struct Document {
    advisory: Advisory,
    #[serde(default)]
    versions: Ranges,
}

#[derive(Debug, Deserialize)]
struct Advisory {
    id: String,
    package: String,
    informational: Option<String>,
    withdrawn: Option<toml::Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Ranges {
    patched: Vec<String>,
    unaffected: Vec<String>,
}

impl Document {
    /// Reads the TOML between the fences at the head of an advisory.
    fn parse(text: &str) -> Option<Self> {
        let head = text.split_once("```toml")?.1.split_once("```")?.0;
        toml::from_str(head).ok()
    }

    fn concerns(&self, package: &Package) -> bool {
        let notice = self.advisory.informational.as_deref() == Some("notice");
        self.advisory.withdrawn.is_none()
            && !notice
            && self.advisory.package == package.name
            && !self.is_safe(&package.version)
    }

    fn is_safe(&self, version: &Version) -> bool {
        let ranges = self
            .versions
            .patched
            .iter()
            .chain(&self.versions.unaffected);
        ranges.into_iter().any(|range| matches(range, version))
    }
}

/// A range that cannot be read protects nothing.
fn matches(range: &str, version: &Version) -> bool {
    VersionReq::parse(range).is_ok_and(|range| range.matches(version))
}

fn is_accepted(id: &str, today: i64) -> bool {
    ACCEPTED.iter().any(|accepted| {
        accepted.id == id && !accepted.why.is_empty() && today <= day(accepted.until)
    })
}

/// Days since 1970-01-01 of a date of the Gregorian calendar.
fn day((year, month, day): (i64, i64, i64)) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year
        - 719_468
}

fn today() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs() / 86_400).unwrap()
}

/// The database's folder, unpacked where needed.
fn database() -> Option<PathBuf> {
    let beside = || root().join("../shared/advisory-db.tar.gz");
    let place = std::env::var_os("STARLIGHT_ADVISORY_DB").map_or_else(beside, PathBuf::from);
    if place.is_dir() || !place.exists() {
        return place.is_dir().then_some(place);
    }
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("advisory-db");
    std::fs::create_dir_all(&target).unwrap();
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(&place).arg("-C").arg(&target);
    assert!(
        tar.status().unwrap().success(),
        "tar could not unpack {}",
        place.display()
    );
    Some(target)
}

fn documents(folder: &Path) -> Vec<Document> {
    let mut found = Vec::new();
    for package in std::fs::read_dir(folder.join("crates")).unwrap().flatten() {
        for file in std::fs::read_dir(package.path()).unwrap().flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let document = Document::parse(&text);
            found.push(document.unwrap_or_else(|| panic!("{}", file.path().display())));
        }
    }
    found
}

#[test]
fn no_known_hole_is_in_the_lock_file() {
    let Some(folder) = database() else {
        assert!(
            std::env::var_os("CI").is_none(),
            "CI needs the advisory database"
        );
        eprintln!("no advisory database beside the repository: nothing checked");
        return;
    };
    let documents = documents(&folder);
    assert!(
        documents.len() > 1_000,
        "only {} advisories",
        documents.len()
    );
    let (packages, today) = (locked(), today());
    let hit = |document: &Document| {
        let package = packages.iter().find(|package| document.concerns(package))?;
        let Advisory {
            id, informational, ..
        } = &document.advisory;
        let kind = informational.as_deref().unwrap_or("vulnerable");
        (!is_accepted(id, today))
            .then(|| format!("{id} {} {} {kind}", package.name, package.version))
    };
    let hits: Vec<String> = documents.iter().filter_map(hit).collect();
    assert!(hits.is_empty(), "{hits:#?}");
}

#[test]
fn ranges_decide_who_is_concerned() {
    let check = |versions: &str, extra: &str, version: &str, concerned: bool| {
        let text = format!(
            "```toml\n[advisory]\nid = \"X\"\npackage = \"p\"\n{extra}\n[versions]\n{versions}\n```\n# Title"
        );
        let package = Package {
            name: "p".into(),
            version: version.parse().unwrap(),
            source: None,
        };
        let document = Document::parse(&text).unwrap();
        assert_eq!(
            document.concerns(&package),
            concerned,
            "{versions} {version}"
        );
    };
    let patched = "patched = [\">= 1.2.3, < 2.0.0\", \">= 2.1.0\"]";
    check(patched, "", "1.2.2", true);
    check(patched, "", "1.2.3", false);
    check(patched, "", "2.0.5", true);
    check(patched, "", "2.1.0", false);
    check("patched = [\"^0.8.1\", \">=0.9\"]", "", "0.8.0", true);
    check("patched = [\"^0.8.1\", \">=0.9\"]", "", "0.8.7", false);
    check(
        "patched = []\nunaffected = [\"< 1.0.0\"]",
        "",
        "0.9.0",
        false,
    );
    check(
        "patched = []\nunaffected = [\"< 1.0.0\"]",
        "",
        "1.0.0",
        true,
    );
    check("patched = []", "", "9.0.0", true);
    check(
        "patched = []",
        "informational = \"unmaintained\"",
        "9.0.0",
        true,
    );
    check("patched = []", "informational = \"notice\"", "9.0.0", false);
    check("patched = []", "withdrawn = \"2024-01-01\"", "9.0.0", false);
    check("patched = [\"nonsense\"]", "", "9.0.0", true);
}

#[test]
fn days_are_counted_as_on_a_calendar() {
    for (date, expected) in [
        ((1970, 1, 1), 0),
        ((2000, 2, 29), 11_016),
        ((2000, 3, 1), 11_017),
        ((2026, 11, 23), 20_780),
    ] {
        assert_eq!(day(date), expected, "{date:?}");
    }
}
