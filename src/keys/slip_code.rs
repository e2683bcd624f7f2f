//! What a slip says besides its address: four digits that may be asked for as a second factor, and the child's own code
//! for a class's link in the parents' chat. Both follow from the server key and the link's nonce, as its token does, so
//! that nothing is stored for them and a slip prints the same again. They are used by `web/family`.

use super::{
    family_link::LinkRecord,
    mac,
    server_key::{KeyRing, Purpose},
};

/// No letter or digit that is taken for another one on paper.
const LETTERS: &[u8; 23] = b"ACDEFGHJKMNPQRTUWXY3479";
/// Letters that say which child a guess is about, so that guesses can be counted by child.
const OF_CHILD: usize = 2;
/// Letters that are the secret: 23⁵, more than 22 bits.
const SECRET: usize = 5;

/// A code as typed or printed, without its dash.
#[derive(Clone, PartialEq, Eq)]
pub struct SlipCode(String);

impl SlipCode {
    /// Reads what somebody typed: in either case, with spaces, dashes and the wide letters of a Chinese keyboard.
    /// `None` unless it has the shape.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = plain(text);
        let ours = |c: char| u8::try_from(c).is_ok_and(|c| LETTERS.contains(&c));
        let shaped = plain.chars().count() == OF_CHILD + SECRET && plain.chars().all(ours);
        shaped.then_some(Self(plain))
    }

    /// The part by which guesses are counted; it opens nothing.
    pub fn of_child(&self) -> &str {
        self.0.split_at_checked(OF_CHILD).map_or("", |(of, _)| of)
    }

    /// As it stands on the slip: `K7-4HRMX`.
    pub fn printed(&self) -> String {
        let (of, secret) = self.0.split_at_checked(OF_CHILD).unwrap_or(("", ""));
        format!("{of}-{secret}")
    }

    /// Compares in time that does not depend on how wrong it is.
    pub fn same(&self, other: &Self) -> bool {
        mac::same(self.0.as_bytes(), other.0.as_bytes())
    }
}

impl std::fmt::Debug for SlipCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SlipCode(hidden)")
    }
}

/// The code of a link; `None` when the server key was rotated out, and the link must be issued anew.
pub fn code(ring: &KeyRing, student: &str, link: &str, record: &LinkRecord) -> Option<SlipCode> {
    let key = ring.named(Purpose::FamilyLink, &record.key_id)?;
    let child = number(mac::seal(key.bytes(), &[b"slip-child", student.as_bytes()]));
    let parts: [&[u8]; 3] = [b"slip-code", link.as_bytes(), record.nonce.as_bytes()];
    let secret = number(mac::seal(key.bytes(), &parts));
    Some(SlipCode(
        letters(child, OF_CHILD) + &letters(secret, SECRET),
    ))
}

/// The four digits of a link; `None` as for [`code`].
pub fn digits(ring: &KeyRing, link: &str, record: &LinkRecord) -> Option<String> {
    let key = ring.named(Purpose::FamilyLink, &record.key_id)?;
    let parts: [&[u8]; 3] = [b"slip-digits", link.as_bytes(), record.nonce.as_bytes()];
    let number = number(mac::seal(key.bytes(), &parts)) % 10_000;
    Some(format!("{number:04}"))
}

/// Whether these are the link's digits.
pub fn digits_fit(ring: &KeyRing, link: &str, record: &LinkRecord, typed: &str) -> bool {
    let ours = digits(ring, link, record);
    ours.is_some_and(|ours| mac::same(ours.as_bytes(), plain(typed).as_bytes()))
}

