//! Whether a call rejects after its receipt was compared with the bytes.

use super::receipt::Receipt;
use crate::call::options::OptionReader;
use crate::call::progress::Progress;
use crate::cid::Cid;
use crate::error::{Code, Error, Outcome, Result};
use crate::js::value::{describe, string};
use crate::source::Source;
use crate::verify::roots::RootCids;
use crate::verify::{Match, verify};
use wasm_bindgen::prelude::*;

/// The option `verify`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum VerifyMode {
    /// Nothing is compared.
    Off,
    /// The call rejects if the CID is certainly wrong.
    On,
    /// The call rejects if the CID is not verified.
    Required,
}

impl VerifyMode {
    pub fn read(options: &OptionReader) -> Self {
        let mode = options.read("verify", "true, false or 'require'", |value| {
            match (value.as_bool(), string(value).as_deref()) {
                (Some(true), _) => Some(Self::On),
                (Some(false), _) => Some(Self::Off),
                (_, Some("require")) => Some(Self::Required),
                _ => None,
            }
        });
        mode.unwrap_or(Self::On)
    }

    /// Compares a receipt with the bytes.
    pub async fn judge(
        self,
        receipt: Receipt,
        expected: Option<&Cid>,
        source: &Source,
        roots: Result<RootCids>,
    ) -> Result<JsValue> {
        let cid = match parse(&receipt) {
            Ok(cid) => cid,
            Err(error) => return Err(error.with_receipt(receipt.into_value(Some(false), None))),
        };
        let receipt = check_expected(receipt, expected)?;
        let verification = match roots {
            Ok(roots) => verify(source, &cid, roots, &Progress::silent()).await,
            Err(error) => Err(error),
        };
        let is_required = self == Self::Required;
        match verification.map(|verification| verification.result) {
            Ok(Match::Verified(profile)) => Ok(receipt.into_value(Some(true), Some(profile))),
            Ok(Match::Mismatch) => Err(other_cid(receipt, "not that of the bytes sent", "")),
            Ok(Match::Unknown) if is_required => {
                Err(other_cid(receipt, "which no known profile gives", ""))
            }
            Ok(Match::Unknown) => Ok(receipt.into_value(Some(false), None)),
            Err(error) if is_required => Err(error
                .with_outcome(Outcome::Pinned)
                .with_status(receipt.status)
                .with_receipt(receipt.into_value(None, None))),
            // The source became unreadable during the upload. The receipt is valid, but not verified.
            Err(_) => Ok(receipt.into_value(None, None)),
        }
    }

    /// Checks the receipt of a URL. Only the syntax of its CID can be checked.
    pub fn judge_url(self, receipt: Receipt) -> Result<JsValue> {
        match parse(&receipt) {
            Err(error) if self != Self::Off => {
                Err(error.with_receipt(receipt.into_value(None, None)))
            }
            _ => Ok(receipt.into_value(None, None)),
        }
    }
}

/// Fails if the receipt has another CID than the expected one.
pub fn check_expected(receipt: Receipt, expected: Option<&Cid>) -> Result<Receipt> {
    match expected {
        Some(expected) if receipt.cid.parse().ok().as_ref() != Some(expected) => {
            Err(other_cid(receipt, "not the expected ", &expected.text()))
        }
        _ => Ok(receipt),
    }
}

fn parse(receipt: &Receipt) -> Result<Cid> {
    receipt
        .cid
        .parse()
        .map_err(|error: crate::cid::ParseCidError| {
            wrong_cid(receipt, "which is invalid: ", &error.message())
        })
}

/// The error of a receipt with the CID of something else.
fn other_cid(receipt: Receipt, why: &str, more: &str) -> Error {
    wrong_cid(&receipt, why, more).with_receipt(receipt.into_value(Some(false), None))
}

fn wrong_cid(receipt: &Receipt, why: &str, more: &str) -> Error {
    let cid = describe(&receipt.cid.as_str().into());
    let message = ["The API returned the CID ", &cid, ", ", why, more];
    Error::from_parts(Code::Mismatch, &message)
        .with_outcome(Outcome::Pinned)
        .with_status(receipt.status)
}
