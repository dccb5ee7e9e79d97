//! What a failed call rejects with.

use serde::Serialize;
use wasm_bindgen::prelude::*;

/// The result of everything that can fail here.
pub type Result<T> = core::result::Result<T, Error>;

/// What went wrong, for a program to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// An argument or option is wrong.
    InvalidInput,
    /// More bytes than allowed.
    TooLarge,
    /// The source could not be read.
    Unreadable,
    /// The API does not accept the token.
    Unauthorized,
    /// The token may not do this.
    Forbidden,
    /// The wallet is empty.
    InsufficientFunds,
    /// The API rejected the request.
    BadRequest,
    /// Too many requests.
    RateLimited,
    /// There is nothing at this address.
    NotFound,
    /// The API failed.
    Server,
    /// No response came.
    Network,
    /// The time limit was reached.
    Timeout,
    /// The caller's signal was aborted.
    Aborted,
    /// The response is not what the API documents.
    BadResponse,
    /// The CID is not that of the bytes.
    Mismatch,
    /// The runtime lacks something.
    Unsupported,
}

/// Whether the caller was charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// No order left this machine.
    NotSent,
    /// The API rejected the order.
    Refused,
    /// It may have been pinned and charged.
    Unknown,
    /// It was pinned.
    Pinned,
}

/// A failure that becomes a `PinError`.
#[derive(Clone, Debug)]
pub struct Error(Box<Parts>);

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Parts {
    #[serde(skip)]
    message: String,
    code: Code,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cid: Option<String>,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[serde(skip_serializing_if = "JsValue::is_undefined")]
    receipt: JsValue,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    #[serde(skip_serializing_if = "JsValue::is_undefined")]
    cause: JsValue,
}

impl Error {
    /// A failure before anything was sent; the `with_…` methods add what else is known.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            message: message.into(),
            code,
            outcome: Outcome::NotSent,
            status: None,
            detail: None,
            retry_after: None,
            cid: None,
            receipt: JsValue::UNDEFINED,
            cause: JsValue::UNDEFINED,
        }))
    }

    /// An argument or option that is wrong.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::InvalidInput, message)
    }

    /// What went wrong.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Whether the caller was charged.
    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The seconds after which the server wants the next request.
    pub fn retry_after(&self) -> Option<f64> {
        self.0.retry_after
    }

    /// Whether the signal or the time limit ended the call.
    pub fn is_interruption(&self) -> bool {
        matches!(self.0.code, Code::Aborted | Code::Timeout)
    }

    /// Sets whether the caller was charged.
    #[must_use]
    pub fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    /// Sets the value that was thrown.
    #[must_use]
    pub fn with_cause(mut self, cause: JsValue) -> Self {
        self.0.cause = cause;
        self
    }

    /// Sets the HTTP status of the response; 0 is none that the runtime shows.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.0.status = (status > 0).then_some(status);
        self
    }

    /// Sets the excerpt of the response's body, if it is not empty.
    #[must_use]
    pub fn with_detail(mut self, detail: &str) -> Self {
        self.0.detail = (!detail.is_empty()).then(|| detail.into());
        self
    }

    /// Sets the seconds after which the server wants the next request.
    #[must_use]
    pub fn with_retry_after(mut self, seconds: Option<f64>) -> Self {
        self.0.retry_after = seconds;
        self
    }

    /// Sets the CID that was computed here.
    #[must_use]
    pub fn with_cid(mut self, cid: String) -> Self {
        self.0.cid = Some(cid);
        self
    }

    /// Sets the receipt that the API gave.
    #[must_use]
    pub fn with_receipt(mut self, receipt: JsValue) -> Self {
        self.0.receipt = receipt;
        self
    }
}

#[wasm_bindgen(js_namespace = error)]
extern "C" {
    type PinError;

    #[wasm_bindgen(constructor)]
    fn new(message: &str, fields: &JsValue) -> PinError;
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        let fields = to_object(&*error.0);
        PinError::new(&error.0.message, &fields).into()
    }
}

/// A plain object of the fields of a struct.
pub fn to_object(fields: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    fields.serialize(&serializer).unwrap_or_default()
}
