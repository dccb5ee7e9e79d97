//! Measurements of the package and of its alternatives.

use anyhow::Result;

use crate::{build, doctor, npm, sh};

/// Measures all tables of `tests/bench/tables`, or the named ones, and writes
/// `tests/bench/RESULTS.md` with samples and plots.
pub fn run(tables: &[String]) -> Result<()> {
    doctor::check()?;
    npm::install("tests")?;
    npm::install("tests/pack")?;
    npm::install("tests/bench")?;
    build::build()?;
    sh::run(sh::program("node").arg("tests/bench/main.js").args(tables))?;
    let written = ["tests/bench/RESULTS.md", "tests/bench/samples"];
    sh::quiet(npm::tool("prettier").arg("--write").args(written))
}
