//! The Capture Token.

use crate::describe::describe;
use crate::error::{Error, Result};
use crate::host;
use crate::options::Options;
use crate::text::concat;
use js_sys::Function;
use wasm_bindgen::prelude::*;

/// The Capture Token, or what gives it.
pub enum Token {
    /// The endpoint needs none.
    Absent,
    /// The token itself.
    Text(String),
    /// A function that gives it, or a promise of it.
    Function(Function),
}

impl Token {
    /// The option `token`; only an endpoint of the page's `own` origin needs none.
    pub fn new(options: &Options, own: bool) -> Result<Self> {
        match options.get("token")? {
            None if own => Ok(Self::Absent),
            None => Err(Error::invalid(
                "`token` is required: the Capture Token, or a function that gives it; \
                 only an endpoint of the page's own origin needs none",
            )),
            Some(value) if value.is_function() => Ok(Self::Function(value.unchecked_into())),
            Some(value) => checked(&value, "`token`").map(Self::Text),
        }
    }

    /// The token itself; the caller's function is asked once an order.
    pub async fn resolve(&self) -> Result<Option<String>> {
        let give = match self {
            Self::Absent => return Ok(None),
            Self::Text(token) => return Ok(Some(token.clone())),
            Self::Function(give) => give,
        };
        let failed = |cause| Error::invalid("The `token` function failed").with_cause(cause);
        let given = give.call0(&JsValue::UNDEFINED).map_err(failed)?;
        let token = host::settle(&given).await.map_err(failed)?;
        checked(&token, "What the `token` function gave").map(Some)
    }
}

/// A token as a header can carry it. Right or wrong, it is never shown.
fn checked(value: &JsValue, what: &str) -> Result<String> {
    match value.as_string() {
        Some(token) if is_plain(&token) => Ok(token),
        Some(_) => {
            let expected =
                " must be visible ASCII characters, without spaces, quotes or backslashes";
            Err(Error::invalid(concat(&[what, expected])))
        }
        None => {
            let given = describe(value);
            Err(Error::invalid(concat(&[
                what,
                " must be a string, not ",
                &given,
            ])))
        }
    }
}

/// What stands between quotes has them from a file of settings. Without them and backslashes it is in
/// JSON as it is, so that it can be struck out there.
fn is_plain(token: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'\\');
    !token.is_empty() && token.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn a_token_fits_into_a_header() {
        assert!(is_plain("eyJ0eXAi.abc-_~+/="));
        for token in [
            "",
            " ",
            "abc\n",
            "a b",
            "abc\0",
            "token\r\nX: y",
            "\"abc\"",
            "'abc'",
            "a\\b",
            "tökën",
            "\u{7f}",
        ] {
            assert!(!is_plain(token), "{token:?}");
        }
    }
}
