//! Checks the prerequisites: Rust by rustup, Node with npm. Everything else is installed.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{npm, sh};

/// The oldest Node that loads an ES module by `require()` without a flag.
const NODE: (u32, u32) = (20, 19);

/// The target that the library is compiled for.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Installs what can be installed, and fails with a line for what cannot.
pub fn check() -> Result<()> {
    let (major, minor) = NODE;
    let wanted = format!("install Node {major}.{minor} or newer, with npm");
    let version = sh::read(sh::program("node").arg("--version"));
    let version = version.with_context(|| wanted.clone())?;
    if !is_recent(&version) {
        bail!("{wanted}: `node` is {} here", version.trim());
    }
    sh::read(npm::npm().arg("--version")).context(wanted)?;
    add_target()
}

fn add_target() -> Result<()> {
    let sysroot = sh::read(sh::program("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(TARGET)
        .is_dir()
    {
        return Ok(());
    }
    sh::step(&format!("rustup target add {TARGET}"));
    sh::run(sh::program("rustup").args(["target", "add", TARGET]))
        .with_context(|| format!("install Rust by rustup, to have its target {TARGET}"))
}

fn is_recent(version: &str) -> bool {
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= NODE,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_recent;

    #[test]
    fn node_counts_from_20_19() {
        assert!(is_recent("v20.19.0\n"));
        assert!(is_recent("v22.1.0"));
        assert!(is_recent("v100.0.0"));
        assert!(!is_recent("v20.18.3"));
        assert!(!is_recent("v18.20.8"));
        assert!(!is_recent("nonsense"));
    }
}
