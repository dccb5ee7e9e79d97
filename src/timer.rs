//! Timers that end with what they are for.

pub use crate::javascript::now;
use crate::javascript::{next_turn, start_timer, stop_timer};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The longest time that a host's timer can wait, in milliseconds.
pub const LONGEST: f64 = 2_147_483_647.0;

/// A running timer. Dropped, it is cleared.
pub struct Timer {
    handle: JsValue,
    _callback: Option<Closure<dyn FnMut()>>,
}

impl Timer {
    /// Calls `callback` after so many milliseconds.
    pub fn start(milliseconds: f64, callback: impl FnMut() + 'static) -> Self {
        let callback = Closure::new(callback);
        Self {
            handle: start_timer(callback.as_ref(), milliseconds),
            _callback: Some(callback),
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        stop_timer(&self.handle);
    }
}

/// Waits so many milliseconds.
pub async fn sleep(milliseconds: f64) {
    let mut timer = None;
    let promise = Promise::new(&mut |resolve, _| {
        let handle = start_timer(&resolve, milliseconds);
        timer = Some(Timer {
            handle,
            _callback: None,
        });
    });
    let _ = JsFuture::from(promise).await;
    drop(timer);
}

/// Lets the host do what waits to be done: timers, signals, sockets. A promise that is kept already
/// would not.
pub async fn turn() {
    let _ = JsFuture::from(next_turn()).await;
}
