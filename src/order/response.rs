//! Classifying responses: code, message, and whether the caller was charged.

use super::receipt::{self, Receipt};
use super::redact::redact;
use crate::error::{Code, Error, Outcome, Result};
use crate::http::response::{Response, ResponseBody};
use crate::js::value::{get, string_field};
use crate::text::{concat, decimal, find};
use wasm_bindgen::JsValue;

/// Whether an order with a response of this status was charged, before the body is read.
///
/// The API documents 200, 400, 401, 403 and 500. A server may send a 302 or 303 after it processed the order.
/// The platform sends a 400 for a workflow that crashed. A 5xx may come after the order was processed.
pub fn outcome(status: u16) -> Outcome {
    match status {
        301 | 307 | 308 => Outcome::Refused,
        400 | 408 | 499 => Outcome::Unknown,
        400..=499 => Outcome::Refused,
        _ => Outcome::Unknown,
    }
}

/// Reads the receipt or the error in a response. Redacts the token.
pub async fn read(response: &Response, token: Option<&str>) -> Result<Receipt> {
    let status = response.status;
    let body = match status {
        0 => Ok(ResponseBody::default()),
        _ => response.read(token).await,
    };
    let rejected = body.as_ref().ok().and_then(|body| rejection(&body.value));
    if (200..=299).contains(&status) && rejected.is_none() {
        return accepted(body?, status);
    }
    let is_whole = body.is_ok();
    let detail = body.map(|body| body.detail).unwrap_or_default();
    let target = response.redirected_to();
    let target = target.or_else(|| response.header("location"));
    let target = target.map(|url| redact(url, token));
    let (code, implied, message) = classify(status, rejected, &detail, target.as_deref());
    Err(Error::new(code, message)
        .with_outcome(if is_whole { implied } else { outcome(status) })
        .with_detail(&detail)
        .with_retry_after(response.retry_after()))
}

/// The receipt in the body of a successful response.
fn accepted(body: ResponseBody, status: u16) -> Result<Receipt> {
    let ResponseBody { value, detail } = body;
    let receipt = if value.is_undefined() {
        let message = [not_json(&detail), " (status ", &decimal(status.into()), ")"];
        Err(Error::from_parts(Code::BadResponse, &message).with_outcome(Outcome::Unknown))
    } else {
        receipt::read(value)
    };
    receipt.map_err(|error| error.with_detail(&detail))
}

/// The code of an error of the Numbers backend, `{ "error": { "type", "details" } }`. These errors come before
/// anything is charged, whatever the status. Source of the types: the code of the Capture app.
fn rejection(body: &JsValue) -> Option<Code> {
    let kind = string_field(&get(body, "error"), "type")?;
    Some(match kind.as_str() {
        "insufficient_fund" | "asset_commit_insufficient_fund" | "unpaid_num_exceed_threshold" => {
            Code::InsufficientFunds
        }
        "throttled" => Code::RateLimited,
        "authentication_failed" => Code::Unauthorized,
        "untrusted_client" => Code::Forbidden,
        "duplicate_asset_not_allowed"
        | "invalid_network_app_name"
        | "order_expired"
        | "unable_to_confirm_order"
        | "validation_error" => Code::BadRequest,
        _ => return None,
    })
}

/// Classifies an unsuccessful response.
pub fn classify(
    status: u16,
    rejected: Option<Code>,
    detail: &str,
    location: Option<&str>,
) -> (Code, Outcome, String) {
    if rejected.is_none() && matches!(status, 0 | 300..=399) {
        let target = location.map_or(String::new(), |target| concat(&[" to ", target]));
        let message = concat(&[
            "The endpoint redirects",
            &target,
            "; set `endpoint` to the final URL",
        ]);
        return (Code::BadResponse, outcome(status), message);
    }
    let code = rejected.unwrap_or_else(|| code_of(status, detail));
    let what = match (code, status) {
        (_, 408 | 499) => "The API timed out waiting for the request",
        (Code::InsufficientFunds, _) => "The wallet has insufficient funds",
        (Code::Unauthorized, _) => "The API rejected the token",
        (Code::Forbidden, _) => "Permission denied",
        (Code::NotFound, _) => "No pin service at this endpoint",
        (Code::TooLarge, _) => "The file is too large for the API",
        (Code::RateLimited, _) => "Too many requests",
        (Code::BadRequest, _) => "The API rejected the request",
        _ => "The API failed",
    };
    let (colon, shown) = if detail.is_empty() {
        ("", "")
    } else if is_markup(detail) {
        (": ", "an HTML page, maybe of a proxy")
    } else {
        (": ", detail)
    };
    let status_text = decimal(status.into());
    let message = concat(&[what, " (status ", &status_text, ")", colon, shown]);
    let outcome = match (rejected, status) {
        (Some(_), _) => Outcome::Refused,
        (None, 400) if code != Code::Server => Outcome::Refused,
        _ => outcome(status),
    };
    (code, outcome, message)
}

