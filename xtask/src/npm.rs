//! npm, and the tools that come from it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::sh;

/// The folder of the tools that `build` and `check` run.
pub const TOOLS: &str = "xtask";

/// Installs the packages of a folder's lock file, unless they are up to date. Does not run their scripts.
pub fn install(folder: &str) -> Result<()> {
    let path = sh::root().join(folder);
    // npm writes this file last.
    let installed = modified(&path.join("node_modules/.package-lock.json"));
    let locked = modified(&path.join("package-lock.json"));
    if installed.is_some() && installed >= locked {
        return Ok(());
    }
    sh::step(&format!("npm ci in {folder}/"));
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    sh::quiet(npm().args(arguments).current_dir(path))
}

pub fn npm() -> Command {
    sh::program(script("npm"))
}

/// An installed tool of the folder `xtask`.
pub fn tool(name: &str) -> Command {
    let folder = sh::root().join(TOOLS).join("node_modules/.bin");
    sh::program(folder.join(script(name)))
}

/// The compiler of TypeScript 7. typedoc needs the older one, which has an API.
pub fn tsc() -> Command {
    let mut node = sh::program("node");
    node.arg(
        sh::root()
            .join(TOOLS)
            .join("node_modules/typescript-7/bin/tsc"),
    );
    node
}

fn script(name: &str) -> PathBuf {
    if cfg!(windows) {
        format!("{name}.cmd").into()
    } else {
        name.into()
    }
}

fn modified(path: &Path) -> Option<std::time::SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}
