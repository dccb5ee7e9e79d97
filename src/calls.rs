//! The functions of the package as JavaScript calls them.

use crate::error::Result;
use futures_util::future::LocalBoxFuture;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// Starts a call. Boxed, since all that makes a promise of a future would be there once for each
/// kind of future.
pub fn promise(call: LocalBoxFuture<'static, Result<JsValue>>) -> Promise {
    future_to_promise(async { Ok(call.await?) })
}

/// `cidOf(source, options)` of the package.
#[wasm_bindgen(js_name = cidOf)]
pub fn cid_of(source: JsValue, options: JsValue) -> Promise {
    promise(Box::pin(crate::cid_of(source, options)))
}

/// `verify(source, cid, options)` of the package.
#[wasm_bindgen]
pub fn verify(source: JsValue, cid: JsValue, options: JsValue) -> Promise {
    promise(Box::pin(crate::verify(source, cid, options)))
}

/// `locate(cid, options)` of the package.
#[wasm_bindgen]
pub fn locate(cid: JsValue, options: JsValue) -> Promise {
    promise(Box::pin(crate::locate(cid, options)))
}

/// `download(cid, options)` of the package.
#[wasm_bindgen]
pub fn download(cid: JsValue, options: JsValue) -> Promise {
    promise(Box::pin(crate::download(cid, options)))
}

/// `pin(source, options)` of the package.
#[wasm_bindgen]
pub fn pin(source: JsValue, options: JsValue) -> Promise {
    promise(Box::pin(crate::pin(source, options)))
}

/// `pinAll(sources, options)` of the package.
#[wasm_bindgen(js_name = pinAll)]
pub fn pin_all(sources: JsValue, options: JsValue) -> Promise {
    promise(Box::pin(crate::pin_all(sources, options)))
}
