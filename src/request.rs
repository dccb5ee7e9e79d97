//! The request as the API page shows it.

use crate::cid::Version;
use crate::error::{Error, Result};
use crate::host;
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Blob, FormData};

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

/// The body of an order.
pub enum Body {
    /// Bytes: a form.
    Form(Upload),
    /// A URL, which the service fetches: JSON.
    Json(JsValue),
}

impl Body {
    /// The number of bytes of the file, where they are here.
    pub fn size(&self) -> Option<f64> {
        match self {
            Self::Form(upload) => Some(upload.size()),
            Self::Json(_) => None,
        }
    }
}

/// Bytes to be sent as the field `file` of a form. The host writes its header, boundary and
/// escaped name included.
pub struct Upload {
    /// The bytes.
    pub blob: Blob,
    /// What they are called.
    pub filename: String,
    /// Whether that is the name of the `File` they are. A host makes another `File` of one that is
    /// given a name, even if it is its own.
    pub named: bool,
    /// What is asked for.
    pub terms: Terms,
}

impl Upload {
    /// The number of bytes.
    pub fn size(&self) -> f64 {
        self.blob.size()
    }

    /// The form, with the file first.
    pub fn form(&self) -> Result<FormData> {
        self.around(&self.blob, self.named).map_err(unsendable)
    }

    /// The form with an empty file in the place of the bytes.
    pub fn frame(&self) -> Result<FormData> {
        let nothing =
            self.blob
                .slice_with_f64_and_f64_and_content_type(0.0, 0.0, &self.blob.type_());
        nothing
            .and_then(|nothing| self.around(&nothing, false))
            .map_err(unsendable)
    }

    fn around(&self, blob: &Blob, named: bool) -> core::result::Result<FormData, JsValue> {
        let form = FormData::new()?;
        if named {
            form.append_with_blob("file", blob)?;
        } else {
            form.append_with_blob_and_filename("file", blob, &self.filename)?;
        }
        if !self.terms.pin {
            form.append_with_str("pin", "false")?;
        }
        if self.terms.version == Version::V0 {
            form.append_with_str("version", "0")?;
        }
        Ok(form)
    }
}

/// The body of an order of a URL.
pub fn by_url(terms: Terms, url: &str) -> Result<Body> {
    #[derive(Serialize)]
    struct Order<'a> {
        #[serde(rename = "fileURL")]
        file_url: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        pin: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<u8>,
    }
    let order = Order {
        file_url: url,
        pin: (!terms.pin).then_some(false),
        version: (terms.version == Version::V0).then_some(0),
    };
    let json = host::object(&order)
        .map_err(JsValue::from)
        .and_then(|order| host::stringify(&order))
        .map_err(unsendable)?;
    Ok(Body::Json(json.into()))
}

impl Request<'_> {
    /// The headers that are set by hand.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = Vec::new();
        if let Some(token) = self.token {
            headers.push(("Authorization", ["token ", token].concat()));
        }
        if let Body::Json(_) = self.body {
            headers.push(("Content-Type", "application/json".into()));
        }
        headers
    }
}

/// The error of a request that the host does not take.
pub fn refused(cause: JsValue) -> Error {
    Error::invalid("This host refused to make the request").with_cause(cause)
}

fn unsendable(cause: JsValue) -> Error {
    Error::invalid("This host refused to make the request's body").with_cause(cause)
}
