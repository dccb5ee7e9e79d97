//! What the service's answer means, and what it says of the money.

use crate::error::{Code, Error, Outcome, Result};
use crate::host;
use crate::receipt::{self, Receipt};
use crate::text::concat;
use crate::transport::{Answer, Broken};
use js_sys::JsString;

/// How much of a body goes into an error, in UTF-16 units.
const EXCERPT: u32 = 300;

/// What an answer of this status says of the order, before its body is read.
///
/// Documented are 200, 400, 401, 403 and 500. A 302 and a 303 are how servers answer what they have
/// done, a 400 is also the platform's own answer for a workflow that died, and anything that failed
/// behind the service's door may have failed after the order was made.
pub fn outcome(status: u16) -> Outcome {
    match status {
        301 | 307 | 308 => Outcome::Refused,
        400 | 408 | 499 => Outcome::Unknown,
        400..=499 => Outcome::Refused,
        _ => Outcome::Unknown,
    }
}

impl Answer {
    /// The receipt, or the error that this answer is. `token` is struck out of everything shown.
    pub fn into_receipt(self, token: Option<&str>) -> Result<Receipt> {
        let status = self.status;
        let body = self.body.map(|body| veil(body, token));
        if (200..=299).contains(&status) {
            let accepted = |message: &str| {
                let message = concat(&[message, " (status ", &status.to_string(), ")"]);
                Error::new(Code::BadResponse, message)
                    .with_outcome(Outcome::Unknown)
                    .with_status(status)
            };
            let body = body.map_err(|broken| match broken {
                Broken::Endless => accepted("The answer goes on for more than a receipt can"),
                Broken::Cut(cause) => accepted("The answer broke off").with_cause(cause),
            })?;
            // What the parser throws quotes the body at length, so it is no cause to pass on.
            let receipt = match host::parse(&body) {
                Ok(value) => receipt::read(value, status),
                Err(_) => Err(accepted(not_json(&excerpt(&body, token)))),
            };
            return receipt.map_err(|error| {
                let detail = excerpt(&body, token);
                error.with_status(status).with_detail(&detail)
            });
        }
        let detail = body.map(|body| excerpt(&body, token));
        let is_whole = detail.is_ok();
        let detail = detail.unwrap_or_default();
        let location = self
            .location
            .map(|location| strike(&location, token, location.len()));
        let (code, told, message) = refusal(status, &detail, location.as_deref());
        Err(Error::new(code, message)
            .with_outcome(if is_whole { told } else { outcome(status) })
            .with_status(status)
            .with_detail(&detail)
            .with_retry_after(self.retry_after.as_deref().and_then(seconds)))
    }
}

/// Tells what a status that is no success means, where the body helps, by its words.
fn refusal(status: u16, detail: &str, location: Option<&str>) -> (Code, Outcome, String) {
    let (code, what) = match status {
        0 if let Some(place) = location => {
            let message = concat(&["The answer came from ", place, ", not from the endpoint"]);
            return (Code::BadResponse, outcome(status), message);
        }
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
        // The service's sibling backend says it so. Elsewhere a scope may be insufficient as well.
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
    let message = concat(&[what, " (status ", &status.to_string(), ")", colon, shown]);
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

/// The beginning of a body. So much more is read of it that a token which begins there is whole.
fn excerpt(body: &JsString, token: Option<&str>) -> String {
    let more = u32::try_from(token.map_or(0, str::len)).unwrap_or(EXCERPT);
    let beginning = String::from(body.trim().slice(0, EXCERPT.saturating_add(more)));
    let mut units = 0;
    let end = beginning.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > EXCERPT as usize
    });
    let end = end.map_or(beginning.len(), |(at, _)| at);
    strike(&beginning, token, end)
}