/// The code of a status. Some statuses need words of the body.
fn code_of(status: u16, detail: &str) -> Code {
    let says = |word: &str| find(detail, word).is_some();
    match status {
        // The platform's response for a workflow that crashed, maybe after it pinned the file.
        400 if says("no $.respond called") => Code::Server,
        402 => Code::InsufficientFunds,
        400 if says("insufficient") => Code::InsufficientFunds,
        // Not for `insufficient_scope`.
        401..=499
            if says("insufficient") && (says("fund") || says("balance") || says("credit")) =>
        {
            Code::InsufficientFunds
        }
        401 => Code::Unauthorized,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        408 | 499 => Code::Server,
        413 => Code::TooLarge,
        429 => Code::RateLimited,
        400..=499 => Code::BadRequest,
        _ => Code::Server,
    }
}

fn not_json(detail: &str) -> &'static str {
    if detail.is_empty() {
        "The response is empty, not a receipt"
    } else if is_markup(detail) {
        "The response is HTML, not a receipt; check `endpoint`"
    } else {
        "The response is not JSON"
    }
}

fn is_markup(detail: &str) -> bool {
    detail.starts_with('<')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(status: u16, detail: &str) -> (Code, Outcome) {
        let (code, outcome, _) = classify(status, None, detail, None);
        (code, outcome)
    }

    #[test]
    fn documented_rejections_are_not_charged() {
        assert_eq!(judge(400, "bad"), (Code::BadRequest, Outcome::Refused));
        assert_eq!(judge(401, ""), (Code::Unauthorized, Outcome::Refused));
        assert_eq!(judge(403, ""), (Code::Forbidden, Outcome::Refused));
    }

    #[test]
    fn failures_of_the_server_may_be_charged() {
        for status in [500, 502, 503, 504, 520, 524, 599, 408, 499] {
            assert_eq!(
                judge(status, ""),
                (Code::Server, Outcome::Unknown),
                "{status}"
            );
        }
        assert_eq!(
            judge(400, "No $.respond called in workflow"),
            (Code::Server, Outcome::Unknown)
        );
    }

    #[test]
    fn recognises_an_empty_wallet_by_status_or_words() {
        let broke = (Code::InsufficientFunds, Outcome::Refused);
        assert_eq!(judge(402, ""), broke);
        assert_eq!(judge(400, "Insufficient balance"), broke);
        assert_eq!(judge(400, "insufficient NUM"), broke);
        assert_eq!(
            judge(403, r#"{"error":{"type":"insufficient_fund"}}"#),
            broke
        );
    }

    #[test]
    fn gives_other_rejections_their_codes() {
        assert_eq!(
            judge(403, r#"{"error":"insufficient_scope"}"#),
            (Code::Forbidden, Outcome::Refused)
        );
        assert_eq!(judge(404, ""), (Code::NotFound, Outcome::Refused));
        assert_eq!(judge(413, ""), (Code::TooLarge, Outcome::Refused));
        assert_eq!(judge(429, ""), (Code::RateLimited, Outcome::Refused));
        assert_eq!(judge(418, ""), (Code::BadRequest, Outcome::Refused));
    }

    #[test]
    fn names_the_target_of_a_redirect() {
        let (code, outcome, message) = classify(308, None, "", Some("https://example.org/pin"));
        assert_eq!((code, outcome), (Code::BadResponse, Outcome::Refused));
        assert!(message.contains("https://example.org/pin"));
        // A 303 may follow a processed POST; a redirect of unknown status may be a 303.
        assert_eq!(judge(303, ""), (Code::BadResponse, Outcome::Unknown));
        assert_eq!(judge(0, ""), (Code::BadResponse, Outcome::Unknown));
    }

    #[test]
    fn does_not_quote_an_html_page() {
        let (_, _, message) = classify(403, None, "<!doctype html><title>Blocked</title>", None);
        assert!(message.contains("HTML page") && !message.contains("Blocked"));
    }
}
