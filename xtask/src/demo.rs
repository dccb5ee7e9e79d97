//! The demo: one file pinned through the package, and a page to pin more.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{build, doctor, npm, sh, tarball};

/// Brings all that is missing and becomes the gateway that serves the page.
pub fn run(arguments: &[String]) -> Result<()> {
    let port: Option<u16> = match arguments {
        [] => None,
        [flag, number] if flag == "--port" => Some(number.parse().context("--port")?),
        _ => bail!("usage: cargo xtask demo [--port N]"),
    };
    doctor::check()?;
    npm::install("www/gateway")?;
    build::build()?;
    let installed = tarball::pack()?.install()?;

    sh::step("pin a picture through the package");
    let mut node = sh::program("node");
    node.arg("xtask/demo.js")
        .arg(installed)
        .args(port.map(|port| port.to_string()));
    become_(node)
}

/// Takes this process's place, so that Ctrl-C and a `kill` reach the gateway itself.
#[cfg(unix)]
fn become_(mut command: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_(mut command: Command) -> Result<()> {
    sh::run(&mut command)
}
