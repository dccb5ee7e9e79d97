//! `pin()`: one call, one order.

use super::promise;
use crate::call::Call;
use crate::call::options::OptionReader;
use crate::order::options::PinOptions;
use crate::order::submit;
use crate::source::Source;
use crate::source::item::Item;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// Stores a source on IPFS and resolves to the receipt.
#[wasm_bindgen]
pub fn pin(source: JsValue, options: JsValue) -> Promise {
    promise(async move {
        // Sources of a batch have one each, so it is none of `PinOptions`.
        let (options, expect) = OptionReader::parse(options, "token", |options| {
            (PinOptions::read(options), options.cid("expect"))
        })?;
        let item = Item::new(Source::parse(&source)?, expect);
        let call = Call::start(&options.call)?;
        call.run(submit(&options, item, &call)).await
    })
}
