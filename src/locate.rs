//! `locate()`: whether a gateway has a CID.

use crate::error::{Code, Result};
use crate::gateway::Gateway;
use crate::limits::Bounds;
use crate::options::Options;
use crate::response;
use crate::verify;
use wasm_bindgen::prelude::*;

/// The time limit in milliseconds. A gateway that has to search the network takes its time.
const TIMEOUT: f64 = 30_000.0;

/// Asks the gateway without downloading anything: `present`, `absent`, or `unknown` where it did not
/// say, or not in time. Only an abort and bad arguments are errors.
pub async fn locate(cid: JsValue, options: JsValue) -> Result<JsValue> {
    let options = Options::new(options, &["gateway", "signal", "timeout"])?;
    let cid = verify::cid(&cid)?;
    let gateway = Gateway::new(&options)?;
    let limits = Bounds::new(&options, TIMEOUT)?.start()?;
    let signal = limits.signal();
    let work = async {
        let response = gateway.ask("HEAD", &cid, "", &signal).await?;
        Ok(match response::status(&response).unwrap_or_default() {
            200..=299 => "present",
            404 | 410 => "absent",
            _ => "unknown",
        }
        .into())
    };
    match limits.run(Box::pin(work)).await {
        Err(error) if matches!(error.code(), Code::Network | Code::Timeout) => Ok("unknown".into()),
        result => result,
    }
}
