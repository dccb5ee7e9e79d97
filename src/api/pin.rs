//! `pin()`: one call, one order.

use crate::call::Call;
use crate::call::options::OptionReader;
use crate::error::Result;
use crate::order::options::PinOptions;
use crate::order::submit;
use crate::source::Source;
use crate::source::item::Item;
use wasm_bindgen::JsValue;

/// Stores a source on IPFS and resolves to the receipt.
pub async fn pin(source: JsValue, options: JsValue) -> Result<JsValue> {
    // Sources of a batch have one each, so it is none of `PinOptions`.
    let (options, expect) = OptionReader::parse(options, "token", |options| {
        (PinOptions::read(options), options.cid("expect"))
    })?;
    let item = Item::new(Source::parse(&source)?, expect);
    let call = Call::start(&options.call)?;
    call.run(submit(&options, item, &call)).await
}
