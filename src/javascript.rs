//! What `runtime/host.js` does for Rust.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

#[wasm_bindgen(js_namespace = host)]
extern "C" {
    /// `setTimeout(then, milliseconds)`.
    #[wasm_bindgen(js_name = startTimer)]
    pub fn start_timer(then: &JsValue, milliseconds: f64) -> JsValue;

    /// `clearTimeout(timer)`.
    #[wasm_bindgen(js_name = stopTimer)]
    pub fn stop_timer(timer: &JsValue);

    /// A promise of the host's next turn.
    #[wasm_bindgen(js_name = turn)]
    pub fn next_turn() -> Promise;

    /// `new AbortController()`, which is aborted where a trap ends the call too.
    #[wasm_bindgen(catch, js_name = startWork)]
    pub fn start_work() -> Result<AbortController, JsValue>;

    /// `controller.abort()`.
    #[wasm_bindgen(js_name = cancelWork)]
    pub fn cancel_work(controller: &AbortController);

    /// The call has ended.
    #[wasm_bindgen(js_name = endWork)]
    pub fn end_work(controller: &AbortController);

    /// Milliseconds from some beginning, by a clock that nobody sets, where the host has one.
    pub fn now() -> f64;

    /// A promise of the host's own, of a value that may be one of the caller's: that may throw as soon
    /// as it is looked at, and an exception that no binding catches is a trap.
    pub fn settle(value: &JsValue) -> Promise;

    /// `object[method](argument)` of an object that may be the caller's, likewise.
    pub fn ask(object: &JsValue, method: &str, argument: &JsValue) -> Promise;
}
