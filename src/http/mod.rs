//! The HTTP client of orders and of gateways: one request, sent once.

pub mod body;
pub mod failure;
mod fetch;
mod multipart;
pub mod response;

use crate::call::progress::{PROCESSING, Progress};
use crate::error::{Code, Error, Result};
use crate::js::quirks;
use crate::js::value::{get, object, text};
use crate::text::concat;
use body::Body;
use gloo_net::http::Headers;
use response::Response;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

/// A request. Bodies are those of the pin API: a form with a file, or JSON.
pub struct Request<'a> {
    /// `GET`, `HEAD` or `POST`.
    pub method: &'static str,
    /// An absolute http(s) URL.
    pub url: &'a str,
    /// The Capture Token: visible ASCII, so that it is always a valid header.
    pub token: Option<&'a str>,
    /// What is sent.
    pub body: &'a Body,
    /// Aborts the request.
    pub signal: AbortSignal,
}

/// Fails where the runtime lacks what every request needs.
pub fn check_runtime(is_order: bool) -> Result<()> {
    // gloo-net traps where `Headers` is broken.
    if fetch::can_send(is_order) {
        return Ok(());
    }
    let message = "This runtime has no working `fetch` and `Headers`";
    Err(Error::new(Code::Unsupported, message))
}

/// Sends a request, and resolves as soon as the status is there. `failed` makes the error of what a request
/// throws; any other error came before it was sent.
///
/// `fetch` reports nothing of an upload. With a listener a page sends by `XMLHttpRequest`, a server has a
/// body that counts what is taken of it, and a service worker, which has neither, reports the start and
/// the end.
pub async fn send(
    request: &Request<'_>,
    progress: &Progress,
    failed: fn(JsValue) -> Error,
) -> Result<Response> {
    let init = prepare(request, progress)?;
    let Request { url, body, .. } = request;
    let response = JsFuture::from(fetch::send(url, &init, body.size(), progress)).await;
    let response = response.and_then(Response::parse).map_err(failed)?;
    // A refusal may have come in the middle of the upload.
    if response.is_success() {
        progress.report(PROCESSING, body.size().unwrap_or_default());
    }
    Ok(response)
}

/// What `fetch` is called with.
fn prepare(request: &Request<'_>, progress: &Progress) -> Result<JsValue> {
    let headers = Headers::new();
    if let Some(token) = request.token {
        headers.set("Authorization", &concat(&["token ", token]));
    }
    let mut duplex = JsValue::UNDEFINED;
    let body = match request.body {
        Body::Empty => JsValue::UNDEFINED,
        Body::Json(json) => {
            headers.set("Content-Type", "application/json");
            json.into()
        }
        Body::Form(form) if quirks::sends_form_data() => form.to_form_data()?.into(),
        Body::Form(form) => {
            let multipart = multipart::encode(form, progress)?;
            headers.set(
                "Content-Type",
                &text(&multipart, "type").unwrap_or_default(),
            );
            if let Some(length) = text(&multipart, "length") {
                headers.set("Content-Length", &length);
                duplex = "half".into();
            }
            get(&multipart, "body")
        }
    };
    let is_order = !body.is_undefined();
    let (redirect, cache) = if is_order {
        ("manual", JsValue::UNDEFINED)
    } else {
        ("follow", "no-store".into())
    };
    Ok(object(&[
        ("method", request.method.into()),
        ("headers", headers.into_raw().into()),
        ("body", body),
        ("duplex", duplex),
        ("signal", request.signal.clone().into()),
        ("redirect", redirect.into()),
        ("cache", cache),
    ]))
}
