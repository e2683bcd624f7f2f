//! Staff passwords: argon2id at the OWASP setting, the same work for a login that does not exist,
//! and the question whether a stored hash should be renewed (S-02, S-03). What a good password is
//! says `password_policy`. Called on a blocking thread only: one hash takes some 19 MiB.

use std::borrow::Cow;
use std::sync::OnceLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};

use super::random;

/// Longest password that is looked at at all; more is refused before any hashing (S-04).
pub const MOST_BYTES: usize = 1024;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A password could not be hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HashError {
    TooLong,
    NoRandomness,
    Argon2(String),
}

impl std::fmt::Display for HashError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLong => write!(f, "a password has at most {MOST_BYTES} bytes"),
            Self::NoRandomness => random::NoRandomness.fmt(f),
            Self::Argon2(reason) => write!(f, "argon2: {reason}"),
        }
    }
}

impl std::error::Error for HashError {}

/// Hash of `password` as a PHC string, `$argon2id$v=19$m=19456,t=2,p=1$…`, with a fresh salt.
pub fn hash(password: &str) -> Result<String, HashError> {
    let Ok(salt) = random::bytes::<16>() else {
        return Err(HashError::NoRandomness);
    };
    hash_with_salt(password, &salt)
}

/// Whether `password` belongs to the `stored` hash. An unreadable hash costs the same work.
pub fn verify(password: &str, stored: &str) -> bool {
    if password.len() > MOST_BYTES {
        return false;
    }
    let normal = normalise(password);
    match PasswordHash::new(stored) {
        Ok(hash) => hasher().verify_password(normal.as_bytes(), &hash).is_ok(),
        Err(_unreadable) => {
            verify_nobody(password);
            false
        }
    }
}

/// Spends the time of [`verify`] for a login that does not exist, so that the answer's delay says
/// nothing about who has an account.
pub fn verify_nobody(password: &str) {
    static STAND_IN: OnceLock<Option<String>> = OnceLock::new();
    if password.len() > MOST_BYTES {
        return;
    }
    let stand_in = STAND_IN.get_or_init(|| hash_with_salt("nobody", &[7; 16]).ok());
    if let Some(Ok(hash)) = stand_in.as_deref().map(PasswordHash::new) {
        let normal = normalise(password);
        let _always_wrong = hasher().verify_password(normal.as_bytes(), &hash);
    }
}

/// Makes the stand-in of [`verify_nobody`] ready; called once at start so that the first unknown
/// login is not slower than the rest.
pub fn warm_up() {
    verify_nobody("warm-up");
}

/// Whether a stored hash is weaker than what [`hash`] makes today. Asked after a correct login,
/// while the password is at hand.
pub fn needs_upgrade(stored: &str) -> bool {
    let Ok(hash) = PasswordHash::new(stored) else {
        return true;
    };
    let Ok(params) = Params::try_from(&hash) else {
        return true;
    };
    hash.algorithm.as_str() != "argon2id"
        || hash.version != Some(19)
        || params.m_cost() < MEMORY_KIB
        || params.t_cost() < PASSES
}

/// The composed form (NFC): keyboards disagree about how they send é or 한.
pub fn normalise(password: &str) -> Cow<'_, str> {
    icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(password)
}

fn hash_with_salt(password: &str, salt: &[u8]) -> Result<String, HashError> {
    if password.len() > MOST_BYTES {
        return Err(HashError::TooLong);
    }
    hasher()
        .hash_password_with_salt(normalise(password).as_bytes(), salt)
        .map(|hash| hash.to_string())
        .map_err(|e| HashError::Argon2(e.to_string()))
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or(Params::DEFAULT);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_has_the_owasp_form_and_opens_for_its_password_only() {
        let stored = hash("晴天 sunny 🌞 day").unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        assert!(verify("晴天 sunny 🌞 day", &stored));
        assert!(!verify("晴天 sunny 🌞 daY", &stored));
        assert!(!needs_upgrade(&stored));
        assert_ne!(stored, hash("晴天 sunny 🌞 day").unwrap());
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same_password() {
        let stored = hash("caf\u{e9} au lait").unwrap();
        assert!(verify("cafe\u{301} au lait", &stored));
    }

    #[test]
    fn a_long_password_is_refused_before_hashing() {
        assert_eq!(hash(&"x".repeat(MOST_BYTES + 1)), Err(HashError::TooLong));
        assert!(!verify(&"x".repeat(1 << 20), "$argon2id$"));
        assert!(hash(&"x".repeat(MOST_BYTES)).is_ok());
    }

    #[test]
    fn weaker_settings_ask_for_an_upgrade() {
        let weak = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(8_192, 1, 1, None).unwrap(),
        );
        let stored = weak
            .hash_password_with_salt(b"old password", &[3; 16])
            .unwrap()
            .to_string();
        assert!(verify("old password", &stored));
        assert!(needs_upgrade(&stored));
        assert!(needs_upgrade("plain text"));
        assert!(needs_upgrade(
            &hash("x").unwrap().replace("argon2id", "argon2i")
        ));
    }

    #[test]
    fn nobody_and_an_unreadable_hash_never_match() {
        warm_up();
        verify_nobody("anything");
        assert!(!verify("nobody", "not a hash"));
        assert!(!verify("", ""));
    }
}
