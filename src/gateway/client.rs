//! Requests to a gateway.

use crate::call::Call;
use crate::call::progress::Progress;
use crate::cid::{Cid, RAW};
use crate::error::{Code, Error, Result};
use crate::http;
use crate::http::failure::gateway_error;
use crate::js::url;
use crate::js::value::{get, number, number_text};
use crate::source::error::too_large;
use crate::text::concat;
use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob};

#[wasm_bindgen(js_namespace = client)]
extern "C" {
    #[wasm_bindgen(js_name = request)]
    fn request(
        method: &str,
        url: &str,
        signal: &AbortSignal,
        limit: f64,
        is_block: bool,
        progress: &Progress,
        fetch: Option<&Function>,
    ) -> Promise;
}

/// The URL of a gateway: what comes before `/ipfs/<cid>`.
pub struct Gateway(String);

/// The gateway of the API page.
impl Default for Gateway {
    fn default() -> Self {
        Self("https://ipfs-pin.numbersprotocol.io".into())
    }
}

/// What a request asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Whether the content is there.
    Presence,
    /// The content.
    Content,
    /// The content as one block.
    Block,
}

/// The body of a response.
pub struct Content {
    /// All of it: a Blob of the media type of the response.
    pub blob: Result<Blob>,
    /// The same as bytes, where it is to be a block.
    pub block: Uint8Array,
    /// Whether the gateway says that the body is compressed. The runtime decompresses it, even if it is a
    /// compressed file.
    pub is_encoded: bool,
}

impl Gateway {
    /// A URL that may end in `/ipfs/`, as the API page writes it.
    pub fn parse(value: &JsValue) -> Option<Self> {
        let url = url::parse(value)?;
        if url.bytes().any(|byte| matches!(byte, b'?' | b'#')) {
            return None;
        }
        let url = without_slashes(&url);
        let url = url.strip_suffix("/ipfs").unwrap_or(url);
        Some(Self(without_slashes(url).into()))
    }

    /// What comes before `/ipfs/<cid>`.
    pub fn url(&self) -> &str {
        &self.0
    }

    /// Requests a CID, with a body of at most `limit` bytes. A redirect, as to a host of the CID's own, is
    /// followed.
    pub async fn request(
        &self,
        wanted: Wanted,
        cid: &Cid,
        limit: f64,
        progress: &Progress,
        fetch: Option<&Function>,
        call: &Call,
    ) -> Result<Content> {
        http::check_runtime(false, fetch)?;
        let (method, query) = match wanted {
            Wanted::Presence => ("HEAD", ""),
            Wanted::Content => ("GET", ""),
            Wanted::Block => ("GET", "?format=raw"),
        };
        let url = concat(&[&self.0, "/ipfs/", &cid.text(), query]);
        let is_block = wanted == Wanted::Block || cid.codec() == RAW;
        let signal = call.next_signal();
        let result = request(method, &url, &signal, limit, is_block, progress, fetch);
        let result = JsFuture::from(result).await.unwrap_or_default();
        content(&result, limit)
    }
}

fn without_slashes(mut url: &str) -> &str {
    while let Some(shorter) = url.strip_suffix('/') {
        url = shorter;
    }
    url
}

/// The content, if the gateway sent it.
fn content(result: &JsValue, limit: f64) -> Result<Content> {
    let error = get(result, "error");
    let status = number(result, "status").unwrap_or_default();
    let (code, message) = match status as u16 {
        200..=299 => {
            return Ok(Content {
                blob: get(result, "blob").dyn_into().map_err(|_| {
                    if error.is_undefined() {
                        return too_large(limit);
                    }
                    Error::new(Code::Network, "The response is incomplete").with_cause(error)
                }),
                block: get(result, "block").unchecked_into(),
                is_encoded: get(result, "isEncoded").is_truthy(),
            });
        }
        0 => return Err(gateway_error(error)),
        404 | 410 => (Code::NotFound, "The gateway does not have this CID"),
        429 => (Code::RateLimited, "Too many requests to the gateway"),
        500..=599 => (Code::Server, "The gateway failed"),
        _ => (Code::BadResponse, "The gateway rejected the request"),
    };
    let error = Error::from_parts(code, &[message, " (status ", &number_text(status), ")"]);
    Err(error
        .with_status(status as u16)
        .with_retry_after(number(result, "retryAfter")))
}
