//! Hands the message of a panic to `runtime/panics.js`. The trap that follows ends the instance.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = panics)]
extern "C" {
    fn panicked(message: &str);
}

/// Installs the hook. An instance runs it as it starts, so that a fresh one has it too.
#[wasm_bindgen(start)]
fn install() {
    std::panic::set_hook(Box::new(|panic| panicked(&panic.to_string())));
}
