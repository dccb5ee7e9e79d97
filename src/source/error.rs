//! The errors of sources: too large, or unreadable.

use crate::error::{Code, Error, Result};
use crate::js::value::{number_text, string_field};
use crate::text::concat;
use wasm_bindgen::JsValue;

/// Fails if there are more bytes than allowed.
pub fn check_size(size: f64, limit: f64) -> Result<()> {
    if size > limit {
        return Err(too_large(limit));
    }
    Ok(())
}

/// The error of a source that is too large.
pub fn too_large(limit: f64) -> Error {
    let message = ["The size exceeds ", &number_text(limit), " bytes"];
    Error::from_parts(Code::TooLarge, &message)
}

/// The error of a source that cannot be read.
pub fn unreadable(cause: JsValue) -> Error {
    unreadable_because(string_field(&cause, "message"), cause)
}

/// The same, where `cause` says this.
pub fn unreadable_because(says: Option<String>, cause: JsValue) -> Error {
    let message = match says {
        Some(why) if !why.is_empty() => concat(&["The source could not be read: ", &why]),
        _ => "The source could not be read".into(),
    };
    Error::new(Code::Unreadable, message).with_cause(cause)
}
