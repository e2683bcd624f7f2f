//! First passwords: printed once on the sign-in sheet, read aloud, typed once, changed at the
//! first sign-in. Syllables without letters that look alike; 42 bits behind the back-off.

use super::random::{self, NoRandomness};

/// A fresh first password such as `bako-delu-reso-47`.
pub fn first_password() -> Result<String, NoRandomness> {
    let groups: Result<Vec<String>, NoRandomness> = (0..3).map(|_| group()).collect();
    Ok(format!("{}-{}{}", groups?.join("-"), digit()?, digit()?))
}

fn group() -> Result<String, NoRandomness> {
    const CONSONANTS: &str = "bdfghjkmnprstvwz";
    const VOWELS: &str = "aeou";
    [CONSONANTS, VOWELS, CONSONANTS, VOWELS]
        .into_iter()
        .map(pick)
        .collect()
}

fn digit() -> Result<char, NoRandomness> {
    pick("23456789")
}

fn pick(letters: &str) -> Result<char, NoRandomness> {
    let many = u32::try_from(letters.len()).unwrap_or(0);
    let place = usize::try_from(random::below(many)?).unwrap_or(0);
    Ok(letters.chars().nth(place).unwrap_or('a'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::password_policy;

    #[test]
    fn first_passwords_are_readable_different_and_accepted() {
        let many: std::collections::BTreeSet<String> =
            (0..200).map(|_| first_password().unwrap()).collect();
        assert_eq!(many.len(), 200);
        for password in &many {
            assert_eq!(password.len(), 17, "{password}");
            assert!(!password.contains(['l', 'i', '1', '0']), "{password}");
            assert_eq!(password_policy::judge(password, &[]), Ok(()), "{password}");
        }
    }
}
