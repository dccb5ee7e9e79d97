//! `pin()`: one call, one order.

use crate::answer;
use crate::check::Check;
use crate::cid::Version;
use crate::endpoint::Endpoint;
use crate::error::{Error, Outcome, Result};
use crate::limits::Limits;
use crate::options::Options;
use crate::order::Order;
use crate::progress::Progress;
use crate::receipt::Receipt;
use crate::request::{self, Address, Terms};
use crate::roots::{Roots, with_same_leaves};
use crate::source::{self, Source};
use crate::token::Token;
use crate::transport;
use crate::unixfs::Profile;
use core::pin::pin as pinned;
use futures_util::future::{Either, select};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Request};

/// The options of `pin`.
const OPTIONS: [&str; 10] = [
    "token", "endpoint", "pin", "version", "filename", "verify", "maxSize", "signal", "timeout",
    "gateway",
];

/// The documented 25 MB, read in the generous way.
pub const MAX_SIZE: f64 = 26_214_400.0;

/// The time limit of a call in milliseconds.
const TIMEOUT: f64 = 300_000.0;

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
    let source = Source::new(&source)?;
    if check == Check::Required && matches!(source, Source::Url(_)) {
        return Err(Error::invalid(
            "`verify: 'require'` needs bytes to compute the CID from, not a URL",
        ));
    }
    let limits = Limits::start(&options, TIMEOUT)?;
    let order = Order::default();
    let work = async {
        let token = token.resolve().await?;
        let token = token.as_deref();
        let address = Address {
            endpoint: &endpoint.url,
            token,
            signal: limits.signal(),
        };
        if let Source::Url(url) = &source {
            let request = request::by_url(&address, terms, url)?;
            let receipt = send(&request, token, &order).await?;
            return check.url(receipt);
        }
        let blob = source.into_blob(max_size).await?;
        let filename = filename.or_else(|| source::name(&blob));
        let request = request::upload(
            &address,
            terms,
            &blob,
            filename.as_deref().unwrap_or("file"),
        )?;
        if check == Check::Off {
            let receipt = send(&request, token, &order).await?;
            return Ok(receipt.into_value(None, None));
        }
        let (receipt, roots) = send_and_hash(&request, token, &order, &blob, version).await?;
        check.bytes(receipt, &Source::Blob(blob), roots).await
    };
    limits.run(work).await.map_err(|error| order.close(error))
}

/// The option `maxSize`, in bytes.
pub fn max_size(options: &Options) -> Result<Option<f64>> {
    options.typed("maxSize", "a number of bytes from 0", |value| {
        value.as_f64().filter(|bytes| *bytes >= 0.0)
    })
}

/// Makes the order. From here on nobody but the service knows whether it was taken.
async fn send(request: &Request, token: Option<&str>, order: &Order) -> Result<Receipt> {
    order.set_outcome(Outcome::Unknown);
    let at_status = |status| order.set_outcome(answer::outcome(status));
    transport::send(request, at_status)
        .await?
        .into_receipt(token)
}

/// Makes the order, and computes the CID while the bytes are under way: the service's own time is
/// long enough for it.
async fn send_and_hash(
    request: &Request,
    token: Option<&str>,
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
    match select(pinned!(send(request, token, order)), pinned!(hashing)).await {
        Either::Left((Ok(receipt), hashing)) => Ok((receipt, hashing.await)),
        Either::Left((Err(error), hashing)) => {
            if error.outcome() == Outcome::Unknown {
                // Whoever has to look for the order needs the CID; no more can go wrong with it.
                let _ = hashing.await;
            }
            Err(error)
        }
        Either::Right((roots, sending)) => Ok((sending.await?, roots)),
    }
}
