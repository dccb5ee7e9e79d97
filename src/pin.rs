//! `pin()`: one call, one order.

use crate::error::Result;
use crate::limits::Bounds;
use crate::options::Options;
use crate::order::Order;
use crate::progress::{Phase, Progress};
use crate::purchase::purchase;
use crate::settings::Settings;
use wasm_bindgen::prelude::*;

/// The options of `pin`.
pub const OPTIONS: [&str; 12] = [
    "token",
    "endpoint",
    "pin",
    "version",
    "filename",
    "verify",
    "maxSize",
    "signal",
    "timeout",
    "retries",
    "onProgress",
    "gateway",
];

/// The time limit of an order in milliseconds.
pub const TIMEOUT: f64 = 300_000.0;

/// Stores a source on IPFS and gives the receipt.
pub async fn pin(given: JsValue, options: JsValue) -> Result<JsValue> {
    let options = Options::new(options, &OPTIONS)?;
    let settings = Settings::new(&options)?;
    let source = settings.source(&given)?;
    let limits = Bounds::new(&options, TIMEOUT)?.start()?;
    let order = Order::default();
    let work = async {
        let body = settings.body(source, &given, None).await?;
        let progress = Progress::new(&options, Phase::Upload, body.size())?;
        purchase(&settings, &body, None, &order, &limits, &progress).await
    };
    limits
        .run(Box::pin(work))
        .await
        .map_err(|error| order.close(error))
}
