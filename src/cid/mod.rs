//! Content identifiers: what a service answers with, and what this library computes.
//!
//! The text of a CID is read strictly: one spelling per base, nothing before or after it. A CID
//! that any other implementation would write is accepted, in the bases in use on IPFS.

mod base;
mod error;
pub(crate) mod varint;

use crate::text::concat;
use std::fmt;
use std::str::FromStr;

pub(crate) use base::BASE32;
use base::BASE58BTC;
pub use error::ParseCidError;

/// Codec of a block that is bytes of a file and nothing else.
pub const RAW: u64 = 0x55;
/// Codec of a node of a Merkle DAG in protobuf, UnixFS nodes among them.
pub const DAG_PB: u64 = 0x70;

/// Multihash code and digest length of a whole SHA-256 digest.
const SHA2_256: [u8; 2] = [0x12, 32];

/// The multihash code of no hash function: what follows is the block itself.
const IDENTITY: u8 = 0;

/// The longest digest of a text, in bytes: kubo's limit, also for a block in place of one.
const MAX_DIGEST: usize = 128;

/// The longest text that is read: base16 of version, codec and hash function in nine bytes each at
/// most, the digest's length and the longest digest, after the prefix of the base.
const MAX_CHARS: usize = 1 + 2 * (1 + 9 + 9 + 2 + MAX_DIGEST);

/// Length of the text of every CID of version 0.
const V0_CHARS: usize = 46;

/// The two forms of a CID.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Version {
    /// A bare SHA-256 multihash of a dag-pb block, written in base58btc: `Qm…`.
    V0,
    /// Version, codec and multihash, written in base32 by default: `bafy…`, `bafk…`.
    V1,
}

/// A content identifier: a block's codec and the multihash of its bytes.
///
/// Equality ignores the base that the text was written in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cid {
    version: Version,
    codec: u64,
    multihash: Vec<u8>,
}

impl Cid {
    /// The CID of a raw block, from its SHA-256 digest. It has no version 0.
    pub fn raw(digest: &[u8; 32]) -> Self {
        Self {
            codec: RAW,
            ..Self::dag_pb(Version::V1, digest)
        }
    }

    /// The CID of a dag-pb block, from its SHA-256 digest.
    pub fn dag_pb(version: Version, digest: &[u8; 32]) -> Self {
        let mut multihash = SHA2_256.to_vec();
        multihash.extend_from_slice(digest);
        Self {
            version,
            codec: DAG_PB,
            multihash,
        }
    }

    /// The usual text: version 0 in base58btc, version 1 in lower-case base32.
    pub fn text(&self) -> String {
        match self.version {
            Version::V0 => BASE58BTC.encode(&self.multihash),
            Version::V1 => concat(&["b", &BASE32.encode(&self.to_bytes())]),
        }
    }

    /// Which of the two forms this is.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The code of the block's format: [`RAW`], [`DAG_PB`] or any other of the multicodec table.
    pub fn codec(&self) -> u64 {
        self.codec
    }

    /// The digest, if it is a whole SHA-256 one; of another hash function nothing can be
    /// recomputed here, but for [`Cid::identity`].
    pub fn sha256(&self) -> Option<[u8; 32]> {
        self.multihash.strip_prefix(&SHA2_256)?.try_into().ok()
    }

    /// The block, if it is in the CID itself, in place of a digest.
    pub fn identity(&self) -> Option<&[u8]> {
        let content = self.multihash.strip_prefix(&[IDENTITY])?;
        varint::read(content).ok().map(|(_, block)| block)
    }

    /// The same block in version 1.
    pub fn as_v1(&self) -> Self {
        Self {
            version: Version::V1,
            ..self.clone()
        }
    }

    /// The binary form, as links in a DAG carry it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.version == Version::V1 {
            bytes.push(1);
            varint::write(&mut bytes, self.codec);
        }
        bytes.extend_from_slice(&self.multihash);
        bytes
    }

    /// Reads the binary form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ParseCidError> {
        if !bytes.starts_with(&SHA2_256) {
            return Self::from_v1_bytes(bytes);
        }
        let cid = Self {
            version: Version::V0,
            codec: DAG_PB,
            multihash: bytes.to_vec(),
        };
        cid.sha256().map(|_| cid).ok_or(ParseCidError::V0Hash)
    }

    fn from_v0_text(text: &str) -> Result<Self, ParseCidError> {
        if text.len() != V0_CHARS {
            return Err(ParseCidError::V0Length);
        }
        match Self::from_bytes(&BASE58BTC.decode(text, 0)?) {
            Ok(cid) if cid.version == Version::V0 => Ok(cid),
            _ => Err(ParseCidError::V0Hash),
        }
    }

    fn from_v1_bytes(bytes: &[u8]) -> Result<Self, ParseCidError> {
        if bytes.starts_with(&SHA2_256) {
            return Err(ParseCidError::V0Prefixed);
        }
        let (version, bytes) = varint::read(bytes)?;
        if version != 1 {
            return Err(ParseCidError::Version);
        }
        let (codec, multihash) = varint::read(bytes)?;
        if digest(multihash)?.len() > MAX_DIGEST {
            return Err(ParseCidError::DigestTooLong);
        }
        Ok(Self {
            version: Version::V1,
            codec,
            multihash: multihash.to_vec(),
        })
    }

    /// Reads the binary form in a link, as JavaScript's multiformats do: also version 0 where it is spelt
    /// out, or of another digest.
    pub(crate) fn from_link(bytes: &[u8]) -> Option<Self> {
        let (version, codec, multihash) = match bytes {
            [0x12, ..] => (Version::V0, DAG_PB, bytes),
            [version, rest @ ..] => match (version, varint::read(rest).ok()?) {
                (0, (_, multihash)) => (Version::V0, DAG_PB, multihash),
                (1, (codec, multihash)) => (Version::V1, codec, multihash),
                _ => return None,
            },
            [] => return None,
        };
        digest(multihash).ok()?;
        Some(Self {
            version,
            codec,
            multihash: multihash.to_vec(),
        })
    }
}

/// The digest of a multihash.
fn digest(multihash: &[u8]) -> Result<&[u8], ParseCidError> {
    let (_hash, bytes) = varint::read(multihash)?;
    let (length, digest) = varint::read(bytes)?;
    match (digest.len() as u64).cmp(&length) {
        std::cmp::Ordering::Less => Err(ParseCidError::Truncated),
        std::cmp::Ordering::Greater => Err(ParseCidError::TrailingBytes),
        std::cmp::Ordering::Equal => Ok(digest),
    }
}

/// Reads version 0 in base58btc, and version 1 in base32 (`b`, `B`), base58btc (`z`), base36 (`k`)
/// or base16 (`f`, `F`).
impl FromStr for Cid {
    type Err = ParseCidError;

    fn from_str(text: &str) -> Result<Self, ParseCidError> {
        if text.is_empty() {
            return Err(ParseCidError::Empty);
        }
        if text.len() > MAX_CHARS {
            return Err(ParseCidError::TooLong);
        }
        if text.starts_with("Qm") {
            return Self::from_v0_text(text);
        }
        let base = base::of(text).ok_or(ParseCidError::UnknownBase)?;
        Self::from_v1_bytes(&base.decode(text, 1)?)
    }
}

/// Writes what [`Cid::text`] gives.
impl fmt::Display for Cid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}
