//! The option `token`: read, resolved for each order, and checked for use in a header.

use crate::call::options::OptionReader;
use crate::error::{Error, Result};
use crate::js::value::{describe, resolve, string};
use js_sys::Function;
use wasm_bindgen::prelude::*;

/// The Capture Token, or a function that returns it.
pub enum Token {
    /// Not set.
    Absent,
    /// A string.
    Text(String),
    /// A function that returns it or a promise of it.
    Function(Function),
}

impl Token {
    /// Reads the option `token`. It is optional for an endpoint of the page's own origin.
    pub fn read(options: &OptionReader, is_same_origin: bool) -> Self {
        match options.get("token") {
            None if is_same_origin => Self::Absent,
            None => {
                options.fail(Error::invalid(
                    "`token` is required: the Capture Token, or a function that returns it",
                ));
                Self::Absent
            }
            Some(value) if value.is_function() => Self::Function(value.unchecked_into()),
            Some(value) => match check(&value, "`token`") {
                Ok(token) => Self::Text(token),
                Err(error) => {
                    options.fail(error);
                    Self::Absent
                }
            },
        }
    }

    /// The token as a string. Calls the function once per order.
    pub async fn resolve(&self) -> Result<Option<String>> {
        let give = match self {
            Self::Absent => return Ok(None),
            Self::Text(token) => return Ok(Some(token.clone())),
            Self::Function(give) => give,
        };
        let failed = |cause| Error::invalid("The `token` function failed").with_cause(cause);
        let result = give.call0(&JsValue::UNDEFINED).map_err(failed)?;
        let token = resolve(&result).await.map_err(failed)?;
        check(&token, "The result of the `token` function").map(Some)
    }
}

/// Accepts what a header can have. Messages never show the value.
fn check(value: &JsValue, what: &str) -> Result<String> {
    let mut shown = String::new();
    let problem = match string(value) {
        Some(token) if is_plain(&token) => return Ok(token),
        Some(token) if token.is_empty() => " is empty",
        Some(_) => " must be visible ASCII: no spaces, line breaks, quotes or backslashes",
        None if value.is_string() => " is too long",
        None => {
            shown = describe(value);
            " must be a string, got "
        }
    };
    Err(Error::invalid_from_parts(&[what, problem, &shown]))
}

/// Quotes are a mistake, as from a settings file. Without quotes and backslashes a token looks the same in JSON,
/// where it must be redacted.
fn is_plain(token: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'\\');
    !token.is_empty() && token.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn accepts_what_fits_into_a_header() {
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
