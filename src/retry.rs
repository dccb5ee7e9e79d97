//! When the same order may be made again: only where nothing can have been ordered before.

use crate::error::{Code, Error, Outcome};
use crate::limits::Limits;

/// The wait before the first repetition where the service names none, in milliseconds; each further
/// one is twice as long.
const BACKOFF: f64 = 500.0;

/// The longest wait that is worth it, in milliseconds; a service that asks for more gets its answer
/// passed on.
const LONGEST: f64 = 300_000.0;

/// The milliseconds to wait before an order that failed like this may be made again, if it may.
/// `done` is how often it was made again already, `chance` a random number from 0 to 1: clients that
/// failed together should not come back together.
pub fn wait(error: &Error, done: u32, chance: f64) -> Option<f64> {
    let backoff = BACKOFF * f64::from(1_u32 << done.min(10)) * (0.5 + chance / 2.0);
    match (error.code(), error.outcome()) {
        (Code::RateLimited, Outcome::Refused) => Some(
            error
                .retry_after()
                .map_or(backoff, |seconds| seconds * 1000.0),
        ),
        (Code::Network, Outcome::NotSent) => Some(backoff),
        _ => None,
    }
}

/// Whether an order can wait so many milliseconds.
pub fn is_worth(wait: f64, limits: &Limits) -> bool {
    wait <= LONGEST && limits.allow(wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited() -> Error {
        Error::new(Code::RateLimited, "").with_outcome(Outcome::Refused)
    }

    #[test]
    fn only_what_was_certainly_not_ordered_is_ordered_again() {
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
    fn the_service_says_how_long_and_otherwise_the_wait_doubles() {
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
