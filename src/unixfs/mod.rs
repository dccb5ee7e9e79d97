//! UnixFS files: from the digests of a file's leaves to the CID of its root.
//!
//! Nothing here reads or hashes the file. The caller cuts it into chunks of
//! [`LeafFormat::chunk_size`] bytes, hashes each between the two parts of its [`LeafFormat::framing`], and
//! pushes the digests in order into an [`Importer`] for every [`Profile`] it wants the root of.
//! Profiles whose [`Profile::leaves`] are equal have the same digests.
//!
//! The bytes are those of the UnixFS specification and of IPIP-0499, as kubo writes them.

mod decode;
mod importer;
mod leaf_format;
mod node;
mod profile;

pub use decode::{Node, inlined};
pub use importer::{Importer, Sha256};
pub use leaf_format::{LeafFormat, LeafFraming};
pub use node::Link;
pub use profile::{PROFILES, Profile};
