//! By `XMLHttpRequest`, which alone reports in a browser how far an upload is.

use crate::call::progress::Progress;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::RequestInit;

#[wasm_bindgen(js_namespace = xhr)]
extern "C" {
    #[wasm_bindgen(catch, js_name = send)]
    fn start(
        url: &str,
        init: &RequestInit,
        size: f64,
        progress: &JsValue,
    ) -> Result<Promise, JsValue>;
}

/// Sends a request with a file of `size` bytes, and resolves to the fields of a `Response` that are used.
pub async fn send(
    url: &str,
    init: &RequestInit,
    size: f64,
    progress: &Progress,
) -> Result<JsValue, JsValue> {
    JsFuture::from(start(url, init, size, progress.as_value())?).await
}
