//! Which paths reach the router at all (S-26). Anything a router, a proxy and a guard might read
//! differently is answered with 404 before routing: doubled slashes, dot segments, encoded
//! separators, parameters after `;`, a slash at the end.

/// Longest path that is looked at.
pub const MOST_BYTES: usize = 1_024;

/// Whether `path` (as sent, still percent-encoded) has one reading only.
pub fn is_plain(path: &str) -> bool {
    if path == "/" {
        return true;
    }
    let Some(inside) = path.strip_prefix('/') else {
        return false;
    };
    path.len() <= MOST_BYTES
        && path.bytes().all(is_plain_byte)
        && encodings_are_plain(path)
        && inside
            .split('/')
            .all(|segment| !segment.is_empty() && !segment.chars().all(|c| c == '.'))
}

fn is_plain_byte(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b';' | b'\\' | b'"' | b'<' | b'>' | b'`')
}

/// Every `%` starts two hexadecimal digits that stand for a byte of a letter, not for a character
/// with a meaning in paths, and together they are UTF-8.
fn encodings_are_plain(path: &str) -> bool {
    let mut decoded = Vec::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let pair = [bytes.next(), bytes.next()];
        match pair.map(|b| b.and_then(hex_value)) {
            [Some(high), Some(low)] => match high << 4 | low {
                0..=0x1f | 0x7f | b'.' | b'/' | b'\\' | b'%' | b';' | b'?' | b'#' => return false,
                value => decoded.push(value),
            },
            _ => return false,
        }
    }
    String::from_utf8(decoded).is_ok()
}

fn hex_value(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_pass() {
        for path in [
            "/",
            "/sign-in",
            "/c/101/202403017",
            "/api/v1/openapi.json",
            "/p/abcdefghijklmnopqrstuvwxyz234567",
            "/a/export/sheets.xlsx",
            "/c/%E4%B8%80%E7%8F%AD",
            "/x/a%20b",
            "/s/..a/b...c",
        ] {
            assert!(is_plain(path), "{path}");
        }
    }

    #[test]
    fn tricks_are_refused() {
        for path in [
            "",
            "*",
            "//",
            "//a",
            "/a//b",
            "/a/",
            "/a/./b",
            "/a/../b",
            "/.",
            "/..",
            "/a/...",
            "/%2e%2e/a",
            "/a/%2E%2e/b",
            "/a%2fb",
            "/a%2Fb",
            "/a%5cb",
            "/a\\b",
            "/a;x=1",
            "/a%3bx",
            "/a%00",
            "/a%0d%0a",
            "/a%",
            "/a%2",
            "/a%zz",
            "/a%252e",
            "/a%ff",
            "/a b",
            "/a%3f",
            "/a%23",
            "/é",
        ] {
            assert!(!is_plain(path), "{path}");
        }
        assert!(!is_plain(&format!("/{}", "a".repeat(MOST_BYTES))));
    }
}
