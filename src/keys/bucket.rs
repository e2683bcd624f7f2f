//! A token bucket per key with bounded memory: ten bad family tokens a minute and address (S-39),
//! five exports a minute and user (S-67). Bad requests spend, good ones never ask, so that valid
//! holders behind the same address notice nothing. Pure: milliseconds are an argument.

use std::collections::HashMap;

use super::backoff::Wait;

/// `size` requests at once, refilled evenly over `refill_ms`.
#[derive(Debug)]
pub struct Buckets {
    size: u64,
    refill_ms: u64,
    most_keys: usize,
    /// When each key's bucket will be full again.
    full_at: HashMap<String, u64>,
}

impl Buckets {
    pub fn new(size: u32, refill_ms: u64, most_keys: usize) -> Self {
        Self {
            size: u64::from(size.max(1)),
            refill_ms: refill_ms.max(1),
            most_keys: most_keys.max(16),
            full_at: HashMap::new(),
        }
    }

    /// Takes one from the bucket of `key`, or says how long until there is one.
    pub fn spend(&mut self, key: &str, now: u64) -> Result<(), Wait> {
        self.make_room(now);
        let price = self.refill_ms.div_ceil(self.size);
        let room = price * self.size;
        // A clock set back must not shut anybody out for longer than one refill.
        let stored = self.full_at.get(key).copied().unwrap_or(now);
        let full_at = stored.clamp(now, now.saturating_add(room));
        let after = full_at.saturating_add(price);
        if after > now.saturating_add(room) {
            let milliseconds = after - now.saturating_add(room);
            return Err(Wait { milliseconds });
        }
        self.full_at.insert(key.to_owned(), after);
        Ok(())
    }

    /// Keys in memory.
    pub fn len(&self) -> usize {
        self.full_at.len()
    }

    pub fn is_empty(&self) -> bool {
        self.full_at.is_empty()
    }

    fn make_room(&mut self, now: u64) {
        if self.full_at.len() < self.most_keys {
            return;
        }
        self.full_at.retain(|_, full_at| *full_at > now);
        if self.full_at.len() < self.most_keys {
            return;
        }
        let mut by_time: Vec<(u64, String)> =
            self.full_at.iter().map(|(k, t)| (*t, k.clone())).collect();
        by_time.sort_unstable();
        for (_, key) in by_time.into_iter().take(self.most_keys.div_ceil(10)) {
            self.full_at.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_a_minute_then_one_every_six_seconds() {
        let mut bad = Buckets::new(10, 60_000, 100);
        for _ in 0..10 {
            assert_eq!(bad.spend("10.0.0.9", 0), Ok(()));
        }
        let wait = bad.spend("10.0.0.9", 0).unwrap_err();
        assert_eq!(wait.seconds(), 6);
        assert!(bad.spend("10.0.0.9", 5_999).is_err());
        assert!(bad.spend("10.0.0.9", 6_000).is_ok());
        assert!(bad.spend("10.0.0.9", 6_001).is_err());
        assert!(bad.spend("10.0.0.10", 6_001).is_ok());
    }

    #[test]
    fn a_thousand_bad_tokens_cost_a_minute_at_most() {
        let mut bad = Buckets::new(10, 60_000, 100);
        let refused = (0..1_000).filter(|_| bad.spend("ip", 0).is_err()).count();
        assert_eq!(refused, 990);
        for _ in 0..10 {
            assert!(bad.spend("ip", 60_000).is_ok());
        }
        assert!(bad.spend("ip", 60_000).is_err());
    }

    #[test]
    fn a_clock_set_back_shuts_nobody_out_for_long() {
        let mut bad = Buckets::new(10, 60_000, 100);
        assert!(bad.spend("ip", 1_000_000_000).is_ok());
        let wait = bad.spend("ip", 0).unwrap_err();
        assert!(wait.milliseconds <= 60_000);
    }

    #[test]
    fn memory_is_bounded() {
        let mut bad = Buckets::new(10, 60_000, 100);
        for n in 0..10_000 {
            assert!(bad.spend(&n.to_string(), 0).is_ok());
        }
        assert!(bad.len() <= 100);
    }
}
