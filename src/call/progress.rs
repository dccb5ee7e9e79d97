//! Reporting how far a call or a batch is, to the caller's `onProgress`.

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = progress)]
extern "C" {
    #[wasm_bindgen(js_name = Progress)]
    type Report;

    #[wasm_bindgen(static_method_of = Report, js_class = "Progress")]
    fn to(callback: &Function, phase: &str, total: Option<f64>) -> JsValue;

    #[wasm_bindgen(method, js_class = "Progress")]
    fn advance(this: &Report, bytes: f64);

    #[wasm_bindgen(method, js_class = "Progress")]
    fn report(this: &Report, phase: &str, loaded: f64);

    #[wasm_bindgen(method, js_class = "Progress")]
    fn done(this: &Report);

    type BatchReport;

    #[wasm_bindgen(constructor, js_class = "BatchProgress")]
    fn new(callback: &Function, total: &JsValue, total_bytes: &JsValue) -> BatchReport;

    #[wasm_bindgen(method, js_class = "BatchProgress")]
    fn order(this: &BatchReport, size: Option<f64>) -> JsValue;

    #[wasm_bindgen(method, js_class = "BatchProgress")]
    fn end(this: &BatchReport, is_pinned: bool, saved: f64);
}

/// The phases of a call, in the order in which they come; `"done"` follows the last.
pub const HASHING: &str = "hashing";
/// Receiving from a gateway.
pub const DOWNLOAD: &str = "download";
/// Sending the bytes.
pub const UPLOAD: &str = "upload";
/// All is sent, the response is awaited.
pub const PROCESSING: &str = "processing";

/// The progress of one call, in bytes of the file. It never goes back.
#[derive(Clone, Debug, Default)]
pub struct Progress(JsValue);

impl Progress {
    /// Calls `callback` with `{ phase, loaded, total }`. `total` is the number of bytes, if it is known.
    pub fn new(callback: Option<&Function>, phase: &str, total: Option<f64>) -> Self {
        Self(callback.map_or(JsValue::UNDEFINED, |callback| {
            Report::to(callback, phase, total)
        }))
    }

    /// Reports to nobody.
    pub fn silent() -> Self {
        Self::default()
    }

    /// Whether it reports to anybody.
    pub fn is_reported(&self) -> bool {
        !self.0.is_undefined()
    }

    /// So many more bytes are done.
    pub fn advance(&self, bytes: u32) {
        if self.is_reported() {
            self.0.unchecked_ref::<Report>().advance(bytes.into());
        }
    }

    /// So many bytes are done in a phase.
    pub fn report(&self, phase: &str, loaded: f64) {
        if self.is_reported() {
            self.0.unchecked_ref::<Report>().report(phase, loaded);
        }
    }

    /// The call has succeeded.
    pub fn done(&self) {
        if self.is_reported() {
            self.0.unchecked_ref::<Report>().done();
        }
    }

    /// For the JavaScript that reports by itself.
    pub fn as_value(&self) -> &JsValue {
        &self.0
    }
}

/// The progress of a batch, which adds up that of its orders.
#[derive(Debug)]
pub struct BatchProgress(JsValue);

impl BatchProgress {
    /// The numbers of sources and of their bytes are unknown for most iterables.
    pub fn new(callback: Option<&Function>, total: Option<f64>, bytes: Option<f64>) -> Self {
        let nullable = |number: Option<f64>| number.map_or(JsValue::NULL, JsValue::from);
        Self(callback.map_or(JsValue::UNDEFINED, |callback| {
            BatchReport::new(callback, &nullable(total), &nullable(bytes)).into()
        }))
    }

    /// The progress of one order.
    pub fn order(&self, size: Option<f64>) -> Progress {
        if self.0.is_undefined() {
            return Progress::silent();
        }
        Progress(self.0.unchecked_ref::<BatchReport>().order(size))
    }

    /// One source has its result. `saved` bytes of it did not have to be sent.
    pub fn end(&self, is_pinned: bool, saved: f64) {
        if !self.0.is_undefined() {
            self.0.unchecked_ref::<BatchReport>().end(is_pinned, saved);
        }
    }
}
