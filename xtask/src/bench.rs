//! The measurements, beside what people would use instead.

use anyhow::Result;

use crate::{npm, package, prerequisites, shell};

/// Measures every table of `tests/bench/tables`, or those that are named, and writes
/// `tests/bench/RESULTS.md` with their samples and plots beside it.
pub fn run(tables: &[String]) -> Result<()> {
    prerequisites::check()?;
    npm::install("tests")?;
    npm::install("tests/bench")?;
    package::build()?;
    shell::run(
        shell::program("node")
            .arg("tests/bench/main.js")
            .args(tables),
    )?;
    let written = ["tests/bench/RESULTS.md", "tests/bench/samples"];
    shell::quiet(npm::tool("prettier").arg("--write").args(written))
}
