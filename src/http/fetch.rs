//! By `fetch`, or in a page that reports progress by `XMLHttpRequest`.

use crate::call::progress::Progress;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = fetch)]
extern "C" {
    /// Whether the runtime has what a request needs, in working order.
    #[wasm_bindgen(js_name = canSend)]
    pub fn can_send(is_order: bool) -> bool;

    /// `fetch(url, init)`, with a file of `size` bytes. Of a `Request` the runtime would make another one,
    /// and pipe the body from the one to the other.
    pub fn send(url: &str, init: &JsValue, size: Option<f64>, progress: &Progress) -> Promise;
}
