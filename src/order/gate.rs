//! The gate of a batch: open, paused after a 429, or closed after an error that concerns all orders.

use super::retry;
use crate::call::Call;
use crate::error::{Code, Error, Result};
use crate::js::timer::now;
use crate::js::value::number_text;
use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::pin::pin;
use core::task::{Poll, Waker};
use futures_util::future::{Either, select};
use wasm_bindgen::prelude::*;

/// All orders of a batch share one gate. A single order has one of its own.
#[derive(Default)]
pub struct BatchGate {
    /// When the pause ends, in milliseconds of [`now`].
    opens: Cell<f64>,
    /// The code and the error that closed it.
    closed: RefCell<Option<(Code, JsValue)>>,
    /// How often one of these changed.
    changes: Cell<u32>,
    waiting: RefCell<Vec<Waker>>,
}

impl BatchGate {
    /// Waits until an order may be sent. Fails if the gate is closed, or if the pause is longer than this
    /// order can wait.
    pub async fn pass(&self, call: &Call) -> Result<()> {
        loop {
            self.check()?;
            let wait = self.opens.get() - now();
            if wait <= 0.0 {
                return Ok(());
            }
            if !retry::is_worth(wait, call) {
                let seconds = (wait / 1000.0).ceil();
                let wait = number_text(seconds);
                let message = [
                    "Not sent: a 429 requires a wait of ",
                    &wait,
                    " s, longer than is left",
                ];
                return Err(
                    Error::from_parts(Code::RateLimited, &message).with_retry_after(Some(seconds))
                );
            }
            // Not by the clock again, which tests may have stopped.
            if let Either::Right(_) = select(pin!(self.change()), pin!(call.sleep(wait))).await {
                return self.check();
            }
        }
    }

    /// The wait before the retry of a failed order, if it can wait that long. After a 429 the whole batch
    /// pauses, and [`Self::pass`] waits.
    pub fn pause(&self, error: &Error, wait: f64, call: &Call) -> Option<f64> {
        let is_worth = retry::is_worth(wait, call);
        if error.code() != Code::RateLimited {
            return is_worth.then_some(wait);
        }
        self.opens.set(self.opens.get().max(now() + wait));
        self.changed();
        is_worth.then_some(0.0)
    }

    /// Closes the gate. The first reason counts.
    pub fn close(&self, code: Code, reason: &JsValue) {
        self.closed
            .borrow_mut()
            .get_or_insert_with(|| (code, reason.clone()));
        self.changed();
    }

    /// Fails if the gate is closed.
    pub fn check(&self) -> Result<()> {
        match &*self.closed.borrow() {
            None => Ok(()),
            Some((code, reason)) => {
                let message = ["Not sent: an earlier order failed with `", code.name(), "`"];
                Err(Error::from_parts(Code::Aborted, &message).with_cause(reason.clone()))
            }
        }
    }

    fn changed(&self) {
        self.changes.set(self.changes.get().wrapping_add(1));
        for waker in self.waiting.take() {
            waker.wake();
        }
    }

    async fn change(&self) {
        let seen = self.changes.get();
        poll_fn(|context| {
            if self.changes.get() != seen {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
