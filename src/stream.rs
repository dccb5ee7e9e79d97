//! Reading a stream chunk by chunk.

use crate::host;
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ReadableStream, ReadableStreamByobReader, ReadableStreamDefaultReader};

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

    /// Locks a stream that can write into memory which it is given. Not every host's can.
    pub fn open_bytes(stream: &ReadableStream) -> Result<Self, JsValue> {
        let reader = ReadableStreamByobReader::new(stream)?.unchecked_into();
        Ok(Self {
            reader,
            ended: false,
        })
    }

    /// The next chunk, whatever it is, or `None` at the end.
    pub async fn next(&mut self) -> Result<Option<JsValue>, JsValue> {
        let step = self.step(&JsValue::UNDEFINED).await?;
        if self.ended {
            return Ok(None);
        }
        Reflect::get(&step, &"value".into()).map(Some)
    }

    /// Has the next bytes written into `room`. That is lost; what is given back is a view of the
    /// same memory, of what was written, which is nothing only at the end.
    pub async fn fill(&mut self, room: &Uint8Array) -> Result<Uint8Array, JsValue> {
        let step = self.step(room).await?;
        Reflect::get(&step, &"value".into())?.dyn_into()
    }

    async fn step(&mut self, room: &JsValue) -> Result<JsValue, JsValue> {
        let step = host::ask(&self.reader, "read", room)
            .await
            .inspect_err(|_| self.ended = true)?;
        self.ended = Reflect::get(&step, &"done".into())?.is_truthy();
        Ok(step)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if !self.ended {
            // A failure to stop has nobody to be told to; the future takes it even when dropped.
            drop(host::ask(&self.reader, "cancel", &JsValue::UNDEFINED));
        }
    }
}
