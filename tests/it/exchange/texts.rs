//! Every message an import can give exists in both languages with the same placeables.

use std::collections::{BTreeMap, BTreeSet};

/// Placeables by key.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = format!(
        "{}/locales/{language}/exchange.ftl",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| line.starts_with("import-"));
    lines
        .map(|line| {
            let (key, value) = line.split_once(" = ").unwrap();
            let placeables = value
                .split("{ $")
                .skip(1)
                .map(|rest| rest.split(' ').next().unwrap().to_owned());
            (key.to_owned(), placeables.collect())
        })
        .collect()
}

/// Keys between quotes in the sources of the room.
fn used(folder: &std::path::Path, keys: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            used(&path, keys);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        keys.extend(
            text.split('"')
                .filter(|part| part.starts_with("import-"))
                .map(str::to_owned),
        );
    }
}

#[test]
fn both_languages_say_everything() {
    let (chinese, english) = (messages("zh-CN"), messages("en"));
    assert_eq!(chinese, english);
    let mut keys = BTreeSet::new();
    // What the room says, and what the actions and commands around it say of a whole import.
    for room in ["src/exchange", "src/actions", "src/cli"] {
        used(
            &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(room),
            &mut keys,
        );
    }
    let known: BTreeSet<String> = chinese.into_keys().collect();
    assert_eq!(keys, known);
}
