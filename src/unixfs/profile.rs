use super::Leaves;
use crate::cid::{Cid, DAG_PB, RAW, Version};

/// The parameters that decide which CID a file gets. All hash with SHA-256, cut at a fixed size
/// and lay the tree out balanced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Profile {
    /// What a receipt calls it: the name of IPIP-0499 where it has one, else of the kubo option.
    pub name: &'static str,
    /// How the file becomes leaves.
    pub leaves: Leaves,
    /// How many children a node has at most; 2 or more.
    pub max_links: usize,
    /// Version of the CIDs of dag-pb blocks: what their parents link to them by.
    pub version: Version,
    /// Version that the root is written in, where it is dag-pb. It differs from `version` where a
    /// tree of version 0 is given out with a CID of version 1; that changes no block.
    pub root_version: Version,
}

impl Profile {
    /// What `ipfs add` has written since 2015; IPIP-0499 gave it the name.
    pub const UNIXFS_V0_2015: Self = row(
        "unixfs-v0-2015",
        KIB_256,
        DAG_PB_LEAVES,
        174,
        Version::V0,
        Version::V0,
    );
    /// What `ipfs add --cid-version=1` writes.
    pub const KUBO_CID_V1: Self = row(
        "kubo-cid-v1",
        KIB_256,
        RAW_LEAVES,
        174,
        Version::V1,
        Version::V1,
    );
    /// What IPIP-0499 recommends, and Helia and Storacha write.
    pub const UNIXFS_V1_2025: Self = row(
        "unixfs-v1-2025",
        MIB,
        RAW_LEAVES,
        1024,
        Version::V1,
        Version::V1,
    );

    /// The parameters of a service that was asked for no more than a version.
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

    /// The profiles that `cid` can be the root of, the most usual first. With the file's size in
    /// bytes, profiles that cannot give such a CID at this size are left out, and of those that
    /// give the same root all but the first.
    ///
    /// Empty for a codec or a hash function that no profile has, and for a raw CID of a file
    /// larger than every chunk. A raw CID needs no profile: its digest is that of the whole file.
    pub fn candidates(cid: &Cid, size: Option<u64>) -> Vec<&'static Self> {
        let mut found: Vec<&'static Self> = Vec::new();
        if cid.sha256().is_some() {
            for profile in &PROFILES {
                let known = |other: &&Self| size.is_some_and(|size| other.same_root(profile, size));
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

    fn same_root(&self, other: &Self, size: u64) -> bool {
        self.at(size) == other.at(size)
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
        if single && self.leaves.raw {
            profile.root_version = Version::V1;
        }
        profile
    }
}

const KIB_256: u32 = 256 << 10;
const MIB: u32 = 1 << 20;
const RAW_LEAVES: bool = true;
const DAG_PB_LEAVES: bool = false;

/// Every known profile, for each form of a CID the most usual first.
pub static PROFILES: [Profile; 7] = [
    Profile::UNIXFS_V0_2015,
    // `ipfs add --raw-leaves`
    row(
        "kubo-cid-v0-raw-leaves",
        KIB_256,
        RAW_LEAVES,
        174,
        Version::V0,
        Version::V0,
    ),
    Profile::KUBO_CID_V1,
    Profile::UNIXFS_V1_2025,
    // kubo's configuration profile `test-cid-v1`, 0.29 to 0.39
    row(
        "kubo-test-cid-v1",
        MIB,
        RAW_LEAVES,
        174,
        Version::V1,
        Version::V1,
    ),
    // `ipfs add --cid-base=base32`, and what gateways make of a CID of version 0
    row(
        "unixfs-v0-2015-as-v1",
        KIB_256,
        DAG_PB_LEAVES,
        174,
        Version::V0,
        Version::V1,
    ),
    // `ipfs add --cid-version=1 --raw-leaves=false`
    row(
        "kubo-cid-v1-dag-pb-leaves",
        KIB_256,
        DAG_PB_LEAVES,
        174,
        Version::V1,
        Version::V1,
    ),
];

const fn row(
    name: &'static str,
    chunk_size: u32,
    raw: bool,
    max_links: usize,
    version: Version,
    root_version: Version,
) -> Profile {
    Profile {
        name,
        leaves: Leaves { chunk_size, raw },
        max_links,
        version,
        root_version,
    }
}
