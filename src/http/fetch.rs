//! `fetch`, or `XMLHttpRequest` in a page that reports progress.

use crate::call::progress::Progress;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = fetch)]
extern "C" {
    /// Whether the runtime can send requests and read responses.
    #[wasm_bindgen(js_name = canSend)]
    pub fn can_send(is_order: bool, fetch: Option<&Function>) -> bool;

    /// Calls `fetch(url, init)` with a file of `size` bytes in the body. Not with a `Request`, which runtimes
    /// copy, and pipe its body.
    pub fn send(
        url: &str,
        init: &JsValue,
        size: Option<f64>,
        progress: &Progress,
        fetch: Option<&Function>,
    ) -> Promise;
}
