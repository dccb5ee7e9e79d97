//! What is read of an answer of `fetch`, which frameworks and tests replace: it may be anything.

use crate::host;
use wasm_bindgen::prelude::*;
use web_sys::{Headers, ReadableStream};

/// Its status, if it is an answer.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what is beyond is no status"
)]
pub fn status(response: &JsValue) -> Option<u16> {
    host::number(response, "status").map(|status| status as u16)
}

/// A header, where it is there and the host shows it.
pub fn header(response: &JsValue, name: &str) -> Option<String> {
    let headers: Headers = host::field(response, "headers")?.unchecked_into();
    headers.get(name).ok().flatten()
}

/// Its body, if it has one.
pub fn body(response: &JsValue) -> Option<ReadableStream> {
    let body = host::field(response, "body").filter(JsValue::is_object)?;
    Some(body.unchecked_into())
}
