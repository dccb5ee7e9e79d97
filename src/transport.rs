//! Sending a request and reading what comes back, bounded.

use crate::error::{Code, Error, Outcome, Result};
use crate::host;
use crate::stream::Reader;
use js_sys::{JsString, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, Response, ResponseType, TextDecodeOptions, TextDecoder};

/// The most bytes of an answer that are read. A receipt has some hundred.
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

/// Why the body of an answer is not there.
#[derive(Debug)]
pub enum Broken {
    /// It has more than [`LIMIT`] bytes.
    Endless,
    /// It ended early, or cannot be decoded.
    Cut(JsValue),
}

/// Sends a request once. `at_status` is told the status as soon as it is known, since reading the
/// body may still take long.
pub async fn send(request: &Request, at_status: impl FnOnce(u16)) -> Result<Answer> {
    let promise = host::fetch(request).map_err(|cause| {
        Error::new(Code::Unsupported, "This host has no fetch").with_cause(cause)
    })?;
    let response: Response = match JsFuture::from(promise).await {
        Ok(response) => response.unchecked_into(),
        Err(cause) => return Err(unanswered(cause)),
    };
    if response.type_() == ResponseType::Opaqueredirect {
        at_status(0);
        return Ok(Answer {
            status: 0,
            location: None,
            retry_after: None,
            body: Ok(JsString::from("")),
        });
    }
    at_status(response.status());
    Ok(Answer {
        status: response.status(),
        location: host::header(&response, "location"),
        retry_after: host::header(&response, "retry-after"),
        body: text(&response).await,
    })
}

/// The body as text: UTF-8, whatever the answer claims, as JSON is.
async fn text(response: &Response) -> core::result::Result<JsString, Broken> {
    let mut text = JsString::from("");
    let Some(body) = response.body() else {
        return Ok(text);
    };
    let decoder = TextDecoder::new().map_err(Broken::Cut)?;
    let more = TextDecodeOptions::new();
    more.set_stream(true);
    let mut reader = Reader::open(&body).map_err(Broken::Cut)?;
    let mut size = 0.0;
    while let Some(chunk) = reader.next().await.map_err(Broken::Cut)? {
        size += f64::from(chunk.unchecked_ref::<Uint8Array>().byte_length());
        if size > LIMIT {
            return Err(Broken::Endless);
        }
        let part = decoder
            .decode_with_js_u8_array_and_options(chunk.unchecked_ref(), &more)
            .map_err(Broken::Cut)?;
        text = text.concat(&part.into());
    }
    Ok(text)
}

/// The error of a request that got no answer. Only some hosts say why; where the connection was
/// never made, nothing can have been ordered.
fn unanswered(cause: JsValue) -> Error {
    let reason = Reflect::get(&cause, &"cause".into())
        .and_then(|cause| Reflect::get(&cause, &"code".into()))
        .ok()
        .and_then(|code| code.as_string());
    let error = match reason.as_deref() {
        Some(code @ ("ECONNREFUSED" | "ENOTFOUND" | "EAI_AGAIN")) => Error::new(
            Code::Network,
            format!("The endpoint could not be reached ({code}); nothing was sent"),
        ),
        Some(code) => Error::new(
            Code::Network,
            format!("The connection to the endpoint broke ({code})"),
        )
        .with_outcome(Outcome::Unknown),
        None => Error::new(
            Code::Network,
            "No answer came: the network failed, or the service or a firewall before it \
             answered without CORS headers; this host does not say which",
        )
        .with_outcome(Outcome::Unknown),
    };
    error.with_cause(cause)
}
