//! What stands before the orders of a batch: open, held back for a while, or closed for good.

use crate::error::{Code, Error, Result};
use crate::timer::sleep;
use core::cell::{Cell, RefCell};
use js_sys::Date;
use wasm_bindgen::prelude::*;

/// How often an order that waits looks whether it may still go out, in milliseconds.
const LOOK: f64 = 1000.0;

/// One gate, which all orders of a batch go through; a single order has its own.
#[derive(Default)]
pub struct Gate {
    /// When it opens, in milliseconds of the host's clock.
    opens: Cell<f64>,
    closed: RefCell<Option<JsValue>>,
}

impl Gate {
    /// Waits until orders may go out, or tells why none may any more.
    pub async fn pass(&self) -> Result<()> {
        let (mut opens, mut wait) = (0.0, 0.0);
        loop {
            self.check()?;
            let left = self.opens.get() - Date::now();
            // A clock that is set back must not have an order wait longer.
            wait = if self.opens.get() > opens {
                left
            } else {
                left.min(wait)
            };
            if wait <= 0.0 {
                return Ok(());
            }
            opens = self.opens.get();
            sleep(wait.min(LOOK)).await;
            wait -= LOOK;
        }
    }

    /// Nothing passes for so many milliseconds: a service that wants one order to wait wants all to.
    pub fn hold(&self, milliseconds: f64) {
        self.opens
            .set(self.opens.get().max(Date::now() + milliseconds));
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
