//! Keeps the house in order: openings, lengths, rooms, texts. Reads the sources as text; every list of
//! exceptions here may only shrink, and an exception that is no longer needed fails as well.

mod reading;

use reading::{
    Source, files, has_word, is_hanzi, long_functions, printed_safe, relative, root, sources,
    without_blocks,
};
use std::collections::BTreeSet;

/// Files longer than 400 lines, with the length they may have at most and why they are not two files.
const LONG_FILES: &[(&str, usize, &str)] = &[];
/// Functions longer than 60 lines, as `path fn name`.
const LONG_FUNCTIONS: &[&str] = &[
    "src/actions/submit_sheet.rs fn submit_sheet",
    "src/cli/demo/rounds.rs fn everything",
    "src/cli/demo/rounds.rs fn one",
    "src/cli/demo/sheet.rs fn doors",
];
/// Templates that may print something unescaped, with what it is.
const UNESCAPED: &[&str] = &[];
/// Files outside the rooms below that hold Chinese text, which belongs into `locales/`.
const HANZI: &[&str] = &[
    // The word of the rubric that the explanation names.
    "src/cli/score_explain.rs",
    // Names of stars and classes are taken apart and put together here.
    "src/domain/badges/rules.rs",
    "src/domain/class_name.rs",
    "src/web/sight.rs",
    // The words of a school's roster.
    "src/domain/enrolment.rs",
    // Tables of surnames, syllables and passwords that everybody knows.
    "src/domain/name_pinyin.rs",
    "src/keys/password_policy.rs",
    "src/screens/pinyin.rs",
];
/// Rooms whose very matter is Chinese text: the demo's people, the names of columns, the built-in rubric.
const HANZI_ROOMS: &[&str] = &["src/cli/demo/", "src/exchange/", "src/domain/rubric/"];

/// A word that belongs to one room only.
const ROOMS: &[(&str, &str)] = &[
    ("diesel", "src/storage"),
    ("diesel_migrations", "src/storage"),
    ("actix_web", "src/web"),
    ("actix_multipart", "src/web"),
    ("tera", "src/screens"),
    ("Tera", "src/screens"),
];
/// What the pure rooms must not touch.
const IMPURE: &[&str] = &[
    "Utc::now",
    "Local::now",
    "SystemTime::now",
    "Instant::now",
    "std::fs",
    "std::env",
    "std::net",
    "Uuid::now_v7",
    "Uuid::new_v4",
];
const PURE_ROOMS: &[&str] = &["src/domain/", "src/screens/", "src/exchange/"];

const LONGEST_FILE: usize = 400;

#[test]
fn every_source_says_what_it_is_for() {
    let silent = sources(&["src", "tests/it"], &["rs"])
        .into_iter()
        .filter(|s| !s.text.starts_with("//!"));
    assert_none("opens without //!", silent.map(|s| s.path));
}

#[test]
fn files_stay_short() {
    let all = sources(&["src", "tests/it"], &["rs"]);
    let long = all
        .iter()
        .map(|s| (s.path.as_str(), s.text.lines().count()))
        .filter(|(_, n)| *n > LONGEST_FILE);
    let (listed, new): (Vec<_>, Vec<_>) =
        long.partition(|(path, _)| LONG_FILES.iter().any(|(known, ..)| known == path));
    assert_none(
        "longer than 400 lines",
        new.iter().map(|(path, n)| format!("{path}: {n}")),
    );
    let limit = |path: &str| {
        LONG_FILES
            .iter()
            .find(|(known, ..)| *known == path)
            .map_or(0, |(_, n, _)| *n)
    };
    assert_none(
        "grew",
        listed
            .iter()
            .filter(|(path, n)| *n > limit(path))
            .map(|(path, n)| format!("{path}: {n}")),
    );
    let still: BTreeSet<&str> = listed.iter().map(|(path, _)| *path).collect();
    assert_none(
        "no longer long, take it off LONG_FILES",
        LONG_FILES
            .iter()
            .map(|(p, ..)| *p)
            .filter(|p| !still.contains(p)),
    );
}

#[test]
fn functions_stay_short() {
    let long = sources(&["src"], &["rs"])
        .iter()
        .filter(|s| !s.is_example())
        .flat_map(long_functions)
        .collect::<BTreeSet<String>>();
    assert_ratchet("longer than 60 lines", &long, LONG_FUNCTIONS);
}

#[test]
fn every_crate_stays_in_its_room() {
    let mut strays = Vec::new();
    for source in sources(&["src"], &["rs"]) {
        for (word, room) in ROOMS {
            // A room is a folder or one file of that name.
            if source.is_in(&[&format!("{room}/"), &format!("{room}.rs")]) {
                continue;
            }
            let lines = source.code().filter(|(_, line)| has_word(line, word));
            strays.extend(
                lines.map(|(n, _)| format!("{}:{n}: {word} belongs to {room}", source.path)),
            );
        }
    }
    assert_none("outside its room", strays);
}

