//! What the commands say on a machine that lacks something.

#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

const NODE: (&str, &str) = ("node", "echo v20.19.0");
const NPM: (&str, &str) = ("npm", "echo 10.8.2");
const RUSTC: (&str, &str) = ("rustc", "echo /nonexistent");

/// What `cargo xtask build` says on a machine that has only these programs, each a shell script.
fn build(machine: &str, programs: &[(&str, &str)]) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(machine);
    fs::create_dir_all(&folder).unwrap();
    for (name, script) in programs {
        let path = folder.join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let mut xtask = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = xtask.arg("build").env("PATH", &folder).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn no_node() {
    let said = build("no-node", &[]);
    let expected = "build: install Node 20.19 or newer, with npm: there is no `node` on this \
                    machine's PATH\n";
    assert_eq!(said, expected);
}

#[test]
fn an_old_node() {
    let said = build("old-node", &[("node", "echo v20.18.3"), NPM]);
    let expected = "build: install Node 20.19 or newer, with npm: `node` is v20.18.3 here\n";
    assert_eq!(said, expected);
}

#[test]
fn no_npm() {
    let said = build("no-npm", &[NODE]);
    assert!(
        said.ends_with("with npm: there is no `npm` on this machine's PATH\n"),
        "{said}"
    );
}

#[test]
fn no_rustup() {
    let said = build("no-rustup", &[NODE, NPM, RUSTC]);
    let expected = "build: install Rust by rustup, to have its target wasm32-unknown-unknown: \
                    there is no `rustup` on this machine's PATH\n";
    assert!(said.ends_with(expected), "{said}");
}

#[test]
fn a_missing_target_is_added_by_rustup() {
    let rustup = ("rustup", r#"echo "rustup was asked: $*" >&2; exit 1"#);
    let said = build("no-target", &[NODE, NPM, RUSTC, rustup]);
    assert!(
        said.contains("rustup was asked: target add wasm32-unknown-unknown\n"),
        "{said}"
    );
}
