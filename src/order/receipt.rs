//! Reading the receipt from the response of the API.

use crate::error::{Code, Error, Outcome, Result};
use crate::js::value::whole_number;
use crate::text::concat;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

/// A receipt whose documented fields have the right types.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The object for the caller.
    pub value: JsValue,
    /// The field `cid`.
    pub cid: String,
    /// The HTTP status of the response.
    pub status: u16,
}

/// Reads a receipt from a JSON body. It must have a `cid`. Other documented fields may be missing, for example
/// with `pin: false`, but must have the right type. Fields that are not documented are kept.
pub fn read(value: JsValue, status: u16) -> Result<Receipt> {
    let bad = |message: &str, outcome| Error::new(Code::BadResponse, message).with_outcome(outcome);
    if !value.is_object() || js_sys::Array::is_array(&value) {
        return Err(bad(
            "The response is JSON, but not a receipt",
            Outcome::Unknown,
        ));
    }
    let delete = |name: &str| {
        let _ = Reflect::delete_property(value.unchecked_ref::<Object>(), &name.into());
    };
    let get = |name: &str| {
        let field = Reflect::get(&value, &name.into()).unwrap_or_default();
        if !field.is_null() {
            return field;
        }
        delete(name);
        JsValue::UNDEFINED
    };
    let Some(cid) = get("cid").as_string().filter(|cid| !cid.is_empty()) else {
        return Err(bad("The response has no `cid`", Outcome::Unknown));
    };
    let receipt = Receipt {
        value: value.clone(),
        cid,
        status,
    };
    let wrong = |name: &str, expected: &str| {
        let message = concat(&["`", name, "` of the receipt is not a ", expected]);
        let receipt = receipt.clone().into_value(None, None);
        bad(&message, Outcome::Pinned).with_receipt(receipt)
    };
    for name in ["fileURL", "orderID"] {
        let field = get(name);
        if !(field.is_undefined() || field.is_string()) {
            return Err(wrong(name, "string"));
        }
    }
    for name in ["fileSize", "cid_version"] {
        let field = get(name);
        if field.is_undefined() {
            continue;
        }
        let number = whole_number(&field).ok_or_else(|| wrong(name, "whole number"))?;
        if field.is_string() {
            let _ = Reflect::set(&value, &name.into(), &number.into());
        }
    }
    receipt.clone().into_value(None, None);
    Ok(receipt)
}

impl Receipt {
    /// The object for the caller, with the result of the verification.
    pub fn into_value(self, verified: Option<bool>, profile: Option<&str>) -> JsValue {
        let verified = verified.map_or(JsValue::NULL, JsValue::from);
        let profile = profile.map_or(JsValue::NULL, JsValue::from);
        let _ = Reflect::set(&self.value, &"verified".into(), &verified);
        let _ = Reflect::set(&self.value, &"profile".into(), &profile);
        self.value
    }
}
