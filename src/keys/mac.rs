//! Keyed and plain hashes and the comparison that takes the same time whatever differs. All other
//! files of `keys` come here, so that one file decides which cryptography crate is used.

use aws_lc_rs::{constant_time, digest, hmac};

/// HMAC-SHA-256 over the parts. Each part goes in with its length before it, so that ("ab", "c")
/// and ("a", "bc") are different messages.
pub fn seal(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    let mut context = hmac::Context::with_key(&key);
    for part in parts {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        context.update(&length.to_be_bytes());
        context.update(part);
    }
    copy32(context.sign().as_ref())
}

/// HMAC-SHA-256 over a message that comes in pieces, for files too large to hold.
pub struct Running(hmac::Context);

impl Running {
    /// Begins with the label of what is sealed, so that a seal of one kind never passes for another.
    pub fn new(key: &[u8], label: &[u8]) -> Self {
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
        context.update(label);
        Self(context)
    }

    /// Adds a piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The seal of everything added.
    pub fn finish(self) -> [u8; 32] {
        copy32(self.0.sign().as_ref())
    }
}

/// HMAC-SHA-256 of one message as the RFCs define it, without our length prefix.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    copy32(hmac::sign(&key, message).as_ref())
}

/// HMAC-SHA-1, for one-time codes only: authenticator apps know nothing else reliably.
pub fn hmac_sha1(key: &[u8], message: &[u8]) -> [u8; 20] {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, key);
    let mut out = [0_u8; 20];
    for (slot, byte) in out.iter_mut().zip(hmac::sign(&key, message).as_ref()) {
        *slot = *byte;
    }
    out
}

/// SHA-256, for secrets with at least 128 random bits and for file hashes.
pub fn sha256(message: &[u8]) -> [u8; 32] {
    copy32(digest::digest(&digest::SHA256, message).as_ref())
}

/// Equality without a hint about where two values differ.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    constant_time::verify_slices_are_equal(a, b).is_ok()
}

/// Lower-case hexadecimal, as hashes are stored in text columns.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads hexadecimal of either case; `None` for anything else.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect();
    digits.map(|digits| {
        digits
            .chunks_exact(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
            .collect()
    })
}

fn copy32(from: &[u8]) -> [u8; 32] {
    let mut out = [0_u8; 32];
    for (slot, byte) in out.iter_mut().zip(from) {
        *slot = *byte;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_matches_rfc_4231_case_2_and_rfc_2202() {
        assert_eq!(
            hex(&hmac_sha256(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(&hmac_sha1(b"Jefe", b"what do ya want for nothing?")),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        );
    }

    #[test]
    fn sha256_matches_the_standard() {
        assert_eq!(
            hex(&sha256(b"abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(seal(b"k", &[b"ab", b"c"]), seal(b"k", &[b"a", b"bc"]));
        assert_ne!(seal(b"k", &[b"a"]), seal(b"k", &[b"a", b""]));
    }

    #[test]
    fn hexadecimal_reads_back() {
        assert_eq!(unhex("00ffA1"), Some(vec![0, 255, 0xa1]));
        assert_eq!(unhex(&hex(&[1, 2, 254])), Some(vec![1, 2, 254]));
        for bad in ["0", "zz", "0 ", "é0"] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }

    #[test]
    fn same_compares_length_and_content() {
        assert!(same(b"abc", b"abc"));
        assert!(!same(b"abc", b"abd"));
        assert!(!same(b"abc", b"ab"));
    }
}
