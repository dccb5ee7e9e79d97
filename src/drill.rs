//! A panic on demand: only in the build that the tests of panics are made with.

use core::future::Future;
use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Runs `work`, or panics before or after a first await, as the global `numbersPinDrill` says.
#[allow(clippy::panic, reason = "that is what it is for")]
pub async fn before<T>(work: impl Future<Output = T>) -> T {
    let drill = Reflect::get(&js_sys::global(), &"numbersPinDrill".into()).unwrap_or_default();
    let drill = drill.as_string().unwrap_or_default();
    if drill == "before" {
        panic!("drill before the first await");
    }
    if drill == "after" {
        let _ = JsFuture::from(Promise::resolve(&JsValue::NULL)).await;
        panic!("drill after the first await");
    }
    work.await
}
