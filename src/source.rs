//! What is to be pinned: bytes that are here, or a URL that the service fetches.

use crate::describe::{describe, number, type_name};
use crate::error::{Code, Error, Result};
use crate::host;
use crate::stream::Reader;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ReadableStream, Response, Url};

/// A source as the caller gave it.
#[derive(Debug)]
pub enum Source {
    /// A `Blob` or `File`: a handle, its bytes stay with the host.
    Blob(Blob),
    /// An `ArrayBuffer` or a view on one, and its length.
    Buffer(JsValue, f64),
    /// A `ReadableStream` of bytes, with the media type where one is known.
    Stream(ReadableStream, Option<String>),
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
        if ArrayBuffer::is_view(value) {
            let view: &Uint8Array = value.unchecked_ref();
            return Ok(Self::Buffer(value.clone(), f64::from(view.byte_length())));
        }
        match type_name(value).as_str() {
            "Blob" | "File" => Ok(Self::Blob(value.clone().unchecked_into())),
            "ArrayBuffer" | "SharedArrayBuffer" => {
                let buffer: &ArrayBuffer = value.unchecked_ref();
                Ok(Self::Buffer(value.clone(), f64::from(buffer.byte_length())))
            }
            "ReadableStream" => stream(value.clone().unchecked_into(), None),
            "Response" => response(value.unchecked_ref()),
            "URL" => url(&String::from(value.unchecked_ref::<Url>().to_string()), value),
            _ => Err(unknown(value)),
        }
    }

    /// The bytes as one Blob of at most `limit` bytes; a stream is read to its end.
    pub async fn into_blob(self, limit: f64) -> Result<Blob> {
        match self {
            Self::Blob(blob) => {
                within(blob.size(), limit)?;
                readable(&blob).await?;
                Ok(blob)
            }
            Self::Buffer(buffer, size) => {
                within(size, limit)?;
                assemble(&Array::of1(&buffer), None)
            }
            Self::Stream(stream, media_type) => {
                let parts = Array::new();
                let mut size = 0.0;
                let mut reader = Reader::open(&stream).map_err(unreadable)?;
                while let Some(chunk) = reader.next().await.map_err(unreadable)? {
                    if !ArrayBuffer::is_view(&chunk) {
                        return Err(Error::new(
                            Code::Unreadable,
                            format!("The stream gave {}, not bytes", describe(&chunk)),
                        ));
                    }
                    size += f64::from(chunk.unchecked_ref::<Uint8Array>().byte_length());
                    within(size, limit)?;
                    parts.push(&chunk);
                }
                assemble(&parts, media_type.as_deref())
            }
            Self::Url(_) => Err(Error::invalid("A URL has no bytes here")),
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

fn stream(stream: ReadableStream, media_type: Option<String>) -> Result<Source> {
    if stream.locked() {
        return Err(Error::invalid("`source` must be a stream that nobody reads, not a locked one"));
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
        return Err(Error::invalid("`source` must be a Response that was not read yet"));
    }
    match response.body() {
        Some(body) => stream(body, response.headers().get("content-type").unwrap_or_default()),
        None => Ok(Source::Buffer(ArrayBuffer::new(0).into(), 0.0)),
    }
}

fn unknown(value: &JsValue) -> Error {
    Error::invalid(format!(
        "`source` must be a File, Blob, ArrayBuffer, typed array, ReadableStream, Response or \
         http(s) URL, not {}",
        describe(value)
    ))
}

fn within(size: f64, limit: f64) -> Result<()> {
    if size > limit {
        return Err(Error::new(
            Code::TooLarge,
            ["The source has more than the ", &number(limit), " bytes allowed; nothing was sent"]
                .concat(),
        ));
    }
    Ok(())
}

/// A file may have changed or gone since it was chosen; one byte tells.
async fn readable(blob: &Blob) -> Result<()> {
    if blob.size() > 0.0 {
        let first = blob.slice_with_i32_and_i32(0, 1).map_err(unreadable)?;
        let bytes = first.unchecked_ref::<host::Blob>().array_buffer().map_err(unreadable)?;
        JsFuture::from(bytes).await.map_err(unreadable)?;
    }
    Ok(())
}

fn assemble(parts: &Array, media_type: Option<&str>) -> Result<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type.unwrap_or_default());
    Blob::new_with_u8_array_sequence_and_options(parts, &options).map_err(unreadable)
}

fn unreadable(cause: JsValue) -> Error {
    Error::new(Code::Unreadable, "The source could not be read; nothing was sent").with_cause(cause)
}

/// The name a Blob has of its own, if it is a File.
pub fn name(blob: &Blob) -> Option<String> {
    let name = js_sys::Reflect::get(blob, &"name".into()).ok()?;
    name.as_string().filter(|name| !name.is_empty())
}
