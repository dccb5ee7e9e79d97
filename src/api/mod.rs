//! The exported functions, one file each: a file reads its arguments and starts the call. What calls have in
//! common is in `call`. Users read `pkg-template/index.d.ts`.

mod argument;
mod cid_of;
mod download;
mod pin;
mod pin_all;
mod verify;

use crate::error::Result;
use core::future::Future;
use futures_util::future::LocalBoxFuture;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// `cidOf(source, options)`.
#[wasm_bindgen(js_name = cidOf)]
pub fn cid_of(source: JsValue, options: JsValue) -> Promise {
    promise(cid_of::cid_of(source, options))
}

/// `verify(source, cid, options)`.
#[wasm_bindgen]
pub fn verify(source: JsValue, cid: JsValue, options: JsValue) -> Promise {
    promise(verify::verify(source, cid, options))
}

/// `locate(cid, options)`.
#[wasm_bindgen]
pub fn locate(cid: JsValue, options: JsValue) -> Promise {
    promise(download::download(cid, options, true))
}

/// `download(cid, options)`.
#[wasm_bindgen]
pub fn download(cid: JsValue, options: JsValue) -> Promise {
    promise(download::download(cid, options, false))
}

/// `pin(source, options)`.
#[wasm_bindgen]
pub fn pin(source: JsValue, options: JsValue) -> Promise {
    promise(pin::pin(source, options))
}

/// `pinAll(sources, options)`.
#[wasm_bindgen(js_name = pinAll)]
pub fn pin_all(sources: JsValue, options: JsValue) -> Promise {
    promise(pin_all::pin_all(sources, options))
}

fn promise(call: impl Future<Output = Result<JsValue>> + 'static) -> Promise {
    boxed(Box::pin(call))
}

/// Boxed: `future_to_promise` would be compiled once for each type of future.
fn boxed(call: LocalBoxFuture<'static, Result<JsValue>>) -> Promise {
    future_to_promise(async { Ok(call.await?) })
}
