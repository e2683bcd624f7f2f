//! Opaque tokens of 160 random bits in lower-case base32: session cookies, set-up and screen
//! addresses. The database keeps only the SHA-256 (S-22, S-30); that many random bits need no
//! slow hash.

use std::fmt;

use super::random::{self, NoRandomness};
use super::{base32, mac};

/// Random bytes in a token, and its length as text.
pub const BYTES: usize = 20;
pub const LETTERS: usize = 32;

/// A token in clear. It is shown once, to its holder; `Debug` hides it and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A fresh one from the operating system's random generator.
    pub fn fresh() -> Result<Self, NoRandomness> {
        Ok(Self::from_bytes(&random::bytes::<BYTES>()?))
    }

    pub(super) fn from_bytes(bytes: &[u8; BYTES]) -> Self {
        Self(base32::encode(bytes))
    }

    /// Reads what a request claims to be a token; `None` unless it has exactly the shape.
    pub fn parse(text: &str) -> Option<Self> {
        let shaped = text.len() == LETTERS
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b));
        shaped.then(|| Self(text.to_owned()))
    }

    /// The text for an address, a QR code or a cookie.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database stores and looks up.
    pub fn hash(&self) -> TokenHash {
        TokenHash(mac::sha256(self.0.as_bytes()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

/// SHA-256 of a token.
#[derive(Debug, Clone, Copy)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    pub fn hex(&self) -> String {
        mac::hex(&self.0)
    }

    pub fn from_hex(text: &str) -> Option<Self> {
        mac::unhex(text)?.try_into().ok().map(Self)
    }

    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        mac::same(&self.0, &other.0)
    }
}

impl Eq for TokenHash {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn ten_thousand_tokens_are_all_different_and_evenly_spread() {
        let tokens: Vec<String> = (0..10_000).map(|_| Token::fresh().unwrap().0).collect();
        assert_eq!(tokens.iter().collect::<BTreeSet<_>>().len(), 10_000);
        let mut counts: BTreeMap<char, u32> = BTreeMap::new();
        for c in tokens.iter().flat_map(|t| t.chars()) {
            *counts.entry(c).or_default() += 1;
        }
        assert_eq!(counts.len(), 32);
        // 31 degrees of freedom: fair letters exceed 110 about once in 10^10 runs.
        let expected = 10_000.0;
        let chi2: f64 = counts
            .values()
            .map(|&n| (f64::from(n) - expected).powi(2) / expected)
            .sum();
        assert!(chi2 < 110.0, "{chi2}");
    }

    #[test]
    fn only_the_exact_shape_is_a_token() {
        let token = Token::fresh().unwrap();
        assert_eq!(token.reveal().len(), LETTERS);
        assert_eq!(Token::parse(token.reveal()), Some(token.clone()));
        let upper = token.reveal().to_uppercase().replace(char::is_numeric, "A");
        for bad in [
            "",
            "a",
            &upper,
            token.reveal().split_at(1).1,
            &"1".repeat(32),
            "星光",
        ] {
            assert_eq!(Token::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_hash_reads_back_and_debug_hides_the_token() {
        let token = Token::fresh().unwrap();
        assert_eq!(TokenHash::from_hex(&token.hash().hex()), Some(token.hash()));
        assert_ne!(token.hash(), Token::fresh().unwrap().hash());
        assert!(!format!("{token:?}").contains(token.reveal()));
        assert_eq!(TokenHash::from_hex("00"), None);
    }
}
