//! The root CIDs that known profiles give to the bytes of a source.

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
    /// Reads the source once and computes its root by each of `profiles`. Profiles with the same leaves
    /// cost no more than one of them.
    pub async fn compute(
        mut chunks: Chunks,
        profiles: &[&'static Profile],
        progress: &Progress,
    ) -> Result<Self> {
        let mut importers: Vec<Importer> = profiles
            .iter()
            .map(|profile| Importer::new(profile, sha256))
            .collect();
        // The digests of one chunk are awaited when those of the next are started: the runtime reads
        // while it hashes.
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

    /// The profile that gives this CID.
    pub fn profile_of(&self, cid: &Cid) -> Option<&'static Profile> {
        self.0
            .iter()
            .find(|(_, root)| root.cid == *cid)
            .map(|(profile, _)| *profile)
    }

    /// Whether the root by this profile is known.
    pub fn has(&self, profile: &Profile) -> bool {
        self.0.iter().any(|(known, _)| *known == profile)
    }

    /// Whether nothing was computed yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a root is the only block, raw: then it is the SHA-256 of the source.
    pub fn has_raw(&self) -> bool {
        self.0.iter().any(|(_, root)| root.cid.codec() == RAW)
    }

    /// The root by the first profile.
    pub fn first(&self) -> Option<&Link> {
        self.0.first().map(|(_, root)| root)
    }

    /// Adds the roots by other profiles.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}

/// A profile, and after it those with the same leaves, whose roots cost nothing more.
pub fn with_same_leaves(profile: &'static Profile) -> Vec<&'static Profile> {
    let others = PROFILES
        .iter()
        .filter(|other| other.leaves == profile.leaves && *other != profile);
    core::iter::once(profile).chain(others).collect()
}

/// The leaf formats of profiles, each once.
fn distinct(profiles: &[&Profile]) -> Vec<LeafFormat> {
    let mut found = Vec::new();
    for profile in profiles {
        if !found.contains(&profile.leaves) {
            found.push(profile.leaves);
        }
    }
    found
}

/// Leaves of one size that are being hashed.
struct Leaves {
    format: LeafFormat,
    size: u32,
    digests: Digests,
}

impl Leaves {
    /// Cuts a chunk into leaves: those of full size, and the rest of a last chunk.
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
