//! What the live service answers, for whoever has a Capture Token.

use std::env;

use anyhow::{Result, ensure};

use crate::{build, doctor, sh, tarball};

/// Orders files through the package as it is published, and writes `var/live/`, or `--out`. The program asks first.
pub fn run(arguments: &[String]) -> Result<()> {
    ensure!(
        env::var("CAPTURE_TOKEN").is_ok_and(|token| !token.trim().is_empty()),
        "set CAPTURE_TOKEN to a Capture Token: it pins a small and a large file, and first asks with the price"
    );
    doctor::check()?;
    build::build()?;
    let installed = tarball::pack()?.install()?;
    let mut node = sh::program("node");
    node.arg("xtask/live.js").arg(installed).args(arguments);
    sh::run(&mut node)
}
