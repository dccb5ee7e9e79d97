//! A gateway: where anyone can fetch pinned content.

mod blocks;
pub mod client;
pub mod download;
pub mod list;
