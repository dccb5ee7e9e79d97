//! The body of a request.

use crate::error::{Code, Error, Result};
use crate::source::bytes::to_blob;
use crate::source::{Data, Source};
use js_sys::JsString;
use wasm_bindgen::JsValue;
use web_sys::FormData;

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
    /// The names and values of the fields after the file; those without a value are not sent. Values have no line
    /// breaks: browsers send each as CRLF, and `runtime/multipart.js` as it is.
    pub fields: [(&'static str, Option<&'static str>); 2],
}

impl Form {
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
            if let Some(value) = value {
                form.append_with_str(name, value).map_err(refused)?;
            }
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

/// The error of a request that the runtime does not accept.
pub fn refused(cause: JsValue) -> Error {
    Error::new(Code::Unsupported, "The runtime cannot create the request").with_cause(cause)
}
