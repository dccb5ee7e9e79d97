//! Pin files on IPFS through the Numbers Protocol API.
//!
//! This crate is the WebAssembly module of the npm package `numbers-pin`. JavaScript in
//! `pkg-template/runtime/` loads it and moves objects of the runtime; options, decisions, messages, requests
//! and CIDs are here. Users read `pkg-template/index.d.ts`.
//!
//! Imports run one way: `api → order, gateway → verify, http → source → call → error → js → unixfs → cid →
//! text`. `cargo xtask check` fails otherwise.
//!
//! | module | what it is for, and what may enter |
//! |---|---|
//! | `api` | the exported functions: read the arguments, start the call |
//! | `order` | one paid order, from the source to the receipt, with retries |
//! | `gateway` | reading content back from an IPFS gateway |
//! | `verify` | which CID bytes have, and whether they have a certain one |
//! | `http` | the POST of an order, once, and its response; why a request failed |
//! | `source` | what callers pass as bytes, and reading it in chunks |
//! | `call` | what all calls have: options, signal, timeout, progress |
//! | `js` | access to JavaScript values and to what only some runtimes do |
//! | [`unixfs`], [`cid`] | the formats of IPFS; no JavaScript |
//! | `error`, `text` | errors; strings without `core::fmt` |

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
