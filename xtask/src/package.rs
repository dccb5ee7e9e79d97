//! The npm package, `pkg/`.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::Value;

use crate::{glue, names, npm, shell, wasm};

/// How many bytes the WebAssembly of a package is.
pub struct Size {
    /// As a file.
    pub raw: usize,
    /// As it is inlined, and about as it travels.
    pub gzipped: usize,
}

/// Builds `pkg/`, as it is published.
pub fn build() -> Result<Size> {
    build_in("pkg", "package")
}

/// Builds the package that panics on demand, in a folder of its own.
pub fn build_drill() -> Result<Size> {
    build_in("var/drill", "package,drill")
}

/// Builds the package from nothing. It takes the place of the last one only when it is whole, so a
/// server that is running never serves half of one.
fn build_in(folder: &str, features: &str) -> Result<Size> {
    npm::install(npm::TOOLS)?;
    let library = wasm::compile(features)?;

    let scratch = shell::root().join("var");
    fs::create_dir_all(&scratch)?;
    let scratch = tempfile::tempdir_in(scratch)?;
    let fresh = scratch.path().join("pkg");
    copy(&shell::root().join("pkg-template"), &fresh)?;
    for file in ["README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        fs::copy(shell::root().join(file), fresh.join(file))?;
    }
    stamp(&fresh.join("package.json"))?;

    let module = fresh.join("wasm");
    glue::generate(&library, &module)?;
    let (bound, small) = (module.join("glue_bg.wasm"), module.join("pin.wasm"));
    let report = wasm::shrink(&bound, &small)?;
    fs::remove_file(bound)?;
    let glue = module.join("glue.js");
    fs::write(&glue, names::shorten(&fs::read_to_string(&glue)?, &report)?)?;
    let size = inline(&small, &module.join("inline.js"))?;

    let package = shell::root().join(folder);
    if package.exists() {
        fs::rename(&package, scratch.path().join("former"))?;
    }
    fs::rename(fresh, &package)?;
    shell::step(&format!(
        "{folder}/: WebAssembly of {} bytes, {} gzipped",
        size.raw, size.gzipped
    ));
    Ok(size)
}

/// What `npm pack` makes of `pkg/`.
pub struct Tarball {
    pub path: PathBuf,
    /// The paths in it, sorted.
    pub files: Vec<String>,
}

/// Packs `pkg/` as it would be published.
pub fn pack() -> Result<Tarball> {
    shell::step("npm pack");
    let folder = empty("var/tarball")?;
    let mut npm = npm::npm();
    npm.args([
        "pack",
        "./pkg",
        "--json",
        "--ignore-scripts",
        "--pack-destination",
    ])
    .arg(&folder);
    let report: Value = serde_json::from_str(&shell::read(&mut npm)?)?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let packed = report.get(0).context("npm pack reports no package")?;
    let name = packed
        .get("filename")
        .and_then(text)
        .context("npm pack reports no name")?;
    let files = packed
        .get("files")
        .and_then(Value::as_array)
        .context("npm pack reports no files")?;
    let mut files: Vec<_> = files
        .iter()
        .filter_map(|file| text(file.get("path")?))
        .collect();
    files.sort();
    Ok(Tarball {
        path: folder.join(name),
        files,
    })
}

/// Installs a tarball as a user would, in an empty folder that it gives.
pub fn install(tarball: &Tarball) -> Result<PathBuf> {
    let folder = empty("var/installed")?;
    fs::write(
        folder.join("package.json"),
        r#"{ "private": true, "type": "module" }"#,
    )?;
    let mut npm = npm::npm();
    npm.args([
        "install",
        "--offline",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]);
    shell::quiet(npm.arg(&tarball.path).current_dir(&folder))?;
    Ok(folder)
}

fn empty(folder: &str) -> Result<PathBuf> {
    let path = shell::root().join(folder);
    if path.exists() {
        fs::remove_dir_all(&path)?;
    }
    fs::create_dir_all(&path)?;
    Ok(path)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in shell::files(from)? {
        let target = to.join(&file);
        target.parent().map(fs::create_dir_all).transpose()?;
        fs::copy(from.join(file), target)?;
    }
    Ok(())
}

/// The version is the workspace's, written in one place.
fn stamp(path: &Path) -> Result<()> {
    const PLACE: &str = r#""version": "0.0.0""#;
    let text = fs::read_to_string(path)?;
    ensure!(
        text.matches(PLACE).count() == 1,
        "{} has no {PLACE}",
        path.display()
    );
    let version = format!(r#""version": "{}""#, env!("CARGO_PKG_VERSION"));
    Ok(fs::write(path, text.replace(PLACE, &version))?)
}

/// Writes a module into the JavaScript that carries it, gzipped and in base64: 0.5 % more to
/// download than the file, and no bundler or host has to know what a .wasm file is.
fn inline(module: &Path, script: &Path) -> Result<Size> {
    let module = fs::read(module)?;
    let mut gzipped = Vec::new();
    zopfli::compress(
        zopfli::Options::default(),
        zopfli::Format::Gzip,
        Cursor::new(&module),
        &mut gzipped,
    )?;
    let text = BASE64_STANDARD.encode(&gzipped);
    let note = "/** The WebAssembly module, gzipped and in base64. */";
    fs::write(script, format!("{note}\nexport const wasm = '{text}'\n"))?;
    Ok(Size {
        raw: module.len(),
        gzipped: gzipped.len(),
    })
}
