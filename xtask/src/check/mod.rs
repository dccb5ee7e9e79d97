//! Checks of the sources and of the package that do not run them.

mod graph;
mod layers;
pub mod messages;
mod modules;
mod msrv;
mod published;
pub mod scripts;
mod size;
mod words;

use std::fs;

use anyhow::{Result, ensure};

use crate::doctor::{self, TARGET};
use crate::{build, docs, npm, sh, tarball};

/// The maximum number of lines of README.
const README_LINES: usize = 250;

/// Stops at the first error.
pub fn run(arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "it takes no arguments");
    doctor::check()?;
    npm::install(npm::TOOLS)?;
    sources()?;

    size::check(&build::build()?)?;
    published::check(&tarball::pack()?)
}

fn sources() -> Result<()> {
    sh::step("cargo fmt");
    sh::run(&mut sh::cargo(&["fmt", "--all", "--check"]))?;

    sh::step("prettier");
    sh::quiet(npm::tool("prettier").args(["--check", "--log-level", "warn", "."]))?;

    msrv::check()?;
    scripts::check()?;
    layers::check()?;
    words::check()?;
    readme()?;
    messages::check()?;
    docs::check()?;

    let library = ["--package", "numbers-pin", "--target", TARGET];
    sh::step("clippy");
    clippy(&["--workspace", "--all-targets"])?;
    sh::step("clippy, for WebAssembly");
    clippy(&library)?;

    sh::step("cargo doc");
    documentation(&["--workspace"])?;
    documentation(&library)
}

/// What is longer has a page of its own.
fn readme() -> Result<()> {
    let lines = fs::read_to_string(sh::root().join("README.md"))?
        .lines()
        .count();
    ensure!(
        lines <= README_LINES,
        "README.md has {lines} lines, more than {README_LINES}"
    );
    Ok(())
}

fn clippy(arguments: &[&str]) -> Result<()> {
    let mut cargo = sh::cargo(&["clippy", "--quiet"]);
    sh::run(cargo.args(arguments).args(["--", "--deny", "warnings"]))
}

/// For maintainers: with private items.
fn documentation(arguments: &[&str]) -> Result<()> {
    const FLAGS: &str = "--deny warnings --allow rustdoc::private_intra_doc_links";
    let mut cargo = sh::cargo(&["doc", "--quiet", "--no-deps", "--document-private-items"]);
    sh::run(cargo.args(arguments).env("RUSTDOCFLAGS", FLAGS))
}
