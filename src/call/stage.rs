//! How far an order is: what is known of the money at every moment.

use crate::error::{Error, Outcome};
use wasm_bindgen::JsValue;

/// The stage of an order. A call that orders nothing stays at the first.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// Nothing has left this machine, or what did was certainly not processed.
    #[default]
    NotSent,
    /// The request may have reached the API. With the status of the response that rejected it before, if it
    /// is a retry.
    InFlight(Option<u16>),
    /// The status of the response is known, and what it says of the order.
    Answered(u16, Outcome),
    /// The receipt is there, with the status of its response.
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

    /// An error that did not come from the order itself, with what the stage knows.
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
