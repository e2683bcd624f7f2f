//! Chance without state: every draw is a pure function of the seed and of what it is about.
//! Used by the whole demo world, so that any answer can be asked for in any order and stays the same.

/// A point in the space of draws. Copying it and adding tags gives independent draws.
#[derive(Clone, Copy, Debug)]
pub struct Dice(u64);

/// Names a topic of draws at compile time (FNV-1a), so that two topics never share their luck.
pub const fn topic(name: &str) -> u64 {
    let mut rest = name.as_bytes();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    while let Some((byte, tail)) = rest.split_first() {
        // `u64::from` is not const yet; a byte always fits.
        #[expect(clippy::as_conversions, reason = "widening u8 to u64 in a const fn")]
        let wide = *byte as u64;
        hash = (hash ^ wide).wrapping_mul(0x0100_0000_01b3);
        rest = tail;
    }
    hash
}

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(scramble(seed))
    }

    /// The same dice about one more thing: a topic, a round, somebody's number.
    pub const fn about(self, tag: u64) -> Self {
        Self(scramble(self.0 ^ tag.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    /// `about` for positions in a list.
    pub fn nth(self, position: usize) -> Self {
        self.about(u64::try_from(position).unwrap_or(u64::MAX))
    }

    /// Uniform in [0, 1).
    pub fn unit(self) -> f64 {
        let high = u32::try_from(self.0 >> 32).unwrap_or(0);
        f64::from(high) / 4_294_967_296.0
    }

    /// Bell shaped with mean 0 and sd 1, within ±3.5: the sum of four uniform 16-bit pieces.
    pub fn normal(self) -> f64 {
        let pieces = [0, 16, 32, 48];
        let sum: f64 = pieces
            .iter()
            .map(|shift| f64::from(piece(self.0 >> shift)))
            .sum();
        (sum / 65_535.0 - 2.0) * 1.732_050_807_568_877_2
    }

    /// Uniform in 0..n; 0 where n is 0.
    pub fn below(self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(1).max(1);
        usize::try_from((self.0 >> 8) % n).unwrap_or(0)
    }

    pub fn chance(self, probability: f64) -> bool {
        self.unit() < probability
    }

    pub fn pick<T>(self, list: &[T]) -> Option<&T> {
        list.get(self.below(list.len()))
    }

    /// One of a bank of texts; empty only for an empty bank.
    pub fn word(self, bank: &[&'static str]) -> &'static str {
        self.pick(bank).copied().unwrap_or_default()
    }

    /// Shuffles in place (Fisher–Yates).
    pub fn shuffle<T>(self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.nth(last).below(last + 1));
        }
    }
}

fn piece(bits: u64) -> u16 {
    u16::try_from(bits & 0xffff).unwrap_or(0)
}

const fn scramble(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws() -> impl Iterator<Item = Dice> {
        (0..20_000).map(|n| Dice::new(7).about(topic("test")).about(n))
    }

    #[test]
    fn normal_draws_have_mean_zero_and_sd_one() {
        let mean = draws().map(Dice::normal).sum::<f64>() / 20_000.0;
        let square = draws().map(|d| d.normal().powi(2)).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03, "{mean}");
        assert!((square - 1.0).abs() < 0.05, "{square}");
    }

    #[test]
    fn uniform_draws_fill_their_range() {
        let mut seen = [0_u32; 7];
        draws().for_each(|d| seen[d.below(7)] += 1);
        assert!(seen.iter().all(|n| (2_600..3_200).contains(n)), "{seen:?}");
        assert!(draws().all(|d| (0.0..1.0).contains(&d.unit())));
    }

    #[test]
    fn topics_and_seeds_are_independent() {
        assert_ne!(topic("a"), topic("b"));
        assert_ne!(Dice::new(1).0, Dice::new(2).0);
        assert_eq!(Dice::new(1).nth(3).0, Dice::new(1).about(3).0);
    }
}
