//! What `runtime/sha256.js` does for Rust.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = sha256)]
extern "C" {
    /// The SHA-256 digest of three parts in a row, a promise of it, or `undefined`.
    #[wasm_bindgen(catch)]
    pub fn digest(prefix: &[u8], chunk: &Uint8Array, suffix: &[u8]) -> Result<JsValue, JsValue>;
}
