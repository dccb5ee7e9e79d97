//! Bytes and Blobs of the runtime, outside of the memory of WebAssembly.

use super::error::unreadable;
use crate::error::{Code, Error, Result};
use crate::js::value::number;
use core::result::Result as CoreResult;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

#[wasm_bindgen(js_namespace = bytes)]
extern "C" {
    #[wasm_bindgen(catch, js_name = bytesOf)]
    fn bytes_of_view(value: &JsValue) -> CoreResult<JsValue, JsValue>;

    /// Rejects if a Blob cannot be read.
    pub fn probe(blob: &JsValue) -> Promise;

    #[wasm_bindgen(catch, js_name = toBlob)]
    fn make_blob(parts: &JsValue, media_type: &str) -> CoreResult<Blob, JsValue>;
}

/// A view of the bytes of an `ArrayBuffer`, typed array or `DataView`. Not a copy.
pub fn bytes_of(value: &JsValue) -> Result<Option<Uint8Array>> {
    // js-sys truncates lengths to 32 bits.
    if number(value, "byteLength").is_some_and(|length| length > f64::from(u32::MAX)) {
        let message = "Bytes in memory must be smaller than 4 GiB; use a Blob";
        return Err(Error::new(Code::TooLarge, message));
    }
    let bytes = bytes_of_view(value).map_err(unreadable)?;
    Ok(bytes.dyn_into().ok())
}

/// Creates a Blob of a part or an array of parts.
pub fn to_blob(parts: &JsValue, media_type: &str) -> Result<Blob> {
    make_blob(parts, media_type).map_err(unreadable)
}
