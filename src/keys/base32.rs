//! Base32 (RFC 4648) without padding: upper case for authenticator secrets, lower case for tokens
//! in addresses, where it survives being read aloud, typed and case-folded.

const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Lower-case base32 without padding; 20 bytes become 32 letters.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for chunk in bytes.chunks(5) {
        let mut block = 0_u64;
        for byte in chunk {
            block = block << 8 | u64::from(*byte);
        }
        block <<= 8 * (5 - chunk.len());
        let letters = (chunk.len() * 8).div_ceil(5);
        out.extend((0..letters).map(|place| letter(block >> (35 - 5 * place))));
    }
    out
}

/// Reads either case, skipping spaces and hyphens; `None` for a foreign letter.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() * 5 / 8);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for c in text.chars().filter(|c| !matches!(c, ' ' | '-')) {
        let small = c.to_ascii_lowercase();
        let value = ALPHABET.iter().position(|&a| char::from(a) == small)?;
        bits = (bits << 5 | u32::try_from(value).ok()?) & 0xFFFF;
        held += 5;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xFF).ok()?);
        }
    }
    Some(out)
}

fn letter(block: u64) -> char {
    let index = usize::try_from(block & 31).unwrap_or(0);
    ALPHABET.get(index).copied().map_or('a', char::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn matches_rfc_4648() {
        for (plain, coded) in [
            ("", ""),
            ("f", "my"),
            ("fo", "mzxq"),
            ("foo", "mzxw6"),
            ("foob", "mzxw6yq"),
            ("fooba", "mzxw6ytb"),
            ("foobar", "mzxw6ytboi"),
        ] {
            assert_eq!(encode(plain.as_bytes()), coded);
            assert_eq!(decode(coded).unwrap(), plain.as_bytes());
            assert_eq!(decode(&coded.to_uppercase()).unwrap(), plain.as_bytes());
        }
        assert_eq!(decode("mzxw 6ytb-oi").unwrap(), b"foobar");
        assert_eq!(decode("0189"), None);
        assert_eq!(decode("中文"), None);
    }

    proptest! {
        #[test]
        fn reads_back(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }
    }
}
