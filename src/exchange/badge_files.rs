//! Puts a signed badge into its picture ("baking") and takes it out again, for Open Badges 2.0 and 3.0, PNG and SVG.

use flate2::Crc;

const PNG: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

/// Where a version puts its text.
struct Marks {
    /// Keyword of the PNG's piece.
    keyword: &'static str,
    /// Namespace and element of the SVG.
    space: &'static str,
    element: &'static str,
}

const V2: Marks = Marks {
    keyword: "openbadges",
    space: "http://openbadges.org",
    element: "openbadges:assertion",
};
const V3: Marks = Marks {
    keyword: "openbadgecredential",
    space: "https://purl.imsglobal.org/ob/v3p0",
    element: "openbadges:credential",
};

fn marks(version: u8) -> &'static Marks {
    match version {
        2 => &V2,
        _ => &V3,
    }
}

/// The PNG with the text in it, in a piece of its own before the end; `None` where it is no PNG.
#[must_use]
pub fn bake_png(picture: &[u8], version: u8, text: &str) -> Option<Vec<u8>> {
    let end = pieces(picture)?
        .find(|piece| piece.kind == *b"IEND")?
        .starts;
    let mut said = marks(version).keyword.as_bytes().to_vec();
    // Not squeezed, no language, no translated keyword.
    said.extend([0; 5]);
    said.extend(text.as_bytes());
    let mut piece = u32::try_from(said.len()).ok()?.to_be_bytes().to_vec();
    piece.extend(b"iTXt");
    piece.extend(&said);
    let mut sum = Crc::new();
    sum.update(b"iTXt");
    sum.update(&said);
    piece.extend(sum.sum().to_be_bytes());
    let (before, after) = picture.split_at_checked(end)?;
    Some([before, piece.as_slice(), after].concat())
}

struct Piece<'a> {
    starts: usize,
    kind: [u8; 4],
    body: &'a [u8],
}

/// The pieces of a PNG, until one is broken.
fn pieces(png: &[u8]) -> Option<impl Iterator<Item = Piece<'_>>> {
    let mut rest = png.strip_prefix(&PNG)?;
    let mut starts = PNG.len();
    Some(std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (body, after) = after.split_at_checked(length)?;
        let piece = Piece {
            starts,
            kind: *kind,
            body,
        };
        starts += length + 12;
        rest = after.get(4..)?;
        Some(piece)
    }))
}

/// A picture of the sprite as a file of its own with the text in it; `None` where the sprite has none of this name.
#[must_use]
pub fn bake_svg(sprite: &str, name: &str, version: u8, text: &str) -> Option<String> {
    let opening = format!("<symbol id=\"b-{name}\" viewBox=\"");
    let (_, symbol) = sprite.split_once(&opening)?;
    let (view, symbol) = symbol.split_once("\">")?;
    let (drawing, _) = symbol.split_once("</symbol>")?;
    let Marks { space, element, .. } = marks(version);
    // A compact JWS has no letter that XML would read otherwise.
    Some(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
         xmlns:openbadges=\"{space}\" viewBox=\"{view}\" width=\"240\" height=\"240\">\
         <{element} verify=\"{text}\"></{element}>{drawing}</svg>\n"
    ))
}

/// The signed text of a file, whichever kind it is: PNG, SVG, or the bare text.
#[must_use]
pub fn extract(file: &[u8]) -> Option<String> {
    if let Some(mut pieces) = pieces(file) {
        return pieces.find_map(|piece| match &piece.kind {
            b"iTXt" => itxt(piece.body),
            _ => None,
        });
    }
    let text = std::str::from_utf8(file)
        .ok()?
        .trim_start_matches('\u{feff}')
        .trim();
    if !text.starts_with('<') {
        return Some(text.to_owned());
    }
    [V3, V2].iter().find_map(|marks| {
        let (_, tag) = text.split_once(&format!("<{} ", marks.element))?;
        let (tag, _) = tag.split_once('>')?;
        let (_, value) = tag.split_once("verify=\"")?;
        Some(value.split_once('"')?.0.to_owned())
    })
}

/// The text of one of our pieces; squeezed ones are none, the standards forbid them.
fn itxt(body: &[u8]) -> Option<String> {
    let known = [V2.keyword, V3.keyword];
    let rest = known.iter().find_map(|keyword| {
        body.strip_prefix(keyword.as_bytes())?
            .strip_prefix(&[0, 0, 0])
    })?;
    let mut parts = rest.splitn(3, |byte| *byte == 0);
    String::from_utf8(parts.nth(2)?.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::badges::pictures::OF_CHILDREN;

    const SPRITE: &str = include_str!("../../static/badges.svg");

    #[test]
    fn every_picture_of_a_child_takes_and_gives_back_its_text() {
        for name in OF_CHILDREN {
            let file = format!("{}/static/badges/{name}.png", env!("CARGO_MANIFEST_DIR"));
            let png = std::fs::read(&file).unwrap_or_else(|e| panic!("{file}: {e}"));
            for version in [2, 3] {
                let baked = bake_png(&png, version, "aa.bb.cc").unwrap();
                assert_eq!(extract(&baked).as_deref(), Some("aa.bb.cc"), "{name}");
                assert_eq!(
                    baked.len(),
                    png.len() + 12 + marks(version).keyword.len() + 5 + 8
                );
                assert!(baked.ends_with(&png[png.len() - 12..]));
                let svg = bake_svg(SPRITE, name, version, "aa.bb.cc").unwrap();
                assert_eq!(extract(svg.as_bytes()).as_deref(), Some("aa.bb.cc"));
            }
            assert_eq!(extract(&png), None, "{name}");
        }
    }

    #[test]
    fn a_bare_text_is_itself_and_rubbish_has_none() {
        assert_eq!(extract(b" aa.bb.cc\n").as_deref(), Some("aa.bb.cc"));
        assert_eq!(extract(b"<svg></svg>"), None);
        assert_eq!(extract(&PNG), None);
        assert_eq!(extract(&[0xff, 0xfe]), None);
        let torn = [PNG.as_slice(), &[0xff; 12]].concat();
        assert_eq!(extract(&torn), None);
        assert_eq!(bake_png(b"<svg/>", 3, "x"), None);
        assert_eq!(bake_svg(SPRITE, "nothing", 3, "x"), None);
    }
}
