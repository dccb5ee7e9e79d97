//! The request as the API page shows it.

use crate::cid::Version;
use crate::error::{Error, Result};
use crate::host;
use gloo_net::http::{Method, RequestBuilder};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Blob, FormData, Request, RequestRedirect};

/// What the order asks for beside the content. Only what differs from the API's defaults travels:
/// in a form every value is a text, and a service may take the text `false` for true.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// `false` only computes the CID. The API's default is `true`.
    pub pin: bool,
    /// The version of the CID. The API's default is 1.
    pub version: Version,
}

/// Where an order goes and who pays for it.
pub struct Address<'a> {
    /// An absolute http(s) URL.
    pub endpoint: &'a str,
    /// The Capture Token: visible ASCII, so that it is always a valid header.
    pub token: Option<&'a str>,
    /// Fires when the call ends early.
    pub signal: AbortSignal,
}

/// The order of bytes: a form with the field `file`. The host writes the header, boundary and
/// escaped name included.
pub fn upload(address: &Address, terms: Terms, blob: &Blob, filename: &str) -> Result<Request> {
    let form = || {
        let form = FormData::new()?;
        form.append_with_blob_and_filename("file", blob, filename)?;
        if !terms.pin {
            form.append_with_str("pin", "false")?;
        }
        if terms.version == Version::V0 {
            form.append_with_str("version", "0")?;
        }
        Ok(form)
    };
    post(address, form().map_err(unsendable)?.as_ref(), None)
}

/// The order of a URL, which the service fetches: JSON.
pub fn by_url(address: &Address, terms: Terms, url: &str) -> Result<Request> {
    #[derive(Serialize)]
    struct Body<'a> {
        #[serde(rename = "fileURL")]
        file_url: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        pin: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<u8>,
    }
    let body = Body {
        file_url: url,
        pin: (!terms.pin).then_some(false),
        version: (terms.version == Version::V0).then_some(0),
    };
    let json = host::object(&body)
        .map_err(JsValue::from)
        .and_then(|body| host::stringify(&body))
        .map_err(unsendable)?;
    post(address, json.as_ref(), Some("application/json"))
}

fn post(address: &Address, body: &JsValue, media_type: Option<&str>) -> Result<Request> {
    let mut request = RequestBuilder::new(address.endpoint)
        .method(Method::POST)
        .redirect(RequestRedirect::Manual)
        .abort_signal(Some(&address.signal));
    if let Some(token) = address.token {
        request = request.header("Authorization", &format!("token {token}"));
    }
    if let Some(media_type) = media_type {
        request = request.header("Content-Type", media_type);
    }
    let request = request.body(body).map_err(|error| {
        Error::invalid(format!("This host refused to make the request: {error}"))
    })?;
    Ok(request.into())
}

fn unsendable(cause: JsValue) -> Error {
    Error::invalid("This host refused to make the request's body").with_cause(cause)
}
