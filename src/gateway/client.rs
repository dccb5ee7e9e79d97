//! Requests to a gateway.

use crate::call::Call;
use crate::call::options::OptionReader;
use crate::call::progress::Progress;
use crate::cid::Cid;
use crate::error::{Code, Error, Result};
use crate::http::body::Body;
use crate::http::response::Response;
use crate::http::{self, Request};
use crate::source::bytes::to_blob;
use crate::source::chunks::Chunks;
use crate::text::{concat, decimal};
use js_sys::Array;
use web_sys::Blob;

/// The gateway of the API page.
const NUMBERS: &str = "https://ipfs-pin.numbersprotocol.io";

/// The URL of a gateway: what comes before `/ipfs/<cid>`.
pub struct Gateway(String);

impl Gateway {
    /// The option `gateway`, which may end in `/ipfs/`, as the API page writes it.
    pub fn read(options: &OptionReader) -> Self {
        let expected =
            "an absolute http(s) URL without password and query or, in a page, a path of its own";
        let url = options.url("gateway", expected, |url| {
            !url.bytes().any(|byte| matches!(byte, b'?' | b'#'))
        });
        let url = url.unwrap_or_else(|| NUMBERS.into());
        let url = without_slashes(&url);
        let url = url.strip_suffix("/ipfs").unwrap_or(url);
        Self(without_slashes(url).into())
    }

    /// Requests a CID. Nothing travels that needs a CORS preflight, which gateways refuse; a redirect, as
    /// to a host of the CID's own, is followed.
    pub async fn request(
        &self,
        method: &'static str,
        cid: &Cid,
        query: &str,
        call: &Call,
    ) -> Result<Response> {
        http::check_runtime(false)?;
        let url = concat(&[&self.0, "/ipfs/", &cid.text(), query]);
        let request = Request {
            method,
            url: &url,
            token: None,
            signal: call.signal(),
            body: &Body::Empty,
        };
        let failed =
            |cause| Error::new(Code::Network, "The gateway did not answer").with_cause(cause);
        http::send(&request, &Progress::silent(), failed).await
    }
}

fn without_slashes(mut url: &str) -> &str {
    while let Some(shorter) = url.strip_suffix('/') {
        url = shorter;
    }
    url
}

/// The error that a response is, unless it is a success.
pub fn success(response: Response) -> Result<Response> {
    let (code, message) = match response.status {
        200..=299 => return Ok(response),
        404 | 410 => (Code::NotFound, "The gateway does not have this CID"),
        429 => (Code::RateLimited, "The gateway was asked too often"),
        500..=599 => (Code::Server, "The gateway failed"),
        _ => (Code::BadResponse, "The gateway did not give this CID"),
    };
    let status = decimal(response.status.into());
    let error = Error::new(code, concat(&[message, " (status ", &status, ")"]));
    Err(error
        .with_status(response.status)
        .with_retry_after(response.retry_after()))
}

/// The body, cut off after `limit` bytes.
pub async fn collect(response: &Response, limit: f64, progress: &Progress) -> Result<Blob> {
    let media_type = response.header("content-type").unwrap_or_default();
    let Some(body) = response.stream() else {
        return to_blob(&Array::new(), &media_type);
    };
    let broken =
        |cause| Error::new(Code::Network, "The gateway broke off its answer").with_cause(cause);
    let collected = Chunks::new(&body)?
        .collect(limit, &media_type, progress)
        .await;
    collected.map_err(broken)?
}
