//! What is to be pinned: bytes that are here, or a URL that the service fetches.

use crate::describe::{describe, type_name};
use crate::error::{Error, Result};
use crate::gather::{assemble, gather, within};
use crate::host;
use crate::progress::Progress;
use crate::stream::Reader;
use crate::windows::{Windows, bytes_of, unreadable};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, Response, Url};

/// A source as the caller gave it.
pub enum Source {
    /// A `Blob` or `File`: a handle, its bytes stay with the host.
    Blob(Blob),
    /// Bytes in the host's memory.
    Buffer(Uint8Array),
    /// A `ReadableStream` of bytes, and its media type, empty where it is not known.
    Stream(ReadableStream, String),
    /// An absolute http(s) URL.
    Url(String),
}

impl Source {
    /// Tells what a value is, by its type's name, so that a `File` of another frame is one too.
    pub fn new(value: &JsValue) -> Result<Self> {
        if let Some(text) = value.as_string() {
            return url(&text, value);
        }
        if !value.is_object() {
            return Err(unknown(value));
        }
        if let Some(bytes) = bytes_of(value)? {
            return Ok(Self::Buffer(bytes));
        }
        match type_name(value).as_str() {
            "Blob" | "File" if size_of(value).is_some() => {
                Ok(Self::Blob(value.clone().unchecked_into()))
            }
            "ReadableStream" => stream(value.clone().unchecked_into(), String::new()),
            "Response" => response(value.unchecked_ref()),
            "URL" => url(
                &String::from(value.unchecked_ref::<Url>().to_string()),
                value,
            ),
            _ => Err(unknown(value)),
        }
    }

    /// The number of bytes, where it is known before they are read.
    pub fn size(&self) -> Option<f64> {
        match self {
            Self::Blob(blob) => Some(blob.size()),
            Self::Buffer(bytes) => Some(f64::from(bytes.length())),
            Self::Stream(..) | Self::Url(_) => None,
        }
    }

    /// The bytes, a bounded part at a time; a stream's only once.
    pub fn windows(&self) -> Result<Windows> {
        match self {
            Self::Blob(blob) => Ok(Windows::Blob {
                blob: blob.clone(),
                at: 0.0,
                ahead: None,
            }),
            Self::Buffer(bytes) => Ok(Windows::Buffer {
                bytes: bytes.clone(),
                at: 0,
            }),
            Self::Stream(stream, _) => {
                let reader = Reader::open(stream).map_err(unreadable)?;
                Ok(Windows::Stream { reader, rest: None })
            }
            Self::Url(_) => Err(Error::invalid("`source` must be bytes, not a URL")),
        }
    }

    /// The bytes as one Blob of at most `limit` bytes; a stream is read to its end.
    pub async fn into_blob(self, limit: f64) -> Result<Blob> {
        if let Some(size) = self.size() {
            within(size, limit)?;
        }
        match self {
            Self::Blob(blob) => readable(blob).await,
            Self::Buffer(bytes) => assemble(&Array::of1(&bytes), ""),
            Self::Stream(stream, media_type) => {
                gather(&stream, limit, &media_type, &Progress::silent(), unreadable).await
            }
            Self::Url(_) => Err(Error::invalid("`source` must be bytes, not a URL")),
        }
    }
}

fn url(text: &str, given: &JsValue) -> Result<Source> {
    match Url::new(text) {
        Ok(url) if matches!(url.protocol().as_str(), "http:" | "https:") => {
            Ok(Source::Url(url.href()))
        }
        _ => Err(Error::invalid(format!(
            "`source` must be an http(s) URL where it is a string, not {}; \
             to pin text, give a Blob of it",
            describe(given)
        ))),
    }
}

fn stream(stream: ReadableStream, media_type: String) -> Result<Source> {
    if stream.locked() {
        return Err(Error::invalid(
            "`source` must be a stream that nobody reads, not a locked one",
        ));
    }
    Ok(Source::Stream(stream, media_type))
}

fn response(response: &Response) -> Result<Source> {
    if !response.ok() {
        return Err(Error::invalid(format!(
            "`source` must be a Response that succeeded, not one of status {}",
            response.status()
        )));
    }
    if response.body_used() {
        return Err(Error::invalid(
            "`source` must be a Response that was not read yet",
        ));
    }
    match response.body() {
        Some(body) => stream(
            body,
            host::header(response, "content-type").unwrap_or_default(),
        ),
        None => Ok(Source::Buffer(Uint8Array::new_with_length(0))),
    }
}

fn unknown(value: &JsValue) -> Error {
    Error::invalid(format!(
        "`source` must be a File, Blob, ArrayBuffer, typed array, ReadableStream, Response or \
         http(s) URL, not {}",
        describe(value)
    ))
}

/// A file may have changed or gone since it was chosen; one byte tells.
async fn readable(blob: Blob) -> Result<Blob> {
    if blob.size() > 0.0 {
        let first = blob.slice_with_i32_and_i32(0, 1).map_err(unreadable)?;
        let byte = first
            .unchecked_ref::<host::Blob>()
            .array_buffer()
            .map_err(unreadable)?;
        JsFuture::from(byte).await.map_err(unreadable)?;
    }
    Ok(blob)
}

/// The size of what calls itself a Blob, if it has one.
fn size_of(value: &JsValue) -> Option<f64> {
    js_sys::Reflect::get(value, &"size".into()).ok()?.as_f64()
}

/// The name a Blob has of its own, if it is a File.
pub fn name(blob: &Blob) -> Option<String> {
    let name = js_sys::Reflect::get(blob, &"name".into()).ok()?;
    name.as_string().filter(|name| !name.is_empty())
}
