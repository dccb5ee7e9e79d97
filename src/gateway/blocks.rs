//! Content block by block: each is proven by its own CID, whatever tree they are in.

use super::client::{Gateway, collect, success};
use crate::call::Call;
use crate::call::progress::Progress;
use crate::cid::{Cid, DAG_PB, RAW};
use crate::error::{Code, Error, Result};
use crate::source::bytes::{read, to_blob};
use crate::source::chunks::check_size;
use crate::text::concat;
use crate::unixfs::Node;
use crate::verify::sha256::digest;
use js_sys::{Array, Uint8Array};
use web_sys::Blob;

/// The media type of a block.
const MEDIA_TYPE: &str = "application/vnd.ipld.raw";

/// The most bytes of a block: what hosts of IPFS exchange.
const MAX_BLOCK_BYTES: f64 = 2_097_152.0;

/// The most blocks of a file: many more than 25 MB have at any usual size of a chunk.
const MAX_BLOCKS: usize = 10_000;

/// Fetches the blocks of a file in order. A gateway that does not serve blocks, and a tree that is not a
/// file, cannot be verified.
pub async fn download(
    gateway: &Gateway,
    root: &Cid,
    limit: f64,
    media_type: &str,
    call: &Call,
) -> Result<Blob> {
    let parts = Array::new();
    let mut size = 0.0;
    let mut count = 0_usize;
    let mut waiting = vec![root.clone()];
    while let Some(cid) = waiting.pop() {
        count = count.saturating_add(1);
        if waiting.len().saturating_add(count) > MAX_BLOCKS {
            return Err(unproven("it has too many blocks"));
        }
        let block = fetch(gateway, &cid, call).await?;
        let leaf = match cid.codec() {
            RAW => block,
            DAG_PB => {
                let bytes = block.to_vec();
                let Some(node) = Node::decode(&bytes) else {
                    return Err(unproven("one of its blocks is no part of a file"));
                };
                waiting.extend(node.links.into_iter().rev());
                Uint8Array::from(node.data)
            }
            _ => return Err(unproven("one of its blocks is of another kind")),
        };
        size += f64::from(leaf.length());
        check_size(size, limit)?;
        parts.push(&leaf);
    }
    to_blob(&parts, media_type)
}

/// One block, verified.
async fn fetch(gateway: &Gateway, cid: &Cid, call: &Call) -> Result<Uint8Array> {
    let Some(named) = cid.sha256() else {
        return Err(unproven("one of its blocks is named by another hash"));
    };
    let response = gateway.request("GET", cid, "?format=raw", call).await?;
    let response = success(response).map_err(|error| match error.code() {
        // It gave the content, so what it refuses is to give it as blocks.
        Code::NotFound | Code::BadResponse => unproven(NO_BLOCKS),
        _ => error,
    })?;
    let media_type = response.header("content-type").unwrap_or_default();
    if !media_type.starts_with(MEDIA_TYPE) {
        return Err(unproven(NO_BLOCKS));
    }
    let block = collect(&response, MAX_BLOCK_BYTES, &Progress::silent()).await?;
    let bytes = read(&block).await?;
    if named == digest(&bytes).await? {
        Ok(bytes)
    } else {
        Err(Error::new(
            Code::Mismatch,
            "The gateway sent a block that is not what its CID says",
        ))
    }
}

const NO_BLOCKS: &str =
    "no known profile gives it, and the gateway does not serve all of its blocks";

fn unproven(why: &str) -> Error {
    let message = concat(&["What the gateway sent could not be proven: ", why]);
    Error::new(Code::BadResponse, message)
}
