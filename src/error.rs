//! What a failed call rejects with.

use crate::js::value::object;
use wasm_bindgen::prelude::*;

/// The result of everything that can fail here.
pub type Result<T> = core::result::Result<T, Error>;

/// What went wrong, for a program to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Code {
    fn name(self) -> &'static str {
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
    /// No order left this machine.
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
pub struct Error(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
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

    /// What went wrong, in words.
    pub fn message(&self) -> &str {
        &self.0.message
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

    /// Sets the words.
    #[must_use]
    pub fn with_message(mut self, message: String) -> Self {
        self.0.message = message;
        self
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
