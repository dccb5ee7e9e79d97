//! URLs, parsed by the runtime.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = url)]
extern "C" {
    /// An absolute http(s) URL without a user name or password, of a string or a `URL`. In a page a string
    /// may be relative to it.
    pub fn parse(value: &JsValue) -> Option<String>;

    /// An absolute URL of any scheme, as `fetch` sends it.
    #[wasm_bindgen(js_name = parseAbsolute)]
    pub fn parse_absolute(text: &str) -> Option<String>;

    /// Whether a URL is of the origin of the page or worker.
    #[wasm_bindgen(js_name = isSameOrigin)]
    pub fn is_same_origin(url: &str) -> bool;
}
