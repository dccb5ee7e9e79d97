//! The demo: pins a file through the package, and serves a page to pin more.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{build, doctor, npm, sh, tarball};

/// Installs what is missing, pins a file, and serves the gateway and the page.
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

/// Replaces this process, so that Ctrl-C and `kill` reach the gateway.
#[cfg(unix)]
fn become_(mut command: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_(mut command: Command) -> Result<()> {
    sh::run(&mut command)
}
