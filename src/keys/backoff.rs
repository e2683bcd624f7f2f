//! Waiting after wrong guesses: per account, never a lock (S-05, S-06, S-07). Five failures
//! within five minutes make the next try wait one second, every further failure doubles that, at
//! most 300 s; success or a teacher's unlock clears it. Pure: milliseconds of any clock that does
//! not jump come in as an argument. Sign-in, PINs, one-time codes, the API and screen pairing all
//! share one [`Backoff`], keyed by account. A try from a device the account has used before goes
//! under its own key (account and device), so that a classmate's guessing never shuts anyone out.

use std::collections::{HashMap, VecDeque};

const WINDOW_MS: u64 = 5 * 60 * 1_000;
const FREE_FAILURES: usize = 5;
const LONGEST_WAIT_MS: u64 = 300 * 1_000;
const FIRST_WAIT_MS: u64 = 1_000;
/// After this long without a failure an account is forgotten.
const QUIET_MS: u64 = 15 * 60 * 1_000;

/// Try again after this many milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    pub milliseconds: u64,
}

impl Wait {
    /// For the `Retry-After` header: whole seconds, rounded up, at least 1.
    pub fn seconds(self) -> u64 {
        self.milliseconds.div_ceil(1_000).max(1)
    }
}

#[derive(Debug, Clone, Default)]
struct Account {
    failures: VecDeque<u64>,
    wait: u64,
    until: u64,
    last: u64,
}

/// A try that was let through, counted as a failure until told otherwise: parallel guesses do not
/// slip through while the first is still being checked.
#[derive(Debug)]
pub struct Try {
    key: String,
    before: Option<Account>,
}

/// The failures of all accounts, in bounded memory.
#[derive(Debug)]
pub struct Backoff {
    accounts: HashMap<String, Account>,
    most_accounts: usize,
}

impl Backoff {
    /// Remembers at most `most_accounts` accounts; the least troubled are forgotten first.
    pub fn new(most_accounts: usize) -> Self {
        Self {
            accounts: HashMap::new(),
            most_accounts: most_accounts.max(16),
        }
    }

    /// Asks to try. A refused try does not lengthen the wait.
    pub fn attempt(&mut self, key: &str, now: u64) -> Result<Try, Wait> {
        self.make_room(key, now);
        let before = self.accounts.get(key).cloned();
        let account = self.accounts.entry(key.to_owned()).or_default();
        if now.saturating_sub(account.last) > QUIET_MS.max(2 * account.wait) {
            *account = Account::default();
        }
        if let Some(wait) = account.remaining(now) {
            return Err(wait);
        }
        account.count_failure(now);
        let key = key.to_owned();
        Ok(Try { key, before })
    }

    /// The guess was right: everything is forgotten.
    pub fn succeeded(&mut self, right: Try) {
        self.accounts.remove(&right.key);
    }

    /// The guess was never looked at (queue full, store busy): as if it had not been made.
    pub fn withdraw(&mut self, unused: Try) {
        match unused.before {
            Some(account) => self.accounts.insert(unused.key, account),
            None => self.accounts.remove(&unused.key),
        };
    }

    /// A teacher or the office lets somebody try again at once, on every device (`key/device`).
    pub fn unlock(&mut self, key: &str) {
        let of_device = |other: &str| {
            let rest = other.strip_prefix(key);
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        self.accounts
            .retain(|other, _| other != key && !of_device(other));
    }

    /// Accounts in memory.
    pub fn len(&self) -> usize {
        self.accounts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.accounts.is_empty()
    }

    fn make_room(&mut self, key: &str, now: u64) {
        if self.accounts.len() < self.most_accounts || self.accounts.contains_key(key) {
            return;
        }
        self.accounts
            .retain(|_, account| now.saturating_sub(account.last) <= QUIET_MS);
        if self.accounts.len() < self.most_accounts {
            return;
        }
        // A tenth at once, so that a flood of invented names does not sort for every request.
        let mut by_trouble: Vec<(u64, usize, u64, String)> = self
            .accounts
            .iter()
            .map(|(key, a)| (a.wait, a.failures.len(), a.last, key.clone()))
            .collect();
        by_trouble.sort_unstable();
        for (_, _, _, key) in by_trouble.into_iter().take(self.most_accounts.div_ceil(10)) {
            self.accounts.remove(&key);
        }
    }
}

impl Account {
    fn remaining(&self, now: u64) -> Option<Wait> {
        // Never more than the wait itself, should the clock be set back.
        let milliseconds = self.until.saturating_sub(now).min(self.wait);
        (milliseconds > 0).then_some(Wait { milliseconds })
    }

