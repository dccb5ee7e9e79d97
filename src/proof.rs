//! Whether a CID is that of a source's bytes.

use crate::cid::{Cid, DAG_PB, RAW};
use crate::digest;
use crate::error::Result;
use crate::progress::Progress;
use crate::roots::Roots;
use crate::source::Source;
use crate::unixfs::Profile;

/// What a source's CID is called where it is one raw block, whatever its size.
const RAW_BLOCK: &str = "raw-block";

/// What comparing a CID with bytes showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// The bytes have this CID, by the parameters of this name.
    Proven(&'static str),
    /// No known profile gives this CID. That proves nothing: the service may have one of its own.
    Unproven,
    /// The bytes certainly have another CID.
    Refuted,
}

/// A proof, and the CID that was computed for it.
#[derive(Debug)]
pub struct Proved {
    /// What was shown.
    pub proof: Proof,
    /// The CID that the bytes have by the first profile that was tried.
    pub computed: Option<Cid>,
}

/// Compares `cid` with the bytes of `source`, of which the roots in `known` were computed before.
///
/// A raw CID is settled by SHA-256 alone. Any other is compared with the profiles that give such
/// CIDs: first those that share the leaves of the likeliest, then all others in one more pass. A
/// stream, which has but one pass, is compared with all at once.
pub async fn prove(
    source: &Source,
    cid: &Cid,
    mut known: Roots,
    progress: &Progress,
) -> Result<Proved> {
    let proof = loop {
        if let Some(profile) = known.profile_of(cid) {
            break Proof::Proven(profile.name);
        }
        if cid.sha256().is_none() {
            break Proof::Unproven;
        }
        match cid.codec() {
            RAW if known.has_raw() => break Proof::Refuted,
            RAW => {
                let digest = digest::whole(source, progress).await?;
                let computed = Cid::raw(&digest);
                let proof = if computed == *cid {
                    Proof::Proven(RAW_BLOCK)
                } else {
                    Proof::Refuted
                };
                return Ok(Proved {
                    proof,
                    computed: Some(computed),
                });
            }
            DAG_PB => {}
            _ => break Proof::Unproven,
        }
        let untried = untried(cid, source, &known);
        if untried.is_empty() {
            break Proof::Unproven;
        }
        known.extend(Roots::compute(&mut source.windows()?, &untried, progress).await?);
    };
    Ok(Proved {
        proof,
        computed: known.first().map(|root| root.cid.clone()),
    })
}

/// The profiles of the next pass.
fn untried(cid: &Cid, source: &Source, known: &Roots) -> Vec<&'static Profile> {
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
