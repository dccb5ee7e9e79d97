//! By `fetch`.

use super::{Answer, Broken, LIMIT};
use crate::answer::find;
use crate::describe::number;
use crate::error::{Code, Error, Outcome, Result};
use crate::gather::assemble;
use crate::host;
use crate::request::{Payload, Request};
use crate::stream::Reader;
use crate::text::concat;
use crate::windows::unreadable;
use gloo_net::http::Headers;
use js_sys::{Array, JsString, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{
    RequestInit, RequestRedirect, Response, ResponseType, TextDecodeOptions, TextDecoder,
};

/// A request that follows no redirect and ends with the call.
pub fn post(request: &Request, payload: Payload) -> Result<RequestInit> {
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
    let body = if host::has("Deno") && payload.length.is_none() {
        // Of bytes that it knows, Deno would make the order again by itself where a kept connection
        // breaks.
        assemble(&Array::of1(&payload.value), "")?.into()
    } else {
        payload.value
    };
    init.set_body(&body);
    Ok(init)
}

/// Makes a request and takes the answer.
pub async fn send(endpoint: &str, init: &RequestInit, at_status: impl Fn(u16)) -> Result<Answer> {
    let promise = host::fetch(endpoint, init).map_err(|cause| {
        Error::new(Code::Unsupported, "This host has no fetch").with_cause(cause)
    })?;
    let response: Response = match host::settle(&promise).await {
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

/// What the errors of hosts say, in code or message, where a connection ended before anything can have
/// been sent over it: it was not made, or its certificate is not accepted.
const UNSENT: [&str; 9] = [
    "ECONNREFUSED",
    "UND_ERR_CONNECT_TIMEOUT",
    "before secure TLS connection",
    "CERT_HAS_EXPIRED",
    "CERT_NOT_YET_VALID",
    "ERR_TLS_CERT_",
    "SELF_SIGNED_CERT",
    "UNABLE_TO_",
    "client error (Connect)",
];

/// The error of a request that got no answer. Only some hosts say why; where the connection was
/// never made, nothing can have been ordered.
fn unanswered(thrown: JsValue) -> Error {
    let cause = host::field(&thrown, "cause").filter(JsValue::is_object);
    // Bun's errors have it on themselves.
    let cause = cause.unwrap_or_else(|| thrown.clone());
    let field = |name| host::field(&cause, name).and_then(|text| text.as_string());
    let code = field("code").or_else(|| field("name")).unwrap_or_default();
    if matches!(&*code, "unreadable" | "NotReadableError") {
        return unreadable(cause).with_outcome(Outcome::Unknown);
    }
    let why = concat(&[&code, " ", &field("message").unwrap_or_default()]);
    let syscall = field("syscall").unwrap_or_default();
    // Of several addresses that a name has, each has an error.
    let is_unsent = matches!(&*syscall, "connect" | "getaddrinfo")
        || UNSENT.iter().any(|text| find(&why, text).is_some())
        || host::field(&cause, "errors").is_some_and(|errors| errors.is_object());
    let (outcome, what) = if is_unsent {
        (
            Outcome::NotSent,
            "Nothing was sent: the endpoint cannot be reached",
        )
    } else if host::is_server() {
        (Outcome::Unknown, "The connection to the endpoint broke")
    } else {
        (Outcome::Unknown, NO_ANSWER)
    };
    Error::new(Code::Network, concat(&[what, ": ", &why]))
        .with_outcome(outcome)
        .with_cause(thrown)
}

/// What is to be said where a host does not say why.
pub const NO_ANSWER: &str = "No answer came: the network failed, or the service or a firewall answered \
    without CORS headers";
