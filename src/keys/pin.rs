//! Pupils' PINs: three of twelve pictures in order, or four digits. A PIN is derived from the
//! server key, the pupil and a counter (`epoch`), so that cards can be printed again though the
//! database holds no PIN: only the counter and a keyed tag (S-03). A reset raises the counter.

use super::mac;
use super::server_key::{KeyRing, Purpose, SubKey};

/// How many pictures there are to choose from; pictures are known by their place 0…11.
pub const PICTURES: u8 = 12;

/// Which kind of PIN a class uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinKind {
    Pictures,
    Digits,
}

impl PinKind {
    fn size(self) -> u8 {
        match self {
            Self::Pictures => 3,
            Self::Digits => 4,
        }
    }

    fn bound(self) -> u8 {
        match self {
            Self::Pictures => PICTURES,
            Self::Digits => 10,
        }
    }
}

/// A PIN in clear: as picked by a child, or for a card. `Debug` hides it.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin {
    kind: PinKind,
    picks: Vec<u8>,
}

impl Pin {
    /// What a child picked, in order; `None` unless it has the right length and range.
    pub fn from_picks(kind: PinKind, picks: &[u8]) -> Option<Self> {
        let fits = picks.len() == usize::from(kind.size())
            && picks.iter().all(|&pick| pick < kind.bound());
        fits.then(|| Self {
            kind,
            picks: picks.to_vec(),
        })
    }

    pub fn kind(&self) -> PinKind {
        self.kind
    }

    /// Places of the pictures, or the digits.
    pub fn picks(&self) -> &[u8] {
        &self.picks
    }

    /// All the same, or a run up or down such as 1234 or 4321: what other children try first.
    fn is_trivial(&self) -> bool {
        let steps = || {
            let next = self.picks.iter().skip(1);
            self.picks
                .iter()
                .zip(next)
                .map(|(&a, &b)| i16::from(b) - i16::from(a))
        };
        let all = |step: i16| steps().all(|s| s == step);
        let pairs = self.kind == PinKind::Digits && {
            let (first, second) = self.picks.split_at(self.picks.len() / 2);
            first == second
        };
        all(0) || pairs || (self.kind == PinKind::Digits && (all(1) || all(-1)))
    }
}

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pin({:?}, hidden)", self.kind)
    }
}

/// What the database stores of a PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinRecord {
    pub kind: PinKind,
    /// 1 for the first PIN, one more after each reset.
    pub epoch: u32,
    /// Public name of the server key it was made under.
    pub key_id: String,
    /// HMAC-SHA-256 of the PIN with the pupil and the epoch, in hexadecimal.
    pub tag: String,
}

/// Makes the PIN of `student_id` for `epoch`; the record is stored, the PIN goes on the card.
pub fn issue(ring: &KeyRing, student_id: &str, kind: PinKind, epoch: u32) -> (Pin, PinRecord) {
    let key = ring.current(Purpose::Pin);
    let pin = derive(&key, student_id, kind, epoch);
    let record = PinRecord {
        kind,
        epoch,
        tag: mac::hex(&tag(&key, student_id, epoch, &pin)),
        key_id: key.id,
    };
    (pin, record)
}

/// The PIN for a card printed again; `None` when its server key was rotated out, and the PIN must
/// be reset.
pub fn reprint(ring: &KeyRing, student_id: &str, record: &PinRecord) -> Option<Pin> {
    let key = ring.named(Purpose::Pin, &record.key_id)?;
    Some(derive(&key, student_id, record.kind, record.epoch))
}

/// Whether `pin` opens the account, in time that does not depend on how wrong it is.
pub fn verify(ring: &KeyRing, student_id: &str, record: &PinRecord, pin: &Pin) -> bool {
    let stored = mac::unhex(&record.tag).unwrap_or_default();
    let key = ring
        .named(Purpose::Pin, &record.key_id)
        .unwrap_or_else(|| ring.current(Purpose::Pin));
    mac::same(&tag(&key, student_id, record.epoch, pin), &stored)
}

fn tag(key: &SubKey, student_id: &str, epoch: u32, pin: &Pin) -> [u8; 32] {
    let kind = [pin.kind.size()];
    let parts: [&[u8]; 5] = [
        b"check",
        student_id.as_bytes(),
        &epoch.to_be_bytes(),
        &kind,
        &pin.picks,
    ];
    mac::seal(key.bytes(), &parts)
}

fn derive(key: &SubKey, student_id: &str, kind: PinKind, epoch: u32) -> Pin {
    let mut attempt = 0_u32;
    loop {
        let pin = draw(key, student_id, kind, epoch, attempt);
        if pin.picks.len() == usize::from(kind.size()) && !pin.is_trivial() {
            return pin;
        }
        attempt = attempt.wrapping_add(1);
    }
}

