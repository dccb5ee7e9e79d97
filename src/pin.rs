//! `pin()`: one call, one order.

use crate::check::Check;
use crate::cid::Version;
use crate::endpoint::Endpoint;
use crate::error::{Code, Error, Outcome, Result};
use crate::limits::Limits;
use crate::options::Options;
use crate::order::Order;
use crate::progress::{Phase, Progress};
use crate::receipt::Receipt;
use crate::request::{Body, Request, Terms, Upload, by_url};
use crate::roots::{Roots, with_same_leaves};
use crate::source::{self, Source};
use crate::token::Token;
use crate::unixfs::Profile;
use core::future::Future;
use core::pin::pin as pinned;
use futures_util::future::{Either, select};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

/// The options of `pin`.
const OPTIONS: [&str; 12] = [
    "token",
    "endpoint",
    "pin",
    "version",
    "filename",
    "verify",
    "maxSize",
    "signal",
    "timeout",
    "retries",
    "onProgress",
    "gateway",
];

/// The documented 25 MB, read in the generous way.
pub const MAX_SIZE: f64 = 26_214_400.0;

/// The time limit of a call in milliseconds.
const TIMEOUT: f64 = 300_000.0;

/// How often an order that was certainly not taken is made again.
const RETRIES: u32 = 2;

/// Stores a source on IPFS and gives the receipt.
pub async fn pin(source: JsValue, options: JsValue) -> Result<JsValue> {
    let options = Options::new(options, &OPTIONS)?;
    let version = options.version()?.unwrap_or(Version::V1);
    let terms = Terms {
        pin: options.flag("pin")?.unwrap_or(true),
        version,
    };
    let endpoint = Endpoint::new(&options)?;
    let token = Token::new(&options, endpoint.own)?;
    let filename = options.text("filename")?;
    let check = Check::new(&options)?;
    let max_size = max_size(&options)?.unwrap_or(MAX_SIZE);
    let retries = options.count("retries")?.unwrap_or(RETRIES);
    options.function("onProgress")?;
    let source = Source::new(&source)?;
    check.allows(&source)?;
    let limits = Limits::start(&options, TIMEOUT)?;
    let order = Order::default();
    let work = async {
        let token = token.resolve().await?;
        let body = match source {
            Source::Url(url) => by_url(terms, &url)?,
            bytes => {
                let blob = bytes.into_blob(max_size).await?;
                let filename = filename.or_else(|| source::name(&blob));
                let filename = filename.unwrap_or_else(|| "file".into());
                Body::Form(Upload {
                    blob,
                    filename,
                    terms,
                })
            }
        };
        let progress = Progress::new(&options, Phase::Upload, body.size())?;
        let request = Request {
            endpoint: &endpoint.url,
            token: token.as_deref(),
            signal: limits.signal(),
            body: &body,
        };
        let placing = order.place(&request, retries, &limits, &progress);
        let receipt = match &body {
            Body::Form(upload) if check != Check::Off => {
                let (receipt, roots) = beside(placing, &order, &upload.blob, version).await?;
                check
                    .bytes(receipt, &Source::Blob(upload.blob.clone()), roots)
                    .await?
            }
            Body::Form(_) => placing.await?.into_value(None, None),
            Body::Json(_) => check.url(placing.await?)?,
        };
        progress.done();
        Ok(receipt)
    };
    limits
        .run(Box::pin(work))
        .await
        .map_err(|error| order.close(error))
}

/// The option `maxSize`, in bytes.
pub fn max_size(options: &Options) -> Result<Option<f64>> {
    options.typed("maxSize", "a number of bytes from 0", |value| {
        value.as_f64().filter(|bytes| *bytes >= 0.0)
    })
}

/// Computes the roots of the bytes beside the order of them: while they are under way and the
/// service does its part, there is time for it.
async fn beside(
    placing: impl Future<Output = Result<Receipt>>,
    order: &Order,
    blob: &Blob,
    version: Version,
) -> Result<(Receipt, Result<Roots>)> {
    let profiles = with_same_leaves(Profile::default_for(version));
    let source = Source::Blob(blob.clone());
    let hashing = async {
        let roots = Roots::compute(&mut source.windows()?, &profiles, &Progress::silent()).await?;
        if let Some(root) = roots.first() {
            order.set_cid(root.cid.clone());
        }
        Ok(roots)
    };
    let (placed, roots) = match select(pinned!(placing), pinned!(hashing)).await {
        // Only who has to look for the order needs the CID.
        Either::Left((Err(error), _)) if error.outcome() != Outcome::Unknown => return Err(error),
        Either::Left((placed, hashing)) => (placed, hashing.await),
        Either::Right((roots, placing)) => (placing.await, roots),
    };
    match placed {
        Ok(receipt) => Ok((receipt, roots)),
        Err(error) => Err(blame(error, roots)),
    }
}

/// The error of an order whose source failed as well: then that is why no answer came.
fn blame(error: Error, roots: Result<Roots>) -> Error {
    match roots {
        Err(unreadable) if error.code() == Code::Network => {
            unreadable.with_outcome(error.outcome())
        }
        _ => error,
    }
}
