//! Removing the token from everything that is shown: a service may repeat it.

use crate::text::find;
use js_sys::JsString;

/// How much of a body goes into an error, in UTF-16 units.
const MAX_DETAIL_UTF16: u32 = 300;

/// The beginning of a body. So much more is read of it that a token which begins there is whole.
pub fn excerpt(body: &JsString, token: Option<&str>) -> String {
    let more = u32::try_from(token.map_or(0, str::len)).unwrap_or(MAX_DETAIL_UTF16);
    let beginning = String::from(body.trim().slice(0, MAX_DETAIL_UTF16.saturating_add(more)));
    let mut units = 0;
    let end = beginning.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > MAX_DETAIL_UTF16 as usize
    });
    let end = end.map_or(beginning.len(), |(at, _)| at);
    redact(&beginning, token, end)
}

/// A body without the token, wherever a receipt may have it. One so short that it could stand
/// anywhere by chance is left.
pub fn redact_body(body: JsString, token: Option<&str>) -> JsString {
    match token {
        Some(token) if token.len() >= 16 => {
            // As PHP writes it in JSON: of all that a token may have, it escapes slashes alone.
            let escaped = JsString::from(token).replace_all("/", "\\/");
            let redacted = body.split(token).join("[token]");
            redacted.split(&String::from(escaped)).join("[token]")
        }
        _ => body,
    }
}

/// A text up to `end`, without the token. One that begins before `end` is redacted whole.
pub fn redact(text: &str, token: Option<&str>, end: usize) -> String {
    let mut redacted = String::new();
    let mut from = 0;
    if let Some(token) = token {
        let next = |from| find(text.get(from..)?, token).map(|found| from.saturating_add(found));
        while let Some(at) = next(from).filter(|at| *at < end) {
            redacted.push_str(text.get(from..at).unwrap_or_default());
            redacted.push_str("[token]");
            from = at.saturating_add(token.len());
        }
    }
    redacted.push_str(text.get(from..end).unwrap_or_default());
    redacted
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn redacts_the_token() {
        assert_eq!(
            redact("no: abc123, ABC123!", Some("abc123"), 19),
            "no: [token], [token]!"
        );
        assert_eq!(redact("é: abc123", Some("abc123"), 10), "é: [token]");
        assert_eq!(redact("no: abc123", None, 10), "no: abc123");
    }

    #[test]
    fn redacts_a_token_at_the_end_whole() {
        let text = "abc123 abc123abc123";
        assert_eq!(redact(text, Some("abc123"), 7), "[token] ");
        assert_eq!(redact(text, Some("abc123"), 8), "[token] [token]");
        assert_eq!(redact(text, Some("abc123"), 13), "[token] [token]");
        assert_eq!(redact(text, Some("abc123"), 14), "[token] [token][token]");
    }
}
