//! Copying a source that can be read only once, or may change, before it is sent.

use super::chunks::Chunks;
use super::error::{too_large, unreadable};
use super::{Data, Source};
use crate::error::Result;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(js_namespace = collect)]
extern "C" {
    #[wasm_bindgen(js_name = collect)]
    fn read(source: &JsValue, limit: f64, media_type: &str) -> Promise;
}

/// Returns the source in a form that can be sent and hashed several times: bytes if it is small or a polyfilled Blob,
/// otherwise a native Blob. A stream is read to its end. Fails after `limit` bytes.
pub async fn collect(source: Source, limit: f64) -> Result<Source> {
    let media_type = &source.media_type;
    let data = match &source.data {
        Data::Stream(stream) => {
            let collected = Chunks::new(stream)?.collect(limit, media_type);
            collected.await?.into()
        }
        _ => source.as_value()?.clone(),
    };
    let data = JsFuture::from(read(&data, limit, media_type)).await;
    let data = data.map_err(unreadable)?;
    if data.is_undefined() {
        return Err(too_large(limit));
    }
    let data = match data.dyn_into::<Uint8Array>() {
        Ok(bytes) => Data::Bytes(bytes),
        Err(blob) => Data::Blob(blob.unchecked_into()),
    };
    Ok(Source { data, ..source })
}
