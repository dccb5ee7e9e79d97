//! A body that reports how much of it was taken: for servers, which have no other way.

use super::body::refused;
use super::multipart::Multipart;
use crate::call::progress::Progress;
use crate::error::Result;
use crate::source::Source;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = upload)]
extern "C" {
    #[wasm_bindgen(catch, js_name = stream)]
    fn start(
        head: &Uint8Array,
        file: &JsValue,
        tail: &Uint8Array,
        progress: &Progress,
    ) -> core::result::Result<JsValue, JsValue>;
}

/// The form as a `ReadableStream`.
pub fn stream(form: &Multipart, file: &Source, progress: &Progress) -> Result<JsValue> {
    let file = file.as_value()?;
    start(&form.head, file, &form.tail, progress).map_err(refused)
}
