//! Content block by block: each is proven by its own CID, whatever tree they are in.

use crate::cid::{Cid, DAG_PB, RAW};
use crate::digest::Pending;
use crate::error::{Code, Error, Result};
use crate::gateway::{Gateway, broken, good};
use crate::gather::{assemble, gather, within};
use crate::progress::Progress;
use crate::response;
use crate::text::concat;
use crate::unixfs::{Frame, Node};
use crate::windows::bytes;
use js_sys::{Array, Uint8Array};
use web_sys::{AbortSignal, Blob};

/// What a gateway calls a block.
const MEDIA_TYPE: &str = "application/vnd.ipld.raw";

/// The most bytes of a block: what hosts of IPFS exchange.
const BLOCK_LIMIT: f64 = 2_097_152.0;

/// The most blocks of a file: many more than 25 MB have at any usual size of a chunk.
const MOST: usize = 10_000;

/// Fetches a file's blocks in order. A gateway that does not serve blocks, and a tree that is no
/// file, cannot be proven.
pub async fn download(
    root: &Cid,
    gateway: &Gateway,
    signal: &AbortSignal,
    limit: f64,
    media_type: &str,
) -> Result<Blob> {
    let parts = Array::new();
    let mut size = 0.0;
    let mut count = 0_usize;
    let mut waiting = vec![root.clone()];
    while let Some(cid) = waiting.pop() {
        count = count.saturating_add(1);
        if waiting.len().saturating_add(count) > MOST {
            return Err(unproven("it has too many blocks"));
        }
        let block = fetch(&cid, gateway, signal).await?;
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
        within(size, limit)?;
        parts.push(&leaf);
    }
    assemble(&parts, media_type)
}

/// One block, proven.
async fn fetch(cid: &Cid, gateway: &Gateway, signal: &AbortSignal) -> Result<Uint8Array> {
    let Some(named) = cid.sha256() else {
        return Err(unproven("one of its blocks is named by another hash"));
    };
    let response = gateway.ask("GET", cid, "?format=raw", signal).await?;
    let response = good(response).map_err(|error| match error.code() {
        // It gave the content, so what it refuses is to give it as blocks.
        Code::NotFound | Code::BadResponse => unproven(NO_BLOCKS),
        _ => error,
    })?;
    let media_type = response::header(&response, "content-type").unwrap_or_default();
    if !media_type.starts_with(MEDIA_TYPE) {
        return Err(unproven(NO_BLOCKS));
    }
    let Some(body) = response::body(&response) else {
        return Ok(Uint8Array::new_with_length(0));
    };
    let block = gather(&body, BLOCK_LIMIT, "", &Progress::silent(), broken).await?;
    let bytes = bytes(&block).await?;
    let digest = Pending::start(&Frame::default(), &bytes)?.wait().await?;
    if named == digest {
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
