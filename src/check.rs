//! Comparing a receipt with the bytes that were sent.

use crate::cid::Cid;
use crate::error::{Code, Error, Outcome, Result};
use crate::options::Options;
use crate::progress::Progress;
use crate::proof::{Proof, prove};
use crate::receipt::Receipt;
use crate::roots::Roots;
use crate::source::Source;
use crate::text::concat;
use wasm_bindgen::prelude::*;

/// The option `verify`: whether a receipt is compared with the bytes, and how strictly.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Whatever the service says is taken.
    Off,
    /// A CID that is certainly wrong is an error.
    On,
    /// A CID that is not proven is one too.
    Required,
}

impl Check {
    /// Reads the option.
    pub fn new(options: &Options) -> Result<Self> {
        let check = options.typed("verify", "true, false or 'require'", |value| {
            match (value.as_bool(), value.as_string().as_deref()) {
                (Some(true), _) => Some(Self::On),
                (Some(false), _) => Some(Self::Off),
                (_, Some("require")) => Some(Self::Required),
                _ => None,
            }
        })?;
        Ok(check.unwrap_or(Self::On))
    }

    /// Refuses a source that cannot be checked as strictly as this.
    pub fn allows(self, source: &Source) -> Result<()> {
        if self == Self::Required && matches!(source, Source::Url(_)) {
            return Err(Error::invalid(
                "`verify: 'require'` needs bytes to compute the CID from, not a URL",
            ));
        }
        Ok(())
    }

    /// The receipt of an order of bytes, with its proof.
    pub async fn bytes(
        self,
        receipt: Receipt,
        source: &Source,
        roots: Result<Roots>,
    ) -> Result<JsValue> {
        let cid = match parse(&receipt) {
            Ok(cid) => cid,
            Err(error) => return Err(error.with_receipt(receipt.into_value(Some(false), None))),
        };
        let proved = match roots {
            Ok(roots) => prove(source, &cid, roots, &Progress::silent()).await,
            Err(error) => Err(error),
        };
        let required = self == Self::Required;
        match proved.map(|proved| proved.proof) {
            Ok(Proof::Proven(profile)) => Ok(receipt.into_value(Some(true), Some(profile))),
            Ok(Proof::Refuted) => Err(wrong(
                "The service pinned other bytes: its CID is not that of the bytes that were sent",
                receipt,
            )),
            Ok(Proof::Unproven) if required => Err(wrong(
                "The bytes were pinned, but no known profile gives the CID that the service gave",
                receipt,
            )),
            Ok(Proof::Unproven) => Ok(receipt.into_value(Some(false), None)),
            Err(error) if required => Err(error
                .with_outcome(Outcome::Pinned)
                .with_status(receipt.status)
                .with_receipt(receipt.into_value(None, None))),
            // The source went away while it was sent: the order stands, the proof is lost.
            Err(_) => Ok(receipt.into_value(None, None)),
        }
    }

    /// The receipt of an order of a URL, whose bytes are not here.
    pub fn url(self, receipt: Receipt) -> Result<JsValue> {
        match parse(&receipt) {
            Err(error) if self != Self::Off => {
                Err(error.with_receipt(receipt.into_value(None, None)))
            }
            _ => Ok(receipt.into_value(None, None)),
        }
    }
}

fn parse(receipt: &Receipt) -> Result<Cid> {
    receipt
        .cid
        .parse()
        .map_err(|error: crate::cid::ParseCidError| {
            let message = concat(&["The `cid` of the receipt is no CID: ", &error.to_string()]);
            Error::new(Code::Mismatch, message)
                .with_outcome(Outcome::Pinned)
                .with_status(receipt.status)
        })
}

fn wrong(message: &str, receipt: Receipt) -> Error {
    Error::new(Code::Mismatch, message)
        .with_outcome(Outcome::Pinned)
        .with_status(receipt.status)
        .with_receipt(receipt.into_value(Some(false), None))
}
