//! Reading bytes in chunks, outside of the memory of WebAssembly.

use super::error::{too_large, unreadable};
use crate::call::progress::Progress;
use crate::error::Result;
use core::result::Result as CoreResult;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

#[wasm_bindgen(js_namespace = chunks)]
extern "C" {
    #[wasm_bindgen(js_name = Chunks)]
    type Reader;

    #[wasm_bindgen(catch, constructor, js_class = "Chunks")]
    fn new(data: &JsValue, is_uploading: bool) -> CoreResult<Reader, JsValue>;

    #[wasm_bindgen(method, getter, js_name = isDone)]
    fn is_done(this: &Reader) -> bool;

    #[wasm_bindgen(method)]
    fn next(this: &Reader) -> Promise;

    #[wasm_bindgen(method)]
    fn collect(this: &Reader, limit: f64, media_type: &str, progress: &Progress) -> Promise;

    #[wasm_bindgen(method)]
    fn cancel(this: &Reader);
}

/// Reads chunks of 1 MiB; the last one is smaller. Cancels a stream when it is dropped before its end.
pub struct Chunks(Reader);

impl Chunks {
    /// Starts to read a `Uint8Array`, a `Blob` or a `ReadableStream`.
    pub fn new(data: &JsValue) -> Result<Self> {
        Reader::new(data, false).map(Self).map_err(unreadable)
    }

    /// Starts to read bytes that are uploaded at the same time.
    pub fn while_uploading(data: &JsValue) -> Result<Self> {
        Reader::new(data, true).map(Self).map_err(unreadable)
    }

    /// The next chunk, or `None` at the end. It is valid until the next call.
    pub async fn next(&mut self) -> Result<Option<Uint8Array>> {
        if self.0.is_done() {
            return Ok(None);
        }
        let chunk = JsFuture::from(self.0.next()).await.map_err(unreadable)?;
        Ok(chunk.dyn_into().ok())
    }

    /// Reads a stream into a Blob.
    pub async fn collect(self, limit: f64, media_type: &str) -> Result<Blob> {
        let collected = self.0.collect(limit, media_type, &Progress::silent());
        let blob = JsFuture::from(collected).await.map_err(unreadable)?;
        blob.dyn_into().map_err(|_| too_large(limit))
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
