//! Panics. Stable Rust cannot catch them in WebAssembly: the hook notes the message, and the trap that
//! follows rejects every pending call (`runtime/instance.js`). With `panic=unwind` on stable all of this
//! goes.

use std::panic::{PanicHookInfo, set_hook};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = panics)]
extern "C" {
    fn record(message: &str, file: &str, line: u32);
}

/// Every new instance runs this.
#[wasm_bindgen(start)]
fn install() {
    set_hook(Box::new(report));
}

/// Without `Display`. The build removes `core::fmt`, so that a message which would be formatted is empty.
fn report(panic: &PanicHookInfo<'_>) {
    let message = panic.payload_as_str().filter(|text| !text.is_empty());
    let message = message.unwrap_or("a panic");
    let (file, line) = panic
        .location()
        .map_or(("", 0), |location| (location.file(), location.line()));
    record(message, file, line);
}
