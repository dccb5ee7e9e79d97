//! `wasm/inline.js`: the WebAssembly as text.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use anyhow::Result;
use base64::prelude::{BASE64_STANDARD, Engine};

/// The size of a package's WebAssembly in bytes.
pub struct Size {
    /// The file.
    pub raw: usize,
    /// The gzipped file, before base64: about the size of the download.
    pub gzipped: usize,
}

/// Writes a module as JavaScript, gzipped and in base64. It is 0.5 % larger than the file when a page downloads
/// it, and needs no support of bundlers or runtimes for .wasm files.
pub fn write(module: &Path, script: &Path) -> Result<Size> {
    let module = fs::read(module)?;
    let mut gzipped = Vec::new();
    zopfli::compress(
        zopfli::Options::default(),
        zopfli::Format::Gzip,
        Cursor::new(&module),
        &mut gzipped,
    )?;
    let text = BASE64_STANDARD.encode(&gzipped);
    let note = "/** The WebAssembly module, gzipped and in base64. */";
    fs::write(script, format!("{note}\nexport const wasm = '{text}'\n"))?;
    Ok(Size {
        raw: module.len(),
        gzipped: gzipped.len(),
    })
}
