//! The key with which a school signs the badges that families take along: RSA of 2,048 bits, because RS256 is what Open
//! Badges 3.0 demands as a minimum and what 2.0 recommends, so one key serves both. The private half is sealed under the
//! server key and kept in the database; public halves stay there for ever, so that old files can be checked after a change.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    encoding::AsDer as _,
    rsa::{KeyPair, KeySize},
    signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey},
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::{
    mac,
    server_key::{KeyRing, Purpose, SubKey},
};

/// The exponent of every key that is made here, 65,537.
const EXPONENT: &str = "AQAB";
/// In a public key of 2,048 bits (RFC 8017), the modulus begins here …
const MODULUS_AT: usize = 9;
/// … and has this many bytes.
const MODULUS: usize = 256;
/// What stands before such a key in a SubjectPublicKeyInfo (RFC 5280).
const SPKI_HEAD: [u8; 24] = [
    0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00,
];
const NONCE: usize = 12;

/// The key could not be made, opened or used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadKey;

impl std::fmt::Display for BadKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the school's signing key cannot be used")
    }
}

impl std::error::Error for BadKey {}

/// A public half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(Vec<u8>);

impl PublicKey {
    /// From the text in the database.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let der = STANDARD.decode(text).ok()?;
        let key = Self(der);
        key.modulus().map(|_| key.clone())
    }

    /// As it is kept.
    #[must_use]
    pub fn text(&self) -> String {
        STANDARD.encode(&self.0)
    }

    /// The modulus in base64url, as `n` of a JWK.
    #[must_use]
    pub fn modulus(&self) -> Option<String> {
        let n = self.0.get(MODULUS_AT..MODULUS_AT + MODULUS)?;
        Some(URL_SAFE_NO_PAD.encode(n))
    }

    /// The JWK with its members in the order that its thumbprint goes by.
    #[must_use]
    pub fn jwk(&self) -> String {
        let n = self.modulus().unwrap_or_default();
        format!(r#"{{"e":"{EXPONENT}","kty":"RSA","n":"{n}"}}"#)
    }

    /// Its name: the thumbprint of RFC 7638.
    #[must_use]
    pub fn id(&self) -> String {
        thumbprint(&self.jwk())
    }

    /// As a PEM block.
    #[must_use]
    pub fn pem(&self) -> String {
        let der: Vec<u8> = SPKI_HEAD.iter().chain(&self.0).copied().collect();
        let text = STANDARD.encode(der);
        let mut pem = "-----BEGIN PUBLIC KEY-----\n".to_owned();
        for (at, letter) in text.chars().enumerate() {
            if at > 0 && at % 64 == 0 {
                pem.push('\n');
            }
            pem.push(letter);
        }
        pem + "\n-----END PUBLIC KEY-----\n"
    }

    /// Whether it signed this compact JWS.
    #[must_use]
    pub fn signed(&self, token: &str) -> bool {
        let Some((said, signature)) = token.rsplit_once('.') else {
            return false;
        };
        let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else {
            return false;
        };
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &self.0);
        key.verify(said.as_bytes(), &signature).is_ok()
    }
}

fn thumbprint(jwk: &str) -> String {
    URL_SAFE_NO_PAD.encode(mac::sha256(jwk.as_bytes()))
}

/// A whole key.
pub struct IssuerKey {
    pair: KeyPair,
    public: PublicKey,
}

impl std::fmt::Debug for IssuerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IssuerKey({}, hidden)", self.public.id())
    }
}

impl IssuerKey {
    /// A new one; takes some tenths of a second.
    ///
    /// # Errors
    /// `BadKey` where the system gives no randomness.
    pub fn make() -> Result<Self, BadKey> {
        Self::of(KeyPair::generate(KeySize::Rsa2048).or(Err(BadKey))?)
    }

    fn of(pair: KeyPair) -> Result<Self, BadKey> {
        let public = PublicKey(pair.public_key().as_ref().to_vec());
        public.modulus().ok_or(BadKey)?;
        Ok(Self { pair, public })
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// The private half under the server key, for this school only: the server key's name, a dot, base64.
    ///
    /// # Errors
    /// `BadKey` where the system gives no randomness.
    pub fn seal(&self, ring: &KeyRing, school: &str) -> Result<String, BadKey> {
        let under = ring.current(Purpose::Issuer);
        let der = self.pair.as_der().or(Err(BadKey))?;
        let mut bytes = der.as_ref().to_vec();
        let about = Aad::from(school.as_bytes());
        let sealed = sealer(&under)?.seal_in_place_append_tag(about, &mut bytes);
        let nonce = sealed.or(Err(BadKey))?;
        let whole: Vec<u8> = nonce.as_ref().iter().copied().chain(bytes).collect();
        Ok(format!("{}.{}", under.id, STANDARD.encode(whole)))
    }

    /// Opens what was sealed, as long as the server key or the one before it is there. The flag says that it was the
    /// one before: seal it again.
    ///
    /// # Errors
    /// `BadKey` once the server key is another, or for another school.
    pub fn open(ring: &KeyRing, school: &str, sealed: &str) -> Result<(Self, bool), BadKey> {
        let (name, text) = sealed.split_once('.').ok_or(BadKey)?;
        let under = ring.named(Purpose::Issuer, name).ok_or(BadKey)?;
        let mut whole = STANDARD.decode(text).or(Err(BadKey))?;
        let nonce = whole.get(..NONCE).ok_or(BadKey)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).or(Err(BadKey))?;
        let body = whole.get_mut(NONCE..).ok_or(BadKey)?;
        let about = Aad::from(school.as_bytes());
        let opened = sealer(&under)?.open_in_place(nonce, about, body);
        let der = opened.or(Err(BadKey))?;
        let key = Self::of(KeyPair::from_pkcs8(der).or(Err(BadKey))?)?;
        Ok((key, name != ring.current(Purpose::Issuer).id))
    }

