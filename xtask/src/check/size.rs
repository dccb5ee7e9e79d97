//! The bytes that a page downloads.

use std::fs;

use anyhow::{Result, ensure};

use crate::build::Size;
use crate::{npm, sh};

/// The maximum size of the gzipped WebAssembly in bytes. Whoever raises a budget says why.
const WASM_BUDGET: usize = 52_000;

/// The maximum size of the whole package in a page in bytes: bundled, minified and gzipped.
const PAGE_BUDGET: usize = 64_700;

/// A page that uses all that the package exports.
const PAGE: &str = "export * from '../../pkg/index.js'\n";

/// Compresses a file like most servers do, and prints how many bytes are left.
const GZIP: &str = "import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
console.log(gzipSync(readFileSync(process.argv[1]), { level: 9 }).length)";

/// Checks `pkg/`.
pub fn check(size: &Size) -> Result<()> {
    within("the gzipped WebAssembly", size.gzipped, WASM_BUDGET)?;
    within("all of it in a page, gzipped", page()?, PAGE_BUDGET)
}

fn within(what: &str, bytes: usize, budget: usize) -> Result<()> {
    sh::step(&format!("{what}: {bytes} of {budget} bytes"));
    ensure!(bytes <= budget, "{what} exceeds its budget");
    Ok(())
}

fn page() -> Result<usize> {
    let folder = tempfile::tempdir_in(sh::root().join("var"))?;
    fs::write(folder.path().join("page.js"), PAGE)?;
    let mut esbuild = npm::tool("esbuild");
    esbuild
        .args(["page.js", "--bundle", "--minify", "--format=esm"])
        .args(["--platform=browser", "--outfile=bundle.js"]);
    sh::quiet(esbuild.current_dir(folder.path()))?;
    let mut node = sh::program("node");
    node.args(["--input-type=module", "--eval", GZIP, "bundle.js"]);
    let bytes = sh::read(node.current_dir(folder.path()))?;
    Ok(bytes.trim().parse()?)
}
