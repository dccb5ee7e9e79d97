//! What `npm publish` would publish.

use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};

use crate::tarball::Tarball;
use crate::{npm, sh};

/// The ways in which TypeScript finds a package.
const MODULES: &[&[&str]] = &[
    &["--module", "node16"],
    &["--module", "nodenext"],
    &["--module", "esnext", "--moduleResolution", "bundler"],
];

/// Checks the packed package.
pub fn check(tarball: &Tarball) -> Result<()> {
    contents(tarball)?;
    lints(tarball)?;
    types(tarball)
}

/// All of `pkg/` is published and nothing else: what is in `pkg-template/`, or was built.
fn contents(tarball: &Tarball) -> Result<()> {
    let built = sh::files(&sh::root().join("pkg"))?;
    let mut packed: Vec<_> = tarball.files.iter().map(PathBuf::from).collect();
    packed.sort();
    let only = |these: &[PathBuf], others: &[PathBuf]| {
        let these = these.iter().filter(|file| !others.contains(file));
        these.cloned().collect::<Vec<_>>()
    };
    let stray = only(&packed, &built);
    ensure!(stray.is_empty(), "{stray:?} would be published");
    let missing = only(&built, &packed);
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
    ensure!(!files.is_empty(), "no files in {}", sources.display());
    for file in &files {
        fs::copy(sources.join(file), folder.join(file))?;
    }
    for module in MODULES {
        let mut tsc = npm::tsc();
        tsc.args(["--strict", "--exactOptionalPropertyTypes", "--noEmit"])
            .args(["--target", "es2022"])
            .args(*module)
            .args(&files);
        sh::quiet(tsc.current_dir(&folder))?;
    }
    Ok(())
}
