//! How a file is split into leaves, and what is hashed around each.

use super::node;
use crate::cid::{Cid, Version, varint};

/// How a file is cut into leaves. Profiles with the same leaf format have leaves with the same digests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LeafFormat {
    /// The number of bytes in every leaf but the last, which may have fewer. An empty file has one empty leaf.
    pub chunk_size: u32,
    /// Whether the chunk itself is the block, or is wrapped into a dag-pb node.
    pub raw: bool,
}

/// The bytes of a leaf's block before and after the chunk.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LeafFraming {
    /// Comes before the chunk.
    pub prefix: Vec<u8>,
    /// Comes after the chunk.
    pub suffix: Vec<u8>,
}

impl LeafFormat {
    /// What is hashed around a chunk of `length` bytes: nothing for a raw leaf.
    pub fn framing(&self, length: u32) -> LeafFraming {
        if self.raw {
            return LeafFraming::default();
        }
        let length = u64::from(length);
        let mut file = node::file_type();
        if length > 0 {
            node::write_number(&mut file, node::FILE_DATA, length);
        }
        let mut suffix = Vec::new();
        node::write_number(&mut suffix, node::FILE_SIZE, length);

        let mut prefix = vec![node::NODE_DATA];
        varint::write(
            &mut prefix,
            file.len() as u64 + length + suffix.len() as u64,
        );
        prefix.extend_from_slice(&file);
        LeafFraming { prefix, suffix }
    }

    /// Whether a file of `size` bytes is a single leaf.
    pub(super) fn single(&self, size: u64) -> bool {
        size <= u64::from(self.chunk_size)
    }

    /// A leaf's CID. Raw blocks have no CID of version 0, whatever the version of their parents.
    pub(super) fn cid(&self, version: Version, digest: &[u8; 32]) -> Cid {
        if self.raw {
            Cid::raw(digest)
        } else {
            Cid::dag_pb(version, digest)
        }
    }
}
