//! `download()`: verified content from a gateway. `locate()`: whether a gateway has it.

use super::argument::parse_cid;
use super::promise;
use crate::call::Call;
use crate::call::options::{CallOptions, OptionReader};
use crate::call::progress::{DOWNLOAD, Progress};
use crate::error::{Code, Result};
use crate::gateway::download::Download;
use crate::gateway::list::Gateways;
use crate::order::options::MAX_SIZE;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// The time limit of a download in milliseconds.
const TIMEOUT: f64 = 300_000.0;

/// The time limit of a question in milliseconds. A gateway may have to search the network.
const TIMEOUT_PRESENCE: f64 = 30_000.0;

/// Downloads the bytes of a CID.
#[wasm_bindgen]
pub fn download(cid: JsValue, options: JsValue) -> Promise {
    promise(request(cid, options, false))
}

/// Asks the gateways without downloading anything: `present`, `absent` if all responded 404, or `unknown` if
/// one failed or timed out. Only an abort, wrong arguments and a runtime that cannot ask are errors.
#[wasm_bindgen]
pub fn locate(cid: JsValue, options: JsValue) -> Promise {
    promise(request(cid, options, true))
}

async fn request(cid: JsValue, options: JsValue, is_presence: bool) -> Result<JsValue> {
    let (gateways, fetch, is_verified, limit, on_progress, options) =
        OptionReader::parse(options, "gateway", |options| {
            let gateways = Gateways::read(options);
            let fetch = options.function("fetch");
            if is_presence {
                let call = CallOptions::read(options, Some(TIMEOUT_PRESENCE));
                return (gateways, fetch, true, 0.0, None, call);
            }
            (
                gateways,
                fetch,
                options.flag("verify").unwrap_or(true),
                options.size("maxSize").unwrap_or(MAX_SIZE),
                options.function("onProgress"),
                CallOptions::read(options, Some(TIMEOUT)),
            )
        })?;
    let download = Download {
        cid: parse_cid(&cid)?,
        is_presence,
        limit,
        is_verified,
        progress: Progress::to(on_progress.as_ref(), DOWNLOAD, None),
        fetch,
    };
    let call = Call::start(&options)?;
    let found = call.run(gateways.download(&download, &call)).await;
    found.or_else(|error| match error.code() {
        Code::NotFound if is_presence => Ok("absent".into()),
        Code::Network | Code::Timeout | Code::Server | Code::RateLimited | Code::BadResponse
            if is_presence =>
        {
            Ok("unknown".into())
        }
        _ => Err(gateways.explain(error)),
    })
}
