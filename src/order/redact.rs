//! Redacting the token, which a response may repeat.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = redact)]
extern "C" {
    /// Replaces the token in a text, however it is escaped.
    pub fn redact(text: String, token: Option<&str>) -> String;
}
