//! One order from body to receipt, with the proof of it.

use crate::check::Check;
use crate::cid::Version;
use crate::content::Content;
use crate::error::{Code, Error, Outcome, Result};
use crate::limits::Limits;
use crate::order::Order;
use crate::progress::Progress;
use crate::receipt::Receipt;
use crate::request::{Body, Request, Upload};
use crate::roots::{Roots, with_same_leaves};
use crate::settings::Settings;
use crate::unixfs::Profile;
use crate::windows::{Windows, probe};
use core::future::Future;
use core::pin::pin as pinned;
use futures_util::future::{Either, select};
use wasm_bindgen::prelude::*;

/// Makes an order and gives the receipt. `roots` are those of the bytes, where they were computed
/// before.
pub async fn purchase(
    settings: &Settings,
    body: &Body,
    roots: Option<Roots>,
    order: &Order,
    limits: &Limits,
    progress: &Progress,
) -> Result<JsValue> {
    let token = settings.token.resolve().await?;
    let request = Request {
        endpoint: &settings.endpoint.url,
        token: token.as_deref(),
        signal: limits.signal(),
        body,
    };
    let check = settings.check;
    let roots = match (body, roots) {
        (Body::Form(_), Some(roots)) => Some(Ok(roots)),
        (Body::Form(upload), None) => before(upload, settings, order).await?,
        (Body::Json(_), _) => None,
    };
    let placing = order.place(&request, settings.retries, limits, progress);
    let receipt = match body {
        Body::Form(upload) if check != Check::Off => {
            let version = settings.terms.version;
            let hashing = async {
                match roots {
                    Some(roots) => roots,
                    None => compute(&upload.content, Content::beside_upload, version, order).await,
                }
            };
            let (receipt, roots) = beside(placing, hashing).await?;
            check
                .bytes(receipt, &upload.content.source(), roots)
                .await?
        }
        Body::Form(_) => placing.await?.into_value(None, None),
        Body::Json(_) => check.url(placing.await?)?,
    };
    progress.done();
    Ok(receipt)
}

/// Finds out whether bytes can still be read, before anything is sent. Of few it takes less time to
/// compute the roots now than to do both at once.
async fn before(
    upload: &Upload,
    settings: &Settings,
    order: &Order,
) -> Result<Option<Result<Roots>>> {
    match &upload.content {
        Content::Blob(blob) => {
            probe(blob).await?;
            Ok(None)
        }
        Content::Bytes { .. } if settings.check == Check::Off => Ok(None),
        content => {
            let roots = compute(content, Content::windows, settings.terms.version, order).await;
            if settings.check == Check::Required {
                // What is bound to fail is not bought.
                return Ok(Some(Ok(roots?)));
            }
            Ok(Some(roots))
        }
    }
}

/// The roots by which the service is believed to name bytes in this version. The order knows then
/// what to look for.
pub async fn compute(
    content: &Content,
    read: fn(&Content) -> Result<Windows>,
    version: Version,
    order: &Order,
) -> Result<Roots> {
    let profiles = with_same_leaves(Profile::default_for(version));
    let mut windows = read(content)?;
    let roots = Roots::compute(&mut windows, &profiles, &Progress::silent()).await?;
    if let Some(root) = roots.first() {
        order.set_cid(root.cid.clone());
    }
    Ok(roots)
}

/// Computes the roots of the bytes beside the order of them: while they are under way and the
/// service does its part, there is time for it.
async fn beside(
    placing: impl Future<Output = Result<Receipt>>,
    hashing: impl Future<Output = Result<Roots>>,
) -> Result<(Receipt, Result<Roots>)> {
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
