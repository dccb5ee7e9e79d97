//! What stands before the orders of a batch: open, held back for a while, or closed for good.

use crate::error::{Code, Error, Result};
use crate::limits::Limits;
use crate::retry;
use crate::timer::{now, sleep};
use core::cell::{Cell, RefCell};
use wasm_bindgen::prelude::*;

/// How often an order that waits looks whether it may still go out, in milliseconds.
const LOOK: f64 = 1000.0;

/// One gate, which all orders of a batch go through; a single order has its own.
#[derive(Default)]
pub struct Gate {
    /// When it opens, in milliseconds of [`now`].
    opens: Cell<f64>,
    closed: RefCell<Option<JsValue>>,
}

impl Gate {
    /// Waits until orders may go out, or tells why this one may not: none may any more, or it would have
    /// to wait for longer than it can.
    pub async fn pass(&self, limits: &Limits) -> Result<()> {
        loop {
            self.check()?;
            let wait = self.opens.get() - now();
            if wait <= 0.0 {
                return Ok(());
            }
            if !retry::is_worth(wait, limits) {
                let message = "The service asks to wait longer than this order can";
                let seconds = (wait / 1000.0).ceil();
                return Err(Error::new(Code::RateLimited, message).with_retry_after(Some(seconds)));
            }
            sleep(wait.min(LOOK)).await;
        }
    }

    /// Nothing passes for so many milliseconds: a service that wants one order to wait wants all to.
    pub fn hold(&self, milliseconds: f64) {
        self.opens.set(self.opens.get().max(now() + milliseconds));
    }

    /// Nothing passes any more. The first reason counts.
    pub fn close(&self, reason: &JsValue) {
        self.closed
            .borrow_mut()
            .get_or_insert_with(|| reason.clone());
    }

    /// Whether it is not closed.
    pub fn check(&self) -> Result<()> {
        match &*self.closed.borrow() {
            None => Ok(()),
            Some(reason) => Err(Error::new(
                Code::Aborted,
                "Not sent: the service refused an earlier order for its token or wallet, which all share",
            )
            .with_cause(reason.clone())),
        }
    }
}
