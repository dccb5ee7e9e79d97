//! What may end a call before its time: the caller's signal and the time limit.

use crate::describe::number;
use crate::error::{Code, Error, Result};
use crate::host;
use crate::javascript::{cancel_work, end_work, start_work};
use crate::options::Options;
use crate::text::concat;
use crate::timer::{LONGEST, Timer, now};
use core::cell::RefCell;
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::{Poll, Waker};
use futures_util::future::LocalBoxFuture;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

/// The limits of one call. Dropping them removes the listener and the timer.
pub struct Limits {
    controller: AbortController,
    state: Rc<RefCell<State>>,
    deadline: f64,
    _timer: Option<Timer>,
    _listener: Option<Rc<Listener>>,
}

#[derive(Default)]
struct State {
    end: Option<Error>,
    waker: Option<Waker>,
}

/// What the options say of the limits.
pub struct Bounds {
    listener: Option<Rc<Listener>>,
    timeout: f64,
}

impl Bounds {
    /// Reads the options. `default` is the time limit in milliseconds where `timeout` is not given;
    /// 0 is none.
    pub fn new(options: &Options, default: f64) -> Result<Self> {
        let signal = options.typed("signal", "an AbortSignal", as_signal)?;
        let timeout = options.typed(
            "timeout",
            "milliseconds from 0 (none) to 2147483647",
            |value| value.as_f64().filter(|ms| (0.0..=LONGEST).contains(ms)),
        )?;
        Ok(Self {
            listener: signal.map(Listener::attach),
            timeout: timeout.unwrap_or(default),
        })
    }

    /// The signal alone.
    pub fn without_timeout(&self) -> Self {
        Self {
            listener: self.listener.clone(),
            timeout: 0.0,
        }
    }

    /// Starts the clock.
    pub fn start(&self) -> Result<Limits> {
        let timeout = self.timeout;
        let controller = start_work().map_err(|cause| {
            Error::new(Code::Unsupported, "This host has no AbortController").with_cause(cause)
        })?;
        let state = Rc::new(RefCell::new(State::default()));
        if let Some(listener) = &self.listener {
            listener.tell(&state);
        }
        Ok(Limits {
            controller,
            deadline: if timeout > 0.0 {
                now() + timeout
            } else {
                f64::INFINITY
            },
            _timer: (timeout > 0.0).then(|| expire(timeout, &state)),
            _listener: self.listener.clone(),
            state,
        })
    }
}

impl Limits {
    /// Whether the time limit leaves room for a wait of so many milliseconds.
    pub fn allow(&self, milliseconds: f64) -> bool {
        now() + milliseconds < self.deadline
    }

    /// The error of a limit that is reached, before [`Self::run`] comes to see it.
    pub fn check(&self) -> Result<()> {
        self.state.borrow_mut().end.take().map_or(Ok(()), Err)
    }

    /// A signal that fires when this call ends, by whatever cause: for the host's own work.
    pub fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Runs `work` until it is done or a limit is reached; then the work is dropped, and what the
    /// host does for it is cancelled.
    pub async fn run(&self, work: LocalBoxFuture<'_, Result<JsValue>>) -> Result<JsValue> {
        #[cfg(feature = "drill")]
        let work = crate::drill::before(work);
        let mut work = pin!(work);
        let result = poll_fn(|context| {
            let ended = self.state.borrow().end.is_some();
            if !ended && let Poll::Ready(result) = work.as_mut().poll(context) {
                return Poll::Ready(result);
            }
            // The work itself may have called what fires the signal.
            let mut state = self.state.borrow_mut();
            state.waker = Some(context.waker().clone());
            state
                .end
                .take()
                .map_or(Poll::Pending, |end| Poll::Ready(Err(end)))
        })
        .await;
        if result.is_err() {
            cancel_work(&self.controller);
        }
        result
    }
}

impl Drop for Limits {
    fn drop(&mut self) {
        end_work(&self.controller);
    }
}

impl State {
    /// The first end counts.
    fn end(&mut self, error: Error) {
        self.end.get_or_insert(error);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// Starts the clock of a call.
fn expire(milliseconds: f64, state: &Rc<RefCell<State>>) -> Timer {
    let state = Rc::clone(state);
    Timer::start(milliseconds, move || {
        let limit = number(milliseconds);
        let message = concat(&["The time limit of ", &limit, " ms was reached"]);
        state.borrow_mut().end(Error::new(Code::Timeout, message));
    })
}

/// Our ear on the caller's signal: one for all orders of a batch, since hosts take many listeners for
/// a leak.
struct Listener {
    signal: AbortSignal,
    heard: Closure<dyn Fn()>,
    told: Rc<RefCell<Vec<Weak<RefCell<State>>>>>,
}

impl Listener {
    fn attach(signal: AbortSignal) -> Rc<Self> {
        let told = Rc::new(RefCell::new(Vec::<Weak<RefCell<State>>>::new()));
        let heard = {
            let (signal, told) = (signal.clone(), Rc::clone(&told));
            Closure::new(move || {
                for state in told.take().iter().filter_map(Weak::upgrade) {
                    // First, since a signal of another make may fire when it is looked at.
                    let error = aborted(&signal);
                    state.borrow_mut().end(error);
                }
            })
        };
        let _ = signal.add_event_listener_with_callback("abort", heard.as_ref().unchecked_ref());
        Rc::new(Self {
            signal,
            heard,
            told,
        })
    }

    /// Has a call end when the signal fires, or now if it has.
    fn tell(&self, state: &Rc<RefCell<State>>) {
        if host::field(&self.signal, "aborted").is_some_and(|aborted| aborted.is_truthy()) {
            let error = aborted(&self.signal);
            state.borrow_mut().end(error);
        }
        let mut told = self.told.borrow_mut();
        told.retain(|state| state.strong_count() > 0);
        told.push(Rc::downgrade(state));
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.heard.as_ref().unchecked_ref();
        let _ = self
            .signal
            .remove_event_listener_with_callback("abort", heard);
    }
}

/// The error of a signal that fired: of a time limit, where the signal was one.
fn aborted(signal: &AbortSignal) -> Error {
    let reason = host::field(signal, "reason").unwrap_or_default();
    let error = if host::text(&reason, "name").as_deref() == Some("TimeoutError") {
        Error::new(Code::Timeout, "The signal's time limit was reached")
    } else {
        Error::new(Code::Aborted, "The call was aborted by its signal")
    };
    error.with_cause(reason)
}

fn as_signal(value: &JsValue) -> Option<AbortSignal> {
    let aborted = host::field(value, "aborted")?;
    let listen = host::field(value, "addEventListener")?;
    (aborted.as_bool().is_some() && listen.is_function()).then(|| value.clone().unchecked_into())
}
