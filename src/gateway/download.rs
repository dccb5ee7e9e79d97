//! Downloading, and verifying what a gateway sent.

use super::blocks::{Blocks, unproven};
use super::client::{Content, Gateway, Wanted};
use crate::call::Call;
use crate::call::progress::Progress;
use crate::cid::{Cid, RAW};
use crate::error::{Code, Error, Result};
use crate::source::{Data, Source};
use crate::verify::roots::RootCids;
use crate::verify::sha256::digest;
use crate::verify::{Match, verify};
use js_sys::{Function, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::Blob;

/// What to request from a gateway.
pub struct Download {
    /// The content.
    pub cid: Cid,
    /// Whether only its presence is asked for.
    pub is_presence: bool,
    /// Its maximum size in bytes.
    pub limit: f64,
    /// Whether only bytes that match the CID are returned.
    pub is_verified: bool,
    pub progress: Progress,
    /// The caller's `fetch`, in place of the runtime's.
    pub fetch: Option<Function>,
}

impl Download {
    /// The content, if the CID itself contains all of it.
    pub fn inlined(&self) -> Result<Option<JsValue>> {
        if self.is_presence || self.cid.identity().is_none() {
            return Ok(None);
        }
        let mut blocks = Blocks::new(&self.cid, self.limit);
        Ok(match blocks.next()? {
            None => Some(blocks.finish("")?.into()),
            Some(_) => None,
        })
    }

    /// The content as a Blob, or `present`.
    ///
    /// If the file cannot be verified as a whole, its blocks are requested: they verify a tree that no known
    /// profile builds.
    pub async fn ask(&self, gateway: &Gateway, call: &Call) -> Result<JsValue> {
        let Self { cid, limit, .. } = self;
        let wanted = if self.is_presence {
            Wanted::Presence
        } else {
            Wanted::Content
        };
        let fetch = self.fetch.as_ref();
        let content = gateway.request(wanted, cid, *limit, &self.progress, fetch, call);
        let content = content.await?;
        if self.is_presence {
            return Ok("present".into());
        }
        let (media_type, failure) = match content.blob {
            Ok(blob) if !self.is_verified => return Ok(blob.into()),
            Ok(blob) => match self.compare(&blob, &content.block).await? {
                Match::Verified(_) => return Ok(blob.into()),
                Match::Mismatch => (blob.type_(), mismatch()),
                Match::Unknown => (blob.type_(), unproven(NO_BLOCKS)),
            },
            Err(error) if self.is_verified && content.is_encoded => (String::new(), error),
            Err(error) => return Err(error),
        };
        let blocks = self.assemble(gateway, &media_type, call).await;
        blocks.map_err(|error| match (error.code(), failure.code()) {
            (Code::BadResponse, code) if code != Code::BadResponse => failure,
            _ => error,
        })
    }

    /// Compares the received bytes with the CID.
    async fn compare(&self, blob: &Blob, block: &Uint8Array) -> Result<Match> {
        let source = Source::new(Data::Blob(blob.clone()));
        if self.cid.codec() == RAW
            && let Some(named) = self.cid.sha256()
            // js-sys truncates lengths to 32 bits.
            && source.size() == Some(f64::from(block.length()))
        {
            // The runtime hashes a block as a whole.
            return Ok(if digest(block).await? == named {
                Match::Verified("")
            } else {
                Match::Mismatch
            });
        }
        let silent = Progress::silent();
        let found = verify(&source, &self.cid, RootCids::default(), &silent).await?;
        Ok(found.result)
    }

    async fn assemble(&self, gateway: &Gateway, media_type: &str, call: &Call) -> Result<JsValue> {
        let mut blocks = Blocks::new(&self.cid, self.limit);
        while let Some((cid, named, limit)) = blocks.next()? {
            let silent = Progress::silent();
            let fetch = self.fetch.as_ref();
            let content = gateway.request(Wanted::Block, &cid, limit, &silent, fetch, call);
            let block = as_block(content.await)?;
            if digest(&block).await? != named {
                return Err(mismatch());
            }
            blocks.add(&block)?;
        }
        Ok(blocks.finish(media_type)?.into())
    }
}

/// A block, if the gateway serves blocks.
fn as_block(content: Result<Content>) -> Result<Uint8Array> {
    let content = content.and_then(|content| content.blob.map(|_| content.block));
    content.map_err(|error| match error.code() {
        // It served the content, so it does not serve blocks.
        Code::NotFound | Code::BadResponse => unproven(NO_BLOCKS),
        _ => error,
    })
}

const NO_BLOCKS: &str =
    "no known profile gives this CID, and the gateway does not serve its blocks";

fn mismatch() -> Error {
    let message = "The gateway sent bytes of another CID";
    Error::new(Code::Mismatch, message)
}
