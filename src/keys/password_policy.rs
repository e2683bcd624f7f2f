//! Which staff passwords are accepted (S-04): length, and nothing that guessing tries first. No
//! rules about kinds of characters; they make passwords worse. Used by set-up, password change
//! and the office's staff page.

use super::password::{MOST_BYTES, normalise};

/// Fewest and most characters, counted after NFC.
pub const FEWEST_CHARS: usize = 8;
pub const MOST_CHARS: usize = 128;

/// Why a new password is refused. `key` names the interface text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    TooShort,
    TooLong,
    Common,
    Repetitive,
    SaysWhoYouAre,
}

impl Weakness {
    pub fn key(self) -> &'static str {
        match self {
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::Common => "password-common",
            Self::Repetitive => "password-repetitive",
            Self::SaysWhoYouAre => "password-says-who-you-are",
        }
    }
}

/// Judges a new password. `about` are the words an acquaintance would try: school name, login,
/// the person's name.
pub fn judge(password: &str, about: &[&str]) -> Result<(), Weakness> {
    if password.len() > MOST_BYTES {
        return Err(Weakness::TooLong);
    }
    let normal = normalise(password);
    match normal.chars().count() {
        0..FEWEST_CHARS => return Err(Weakness::TooShort),
        FEWEST_CHARS..=MOST_CHARS => {}
        _ => return Err(Weakness::TooLong),
    }
    let folded = normal.to_lowercase();
    if is_common(&folded) {
        return Err(Weakness::Common);
    }
    if is_repetitive(&folded) {
        return Err(Weakness::Repetitive);
    }
    if about.iter().any(|word| is_mostly(&folded, word)) {
        return Err(Weakness::SaysWhoYouAre);
    }
    Ok(())
}

/// Words that are weak with whatever digits and signs around them.
const STEMS: [&str; 52] = [
    "password",
    "passwort",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "pa55word",
    "starlight",
    "xingguang",
    "星光",
    "星光灿烂",
    "teacher",
    "laoshi",
    "老师",
    "school",
    "xuexiao",
    "学校",
    "welcome",
    "letmein",
    "iloveyou",
    "woaini",
    "woaini1314",
    "admin",
    "administrator",
    "root",
    "test",
    "guest",
    "user",
    "login",
    "changeme",
    "secret",
    "default",
    "qwerty",
    "qwertyui",
    "qwertyuiop",
    "asdfgh",
    "asdfghjkl",
    "zxcvbn",
    "zxcvbnm",
    "1qaz2wsx",
    "qazwsx",
    "abc",
    "abcd",
    "abcdef",
    "monkey",
    "dragon",
    "football",
    "baseball",
    "sunshine",
    "princess",
    "superman",
    "computer",
    "master",
];

/// Whole passwords that head every list of leaked ones and are not caught by a stem.
const WHOLE: [&str; 40] = [
    "1q2w3e4r",
    "1q2w3e4r5t",
    "q1w2e3r4",
    "q1w2e3r4t5",
    "zaq12wsx",
    "1qazxsw2",
    "qwe123qwe",
    "qweasdzxc",
    "asd123456",
    "a123456789",
    "a1234567890",
    "aa123456",
    "aa123456789",
    "abc123456",
    "abcd1234",
    "1234qwer",
    "123qweasd",
    "123456abc",
    "123456aa",
    "12341234",
    "123123123",
    "147258369",
    "741852963",
    "789456123",
    "159753456",
    "5201314520",
    "52013145",
    "1314520520",
    "11223344",
    "1122334455",
    "88888888",
    "66666666",
    "12344321",
    "123454321",
    "87654321",
    "woaini520",
    "woaini123",
    "trustno1",
    "whatever",
    "michelle",
];

fn is_common(folded: &str) -> bool {
    if WHOLE.contains(&folded) {
        return true;
    }
    let core = folded.trim_matches(|c: char| !c.is_alphabetic());
    let tail_only = folded.trim_end_matches(|c: char| !c.is_alphabetic());
    [core, tail_only].iter().any(|stem| STEMS.contains(stem))
        || STEMS.iter().any(|stem| is_mostly(folded, stem))
}

/// One character, a run such as 12345678 or hgfedcba, or one short piece again and again.
fn is_repetitive(folded: &str) -> bool {
    let chars: Vec<u32> = folded.chars().map(u32::from).collect();
    let steps: Vec<i64> = chars
        .iter()
        .zip(chars.iter().skip(1))
        .map(|(&a, &b)| i64::from(b) - i64::from(a))
        .collect();
    let in_line = |step: i64| steps.iter().filter(|&&s| s == step).count();
    let most = steps.len().saturating_sub(1);
    if [0, 1, -1].iter().any(|&step| in_line(step) >= most) {
        return true;
    }
    (2..=chars.len() / 3).any(|period| {
        chars
            .iter()
            .zip(chars.iter().skip(period))
            .all(|(a, b)| a == b)
    })
}

/// Whether the password is the word plus at most a year's worth of other letters or digits.
fn is_mostly(folded: &str, word: &str) -> bool {
    let word = normalise(word.trim()).to_lowercase();
    let long_enough = if word.is_ascii() { 4 } else { 2 };
    if word.chars().count() < long_enough || !folded.contains(&word) {
        return false;
    }
    let rest = folded.replace(&word, "");
    rest.chars().filter(|c| c.is_alphanumeric()).count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: [&str; 3] = ["向阳小学", "wang.fang", "王芳"];

    #[test]
    fn weak_passwords_are_named() {
        let check = |password: &str, expected: Weakness| {
            assert_eq!(judge(password, &ABOUT), Err(expected), "{password}");
        };
        check("seven77", Weakness::TooShort);
        check("七个字也是太短", Weakness::TooShort);
        check("password123", Weakness::Common);
        check("PassWord123!", Weakness::Common);
        check("starlight1", Weakness::Common);
        check("星光灿烂2026!", Weakness::Common);
        check("1qaz2wsx", Weakness::Common);
        check("abcd1234", Weakness::Common);
        check("aaaaaaaaaa", Weakness::Repetitive);
        check("2345678901", Weakness::Repetitive);
        check("hgfedcba", Weakness::Repetitive);
        check("xyzxyzxyzxyz", Weakness::Repetitive);
        check("向阳小学2026!!", Weakness::SaysWhoYouAre);
        check("wang.fang88", Weakness::SaysWhoYouAre);
        check(&"长".repeat(129), Weakness::TooLong);
        check(&"🌞".repeat(300), Weakness::TooLong);
    }

    #[test]
    fn the_school_name_alone_is_refused_and_long_sentences_pass() {
        assert_eq!(
            judge("向阳小学向阳小学", &ABOUT),
            Err(Weakness::SaysWhoYouAre)
        );
        let fine = [
            "今天操场上有七只麻雀".to_owned(),
            "correct horse battery staple".to_owned(),
            "🌞🌈 rain later".to_owned(),
            "向阳小学的银杏树比楼高".to_owned(),
            "ab3 ".repeat(4) + "lamp river door cloud" + &" tea".repeat(6),
            (0..128_u32)
                .map(|n| char::from_u32(0x4e00 + n * 7 % 97).unwrap())
                .collect(),
        ];
        for password in fine {
            assert_eq!(judge(&password, &ABOUT), Ok(()), "{password}");
        }
    }
}
