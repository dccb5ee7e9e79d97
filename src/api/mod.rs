//! The exported functions. Each reads its arguments and starts the call. What calls have in common is in `call`.
//! Users read `pkg-template/index.d.ts`.

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
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::future_to_promise;

/// The promise of a call.
fn promise(call: impl Future<Output = Result<JsValue>> + 'static) -> Promise {
    boxed(Box::pin(call))
}

/// Boxed: `future_to_promise` would be compiled once for each type of future.
fn boxed(call: LocalBoxFuture<'static, Result<JsValue>>) -> Promise {
    future_to_promise(async { Ok(call.await?) })
}
