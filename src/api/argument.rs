//! Positional arguments.

use crate::cid::Cid;
use crate::error::{Error, Result};
use crate::js::value::{describe, string};
use crate::text::concat;
use wasm_bindgen::JsValue;

/// The argument `cid`.
pub fn parse_cid(input: &JsValue) -> Result<Cid> {
    let invalid = |expected: &str, why: &str| {
        let shown = describe(input);
        Error::invalid_from_parts(&["`cid` must be a ", expected, ", got ", &shown, why])
    };
    let text = string(input).ok_or_else(|| invalid("string", ""))?;
    text.parse().map_err(|error: crate::cid::ParseCidError| {
        invalid("CID", &concat(&[": ", &error.message()]))
    })
}
