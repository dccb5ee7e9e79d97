//! The folders that have tools from npm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::sh;

/// What `build` and `check` run.
pub const TOOLS: &str = "xtask";

/// Brings a folder's packages as its lock file says, where that was not done since the lock
/// changed. No package's own scripts are run.
pub fn install(folder: &str) -> Result<()> {
    let path = sh::root().join(folder);
    // npm writes this one last.
    let installed = modified(&path.join("node_modules/.package-lock.json"));
    let locked = modified(&path.join("package-lock.json"));
    if installed.is_some() && installed >= locked {
        return Ok(());
    }
    sh::step(&format!("npm ci in {folder}/"));
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    sh::quiet(npm().args(arguments).current_dir(path))
}

/// npm itself.
pub fn npm() -> Command {
    sh::program(script("npm"))
}

/// A tool of the folder `xtask`, once that is installed.
pub fn tool(name: &str) -> Command {
    let folder = sh::root().join(TOOLS).join("node_modules/.bin");
    sh::program(folder.join(script(name)))
}

/// TypeScript's compiler. The folder has an older one too, by whose API typedoc works.
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
