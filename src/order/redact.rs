//! Removing the token from everything that is shown: a service may repeat it.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = redact)]
extern "C" {
    /// A text without the token, however it is escaped there.
    pub fn redact(text: String, token: Option<&str>) -> String;
}
