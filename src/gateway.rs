//! The gateway: where pinned content can be fetched by anyone.

use crate::answer::seconds;
use crate::cid::Cid;
use crate::endpoint::absolute;
use crate::error::{Code, Error, Result};
use crate::host;
use crate::options::Options;
use crate::response;
use crate::text::concat;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, RequestCache, RequestInit};

/// The API page's gateway.
const NUMBERS: &str = "https://ipfs-pin.numbersprotocol.io";

/// The address of a gateway: what comes before `/ipfs/<cid>`.
pub struct Gateway(String);

impl Gateway {
    /// The option `gateway`, or that of Numbers. It may end in `/ipfs/`, as the API page writes it.
    pub fn new(options: &Options) -> Result<Self> {
        let page = host::location();
        let url = options.typed(
            "gateway",
            "an absolute http(s) URL without password and query or, in a page, a path of its own",
            |value| {
                absolute(value, page.as_ref())
                    .filter(|url| url.search().is_empty() && url.hash().is_empty())
            },
        )?;
        let address = url.map_or_else(|| NUMBERS.into(), |url| url.href());
        let address = bare(&address);
        let host = address.strip_suffix("/ipfs").unwrap_or(address);
        Ok(Self(bare(host).into()))
    }

    /// Asks for a CID. Nothing travels that needs a CORS preflight, which gateways refuse; a
    /// redirect, as to a host of the CID's own, is followed.
    pub async fn ask(
        &self,
        method: &str,
        cid: &Cid,
        query: &str,
        signal: &AbortSignal,
    ) -> Result<JsValue> {
        let url = concat(&[&self.0, "/ipfs/", &cid.text(), query]);
        let init = RequestInit::new();
        init.set_method(method);
        init.set_cache(RequestCache::NoStore);
        init.set_signal(Some(signal));
        let unanswered =
            |cause| Error::new(Code::Network, "The gateway did not answer").with_cause(cause);
        let promise = host::fetch(&url, &init).map_err(unanswered)?;
        let response = host::settle(&promise).await.map_err(unanswered)?;
        if response::status(&response).is_none() {
            return Err(unanswered(response));
        }
        Ok(response)
    }
}

/// An address without what ends it.
fn bare(mut address: &str) -> &str {
    while let Some(shorter) = address.strip_suffix('/') {
        address = shorter;
    }
    address
}

/// The error that an answer is, unless it is good.
pub fn good(response: JsValue) -> Result<JsValue> {
    let status = response::status(&response).unwrap_or_default();
    let (code, message) = match status {
        200..=299 => return Ok(response),
        404 | 410 => (Code::NotFound, "The gateway does not have this CID"),
        429 => (Code::RateLimited, "The gateway was asked too often"),
        500..=599 => (Code::Server, "The gateway failed"),
        _ => (Code::BadResponse, "The gateway did not give this CID"),
    };
    let retry_after = response::header(&response, "retry-after");
    Err(Error::new(
        code,
        concat(&[message, " (status ", &status.to_string(), ")"]),
    )
    .with_status(status)
    .with_retry_after(retry_after.as_deref().and_then(seconds)))
}

/// The error of an answer that ended before its time.
pub fn broken(cause: JsValue) -> Error {
    Error::new(Code::Network, "The gateway broke off its answer").with_cause(cause)
}
