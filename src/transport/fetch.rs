//! By `fetch`.

use super::{Answer, Broken, LIMIT};
use crate::answer::find;
use crate::describe::number;
use crate::error::{Code, Error, Outcome, Result};
use crate::gather::assemble;
use crate::host;
use crate::request::{Payload, Request};
use crate::response;
use crate::stream::Reader;
use crate::text::concat;
use crate::windows::unreadable;
use gloo_net::http::Headers;
use js_sys::{Array, JsString, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{RequestInit, RequestRedirect, TextDecodeOptions, TextDecoder};

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
    if !host::has("fetch") {
        return Err(Error::new(Code::Unsupported, "This host has no fetch"));
    }
    let promise = host::fetch(endpoint, init).map_err(unanswered)?;
    let response = host::settle(&promise).await.map_err(unanswered)?;
    let Some(status) = response::status(&response) else {
        return Err(Error::new(Code::Network, NO_ANSWER).with_outcome(Outcome::Unknown));
    };
    let is_followed = host::field(&response, "redirected").is_some_and(|it| it == true);
    if status == 0 || is_followed {
        at_status(0);
        return Ok(Answer::redirect(
            host::text(&response, "url").filter(|_| is_followed),
        ));
    }
    at_status(status);
    Ok(Answer {
        status,
        location: response::header(&response, "location"),
        retry_after: response::header(&response, "retry-after"),
        body: text(&response).await.inspect_err(|broken| {
            if let Broken::Cut(thrown) = broken {
                cause_of(thrown);
            }
        }),
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
async fn text(response: &JsValue) -> core::result::Result<JsString, Broken> {
    let body = response::body(response);
    let Some(mut reader) = body.and_then(|body| Reader::open(&body).ok()) else {
        // It has none, or one of another make.
        let text = host::ask(response, "text", &JsValue::UNDEFINED).await;
        return text.and_then(JsCast::dyn_into).map_err(Broken::Cut);
    };
    let mut text = JsString::from("");
    let decoder = TextDecoder::new().map_err(Broken::Cut)?;
    let more = TextDecodeOptions::new();
    more.set_stream(true);
    let mut size = 0.0;
    while let Some(chunk) = reader.next().await.map_err(Broken::Cut)? {
        let Some(length) = host::number(&chunk, "byteLength") else {
            return Err(Broken::Cut(JsValue::UNDEFINED));
        };
        size += length;
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
    let cause = cause_of(&thrown);
    let code = code_of(&cause);
    if matches!(&*code, "unreadable" | "NotReadableError") {
        return unreadable(cause).with_outcome(Outcome::Unknown);
    }
    let why = why(&cause);
    // Of several addresses that a name has, each has an error.
    let errors = host::field(&cause, "errors").unwrap_or_default();
    let unsent = match errors.dyn_ref::<Array>() {
        Some(errors) if errors.length() > 0 => errors.iter().all(|error| is_unsent(&error)),
        _ => is_unsent(&cause),
    };
    let (outcome, what) = if unsent {
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

/// Why a request failed, as the host says it, without what came in place of HTTP: undici shows it, and
/// it may repeat the token.
fn cause_of(thrown: &JsValue) -> JsValue {
    let cause = host::field(thrown, "cause").filter(JsValue::is_object);
    if let Some(cause) = &cause {
        let _ = Reflect::delete_property(cause.unchecked_ref::<Object>(), &"data".into());
    }
    // Bun's errors have it on themselves.
    cause.unwrap_or_else(|| thrown.clone())
}

/// Whether an error of the host says that no connection was made.
fn is_unsent(error: &JsValue) -> bool {
    let why = why(error);
    matches!(&*text_of(error, "syscall"), "connect" | "getaddrinfo")
        || UNSENT.iter().any(|text| find(&why, text).is_some())
}

fn why(error: &JsValue) -> String {
    concat(&[&code_of(error), " ", &text_of(error, "message")])
}

/// The code of an error, or else its name.
fn code_of(error: &JsValue) -> String {
    let code = text_of(error, "code");
    if code.is_empty() {
        text_of(error, "name")
    } else {
        code
    }
}

fn text_of(error: &JsValue, name: &str) -> String {
    host::text(error, name).unwrap_or_default()
}

/// What is to be said where a host does not say why.
pub const NO_ANSWER: &str = "No answer came: the network failed, or the service or a firewall answered \
    without CORS headers";
