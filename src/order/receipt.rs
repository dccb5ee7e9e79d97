//! The receipt: reading it from the response of the API, and comparing it with the bytes.

use super::options::VerifyMode;
use crate::call::progress::Progress;
use crate::cid::{Cid, ParseCidError};
use crate::error::{Code, Error, Outcome, Result};
use crate::js::value::{describe, string_field, whole_number};
use crate::source::Source;
use crate::text::concat;
use crate::verify::roots::RootCids;
use crate::verify::{Match, verify};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;

/// A receipt whose documented fields have the right types.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// The object for the caller.
    pub value: JsValue,
    /// The field `cid`.
    pub cid: String,
}

/// Reads a receipt from a JSON body. It must have a `cid`. Other documented fields may be missing, for example
/// with `pin: false`, but must have the right type. Fields that are not documented are kept.
pub fn read(value: JsValue) -> Result<Receipt> {
    let bad = |message: &str, outcome| Error::new(Code::BadResponse, message).with_outcome(outcome);
    if !value.is_object() || js_sys::Array::is_array(&value) {
        return Err(bad(
            "The response is JSON, but not a receipt",
            Outcome::Unknown,
        ));
    }
    let get = |name: &str| {
        let field = Reflect::get(&value, &name.into()).unwrap_or_default();
        if !field.is_null() {
            return field;
        }
        let _ = Reflect::delete_property(value.unchecked_ref::<Object>(), &name.into());
        JsValue::UNDEFINED
    };
    let Some(cid) = get("cid").as_string().filter(|cid| !cid.is_empty()) else {
        return Err(bad("The response has no `cid`", Outcome::Unknown));
    };
    let receipt = Receipt {
        value: value.clone(),
        cid,
    };
    // From now on an interruption may hand it out.
    let shown = receipt.clone().into_value(None, None);
    let wrong = |name: &str, expected: &str| {
        let message = concat(&["`", name, "` of the receipt is not a ", expected]);
        bad(&message, Outcome::Pinned).with_receipt(shown.clone())
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
    Ok(receipt)
}

impl Receipt {
    /// Compares the receipt of bytes with them. Resolves to the object for the caller.
    pub async fn judge(
        self,
        mode: VerifyMode,
        source: &Source,
        roots: Result<RootCids>,
    ) -> Result<JsValue> {
        let cid = match parse(&self.cid) {
            Ok(cid) => cid,
            Err(error) => return Err(self.unverified(error)),
        };
        let verification = match roots {
            Ok(roots) => verify(source, &cid, roots, &Progress::silent()).await,
            Err(error) => Err(error),
        };
        let is_required = mode == VerifyMode::Required;
        match verification.map(|verification| verification.result) {
            Ok(Match::Verified(profile)) => Ok(self.into_value(Some(true), Some(profile))),
            Ok(Match::Mismatch) => {
                let error = wrong_cid(&self.cid, "not that of the bytes sent", "");
                Err(self.unverified(error))
            }
            Ok(Match::Unknown) if is_required => {
                let error = wrong_cid(&self.cid, "which no known profile gives", "");
                Err(self.unverified(error))
            }
            Ok(Match::Unknown) => Ok(self.into_value(Some(false), None)),
            Err(error) if is_required => Err(error),
            // The source became unreadable during the upload. The receipt is valid, but not verified.
            Err(_) => Ok(self.into_value(None, None)),
        }
    }

    /// Checks the receipt of a URL. Only the syntax of its CID can be checked.
    pub fn judge_url(self, mode: VerifyMode) -> Result<JsValue> {
        if mode != VerifyMode::Off {
            parse(&self.cid)?;
        }
        Ok(self.into_value(None, None))
    }

    /// The object for the caller, with the result of the verification.
    pub fn into_value(self, verified: Option<bool>, profile: Option<&str>) -> JsValue {
        let verified = verified.map_or(JsValue::NULL, JsValue::from);
        let profile = profile.map_or(JsValue::NULL, JsValue::from);
        let _ = Reflect::set(&self.value, &"verified".into(), &verified);
        let _ = Reflect::set(&self.value, &"profile".into(), &profile);
        self.value
    }

    /// Sets `verified` to `false` in the object. The stage has the same object, and adds it to the error.
    fn unverified(self, error: Error) -> Error {
        self.into_value(Some(false), None);
        error
    }
}

/// Fails if a receipt, as the caller gets it, has another CID than the expected one.
pub fn check_expected(receipt: &JsValue, expected: Option<&Cid>) -> Result<()> {
    match (expected, string_field(receipt, "cid")) {
        (Some(expected), Some(cid)) if cid.parse().ok().as_ref() != Some(expected) => {
            let expected = expected.text();
            let error = wrong_cid(&cid, "not the expected ", &expected);
            // The bytes have it: this was checked before the order.
            Err(error.with_cid(expected))
        }
        _ => Ok(()),
    }
}

fn parse(cid: &str) -> Result<Cid> {
    let parsed = cid.parse();
    parsed.map_err(|error: ParseCidError| wrong_cid(cid, "which is invalid: ", &error.message()))
}

/// The error of a receipt whose CID is invalid, or that of something else.
fn wrong_cid(cid: &str, why: &str, more: &str) -> Error {
    let cid = describe(&cid.into());
    Error::from_parts(
        Code::Mismatch,
        &["The API returned the CID ", &cid, ", ", why, more],
    )
}
