//! The limits that all workers share: waiting after wrong guesses for every way of signing in
//! (S-05 to S-07), bad family tokens by address (S-39), digits and codes of families' slips by link, child and
//! address (S-41), displays' codes by address, exports by user (S-67). Time comes from a
//! clock that never goes back, whatever the PC's own clock does.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::ClientIp;
use crate::keys::backoff::{Backoff, Try, Wait};
use crate::keys::bucket::Buckets;
use crate::keys::mac;
use crate::keys::tries::Tries;
use crate::web::problem::Problem;

const MINUTE_MS: u64 = 60_000;
/// A school of 2,000 with staff and devices several times over; some 200 bytes each.
const MOST_KEYS: usize = 20_000;

/// One for the process, in `Data<Throttle>`.
pub struct Throttle {
    started: Instant,
    guesses: Mutex<Backoff>,
    bad_tokens: Mutex<Buckets>,
    slips: Mutex<Tries>,
    codes: Mutex<Buckets>,
    exports: Mutex<Buckets>,
}

impl Default for Throttle {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            guesses: Mutex::new(Backoff::new(MOST_KEYS)),
            bad_tokens: Mutex::new(Buckets::new(10, MINUTE_MS, MOST_KEYS)),
            slips: Mutex::new(Tries::new(5, 15 * MINUTE_MS, MOST_KEYS)),
            codes: Mutex::new(Buckets::new(30, MINUTE_MS / 3, MOST_KEYS)),
            exports: Mutex::new(Buckets::new(5, MINUTE_MS, MOST_KEYS)),
        }
    }
}

impl Throttle {
    /// Asks to check a password, PIN, code or pairing number of `account`; 429 when it must wait.
    /// `known_device` names a device on which the account has signed in before. A [`Try`] that is
    /// dropped counts as a wrong guess.
    pub fn guess(&self, account: &str, known_device: Option<&str>) -> Result<Try, Problem> {
        let mut key = account_key(account);
        if let Some(device) = known_device {
            key = format!("{key}/{device}");
        }
        let tried = locked(&self.guesses).attempt(&key, self.now());
        tried.map_err(refused)
    }

    /// The guess was right: the account is free again, on this device and elsewhere.
    pub fn right(&self, account: &str, right: Try) {
        let mut guesses = locked(&self.guesses);
        guesses.succeeded(right);
        guesses.unlock(&account_key(account));
    }

    /// The guess was never looked at, for instance because the queue was full.
    pub fn withdraw(&self, unused: Try) {
        locked(&self.guesses).withdraw(unused);
    }

    /// A teacher's or the office's unlock.
    pub fn unlock(&self, account: &str) {
        locked(&self.guesses).unlock(&account_key(account));
    }

    /// Counts a family token that does not exist; good ones are never counted.
    pub fn bad_token(&self, ip: ClientIp) -> Result<(), Problem> {
        let spent = locked(&self.bad_tokens).spend(&ip.to_string(), self.now());
        spent.map_err(refused)
    }

    /// Takes one of five tries in a quarter of an hour at what stands on a slip, before it is judged; `key` names the
    /// link, child or address.
    pub fn slip_try(&self, key: &str) -> Result<(), Wait> {
        locked(&self.slips).spend(key, self.now())
    }

    /// The try was right and does not count.
    pub fn slip_right(&self, key: &str) {
        locked(&self.slips).give_back(key);
    }

    /// Counts a display that asks for a code: nobody uses the codes up.
    pub fn code(&self, ip: &str) -> Result<(), Problem> {
        let spent = locked(&self.codes).spend(ip, self.now());
        spent.map_err(refused)
    }

    /// Counts an export of `user`.
    pub fn export(&self, user: &str) -> Result<(), Problem> {
        let spent = locked(&self.exports).spend(user, self.now());
        spent.map_err(refused)
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// The length in front keeps a login such as `wang/tablet-1` apart from the device of `wang`;
/// a login longer than any real one is kept by its hash, so that nobody fills the memory.
fn account_key(account: &str) -> String {
    if account.len() > 128 {
        return mac::hex(&mac::sha256(account.as_bytes()));
    }
    format!("{}:{account}", account.len())
}

fn refused(wait: Wait) -> Problem {
    Problem::too_many(wait.seconds())
}

/// A panic while counting leaves counts that are still good enough.
fn locked<T>(counts: &Mutex<T>) -> MutexGuard<'_, T> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_wait_and_a_right_one_frees_the_account_everywhere() {
        let throttle = Throttle::default();
        for _ in 0..5 {
            assert!(throttle.guess("wang", None).is_ok());
        }
        let refused = throttle.guess("wang", None).unwrap_err();
        assert_eq!(refused.status(), 429);
        assert_eq!(
            refused.response().headers().get("retry-after").unwrap(),
            "1"
        );
        let own = throttle.guess("wang", Some("tablet-1")).unwrap();
        throttle.right("wang", own);
        assert!(throttle.guess("wang", None).is_ok());
        assert!(throttle.guess("li", None).is_ok());
    }

    #[test]
    fn an_unlock_and_a_withdrawn_guess_leave_no_wait() {
        let throttle = Throttle::default();
        for _ in 0..20 {
            let unused = throttle.guess("wang", None).unwrap();
            throttle.withdraw(unused);
        }
        for _ in 0..5 {
            assert!(throttle.guess("wang", None).is_ok());
        }
        assert!(throttle.guess("wang", None).is_err());
        for _ in 0..5 {
            assert!(throttle.guess("wang", Some("tablet-1")).is_ok());
        }
        assert!(throttle.guess("wang", Some("tablet-1")).is_err());
        assert!(throttle.guess("wang/tablet-1", None).is_ok());
        throttle.unlock("wang");
        assert!(throttle.guess("wang", None).is_ok());
        assert!(throttle.guess("wang", Some("tablet-1")).is_ok());
        assert!(account_key(&"x".repeat(1 << 20)).len() < 100);
    }

    #[test]
    fn bad_tokens_and_exports_have_their_own_limits() {
        let throttle = Throttle::default();
        let ip = |text: &str| ClientIp(text.parse().unwrap());
        let bad = (0..20).filter(|_| throttle.bad_token(ip("10.0.0.1")).is_ok());
        assert_eq!(bad.count(), 10);
        assert!(throttle.bad_token(ip("10.0.0.2")).is_ok());
        assert_eq!((0..9).filter(|_| throttle.export("a").is_ok()).count(), 5);
    }
}
