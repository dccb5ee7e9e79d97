//! Requests to a gateway.

use crate::call::Call;
use crate::call::progress::Progress;
use crate::cid::{Cid, RAW};
use crate::error::{Code, Error, Result};
use crate::http;
use crate::http::failure::gateway_error;
use crate::js::url;
use crate::js::value::{decimal, get, number};
use crate::source::chunks::too_large;
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

/// The body of a response.
pub struct Content {
    /// All of it: a Blob of the media type of the response.
    pub blob: Result<Blob>,
    /// The same as bytes, where it is to be a block.
    pub block: Uint8Array,
    /// Whether the gateway says that what travels is compressed. The runtime unpacks it, also where it is a
    /// compressed file.
    pub is_encoded: bool,
}

impl Gateway {
    /// What [`Gateway::parse`] takes.
    pub const EXPECTED: &str = "an absolute http(s) URL without password and query or, in a page, a path of \
        its own, or a list of them";

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
        method: &str,
        cid: &Cid,
        query: &str,
        limit: f64,
        progress: &Progress,
        fetch: Option<&Function>,
        call: &Call,
    ) -> Result<Content> {
        http::check_runtime(false, fetch)?;
        let url = concat(&[&self.0, "/ipfs/", &cid.text(), query]);
        let is_block = !query.is_empty() || cid.codec() == RAW;
        let signal = call.next_signal();
        let answer = request(method, &url, &signal, limit, is_block, progress, fetch);
        let answer = JsFuture::from(answer).await.unwrap_or_default();
        content(&answer, limit)
    }
}

fn without_slashes(mut url: &str) -> &str {
    while let Some(shorter) = url.strip_suffix('/') {
        url = shorter;
    }
    url
}

/// What a gateway answered, if it is a success.
fn content(answer: &JsValue, limit: f64) -> Result<Content> {
    let error = get(answer, "error");
    let status = number(answer, "status").unwrap_or_default();
    let (code, message) = match status as u16 {
        200..=299 => {
            return Ok(Content {
                blob: get(answer, "blob").dyn_into().map_err(|_| {
                    if error.is_undefined() {
                        return too_large(limit);
                    }
                    let message = "The gateway broke off its answer";
                    Error::new(Code::Network, message).with_cause(error)
                }),
                block: get(answer, "block").unchecked_into(),
                is_encoded: get(answer, "isEncoded").is_truthy(),
            });
        }
        0 => return Err(gateway_error(error)),
        404 | 410 => (Code::NotFound, "The gateway does not have this CID"),
        429 => (Code::RateLimited, "The gateway was asked too often"),
        500..=599 => (Code::Server, "The gateway failed"),
        _ => (Code::BadResponse, "The gateway did not give this CID"),
    };
    let error = Error::new(code, concat(&[message, " (status ", &decimal(status), ")"]));
    Err(error
        .with_status(status as u16)
        .with_retry_after(number(answer, "retryAfter")))
}
