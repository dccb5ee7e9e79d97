//! What only some runtimes do: `runtime/quirks.js` has the reasons.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = quirks)]
extern "C" {
    /// Whether this is neither a page nor a worker of one.
    #[wasm_bindgen(js_name = isServer)]
    pub fn is_server() -> bool;

    /// Whether `fetch` sends a `FormData` reliably.
    #[wasm_bindgen(js_name = sendsFormData)]
    pub fn sends_form_data() -> bool;

    /// Whether a Blob may be a file of unknown size.
    #[wasm_bindgen(js_name = isUnsized)]
    pub fn is_unsized(blob: &JsValue) -> bool;

    /// The name of a file without its folders, at most its last 1024 characters.
    #[wasm_bindgen(js_name = nameOf)]
    pub fn name_of(file: &JsValue) -> Option<String>;
}
