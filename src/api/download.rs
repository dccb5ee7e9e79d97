//! `download()`: content from a gateway, given only when it is verified.

use super::argument::parse_cid;
use crate::call::Call;
use crate::call::options::{CallOptions, OptionReader};
use crate::error::Result;
use crate::gateway::client::Gateway;
use crate::gateway::download;
use crate::order::options::MAX_SIZE;
use js_sys::Function;
use wasm_bindgen::JsValue;

/// The time limit in milliseconds.
const TIMEOUT: f64 = 300_000.0;

struct DownloadOptions {
    gateway: Gateway,
    verify: bool,
    max_size: f64,
    call: CallOptions,
    on_progress: Option<Function>,
}

impl DownloadOptions {
    fn read(options: &OptionReader) -> Self {
        Self {
            gateway: Gateway::read(options),
            verify: options.flag("verify").unwrap_or(true),
            max_size: options.size("maxSize").unwrap_or(MAX_SIZE),
            call: CallOptions::read(options, Some(TIMEOUT)),
            on_progress: options.function("onProgress"),
        }
    }
}

/// Downloads the bytes of a CID.
pub async fn download(cid: JsValue, options: JsValue) -> Result<JsValue> {
    let options = OptionReader::parse(options, "gateway", DownloadOptions::read)?;
    let cid = parse_cid(&cid)?;
    let call = Call::start(&options.call)?;
    let DownloadOptions {
        gateway,
        verify,
        max_size,
        on_progress,
        ..
    } = &options;
    let work = async {
        let blob = download::download(
            gateway,
            &cid,
            *max_size,
            *verify,
            on_progress.as_ref(),
            &call,
        );
        blob.await.map(JsValue::from)
    };
    call.run(work).await
}
