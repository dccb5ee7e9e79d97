//! When an order is retried: only if it was certainly not processed.

use crate::call::Call;
use crate::error::{Code, Error, Outcome};

/// The wait before the first retry if there is no `Retry-After`, in milliseconds. It doubles each time.
const BACKOFF: f64 = 500.0;

/// The maximum wait before a retry, in milliseconds. If it would be longer, the call rejects.
const MAX_WAIT: f64 = 300_000.0;

/// Whether an error says that the order was certainly not processed.
pub fn is_safe(error: &Error) -> bool {
    matches!(
        (error.code(), error.outcome()),
        (Code::RateLimited, Outcome::Refused) | (Code::Network, Outcome::NotSent)
    )
}

/// The milliseconds to wait before a retry, or `None` if there is no retry. `done` is the number of earlier
/// retries, `chance` a random number from 0 to 1: it spreads the retries of clients that failed together.
pub fn wait(error: &Error, done: u32, chance: f64) -> Option<f64> {
    let backoff = BACKOFF * f64::from(1_u32 << done.min(10)) * (0.5 + chance / 2.0);
    let asked = error.retry_after().map(|seconds| seconds * 1000.0);
    is_safe(error).then(|| asked.unwrap_or(backoff))
}

/// Whether an order can wait for this many milliseconds.
pub fn is_worth(wait: f64, call: &Call) -> bool {
    wait <= MAX_WAIT && call.can_wait(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited() -> Error {
        Error::new(Code::RateLimited, "").with_outcome(Outcome::Refused)
    }

    #[test]
    fn retries_only_what_was_certainly_not_processed() {
        assert!(wait(&limited(), 0, 0.0).is_some());
        assert!(wait(&Error::new(Code::Network, ""), 0, 0.0).is_some());
        for error in [
            Error::new(Code::Network, "").with_outcome(Outcome::Unknown),
            Error::new(Code::Server, "").with_outcome(Outcome::Unknown),
            Error::new(Code::Unauthorized, "").with_outcome(Outcome::Refused),
            Error::new(Code::Timeout, "").with_outcome(Outcome::Unknown),
            Error::new(Code::InvalidInput, ""),
        ] {
            assert_eq!(wait(&error, 0, 0.0), None, "{error:?}");
        }
    }

    #[test]
    fn waits_as_the_server_says_or_twice_as_long_each_time() {
        assert_eq!(
            wait(&limited().with_retry_after(Some(7.0)), 0, 0.5),
            Some(7000.0)
        );
        assert_eq!(
            wait(&limited().with_retry_after(Some(86_400.0)), 0, 0.5),
            Some(86_400_000.0)
        );
        assert_eq!(wait(&limited(), 0, 1.0), Some(500.0));
        assert_eq!(wait(&limited(), 1, 1.0), Some(1000.0));
        assert_eq!(wait(&limited(), 1, 0.0), Some(500.0));
    }
}
