//! Store files on IPFS through the Numbers pin API.
//!
//! This crate becomes the WebAssembly module of the npm package `numbers-pin`; what its users see
//! is described in `pkg-template/index.d.ts`. The way of one call: [`source`] → [`request`] →
//! [`transport`] → [`answer`] → [`receipt`].

#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::unreachable,
        clippy::unwrap_used
    )
)]

pub mod cid;
pub mod unixfs;

#[cfg(target_arch = "wasm32")]
mod allocator;
pub mod answer;
pub mod blocks;
pub mod check;
pub mod describe;
pub mod digest;
mod download;
#[cfg(feature = "drill")]
mod drill;
pub mod endpoint;
pub mod error;
pub mod gateway;
pub mod gather;
pub mod host;
pub mod limits;
mod locate;
pub mod options;
pub mod order;
mod panic;
mod pin;
pub mod progress;
pub mod proof;
pub mod receipt;
pub mod request;
pub mod retry;
pub mod roots;
pub mod source;
pub mod stream;
pub mod timer;
pub mod token;
pub mod transport;
mod verify;
pub mod windows;

use error::Result;
use wasm_bindgen::prelude::*;

/// `cidOf(source, options)` of the package.
#[wasm_bindgen(js_name = cidOf)]
pub async fn cid_of(source: JsValue, options: JsValue) -> Result<String> {
    verify::cid_of(source, options).await
}

/// `verify(source, cid, options)` of the package.
#[wasm_bindgen]
pub async fn verify(source: JsValue, cid: JsValue, options: JsValue) -> Result<JsValue> {
    verify::verify(source, cid, options).await
}

/// `locate(cid, options)` of the package.
#[wasm_bindgen]
pub async fn locate(cid: JsValue, options: JsValue) -> Result<JsValue> {
    locate::locate(cid, options).await.map(JsValue::from)
}

/// `download(cid, options)` of the package.
#[wasm_bindgen]
pub async fn download(cid: JsValue, options: JsValue) -> Result<web_sys::Blob> {
    download::download(cid, options).await
}

/// `pin(source, options)` of the package.
#[wasm_bindgen]
pub async fn pin(source: JsValue, options: JsValue) -> Result<JsValue> {
    pin::pin(source, options).await
}
