//! Reading bytes in order, a bounded part at a time.

use crate::describe::describe;
use crate::error::{Code, Error, Result};
use crate::host;
use crate::stream::Reader;
use crate::text::concat;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, ReadableStream};

/// The bytes in every window but the last: a multiple of every profile's chunk, and so few that
/// one window, what a stream gave beyond it, and the host's copies of two stay within 8 MiB, but for
/// streams whose chunks are larger.
pub const WINDOW: u32 = 1 << 20;

/// The longest Blob that a server may read as one stream beside its upload (`beside_upload`).
const COPIED: f64 = 33_554_432.0;

/// The windows of a source, which stay outside the wasm memory.
pub enum Windows {
    /// Of bytes in memory: views, no copies.
    Buffer {
        /// All of the bytes.
        bytes: Uint8Array,
        /// How many they were at first.
        length: u32,
        /// Where the next window begins.
        at: u32,
    },
    /// Of a Blob, each a slice of it.
    Slices {
        /// The Blob.
        blob: Blob,
        /// Where the next window begins.
        at: f64,
    },
    /// Of a stream that writes into the memory that it is given: one window is filled again and again
    /// in a fraction of the time that a host needs to make new ones.
    Refilled {
        /// The stream.
        reader: Reader,
        /// The memory of every window.
        memory: ArrayBuffer,
    },
    /// Of a stream, whose chunks have any size.
    Stream {
        /// The stream.
        reader: Reader,
        /// What was read and not given out yet.
        rest: Option<Uint8Array>,
        /// The memory of the windows that are gathered: the one before is done with when the next is
        /// asked for.
        memory: Option<Uint8Array>,
    },
}

impl Windows {
    /// The windows of a Blob. Of an empty one there is a window too, since only reading it shows
    /// whether it is still there.
    pub fn of(blob: &Blob) -> Result<Self> {
        // The stream of a Blob in a server's memory is one chunk, a copy of all of it. In a browser
        // each slice is a request to another process.
        if size(blob) <= f64::from(WINDOW) || host::is_server() {
            return Ok(Self::Slices {
                blob: blob.clone(),
                at: 0.0,
            });
        }
        let stream = stream(blob)?;
        match Reader::open_bytes(&stream) {
            Ok(reader) => Ok(Self::Refilled {
                reader,
                memory: ArrayBuffer::new(WINDOW),
            }),
            Err(_) => Self::of_stream(&stream),
        }
    }

    /// The windows of a Blob that is sent meanwhile. A server copies it for that, and once more costs
    /// less than many slices: between the two its allocator would return all that memory to the system
    /// after each order, and have to get it back for the next.
    pub fn beside_upload(blob: &Blob) -> Result<Self> {
        if size(blob) > f64::from(WINDOW) && size(blob) <= COPIED && host::is_server() {
            return Self::of_stream(&stream(blob)?);
        }
        Self::of(blob)
    }

    /// The windows of any stream of bytes.
    pub fn of_stream(stream: &ReadableStream) -> Result<Self> {
        Ok(Self::Stream {
            reader: Reader::open(stream).map_err(unreadable)?,
            rest: None,
            memory: None,
        })
    }

    /// The next window, or `None` at the end. It is valid until the one after it is asked for.
    pub async fn next(&mut self) -> Result<Option<Uint8Array>> {
        match self {
            Self::Buffer { bytes, length, at } => {
                if bytes.length() != *length {
                    return Err(unreadable(JsValue::UNDEFINED));
                }
                let end = (*length).min(at.saturating_add(WINDOW));
                let window = part(bytes, *at, end)?;
                *at = end;
                Ok((window.length() > 0).then_some(window))
            }
            Self::Slices { blob, at } => {
                if *at > 0.0 && *at >= size(blob) {
                    return Ok(None);
                }
                let end = *at + f64::from(WINDOW);
                // The slice of an empty file would not be of the file.
                let part = if size(blob) <= f64::from(WINDOW) {
                    blob.clone()
                } else {
                    blob.slice_with_f64_and_f64(*at, end).map_err(unreadable)?
                };
                *at = end;
                bytes(&part).await.map(Some)
            }
            Self::Refilled { reader, memory } => refill(memory, reader).await,
            Self::Stream {
                reader,
                rest,
                memory,
            } => fill(memory, reader, rest).await,
        }
    }
}

/// A file may have changed or gone since it was chosen; one byte tells.
pub async fn probe(blob: &Blob) -> Result<()> {
    let first = blob.slice_with_i32_and_i32(0, 1).map_err(unreadable)?;
    bytes(&first).await.map(drop)
}

