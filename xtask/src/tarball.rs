//! Packing and installing the package with npm.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{npm, sh};

/// The result of `npm pack`.
pub struct Tarball {
    pub path: PathBuf,
    /// The paths in it, sorted.
    pub files: Vec<String>,
}

/// Packs `pkg/` as it would be published.
pub fn pack() -> Result<Tarball> {
    sh::step("npm pack");
    let folder = sh::empty("var/tarball")?;
    let mut npm = npm::npm();
    npm.args(["pack", "./pkg", "--json", "--ignore-scripts"])
        .arg("--pack-destination")
        .arg(&folder);
    let report: Value = serde_json::from_str(&sh::read(&mut npm)?)?;
    let packed = &report[0];
    let name = packed["filename"].as_str();
    let name = name.context("npm pack reports no file name")?;
    let files = packed["files"].as_array();
    let files = files.context("npm pack reports no files")?;
    let paths = files.iter().filter_map(|file| file["path"].as_str());
    let mut files: Vec<_> = paths.map(str::to_owned).collect();
    files.sort();
    Ok(Tarball {
        path: folder.join(name),
        files,
    })
}

impl Tarball {
    /// Installs it as a user would, in an empty folder that it returns.
    pub fn install(&self) -> Result<PathBuf> {
        let folder = sh::empty("var/installed")?;
        fs::write(
            folder.join("package.json"),
            r#"{ "private": true, "type": "module" }"#,
        )?;
        let mut npm = npm::npm();
        npm.args(["install", "--offline", "--ignore-scripts"])
            .args(["--no-audit", "--no-fund"])
            .arg(&self.path);
        sh::quiet(npm.current_dir(&folder))?;
        Ok(folder)
    }
}
