//! Computing the root CIDs of a source by several profiles.

use super::sha256::{Digests, sha256};
use crate::call::progress::Progress;
use crate::cid::{Cid, RAW};
use crate::error::Result;
use crate::source::chunks::Chunks;
use crate::unixfs::{Importer, LeafFormat, Link, PROFILES, Profile};
use core::mem::replace;
use js_sys::Uint8Array;

/// The root CIDs of one source, by profile.
#[derive(Debug, Default)]
pub struct RootCids(Vec<(&'static Profile, Link)>);

impl RootCids {
    /// Reads the source once and computes its root by each profile. Leaves that profiles have in common are
    /// hashed once.
    pub async fn compute(
        mut chunks: Chunks,
        profiles: &[&'static Profile],
        progress: &Progress,
    ) -> Result<Self> {
        let mut importers: Vec<Importer> = profiles
            .iter()
            .map(|profile| Importer::new(profile, sha256))
            .collect();
        // The digests of a chunk are awaited after those of the next one are started, so that the runtime
        // reads and hashes at the same time.
        let mut pending: Vec<Leaves> = Vec::new();
        let mut read = None;
        loop {
            let chunk = chunks.next().await?;
            let mut started = Vec::new();
            if let Some(chunk) = &chunk {
                for format in distinct(profiles) {
                    Leaves::start(chunk, format, &mut started)?;
                }
            }
            for leaves in replace(&mut pending, started) {
                for digest in leaves.digests.finish().await?.chunks_exact(32) {
                    for (profile, importer) in profiles.iter().zip(&mut importers) {
                        if profile.leaves == leaves.format
                            && let Ok(digest) = digest.try_into()
                        {
                            importer.push(digest, leaves.size);
                        }
                    }
                }
            }
            let length = chunk.as_ref().map(Uint8Array::length);
            if let Some(done) = replace(&mut read, length) {
                progress.advance(done.into());
            }
            if length.is_none() {
                break;
            }
        }
        let links = importers.into_iter().map(Importer::finish);
        Ok(Self(profiles.iter().copied().zip(links).collect()))
    }

    /// The profile of this CID.
    pub fn profile_of(&self, cid: &Cid) -> Option<&'static Profile> {
        self.0
            .iter()
            .find(|(_, root)| root.cid == *cid)
            .map(|(profile, _)| *profile)
    }

    /// Whether the root of this profile is known.
    pub fn has(&self, profile: &Profile) -> bool {
        self.0.iter().any(|(known, _)| *known == profile)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a root is a single raw block, so that it has the SHA-256 of the source.
    pub fn has_raw(&self) -> bool {
        self.0.iter().any(|(_, root)| root.cid.codec() == RAW)
    }

    /// The root of the first profile.
    pub fn first(&self) -> Option<&Link> {
        self.0.first().map(|(_, root)| root)
    }

    /// Adds the roots of other profiles.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// A profile, followed by those with the same leaves: their roots need no more hashing.
pub fn with_same_leaves(profile: &'static Profile) -> Vec<&'static Profile> {
    let others = PROFILES
        .iter()
        .filter(|other| other.leaves == profile.leaves && *other != profile);
    core::iter::once(profile).chain(others).collect()
}

/// The distinct leaf formats of profiles.
fn distinct(profiles: &[&Profile]) -> Vec<LeafFormat> {
    let mut found = Vec::new();
    for profile in profiles {
        if !found.contains(&profile.leaves) {
            found.push(profile.leaves);
        }
    }
    found
}

/// Leaves of the same size that are being hashed.
struct Leaves {
    format: LeafFormat,
    size: u32,
    digests: Digests,
}

impl Leaves {
    /// Starts to hash the leaves of a chunk: those of full size, and a shorter one at the end.
    fn start(chunk: &Uint8Array, format: LeafFormat, started: &mut Vec<Self>) -> Result<()> {
        let full = format.chunk_size;
        let count = chunk.length().checked_div(full).unwrap_or_default();
        let rest_start = count.saturating_mul(full);
        let rest = chunk.length().saturating_sub(rest_start);
        for (start, size, count) in [(0, full, count), (rest_start, rest, 1)] {
            if size > 0 && count > 0 {
                let digests = Digests::start(&format.framing(size), chunk, start, size, count)?;
                started.push(Self {
                    format,
                    size,
                    digests,
                });
            }
        }
        Ok(())
    }
}
