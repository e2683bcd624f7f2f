//! One-time codes for the office's accounts (RFC 6238: SHA-1, 6 digits, 30 s, one step either
//! way) and ten recovery codes (S-18). A step is accepted once: the caller stores the step that
//! [`Secret::check`] gives back and passes it in the next time.

use std::fmt;

use super::random::{self, NoRandomness};
use super::server_key::{KeyRing, Purpose};
use super::{base32, mac};

/// Seconds a code is shown.
pub const STEP_SECONDS: u64 = 30;
/// Recovery codes in a set.
pub const RECOVERY_CODES: usize = 10;

/// The secret shared with the authenticator app.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A fresh one of 160 bits.
    pub fn fresh() -> Result<Self, NoRandomness> {
        Ok(Self(random::bytes::<20>()?.to_vec()))
    }

    /// Reads base32 as stored; `None` below 128 bits.
    pub fn from_base32(text: &str) -> Option<Self> {
        let bytes = base32::decode(text)?;
        (bytes.len() >= 16).then_some(Self(bytes))
    }

    /// Upper case, as authenticator apps ask for it.
    pub fn to_base32(&self) -> String {
        base32::encode(&self.0).to_ascii_uppercase()
    }

    /// The address behind the QR code of the enrolment page.
    pub fn otpauth_uri(&self, issuer: &str, account: &str) -> String {
        format!(
            "otpauth://totp/{}:{}?secret={}&issuer={}&algorithm=SHA1&digits=6&period={STEP_SECONDS}",
            percent(issuer),
            percent(account),
            self.to_base32(),
            percent(issuer)
        )
    }

    /// The six digits shown at `now` (seconds since 1970).
    pub fn code_at(&self, now: u64) -> String {
        self.code(now / STEP_SECONDS)
    }

    /// Checks `code` at `now`. Gives back the step to store as `last_step`; `None` for a wrong
    /// code and for one whose step, or a later one, was used before.
    pub fn check(&self, code: &str, now: u64, last_step: Option<u64>) -> Option<u64> {
        let code: String = code.chars().filter(|c| *c != ' ').collect();
        if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let step = now / STEP_SECONDS;
        let mut found = None;
        for near in [step.saturating_sub(1), step, step.saturating_add(1)] {
            let matches = mac::same(self.code(near).as_bytes(), code.as_bytes());
            if matches && last_step.is_none_or(|last| near > last) {
                found = found.or(Some(near));
            }
        }
        found
    }

    fn code(&self, step: u64) -> String {
        format!(
            "{:06}",
            truncate(&mac::hmac_sha1(&self.0, &step.to_be_bytes())) % 1_000_000
        )
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

/// Ten recovery codes: the texts to print once and the tags to store.
pub struct RecoverySet {
    pub codes: Vec<String>,
    pub tags: Vec<String>,
}

/// A fresh set for `account_id`; the older set is void once its tags are deleted.
pub fn recovery_codes(ring: &KeyRing, account_id: &str) -> Result<RecoverySet, NoRandomness> {
    let mut codes = Vec::with_capacity(RECOVERY_CODES);
    for _ in 0..RECOVERY_CODES {
        codes.push(recovery_code()?);
    }
    let key = ring.current(Purpose::RecoveryCodes);
    let tags = codes
        .iter()
        .map(|code| recovery_tag(key.bytes(), account_id, code))
        .collect();
    Ok(RecoverySet { codes, tags })
}

/// Which of the stored `tags` this code uses up; the caller deletes that one.
pub fn use_recovery_code(
    ring: &KeyRing,
    account_id: &str,
    code: &str,
    tags: &[String],
) -> Option<usize> {
    if code.len() > 64 {
        return None;
    }
    ring.all(Purpose::RecoveryCodes).find_map(|key| {
        let tag = recovery_tag(key.bytes(), account_id, code);
        tags.iter()
            .position(|stored| mac::same(stored.as_bytes(), tag.as_bytes()))
    })
}

/// Fifty bits as `abcde-fghij`.
fn recovery_code() -> Result<String, NoRandomness> {
    let text = base32::encode(&random::bytes::<7>()?);
    let letters: Vec<char> = text.chars().take(10).collect();
    let (first, second) = letters.split_at(letters.len() / 2);
    Ok(first.iter().chain(&['-']).chain(second).collect())
}

fn recovery_tag(key: &[u8], account_id: &str, code: &str) -> String {
    let plain: String = code
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    mac::hex(&mac::seal(key, &[account_id.as_bytes(), plain.as_bytes()]))
}

/// Dynamic truncation of RFC 4226, section 5.3.
fn truncate(digest: &[u8; 20]) -> u32 {
    let offset = usize::from(digest.last().copied().unwrap_or(0) & 15);
    let word = digest.iter().skip(offset).take(4);
    word.fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)) & 0x7FFF_FFFF
}

