//! The clock.

use wasm_bindgen::prelude::*;

/// The longest time that a timer can wait, in milliseconds.
pub const MAX_TIMER_MS: f64 = 2_147_483_647.0;

#[wasm_bindgen(js_namespace = timer)]
extern "C" {
    /// Milliseconds by a clock that nobody sets, where the runtime has one.
    pub fn now() -> f64;

    /// Resolves once the runtime has had a turn for its timers, signals and sockets.
    pub fn turn() -> js_sys::Promise;
}
