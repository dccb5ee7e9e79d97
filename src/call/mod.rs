//! One call of the package: what ends it early, and what is known of its order by then.

pub mod cancel;
pub mod options;
pub mod progress;
pub mod stage;

use crate::cid::Cid;
use crate::error::{Code, Error, Result};
use crate::js::timer::now;
use crate::js::value::{decimal, text};
use crate::text::concat;
use cancel::Cancellation;
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
    timeout: f64,
    deadline: f64,
    stage: RefCell<Stage>,
    cid: RefCell<Option<Cid>>,
}

impl Call {
    /// Starts the clock and listens to the signal.
    pub fn start(options: &CallOptions) -> Result<Self> {
        let CallOptions { signal, timeout } = options;
        let timeout = *timeout;
        let cancellation = Cancellation::new(signal, timeout).map_err(|cause| {
            let message = "The runtime has no AbortController";
            Error::new(Code::Unsupported, message).with_cause(cause)
        })?;
        Ok(Self {
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

    /// Runs `work` until it is done, or until the signal or the time limit ends the call: then the work
    /// is dropped. Either way an error has all that is known of the order.
    pub async fn run(&self, work: impl Future<Output = Result<JsValue>>) -> Result<JsValue> {
        self.drive(Box::pin(work)).await
    }

    /// Boxed, since this would be compiled once for each kind of work.
    async fn drive(&self, work: LocalBoxFuture<'_, Result<JsValue>>) -> Result<JsValue> {
        #[cfg(feature = "drill")]
        crate::js::test_panic::panic_on_demand().await;
        let mut work = work;
        let mut ended = self.cancellation.ended().map(JsFuture::from);
        let result = poll_fn(|context| {
            if self.cancellation.state() == 0
                && let Poll::Ready(result) = work.as_mut().poll(context)
            {
                return Poll::Ready(result);
            }
            // The work itself may have aborted the signal.
            if let Err(error) = self.check() {
                return Poll::Ready(Err(error));
            }
            match &mut ended {
                Some(ended) => Pin::new(ended)
                    .poll(context)
                    .map(|_| self.check().map(|()| JsValue::UNDEFINED)),
                None => Poll::Pending,
            }
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

    /// The error of what has ended the call, if something has.
    pub fn check(&self) -> Result<()> {
        let error = match self.cancellation.state() {
            0 => return Ok(()),
            1 => aborted(self.cancellation.reason()),
            _ => {
                let limit = decimal(self.timeout);
                let message = concat(&["Timed out after ", &limit, " ms"]);
                Error::new(Code::Timeout, message)
            }
        };
        Err(self.stage.borrow().explain(error))
    }

    /// Aborts when the call ends early: for its requests.
    pub fn signal(&self) -> AbortSignal {
        self.cancellation.signal()
    }

    /// Waits so many milliseconds.
    pub async fn sleep(&self, milliseconds: f64) {
        let _ = JsFuture::from(self.cancellation.sleep(milliseconds)).await;
    }

    /// Whether the time limit leaves room for a wait of so many milliseconds.
    pub fn can_wait(&self, milliseconds: f64) -> bool {
        now() + milliseconds < self.deadline
    }

    /// How far the order is.
    pub fn stage(&self) -> Stage {
        self.stage.borrow().clone()
    }

    /// The order has come to another stage.
    pub fn set_stage(&self, stage: Stage) {
        self.stage.replace(stage);
    }

    /// An error, with what is known of the order.
    pub fn explain(&self, error: Error) -> Error {
        self.stage.borrow().explain(error)
    }

    /// Notes the CID of the bytes, by which to look for the order.
    pub fn set_cid(&self, cid: Cid) {
        self.cid.replace(Some(cid));
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.cancellation.close();
    }
}

/// The error of an aborted signal; `AbortSignal.timeout()` gives its reason a name.
fn aborted(reason: JsValue) -> Error {
    let error = if text(&reason, "name").as_deref() == Some("TimeoutError") {
        Error::new(Code::Timeout, "The signal timed out")
    } else {
        Error::new(Code::Aborted, "Aborted by the signal")
    };
    error.with_cause(reason)
}
