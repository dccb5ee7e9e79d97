//! The form for servers, written by `runtime/multipart.js`.

use super::body::{Form, refused};
use crate::call::progress::Progress;
use crate::error::Result;
use crate::js::value::object;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = multipart)]
extern "C" {
    #[wasm_bindgen(catch, js_name = encode)]
    fn encode_parts(
        file: &JsValue,
        media_type: &str,
        filename: &str,
        fields: &JsValue,
        progress: &Progress,
    ) -> core::result::Result<JsValue, JsValue>;
}

/// The form as `{ type, body, length }`. It has a length if the body is a stream.
pub fn encode(form: &Form, progress: &Progress) -> Result<JsValue> {
    let Form { file, filename, .. } = form;
    let value = file.as_value()?;
    let fields = object(&form.fields.map(|(name, value)| (name, value.into())));
    encode_parts(value, &file.media_type, filename, &fields, progress).map_err(refused)
}
