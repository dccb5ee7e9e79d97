//! Computing CIDs of bytes, and comparing bytes with a CID.

pub mod roots;
pub mod sha256;

use crate::call::progress::Progress;
use crate::cid::{Cid, DAG_PB, RAW};
use crate::error::Result;
use crate::source::Source;
use crate::unixfs::{Profile, inlined};
use roots::RootCids;

/// The profile name of a single raw block of any size, and of content in the CID itself.
const RAW_BLOCK: &str = "raw-block";

/// The result of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// The bytes have this CID by the profile of this name.
    Verified(&'static str),
    /// No known profile gives this CID. The API may use other parameters.
    Unknown,
    /// The bytes do not have this CID by any parameters.
    Mismatch,
}

/// A comparison and the CID that was computed.
#[derive(Debug)]
pub struct Verification {
    pub result: Match,
    /// The CID of the bytes by the first profile that was tried.
    pub computed: Option<Cid>,
}

/// Compares `cid` with the bytes of `source`. Some of their root CIDs may be `known`.
///
/// A raw CID needs only a SHA-256, and inline content nothing. Any other is compared with the profiles that
/// give such CIDs: in a first pass those with the leaves of the most likely one, in a second pass all others. A
/// stream is read once, for all profiles.
pub async fn verify(
    source: &Source,
    cid: &Cid,
    mut known: RootCids,
    progress: &Progress,
) -> Result<Verification> {
    let result = loop {
        if let Some(profile) = known.profile_of(cid) {
            break Match::Verified(profile.name);
        }
        let certain = match (inlined(cid), cid.codec()) {
            (Some(content), _) => Some(sha256::sha256(content)),
            (None, RAW) if known.has_raw() && cid.sha256().is_some() => break Match::Mismatch,
            (None, RAW) => cid.sha256(),
            (None, _) => None,
        };
        if let Some(digest) = certain {
            let found = sha256::whole(source, progress).await?;
            let (result, computed) = if found == digest {
                (Match::Verified(RAW_BLOCK), cid.clone())
            } else {
                (Match::Mismatch, Cid::raw(&found))
            };
            return Ok(Verification {
                result,
                computed: Some(computed),
            });
        }
        let untried = match cid.sha256() {
            Some(_) if cid.codec() == DAG_PB => untried(cid, source, &known),
            _ => break Match::Unknown,
        };
        if untried.is_empty() {
            break Match::Unknown;
        }
        known.extend(RootCids::compute(source.chunks()?, &untried, progress).await?);
    };
    Ok(Verification {
        result,
        computed: known.first().map(|root| root.cid.clone()),
    })
}

/// The profiles for the next pass.
fn untried(cid: &Cid, source: &Source, known: &RootCids) -> Vec<&'static Profile> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count of bytes"
    )]
    let size = source.size().map(|size| size as u64);
    let mut profiles = Profile::candidates(cid, size);
    let first = profiles
        .first()
        .filter(|_| known.is_empty() && size.is_some());
    let leaves = first.map(|profile| profile.leaves);
    profiles.retain(|profile| {
        !known.has(profile) && leaves.is_none_or(|leaves| profile.leaves == leaves)
    });
    profiles
}
