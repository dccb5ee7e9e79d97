//! `download()`: content from a gateway, handed over only when it is proven.

use crate::blocks;
use crate::cid::Cid;
use crate::error::{Code, Error, Result};
use crate::gateway::{Gateway, broken, good};
use crate::gather::{assemble, gather, within};
use crate::limits::Bounds;
use crate::options::Options;
use crate::progress::{Phase, Progress};
use crate::proof::{Proof, prove};
use crate::response;
use crate::roots::Roots;
use crate::settings::{MAX_SIZE, max_size};
use crate::source::Source;
use crate::verify;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Blob};

/// The time limit of a call in milliseconds.
const TIMEOUT: f64 = 300_000.0;

/// Fetches a CID and proves the bytes.
pub async fn download(cid: JsValue, options: JsValue) -> Result<JsValue> {
    let known = [
        "gateway",
        "verify",
        "maxSize",
        "signal",
        "timeout",
        "onProgress",
    ];
    let options = Options::new(options, &known)?;
    let cid = verify::cid(&cid)?;
    let gateway = Gateway::new(&options)?;
    let check = options.flag("verify")?.unwrap_or(true);
    options.function("onProgress")?;
    let limit = max_size(&options)?.unwrap_or(MAX_SIZE);
    let limits = Bounds::new(&options, TIMEOUT)?.start()?;
    let signal = limits.signal();
    let work = async {
        let response = good(gateway.ask("GET", &cid, "", &signal).await?)?;
        let progress = Progress::new(&options, Phase::Download, length(&response))?;
        let blob = receive(&response, limit, &progress).await?;
        let blob = if check {
            proven(blob, &cid, &gateway, &signal, limit).await?
        } else {
            blob
        };
        progress.done();
        Ok(blob.into())
    };
    limits.run(Box::pin(work)).await
}

/// The body, cut off where it goes on for more than `limit` bytes.
async fn receive(response: &JsValue, limit: f64, progress: &Progress) -> Result<Blob> {
    within(length(response).unwrap_or_default(), limit)?;
    let media_type = response::header(response, "content-type").unwrap_or_default();
    match response::body(response) {
        Some(body) => gather(&body, limit, &media_type, progress, broken).await,
        None => assemble(&Array::new(), &media_type),
    }
}

/// The length of the body, where the gateway states it: it states that of what travels.
fn length(response: &JsValue) -> Option<f64> {
    if response::header(response, "content-encoding").is_some() {
        return None;
    }
    response::header(response, "content-length")?
        .parse::<u32>()
        .ok()
        .map(f64::from)
}

/// The bytes, if they are those of the CID.
async fn proven(
    blob: Blob,
    cid: &Cid,
    gateway: &Gateway,
    signal: &AbortSignal,
    limit: f64,
) -> Result<Blob> {
    let source = Source::Blob(blob.clone());
    match prove(&source, cid, Roots::default(), &Progress::silent())
        .await?
        .proof
    {
        Proof::Proven(_) => Ok(blob),
        Proof::Refuted => Err(Error::new(
            Code::Mismatch,
            "The gateway sent other bytes: their CID is not the one that was asked for",
        )),
        // Of a tree that no known profile builds, only the blocks prove the bytes.
        Proof::Unproven => blocks::download(cid, gateway, signal, limit, &blob.type_()).await,
    }
}
