//! The error of every call. It becomes a `PinError` when it leaves Rust.

use crate::js::value::object;
use crate::text::concat;
use wasm_bindgen::prelude::*;

/// The result of a fallible function.
pub type Result<T> = core::result::Result<T, Error>;

/// What went wrong. `pkg-template/index.d.ts` lists the codes for users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// An argument or option is wrong.
    InvalidInput,
    /// More bytes than allowed.
    TooLarge,
    /// The source could not be read.
    Unreadable,
    /// The token is invalid.
    Unauthorized,
    /// The API or a relay denied permission.
    Forbidden,
    /// The wallet is empty.
    InsufficientFunds,
    /// The API rejected the request.
    BadRequest,
    /// Too many requests.
    RateLimited,
    /// No API at the endpoint, or the gateway does not have the CID.
    NotFound,
    /// The API or the gateway failed.
    Server,
    /// No response.
    Network,
    /// The time limit was reached.
    Timeout,
    /// The caller's signal was aborted.
    Aborted,
    /// The response is not what the API documents.
    BadResponse,
    /// The CID is not that of the bytes.
    Mismatch,
    /// The runtime lacks a feature.
    Unsupported,
}

impl Code {
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid-input",
            Self::TooLarge => "too-large",
            Self::Unreadable => "unreadable",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::InsufficientFunds => "insufficient-funds",
            Self::BadRequest => "bad-request",
            Self::RateLimited => "rate-limited",
            Self::NotFound => "not-found",
            Self::Server => "server",
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Aborted => "aborted",
            Self::BadResponse => "bad-response",
            Self::Mismatch => "mismatch",
            Self::Unsupported => "unsupported",
        }
    }
}

/// Whether the caller was charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was sent.
    NotSent,
    /// The API rejected the order.
    Refused,
    /// It may have been pinned and charged.
    Unknown,
    /// It was pinned.
    Pinned,
}

impl Outcome {
    fn name(self) -> &'static str {
        match self {
            Self::NotSent => "not-sent",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Pinned => "pinned",
        }
    }
}

/// A failure that becomes a `PinError`.
#[derive(Clone, Debug)]
pub struct Error(Box<Fields>);

#[derive(Clone, Debug)]
struct Fields {
    message: String,
    code: Code,
    outcome: Outcome,
    status: Option<u16>,
    detail: Option<String>,
    retry_after: Option<f64>,
    cid: Option<String>,
    receipt: JsValue,
    cause: JsValue,
}

impl Error {
    /// An error before anything was sent. The `with_…` methods add what else is known.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self::build(code, message.into())
    }

    fn build(code: Code, message: String) -> Self {
        Self(Box::new(Fields {
            message,
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

    /// The same as `new`, with a message in parts.
    pub fn from_parts(code: Code, parts: &[&str]) -> Self {
        Self::build(code, concat(parts))
    }

    /// An invalid argument or option.
    pub fn invalid(message: &str) -> Self {
        Self::new(Code::InvalidInput, message)
    }

    /// The same as `invalid`, with a message in parts.
    pub fn invalid_from_parts(parts: &[&str]) -> Self {
        Self::from_parts(Code::InvalidInput, parts)
    }

    pub fn message(&self) -> &str {
        &self.0.message
    }

    pub fn code(&self) -> Code {
        self.0.code
    }

    pub fn outcome(&self) -> Outcome {
        self.0.outcome
    }

    /// The seconds to wait before the next request.
    pub fn retry_after(&self) -> Option<f64> {
        self.0.retry_after
    }

    /// Whether the signal or the time limit ended the call.
    pub fn is_interruption(&self) -> bool {
        matches!(self.0.code, Code::Aborted | Code::Timeout)
    }

    #[must_use]
    pub fn with_message(mut self, message: String) -> Self {
        self.0.message = message;
        self
    }

    #[must_use]
    pub fn with_outcome(mut self, outcome: Outcome) -> Self {
        self.0.outcome = outcome;
        self
    }

    /// Sets the thrown value.
    #[must_use]
    pub fn with_cause(mut self, cause: JsValue) -> Self {
        self.0.cause = cause;
        self
    }

    /// Sets the HTTP status of the response. Runtimes report 0 for some redirects: no status.
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

    /// Sets the seconds to wait before the next request.
    #[must_use]
    pub fn with_retry_after(mut self, seconds: Option<f64>) -> Self {
        self.0.retry_after = seconds;
        self
    }

    /// Sets the CID that was computed from the bytes.
    #[must_use]
    pub fn with_cid(mut self, cid: String) -> Self {
        self.0.cid = Some(cid);
        self
    }

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
        let parts = *error.0;
        let fields = object(&[
            ("code", parts.code.name().into()),
            ("outcome", parts.outcome.name().into()),
            ("status", parts.status.into()),
            ("detail", parts.detail.into()),
            ("retryAfter", parts.retry_after.into()),
            ("cid", parts.cid.into()),
            ("receipt", parts.receipt),
            ("cause", parts.cause),
        ]);
        PinError::new(&parts.message, &fields).into()
    }
}
