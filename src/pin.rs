//! `pin()`: one call, one order.

use crate::answer;
use crate::endpoint::Endpoint;
use crate::error::{Outcome, Result};
use crate::limits::Limits;
use crate::options::Options;
use crate::request::{self, Address, Terms};
use crate::source::{self, Source};
use crate::token::Token;
use crate::transport;
use core::cell::Cell;
use wasm_bindgen::prelude::*;

/// The options of `pin`.
const OPTIONS: [&str; 8] =
    ["token", "endpoint", "pin", "version", "filename", "maxSize", "signal", "timeout"];

/// The documented 25 MB, read in the generous way.
const MAX_SIZE: f64 = 26_214_400.0;

/// The time limit of a call in milliseconds.
const TIMEOUT: f64 = 300_000.0;

/// Stores a source on IPFS and gives the receipt.
pub async fn pin(source: JsValue, options: JsValue) -> Result<JsValue> {
    let options = Options::new(options, &OPTIONS)?;
    let terms = Terms::new(options.flag("pin")?, options.version()?);
    let endpoint = Endpoint::new(&options)?;
    let token = Token::new(&options, endpoint.own)?;
    let filename = options.text("filename")?;
    let max_size = options
        .typed("maxSize", "a number of bytes from 0", |value| {
            value.as_f64().filter(|bytes| *bytes >= 0.0)
        })?
        .unwrap_or(MAX_SIZE);
    let source = Source::new(&source)?;
    let limits = Limits::start(&options, TIMEOUT)?;

    let sent = Cell::new(Outcome::NotSent);
    let order = async {
        let token = token.resolve().await?;
        let address = Address {
            endpoint: &endpoint.url,
            token: token.as_deref(),
            signal: limits.signal(),
        };
        let request = match source {
            Source::Url(url) => request::by_url(&address, terms, &url)?,
            bytes => {
                let blob = bytes.into_blob(max_size).await?;
                let name = filename.or_else(|| source::name(&blob));
                request::upload(&address, terms, &blob, name.as_deref().unwrap_or("file"))?
            }
        };
        sent.set(Outcome::Unknown);
        let answer =
            transport::send(&request, |status| sent.set(answer::outcome(status))).await?;
        let receipt = answer.into_receipt(token.as_deref())?;
        Ok(receipt.into_value(None, None))
    };
    limits.run(order).await.map_err(|error| match sent.get() {
        // What ended the call from outside does not know how far it was.
        outcome if error.is_interruption() => error.with_outcome(outcome),
        _ => error,
    })
}
