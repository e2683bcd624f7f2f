//! Every type that a handler reads from JSON refuses unknown fields (S-23): `StrictJson<T>` in
//! `src/web` needs a `T` marked `deny_unknown_fields` there.

use std::path::{Path, PathBuf};

fn sources(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
    found
}

/// Names of `T` in every `StrictJson<T>`, without paths and the parameter of the extractor.
fn bodies(text: &str) -> Vec<String> {
    text.split("StrictJson<")
        .skip(1)
        .filter_map(|rest| rest.split(['>', '<', ':', ',']).next())
        .map(|name| name.trim().to_owned())
        .filter(|name| name != "T")
        .collect()
}

/// Whether `name` is declared with the attribute in the lines right above it.
fn is_strict(text: &str, name: &str) -> bool {
    let declared = [
        format!("struct {name} "),
        format!("struct {name}<"),
        format!("enum {name} "),
    ];
    declared.iter().any(|declaration| {
        text.split_once(declaration.as_str())
            .is_some_and(|(before, _)| {
                let attributes = before.rsplit("\n\n").next().unwrap_or("");
                attributes.contains("deny_unknown_fields")
            })
    })
}

#[test]
fn every_json_body_refuses_unknown_fields() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let texts: Vec<(PathBuf, String)> = sources(&src)
        .into_iter()
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect();
    for (path, text) in &texts {
        for name in bodies(text) {
            let strict = texts.iter().any(|(_, text)| is_strict(text, &name));
            assert!(
                strict,
                "{}: {name} needs deny_unknown_fields",
                path.display()
            );
        }
    }
}

#[test]
fn the_lint_notices_a_loose_body() {
    let text = "#[derive(Deserialize)]\nstruct Loose {\n}\n\nfn f(b: StrictJson<Loose>) {}";
    assert_eq!(bodies(text), ["Loose"]);
    assert!(!is_strict(text, "Loose"));
    let text = text.replace("struct", "#[serde(deny_unknown_fields)]\nstruct");
    assert!(is_strict(&text, "Loose"));
}