    fn count_failure(&mut self, now: u64) {
        self.last = now;
        self.failures.push_back(now);
        self.failures
            .retain(|&at| now.saturating_sub(at) < WINDOW_MS);
        while self.failures.len() > FREE_FAILURES {
            self.failures.pop_front();
        }
        if self.wait > 0 {
            self.wait = (self.wait * 2).min(LONGEST_WAIT_MS);
        } else if self.failures.len() >= FREE_FAILURES {
            self.wait = FIRST_WAIT_MS;
        }
        self.until = now.saturating_add(self.wait);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fails as soon as allowed, `times` times; gives the waits in seconds.
    fn fail(backoff: &mut Backoff, key: &str, times: usize, mut now: u64) -> (Vec<u64>, u64) {
        let mut waits = Vec::new();
        for _ in 0..times {
            loop {
                match backoff.attempt(key, now) {
                    Ok(_failed) => break,
                    Err(wait) => {
                        waits.push(wait.seconds());
                        now += wait.milliseconds;
                    }
                }
            }
        }
        (waits, now)
    }

    #[test]
    fn waits_start_at_the_sixth_try_double_and_stop_at_300_seconds() {
        let mut backoff = Backoff::new(100);
        let (waits, _) = fail(&mut backoff, "a", 16, 0);
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    }

    #[test]
    fn success_and_unlock_clear_the_wait() {
        let mut backoff = Backoff::new(100);
        let (_, now) = fail(&mut backoff, "a", 8, 0);
        assert!(backoff.attempt("a", now).is_err());
        let right = backoff.attempt("a", now + 300_000).unwrap();
        backoff.succeeded(right);
        let (waits, now) = fail(&mut backoff, "a", 5, now + 300_000);
        assert!(waits.is_empty(), "{waits:?}");
        assert!(backoff.attempt("a", now).is_err());
        backoff.unlock("a");
        assert!(backoff.attempt("a", now).is_ok());
    }

    #[test]
    fn slow_typos_never_wait() {
        let mut backoff = Backoff::new(100);
        for n in 0..100 {
            assert!(backoff.attempt("a", n * 61_000 + n * 15_000).is_ok(), "{n}");
        }
    }

    #[test]
    fn parallel_guesses_are_counted_before_they_are_checked() {
        let mut backoff = Backoff::new(100);
        let open: Vec<_> = (0..20).map(|_| backoff.attempt("a", 0)).collect();
        assert_eq!(open.iter().filter(|t| t.is_ok()).count(), 5);
    }

    #[test]
    fn a_withdrawn_try_leaves_no_trace() {
        let mut backoff = Backoff::new(100);
        for _ in 0..50 {
            let unused = backoff.attempt("a", 0).unwrap();
            backoff.withdraw(unused);
        }
        assert!(backoff.is_empty());
    }

    #[test]
    fn a_class_behind_one_address_signs_in() {
        // 45 pupils, 8 typos: accounts do not disturb each other.
        let mut backoff = Backoff::new(100);
        for n in 0..45 {
            let key = format!("pupil-{n}");
            if n < 8 {
                assert!(backoff.attempt(&key, n).is_ok());
            }
            let right = backoff.attempt(&key, n).unwrap();
            backoff.succeeded(right);
        }
        assert!(backoff.is_empty());
    }

    #[test]
    fn a_known_device_is_not_shut_out_by_someone_elses_guesses() {
        let mut backoff = Backoff::new(100);
        let (_, now) = fail(&mut backoff, "a", 12, 0);
        assert!(backoff.attempt("a", now).is_err());
        assert!(backoff.attempt("a/known-device", now).is_ok());
    }

    #[test]
    fn memory_is_bounded_and_a_flood_does_not_free_a_troubled_account() {
        let mut backoff = Backoff::new(200);
        let (_, now) = fail(&mut backoff, "victim", 9, 0);
        for n in 0..5_000 {
            let _counted = backoff.attempt(&format!("invented-{n}"), now);
        }
        assert!(backoff.len() <= 200);
        assert!(backoff.attempt("victim", now).is_err());
        let later = now + QUIET_MS + 1;
        assert!(backoff.attempt("new", later).is_ok());
    }

    proptest! {
        #[test]
        fn nobody_waits_longer_than_300_seconds(times in proptest::collection::vec(0u64..2_000_000, 1..200)) {
            let mut backoff = Backoff::new(50);
            for now in times {
                if let Err(wait) = backoff.attempt("a", now) {
                    prop_assert!(wait.milliseconds <= LONGEST_WAIT_MS);
                    prop_assert!(wait.seconds() >= 1);
                }
            }
        }
    }
}
