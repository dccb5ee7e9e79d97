//! SHA-256 by the runtime. In Rust if the runtime has none, as on an http page.

use crate::call::progress::Progress;
use crate::error::{Code, Error, Result};
use crate::js::value::resolve;
use crate::source::Source;
use crate::unixfs::LeafFraming;
use js_sys::Uint8Array;
use sha2::{Digest, Sha256};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(js_namespace = sha256)]
extern "C" {
    #[wasm_bindgen(catch, js_name = digests)]
    fn digests(
        chunk: &Uint8Array,
        start: u32,
        size: u32,
        count: u32,
        prefix: &[u8],
        suffix: &[u8],
    ) -> core::result::Result<JsValue, JsValue>;

    /// A SHA-256 of the runtime that takes parts.
    type Hash;

    #[wasm_bindgen(catch, js_name = createHash)]
    fn create_hash() -> core::result::Result<Option<Hash>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn update(this: &Hash, part: &Uint8Array) -> core::result::Result<Hash, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn digest(this: &Hash) -> core::result::Result<Uint8Array, JsValue>;
}

/// The bytes that are copied into the memory of WebAssembly at a time, if they are hashed in Rust.
const BUFFER: u32 = 64 << 10;

/// Concatenated digests, 32 bytes each, which the runtime may still compute.
pub struct Digests(JsFuture);

impl Digests {
    /// Hashes `count` parts of `size` bytes of a chunk, from `start`, each within the framing.
    pub fn start(
        framing: &LeafFraming,
        chunk: &Uint8Array,
        start: u32,
        size: u32,
        count: u32,
    ) -> Result<Self> {
        let LeafFraming { prefix, suffix } = framing;
        let mut found = digests(chunk, start, size, count, prefix, suffix).map_err(failed)?;
        if found.is_undefined() {
            found = hash_here(framing, chunk, start, size, count).into();
        }
        Ok(Self(resolve(&found)))
    }

    pub async fn finish(self) -> Result<Vec<u8>> {
        let digests: JsValue = self.0.await.map_err(failed)?;
        Ok(digests.unchecked_into::<Uint8Array>().to_vec())
    }
}

/// The digest of a small block.
pub fn sha256(block: &[u8]) -> [u8; 32] {
    Sha256::digest(block).into()
}

/// The digest of bytes.
pub async fn digest(bytes: &Uint8Array) -> Result<[u8; 32]> {
    let framing = LeafFraming::default();
    let digests = Digests::start(&framing, bytes, 0, bytes.length(), 1)?;
    array(&digests.finish().await?)
}

/// The digest of a source. Browsers cannot hash in parts, so Rust hashes sources of several chunks there.
pub async fn whole(source: &Source, progress: &Progress) -> Result<[u8; 32]> {
    let mut chunks = source.chunks()?;
    let hash = create_hash().map_err(failed)?;
    let mut here = Sha256::new();
    while let Some(chunk) = chunks.next().await? {
        progress.advance(chunk.length().into());
        if source.size() == Some(f64::from(chunk.length())) {
            return digest(&chunk).await;
        }
        match &hash {
            Some(hash) => drop(hash.update(&chunk).map_err(failed)?),
            None => update(&mut here, &chunk, 0, chunk.length()),
        }
    }
    match hash {
        Some(hash) => array(&hash.digest().map_err(failed)?.to_vec()),
        None => Ok(here.finalize().into()),
    }
}

fn array(digest: &[u8]) -> Result<[u8; 32]> {
    digest.try_into().map_err(|_| failed(JsValue::UNDEFINED))
}

fn hash_here(
    framing: &LeafFraming,
    chunk: &Uint8Array,
    start: u32,
    size: u32,
    count: u32,
) -> Uint8Array {
    let mut digests = Vec::new();
    for index in 0..count {
        let at = start.saturating_add(size.saturating_mul(index));
        let mut here = Sha256::new_with_prefix(&framing.prefix);
        update(&mut here, chunk, at, at.saturating_add(size));
        digests.extend_from_slice(&here.chain_update(&framing.suffix).finalize());
    }
    digests.as_slice().into()
}

fn update(sha256: &mut Sha256, bytes: &Uint8Array, mut start: u32, end: u32) {
    while start < end {
        let stop = end.min(start.saturating_add(BUFFER));
        sha256.update(bytes.subarray(start, stop).to_vec());
        start = stop;
    }
}

fn failed(cause: JsValue) -> Error {
    Error::new(Code::Unsupported, "SHA-256 failed in this runtime").with_cause(cause)
}
