//! By `fetch`.

use super::{Answer, Broken, LIMIT};
use crate::describe::number;
use crate::error::{Code, Error, Outcome, Result};
use crate::host;
use crate::request::{Payload, Request};
use crate::stream::Reader;
use gloo_net::http::Headers;
use js_sys::{JsString, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    RequestInit, RequestRedirect, Response, ResponseType, TextDecodeOptions, TextDecoder,
};

/// A request that follows no redirect and ends with the call.
pub fn post(request: &Request, payload: Payload) -> RequestInit {
    let headers = Headers::new();
    for (name, value) in request.headers(payload.media_type) {
        headers.set(name, &value);
    }
    if let Some(length) = payload.length {
        headers.set("Content-Length", &number(length));
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers.into_raw());
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&request.signal));
    init.set_body(&payload.value);
    init
}

/// Makes a request and takes the answer.
pub async fn send(endpoint: &str, init: &RequestInit, at_status: impl Fn(u16)) -> Result<Answer> {
    let promise = host::fetch(endpoint, init).map_err(|cause| {
        Error::new(Code::Unsupported, "This host has no fetch").with_cause(cause)
    })?;
    let response: Response = match JsFuture::from(promise).await {
        Ok(response) => response.unchecked_into(),
        Err(cause) => return Err(unanswered(cause)),
    };
    if response.type_() == ResponseType::Opaqueredirect {
        at_status(0);
        return Ok(Answer::redirect(None));
    }
    at_status(response.status());
    Ok(Answer {
        status: response.status(),
        location: host::header(&response, "location"),
        retry_after: host::header(&response, "retry-after"),
        body: text(&response).await,
    })
}

#[wasm_bindgen]
extern "C" {
    type Decoder;

    /// `decoder.decode(chunk, options)`, whose text stays outside the wasm memory.
    #[wasm_bindgen(catch, method)]
    fn decode(
        this: &Decoder,
        chunk: &JsValue,
        options: &TextDecodeOptions,
    ) -> core::result::Result<JsString, JsValue>;
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
            .unchecked_ref::<Decoder>()
            .decode(&chunk, &more)
            .map_err(Broken::Cut)?;
        text = text.concat(&part);
    }
    Ok(text)
}

/// How Node names what ends a connection before anything can have been sent over it: nobody listens,
/// there is no such host, or its certificate is not accepted.
const UNSENT: [&str; 10] = [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "UND_ERR_CONNECT_TIMEOUT",
    "CERT_HAS_EXPIRED",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
];

/// The error of a request that got no answer. Only some hosts say why; where the connection was
/// never made, nothing can have been ordered.
fn unanswered(cause: JsValue) -> Error {
    let reason = host::field(&cause, "cause")
        .and_then(|cause| host::field(&cause, "code"))
        .and_then(|code| code.as_string());
    let (outcome, message) = match reason.as_deref() {
        Some(code) if UNSENT.contains(&code) => (
            Outcome::NotSent,
            [
                "The endpoint could not be reached (",
                code,
                "); nothing was sent",
            ]
            .concat(),
        ),
        Some(code) => (
            Outcome::Unknown,
            ["The connection to the endpoint broke (", code, ")"].concat(),
        ),
        None => (Outcome::Unknown, NO_ANSWER.into()),
    };
    Error::new(Code::Network, message)
        .with_outcome(outcome)
        .with_cause(cause)
}

/// What is to be said where a host does not say why.
pub const NO_ANSWER: &str = "No answer came: either the network failed, or the service, or a \
    firewall before it, answered without CORS headers; this host does not say which";
