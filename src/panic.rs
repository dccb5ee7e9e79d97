//! What happens to a panic: `calls.js` is told of it, rejects every call under way and starts a
//! fresh instance.

use crate::javascript::panicked;
use wasm_bindgen::prelude::*;

/// Installs the hook. An instance runs it as it starts, so that a fresh one has it too.
#[wasm_bindgen(start)]
fn install() {
    std::panic::set_hook(Box::new(|panic| panicked(&panic.to_string())));
}
