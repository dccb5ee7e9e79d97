//! The receipt: the service's answer to an order that it took.

use crate::error::{Code, Error, Outcome, Result};
use crate::host;
use crate::text::concat;
use js_sys::{Number, Object, Reflect};
use wasm_bindgen::prelude::*;

/// A receipt whose fields have their types.
#[derive(Clone, Debug)]
pub struct Receipt {
    value: JsValue,
    /// The CID that the service gave.
    pub cid: String,
    /// The HTTP status that it came with.
    pub status: u16,
}

/// Takes the parsed answer for a receipt. It must have a `cid`; the other documented fields may be
/// missing, since an order that pins nothing needs no order number, but where they are there they
/// have their types. Fields that are not documented are kept.
pub fn read(value: JsValue, status: u16) -> Result<Receipt> {
    let wrong = |message: String, outcome| {
        Err(Error::new(Code::BadResponse, message).with_outcome(outcome))
    };
    if !value.is_object() || js_sys::Array::is_array(&value) {
        return wrong("The answer is JSON but no receipt".into(), Outcome::Unknown);
    }
    // What an own `__proto__` does to the objects it is copied into is nobody's wish.
    let _ = Reflect::delete_property(value.unchecked_ref::<Object>(), &"__proto__".into());
    // The value of a documented field, which is taken away where it is null.
    let get = |name: &str| {
        let field = Reflect::get(&value, &name.into()).unwrap_or_default();
        if field.is_null() {
            let _ = Reflect::delete_property(value.unchecked_ref::<Object>(), &name.into());
            return JsValue::UNDEFINED;
        }
        field
    };
    let Some(cid) = get("cid").as_string().filter(|cid| !cid.is_empty()) else {
        return wrong("The answer has no `cid`".into(), Outcome::Unknown);
    };
    for name in ["fileURL", "orderID"] {
        let field = get(name);
        if !(field.is_undefined() || field.is_string()) {
            return wrong(
                concat(&["`", name, "` of the receipt is no text"]),
                Outcome::Pinned,
            )
            .map_err(|error| error.with_receipt(value.clone()));
        }
    }
    for name in ["fileSize", "cid_version"] {
        let field = get(name);
        if field.is_undefined() {
            continue;
        }
        let Some(number) = whole(&field) else {
            return wrong(
                concat(&["`", name, "` of the receipt is no whole number"]),
                Outcome::Pinned,
            )
            .map_err(|error| error.with_receipt(value.clone()));
        };
        if field.is_string() {
            let _ = Reflect::set(&value, &name.into(), &number.into());
        }
    }
    Ok(Receipt { value, cid, status })
}

impl Receipt {
    /// The receipt for the caller, with what is known of its proof.
    pub fn into_value(self, verified: Option<bool>, profile: Option<&str>) -> JsValue {
        let verified = verified.map_or(JsValue::NULL, JsValue::from);
        let profile = profile.map_or(JsValue::NULL, JsValue::from);
        let _ = Reflect::set(&self.value, &"verified".into(), &verified);
        let _ = Reflect::set(&self.value, &"profile".into(), &profile);
        self.value
    }
}

/// A whole number that a double holds exactly; kubo, on which the service is built, writes its
/// sizes as text.
fn whole(value: &JsValue) -> Option<f64> {
    let number = match value.as_string() {
        Some(text) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            host::to_number(value)
        }
        _ => value.as_f64()?,
    };
    (Number::is_safe_integer(&number.into()) && number >= 0.0).then_some(number)
}