#[test]
fn the_pure_rooms_have_no_clock_no_files_and_no_dice() {
    let pure = sources(&["src"], &["rs"])
        .into_iter()
        .filter(|s| s.is_in(PURE_ROOMS) && !s.is_example());
    let found = pure.flat_map(|s| {
        let lines = s
            .code()
            .filter(|(_, line)| IMPURE.iter().any(|word| line.contains(word)));
        lines
            .map(|(n, line)| format!("{}:{n}: {}", s.path, line.trim()))
            .collect::<Vec<_>>()
    });
    assert_none("impure", found);
}

#[test]
fn nothing_is_printed_unescaped() {
    let templates = sources(&["templates"], &["html", "xml", "svg"]);
    let safe = |s: &&Source| printed_safe(&s.text) || s.text.contains("autoescape");
    let unescaped: BTreeSet<String> = templates
        .iter()
        .filter(safe)
        .map(|s| s.path.clone())
        .collect();
    assert_ratchet("prints something unescaped", &unescaped, UNESCAPED);
    let one_off = sources(&["src"], &["rs"])
        .into_iter()
        .filter(|s| s.code().any(|(_, line)| has_word(line, "one_off")));
    assert_none("Tera::one_off", one_off.map(|s| s.path));
    let strange = files(&["templates"])
        .into_iter()
        .filter(|p| p.extension().is_none_or(|e| e != "html"));
    assert_none(
        "templates that Tera does not escape by their name",
        strange.map(|p| relative(&p)),
    );
}

#[test]
fn texts_live_in_locales() {
    let code = sources(&["src"], &["rs"])
        .into_iter()
        .filter(|s| !s.is_in(HANZI_ROOMS) && !s.is_example());
    let with_text = code
        .filter(|s| s.code().any(|(_, line)| line.chars().any(is_hanzi)))
        .map(|s| s.path);
    let pages = sources(&["templates", "static"], &["html", "js", "css"]).into_iter();
    let pages = pages
        .filter(|s| without_blocks(&s.text).chars().any(is_hanzi))
        .map(|s| s.path);
    assert_ratchet(
        "holds Chinese text",
        &with_text.chain(pages).collect(),
        HANZI,
    );
}

#[test]
fn pages_ask_nobody_outside() {
    let mut outside = Vec::new();
    for source in sources(&["templates", "static"], &["html", "js", "css", "svg"]) {
        // A namespace is a name, not an address.
        let text = source.text.replace("http://www.w3.org/", "");
        let addresses = ["http://", "https://", "=\"//", "='//", "url(//"];
        outside.extend(
            addresses
                .iter()
                .filter(|a| text.contains(*a))
                .map(|a| format!("{}: {a}", source.path)),
        );
    }
    assert_none("another origin", outside);
}

#[test]
fn no_path_of_a_machine() {
    let mut places = vec![
        concat!("/ho", "me/").to_owned(),
        concat!("/Use", "rs/").to_owned(),
        concat!("C:\\Use", "rs").to_owned(),
    ];
    let parent = root()
        .parent()
        .map(|p| format!("{}/", p.display()))
        .unwrap_or_default();
    let home = std::env::var("HOME")
        .map(|home| format!("{home}/"))
        .unwrap_or_default();
    places.extend(
        [parent, home]
            .into_iter()
            .filter(|place| place.len() > 3 && place != "/tmp/"),
    );
    let kinds = [
        "rs", "toml", "sh", "mjs", "js", "html", "css", "json", "md", "sql", "ftl", "csv",
    ];
    let all = sources(
        &[
            "src",
            "tests",
            "templates",
            "static",
            "locales",
            "docs",
            "bench",
            "migrations",
            "fixtures",
            ".ci",
        ],
        &kinds,
    );
    let own = all.iter().filter(|s| !s.path.ends_with("tidy.rs"));
    assert_none(
        "names a place on one machine",
        own.filter(|s| places.iter().any(|p| s.text.contains(p)))
            .map(|s| s.path.clone()),
    );
}

fn assert_none<T: std::fmt::Display>(what: &str, found: impl IntoIterator<Item = T>) {
    let found: Vec<String> = found.into_iter().map(|one| one.to_string()).collect();
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

/// New ones fail, and so do listed ones that are gone.
fn assert_ratchet(what: &str, found: &BTreeSet<String>, known: &[&str]) {
    assert_none(
        what,
        found.iter().filter(|one| !known.contains(&one.as_str())),
    );
    assert_none(
        "no longer needed, take it off its list",
        known.iter().filter(|one| !found.contains(**one)),
    );
}
