//! Reading content back from IPFS gateways. `list` tries them in order, `download` verifies, `blocks` rebuilds
//! a file from its blocks, `client` sends one request.

mod blocks;
pub mod client;
pub mod download;
pub mod list;
