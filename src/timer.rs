//! Timers that end with what they are for.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The longest time that a host's timer can wait, in milliseconds.
pub const LONGEST: f64 = 2_147_483_647.0;

#[cfg_attr(feature = "package", wasm_bindgen(raw_module = "../calls.js"))]
#[cfg_attr(
    not(feature = "package"),
    wasm_bindgen(module = "/pkg-template/calls.js")
)]
extern "C" {
    #[wasm_bindgen(js_name = startTimer)]
    fn start_timer(then: &JsValue, milliseconds: f64) -> JsValue;

    #[wasm_bindgen(js_name = stopTimer)]
    fn stop_timer(timer: &JsValue);

    #[wasm_bindgen(js_name = turn)]
    fn next_turn() -> Promise;
}

#[wasm_bindgen]
extern "C" {
    /// Milliseconds of a clock that nobody sets, from some beginning.
    #[wasm_bindgen(js_namespace = performance)]
    pub fn now() -> f64;
}

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
