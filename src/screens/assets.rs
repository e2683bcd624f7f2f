//! What `/static/…` serves: style sheets joined into one, scripts, sprite, pictures.

use std::borrow::Cow;
use std::sync::OnceLock;

use rust_embed::RustEmbed;

/// One file for the browser.
pub struct Asset {
    pub bytes: Cow<'static, [u8]>,
    /// Content type, charset included.
    pub kind: &'static str,
}

/// The style sheet of all pages but the families'.
pub const SHEET: &str = "starlight.css";
/// The families' own: a phone at home pays for its bytes, so it gets no rule of staff or screens.
pub const FAMILY_SHEET: &str = "family.css";
/// What is in it.
const OF_FAMILIES: [&str; 7] = [
    "css/tokens.css",
    "css/base.css",
    "css/child.css",
    "css/corrections.css",
    "css/family.css",
    "css/letter.css",
    "css/print.css",
];

/// The style sheet of a template.
pub fn sheet_of(template: &str) -> &'static str {
    if template.starts_with("family/") {
        FAMILY_SHEET
    } else {
        SHEET
    }
}

/// The file at `path` below `/static/`; `None` for anything that is not ours.
pub fn find(path: &str) -> Option<Asset> {
    let joined = match path {
        SHEET => Some(style_sheet()),
        FAMILY_SHEET => Some(family_sheet()),
        _ => None,
    };
    if let Some(joined) = joined {
        return Some(Asset {
            bytes: Cow::Borrowed(joined.as_bytes()),
            kind: "text/css; charset=utf-8",
        });
    }
    let kind = kind(path)?;
    let file = Static::get(path)?;
    Some(Asset {
        bytes: file.data,
        kind,
    })
}

/// Changes whenever a file changes; part of every asset's address, which may then be kept for a year.
pub fn version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let sum = names()
            .iter()
            .filter_map(|name| Static::get(name))
            .flat_map(|file| file.metadata.sha256_hash())
            .fold(0u64, |sum, byte| {
                sum.wrapping_mul(1_099_511_628_211) ^ u64::from(byte)
            });
        format!("{sum:016x}")
    })
}

/// All style sheets as one: tokens, base, the areas by name, print last.
pub fn style_sheet() -> &'static str {
    static SHEET: OnceLock<String> = OnceLock::new();
    SHEET.get_or_init(|| join(|_| true))
}

fn family_sheet() -> &'static str {
    static SHEET: OnceLock<String> = OnceLock::new();
    SHEET.get_or_init(|| join(|name| OF_FAMILIES.contains(&name)))
}

fn join(wanted: impl Fn(&str) -> bool) -> String {
    let mut sheets: Vec<String> = names()
        .into_iter()
        .filter(|name| name.starts_with("css/") && wanted(name))
        .collect();
    sheets.sort_by_key(|name| (place(name), name.clone()));
    sheets
        .iter()
        .filter_map(|name| Static::get(name))
        .map(|file| String::from_utf8_lossy(&file.data).into_owned())
        .collect()
}

#[derive(RustEmbed)]
#[folder = "static/"]
struct Static;

fn names() -> Vec<String> {
    let mut names: Vec<String> = Static::iter().map(Cow::into_owned).collect();
    names.sort();
    names
}

fn place(name: &str) -> u8 {
    match name {
        "css/tokens.css" => 0,
        "css/base.css" => 1,
        "css/print.css" => 3,
        _ => 2,
    }
}

fn kind(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1 {
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        "css" => Some("text/css; charset=utf-8"),
        "png" => Some("image/png"),
        "webmanifest" => Some("application/manifest+json"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_families_sheet_holds_what_it_names_and_little_else() {
        let (all, own) = (style_sheet(), family_sheet());
        for part in OF_FAMILIES {
            let part = String::from_utf8(Static::get(part).unwrap().data.into_owned()).unwrap();
            assert!(all.contains(&part) && own.contains(&part));
        }
        assert!(own.len() * 2 < all.len(), "{} of {}", own.len(), all.len());
        assert_eq!(sheet_of("family/card.html"), FAMILY_SHEET);
        assert_eq!(sheet_of("teacher/links.html"), SHEET);
        assert!(find(FAMILY_SHEET).is_some_and(|asset| asset.bytes.len() == own.len()));
    }
}
