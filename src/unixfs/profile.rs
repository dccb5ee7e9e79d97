//! The profiles: the parameters that decide which CID a file has.

use super::LeafFormat;
use crate::cid::{Cid, DAG_PB, RAW, Version};

/// The parameters that decide which CID a file gets. All hash with SHA-256, cut at a fixed size
/// and lay the tree out balanced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Profile {
    /// The name in receipts: that of IPIP-0499 if there is one, otherwise of the kubo option.
    pub name: &'static str,
    /// How the file becomes leaves.
    pub leaves: LeafFormat,
    /// How many children a node has at most; 2 or more.
    pub max_links: usize,
    /// Version of the CIDs of dag-pb blocks: what their parents link to them by.
    pub version: Version,
    /// The version of the CID of the root, if it is dag-pb. A tree of version 0 may have a CID of version 1, which
    /// changes no block.
    pub root_version: Version,
}

impl Profile {
    /// What `ipfs add` has written since 2015; IPIP-0499 gave it the name.
    pub const UNIXFS_V0_2015: Self = Self {
        name: "unixfs-v0-2015",
        leaves: LeafFormat {
            chunk_size: 256 << 10,
            raw: false,
        },
        max_links: 174,
        version: Version::V0,
        root_version: Version::V0,
    };
    /// What `ipfs add --cid-version=1` writes.
    pub const KUBO_CID_V1: Self = Self {
        name: "kubo-cid-v1",
        leaves: LeafFormat {
            chunk_size: 256 << 10,
            raw: true,
        },
        max_links: 174,
        version: Version::V1,
        root_version: Version::V1,
    };
    /// What IPIP-0499 recommends, and Helia and Storacha write.
    pub const UNIXFS_V1_2025: Self = Self {
        name: "unixfs-v1-2025",
        leaves: LeafFormat {
            chunk_size: 1 << 20,
            raw: true,
        },
        max_links: 1024,
        version: Version::V1,
        root_version: Version::V1,
    };

    /// The profile that the API is believed to use for a version.
    pub fn default_for(version: Version) -> &'static Self {
        match version {
            Version::V0 => &Self::UNIXFS_V0_2015,
            Version::V1 => &Self::KUBO_CID_V1,
        }
    }

    /// The profile of this name.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        PROFILES.iter().find(|profile| profile.name == name)
    }

    /// The profiles that may give `cid`, the most usual first. If the size of the file is known, without profiles
    /// that cannot give such a CID at this size, and without those that give the same root as an earlier one.
    ///
    /// Empty for a codec or a hash function that no profile has, and for a raw CID of a file
    /// larger than every chunk. A raw CID needs no profile: its digest is that of the whole file.
    pub fn candidates(cid: &Cid, size: Option<u64>) -> Vec<&'static Self> {
        let mut found: Vec<&'static Self> = Vec::new();
        if cid.sha256().is_some() {
            for profile in &PROFILES {
                let known =
                    |other: &&Self| size.is_some_and(|size| other.at(size) == profile.at(size));
                if profile.can_give(cid, size) && !found.iter().any(known) {
                    found.push(profile);
                }
            }
        }
        found
    }

    fn can_give(&self, cid: &Cid, size: Option<u64>) -> bool {
        let single = size.map(|size| self.leaves.single(size));
        let codec_fits = match cid.codec() {
            RAW => self.leaves.raw && single != Some(false),
            DAG_PB => !self.leaves.raw || single != Some(true),
            _ => false,
        };
        codec_fits && self.root_version == cid.version()
    }

    /// The profile with all that makes no difference to a file of `size` bytes set to one value.
    fn at(&self, size: u64) -> Self {
        let mut profile = Self { name: "", ..*self };
        let single = self.leaves.single(size);
        if single {
            profile.leaves.chunk_size = 0;
        }
        if size.div_ceil(u64::from(self.leaves.chunk_size).max(1)) <= self.max_links as u64 {
            profile.max_links = 0;
            if single || self.leaves.raw {
                profile.version = Version::V1;
            }
        }
        profile
    }
}

/// Every known profile, for each form of a CID the most usual first.
pub static PROFILES: [Profile; 7] = [
    Profile::UNIXFS_V0_2015,
    // `ipfs add --raw-leaves`
    Profile {
        name: "kubo-cid-v0-raw-leaves",
        leaves: Profile::KUBO_CID_V1.leaves,
        ..Profile::UNIXFS_V0_2015
    },
    Profile::KUBO_CID_V1,
    Profile::UNIXFS_V1_2025,
    // kubo's configuration profile `test-cid-v1`, 0.29 to 0.39
    Profile {
        name: "kubo-test-cid-v1",
        max_links: 174,
        ..Profile::UNIXFS_V1_2025
    },
    // `ipfs add --cid-base=base32`, and what gateways make of a CID of version 0
    Profile {
        name: "unixfs-v0-2015-as-v1",
        root_version: Version::V1,
        ..Profile::UNIXFS_V0_2015
    },
    // `ipfs add --cid-version=1 --raw-leaves=false`
    Profile {
        name: "kubo-cid-v1-dag-pb-leaves",
        leaves: Profile::UNIXFS_V0_2015.leaves,
        ..Profile::KUBO_CID_V1
    },
];
