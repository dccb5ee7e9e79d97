//! SHA-256: on the host where it has it, here where it has not.

use crate::error::{Code, Error, Result};
use crate::host;
use crate::progress::Progress;
use crate::sha256::digest;
use crate::source::Source;
use crate::timer::turn;
use crate::unixfs::Frame;
use crate::windows::bytes_of;
use js_sys::Uint8Array;
use sha2::{Digest, Sha256};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// How many bytes are in the wasm memory at a time where they are hashed here.
const PART: u32 = 64 << 10;

/// The digest of a leaf, made or in the making.
pub enum Pending {
    /// It is there.
    Made([u8; 32]),
    /// The host will give it.
    Promised(JsFuture),
}

impl Pending {
    /// Starts the digest of a chunk in its frame.
    pub fn start(frame: &Frame, chunk: &Uint8Array) -> Result<Self> {
        let made = digest(&frame.prefix, chunk, &frame.suffix).map_err(failed)?;
        if made.is_undefined() {
            let mut here = Sha256::new_with_prefix(&frame.prefix);
            update(&mut here, chunk);
            return Ok(Self::Made(
                here.chain_update(&frame.suffix).finalize().into(),
            ));
        }
        // Not whether it is a promise: frameworks have a Promise of their own, hosts keep to theirs.
        if made.is_instance_of::<Uint8Array>() {
            take(&made).map(Self::Made)
        } else {
            Ok(Self::Promised(host::settle(&made)))
        }
    }

    /// The digest.
    pub async fn wait(self) -> Result<[u8; 32]> {
        match self {
            Self::Made(digest) => Ok(digest),
            Self::Promised(promise) => take(&promise.await.map_err(failed)?),
        }
    }
}

/// The digest of a small block.
pub fn sha256(block: &[u8]) -> [u8; 32] {
    Sha256::digest(block).into()
}

/// The digest of all bytes of a source. Hosts hash what fits into one window; in a browser nothing
/// but this can hash in parts.
pub async fn whole(source: &Source, progress: &Progress) -> Result<[u8; 32]> {
    let mut windows = source.windows()?;
    let mut here = Sha256::new();
    while let Some(window) = windows.next().await? {
        progress.advance(window.length());
        if source.size() == Some(f64::from(window.length())) {
            return Pending::start(&Frame::default(), &window)?.wait().await;
        }
        update(&mut here, &window);
        turn().await;
    }
    Ok(here.finalize().into())
}

fn update(sha256: &mut Sha256, bytes: &Uint8Array) {
    let mut at = 0;
    while at < bytes.length() {
        let end = bytes.length().min(at.saturating_add(PART));
        sha256.update(bytes.subarray(at, end).to_vec());
        at = end;
    }
}

fn take(made: &JsValue) -> Result<[u8; 32]> {
    let mut digest = [0; 32];
    match bytes_of(made)? {
        Some(bytes) if bytes.length() == 32 => bytes.copy_to(&mut digest),
        _ => return Err(failed(made.clone())),
    }
    Ok(digest)
}

fn failed(cause: JsValue) -> Error {
    Error::new(Code::Unsupported, "This host's SHA-256 failed").with_cause(cause)
}
