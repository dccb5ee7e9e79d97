//! The HTTP client of orders: sends one POST, once. It knows no retries. `gateway/client.rs` reads from gateways;
//! both use `send` of `runtime/fetch.js`.

pub mod body;
pub mod failure;
mod fetch;
mod multipart;
pub mod response;

use crate::call::progress::{PROCESSING, Progress};
use crate::error::{Code, Error, Result};
use crate::js::quirks;
use crate::js::value::{get, object, string_field};
use crate::text::concat;
use body::Body;
use failure::network_error;
use gloo_net::http::Headers;
use js_sys::Function;
use response::Response;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

/// A POST.
pub struct Request<'a> {
    /// An absolute http(s) URL.
    pub url: &'a str,
    /// The Capture Token, in visible ASCII: always a valid header.
    pub token: Option<&'a str>,
    pub body: &'a Body,
    /// Called instead of the global `fetch`.
    pub fetch: Option<&'a Function>,
    /// Aborts the request.
    pub signal: AbortSignal,
}

/// Fails if the runtime cannot send requests.
pub fn check_runtime(is_order: bool, fetch: Option<&Function>) -> Result<()> {
    // gloo-net traps if `Headers` is broken.
    if fetch::can_send(is_order, fetch) {
        return Ok(());
    }
    let message = "The runtime has no working `fetch` and `Headers`";
    Err(Error::new(Code::Unsupported, message))
}

/// Sends a POST. Resolves as soon as the status is known.
///
/// `fetch` does not report upload progress. If a caller wants it, pages use `XMLHttpRequest`, servers a stream
/// that counts what is read. Service workers have neither and report the start and the end.
pub async fn post(request: &Request<'_>, progress: &Progress) -> Result<Response> {
    let init = prepare(request, progress)?;
    let Request {
        url, body, fetch, ..
    } = request;
    let response = JsFuture::from(fetch::send(url, &init, body.size(), progress, *fetch)).await;
    let response = response
        .and_then(Response::parse)
        .map_err(|thrown| network_error(thrown, request.token))?;
    // An error response may come before the end of the upload.
    if response.is_success() {
        progress.report(PROCESSING, body.size().unwrap_or_default());
    }
    Ok(response)
}

/// The options for `fetch`.
fn prepare(request: &Request<'_>, progress: &Progress) -> Result<JsValue> {
    let headers = Headers::new();
    if let Some(token) = request.token {
        headers.set("Authorization", &concat(&["token ", token]));
    }
    let mut duplex = JsValue::UNDEFINED;
    let body = match request.body {
        Body::Json(json) => {
            headers.set("Content-Type", "application/json");
            json.into()
        }
        Body::Form(form) if quirks::sends_form_data() => form.to_form_data()?.into(),
        Body::Form(form) => {
            let multipart = multipart::encode(form, progress)?;
            headers.set(
                "Content-Type",
                &string_field(&multipart, "type").unwrap_or_default(),
            );
            if let Some(length) = string_field(&multipart, "length") {
                headers.set("Content-Length", &length);
                duplex = "half".into();
            }
            get(&multipart, "body")
        }
    };
    Ok(object(&[
        ("method", "POST".into()),
        ("headers", headers.into_raw().into()),
        ("body", body),
        ("duplex", duplex),
        ("signal", request.signal.clone().into()),
        ("redirect", "manual".into()),
    ]))
}
