//! Access to the JavaScript runtime: values, timers, URLs, panics. `quirks` is what only some runtimes do.
//!
//! A file of this crate that binds a module of `pkg-template/runtime/` has the same name.

#[cfg(target_arch = "wasm32")]
mod allocator;
#[cfg(feature = "drill")]
pub mod drill;
pub mod panics;
pub mod quirks;
pub mod timer;
pub mod url;
pub mod value;
