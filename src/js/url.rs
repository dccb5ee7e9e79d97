//! URLs, parsed by the runtime.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = url)]
extern "C" {
    /// Parses a string or a `URL` as an http(s) URL without a user name or password. In a page a string may be
    /// relative.
    pub fn parse(value: &JsValue) -> Option<String>;

    /// Parses an absolute URL of any scheme.
    #[wasm_bindgen(js_name = parseAbsolute)]
    pub fn parse_absolute(text: &str) -> Option<String>;

    /// Whether a URL has the origin of the page or worker.
    #[wasm_bindgen(js_name = isSameOrigin)]
    pub fn is_same_origin(url: &str) -> bool;
}
