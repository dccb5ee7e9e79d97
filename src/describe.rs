//! How a value that was given is named in a message.

use crate::host;
use crate::text::concat;
use wasm_bindgen::prelude::*;

/// How much of a string is shown.
const SHOWN: usize = 60;

/// A value in words: `undefined`, `2`, `"ftp://example.org"`, `a Promise`.
pub fn describe(value: &JsValue) -> String {
    if let Some(text) = value.as_string() {
        return quote(&text);
    }
    if value.is_function() {
        return "a function".into();
    }
    if !value.is_object() {
        return host::to_string(value);
    }
    match type_name(value).as_str() {
        "Object" => "an object".into(),
        name => concat(&[article(name), " ", name]),
    }
}

/// A number in words; the module carries no code of its own that writes floats.
pub fn number(value: f64) -> String {
    host::to_string(&value.into())
}

/// The type of an object as every realm names it: `Blob`, `File`, `ArrayBuffer`, `Response`.
pub fn type_name(value: &JsValue) -> String {
    let tag = host::tag(value).unwrap_or_default();
    tag.strip_prefix("[object ")
        .and_then(|tag| tag.strip_suffix(']'))
        .unwrap_or_default()
        .into()
}

fn article(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I', 'O']) {
        "an"
    } else {
        "a"
    }
}

fn quote(text: &str) -> String {
    let mut quoted: String = text.chars().take(SHOWN).collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    concat(&["\"", &quoted, "\""])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(quote("short"), "\"short\"");
        assert_eq!(quote(&"é".repeat(61)), format!("\"{}…\"", "é".repeat(60)));
    }

    #[test]
    fn articles_follow_the_sound() {
        assert_eq!(article("Array"), "an");
        assert_eq!(article("URLSearchParams"), "a");
        assert_eq!(article("Map"), "a");
    }
}
