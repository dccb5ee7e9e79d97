//! The JavaScript runtime: what is asked of it everywhere, and what only one of its kinds does.
//!
//! Each file here and elsewhere in the crate that binds a module of `pkg-template/runtime/` has its name.

#[cfg(target_arch = "wasm32")]
mod allocator;
pub mod panics;
pub mod quirks;
#[cfg(feature = "drill")]
pub mod test_panic;
pub mod timer;
pub mod url;
pub mod value;
