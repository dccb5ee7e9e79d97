//! The bytes of an order, as they are sent.

use crate::error::{Error, Result};
use crate::gather::{assemble, gather, within};
use crate::progress::Progress;
use crate::response;
use crate::source::{Source, media_type};
use crate::windows::{self, Windows, bytes, unreadable};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Response};

/// Up to so many bytes are read before the order. What is hashed is then what is sent, an error has
/// the CID however early it comes, and a host takes them sooner than a Blob, which it has to read.
const FEW: f64 = 65_536.0;

/// Bytes that are here.
#[derive(Clone)]
pub enum Content {
    /// A handle: they stay with the host.
    Blob(Blob),
    /// They are few, and were read.
    Bytes {
        /// They themselves.
        bytes: Uint8Array,
        /// Their media type, empty where it is not known.
        media_type: String,
    },
}

/// Whether the host sends the bytes of a Blob. Of one of another make it would send the text
/// `[object Blob]`; where tests run in jsdom all Blobs are, but for Node's `fetch`.
fn is_sendable(blob: &Blob) -> bool {
    const TYPE: &str = "a/b";
    let nothing = blob.slice_with_i32_and_i32_and_content_type(0, 0, TYPE);
    let body = nothing.and_then(|nothing| Response::new_with_opt_blob(Some(&nothing)));
    let sent =
        body.is_ok_and(|body| response::header(&body, "content-type").as_deref() == Some(TYPE));
    sent && blob.is_instance_of::<Blob>()
}

impl Content {
    /// Those of a source, at most `limit`. A stream is read to its end.
    pub async fn of(source: Source, limit: f64) -> Result<Self> {
        if let Some(size) = source.size() {
            within(size, limit)?;
        }
        let blob = match source {
            Source::Blob(blob) => blob,
            Source::Buffer(bytes) => assemble(&Array::of1(&bytes), "")?,
            Source::Stream(stream, media_type) => {
                gather(&stream, limit, &media_type, &Progress::silent(), unreadable).await?
            }
            Source::Url(_) => return Err(Error::invalid("`source` must be bytes, not a URL")),
        };
        if windows::size(&blob) > FEW && is_sendable(&blob) {
            return Ok(Self::Blob(blob));
        }
        let read = bytes(&blob).await?;
        if f64::from(read.length()) != windows::size(&blob) {
            return Err(unreadable(JsValue::UNDEFINED));
        }
        Ok(Self::Bytes {
            bytes: read,
            media_type: Self::Blob(blob).media_type(),
        })
    }

    /// Their media type, empty where it is not known.
    pub fn media_type(&self) -> String {
        match self {
            Self::Blob(blob) => media_type(blob),
            Self::Bytes { media_type, .. } => media_type.clone(),
        }
    }

    /// How many there are.
    pub fn size(&self) -> f64 {
        match self {
            Self::Blob(blob) => windows::size(blob),
            Self::Bytes { bytes, .. } => f64::from(bytes.length()),
        }
    }

    /// They in order.
    pub fn windows(&self) -> Result<Windows> {
        self.source().windows()
    }

    /// They in order, while they are sent.
    pub fn beside_upload(&self) -> Result<Windows> {
        match self {
            Self::Blob(blob) => Windows::beside_upload(blob),
            Self::Bytes { .. } => self.windows(),
        }
    }

    /// What they can be hashed from, as often as is needed.
    pub fn source(&self) -> Source {
        match self {
            Self::Blob(blob) => Source::Blob(blob.clone()),
            Self::Bytes { bytes, .. } => Source::Buffer(bytes.clone()),
        }
    }
}
