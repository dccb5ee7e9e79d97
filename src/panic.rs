//! What happens to a panic: `calls.js` is told of it, rejects every call under way and starts a
//! fresh instance.

use wasm_bindgen::prelude::*;

#[cfg_attr(feature = "package", wasm_bindgen(raw_module = "../calls.js"))]
#[cfg_attr(
    not(feature = "package"),
    wasm_bindgen(module = "/pkg-template/calls.js")
)]
extern "C" {
    fn panicked(message: &str);
}

/// Installs the hook. An instance runs it as it starts, so that a fresh one has it too.
#[wasm_bindgen(start)]
fn install() {
    std::panic::set_hook(Box::new(|panic| panicked(&panic.to_string())));
}
