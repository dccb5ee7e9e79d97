//! Panics. Stable Rust cannot catch them in WebAssembly. The hook records the message, and the trap that follows
//! rejects all pending calls (`runtime/instance.js`). `panic=unwind` will replace this once it is stable.

use std::panic::{PanicHookInfo, set_hook};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = panics)]
extern "C" {
    fn record(message: &str, file: &str, line: u32);
}

/// Runs in every new instance.
#[wasm_bindgen(start)]
fn install() {
    set_hook(Box::new(report));
}

/// Does not use `Display`: the build removes `core::fmt`, so formatted messages are empty.
fn report(panic: &PanicHookInfo<'_>) {
    let message = panic.payload_as_str().filter(|text| !text.is_empty());
    let message = message.unwrap_or("a panic");
    let (file, line) = panic
        .location()
        .map_or(("", 0), |location| (location.file(), location.line()));
    record(message, file, line);
}
