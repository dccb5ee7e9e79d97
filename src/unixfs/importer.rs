//! Building the tree of a file.

use super::node::{self, Link};
use super::{LeafFormat, Profile};
use crate::cid::{Cid, Version};

/// The SHA-256 digest of a small block.
pub type Sha256 = fn(&[u8]) -> [u8; 32];

/// Builds the balanced tree over the leaves of a file, and returns its root.
///
/// A node is hashed and dropped as soon as it is full. Memory grows with the depth of the tree: fewer than
/// [`Profile::max_links`] links for each level.
pub struct Importer {
    profile: Profile,
    hash: Sha256,
    /// The links that wait for their parent, from the leaves up. The highest is never empty.
    levels: Vec<Vec<Link>>,
}

impl Importer {
    /// An importer of one file. `hash` is called once for each inner node and for the leaf of an
    /// empty file.
    pub fn new(profile: &Profile, hash: Sha256) -> Self {
        Self {
            profile: *profile,
            hash,
            levels: Vec::new(),
        }
    }

    /// Appends a leaf: the digest of its block, and the number of bytes of the file in it. Every leaf but the
    /// last has [`LeafFormat::chunk_size`] bytes, and none is empty.
    pub fn push(&mut self, digest: &[u8; 32], length: u32) {
        let Profile {
            leaves,
            max_links,
            version,
            ..
        } = self.profile;
        let mut link = leaf(leaves, version, digest, length);
        for level in &mut self.levels {
            level.push(link);
            if level.len() < max_links {
                return;
            }
            link = parent(version, self.hash, level);
            level.clear();
        }
        self.levels.push(vec![link]);
    }

    /// The root: its CID, the file's size, and the size of the whole DAG.
    pub fn finish(mut self) -> Link {
        let Profile {
            leaves,
            version,
            root_version,
            ..
        } = self.profile;
        let mut root = match self.levels.pop() {
            None => {
                let framing = leaves.framing(0);
                let mut block = framing.prefix;
                block.extend_from_slice(&framing.suffix);
                let digest = (self.hash)(&block);
                leaf(leaves, version, &digest, 0)
            }
            Some(mut top) => {
                let mut unfinished = None;
                for mut level in self.levels {
                    level.extend(unfinished.take());
                    if !level.is_empty() {
                        unfinished = Some(parent(version, self.hash, &level));
                    }
                }
                top.extend(unfinished);
                match top.as_slice() {
                    [root] => root.clone(),
                    links => parent(version, self.hash, links),
                }
            }
        };
        if root_version == Version::V1 {
            root.cid = root.cid.as_v1();
        }
        root
    }
}

fn leaf(leaves: LeafFormat, version: Version, digest: &[u8; 32], length: u32) -> Link {
    let framing = leaves.framing(length);
    let size = u64::from(length);
    let overhead = framing.prefix.len() + framing.suffix.len();
    Link {
        cid: leaves.cid(version, digest),
        size,
        tsize: size + overhead as u64,
    }
}

fn parent(version: Version, hash: Sha256, links: &[Link]) -> Link {
    let block = node::encode(links);
    let digest = hash(&block);
    Link {
        cid: Cid::dag_pb(version, &digest),
        size: node::size(links),
        tsize: links.iter().fold(block.len() as u64, |sum, link| {
            sum.saturating_add(link.tsize)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hash that is good enough to compare trees.
    fn hash(block: &[u8]) -> [u8; 32] {
        let mut digest = [0_u8; 32];
        for (at, byte) in block.iter().enumerate() {
            let place = &mut digest[at % 32];
            *place = place.wrapping_mul(31).wrapping_add(*byte);
        }
        digest
    }

    #[test]
    fn the_tree_is_the_one_built_layer_by_layer_and_little_of_it_is_held() {
        for max_links in 2..=7 {
            for count in 1..=400_u32 {
                let profile = Profile {
                    max_links,
                    ..Profile::UNIXFS_V0_2015
                };
                let Profile {
                    leaves, version, ..
                } = profile;
                let mut importer = Importer::new(&profile, hash);
                let mut layer = Vec::new();
                for number in 0..count {
                    let digest = hash(&number.to_be_bytes());
                    layer.push(leaf(leaves, version, &digest, leaves.chunk_size));
                    importer.push(&digest, leaves.chunk_size);
                    assert!(importer.levels.iter().all(|level| level.len() < max_links));
                }
                let depth = importer.levels.len() as u32;
                assert!(depth == 1 || max_links.pow(depth - 1) <= count as usize);
                while layer.len() > 1 {
                    let nodes = layer.chunks(max_links);
                    layer = nodes.map(|links| parent(version, hash, links)).collect();
                }
                assert_eq!(
                    importer.finish(),
                    layer[0],
                    "{count} leaves, {max_links} links"
                );
            }
        }
    }
}
