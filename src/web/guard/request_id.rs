//! The id of the request being answered: in `X-Request-Id`, in its one log line and in problem
//! documents (S-55). Never taken from the client.

use std::future::Future;

use crate::keys::{mac, random};

tokio::task_local! {
    static CURRENT: String;
}

/// A fresh id of 16 hexadecimal digits.
pub fn fresh() -> String {
    random::bytes::<8>().map_or_else(|_| "0".repeat(16), |bytes| mac::hex(&bytes))
}

/// Runs `work` with `id` as the current one.
pub async fn scope<F: Future>(id: String, work: F) -> F::Output {
    CURRENT.scope(id, work).await
}

/// The id of the request that the running task answers; `None` outside of one.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}
