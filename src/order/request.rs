//! The body of an order as the API page shows it. Only what differs from the API's defaults travels: every
//! value of a form is a text, and a service may take the text `false` for true.

use super::options::PinOptions;
use crate::cid::Version;
use crate::error::{Error, Result, to_object};
use crate::http::{Body, Form};
use crate::source::{Data, Source};
use js_sys::JsString;
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = JSON)]
    fn stringify(value: &JsValue) -> core::result::Result<JsString, JsValue>;
}

/// The JSON of an order of a URL.
#[derive(Serialize)]
struct UrlOrder<'a> {
    #[serde(rename = "fileURL")]
    file_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pin: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u8>,
}

/// The body of an order. `filename` goes before that of the options and that of the source.
pub async fn body(options: &PinOptions, source: Source, filename: Option<String>) -> Result<Body> {
    let has_version = options.version == Version::V0;
    if let Data::Url(url) = &source.data {
        let order = UrlOrder {
            file_url: url,
            pin: (!options.pin).then_some(false),
            version: has_version.then_some(0),
        };
        let json = stringify(&to_object(&order)).map_err(|cause| {
            Error::invalid("This runtime refused to make the request").with_cause(cause)
        })?;
        return Ok(Body::Json(json));
    }
    let filename = filename
        .or_else(|| options.filename.clone())
        .or_else(|| source.name.clone());
    let file = source.collect(options.max_size).await?;
    let pin = (!options.pin).then_some(("pin", "false"));
    let version = has_version.then_some(("version", "0"));
    Ok(Body::Form(Form {
        size: file.size().unwrap_or_default(),
        file,
        filename: filename.unwrap_or_else(|| "file".into()),
        fields: pin.into_iter().chain(version).collect(),
    }))
}
