//! Sending a request once and taking what comes back, by the best way that the host has.

mod counted;
mod fetch;
mod xhr;

use crate::error::Result;
use crate::host;
use crate::progress::{Phase, Progress};
use crate::request::{Body, Request};
use js_sys::JsString;
use wasm_bindgen::JsValue;

/// The most bytes of an answer that are read, where it is a stream. A receipt has some hundred.
const LIMIT: f64 = 1_048_576.0;

/// What came back.
pub struct Answer {
    /// The HTTP status; 0 where the host shows no more of a redirect than that it is one.
    pub status: u16,
    /// Where a redirect points.
    pub location: Option<String>,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    /// The body, or how reading it failed.
    pub body: core::result::Result<JsString, Broken>,
}

impl Answer {
    /// A redirect that the host shows nothing of, or has followed by itself.
    fn redirect(location: Option<String>) -> Self {
        Self {
            status: 0,
            location,
            retry_after: None,
            body: Ok(JsString::from("")),
        }
    }
}

/// Why the body of an answer is not there.
#[derive(Debug)]
pub enum Broken {
    /// It has more than [`LIMIT`] bytes.
    Endless,
    /// It ended early, or cannot be decoded.
    Cut(JsValue),
}

/// Sends a request. `at_status` is told the status as soon as it is known, since reading the body
/// may still take long.
///
/// Where nobody listens, `fetch` is the shortest way. It tells nothing of an upload, so a page that
/// listens gets `XMLHttpRequest`, a server a body that is counted as it is taken, and a service
/// worker, which has neither, the beginning and the end.
pub async fn send(
    request: &Request<'_>,
    progress: &Progress,
    at_status: impl Fn(u16),
) -> Result<Answer> {
    let body = request.body;
    let answer = match body {
        Body::Form(upload)
            if progress.is_heard() && !host::is_server() && host::has("XMLHttpRequest") =>
        {
            xhr::send(request, upload, progress, at_status).await?
        }
        body => {
            let init = match body {
                Body::Form(upload) if progress.is_heard() && host::is_server() => {
                    counted::post(request, upload, progress)?
                }
                body => fetch::post(request, body.payload()?)?,
            };
            fetch::send(request.endpoint, &init, at_status).await?
        }
    };
    // A refusal may have come in the middle of it.
    if (200..=299).contains(&answer.status) {
        progress.reach(Phase::Processing, body.size().unwrap_or_default());
    }
    Ok(answer)
}
