//! By `fetch`.

use crate::error::Result;
use crate::js::quirks;
use crate::js::value::resolve;
use crate::source::to_blob;
use gloo_net::http::Headers;
use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::RequestInit;

#[wasm_bindgen(js_namespace = fetch)]
extern "C" {
    /// Whether the runtime has a working `fetch` and `Headers`.
    #[wasm_bindgen(js_name = canFetch)]
    pub fn can_fetch() -> bool;

    /// `fetch(url, init)` in windows, workers and servers. With a `Request` the runtime would make
    /// another one, and pipe the body from the one to the other.
    #[wasm_bindgen(catch, js_name = send)]
    fn send_by_fetch(url: &str, init: &RequestInit) -> core::result::Result<JsValue, JsValue>;
}

/// No headers yet. gloo-net traps where the runtime's are broken, so [`can_fetch`] comes first.
pub fn headers() -> Headers {
    Headers::new()
}

/// Sets a body whose bytes are known.
pub fn set_body(init: &RequestInit, body: &JsValue) -> Result<()> {
    if quirks::repeats_posts() {
        init.set_body(&to_blob(&Array::of1(body), "")?.into());
    } else {
        init.set_body(body);
    }
    Ok(())
}

/// Allows a stream as the body.
pub fn set_half_duplex(init: &RequestInit) -> core::result::Result<bool, JsValue> {
    Reflect::set(init, &"duplex".into(), &"half".into())
}

/// Sends a request, and resolves to what is hopefully a `Response`.
pub async fn send(url: &str, init: &RequestInit) -> core::result::Result<JsValue, JsValue> {
    resolve(&send_by_fetch(url, init)?).await
}