/// A body without the token, wherever a receipt may have it. One so short that it could stand
/// anywhere by chance is left.
fn veil(body: JsString, token: Option<&str>) -> JsString {
    match token {
        Some(token) if token.len() >= 16 => {
            // As PHP writes it in JSON: of all that a token may have, it escapes slashes alone.
            let escaped = JsString::from(token).replace_all("/", "\\/");
            let veiled = body.split(token).join("[token]");
            veiled.split(&String::from(escaped)).join("[token]")
        }
        _ => body,
    }
}

/// A text up to `end`, without the token, which a service may repeat: one that begins before is struck
/// out whole.
fn strike(text: &str, token: Option<&str>, end: usize) -> String {
    let mut struck = String::new();
    let mut from = 0;
    if let Some(token) = token {
        let next = |from| find(text.get(from..)?, token).map(|found| from.saturating_add(found));
        while let Some(at) = next(from).filter(|at| *at < end) {
            struck.push_str(text.get(from..at).unwrap_or_default());
            struck.push_str("[token]");
            from = at.saturating_add(token.len());
        }
    }
    struck.push_str(text.get(from..end).unwrap_or_default());
    struck
}

/// Where `needle` stands in `text`, in either case of its letters. Texts are short here, and the
/// standard library's search would be the largest function of the module.
pub fn find(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes()
        .windows(needle.len().max(1))
        .position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

/// The seconds that a `Retry-After` header asks for, itself in seconds or a date.
pub fn seconds(header: &str) -> Option<f64> {
    let header = header.trim_ascii();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(host::to_number(&header.into()));
    }
    if !header.ends_with("GMT") {
        return None;
    }
    let wait = js_sys::Date::parse(header) - js_sys::Date::now();
    wait.is_finite().then(|| (wait / 1000.0).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(status: u16, detail: &str) -> (Code, Outcome) {
        let (code, outcome, _) = refusal(status, detail, None);
        (code, outcome)
    }

    #[test]
    fn documented_refusals_cost_nothing() {
        assert_eq!(judge(400, "bad"), (Code::BadRequest, Outcome::Refused));
        assert_eq!(judge(401, ""), (Code::Unauthorized, Outcome::Refused));
        assert_eq!(judge(403, ""), (Code::Forbidden, Outcome::Refused));
    }

    #[test]
    fn a_failure_behind_the_door_may_have_cost() {
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
    fn an_empty_wallet_is_known_by_status_or_words() {
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
    fn other_refusals_have_their_codes() {
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
    fn a_redirect_is_an_error_that_says_where_to() {
        let (code, outcome, message) = refusal(308, "", Some("https://example.org/pin"));
        assert_eq!((code, outcome), (Code::BadResponse, Outcome::Refused));
        assert!(message.contains("https://example.org/pin"));
        // A 303 answers a POST that was carried out; an opaque one may be a 303.
        assert_eq!(judge(303, ""), (Code::BadResponse, Outcome::Unknown));
        assert_eq!(judge(0, ""), (Code::BadResponse, Outcome::Unknown));
    }

    #[test]
    fn a_page_of_markup_is_named_and_not_quoted() {
        let (_, _, message) = refusal(403, "<!doctype html><title>Blocked</title>", None);
        assert!(message.contains("HTML page") && !message.contains("Blocked"));
    }

    #[test]
    fn the_token_is_struck_out() {
        assert_eq!(
            strike("no: abc123, ABC123!", Some("abc123"), 19),
            "no: [token], [token]!"
        );
        assert_eq!(strike("é: abc123", Some("abc123"), 10), "é: [token]");
        assert_eq!(strike("no: abc123", None, 10), "no: abc123");
    }

    #[test]
    fn nothing_of_a_token_at_the_end_is_left() {
        let text = "abc123 abc123abc123";
        assert_eq!(strike(text, Some("abc123"), 7), "[token] ");
        assert_eq!(strike(text, Some("abc123"), 8), "[token] [token]");
        assert_eq!(strike(text, Some("abc123"), 13), "[token] [token]");
        assert_eq!(strike(text, Some("abc123"), 14), "[token] [token][token]");
    }
}
