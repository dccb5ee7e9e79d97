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
mod batch;
pub mod blocks;
mod calls;
pub mod check;
pub mod content;
pub mod describe;
pub mod digest;
mod download;
#[cfg(feature = "drill")]
mod drill;
pub mod endpoint;
pub mod error;
pub mod gate;
pub mod gateway;
pub mod gather;
pub mod host;
mod javascript;
pub mod limits;
mod locate;
pub mod multipart;
pub mod options;
pub mod order;
mod panics;
mod pin;
pub mod progress;
pub mod proof;
pub mod purchase;
pub mod receipt;
pub mod request;
pub mod response;
pub mod retry;
pub mod roots;
pub mod settings;
mod sha256;
pub mod source;
pub mod sources;
pub mod stream;
pub mod tally;
pub mod text;
pub mod timer;
pub mod token;
pub mod transport;
mod verify;
pub mod windows;

pub use batch::pin_all;
pub use download::download;
pub use locate::locate;
pub use pin::pin;
pub use verify::{cid_of, verify};
