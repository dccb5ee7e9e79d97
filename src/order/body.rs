//! The body of an order, as on the API page. Fields with the API's default values are not sent: the values of
//! a form are strings, and a server may read the string `false` as true.

use super::options::PinOptions;
use crate::cid::Version;
use crate::error::Result;
use crate::http::body::{Body, Form, refused};
use crate::js::value::object;
use crate::source::collect::collect;
use crate::source::{Data, Source};
use js_sys::JsString;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = JSON)]
    fn stringify(value: &JsValue) -> core::result::Result<JsString, JsValue>;
}

/// Builds the body of an order.
pub async fn build(
    options: &PinOptions,
    source: Source,
    filename: Option<String>,
    version: Version,
) -> Result<Body> {
    let is_older = version == Version::V0;
    if let Data::Url(url) = &source.data {
        let order = object(&[
            ("fileURL", url.into()),
            ("pin", (!options.pin).then_some(false).into()),
            ("version", is_older.then_some(0).into()),
        ]);
        return Ok(Body::Json(stringify(&order).map_err(refused)?));
    }
    let filename = filename
        .or_else(|| options.filename.clone())
        .or_else(|| source.name.clone());
    let file = collect(source, options.max_size).await?;
    Ok(Body::Form(Form {
        file,
        filename: filename.unwrap_or_else(|| "file".into()),
        fields: [
            ("pin", (!options.pin).then_some("false")),
            ("version", is_older.then_some("0")),
        ],
    }))
}
