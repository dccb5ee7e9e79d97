//! The request as the API page shows it.

use crate::cid::Version;
use crate::content::Content;
use crate::error::{Error, Result};
use crate::gather::assemble;
use crate::host;
use crate::multipart::Multipart;
use crate::progress::Phase;
use crate::text::concat;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// What the order asks for beside the content. Only what differs from the API's defaults travels:
/// in a form every value is a text, and a service may take the text `false` for true.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// `false` only computes the CID. The API's default is `true`.
    pub pin: bool,
    /// The version of the CID. The API's default is 1.
    pub version: Version,
}

/// A POST, whatever sends it.
pub struct Request<'a> {
    /// An absolute http(s) URL.
    pub endpoint: &'a str,
    /// The Capture Token: visible ASCII, so that it is always a valid header.
    pub token: Option<&'a str>,
    /// Fires when the call ends early.
    pub signal: AbortSignal,
    /// What is sent.
    pub body: &'a Body,
}

impl Terms {
    /// The fields of a form beside the file.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let pin = (!self.pin).then_some(("pin", "false"));
        let version = (self.version == Version::V0).then_some(("version", "0"));
        pin.into_iter().chain(version)
    }
}

/// The body of an order.
pub enum Body {
    /// Bytes: a form.
    Form(Upload),
    /// A URL, which the service fetches: JSON.
    Json(JsValue),
}

/// A body as a host takes it.
pub struct Payload {
    /// What is sent.
    pub value: JsValue,
    /// Its `Content-Type`.
    pub media_type: String,
    /// How many bytes it has, where it is a stream, of which the host does not know.
    pub length: Option<f64>,
}

impl Body {
    /// The number of bytes of the file, where they are here.
    pub fn size(&self) -> Option<f64> {
        match self {
            Self::Form(upload) => Some(upload.content.size()),
            Self::Json(_) => None,
        }
    }

    /// What an order of it begins with.
    pub fn first_phase(&self) -> Phase {
        match self {
            Self::Form(_) => Phase::Upload,
            Self::Json(_) => Phase::Processing,
        }
    }

    /// What is to be sent.
    pub fn payload(&self) -> Result<Payload> {
        match self {
            Self::Form(upload) => upload.payload(),
            Self::Json(value) => Ok(Payload {
                value: value.clone(),
                media_type: "application/json".into(),
                length: None,
            }),
        }
    }
}

/// Bytes to be sent as the field `file` of a form.
pub struct Upload {
    /// The bytes.
    pub content: Content,
    /// What they are called.
    pub filename: String,
    /// What is asked for.
    pub terms: Terms,
}

impl Upload {
    /// The form. Of a Blob it is one too, whose bytes the host reads when it sends them: with a
    /// `FormData`, Node 24 ends the process if the file has changed by then (undici #5835), and
    /// Chromium takes longer.
    pub fn payload(&self) -> Result<Payload> {
        let form = Multipart::new(self)?;
        Ok(Payload {
            value: match &self.content {
                Content::Blob(blob) => {
                    assemble(&Array::of3(&form.head, blob, &form.tail), "")?.into()
                }
                Content::Bytes { bytes, .. } => form.around(bytes).into(),
            },
            media_type: form.media_type,
            length: None,
        })
    }
}

/// The body of an order of a URL.
pub fn by_url(terms: Terms, url: &str) -> Result<Body> {
    let order = [
        ("fileURL", url.into()),
        ("pin", (!terms.pin).then_some(false).into()),
        (
            "version",
            (terms.version == Version::V0).then_some(0).into(),
        ),
    ];
    let json = host::object(&order)
        .map_err(JsValue::from)
        .and_then(|order| host::stringify(&order))
        .map_err(refused)?;
    Ok(Body::Json(json.into()))
}

impl Request<'_> {
    /// The headers that are set by hand, for a body of this type.
    pub fn headers(&self, media_type: String) -> Vec<(&'static str, String)> {
        let mut headers = vec![("Content-Type", media_type)];
        if let Some(token) = self.token {
            headers.push(("Authorization", concat(&["token ", token])));
        }
        headers
    }
}

/// The error of a request that the host does not take.
pub fn refused(cause: JsValue) -> Error {
    Error::invalid("This host refused to make the request").with_cause(cause)
}
