//! `pin()`: one call, one order.

use crate::call::Call;
use crate::error::Result;
use crate::order::options::PinOptions;
use crate::order::submit;
use crate::source::Source;
use wasm_bindgen::JsValue;

/// Stores a source on IPFS and resolves to the receipt.
pub async fn pin(source: JsValue, options: JsValue) -> Result<JsValue> {
    let options = PinOptions::parse(options)?;
    let source = Source::parse(&source)?;
    let call = Call::start(&options.call)?;
    call.run(submit(&options, source, &call)).await
}
