//! Downloading, and verifying what a gateway sent.

use super::blocks;
use super::client::{Gateway, collect, success};
use crate::call::Call;
use crate::call::progress::{DOWNLOAD, Progress};
use crate::cid::Cid;
use crate::error::{Code, Error, Result};
use crate::http::response::Response;
use crate::source::chunks::check_size;
use crate::source::{Data, Source};
use crate::verify::roots::RootCids;
use crate::verify::{Match, verify};
use js_sys::Function;
use web_sys::Blob;

/// Downloads at most `limit` bytes. With `is_verified`, only those of the CID are given.
pub async fn download(
    gateway: &Gateway,
    cid: &Cid,
    limit: f64,
    is_verified: bool,
    on_progress: Option<&Function>,
    call: &Call,
) -> Result<Blob> {
    let response = success(gateway.request("GET", cid, "", call).await?)?;
    let length = length(&response);
    let progress = Progress::to(on_progress, DOWNLOAD, length);
    check_size(length.unwrap_or_default(), limit)?;
    let mut blob = collect(&response, limit, &progress).await?;
    if is_verified {
        blob = verified(gateway, blob, cid, limit, call).await?;
    }
    progress.done();
    Ok(blob)
}

/// The bytes, if they are those of the CID.
async fn verified(
    gateway: &Gateway,
    blob: Blob,
    cid: &Cid,
    limit: f64,
    call: &Call,
) -> Result<Blob> {
    let media_type = blob.type_();
    let source = Source::new(Data::Blob(blob.clone()));
    let silent = Progress::silent();
    let verification = verify(&source, cid, RootCids::default(), &silent).await?;
    match verification.result {
        Match::Verified(_) => Ok(blob),
        Match::Mismatch => Err(Error::new(
            Code::Mismatch,
            "The gateway sent other bytes: their CID is not the one that was asked for",
        )),
        // Of a tree that no known profile builds, only the blocks prove the bytes.
        Match::Unknown => blocks::download(gateway, cid, limit, &media_type, call).await,
    }
}

/// The length of the body, where the gateway states that of the body and not of what travels.
fn length(response: &Response) -> Option<f64> {
    if response.header("content-encoding").is_some() {
        return None;
    }
    let length = response.header("content-length")?;
    length.parse::<u32>().ok().map(f64::from)
}
