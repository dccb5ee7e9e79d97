//! `locate()`: whether a gateway has a CID.

use super::argument::parse_cid;
use crate::call::Call;
use crate::call::options::{CallOptions, OptionReader};
use crate::error::{Code, Result};
use crate::gateway::client::Gateway;
use wasm_bindgen::JsValue;

/// The time limit in milliseconds. A gateway that has to search the network takes its time.
const TIMEOUT: f64 = 30_000.0;

/// Asks the gateway without downloading anything: `present`, `absent`, or `unknown` where it did not say,
/// or not in time. Only an abort and wrong arguments are errors.
pub async fn locate(cid: JsValue, options: JsValue) -> Result<JsValue> {
    let (gateway, options) = OptionReader::parse(options, "gateway", |options| {
        let gateway = Gateway::read(options);
        (gateway, CallOptions::read(options, Some(TIMEOUT)))
    })?;
    let cid = parse_cid(&cid)?;
    let call = Call::start(&options)?;
    let work = async {
        let response = gateway.request("HEAD", &cid, "", &call).await?;
        Ok(match response.status {
            200..=299 => "present",
            404 | 410 => "absent",
            _ => "unknown",
        }
        .into())
    };
    match call.run(work).await {
        Err(error) if matches!(error.code(), Code::Network | Code::Timeout) => Ok("unknown".into()),
        result => result,
    }
}
