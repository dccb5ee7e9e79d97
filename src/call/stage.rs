//! The stage of an order: whether the caller was charged if the call ends now.

use crate::error::{Error, Outcome};
use wasm_bindgen::JsValue;

/// The stage of an order. Calls that order nothing stay at `NotSent`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// Nothing was sent, or it was certainly not processed.
    #[default]
    NotSent,
    /// The request may have reached the API. A retry has the status of the response that rejected it before.
    InFlight(Option<u16>),
    /// The status of the response is known, and the outcome that it implies.
    Answered(u16, Outcome),
    /// The status of the response and the receipt.
    Pinned(u16, JsValue),
}

impl Stage {
    /// Whether the caller was charged, if the call ends now.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::NotSent => Outcome::NotSent,
            Self::InFlight(_) => Outcome::Unknown,
            Self::Answered(_, outcome) => *outcome,
            Self::Pinned(..) => Outcome::Pinned,
        }
    }

    /// Adds to an error that did not come from the order what the stage knows.
    pub fn explain(&self, error: Error) -> Error {
        let error = error.with_outcome(self.outcome());
        match self {
            Self::NotSent | Self::InFlight(_) => error,
            Self::Answered(status, _) => error.with_status(*status),
            Self::Pinned(status, receipt) => {
                error.with_status(*status).with_receipt(receipt.clone())
            }
        }
    }
}
