//! The blocks of a file. Each is verified by its own CID, so the tree may be of any form.

use crate::cid::{Cid, DAG_PB, RAW};
use crate::error::{Code, Error, Result};
use crate::source::bytes::to_blob;
use crate::source::error::{check_size, too_large};
use crate::unixfs::Node;
use js_sys::{Array, Uint8Array};
use web_sys::Blob;

/// The maximum size of a node in bytes: IPFS does not exchange larger blocks.
const MAX_NODE_BYTES: f64 = 2_097_152.0;

/// The maximum number of blocks of a file. A file of 25 MB has far fewer, at any common chunk size.
const MAX_BLOCKS: u32 = 10_000;

/// The overhead of a block in bytes: twice that of a link with its size.
const OVERHEAD: f64 = 128.0;

/// Assembles a file from its blocks, in order. Each block is fetched once, and counted at each link to it. So
/// the number of empty blocks has a limit too.
pub struct Blocks {
    limit: f64,
    /// The bytes that further blocks may have.
    left: f64,
    count: u32,
    /// The blocks to come, the next one last, each with the size of its part of the file.
    waiting: Vec<(Cid, Option<u64>)>,
    known: Vec<([u8; 32], Uint8Array)>,
    parts: Array,
}

impl Blocks {
    /// A file of at most `limit` bytes.
    pub fn new(root: &Cid, limit: f64) -> Self {
        Self {
            limit,
            left: limit + OVERHEAD * (1.0 + limit.min(MAX_BLOCKS.into())),
            count: 0,
            waiting: vec![(root.clone(), None)],
            known: Vec::new(),
            parts: Array::new(),
        }
    }

    /// The next block to fetch, its digest, and its maximum size in bytes; `None` at the end.
    pub fn next(&mut self) -> Result<Option<(Cid, [u8; 32], f64)>> {
        while let Some((cid, _)) = self.waiting.last() {
            let block = match (cid.identity(), cid.sha256()) {
                (Some(block), _) => block.into(),
                (None, None) => return Err(unproven("a block has no SHA-256 hash")),
                (None, Some(digest)) => match self.known(&digest) {
                    Some(block) => block,
                    None => {
                        let limit = match cid.codec() {
                            RAW => self.left,
                            _ => self.left.min(MAX_NODE_BYTES),
                        };
                        return Ok(Some((cid.clone(), digest, limit)));
                    }
                },
            };
            self.add(&block)?;
        }
        Ok(None)
    }

    fn known(&self, digest: &[u8; 32]) -> Option<Uint8Array> {
        let known = self.known.iter().find(|(known, _)| known == digest);
        known.map(|(_, block)| block.clone())
    }

    /// Adds the next block, whose bytes match its CID.
    pub fn add(&mut self, block: &Uint8Array) -> Result<()> {
        let Some((cid, size)) = self.waiting.pop() else {
            return Ok(());
        };
        self.count = self.count.saturating_add(1);
        self.left -= f64::from(block.length());
        if self.left < 0.0 {
            return Err(too_large(self.limit));
        }
        let node = match cid.codec() {
            RAW => Some(Node::raw(block.length())),
            DAG_PB => decode(block),
            _ => None,
        };
        let Some(mut node) = node else {
            return Err(unproven("the CID is of a directory or other data"));
        };
        if size.is_some_and(|size| size != node.size) {
            return Err(unproven("a block and its link differ in size"));
        }
        check_size(node.size as f64, self.limit)?;
        if self.count as usize + self.waiting.len() + node.links.len() > MAX_BLOCKS as usize {
            return Err(unproven("more than 10000 blocks"));
        }
        if let Some(digest) = cid.sha256() {
            self.known.push((digest, block.clone()));
        }
        let content = block.subarray(node.data.start as u32, node.data.end as u32);
        self.parts.push(&content);
        while let Some((cid, size)) = node.links.pop() {
            self.waiting.push((cid, Some(size)));
        }
        Ok(())
    }

    /// The file.
    pub fn finish(&self, media_type: &str) -> Result<Blob> {
        to_blob(&self.parts, media_type)
    }
}

/// Decodes a node. Copies only the parts that are read into the WebAssembly memory: the bytes of the file stay
/// outside.
fn decode(block: &Uint8Array) -> Option<Node> {
    const WINDOW: usize = 512;
    let (mut start, mut window) = (0, Vec::new());
    Node::decode(block.length() as usize, &mut |at| {
        let known: Option<&u8> = window.get(at.wrapping_sub(start));
        if let Some(byte) = known {
            return *byte;
        }
        start = at;
        window = block.subarray(at as u32, (at + WINDOW) as u32).to_vec();
        window.first().copied().unwrap_or_default()
    })
}

/// The error of bytes that may be the content or not.
pub fn unproven(why: &str) -> Error {
    Error::from_parts(
        Code::BadResponse,
        &["The bytes could not be verified: ", why],
    )
}
