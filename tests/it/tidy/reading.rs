//! Reads sources as the tidy test looks at them: without comments, without tests, function by function.

use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FUNCTION: usize = 60;

pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// The lines before the tests, comments taken away.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let before_tests = self
            .text
            .lines()
            .enumerate()
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]");
        before_tests.map(|(n, line)| (n + 1, without_comment(line)))
    }

    /// Tests and sample pages beside the code: people and words of an example, no part of the program.
    pub fn is_example(&self) -> bool {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.ends_with("tests.rs") || name.contains("samples")
    }

    pub fn is_in(&self, rooms: &[&str]) -> bool {
        rooms.iter().any(|room| self.path.starts_with(room))
    }
}

pub fn sources(folders: &[&str], kinds: &[&str]) -> Vec<Source> {
    let wanted = |path: &PathBuf| {
        path.extension()
            .and_then(|e| e.to_str())
            .is_some_and(|e| kinds.contains(&e))
    };
    let read = |path: PathBuf| Source {
        path: relative(&path),
        // Some fixtures are in other encodings on purpose.
        text: String::from_utf8_lossy(
            &fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
        )
        .into_owned(),
    };
    files(folders)
        .into_iter()
        .filter(wanted)
        .map(read)
        .collect()
}

/// All files below the folders, sorted; folders that are not there (yet) hold none.
pub fn files(folders: &[&str]) -> Vec<PathBuf> {
    let mut waiting: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match path.is_dir() {
                true if path.ends_with("node_modules") => {}
                true => waiting.push(path),
                false => found.push(path),
            }
        }
    }
    found.sort();
    found
}

pub fn relative(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Functions as rustfmt lays them out: from the line with `fn` to the brace at the same indent.
pub fn long_functions(source: &Source) -> Vec<String> {
    let lines: Vec<(usize, &str)> = source.code().collect();
    let starts = lines
        .iter()
        .enumerate()
        .filter_map(|(at, (_, line))| Some((at, line, function_name(line)?)));
    let long = starts.filter(|(at, line, _)| {
        let indent: String = line.chars().take_while(|c| *c == ' ').collect();
        let end = lines
            .iter()
            .skip(*at)
            .position(|(_, line)| *line == format!("{indent}}}"));
        !line.trim_end().ends_with([';', '}'])
            && end.is_some_and(|length| length + 1 > LONGEST_FUNCTION)
    });
    long.map(|(_, _, name)| format!("{} fn {name}", source.path))
        .collect()
}

fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let words = [
        "pub",
        "const",
        "async",
        "pub(crate)",
        "pub(super)",
        "unsafe",
        "extern",
    ];
    before
        .split_whitespace()
        .all(|word| words.contains(&word))
        .then(|| after.split(['(', '<']).next().unwrap_or_default())
}

fn without_comment(line: &str) -> &str {
    // Good enough for formatted code: an address in a string has no space before its slashes.
    let start = if line.trim_start().starts_with("//") {
        Some(0)
    } else {
        line.find(" // ")
    };
    start.map_or(line, |at| line.split_at(at).0)
}

/// Takes comments of templates, pages, scripts and styles away.
pub fn without_blocks(text: &str) -> String {
    let mut rest = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    for (open, close) in [("{#", "#}"), ("<!--", "-->"), ("/*", "*/")] {
        while let Some((before, after)) = rest.split_once(open) {
            rest = format!(
                "{before}{}",
                after.split_once(close).map_or("", |(_, after)| after)
            );
        }
    }
    rest.lines()
        .map(without_comment)
        .collect::<Vec<_>>()
        .join("\n")
}

pub fn has_word(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, found)| {
        let (before, after) = (line.split_at(at).0, line.split_at(at + found.len()).1);
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

fn has_word_first(rest: &str, word: &str) -> bool {
    rest.trim_start()
        .strip_prefix(word)
        .is_some_and(|after| !after.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
}

pub fn is_hanzi(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether a template pipes anything through `safe`.
pub fn printed_safe(text: &str) -> bool {
    text.split('|')
        .skip(1)
        .any(|rest| has_word_first(rest, "safe"))
}

#[test]
fn the_helpers_see_what_they_should() {
    assert!(has_word("use tera::Tera;", "tera") && !has_word("let iterator = literal;", "tera"));
    assert_eq!(without_comment("    let a = 1; // 一"), "    let a = 1;");
    assert!(
        !without_blocks("<p>{# 注 #}</p><!-- 注 -->")
            .chars()
            .any(is_hanzi)
    );
    assert_eq!(
        function_name("    pub(crate) async fn name<T>(x: T) {"),
        Some("name")
    );
    assert_eq!(function_name("let f = |x: fn (u8)| x;"), None);
    assert!(has_word_first(" safe }}", "safe") && !has_word_first(" safely", "safe"));
}
