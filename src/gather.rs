//! A stream as one Blob, bounded.

use crate::describe::number;
use crate::error::{Code, Error, Result};
use crate::progress::Progress;
use crate::stream::Reader;
use crate::text::concat;
use crate::windows::{next_chunk, unreadable};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, ReadableStream};

/// Reads a stream to its end, or until it has given more than `limit` bytes. `failed` makes the
/// error of a stream that breaks off.
pub async fn gather(
    stream: &ReadableStream,
    limit: f64,
    media_type: &str,
    progress: &Progress,
    failed: fn(JsValue) -> Error,
) -> Result<Blob> {
    let parts = Array::new();
    let mut size = 0.0;
    let mut reader = Reader::open(stream).map_err(failed)?;
    while let Some(chunk) = next_chunk(&mut reader, failed).await? {
        size += f64::from(chunk.length());
        within(size, limit)?;
        // A copy, since the stream may use the memory of one chunk for the next.
        parts.push(&chunk.slice(0, chunk.length()));
        progress.advance(chunk.length());
    }
    assemble(&parts, media_type)
}

/// Refuses more bytes than allowed.
pub fn within(size: f64, limit: f64) -> Result<()> {
    if size > limit {
        let message = concat(&["There are more than the ", &number(limit), " bytes allowed"]);
        return Err(Error::new(Code::TooLarge, message));
    }
    Ok(())
}

/// One Blob of bytes in memory.
pub fn assemble(parts: &Array, media_type: &str) -> Result<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_u8_array_sequence_and_options(parts, &options).map_err(unreadable)
}
