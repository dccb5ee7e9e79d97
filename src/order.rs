//! What is known of an order while it is under way, for the error that may end it.

use crate::cid::Cid;
use crate::error::{Error, Outcome};
use core::cell::{Cell, RefCell};

/// The state of one order.
pub struct Order {
    outcome: Cell<Outcome>,
    cid: RefCell<Option<Cid>>,
}

impl Default for Order {
    /// Nothing has left this machine.
    fn default() -> Self {
        Self {
            outcome: Cell::new(Outcome::NotSent),
            cid: RefCell::new(None),
        }
    }
}

impl Order {
    /// What became of it so far.
    pub fn outcome(&self) -> Outcome {
        self.outcome.get()
    }

    /// It came so far.
    pub fn set_outcome(&self, outcome: Outcome) {
        self.outcome.set(outcome);
    }

    /// The CID of its bytes was computed.
    pub fn set_cid(&self, cid: Cid) {
        self.cid.replace(Some(cid));
    }

    /// The error that ended it, with all that is known. What ends a call from outside does not know
    /// how far it was; any other error says so itself.
    pub fn close(&self, error: Error) -> Error {
        let error = match self.cid.take() {
            Some(cid) => error.with_cid(cid.to_string()),
            None => error,
        };
        if error.is_interruption() {
            error.with_outcome(self.outcome())
        } else {
            error
        }
    }
}
