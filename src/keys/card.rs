//! Personal QR cards: the token in a card's address is derived from the PIN key, the child and the counter of its PIN,
//! so that nothing is stored for it, a card prints again, and a new PIN makes the old card void.

use super::{
    mac,
    pin::PinRecord,
    server_key::{KeyRing, Purpose},
    token::{BYTES, Token},
};

/// The token for the card of a child; `None` when the server key of its PIN was rotated out.
pub fn issue(ring: &KeyRing, school: &str, student: &str, pin: &PinRecord) -> Option<Token> {
    let key = ring.named(Purpose::Pin, &pin.key_id)?;
    let epoch = pin.epoch.to_be_bytes();
    let parts: [&[u8]; 4] = [b"card", school.as_bytes(), student.as_bytes(), &epoch];
    let mut first = [0_u8; BYTES];
    for (slot, byte) in first.iter_mut().zip(mac::seal(key.bytes(), &parts)) {
        *slot = byte;
    }
    Some(Token::from_bytes(&first))
}

/// Whether `token` stands on the child's present card, in time that does not depend on how wrong it is.
pub fn verify(ring: &KeyRing, school: &str, student: &str, pin: &PinRecord, token: &Token) -> bool {
    let same = |ours: Token| mac::same(ours.reveal().as_bytes(), token.reveal().as_bytes());
    issue(ring, school, student, pin).is_some_and(same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::pin::{self, PinKind};

    fn record(ring: &KeyRing, epoch: u32) -> PinRecord {
        pin::issue(ring, "xiaoming", PinKind::Pictures, epoch).1
    }

    #[test]
    fn a_card_prints_again_and_opens_its_own_child_only() {
        let ring = KeyRing::fresh().unwrap();
        let pin = record(&ring, 1);
        let token = issue(&ring, "s", "xiaoming", &pin).unwrap();
        assert_eq!(issue(&ring, "s", "xiaoming", &pin), Some(token.clone()));
        assert!(verify(&ring, "s", "xiaoming", &pin, &token));
        assert!(!verify(&ring, "s", "xiaohong", &pin, &token));
        assert!(!verify(&ring, "t", "xiaoming", &pin, &token));
        let other = Token::fresh().unwrap();
        assert!(!verify(&ring, "s", "xiaoming", &pin, &other));
    }

    #[test]
    fn a_new_pin_makes_the_card_void() {
        let ring = KeyRing::fresh().unwrap();
        let token = issue(&ring, "s", "xiaoming", &record(&ring, 1)).unwrap();
        assert!(!verify(&ring, "s", "xiaoming", &record(&ring, 2), &token));
    }

    #[test]
    fn a_card_survives_one_key_rotation_and_ends_with_the_key() {
        let old = KeyRing::fresh().unwrap();
        let pin = record(&old, 3);
        let token = issue(&old, "s", "xiaoming", &pin).unwrap();
        let new = old.rotated().unwrap();
        assert!(verify(&new, "s", "xiaoming", &pin, &token));
        let dropped = new.without_previous();
        assert!(!verify(&dropped, "s", "xiaoming", &pin, &token));
        assert_eq!(issue(&dropped, "s", "xiaoming", &pin), None);
    }
}
