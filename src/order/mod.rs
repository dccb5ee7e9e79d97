//! One paid order, from the source to the receipt: prepare the body, hash, send with retries, verify.

mod attempt;
#[cfg(test)]
mod attempt_model;
mod body;
pub mod gate;
pub mod options;
pub mod receipt;
mod redact;
mod response;
mod retry;
mod token;

use crate::call::Call;
use crate::call::progress::{Progress, UPLOAD};
use crate::cid::{Cid, Version};
use crate::error::{Code, Error, Outcome, Result};
use crate::http::body::{Body, Form};
use crate::http::{self, Request};
use crate::source::Data;
use crate::source::chunks::Chunks;
use crate::source::item::Item;
use crate::unixfs::Profile;
use crate::verify::roots::{RootCids, with_same_leaves};
use attempt::send_with_retry;
use core::future::Future;
use core::pin::pin;
use futures_util::future::{Either, select};
use gate::BatchGate;
use options::{PinOptions, VerifyMode};
use receipt::{Receipt, check_expected};
use wasm_bindgen::prelude::*;

/// Orders a source. Resolves to the receipt.
pub async fn submit(options: &PinOptions, item: Item, call: &Call) -> Result<JsValue> {
    let order = Order::prepare(options, item, call).await?;
    let progress = Progress::to(options.on_progress.as_ref(), UPLOAD, order.body.size());
    order
        .send_and_verify(&BatchGate::default(), &progress)
        .await
}

/// An order that is ready to be sent.
pub struct Order<'a> {
    options: &'a PinOptions,
    call: &'a Call,
    /// The version of the CID to order.
    version: Version,
    /// The CID that the order must return.
    pub expect: Option<Cid>,
    pub body: Body,
    /// The root CIDs of the bytes, once they are computed.
    roots: Option<Result<RootCids>>,
}

impl<'a> Order<'a> {
    /// Reads the source as far as necessary before the order is sent.
    pub async fn prepare(options: &'a PinOptions, item: Item, call: &'a Call) -> Result<Self> {
        let Item {
            source,
            filename,
            expect,
        } = item;
        if (options.verify == VerifyMode::Required || expect.is_some())
            && matches!(source.data, Data::Url(_))
        {
            return Err(Error::invalid(
                "`expect` and `verify: 'require'` need bytes, got a URL",
            ));
        }
        let version = options.version.or(expect.as_ref().map(Cid::version));
        let version = version.unwrap_or(Version::V1);
        Ok(Self {
            body: body::build(options, source, filename, version).await?,
            options,
            call,
            version,
            expect,
            roots: None,
        })
    }

    /// The CID that the API will most likely return; `None` for a URL.
    pub async fn cid(&mut self) -> Result<Option<String>> {
        let Body::Form(form) = &self.body else {
            return Ok(None);
        };
        let roots = self.hash(form.file.chunks()?).await?;
        let cid = roots.first().map(|root| root.cid.text());
        self.roots = Some(Ok(roots));
        Ok(cid)
    }

    /// Sends the order and compares its receipt with the bytes.
    pub async fn send_and_verify(
        mut self,
        gate: &BatchGate,
        progress: &Progress,
    ) -> Result<JsValue> {
        let Self { options, call, .. } = self;
        http::check_runtime(true, options.fetch.as_ref())?;
        let token = options.token.resolve().await?;
        if let (Body::Form(form), None) = (&self.body, &self.roots) {
            self.roots = self.hash_before_upload(form).await?;
        }
        let known = self.roots.take();
        let request = Request {
            url: &options.endpoint,
            token: token.as_deref(),
            fetch: options.fetch.as_ref(),
            signal: call.next_signal(),
            body: &self.body,
        };
        let sending = send_with_retry(&request, options.retries, call, gate, progress);
        let judged = match &self.body {
            Body::Form(form) if options.verify != VerifyMode::Off => {
                let hashing = async {
                    match known {
                        Some(roots) => roots,
                        None => self.hash(form.file.chunks_while_uploading()?).await,
                    }
                };
                let (receipt, roots) = upload_and_hash(sending, hashing).await?;
                receipt.judge(options.verify, &form.file, roots).await
            }
            Body::Form(_) => Ok(sending.await?.into_value(None, None)),
            Body::Json(_) => sending.await?.judge_url(options.verify),
        };
        let receipt = judged
            .and_then(|receipt| check_expected(&receipt, self.expect.as_ref()).map(|()| receipt))
            .map_err(|error| call.explain(error))?;
        progress.done();
        Ok(receipt)
    }

    /// Hashes the bytes before anything is sent if a CID is expected, or if they are in memory: then hashing now is
    /// faster than during the upload.
    async fn hash_before_upload(&self, form: &Form) -> Result<Option<Result<RootCids>>> {
        let verify = self.options.verify;
        let is_in_memory = matches!(form.file.data, Data::Bytes(_));
        if self.expect.is_none() && (verify == VerifyMode::Off || !is_in_memory) {
            return Ok(None);
        }
        match self.hash(form.file.chunks()?).await {
            // Nothing is ordered that is certain to fail.
            Err(error) if verify == VerifyMode::Required || self.expect.is_some() => Err(error),
            roots => Ok(Some(roots)),
        }
    }

    /// Computes the root CIDs that the API may return, the most likely first: errors of the call have that one.
    /// Fails if another CID is expected.
    async fn hash(&self, chunks: Chunks) -> Result<RootCids> {
        let profiles = with_same_leaves(Profile::default_for(self.version));
        let roots = RootCids::compute(chunks, &profiles, &Progress::silent()).await?;
        let Some(root) = roots.first() else {
            return Ok(roots);
        };
        self.call.set_cid(root.cid.clone());
        match &self.expect {
            Some(expected) if root.cid != *expected => {
                let (computed, expected) = (root.cid.text(), expected.text());
                let message = [
                    "The CID of the bytes is ",
                    &computed,
                    ", not the expected ",
                    &expected,
                ];
                Err(Error::from_parts(Code::Mismatch, &message))
            }
            _ => Ok(roots),
        }
    }
}

/// Hashes the bytes while they are uploaded and processed.
async fn upload_and_hash(
    sending: impl Future<Output = Result<Receipt>>,
    hashing: impl Future<Output = Result<RootCids>>,
) -> Result<(Receipt, Result<RootCids>)> {
    let (sent, roots) = match select(pin!(sending), pin!(hashing)).await {
        // Only an order that may have been processed needs its CID, for `locate`.
        Either::Left((Err(error), _)) if error.outcome() != Outcome::Unknown => return Err(error),
        Either::Left((sent, hashing)) => (sent, hashing.await),
        Either::Right((roots, sending)) => (sending.await, roots),
    };
    match (sent, roots) {
        (Ok(receipt), roots) => Ok((receipt, roots)),
        // The request failed because the source could not be read.
        (Err(error), Err(unreadable)) if error.code() == Code::Network => {
            Err(unreadable.with_outcome(error.outcome()))
        }
        (Err(error), _) => Err(error),
    }
}
