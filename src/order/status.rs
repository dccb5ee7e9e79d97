//! What a response means, and whether the caller was charged.

use super::receipt::{self, Receipt};
use super::redact::redact;
use crate::error::{Code, Error, Outcome, Result};
use crate::http::response::{Response, ResponseBody};
use crate::text::{concat, decimal, find};

/// Whether an order with a response of this status was charged, as far as is known before the body is read.
///
/// The API documents 200, 400, 401, 403 and 500. Servers answer what they have done with a 302 or 303; a
/// 400 is also the platform's own response for a workflow that died; and whatever failed on the server may
/// have failed after the order was processed.
pub fn outcome(status: u16) -> Outcome {
    match status {
        301 | 307 | 308 => Outcome::Refused,
        400 | 408 | 499 => Outcome::Unknown,
        400..=499 => Outcome::Refused,
        _ => Outcome::Unknown,
    }
}

/// The status of the response to an order: 0 where the runtime has followed a redirect, or shows nothing of
/// one.
pub fn of(response: &Response) -> u16 {
    match response.redirected_to() {
        Some(_) => 0,
        None => response.status,
    }
}

/// Reads the receipt, or the error that the response is. `token` is redacted in everything shown.
pub async fn read(response: &Response, status: u16, token: Option<&str>) -> Result<Receipt> {
    let body = match status {
        0 => Ok(ResponseBody::default()),
        _ => response.read(token).await,
    };
    if (200..=299).contains(&status) {
        let receipt = body.and_then(|body| accepted(body, status));
        return receipt.map_err(|error| error.with_status(status));
    }
    let is_whole = body.is_ok();
    let detail = body.map(|body| body.detail).unwrap_or_default();
    let redact = |url: String| redact(url, token);
    let (code, told, message) = match response.redirected_to().map(redact) {
        Some(url) => {
            let message = concat(&["The answer came from ", &url, ", not from the endpoint"]);
            (Code::BadResponse, outcome(status), message)
        }
        None => {
            let location = response.header("location").map(redact);
            classify(status, &detail, location.as_deref())
        }
    };
    Err(Error::new(code, message)
        .with_outcome(if is_whole { told } else { outcome(status) })
        .with_status(status)
        .with_detail(&detail)
        .with_retry_after(response.retry_after()))
}

/// The receipt in the body of a response whose status is a success.
fn accepted(body: ResponseBody, status: u16) -> Result<Receipt> {
    let ResponseBody { value, detail } = body;
    let receipt = if value.is_undefined() {
        let message = concat(&[not_json(&detail), " (status ", &decimal(status.into()), ")"]);
        Err(Error::new(Code::BadResponse, message).with_outcome(Outcome::Unknown))
    } else {
        receipt::read(value, status)
    };
    receipt.map_err(|error| error.with_detail(&detail))
}

/// The meaning of a status that is no success, by the words of its body where these help.
fn classify(status: u16, detail: &str, location: Option<&str>) -> (Code, Outcome, String) {
    let (code, what) = match status {
        0 | 300..=399 => {
            let message = match location {
                Some(place) => concat(&["The endpoint redirects to ", place, NEVER]),
                None => concat(&["The endpoint redirects", NEVER]),
            };
            return (Code::BadResponse, outcome(status), message);
        }
        // The platform's own answer for a workflow that died, maybe after it had pinned.
        400 if find(detail, "no $.respond called").is_some() => {
            return (
                Code::Server,
                Outcome::Unknown,
                "The service failed before it could answer".into(),
            );
        }
        402 => (Code::InsufficientFunds, "The wallet has not enough funds"),
        // The words of the backend of Numbers. Elsewhere a scope can be insufficient as well.
        400..=499
            if find(detail, "insufficient").is_some()
                && (status == 400
                    || ["fund", "balance", "credit"]
                        .iter()
                        .any(|word| find(detail, word).is_some())) =>
        {
            (Code::InsufficientFunds, "The wallet has not enough funds")
        }
        401 => (Code::Unauthorized, "The service does not accept the token"),
        403 => (Code::Forbidden, "The service does not allow this"),
        404 => (
            Code::NotFound,
            "There is no service at the endpoint, or it is switched off",
        ),
        408 | 499 => (Code::Server, "The service gave up waiting for the request"),
        413 => (Code::TooLarge, "The file is larger than the service takes"),
        429 => (Code::RateLimited, "Too many requests"),
        400..=499 => (Code::BadRequest, "The service did not accept the request"),
        _ => (Code::Server, "The service failed"),
    };
    let (colon, shown) = if detail.is_empty() {
        ("", "")
    } else if is_markup(detail) {
        (": ", "an HTML page, as a proxy or firewall answers")
    } else {
        (": ", detail)
    };
    let message = concat(&[
        what,
        " (status ",
        &decimal(status.into()),
        ")",
        colon,
        shown,
    ]);
    let outcome = match status {
        400 => Outcome::Refused,
        _ => outcome(status),
    };
    (code, outcome, message)
}

/// How the message of a redirect ends.
const NEVER: &str = ", which is never followed";

fn not_json(detail: &str) -> &'static str {
    if detail.is_empty() {
        "The answer is empty where a receipt was due"
    } else if is_markup(detail) {
        "The answer is an HTML page, as a proxy or a login wall gives, not a receipt"
    } else {
        "The answer is not JSON"
    }
}

fn is_markup(detail: &str) -> bool {
    detail.starts_with('<')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(status: u16, detail: &str) -> (Code, Outcome) {
        let (code, outcome, _) = classify(status, detail, None);
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
        let (code, outcome, message) = classify(308, "", Some("https://example.org/pin"));
        assert_eq!((code, outcome), (Code::BadResponse, Outcome::Refused));
        assert!(message.contains("https://example.org/pin"));
        // A 303 answers a POST that was carried out; an opaque one may be a 303.
        assert_eq!(judge(303, ""), (Code::BadResponse, Outcome::Unknown));
        assert_eq!(judge(0, ""), (Code::BadResponse, Outcome::Unknown));
    }

    #[test]
    fn does_not_quote_an_html_page() {
        let (_, _, message) = classify(403, "<!doctype html><title>Blocked</title>", None);
        assert!(message.contains("HTML page") && !message.contains("Blocked"));
    }
}
