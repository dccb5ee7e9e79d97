//! By `fetch`, or in a page that reports progress by `XMLHttpRequest`.

use crate::call::progress::Progress;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = fetch)]
extern "C" {
    /// Whether the runtime has a working `fetch` and `Headers`.
    #[wasm_bindgen(js_name = canFetch)]
    pub fn can_fetch(fetch: Option<&Function>) -> bool;

    /// `fetch(url, init)`, the caller's or the runtime's, with a file of `size` bytes. Of a `Request` the
    /// runtime would make another one, and pipe the body from the one to the other.
    pub fn send(
        url: &str,
        init: &JsValue,
        size: Option<f64>,
        progress: &Progress,
        fetch: Option<&Function>,
    ) -> Promise;
}
