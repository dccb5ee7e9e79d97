//! Timers and the clock.

use wasm_bindgen::prelude::*;

/// The maximum time of a timer in milliseconds.
pub const MAX_TIMER_MS: f64 = 2_147_483_647.0;

#[wasm_bindgen(js_namespace = timer)]
extern "C" {
    /// The time in milliseconds, of a monotonic clock if the runtime has one.
    pub fn now() -> f64;
}