    /// A compact JWS (RS256) over a JSON text, with the public key in its header, so that whoever holds the file can
    /// check it without asking anybody.
    ///
    /// # Errors
    /// `BadKey` where signing fails.
    pub fn sign(&self, payload: &str) -> Result<String, BadKey> {
        let jwk = self.public.jwk();
        let header = format!(r#"{{"alg":"RS256","typ":"JWT","jwk":{jwk}}}"#);
        let said = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header),
            URL_SAFE_NO_PAD.encode(payload)
        );
        let mut signature = vec![0; self.pair.public_modulus_len()];
        let dice = aws_lc_rs::rand::SystemRandom::new();
        let done = self
            .pair
            .sign(&RSA_PKCS1_SHA256, &dice, said.as_bytes(), &mut signature);
        done.or(Err(BadKey))?;
        Ok(format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

fn sealer(under: &SubKey) -> Result<RandomizedNonceKey, BadKey> {
    RandomizedNonceKey::new(&AES_256_GCM, under.bytes()).or(Err(BadKey))
}

/// What a file says about itself, before anything is believed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Name of the key in its header; empty where it names none.
    pub key: String,
    /// The JSON that was signed.
    pub payload: String,
}

/// Longest file text that is looked at; ours have some 3,000 bytes.
pub const MOST_BYTES: usize = 65_536;

/// Reads a compact JWS; `None` for anything else.
#[must_use]
pub fn claimed(token: &str) -> Option<Claimed> {
    if token.len() > MOST_BYTES || token.split('.').count() != 3 {
        return None;
    }
    let mut parts = token.split('.').map(|part| URL_SAFE_NO_PAD.decode(part));
    let header = parts.next()?.ok()?;
    let payload = String::from_utf8(parts.next()?.ok()?).ok()?;
    let header: Header = serde_json::from_slice(&header).ok()?;
    let key = match header {
        Header {
            alg,
            jwk: Some(Jwk { kty, n, e }),
        } if alg == "RS256" && kty == "RSA" && e == EXPONENT => {
            thumbprint(&format!(r#"{{"e":"{e}","kty":"{kty}","n":"{n}"}}"#))
        }
        _ => String::new(),
    };
    Some(Claimed { key, payload })
}

#[derive(serde::Deserialize)]
struct Header {
    alg: String,
    jwk: Option<Jwk>,
}

#[derive(serde::Deserialize)]
struct Jwk {
    kty: String,
    n: String,
    e: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_key_opens_for_its_school_under_this_server_key_and_the_next() {
        let (ring, key) = (KeyRing::fresh().unwrap(), IssuerKey::make().unwrap());
        let sealed = key.seal(&ring, "s").unwrap();
        let (again, old) = IssuerKey::open(&ring, "s", &sealed).unwrap();
        assert_eq!((again.public(), old), (key.public(), false));
        assert!(IssuerKey::open(&ring, "t", &sealed).is_err());
        let next = ring.rotated().unwrap();
        let (again, old) = IssuerKey::open(&next, "s", &sealed).unwrap();
        assert_eq!((again.public(), old), (key.public(), true));
        let after = next.rotated().unwrap();
        assert!(IssuerKey::open(&after, "s", &sealed).is_err());
        assert!(!sealed.contains(&key.public().text()));
    }

    #[test]
    fn what_was_signed_is_known_and_a_changed_letter_is_not() {
        let key = IssuerKey::make().unwrap();
        let token = key.sign(r#"{"id":"x"}"#).unwrap();
        let said = claimed(&token).unwrap();
        assert_eq!(said.payload, r#"{"id":"x"}"#);
        assert_eq!(said.key, key.public().id());
        let public = PublicKey::parse(&key.public().text()).unwrap();
        assert!(public.signed(&token));
        let payload = URL_SAFE_NO_PAD.encode(r#"{"id":"x"}"#);
        let other = token.replace(&payload, &URL_SAFE_NO_PAD.encode(r#"{"id":"y"}"#));
        assert_ne!(other, token);
        assert!(!public.signed(&other));
        assert!(!IssuerKey::make().unwrap().public().signed(&token));
        assert!(claimed("a.b").is_none() && claimed(&"x.".repeat(70_000)).is_none());
    }

    #[test]
    fn the_pem_is_the_key_that_the_library_writes() {
        let key = IssuerKey::make().unwrap();
        let spki = key.pair.public_key().as_der().unwrap();
        let text: String = key
            .public()
            .pem()
            .lines()
            .filter(|l| !l.starts_with('-'))
            .collect();
        assert_eq!(STANDARD.decode(text).unwrap(), spki.as_ref());
    }
}
