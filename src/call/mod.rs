//! What every call has: options, signal, timeout and progress, and the stage of its order.

pub mod cancel;
pub mod options;
pub mod progress;
mod similar;
pub mod stage;

use crate::cid::Cid;
use crate::error::{Code, Error, Result};
use crate::js::timer::now;
use crate::js::value::{number_text, string_field};
use cancel::{ABORTED, Cancellation, RUNNING};
use core::cell::RefCell;
use core::future::{Future, poll_fn};
use core::pin::Pin;
use core::task::Poll;
use futures_util::future::LocalBoxFuture;
use options::CallOptions;
use stage::Stage;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

/// A running call. Dropping it stops its timers and listeners.
#[derive(Debug)]
pub struct Call {
    cancellation: Cancellation,
    /// Resolves when the call ends early. One for all that runs in it: each keeps its memory until then.
    ended: RefCell<Option<JsFuture>>,
    timeout: f64,
    deadline: f64,
    stage: RefCell<Stage>,
    cid: RefCell<Option<Cid>>,
}

impl Call {
    /// Starts the timeout and listens to the signal.
    pub fn start(options: &CallOptions) -> Result<Self> {
        let CallOptions { signal, timeout } = options;
        let timeout = *timeout;
        let cancellation = Cancellation::new(signal, timeout).map_err(|cause| {
            let message = "The runtime has no AbortController";
            Error::new(Code::Unsupported, message).with_cause(cause)
        })?;
        Ok(Self {
            ended: RefCell::new(cancellation.ended().map(JsFuture::from)),
            cancellation,
            timeout,
            deadline: if timeout > 0.0 {
                now() + timeout
            } else {
                f64::INFINITY
            },
            stage: RefCell::default(),
            cid: RefCell::default(),
        })
    }

    /// Runs `work` until it is done. If the signal or the timeout ends the call first, drops the work. Errors
    /// get what is known of the order.
    pub async fn run(&self, work: impl Future<Output = Result<JsValue>>) -> Result<JsValue> {
        self.drive(Box::pin(work)).await
    }

    /// Boxed: this would be compiled once for each type of work.
    async fn drive(&self, work: LocalBoxFuture<'_, Result<JsValue>>) -> Result<JsValue> {
        #[cfg(feature = "drill")]
        crate::js::drill::panic_on_demand().await;
        let mut work = work;
        let result = poll_fn(|context| {
            if self.cancellation.state() == RUNNING
                && let Poll::Ready(result) = work.as_mut().poll(context)
            {
                return Poll::Ready(result);
            }
            // The work itself may have aborted the signal.
            if let Err(error) = self.check() {
                return Poll::Ready(Err(error));
            }
            // It only wakes: `check` says how the call ended.
            if let Some(ended) = &mut *self.ended.borrow_mut() {
                let _ = Pin::new(ended).poll(context);
            }
            Poll::Pending
        })
        .await;
        result.map_err(|error| {
            self.cancellation.abort();
            match self.cid.take() {
                Some(cid) => error.with_cid(cid.text()),
                None => error,
            }
        })
    }

    /// Fails if the signal or the timeout has ended the call.
    pub fn check(&self) -> Result<()> {
        let error = match self.cancellation.state() {
            RUNNING => return Ok(()),
            ABORTED => aborted(self.cancellation.reason()),
            _ => {
                let limit = number_text(self.timeout);
                Error::from_parts(Code::Timeout, &["Timed out after ", &limit, " ms"])
            }
        };
        Err(self.explain(error))
    }

    /// A call within this one: the first of `count` attempts, with its share of the remaining time. The last
    /// has all of it.
    pub fn with_share_of_time(&self, count: usize) -> Result<Self> {
        let share = (self.deadline - now()) / count as f64;
        Self::start(&CallOptions {
            signal: self.next_signal().into(),
            timeout: if count > 1 && share < f64::INFINITY {
                share.ceil().max(1.0)
            } else {
                0.0
            },
        })
    }

    /// The signal for the next request: it aborts when the call ends, or at the request after it.
    pub fn next_signal(&self) -> AbortSignal {
        self.cancellation.next_signal()
    }

    pub async fn sleep(&self, milliseconds: f64) {
        let _ = JsFuture::from(self.cancellation.sleep(milliseconds)).await;
    }

    /// Whether a wait ends before the timeout.
    pub fn can_wait(&self, milliseconds: f64) -> bool {
        now() + milliseconds < self.deadline
    }

    /// Takes the stage. Whoever does sets the next one at once.
    pub fn take_stage(&self) -> Stage {
        self.stage.take()
    }

    pub fn set_stage(&self, stage: Stage) {
        self.stage.replace(stage);
    }

    /// Adds to an error what is known of the order.
    pub fn explain(&self, error: Error) -> Error {
        self.stage.borrow().explain(error)
    }

    /// Sets the CID of the bytes. Errors of the call have it, so that callers can look for the file.
    pub fn set_cid(&self, cid: Cid) {
        self.cid.replace(Some(cid));
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.cancellation.close();
    }
}

/// The error of an aborted signal. `AbortSignal.timeout()` aborts with a `TimeoutError`.
fn aborted(reason: JsValue) -> Error {
    let error = if string_field(&reason, "name").as_deref() == Some("TimeoutError") {
        Error::new(Code::Timeout, "The signal timed out")
    } else {
        Error::new(Code::Aborted, "Aborted by the signal")
    };
    error.with_cause(reason)
}
