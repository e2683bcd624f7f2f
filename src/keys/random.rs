//! Bytes of the operating system's random generator. Everything in `keys` that must not be
//! guessed starts here, and nothing outside `keys` draws randomness at all.

/// The operating system gave no random bytes; nothing secret may be made until it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRandomness;

impl std::fmt::Display for NoRandomness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the operating system gave no random bytes")
    }
}

impl std::error::Error for NoRandomness {}

/// `N` fresh random bytes.
pub fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut out = [0_u8; N];
    match getrandom::fill(&mut out) {
        Ok(()) => Ok(out),
        Err(_unexplained) => Err(NoRandomness),
    }
}

/// A number in `0..bound`, every one equally likely; 0 when `bound` is 0.
pub fn below(bound: u32) -> Result<u32, NoRandomness> {
    if bound < 2 {
        return Ok(0);
    }
    // Values in the incomplete last stretch would favour the small numbers: draw again.
    let limit = u32::MAX - (u32::MAX % bound);
    loop {
        let drawn = u32::from_be_bytes(bytes::<4>()?);
        if drawn < limit {
            return Ok(drawn % bound);
        }
    }
}

/// A fresh seed for what must not be foreseen but may be told afterwards, such as who rates whom.
pub fn seed() -> Result<i64, NoRandomness> {
    Ok(i64::from_le_bytes(bytes::<8>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_below_the_bound_turns_up_and_no_other() {
        let mut seen = [0_u32; 12];
        for _ in 0..2_000 {
            seen[usize::try_from(below(12).unwrap()).unwrap()] += 1;
        }
        assert!(seen.iter().all(|&n| n > 80), "{seen:?}");
        assert_eq!(below(0), Ok(0));
        assert_eq!(below(1), Ok(0));
    }

    #[test]
    fn two_draws_differ() {
        assert_ne!(bytes::<32>().unwrap(), bytes::<32>().unwrap());
    }
}
