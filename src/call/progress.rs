//! Progress of a call or a batch, for the caller's `onProgress`.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = progress)]
extern "C" {
    /// The progress of one call, in bytes of the file. It never decreases.
    #[derive(Clone, Debug)]
    pub type Progress;

    /// Calls `callback`, if there is one, with `{ phase, loaded, total }`. `total` is the number of bytes,
    /// if it is known.
    #[wasm_bindgen(static_method_of = Progress)]
    pub fn to(callback: Option<&Function>, phase: &str, total: Option<f64>) -> Progress;

    /// Reports nothing.
    #[wasm_bindgen(static_method_of = Progress)]
    pub fn silent() -> Progress;

    /// Adds to the bytes that are done.
    #[wasm_bindgen(method)]
    pub fn advance(this: &Progress, bytes: f64);

    /// Sets the phase and the bytes that are done in it.
    #[wasm_bindgen(method)]
    pub fn report(this: &Progress, phase: &str, loaded: f64);

    /// Reports that the call has succeeded.
    #[wasm_bindgen(method)]
    pub fn done(this: &Progress);

    /// The progress of a batch, which adds up that of its orders.
    #[derive(Debug)]
    pub type BatchProgress;

    /// Totals are known for arrays only.
    #[wasm_bindgen(constructor)]
    pub fn new(callback: Option<&Function>, sources: &JsValue) -> BatchProgress;

    /// The progress of one order.
    #[wasm_bindgen(method)]
    pub fn order(this: &BatchProgress, size: Option<f64>) -> Progress;

    /// Reports the result of a source. `saved` is the number of bytes that did not have to be sent.
    #[wasm_bindgen(method)]
    pub fn end(this: &BatchProgress, is_pinned: bool, saved: f64);
}

/// The phases of a call, in the order in which they come; `"done"` follows the last.
pub const HASHING: &str = "hashing";
/// Receiving from a gateway.
pub const DOWNLOAD: &str = "download";
/// Sending the bytes.
pub const UPLOAD: &str = "upload";
/// Everything is sent; waiting for the response.
pub const PROCESSING: &str = "processing";
