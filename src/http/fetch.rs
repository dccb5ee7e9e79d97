//! By `fetch`.

use crate::error::Result;
use crate::js::quirks;
use crate::js::value::resolve;
use crate::source::to_blob;
use gloo_net::http::Headers;
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = fetch)]
extern "C" {
    /// Whether the runtime has a working `fetch` and `Headers`.
    #[wasm_bindgen(js_name = canFetch)]
    pub fn can_fetch() -> bool;

    /// `fetch(url, init)`. Of a `Request` the runtime would make another one, and pipe the body from the
    /// one to the other.
    #[wasm_bindgen(catch, js_name = send)]
    fn send_by_fetch(url: &str, init: &JsValue) -> core::result::Result<JsValue, JsValue>;
}

/// No headers yet. gloo-net traps where the runtime's are broken, so [`can_fetch`] comes first.
pub fn headers() -> Headers {
    Headers::new()
}

/// A body whose bytes are known, as it can be sent.
pub fn body(body: &JsValue) -> Result<JsValue> {
    if quirks::repeats_posts() {
        return Ok(to_blob(&Array::of1(body), "")?.into());
    }
    Ok(body.clone())
}

/// Sends a request, and resolves to what is hopefully a `Response`.
pub async fn send(url: &str, init: &JsValue) -> core::result::Result<JsValue, JsValue> {
    resolve(&send_by_fetch(url, init)?).await
}
