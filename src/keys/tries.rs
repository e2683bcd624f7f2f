//! A few tries in any quarter of an hour, by key and in bounded memory: the digits and codes of families' slips, which
//! are short (S-41). Tries count before they are judged, so that parallel guesses are no way around; a right one is
//! given back. Pure: milliseconds are an argument.

use std::collections::{HashMap, VecDeque};

use super::backoff::Wait;

/// At most `most` tries in any `window_ms`.
#[derive(Debug)]
pub struct Tries {
    most: usize,
    window_ms: u64,
    most_keys: usize,
    spent: HashMap<String, VecDeque<u64>>,
}

impl Tries {
    pub fn new(most: usize, window_ms: u64, most_keys: usize) -> Self {
        Self {
            most: most.max(1),
            window_ms,
            most_keys: most_keys.max(16),
            spent: HashMap::new(),
        }
    }

    /// Takes one try of `key`, or says how long until there is one.
    pub fn spend(&mut self, key: &str, now: u64) -> Result<(), Wait> {
        self.make_room(now);
        let window = self.window_ms;
        let times = self.spent.entry(key.to_owned()).or_default();
        // A clock set back makes old tries young, never longer than one window.
        times.retain(|at| now.saturating_sub(*at) < window && *at <= now);
        if times.len() >= self.most {
            let oldest = times.front().copied().unwrap_or(now);
            let milliseconds = (oldest + window).saturating_sub(now);
            return Err(Wait { milliseconds });
        }
        times.push_back(now);
        Ok(())
    }

    /// The newest try of `key` was right.
    pub fn give_back(&mut self, key: &str) {
        if let Some(times) = self.spent.get_mut(key) {
            times.pop_back();
        }
    }

    fn make_room(&mut self, now: u64) {
        if self.spent.len() < self.most_keys {
            return;
        }
        let window = self.window_ms;
        let young = |at: &u64| now.saturating_sub(*at) < window;
        self.spent
            .retain(|_, times| times.back().is_some_and(young));
        if self.spent.len() < self.most_keys {
            return;
        }
        // A tenth at once, those with the fewest tries first: a flood frees nobody who has spent them all.
        let keys = self.spent.iter();
        let mut by_trouble: Vec<(usize, Option<u64>, String)> = keys
            .map(|(key, times)| (times.len(), times.back().copied(), key.clone()))
            .collect();
        by_trouble.sort_unstable();
        for (_, _, key) in by_trouble.into_iter().take(self.most_keys.div_ceil(10)) {
            self.spent.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUARTER: u64 = 15 * 60_000;

    #[test]
    fn five_in_any_quarter_of_an_hour_and_then_again() {
        let mut tries = Tries::new(5, QUARTER, 100);
        for n in 0..5 {
            assert_eq!(tries.spend("a", n * 60_000), Ok(()));
        }
        let wait = tries.spend("a", 5 * 60_000).unwrap_err();
        assert_eq!(wait.seconds(), 600);
        assert!(tries.spend("b", 5 * 60_000).is_ok());
        assert!(tries.spend("a", QUARTER - 1).is_err());
        assert!(tries.spend("a", QUARTER).is_ok(), "the first is forgotten");
        assert!(tries.spend("a", QUARTER + 1).is_err(), "and only the first");
        assert!(tries.spend("a", QUARTER + 60_000).is_ok());
    }

    #[test]
    fn a_right_one_is_given_back() {
        let mut tries = Tries::new(5, QUARTER, 100);
        for n in 0..50 {
            assert_eq!(tries.spend("a", n), Ok(()));
            tries.give_back("a");
        }
        tries.give_back("never seen");
    }

    #[test]
    fn a_flood_of_keys_frees_nobody_and_fills_nothing() {
        let mut tries = Tries::new(5, QUARTER, 50);
        for _ in 0..5 {
            assert!(tries.spend("victim", 0).is_ok());
        }
        for n in 0..5_000 {
            assert!(tries.spend(&format!("flood {n}"), 1).is_ok());
            assert!(tries.spent.len() <= 50);
        }
        assert!(tries.spend("victim", 2).is_err());
    }

    #[test]
    fn a_clock_set_back_shuts_nobody_out() {
        let mut tries = Tries::new(1, QUARTER, 50);
        assert!(tries.spend("a", 10 * QUARTER).is_ok());
        assert!(tries.spend("a", 0).is_ok());
    }
}
