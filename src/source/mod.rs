//! The sources that callers pass: bytes, or a URL that the API downloads. Reading them in chunks.

pub mod bytes;
pub mod chunks;
pub mod collect;
pub mod error;
pub mod item;
pub mod iter;

use crate::error::{Error, Result};
use crate::js::quirks;
use crate::js::url;
use crate::js::value::{self, describe, get, string, string_field, tag};
use crate::text::{concat, find};
use bytes::bytes_of;
use chunks::Chunks;
use error::unreadable;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream};

#[wasm_bindgen]
extern "C" {
    /// A Blob of any realm. Its methods may throw.
    type AnyBlob;

    #[wasm_bindgen(catch, method)]
    fn stream(this: &AnyBlob) -> core::result::Result<ReadableStream, JsValue>;
}

/// A source with its name and media type.
#[derive(Clone, Debug)]
pub struct Source {
    /// The content.
    pub data: Data,
    /// The name of a `File`.
    pub name: Option<String>,
    /// The media type; empty if it is not known.
    pub media_type: String,
}

/// The content of a source.
#[derive(Clone, Debug)]
pub enum Data {
    /// A `Blob` or `File`. Its bytes stay outside of this memory.
    Blob(Blob),
    /// Bytes in the memory of JavaScript.
    Bytes(Uint8Array),
    /// A stream of bytes, which can be read once.
    Stream(ReadableStream),
    /// An absolute http(s) URL.
    Url(String),
}

impl Source {
    /// Reads a source. Its type is that of its `Symbol.toStringTag`, which is the same in every realm.
    pub fn parse(input: &JsValue) -> Result<Self> {
        if input.is_string() {
            return Ok(Self::new(http_url(&string(input).unwrap_or_default())?));
        }
        if !input.is_object() {
            return Err(unknown(input));
        }
        match tag(input).as_str() {
            "Blob" | "File" if value::number(input, "size").is_some() => {
                blob(input.clone().unchecked_into())
            }
            "ReadableStream" => stream(input.clone()).map(Self::new),
            "Response" => response(input),
            "URL" => match string_field(input, "href") {
                Some(href) => Ok(Self::new(http_url(&href)?)),
                None => Err(unknown(input)),
            },
            tag => match bytes_of(input)? {
                Some(bytes) => Ok(Self::new(Data::Bytes(bytes))),
                // It is detached.
                None if tag == "ArrayBuffer" => Err(unreadable(JsValue::UNDEFINED)),
                None => Err(unknown(input)),
            },
        }
    }

    /// Reads a source that is not a URL.
    pub fn parse_bytes(input: &JsValue) -> Result<Self> {
        let source = Self::parse(input)?;
        match source.data {
            Data::Url(_) => Err(not_a_url()),
            _ => Ok(source),
        }
    }

    /// A source without a name or media type.
    pub fn new(data: Data) -> Self {
        Self {
            data,
            name: None,
            media_type: String::new(),
        }
    }

    /// The size in bytes, if it is known before the bytes are read.
    pub fn size(&self) -> Option<f64> {
        match &self.data {
            Data::Blob(blob) => Some(size(blob)),
            Data::Bytes(bytes) => Some(f64::from(bytes.length())),
            Data::Stream(_) | Data::Url(_) => None,
        }
    }

    /// Fails if the bytes can no longer be read: the file of a Blob may be changed or deleted. To find that out
    /// during an upload would be too late.
    pub async fn probe(&self) -> Result<()> {
        let Data::Blob(blob) = &self.data else {
            return Ok(());
        };
        let probed = JsFuture::from(bytes::probe(blob)).await;
        probed.map(drop).map_err(unreadable)
    }

    /// Starts to read the bytes. A stream can be read once.
    pub fn chunks(&self) -> Result<Chunks> {
        Chunks::new(self.as_value()?)
    }

    /// Starts to read the bytes while they are uploaded.
    pub fn chunks_while_uploading(&self) -> Result<Chunks> {
        Chunks::while_uploading(self.as_value()?)
    }

    /// The bytes as a JavaScript value.
    pub fn as_value(&self) -> Result<&JsValue> {
        match &self.data {
            Data::Blob(blob) => Ok(blob),
            Data::Bytes(bytes) => Ok(bytes),
            Data::Stream(stream) => Ok(stream),
            Data::Url(_) => Err(not_a_url()),
        }
    }
}

/// The size of a Blob in bytes.
fn size(blob: &Blob) -> f64 {
    value::number(blob, "size").unwrap_or_default()
}

/// An absolute URL that the API downloads.
fn http_url(text: &str) -> Result<Data> {
    let url = url::parse_absolute(text).unwrap_or_default();
    let shown = match url.get(..find(&url, ":").unwrap_or_default()) {
        Some("http" | "https") => return Ok(Data::Url(url)),
        // It is not shown, because it may be the token.
        Some("") | None => "a string that is neither".into(),
        Some(scheme) => concat(&["a `", scheme, ":` URL"]),
    };
    let expected = "`source` must be bytes or an http(s) URL, got ";
    let text = [expected, &shown, "; pin text as `new Blob([text])`"];
    Err(Error::invalid_from_parts(&text))
}

fn blob(blob: Blob) -> Result<Source> {
    let name = quirks::name_of(&blob);
    let media_type = string_field(&blob, "type").unwrap_or_default();
    let data = if quirks::is_unsized(&blob) {
        let stream = blob.unchecked_ref::<AnyBlob>().stream();
        Data::Stream(stream.map_err(unreadable)?)
    } else {
        Data::Blob(blob)
    };
    Ok(Source {
        data,
        name,
        media_type,
    })
}

fn stream(value: JsValue) -> Result<Data> {
    match get(&value, "locked").as_bool() {
        Some(false) => Ok(Data::Stream(value.unchecked_into())),
        Some(true) => Err(Error::invalid("`source` must not be a locked stream")),
        None => Err(unknown(&value)),
    }
}

fn response(value: &JsValue) -> Result<Source> {
    let Some(status) = value::number(value, "status") else {
        return Err(unknown(value));
    };
    if get(value, "ok").is_falsy() {
        let expected = "`source` must be a successful Response, got status ";
        let text = [expected, &value::number_text(status)];
        return Err(Error::invalid_from_parts(&text));
    }
    if get(value, "bodyUsed").is_truthy() {
        return Err(Error::invalid("`source` must be an unread Response"));
    }
    let body = get(value, "body");
    if body.is_null() {
        return Ok(Source::new(Data::Bytes(Uint8Array::new_with_length(0))));
    }
    Ok(Source {
        media_type: value::header(value, "content-type").unwrap_or_default(),
        ..Source::new(stream(body)?)
    })
}

fn unknown(value: &JsValue) -> Error {
    let expected = "`source` must be a File, Blob, ArrayBuffer, typed array, ReadableStream, \
        Response or http(s) URL, got ";
    let shown = if get(value, "pipe").is_function() {
        "a Node stream: convert it by `Readable.toWeb`".into()
    } else {
        describe(value)
    };
    Error::invalid_from_parts(&[expected, &shown])
}

fn not_a_url() -> Error {
    Error::invalid("`source` must be bytes, got a URL")
}
