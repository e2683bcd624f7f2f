//! What the import page shows: columns, the dry run's report, what a commit did.

use crate::{
    actions::{
        import_files::{Moved, Told},
        import_teachers::FirstPassword,
    },
    exchange::{self, Message},
    screens::{
        Lang,
        office_data::{
            self, IMPORTS, Import, ImportColumn, ImportDone, ImportReport, RowChange, RowError,
        },
        say,
    },
};

/// Columns by kind; the needed ones first.
fn columns(kind: &str) -> &'static [(&'static str, bool)] {
    match kind {
        "roster" => &[
            ("student_no", true),
            ("name", true),
            ("class", true),
            ("sex", false),
            ("seat", false),
            ("pinyin", false),
            ("consent", false),
        ],
        "teachers" => &[
            ("login", true),
            ("name", true),
            ("homeroom", false),
            ("classes", false),
            ("subject", false),
        ],
        "sheets" => &[
            ("round", true),
            ("source", true),
            ("rater", true),
            ("ratee", true),
            ("indicator", true),
            ("anchor", true),
            ("seconds", false),
            ("comment", false),
        ],
        _ => &[
            ("date", true),
            ("round", true),
            ("post", true),
            ("class", true),
            ("item", true),
            ("full", true),
            ("points", true),
        ],
    }
}

/// The page before anything was uploaded.
pub fn empty(kind: &'static str, lang: Lang) -> Import {
    let column = |(key, needed): &(&'static str, bool)| ImportColumn {
        name: format!("{} · {key}", say(lang, &format!("office-col-{key}"), &[])),
        example: say(lang, &format!("office-example-{key}"), &[]),
        needed: *needed,
    };
    Import {
        kind,
        kinds: IMPORTS.to_vec(),
        columns: columns(kind).iter().map(column).collect(),
        report: None,
        done: None,
        refused: None,
    }
}

/// The page for a file that cannot be read.
pub fn refused(kind: &'static str, lang: Lang, reason: &'static str) -> Import {
    Import {
        refused: Some(reason),
        ..empty(kind, lang)
    }
}

/// The page with a dry run.
pub fn with_report(kind: &'static str, lang: Lang, report: ImportReport) -> Import {
    Import {
        report: Some(report),
        ..empty(kind, lang)
    }
}

/// The page after a commit.
pub fn done(kind: &'static str, lang: Lang, told: &Told) -> Import {
    Import {
        done: Some(ImportDone {
            new: count(told.new),
            changed: count(told.changed),
            left: count(told.left),
            passwords: told.passwords.iter().map(first_password).collect(),
        }),
        ..empty(kind, lang)
    }
}

fn first_password(first: &FirstPassword) -> office_data::FirstPassword {
    office_data::FirstPassword {
        name: first.name.clone(),
        login: first.login.clone(),
        password: first.password.clone(),
        classes: String::new(),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The dry run.
pub fn report(
    told: &Told,
    file_name: String,
    hash: String,
    kind: &str,
    lang: Lang,
) -> ImportReport {
    let bad = !told.errors.is_empty();
    ImportReport {
        file_name,
        fix_href: bad.then(|| format!("/a/import/{kind}/fix?hash={hash}")),
        hash,
        rows: count(told.rows),
        new: count(told.new),
        changed: count(told.changed),
        unchanged: count(told.unchanged),
        left: count(told.left),
        errors: told.errors.iter().map(|e| error(e, lang)).collect(),
        changes: told.moves.iter().map(change).collect(),
    }
}

fn error(error: &exchange::RowError, lang: Lang) -> RowError {
    RowError {
        line: count(error.line),
        column: error.column.to_owned(),
        value: error.value.clone(),
        message: words(lang, &error.message),
    }
}

fn change(moved: &Moved) -> RowChange {
    RowChange {
        kind: moved.kind,
        who: moved.who.clone(),
        before: moved.before.clone(),
        after: moved.after.clone(),
    }
}

/// A message of a file in the reader's language.
pub fn words(lang: Lang, message: &Message) -> String {
    let args: Vec<(&str, &str)> = message
        .args
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    say(lang, message.key, &args)
}
