//! The roots that known profiles give to a source's bytes.

use crate::cid::{Cid, RAW};
use crate::digest::{Pending, sha256};
use crate::error::Result;
use crate::progress::Progress;
use crate::timer::turn;
use crate::unixfs::{Importer, Leaves, Link, PROFILES, Profile};
use crate::windows::{WINDOW, Windows};
use core::mem::replace;
use js_sys::Uint8Array;

/// The roots of one source by profile.
#[derive(Debug, Default)]
pub struct Roots(Vec<(&'static Profile, Link)>);

impl Roots {
    /// Reads the source once and computes its root by each of `profiles`. Profiles with the same
    /// leaves cost no more than one of them.
    pub async fn compute(
        windows: &mut Windows,
        profiles: &[&'static Profile],
        progress: &Progress,
    ) -> Result<Self> {
        let mut importers: Vec<Importer> = profiles
            .iter()
            .map(|profile| Importer::new(profile, sha256))
            .collect();
        // The digests of one window are waited for when those of the next are started, so that the
        // host reads while it hashes.
        let mut pending = Vec::new();
        let mut under_way = None;
        loop {
            let window = windows.next().await?;
            let length = window.as_ref().map(Uint8Array::length);
            let mut started = Vec::new();
            if let Some(window) = &window {
                for leaves in distinct(profiles) {
                    start(window, leaves, &mut started)?;
                }
            }
            for (leaves, length, digest) in replace(&mut pending, started) {
                let digest = digest.wait().await?;
                for (profile, importer) in profiles.iter().zip(&mut importers) {
                    if profile.leaves == leaves {
                        importer.push(&digest, length);
                    }
                }
            }
            if let Some(done) = replace(&mut under_way, length) {
                progress.advance(done);
            }
            match length {
                Some(WINDOW) => turn().await,
                Some(_) => {}
                None => break,
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

    /// Whether the source is so short that a root is its only block, raw: then that is its SHA-256.
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

/// A profile, and after it all whose roots cost nothing more: those that cut the same leaves.
pub fn with_same_leaves(profile: &'static Profile) -> Vec<&'static Profile> {
    let others = PROFILES
        .iter()
        .filter(|other| other.leaves == profile.leaves && *other != profile);
    core::iter::once(profile).chain(others).collect()
}

/// The ways of cutting into leaves that the profiles need, each once.
fn distinct(profiles: &[&Profile]) -> Vec<Leaves> {
    let mut found = Vec::new();
    for profile in profiles {
        if !found.contains(&profile.leaves) {
            found.push(profile.leaves);
        }
    }
    found
}

/// Starts the digests of a window's leaves, each with its length.
fn start(
    window: &Uint8Array,
    leaves: Leaves,
    pending: &mut Vec<(Leaves, u32, Pending)>,
) -> Result<()> {
    let mut at = 0;
    while at < window.length() {
        let end = window.length().min(at.saturating_add(leaves.chunk_size));
        let length = end.saturating_sub(at);
        let digest = Pending::start(&leaves.frame(length), &window.subarray(at, end))?;
        pending.push((leaves, length, digest));
        at = end;
    }
    Ok(())
}
