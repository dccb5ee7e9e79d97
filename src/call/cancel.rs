//! Cancellation by the caller's signal or the timeout.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// The states of a [`Cancellation`] until something ends the call, and after an abort. There is one more, after the
/// time limit.
pub const RUNNING: u32 = 0;
pub const ABORTED: u32 = 1;

#[wasm_bindgen(js_namespace = cancel)]
extern "C" {
    /// The cancellation of one call.
    #[derive(Debug)]
    pub type Cancellation;

    /// A `signal` that is `undefined` and a `timeout` of 0 milliseconds never end a call.
    #[wasm_bindgen(catch, constructor)]
    pub fn new(signal: &JsValue, timeout: f64) -> Result<Cancellation, JsValue>;

    /// What has ended the call, if anything.
    #[wasm_bindgen(method, getter)]
    pub fn state(this: &Cancellation) -> u32;

    /// The reason of the caller's signal.
    #[wasm_bindgen(method, getter)]
    pub fn reason(this: &Cancellation) -> JsValue;

    /// Resolves when the call ends; `None` where nothing can end it early.
    #[wasm_bindgen(method, getter)]
    pub fn ended(this: &Cancellation) -> Option<Promise>;

    /// For the next request: it aborts when the call ends early, or goes on to another request.
    #[wasm_bindgen(method, js_name = nextSignal)]
    pub fn next_signal(this: &Cancellation) -> AbortSignal;

    /// Resolves after a time, or when the call ends.
    #[wasm_bindgen(method)]
    pub fn sleep(this: &Cancellation, milliseconds: f64) -> Promise;

    /// Stops the requests of the call.
    #[wasm_bindgen(method)]
    pub fn abort(this: &Cancellation);

    /// Stops the timers of the call, and the listener on its signal.
    #[wasm_bindgen(method)]
    pub fn close(this: &Cancellation);

    /// Whether a value can be used as an `AbortSignal`.
    #[wasm_bindgen(js_name = isSignal)]
    pub fn is_signal(value: &JsValue) -> bool;
}
