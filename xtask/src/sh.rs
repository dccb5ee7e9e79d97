//! Running programs.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Error, Result, anyhow, bail};
use serde_json::Value;

/// The workspace's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// A program that runs in the workspace's folder.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// The cargo that runs this.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = program(env::var_os("CARGO").unwrap_or("cargo".into()));
    command.args(arguments);
    command
}

/// Prints a step to standard error.
pub fn step(what: &str) {
    eprintln!("→ {what}");
}

/// Runs a program and shows its output.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .map_err(|error| not_started(command, error))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a program and shows its output if it fails.
pub fn quiet(command: &mut Command) -> Result<()> {
    let output = capture(command)?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stdout));
    }
    finished(command, &output)
}

/// Runs a program and returns its standard output.
pub fn read(command: &mut Command) -> Result<String> {
    let output = capture(command)?;
    finished(command, &output)?;
    String::from_utf8(output.stdout).with_context(|| format!("what `{}` wrote", line(command)))
}

/// The output of `cargo metadata`.
pub fn metadata(arguments: &[&str]) -> Result<Value> {
    let mut cargo = cargo(&["metadata", "--format-version=1"]);
    Ok(serde_json::from_str(&read(cargo.args(arguments))?)?)
}

/// An empty folder at this path below the workspace.
pub fn empty(folder: &str) -> Result<PathBuf> {
    let path = root().join(folder);
    if path.exists() {
        fs::remove_dir_all(&path)?;
    }
    fs::create_dir_all(&path)?;
    Ok(path)
}

/// The files below a folder, sorted, as paths below it, without those of installed packages.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        let path = folder.join(&inner);
        for entry in path
            .read_dir()
            .with_context(|| path.display().to_string())?
        {
            let entry = entry?;
            if entry.file_name() == "node_modules" {
                continue;
            }
            let kind = if entry.file_type()?.is_dir() {
                &mut folders
            } else {
                &mut found
            };
            kind.push(inner.join(entry.file_name()));
        }
    }
    found.sort();
    Ok(found)
}

fn capture(command: &mut Command) -> Result<Output> {
    command
        .output()
        .map_err(|error| not_started(command, error))
}

fn finished(command: &Command, output: &Output) -> Result<()> {
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        bail!("`{}` failed ({})", line(command), output.status);
    }
    Ok(())
}

fn not_started(command: &Command, error: std::io::Error) -> Error {
    let name = command.get_program().to_string_lossy();
    match error.kind() {
        ErrorKind::NotFound => anyhow!("there is no `{name}` on this machine's PATH"),
        _ => anyhow!("`{name}` could not be started: {error}"),
    }
}

fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name();
    let words = program.into_iter().chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}