fn percent(text: &str) -> String {
    let encode = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(encode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rfc() -> Secret {
        Secret(b"12345678901234567890".to_vec())
    }

    #[test]
    fn codes_match_rfc_6238_appendix_b() {
        // The RFC prints eight digits; ours are the last six of them.
        for (now, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(rfc().code_at(now), code, "{now}");
        }
    }

    #[test]
    fn one_step_either_way_is_accepted_and_no_more() {
        let (secret, now) = (rfc(), 1_234_567_890);
        for (away, accepted) in [
            (-60, false),
            (-30, true),
            (0, true),
            (30, true),
            (60, false),
        ] {
            let code = secret.code_at(u64::wrapping_add_signed(now, away));
            assert_eq!(secret.check(&code, now, None).is_some(), accepted, "{away}");
        }
    }

    #[test]
    fn a_code_works_once() {
        let (secret, now) = (rfc(), 1_234_567_890);
        let code = secret.code_at(now);
        let step = secret.check(&code, now, None).unwrap();
        assert_eq!(step, now / 30);
        assert_eq!(secret.check(&code, now, Some(step)), None);
        assert_eq!(secret.check(&code, now + 29, Some(step)), None);
        let earlier = secret.code_at(now - 30);
        assert_eq!(secret.check(&earlier, now, Some(step)), None);
        let next = secret.code_at(now + 30);
        assert_eq!(secret.check(&next, now + 30, Some(step)), Some(step + 1));
    }

    #[test]
    fn only_six_digits_are_a_code() {
        let (secret, now) = (rfc(), 59);
        assert!(secret.check("287 082", now, None).is_some());
        for bad in [
            "",
            "28708",
            "2870820",
            "28708a",
            "２８７０８２",
            "-87082",
            "000000",
        ] {
            assert_eq!(secret.check(bad, now, None), None, "{bad}");
        }
    }

    #[test]
    fn the_secret_reads_back_and_goes_into_the_address() {
        let secret = Secret::fresh().unwrap();
        assert_eq!(
            Secret::from_base32(&secret.to_base32()),
            Some(secret.clone())
        );
        assert_eq!(Secret::from_base32("MY"), None);
        let uri = rfc().otpauth_uri("星光", "office@a b");
        assert_eq!(
            uri,
            "otpauth://totp/%E6%98%9F%E5%85%89:office%40a%20b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E6%98%9F%E5%85%89&algorithm=SHA1&digits=6&period=30"
        );
        assert!(!format!("{secret:?}").contains(&secret.to_base32()));
    }

    #[test]
    fn each_recovery_code_works_once_for_its_account() {
        let ring = KeyRing::fresh().unwrap();
        let RecoverySet { codes, mut tags } = recovery_codes(&ring, "office-1").unwrap();
        assert_eq!((codes.len(), tags.len()), (10, 10));
        let typed = codes[3].to_uppercase().replace('-', " ");
        assert_eq!(use_recovery_code(&ring, "office-2", &typed, &tags), None);
        assert_eq!(use_recovery_code(&ring, "office-1", &typed, &tags), Some(3));
        tags.remove(3);
        assert_eq!(use_recovery_code(&ring, "office-1", &typed, &tags), None);
        assert_eq!(
            use_recovery_code(&ring, "office-1", "aaaaa-aaaaa", &tags),
            None
        );
        let rotated = ring.rotated().unwrap();
        assert_eq!(
            use_recovery_code(&rotated, "office-1", &codes[0], &tags),
            Some(0)
        );
        assert!(tags.iter().all(|tag| !codes.contains(tag)));
    }
}
