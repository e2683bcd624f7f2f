//! Bounded work for password hashing (S-104): a few hashes at once, a short queue before them,
//! and an honest 503 with `Retry-After` for the rest. One queue for all workers.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::web::problem::Problem;

/// How long a request waits for its turn before it is sent away.
const PATIENCE: Duration = Duration::from_millis(800);

/// Shared by cloning.
#[derive(Debug, Clone)]
pub struct HashQueue {
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

impl HashQueue {
    /// `at_once` hashes run, `waiting` more requests wait; each hash takes some 19 MiB.
    pub fn new(at_once: usize, waiting: usize) -> Self {
        let at_once = at_once.max(1);
        Self {
            places: Arc::new(Semaphore::new(at_once.saturating_add(waiting))),
            turns: Arc::new(Semaphore::new(at_once)),
        }
    }

    /// Runs `work` on a blocking thread when it is its turn.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let Ok(_place) = self.places.try_acquire() else {
            return Err(Problem::busy(1));
        };
        let turn = tokio::time::timeout(PATIENCE, self.turns.clone().acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(Problem::busy(1));
        };
        let done = actix_web::web::block(move || {
            let done = work();
            // Kept until the work is done, even when the client has gone.
            drop(turn);
            done
        });
        done.await.map_err(|_panicked| Problem::broken())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[actix_web::test]
    async fn work_runs_and_excess_is_sent_away_at_once() {
        let queue = HashQueue::new(1, 0);
        let (release, held) = mpsc::channel::<()>();
        let (started, begun) = tokio::sync::oneshot::channel::<()>();
        let busy = queue.clone();
        let first = actix_web::rt::spawn(async move {
            busy.run(move || {
                started.send(()).unwrap();
                held.recv().unwrap();
                7
            })
            .await
        });
        begun.await.unwrap();
        let refused = queue.run(|| 8).await.unwrap_err();
        assert_eq!(refused.status(), 503);
        assert!(refused.response().headers().contains_key("retry-after"));
        release.send(()).unwrap();
        assert_eq!(first.await.unwrap(), Ok(7));
        assert_eq!(queue.run(|| 9).await, Ok(9));
    }

    #[actix_web::test]
    async fn panicking_work_is_a_500_and_gives_its_turn_back() {
        let queue = HashQueue::new(1, 0);
        for _ in 0..3 {
            let broken = queue.run(|| -> u8 { panic!("on purpose") }).await;
            assert_eq!(broken.unwrap_err().status(), 500);
        }
        assert_eq!(queue.run(|| 1).await, Ok(1));
    }
}
