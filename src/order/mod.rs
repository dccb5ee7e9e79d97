//! One paid order, from the source to the receipt.

mod attempt;
pub mod gate;
pub mod options;
mod policy;
mod receipt;
mod redact;
mod request;
mod retry;
mod status;
mod token;

use crate::call::Call;
use crate::call::progress::{Progress, UPLOAD};
use crate::error::{Code, Error, Outcome, Result};
use crate::http::body::{Body, Form};
use crate::http::{self, Request};
use crate::source::bytes::probe;
use crate::source::chunks::Chunks;
use crate::source::{Data, Source};
use crate::unixfs::Profile;
use crate::verify::roots::{RootCids, with_same_leaves};
use attempt::send_with_retry;
use core::future::Future;
use core::pin::pin;
use futures_util::future::{Either, select};
use gate::BatchGate;
use options::PinOptions;
use policy::VerifyMode;
use receipt::Receipt;
use wasm_bindgen::prelude::*;

/// Orders a source and resolves to the receipt.
pub async fn submit(options: &PinOptions, source: Source, call: &Call) -> Result<JsValue> {
    let order = Order::prepare(options, source, None, call).await?;
    let progress = Progress::to(options.on_progress.as_ref(), UPLOAD, order.body.size());
    order.submit(&BatchGate::default(), &progress).await
}

/// An order that is ready to be sent.
pub struct Order<'a> {
    options: &'a PinOptions,
    call: &'a Call,
    /// What is sent.
    pub body: Body,
    /// The root CIDs of the bytes, once they are computed.
    roots: Option<Result<RootCids>>,
}

impl<'a> Order<'a> {
    /// Reads what has to be read before an order is sent. A name that comes with the source goes before
    /// that of the options.
    pub async fn prepare(
        options: &'a PinOptions,
        source: Source,
        filename: Option<String>,
        call: &'a Call,
    ) -> Result<Self> {
        if options.verify == VerifyMode::Required && matches!(source.data, Data::Url(_)) {
            return Err(Error::invalid(
                "`verify: 'require'` needs bytes to compute the CID from, not a URL",
            ));
        }
        Ok(Self {
            body: request::body(options, source, filename).await?,
            options,
            call,
            roots: None,
        })
    }

    /// The CID that the bytes are expected to get; `None` for a URL.
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
    pub async fn submit(mut self, gate: &BatchGate, progress: &Progress) -> Result<JsValue> {
        let Self { options, call, .. } = self;
        http::check_runtime(true)?;
        let token = options.token.resolve().await?;
        if let (Body::Form(form), None) = (&self.body, &self.roots) {
            self.roots = self.hash_before_upload(form).await?;
        }
        let known = self.roots.take();
        let request = Request {
            method: "POST",
            url: &options.endpoint,
            token: token.as_deref(),
            signal: call.signal(),
            body: &self.body,
        };
        let sending = send_with_retry(&request, options.retries, call, gate, progress);
        let receipt = match &self.body {
            Body::Form(form) if options.verify != VerifyMode::Off => {
                let hashing = async {
                    match known {
                        Some(roots) => roots,
                        None => self.hash(form.file.chunks_while_uploading()?).await,
                    }
                };
                let (receipt, roots) = upload_and_hash(sending, hashing).await?;
                options.verify.judge(receipt, &form.file, roots).await?
            }
            Body::Form(_) => sending.await?.value,
            Body::Json(_) | Body::Empty => options.verify.judge_url(sending.await?)?,
        };
        progress.done();
        Ok(receipt)
    }

    /// Finds out whether the bytes can still be read, before anything is sent. Those of a small file are
    /// hashed, which takes less time now than during the upload.
    async fn hash_before_upload(&self, form: &Form) -> Result<Option<Result<RootCids>>> {
        if let Data::Blob(blob) = &form.file.data {
            probe(blob).await?;
            return Ok(None);
        }
        if self.options.verify == VerifyMode::Off {
            return Ok(None);
        }
        let roots = self.hash(form.file.chunks()?).await;
        match self.options.verify {
            // What is bound to fail is not bought.
            VerifyMode::Required => Ok(Some(Ok(roots?))),
            _ => Ok(Some(roots)),
        }
    }

    /// The root CIDs by which the service is believed to name the bytes. An error of the call has the
    /// first of them, to look the order up by.
    async fn hash(&self, chunks: Chunks) -> Result<RootCids> {
        let profiles = with_same_leaves(Profile::default_for(self.options.version));
        let roots = RootCids::compute(chunks, &profiles, &Progress::silent()).await?;
        if let Some(root) = roots.first() {
            self.call.set_cid(root.cid.clone());
        }
        Ok(roots)
    }
}

/// Hashes the bytes while they are uploaded and processed: there is time for it.
async fn upload_and_hash(
    sending: impl Future<Output = Result<Receipt>>,
    hashing: impl Future<Output = Result<RootCids>>,
) -> Result<(Receipt, Result<RootCids>)> {
    let (sent, roots) = match select(pin!(sending), pin!(hashing)).await {
        // The CID is needed only to look for an order that may have been processed.
        Either::Left((Err(error), _)) if error.outcome() != Outcome::Unknown => return Err(error),
        Either::Left((sent, hashing)) => (sent, hashing.await),
        Either::Right((roots, sending)) => (sending.await, roots),
    };
    match (sent, roots) {
        (Ok(receipt), roots) => Ok((receipt, roots)),
        // No response came since the source failed.
        (Err(error), Err(unreadable)) if error.code() == Code::Network => {
            Err(unreadable.with_outcome(error.outcome()))
        }
        (Err(error), _) => Err(error),
    }
}
