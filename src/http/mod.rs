//! The HTTP client of orders: sends one POST, once. It knows no retries. `gateway/client.rs` reads from gateways;
//! both use `send` of `runtime/fetch.js`.

pub mod failure;
mod fetch;
mod multipart;
pub mod response;

use crate::call::progress::{PROCESSING, Progress};
use crate::error::{Code, Error, Result};
use crate::js::quirks;
use crate::js::value::{get, object, string_field};
use crate::source::bytes::to_blob;
use crate::source::{Data, Source};
use crate::text::concat;
use failure::network_error;
use gloo_net::http::Headers;
use js_sys::{Function, JsString};
use response::Response;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, FormData};

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

/// The body of a request.
pub enum Body {
    /// JSON, as text.
    Json(JsString),
    /// A form.
    Form(Form),
}

/// A form with the field `file` and others.
pub struct Form {
    /// Bytes or a Blob.
    pub file: Source,
    pub filename: String,
    /// The fields after the file, all of them strings.
    fields: Vec<(&'static str, JsValue)>,
}

impl Form {
    /// A form with the fields that have a value. Values have no line breaks: browsers send each as CRLF, and
    /// `runtime/multipart.js` as it is.
    pub fn new(file: Source, filename: String, fields: &[(&'static str, Option<&str>)]) -> Self {
        let mut form = Self {
            file,
            filename,
            fields: Vec::new(),
        };
        for (name, value) in fields {
            if let Some(value) = *value {
                form.fields.push((name, value.into()));
            }
        }
        form
    }

    /// The form for pages and workers. The browser sets its `Content-Type`.
    pub fn to_form_data(&self) -> Result<FormData> {
        let file = match &self.file.data {
            Data::Blob(blob) => blob.clone(),
            _ => to_blob(self.file.as_value()?, &self.file.media_type)?,
        };
        let form = FormData::new().map_err(refused)?;
        form.append_with_blob_and_filename("file", &file, &self.filename)
            .map_err(refused)?;
        for (name, value) in &self.fields {
            form.append_with_str(name, &value.as_string().unwrap_or_default())
                .map_err(refused)?;
        }
        Ok(form)
    }
}

impl Body {
    /// The size of the file in bytes.
    pub fn size(&self) -> Option<f64> {
        match self {
            Self::Form(form) => form.file.size(),
            Self::Json(_) => None,
        }
    }
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

/// The error of a request that the runtime does not accept.
pub fn refused(cause: JsValue) -> Error {
    Error::new(Code::Unsupported, "The runtime cannot create the request").with_cause(cause)
}
