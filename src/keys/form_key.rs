//! Form keys: what a rating form gives a device, so that taps kept there without network can be delivered later, also
//! after the child signed out. A key names round, rater, source and ratee, sealed with AES-256-GCM-SIV under the server
//! key: opaque to whoever finds it, the same each time the form is shown, and nothing of it is stored. It may change
//! that one sheet until its round closes, and nothing else; it reads nothing.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::server_key::{KeyRing, Purpose, SubKey};

/// Longest key that is looked at.
const LONGEST: usize = 400;
/// Stands between the parts; ids never hold it.
const BETWEEN: char = '\n';

/// The sheet a key is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRef {
    pub school: String,
    pub round: String,
    pub rater: String,
    pub source: String,
    pub ratee: String,
}

impl FormRef {
    fn parts(&self) -> [&str; 5] {
        [
            &self.school,
            &self.round,
            &self.rater,
            &self.source,
            &self.ratee,
        ]
    }
}

/// The key of a sheet, in letters that an attribute and a JSON text hold as they are. Empty where the sheet has an id
/// that cannot be sealed, which no id of ours is.
pub fn seal(ring: &KeyRing, form: &FormRef) -> String {
    seal_for(ring, Purpose::FormKey, form)
}

/// The sheet behind a key; none for anything that this server did not seal.
pub fn open(ring: &KeyRing, key: &str) -> Option<FormRef> {
    open_for(ring, Purpose::FormKey, key)
}

/// Names a sheet on a page for somebody who must not learn its rater; changes nothing by itself, unlike a form's key.
pub fn handle(ring: &KeyRing, form: &FormRef) -> String {
    seal_for(ring, Purpose::SheetHandle, form)
}

/// The sheet behind a handle.
pub fn open_handle(ring: &KeyRing, handle: &str) -> Option<FormRef> {
    open_for(ring, Purpose::SheetHandle, handle)
}

fn seal_for(ring: &KeyRing, purpose: Purpose, form: &FormRef) -> String {
    let text = form.parts().join(&BETWEEN.to_string());
    let mut bytes = text.into_bytes();
    let sealed = cipher(&ring.current(purpose))
        .and_then(|key| {
            key.seal_in_place_append_tag(nonce(), Aad::empty(), &mut bytes)
                .ok()
        })
        .is_some();
    if sealed {
        URL_SAFE_NO_PAD.encode(bytes)
    } else {
        String::new()
    }
}

fn open_for(ring: &KeyRing, purpose: Purpose, key: &str) -> Option<FormRef> {
    if key.len() > LONGEST {
        return None;
    }
    let sealed = URL_SAFE_NO_PAD.decode(key).ok()?;
    let bytes = ring.all(purpose).find_map(|sub| {
        let mut bytes = sealed.clone();
        let opened = cipher(&sub)?
            .open_in_place(nonce(), Aad::empty(), &mut bytes)
            .ok()?;
        Some(opened.to_vec())
    })?;
    let text = String::from_utf8(bytes).ok()?;
    let mut parts = text.split(BETWEEN).map(str::to_owned);
    let form = FormRef {
        school: parts.next()?,
        round: parts.next()?,
        rater: parts.next()?,
        source: parts.next()?,
        ratee: parts.next()?,
    };
    parts.next().is_none().then_some(form)
}

fn cipher(key: &SubKey) -> Option<LessSafeKey> {
    Some(LessSafeKey::new(
        UnboundKey::new(&AES_256_GCM_SIV, key.bytes()).ok()?,
    ))
}

/// SIV mode keeps its promises under one nonce; equal forms give equal keys, which is what is wanted (RFC 8452).
fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; NONCE_LEN])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(ratee: &str) -> FormRef {
        FormRef {
            school: "school".into(),
            round: "round".into(),
            rater: "rater".into(),
            source: "peer".into(),
            ratee: ratee.into(),
        }
    }

    #[test]
    fn a_key_opens_its_own_form_and_names_nobody() {
        let ring = KeyRing::fresh().unwrap();
        let key = seal(&ring, &form("xiaohong"));
        assert_eq!(open(&ring, &key), Some(form("xiaohong")));
        assert_eq!(key, seal(&ring, &form("xiaohong")));
        assert_ne!(key, seal(&ring, &form("xiaoming")));
        assert!(!key.contains("xiaohong"));
        assert_eq!(open(&ring.rotated().unwrap(), &key), Some(form("xiaohong")));
        assert_eq!(open(&KeyRing::fresh().unwrap(), &key), None);
    }

    #[test]
    fn a_handle_is_no_key_and_a_key_no_handle() {
        let ring = KeyRing::fresh().unwrap();
        let (key, handle) = (seal(&ring, &form("a")), handle(&ring, &form("a")));
        assert_eq!(open_handle(&ring, &handle), Some(form("a")));
        assert_eq!(
            (open(&ring, &handle), open_handle(&ring, &key)),
            (None, None)
        );
    }

    #[test]
    fn a_changed_key_opens_nothing() {
        let ring = KeyRing::fresh().unwrap();
        let key = seal(&ring, &form("xiaohong"));
        for at in 0..key.len() {
            let mut changed = key.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            // The last letter carries bits that are not part of the bytes; the decoder refuses those.
            assert_eq!(open(&ring, &changed), None, "{at}");
        }
        for bad in ["", "A", &"A".repeat(500), "你好"] {
            assert_eq!(open(&ring, bad), None);
        }
    }
}
