//! Classifying failed requests. If there was no connection, nothing was ordered; some runtimes report this.

use crate::error::{Code, Error, Outcome};
use crate::js::quirks;
use crate::js::value::{get, string_field};
use crate::source::error::unreadable_because;
use crate::text::concat;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = failure)]
extern "C" {
    /// What an error says about its request: `isRefused`, `failedBeforeSend`, `isUnreadable`, `why`, `says` and
    /// `origin`. Also deletes from the error what may have the token.
    pub fn inspect(thrown: &JsValue, token: Option<&str>) -> JsValue;
}

/// Browsers do not report the cause.
const NO_RESPONSE: &str = "No response: the network failed, or the response has no CORS headers";

/// The error of an order without a response.
pub fn network_error(thrown: JsValue, token: Option<&str>) -> Error {
    let failure = inspect(&thrown, token);
    if get(&failure, "isUnreadable").is_truthy() {
        let says = string_field(&failure, "says");
        return unreadable_because(says, get(&failure, "origin")).with_outcome(Outcome::Unknown);
    }
    let (outcome, what) = if get(&failure, "failedBeforeSend").is_truthy() {
        (Outcome::NotSent, "Not sent: cannot connect to the endpoint")
    } else if quirks::is_server() {
        (Outcome::Unknown, "No response: the connection failed")
    } else {
        (Outcome::Unknown, NO_RESPONSE)
    };
    let message = match string_field(&failure, "why") {
        Some(why) => concat(&[what, ": ", &why]),
        None => what.into(),
    };
    Error::new(Code::Network, message)
        .with_outcome(outcome)
        .with_cause(thrown)
}

/// The error of a gateway that gave no response.
pub fn gateway_error(thrown: JsValue) -> Error {
    let (code, message) = if get(&inspect(&thrown, None), "isRefused").is_truthy() {
        (
            Code::Unsupported,
            "The runtime cannot send the request, or has no permission",
        )
    } else {
        (Code::Network, "No response from the gateway")
    };
    Error::new(code, message).with_cause(thrown)
}
