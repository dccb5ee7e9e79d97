//! One order: made, maybe made again, and what is known of it if something ends it.

use crate::answer;
use crate::cid::Cid;
use crate::error::{Code, Error, Outcome, Result};
use crate::gate::Gate;
use crate::limits::Limits;
use crate::progress::Progress;
use crate::receipt::Receipt;
use crate::request::Request;
use crate::retry;
use crate::timer::sleep;
use crate::transport;
use core::cell::{Cell, RefCell};
use std::rc::Rc;

/// The state of one order.
pub struct Order {
    outcome: Cell<Outcome>,
    /// The HTTP status of the last answer; 0 where there is none.
    status: Cell<u16>,
    cid: RefCell<Option<Cid>>,
    receipt: RefCell<Option<Receipt>>,
    gate: Rc<Gate>,
}

impl Default for Order {
    /// An order by itself.
    fn default() -> Self {
        Self::new(Rc::default())
    }
}

impl Order {
    /// An order of which nothing has left this machine.
    pub fn new(gate: Rc<Gate>) -> Self {
        Self {
            outcome: Cell::new(Outcome::NotSent),
            status: Cell::new(0),
            cid: RefCell::default(),
            receipt: RefCell::default(),
            gate,
        }
    }

    /// Makes the order, and makes it again up to `retries` times where it was certainly not taken.
    pub async fn place(
        &self,
        request: &Request<'_>,
        retries: u32,
        limits: &Limits,
        progress: &Progress,
    ) -> Result<Receipt> {
        let mut done = 0;
        loop {
            let passed = self.gate.pass(limits).await;
            passed.map_err(|error| {
                let error = error.with_outcome(self.outcome.get());
                error.with_status(self.status.get())
            })?;
            progress.reach(request.body.first_phase(), 0.0);
            limits.check()?;
            // From here on nobody but the service knows whether it was taken.
            self.outcome.set(Outcome::Unknown);
            self.status.set(0);
            let at_status = |status| {
                self.outcome.set(answer::outcome(status));
                self.status.set(status);
            };
            let answer = transport::send(request, progress, at_status).await;
            let error = match answer.and_then(|answer| answer.into_receipt(request.token)) {
                Ok(receipt) => {
                    self.outcome.set(Outcome::Pinned);
                    self.receipt.replace(Some(receipt.clone()));
                    return Ok(receipt);
                }
                Err(error) => error,
            };
            self.outcome.set(error.outcome());
            let wait = retry::wait(&error, done, js_sys::Math::random());
            let limited = error.code() == Code::RateLimited;
            if let Some(wait) = wait.filter(|_| limited) {
                // Whether this order is made again or not, those behind it have to wait.
                self.gate.hold(wait);
            }
            match wait.filter(|wait| done < retries && retry::is_worth(*wait, limits)) {
                Some(_) if limited => {}
                Some(wait) => sleep(wait).await,
                None => return Err(error),
            }
            done = done.saturating_add(1);
        }
    }

    /// The CID of its bytes was computed.
    pub fn set_cid(&self, cid: Cid) {
        self.cid.replace(Some(cid));
    }

    /// The error that ended it, with all that is known. What ends a call from outside does not know
    /// how far it was; any other error says so itself.
    pub fn close(&self, mut error: Error) -> Error {
        if let Some(cid) = self.cid.take() {
            error = error.with_cid(cid.text());
        }
        if error.is_interruption() {
            error = error
                .with_outcome(self.outcome.get())
                .with_status(self.status.get());
            // It had come, and only its proof was still under way.
            if let Some(receipt) = self.receipt.take() {
                error = error.with_receipt(receipt.into_value(None, None));
            }
        }
        error
    }
}
