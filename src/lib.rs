//! Store files on IPFS through the Numbers pin API.
//!
//! This crate becomes the WebAssembly module of the npm package `numbers-pin`. Dependencies run one way:
//! `api → order, gateway → verify, http → source → call → js`. `error`, `text`, `cid` and `unixfs` are the
//! ground, and import nothing above them.

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

mod api;
mod call;
pub mod cid;
mod error;
mod gateway;
mod http;
mod js;
mod order;
mod source;
mod text;
pub mod unixfs;
mod verify;
