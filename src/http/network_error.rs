//! Why a request failed. Where no connection was made, nothing can have been ordered; only some runtimes
//! say so.

use crate::error::{Code, Error, Outcome};
use crate::js::quirks;
use crate::js::value::{get, text};
use crate::source::chunks::unreadable;
use crate::text::{concat, find};
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// The codes and words of runtimes for a connection that was never made, or whose certificate was not
/// accepted: from undici (Node), Bun and Deno.
const PRE_SEND_ERRORS: [&str; 9] = [
    "ECONNREFUSED",
    "UND_ERR_CONNECT_TIMEOUT",
    "before secure TLS connection",
    "CERT_HAS_EXPIRED",
    "CERT_NOT_YET_VALID",
    "ERR_TLS_CERT_",
    "SELF_SIGNED_CERT",
    "UNABLE_TO_",
    "client error (Connect)",
];

/// The words of runtimes that cannot make a request, or may not: workerd, Deno, Node, undici and Chromium.
const REFUSALS: [&str; 6] = [
    "not implemented",
    "NotCapable",
    "PermissionDenied",
    "ERR_ACCESS_DENIED",
    "RequestInit",
    "Failed to execute",
];

/// The message where a browser does not say why.
const NO_RESPONSE: &str = "No answer came: the network failed, or the service or a firewall answered \
    without CORS headers";

/// The error of an order that got no response.
pub fn network_error(thrown: JsValue) -> Error {
    let cause = cause_of(&thrown);
    if matches!(&*code_of(&cause), "unreadable" | "NotReadableError") {
        return unreadable(cause).with_outcome(Outcome::Unknown);
    }
    let (outcome, what) = if failed_before_send(&cause) {
        (
            Outcome::NotSent,
            "Nothing was sent: the endpoint cannot be reached",
        )
    } else if quirks::is_server() {
        (Outcome::Unknown, "The connection to the endpoint broke")
    } else {
        (Outcome::Unknown, NO_RESPONSE)
    };
    let message = if thrown.is_undefined() {
        what.into()
    } else {
        concat(&[what, ": ", &why(&cause)])
    };
    Error::new(Code::Network, message)
        .with_outcome(outcome)
        .with_cause(thrown)
}

/// The error of a gateway that gave no response.
pub fn gateway_error(thrown: JsValue) -> Error {
    let why = why(&cause_of(&thrown));
    let (code, message) = if has_one_of(&why, &REFUSALS) {
        (
            Code::Unsupported,
            "This runtime cannot make the request, or has no permission to",
        )
    } else {
        (Code::Network, "The gateway did not answer")
    };
    Error::new(code, message).with_cause(thrown)
}

/// The runtime's own error, which most runtimes have as the cause of a `TypeError`, and Bun alone.
pub fn cause_of(thrown: &JsValue) -> JsValue {
    let cause = get(thrown, "cause");
    if !cause.is_object() {
        return thrown.clone();
    }
    quirks::hide_received(&cause);
    cause
}

/// A name has several addresses, each with an error of its own.
fn failed_before_send(cause: &JsValue) -> bool {
    match get(cause, "errors").dyn_ref::<Array>() {
        Some(errors) if errors.length() > 0 => errors.iter().all(|error| is_pre_send_error(&error)),
        _ => is_pre_send_error(cause),
    }
}

fn is_pre_send_error(error: &JsValue) -> bool {
    let why = why(error);
    matches!(
        text(error, "syscall").as_deref(),
        Some("connect" | "getaddrinfo")
    ) || has_one_of(&why, &PRE_SEND_ERRORS)
}

fn has_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| find(text, word).is_some())
}

fn why(error: &JsValue) -> String {
    let message = text(error, "message").unwrap_or_default();
    concat(&[&code_of(error), " ", &message])
}

/// The code of an error, or else its name.
fn code_of(error: &JsValue) -> String {
    let code = text(error, "code").filter(|code| !code.is_empty());
    code.or_else(|| text(error, "name")).unwrap_or_default()
}