/// Eight bytes leave no bias that anybody could use.
fn number(sealed: [u8; 32]) -> u64 {
    let first = sealed.first_chunk::<8>();
    first.map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

fn letters(mut number: u64, count: usize) -> String {
    let mut text = String::with_capacity(count);
    for _ in 0..count {
        let at = usize::try_from(number % 23).unwrap_or(0);
        text.push(char::from(LETTERS.get(at).copied().unwrap_or(b'A')));
        number /= 23;
    }
    text
}

/// Upper case, narrow, without what separates.
fn plain(text: &str) -> String {
    let narrow = |c: char| match u32::from(c) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        _ => c,
    };
    let letters = text.chars().take(40).map(narrow);
    let kept = letters.filter(char::is_ascii_alphanumeric);
    kept.map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::family_link;
    use std::collections::BTreeSet;

    fn record(ring: &KeyRing, link: &str) -> LinkRecord {
        family_link::issue(ring, link).unwrap().1
    }

    #[test]
    fn a_slip_says_the_same_again_and_another_link_something_else() {
        let ring = KeyRing::fresh().unwrap();
        let one = record(&ring, "one");
        let first = code(&ring, "lin", "one", &one).unwrap();
        assert!(first.same(&code(&ring, "lin", "one", &one).unwrap()));
        let rotated = ring.rotated().unwrap();
        assert!(first.same(&code(&rotated, "lin", "one", &one).unwrap()));
        assert!(code(&rotated.without_previous(), "lin", "one", &one).is_none());
        let again = record(&ring, "one");
        let second = code(&ring, "lin", "one", &again).unwrap();
        assert!(!first.same(&second));
        assert_eq!(
            first.of_child(),
            second.of_child(),
            "guesses are counted by child"
        );
        assert!(digits(&rotated.without_previous(), "one", &one).is_none());
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        let ring = KeyRing::fresh().unwrap();
        let code = code(&ring, "lin", "one", &record(&ring, "one")).unwrap();
        let printed = code.printed();
        assert_eq!(printed.len(), 8);
        let wide: String = printed
            .chars()
            .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
            .collect();
        for typed in [
            printed.clone(),
            printed.to_lowercase(),
            format!(" {} ", printed.replace('-', "  ")),
            wide,
        ] {
            assert_eq!(SlipCode::parse(&typed), Some(code.clone()), "{typed}");
        }
        for bad in ["", "K7-4HRM", "K7-4HRMXX", "O0-IL1SZ", "星光星光星光星"] {
            assert_eq!(SlipCode::parse(bad), None, "{bad}");
        }
        assert!(!format!("{code:?}").contains(code.of_child()));
    }

    #[test]
    fn a_thousand_links_have_a_thousand_codes_and_many_digits() {
        let ring = KeyRing::fresh().unwrap();
        let (mut codes, mut numbers) = (BTreeSet::new(), BTreeSet::new());
        for n in 0..1_000 {
            let (child, link) = (format!("child {n}"), format!("link {n}"));
            let record = record(&ring, &link);
            codes.insert(code(&ring, &child, &link, &record).unwrap().0);
            let four = digits(&ring, &link, &record).unwrap();
            assert!(four.len() == 4 && digits_fit(&ring, &link, &record, &four));
            numbers.insert(four);
        }
        assert_eq!(codes.len(), 1_000);
        assert!(numbers.len() > 900, "{}", numbers.len());
        let used: BTreeSet<char> = codes.iter().flat_map(|c| c.chars()).collect();
        assert_eq!(used.len(), LETTERS.len());
    }

    #[test]
    fn only_the_links_own_digits_fit() {
        let ring = KeyRing::fresh().unwrap();
        let record = record(&ring, "one");
        let right = digits(&ring, "one", &record).unwrap();
        let fitting = (0..10_000).filter(|n| digits_fit(&ring, "one", &record, &format!("{n:04}")));
        let fitting: Vec<String> = fitting.map(|n| format!("{n:04}")).collect();
        assert_eq!(fitting, std::slice::from_ref(&right));
        for bad in ["", right.split_at(3).0, &format!("{right}0")] {
            assert!(!digits_fit(&ring, "one", &record, bad), "{bad}");
        }
    }
}
