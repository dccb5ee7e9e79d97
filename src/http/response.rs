//! Responses. Frameworks and tests replace `fetch`, so a response may be any value.

use super::failure::inspect;
use crate::error::{Code, Error, Outcome, Result};
use crate::js::value::{get, header, number, string_field};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The maximum size of a body in bytes. A receipt has a few hundred.
const MAX_RESPONSE_BYTES: f64 = 1_048_576.0;

#[wasm_bindgen(js_namespace = response)]
extern "C" {
    #[wasm_bindgen(js_name = body)]
    fn read_body(response: &JsValue, limit: f64, token: Option<&str>) -> Promise;

    #[wasm_bindgen(js_name = retryAfter)]
    fn retry_after(response: &JsValue) -> Option<f64>;
}

/// A response whose headers were received.
pub struct Response {
    value: JsValue,
    /// The HTTP status; 0 for a redirect that the runtime followed or hides.
    pub status: u16,
}

/// The body of a response to an order, with the token redacted.
#[derive(Debug, Default)]
pub struct ResponseBody {
    /// The parsed JSON; `undefined` if it is not JSON.
    pub value: JsValue,
    /// The start of the body.
    pub detail: String,
}

impl Response {
    /// Reads the result of `fetch`. Fails if it has no status.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "larger numbers are not statuses"
    )]
    pub fn parse(value: JsValue) -> core::result::Result<Self, JsValue> {
        let status = number(&value, "status").ok_or(JsValue::UNDEFINED)?;
        let mut response = Self {
            value,
            status: status as u16,
        };
        if response.redirected_to().is_some() {
            response.status = 0;
        }
        Ok(response)
    }

    /// Whether the status is a success.
    pub fn is_success(&self) -> bool {
        (200..=299).contains(&self.status)
    }

    /// A header, if the response has it and CORS does not hide it.
    pub fn header(&self, name: &str) -> Option<String> {
        header(&self.value, name)
    }

    /// `Retry-After` in seconds. The header is a number of seconds or a date.
    pub fn retry_after(&self) -> Option<f64> {
        retry_after(&self.value)
    }

    /// The URL of the response, if the runtime followed a redirect.
    pub fn redirected_to(&self) -> Option<String> {
        let url = string_field(&self.value, "url");
        url.filter(|_| get(&self.value, "redirected") == true)
    }

    /// Reads the body and redacts the token. Fails if it exceeds 1 MiB or is incomplete.
    pub async fn read(&self, token: Option<&str>) -> Result<ResponseBody> {
        let bad = |message| Error::new(Code::BadResponse, message).with_outcome(Outcome::Unknown);
        let body = JsFuture::from(read_body(&self.value, MAX_RESPONSE_BYTES, token)).await;
        let body = body.map_err(|thrown| {
            inspect(&thrown, token);
            bad("The response is incomplete").with_cause(thrown)
        })?;
        if body.is_undefined() {
            return Err(bad("The response exceeds 1 MiB"));
        }
        Ok(ResponseBody {
            value: get(&body, "value"),
            detail: string_field(&body, "detail").unwrap_or_default(),
        })
    }
}
