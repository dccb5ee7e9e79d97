//! What can be said of the sources and the package without running them.

use std::fs;

use anyhow::{Result, ensure};

use crate::doctor::{self, TARGET};
use crate::tarball::{self, Tarball};
use crate::{build, npm, sh};

/// The most bytes that the gzipped WebAssembly may have. Whoever raises it says why.
const BUDGET: usize = 61_600;

/// The files that are published, and no others.
const FILES: &[&str] = &[
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "calls.js",
    "cli.js",
    "cli/arguments.js",
    "cli/bar.js",
    "cli/batch.js",
    "cli/get.js",
    "cli/lock.js",
    "cli/log.js",
    "cli/look.js",
    "cli/pin.js",
    "cli/report.js",
    "cli/size.js",
    "cli/source.js",
    "cli/terminal.js",
    "cli/usage.js",
    "error.js",
    "hash.js",
    "host.js",
    "index.d.ts",
    "index.js",
    "inline.js",
    "load.js",
    "package.json",
    "relay.d.ts",
    "relay.js",
    "relay/options.js",
    "wasm/glue.js",
    "wasm/inline.js",
    "wasm/pin.wasm",
    "workerd.js",
];

/// The ways in which TypeScript finds a package.
const MODULES: &[&[&str]] = &[
    &["--module", "node16"],
    &["--module", "nodenext"],
    &["--module", "esnext", "--moduleResolution", "bundler"],
];

/// Stops at the first thing that is wrong.
pub fn run(arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "it takes no arguments");
    doctor::check()?;
    npm::install(npm::TOOLS)?;
    sources()?;

    let size = build::build()?;
    let gzipped = size.gzipped;
    ensure!(
        gzipped <= BUDGET,
        "{gzipped} bytes of gzipped WebAssembly, the budget is {BUDGET}"
    );
    let tarball = tarball::pack()?;
    contents(&tarball)?;
    lints(&tarball)?;
    types(&tarball)
}

fn sources() -> Result<()> {
    sh::step("cargo fmt");
    sh::run(&mut sh::cargo(&["fmt", "--all", "--check"]))?;

    sh::step("prettier");
    sh::quiet(npm::tool("prettier").args(["--check", "--log-level", "warn", "."]))?;

    let library = ["--package", "numbers-pin", "--target", TARGET];
    sh::step("clippy");
    clippy(&["--workspace", "--all-targets"])?;
    sh::step("clippy, for WebAssembly");
    clippy(&[&library[..], &["--all-targets"]].concat())?;

    sh::step("cargo doc");
    documentation(&["--workspace"])?;
    documentation(&library)
}

fn clippy(arguments: &[&str]) -> Result<()> {
    let mut cargo = sh::cargo(&["clippy", "--quiet"]);
    sh::run(cargo.args(arguments).args(["--", "--deny", "warnings"]))
}

/// For those who read the sources, so private items are in it and may be linked.
fn documentation(arguments: &[&str]) -> Result<()> {
    const FLAGS: &str = "--deny warnings --allow rustdoc::private_intra_doc_links";
    let mut cargo = sh::cargo(&["doc", "--quiet", "--no-deps", "--document-private-items"]);
    sh::run(cargo.args(arguments).env("RUSTDOCFLAGS", FLAGS))
}

fn contents(tarball: &Tarball) -> Result<()> {
    let meant = |file: &&String| FILES.contains(&file.as_str());
    let stray: Vec<_> = tarball.files.iter().filter(|file| !meant(file)).collect();
    ensure!(stray.is_empty(), "{stray:?} would be published");
    let packed = |file: &&&str| tarball.files.iter().any(|packed| packed == **file);
    let missing: Vec<_> = FILES.iter().filter(|file| !packed(file)).collect();
    ensure!(missing.is_empty(), "{missing:?} would not be published");
    Ok(())
}

fn lints(tarball: &Tarball) -> Result<()> {
    sh::step("publint");
    sh::quiet(npm::tool("publint").arg(&tarball.path).arg("--strict"))?;
    sh::step("attw");
    let mut attw = npm::tool("attw");
    attw.arg(&tarball.path);
    // `require()` loads an ES module in every Node that the package is for.
    attw.args(["--ignore-rules", "cjs-resolves-to-esm"]);
    sh::quiet(&mut attw)
}

/// Compiles the files of `tests/types` as a user would, with the package installed.
fn types(tarball: &Tarball) -> Result<()> {
    sh::step("tsc");
    let folder = tarball.install()?;
    let sources = sh::root().join("tests/types");
    let files = sh::files(&sources)?;
    ensure!(
        !files.is_empty(),
        "there is no file in {}",
        sources.display()
    );
    for file in &files {
        fs::copy(sources.join(file), folder.join(file))?;
    }
    for module in MODULES {
        let mut tsc = npm::tool("tsc");
        tsc.args(["--strict", "--exactOptionalPropertyTypes", "--noEmit"])
            .args(["--target", "es2022"])
            .args(*module)
            .args(&files);
        sh::quiet(tsc.current_dir(&folder))?;
    }
    Ok(())
}
