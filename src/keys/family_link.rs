//! Family links: the token in the address is derived from the server key, the link's id and a
//! random nonce, so that a slip can be printed again, while the database holds only the nonce and
//! the token's SHA-256 and a stolen copy of it opens nothing (S-30, S-37).

use super::mac;
use super::random::{self, NoRandomness};
use super::server_key::{KeyRing, Purpose, SubKey};
use super::token::{BYTES, Token, TokenHash};

/// What the database stores of a link's token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRecord {
    /// 20 random bytes in hexadecimal; a reissue draws new ones.
    pub nonce: String,
    /// Public name of the server key it was made under.
    pub key_id: String,
    pub token_hash: TokenHash,
}

impl LinkRecord {
    /// From what a row holds; `None` for a hash that is none.
    pub fn stored(nonce: &str, key_id: &str, token_hash: &str) -> Option<Self> {
        Some(Self {
            nonce: nonce.to_owned(),
            key_id: key_id.to_owned(),
            token_hash: TokenHash::from_hex(token_hash)?,
        })
    }
}

/// A fresh token for `link_id`.
pub fn issue(ring: &KeyRing, link_id: &str) -> Result<(Token, LinkRecord), NoRandomness> {
    let key = ring.current(Purpose::FamilyLink);
    let nonce = random::bytes::<20>()?;
    let token = derive(&key, link_id, &nonce);
    let record = LinkRecord {
        nonce: mac::hex(&nonce),
        token_hash: token.hash(),
        key_id: key.id,
    };
    Ok((token, record))
}

/// The token for a slip printed again; `None` when the server key was rotated out or the record
/// does not belong to this link. The link itself keeps working: look-ups go by the hash.
pub fn reprint(ring: &KeyRing, link_id: &str, record: &LinkRecord) -> Option<Token> {
    let key = ring.named(Purpose::FamilyLink, &record.key_id)?;
    let token = derive(&key, link_id, &mac::unhex(&record.nonce)?);
    (token.hash() == record.token_hash).then_some(token)
}

fn derive(key: &SubKey, link_id: &str, nonce: &[u8]) -> Token {
    let sealed = mac::seal(key.bytes(), &[b"family-link", link_id.as_bytes(), nonce]);
    let mut first = [0_u8; BYTES];
    for (slot, byte) in first.iter_mut().zip(sealed) {
        *slot = byte;
    }
    Token::from_bytes(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_prints_again_and_a_reissue_differs() {
        let ring = KeyRing::fresh().unwrap();
        let (token, record) = issue(&ring, "link-1").unwrap();
        assert_eq!(reprint(&ring, "link-1", &record), Some(token.clone()));
        assert_eq!(
            Token::parse(token.reveal()).unwrap().hash(),
            record.token_hash
        );
        let (again, _) = issue(&ring, "link-1").unwrap();
        assert_ne!(token, again);
    }

    #[test]
    fn the_record_alone_or_another_link_gives_nothing() {
        let ring = KeyRing::fresh().unwrap();
        let (token, record) = issue(&ring, "link-1").unwrap();
        assert_eq!(reprint(&ring, "link-2", &record), None);
        assert_eq!(reprint(&KeyRing::fresh().unwrap(), "link-1", &record), None);
        assert!(!format!("{record:?}").contains(token.reveal()));
        let rotated = ring.rotated().unwrap();
        assert_eq!(reprint(&rotated, "link-1", &record), Some(token));
    }
}
