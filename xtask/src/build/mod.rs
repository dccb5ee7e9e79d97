//! The npm package, `pkg/`: the template, the glue and the WebAssembly, bundled.

mod bundle;
mod glue;
mod inline;
mod names;
mod template;
mod wasm;

use std::fs;

use anyhow::Result;

pub use inline::Size;

use crate::{npm, sh};

/// Builds `pkg/`, as it is published.
pub fn build() -> Result<Size> {
    build_in("pkg", "")
}

/// Builds the package that panics on demand, in a folder of its own.
pub fn build_drill() -> Result<Size> {
    build_in("var/drill", "drill")
}

/// Builds the package, and replaces the previous one when it is complete: a running server never serves half
/// of it.
fn build_in(folder: &str, features: &str) -> Result<Size> {
    npm::install(npm::TOOLS)?;
    let library = wasm::compile(features)?;

    let scratch = sh::root().join("var");
    fs::create_dir_all(&scratch)?;
    let scratch = tempfile::tempdir_in(scratch)?;
    let bound = scratch.path().join("bound");
    wasm::bind(&library, &bound)?;

    let sources = scratch.path().join("sources");
    template::copy(&sources)?;
    let module = sources.join("wasm");
    fs::create_dir(&module)?;
    let small = module.join("pin.wasm");
    let names = wasm::shrink(&bound.join("glue_bg.wasm"), &small)?.parse()?;
    fs::write(module.join("glue.js"), glue::factory(&bound, &names)?)?;
    let size = inline::write(&small, &module.join("inline.js"))?;

    let fresh = scratch.path().join("pkg");
    bundle::write(&sources, &fresh)?;

    let package = sh::root().join(folder);
    if package.exists() {
        fs::rename(&package, scratch.path().join("former"))?;
    }
    fs::rename(fresh, &package)?;
    sh::step(&format!(
        "{folder}/: WebAssembly of {} bytes, {} gzipped",
        size.raw, size.gzipped
    ));
    Ok(size)
}
