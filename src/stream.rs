//! Reading a stream chunk by chunk.

use crate::host;
use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

/// A stream that is being read. Dropped before its end, it tells the stream to stop.
pub struct Reader {
    reader: ReadableStreamDefaultReader,
    ended: bool,
}

impl Reader {
    /// Locks the stream.
    pub fn open(stream: &ReadableStream) -> Result<Self, JsValue> {
        let reader = stream
            .unchecked_ref::<host::ReadableStream>()
            .get_reader()?;
        Ok(Self {
            reader,
            ended: false,
        })
    }

    /// The next chunk, whatever it is, or `None` at the end.
    pub async fn next(&mut self) -> Result<Option<JsValue>, JsValue> {
        let step = JsFuture::from(self.reader.read())
            .await
            .inspect_err(|_| self.ended = true)?;
        if Reflect::get(&step, &"done".into())?.is_truthy() {
            self.ended = true;
            return Ok(None);
        }
        Reflect::get(&step, &"value".into()).map(Some)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if !self.ended {
            // A failure to stop has nobody to be told to; the future takes it even when dropped.
            drop(JsFuture::from(self.reader.cancel()));
        }
    }
}