fn draw(key: &SubKey, student_id: &str, kind: PinKind, epoch: u32, attempt: u32) -> Pin {
    let size = [kind.size()];
    let parts: [&[u8]; 5] = [
        b"pin",
        student_id.as_bytes(),
        &epoch.to_be_bytes(),
        &size,
        &attempt.to_be_bytes(),
    ];
    let bytes = mac::seal(key.bytes(), &parts);
    // Bytes above the last whole multiple would favour small numbers; 32 bytes leave plenty.
    let fair = u8::MAX - u8::MAX % kind.bound();
    let picks = bytes
        .iter()
        .filter(|&&byte| byte < fair)
        .map(|byte| byte % kind.bound())
        .take(usize::from(kind.size()))
        .collect();
    Pin { kind, picks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn ring() -> KeyRing {
        KeyRing::fresh().unwrap()
    }

    #[test]
    fn the_card_prints_the_same_pin_again_and_a_reset_changes_it() {
        let ring = ring();
        for kind in [PinKind::Pictures, PinKind::Digits] {
            let (pin, record) = issue(&ring, "xiaoming", kind, 1);
            assert_eq!(reprint(&ring, "xiaoming", &record), Some(pin.clone()));
            assert!(verify(&ring, "xiaoming", &record, &pin));
            let later: BTreeSet<Vec<u8>> = (2..12)
                .map(|epoch| issue(&ring, "xiaoming", kind, epoch).0.picks)
                .collect();
            assert!(later.len() > 7, "{later:?}");
            let (_, after) = issue(&ring, "xiaoming", kind, 2);
            assert_ne!(record.tag, after.tag);
        }
    }

    #[test]
    fn a_pin_opens_no_other_account() {
        let ring = ring();
        let (pin, record) = issue(&ring, "xiaoming", PinKind::Digits, 1);
        assert!(!verify(&ring, "xiaohong", &record, &pin));
        let wrong: Vec<u8> = pin.picks().iter().map(|d| (d + 1) % 10).collect();
        let wrong = Pin::from_picks(PinKind::Digits, &wrong).unwrap();
        assert!(!verify(&ring, "xiaoming", &record, &wrong));
        let broken = PinRecord {
            tag: "x".into(),
            ..record.clone()
        };
        assert!(!verify(&ring, "xiaoming", &broken, &pin));
        assert!(!verify(&self::ring(), "xiaoming", &record, &pin));
    }

    #[test]
    fn order_matters() {
        let ring = ring();
        let (pin, record) = issue(&ring, "a", PinKind::Pictures, 1);
        let mut turned = pin.picks().to_vec();
        turned.reverse();
        if turned != pin.picks() {
            let turned = Pin::from_picks(PinKind::Pictures, &turned).unwrap();
            assert!(!verify(&ring, "a", &record, &turned));
        }
    }

    #[test]
    fn trivial_pins_are_never_issued() {
        let ring = ring();
        let mut seen = BTreeSet::new();
        for n in 0..4_000 {
            let (pin, _) = issue(&ring, &n.to_string(), PinKind::Digits, 1);
            assert!(!pin.is_trivial());
            seen.insert(pin.picks);
            let (pin, _) = issue(&ring, &n.to_string(), PinKind::Pictures, 1);
            assert!(!pin.is_trivial());
        }
        assert!(seen.len() > 3_000, "{}", seen.len());
        for digits in [[0, 0, 0, 0], [1, 2, 3, 4], [9, 8, 7, 6], [2, 5, 2, 5]] {
            assert!(
                Pin::from_picks(PinKind::Digits, &digits)
                    .unwrap()
                    .is_trivial()
            );
        }
        assert!(
            Pin::from_picks(PinKind::Pictures, &[7, 7, 7])
                .unwrap()
                .is_trivial()
        );
        assert!(
            !Pin::from_picks(PinKind::Pictures, &[7, 7, 3])
                .unwrap()
                .is_trivial()
        );
    }

    #[test]
    fn picks_out_of_range_are_no_pin() {
        assert_eq!(Pin::from_picks(PinKind::Pictures, &[0, 1, 12]), None);
        assert_eq!(Pin::from_picks(PinKind::Pictures, &[0, 1]), None);
        assert_eq!(Pin::from_picks(PinKind::Digits, &[0, 1, 2, 10]), None);
        assert_eq!(Pin::from_picks(PinKind::Digits, &[0, 1, 2, 3, 4]), None);
    }

    #[test]
    fn pins_survive_one_key_rotation_and_end_with_the_key() {
        let old = ring();
        let (pin, record) = issue(&old, "a", PinKind::Pictures, 3);
        let new = old.rotated().unwrap();
        assert!(verify(&new, "a", &record, &pin));
        assert_eq!(reprint(&new, "a", &record), Some(pin.clone()));
        let dropped = new.without_previous();
        assert!(!verify(&dropped, "a", &record, &pin));
        assert_eq!(reprint(&dropped, "a", &record), None);
    }
}