/// The bytes of a Blob.
pub async fn bytes(blob: &Blob) -> Result<Uint8Array> {
    let read = host::ask(blob, "arrayBuffer", &JsValue::UNDEFINED);
    let read = read.await.map_err(unreadable)?;
    bytes_of(&read)?.ok_or_else(|| unreadable(read))
}

/// How many bytes a Blob has.
pub fn size(blob: &Blob) -> f64 {
    host::number(blob, "size").unwrap_or_default()
}

/// Starts to read a Blob in order.
pub fn stream(blob: &Blob) -> Result<ReadableStream> {
    let blob: &host::Blob = blob.unchecked_ref();
    blob.stream().map_err(unreadable)
}

/// Has the host fill a window. It takes the memory each time and gives it back as another object.
async fn refill(memory: &mut ArrayBuffer, reader: &mut Reader) -> Result<Option<Uint8Array>> {
    let mut filled = 0;
    while filled < WINDOW {
        let room = Uint8Array::new_with_byte_offset(memory, filled);
        let read = reader.fill(&room).await.map_err(unreadable)?;
        *memory = read.buffer();
        if read.length() == 0 {
            break;
        }
        filled = filled.saturating_add(read.length());
    }
    Ok((filled > 0).then(|| Uint8Array::new_with_byte_offset_and_length(memory, 0, filled)))
}

/// Gathers a window from a stream, or takes it from a chunk that is as large.
async fn fill(
    memory: &mut Option<Uint8Array>,
    reader: &mut Reader,
    rest: &mut Option<Uint8Array>,
) -> Result<Option<Uint8Array>> {
    let mut filled = 0;
    while filled < WINDOW {
        let chunk = match rest.take() {
            Some(chunk) => chunk,
            None => match next_chunk(reader, unreadable).await? {
                Some(chunk) => chunk,
                None => break,
            },
        };
        let room = WINDOW.saturating_sub(filled);
        let taken = chunk.length().min(room);
        if taken < chunk.length() {
            *rest = Some(part(&chunk, taken, chunk.length())?);
        }
        let piece = part(&chunk, 0, taken)?;
        if taken == WINDOW {
            return Ok(Some(piece));
        }
        let window = memory.get_or_insert_with(|| Uint8Array::new_with_length(WINDOW));
        window.set(&piece, filled);
        filled = filled.saturating_add(taken);
    }
    let window = memory.as_ref().filter(|_| filled > 0);
    Ok(window.map(|window| window.subarray(0, filled)))
}

/// The next chunk of a stream, which must be bytes. `failed` makes the error of a stream that
/// breaks off.
pub async fn next_chunk(
    reader: &mut Reader,
    failed: fn(JsValue) -> Error,
) -> Result<Option<Uint8Array>> {
    match reader.next().await.map_err(failed)? {
        None => Ok(None),
        Some(chunk) => match bytes_of(&chunk)? {
            Some(bytes) => Ok(Some(bytes)),
            None => Err(Error::new(
                Code::Unreadable,
                concat(&["The stream gave ", &describe(&chunk), ", not bytes"]),
            )),
        },
    }
}

/// The bytes of an `ArrayBuffer` or of a view on one, if it is that: a view of its own, no copy.
pub fn bytes_of(value: &JsValue) -> Result<Option<Uint8Array>> {
    let is_view = ArrayBuffer::is_view(value);
    if !is_view && !host::is_buffer(value) {
        return Ok(None);
    }
    let view = host::field(value, "buffer").unwrap_or_default();
    let buffer = if is_view { &view } else { value };
    let offset = host::number(value, "byteOffset");
    // Of a view of memory that was given away there is none.
    let Some(length) = host::number(value, "byteLength") else {
        return Err(unreadable(JsValue::UNDEFINED));
    };
    if length > f64::from(u32::MAX) {
        let message = "Bytes in memory must be fewer than 4 GiB; more of them can be a Blob";
        return Err(Error::new(Code::TooLarge, message));
    }
    let bytes = host::Bytes::new(buffer, offset.unwrap_or_default(), length);
    bytes.map(|bytes| Some(bytes.into())).map_err(unreadable)
}

/// A view of some bytes of the caller's, who may have given their memory away meanwhile.
fn part(bytes: &Uint8Array, start: u32, end: u32) -> Result<Uint8Array> {
    let offset = f64::from(bytes.byte_offset()) + f64::from(start);
    let length = f64::from(end.saturating_sub(start));
    let view = host::Bytes::new(&bytes.buffer(), offset, length);
    view.map(JsCast::unchecked_into).map_err(unreadable)
}

/// The error of a source that fails to give its bytes.
pub fn unreadable(cause: JsValue) -> Error {
    Error::new(Code::Unreadable, "The source could not be read").with_cause(cause)
}
