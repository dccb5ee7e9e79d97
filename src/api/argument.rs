//! Positional arguments.

use crate::cid::Cid;
use crate::error::{Error, Result};
use crate::js::value::{describe, string};
use crate::text::concat;
use wasm_bindgen::JsValue;

/// The argument `cid`.
pub fn parse_cid(given: &JsValue) -> Result<Cid> {
    let invalid = |expected: &str, why: &str| {
        let given = describe(given);
        Error::invalid(concat(&[
            "`cid` must be a ",
            expected,
            ", got ",
            &given,
            why,
        ]))
    };
    let text = string(given).ok_or_else(|| invalid("string", ""))?;
    text.parse().map_err(|error: crate::cid::ParseCidError| {
        invalid("CID", &concat(&[": ", &error.message()]))
    })
}
