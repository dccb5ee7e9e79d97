//! What is to be pinned: bytes that are here, or a URL that the service fetches.

use crate::describe::{describe, number, type_name};
use crate::error::{Error, Result};
use crate::host;
use crate::text::concat;
use crate::windows::{self, Windows, bytes_of, unreadable};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Headers, ReadableStream, Url};

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
            return url(&text);
        }
        if !value.is_object() {
            return Err(unknown(value));
        }
        match type_name(value).as_str() {
            name if is_blob(value, name) => {
                let blob: Blob = value.clone().unchecked_into();
                Ok(if host::has("Bun") {
                    // It may be a file of a size that is not known, or that can be read but once; a form
                    // would leave it out, and of a part of it another part would be read.
                    let media_type = media_type(&blob);
                    Self::Stream(windows::stream(&blob)?, media_type)
                } else {
                    Self::Blob(blob)
                })
            }
            "ReadableStream" => stream(value.clone(), String::new()),
            "Response" => response(value),
            "URL" => match host::text(value, "href") {
                Some(href) => url(&href),
                None => Err(unknown(value)),
            },
            // Last, since asking whether something is bytes takes an exception where it is not.
            name => match bytes_of(value)? {
                Some(bytes) => Ok(Self::Buffer(bytes)),
                // It was given away.
                None if name == "ArrayBuffer" => Err(unreadable(JsValue::UNDEFINED)),
                None => Err(unknown(value)),
            },
        }
    }

    /// The number of bytes, where it is known before they are read.
    pub fn size(&self) -> Option<f64> {
        match self {
            Self::Blob(blob) => Some(windows::size(blob)),
            Self::Buffer(bytes) => Some(f64::from(bytes.length())),
            Self::Stream(..) | Self::Url(_) => None,
        }
    }

    /// The bytes, a bounded part at a time; a stream's only once.
    pub fn windows(&self) -> Result<Windows> {
        match self {
            Self::Blob(blob) => Windows::of(blob),
            Self::Buffer(bytes) => Ok(Windows::Buffer {
                bytes: bytes.clone(),
                length: bytes.length(),
                at: 0,
            }),
            Self::Stream(stream, _) => Windows::of_stream(stream),
            Self::Url(_) => Err(Error::invalid("`source` must be bytes, not a URL")),
        }
    }
}

fn url(text: &str) -> Result<Source> {
    let url = Url::new(text).ok();
    let given = match &url {
        Some(url) if matches!(url.protocol().as_str(), "http:" | "https:") => {
            return Ok(Source::Url(url.href()));
        }
        Some(url) => concat(&["one of `", &url.protocol(), "`"]),
        // It is not shown: whoever mixes up the arguments gives the token.
        None => "another text".into(),
    };
    let expected = "`source` must be an http(s) URL where it is a string, not ";
    let text = [expected, &given, "; to pin text, give a Blob of it"];
    Err(Error::invalid(concat(&text)))
}

fn stream(value: JsValue, media_type: String) -> Result<Source> {
    match host::field(&value, "locked").and_then(|locked| locked.as_bool()) {
        Some(false) => Ok(Source::Stream(value.unchecked_into(), media_type)),
        Some(true) => Err(Error::invalid(
            "`source` must be a stream that nobody reads, not a locked one",
        )),
        None => Err(unknown(&value)),
    }
}

fn response(value: &JsValue) -> Result<Source> {
    let field = |name| host::field(value, name).unwrap_or_default();
    let Some(status) = host::number(value, "status") else {
        return Err(unknown(value));
    };
    if field("ok").is_falsy() {
        let status = number(status);
        let text = [
            "`source` must be a Response that succeeded, not one of status ",
            &status,
        ];
        return Err(Error::invalid(concat(&text)));
    }
    if field("bodyUsed").is_truthy() {
        return Err(Error::invalid(
            "`source` must be a Response that was not read yet",
        ));
    }
    let body = field("body");
    if body.is_null() {
        return Ok(Source::Buffer(Uint8Array::new_with_length(0)));
    }
    let headers: Headers = field("headers").unchecked_into();
    stream(
        body,
        headers
            .get("content-type")
            .ok()
            .flatten()
            .unwrap_or_default(),
    )
}

fn unknown(value: &JsValue) -> Error {
    let expected = "`source` must be a File, Blob, ArrayBuffer, typed array, ReadableStream, \
        Response or http(s) URL, not ";
    let given = if host::field(value, "pipe").is_some_and(|pipe| pipe.is_function()) {
        "a stream of Node's, see `Readable.toWeb`".into()
    } else {
        describe(value)
    };
    Error::invalid(concat(&[expected, &given]))
}

/// The name that a source has of its own, if it has one: that of a file of Bun is a path, of which nobody
/// is to learn more than its end.
pub fn name_of(given: &JsValue) -> Option<String> {
    let name = host::text(given, "name")?;
    let is_separator = |byte| matches!(byte, b'/' | b'\\') && host::has("Bun");
    let path = name.bytes().rposition(is_separator);
    let name = name.get(path.map_or(0, |at| at.saturating_add(1))..)?;
    (!name.is_empty()).then(|| name.into())
}

/// The media type of a Blob, empty where it is not known.
pub fn media_type(blob: &Blob) -> String {
    let media_type = host::text(blob, "type");
    media_type.unwrap_or_default()
}

/// Whether a value of this type's name is a Blob or a file, of whatever make. Those of happy-dom have no
/// name of their own.
fn is_blob(value: &JsValue, name: &str) -> bool {
    let is_named = matches!(name, "Blob" | "File") || value.is_instance_of::<Blob>();
    is_named && host::number(value, "size").is_some()
}
