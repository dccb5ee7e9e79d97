//! By `XMLHttpRequest`, which alone reports in a browser how far an upload is.

use crate::call::progress::Progress;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(js_namespace = xhr)]
extern "C" {
    #[wasm_bindgen(catch, js_name = send)]
    fn start(url: &str, init: &JsValue, size: f64, progress: &Progress)
    -> Result<Promise, JsValue>;

    /// Whether this is a page or a worker that has it.
    #[wasm_bindgen(js_name = isThere)]
    pub fn is_there() -> bool;
}

/// Sends a request with a file of `size` bytes, and resolves to the fields of a `Response` that are used.
pub async fn send(
    url: &str,
    init: &JsValue,
    size: f64,
    progress: &Progress,
) -> Result<JsValue, JsValue> {
    JsFuture::from(start(url, init, size, progress)?).await
}
