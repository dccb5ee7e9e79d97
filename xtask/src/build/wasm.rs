//! The library as WebAssembly: compiled, and made small.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use walrus::{FunctionBuilder, FunctionKind, Module, ValType};
use wasm_bindgen_cli_support::Bindgen;

use crate::doctor::TARGET;
use crate::{npm, sh};

/// Compiles the library with these features and gives the file's path.
pub fn compile(features: &str) -> Result<PathBuf> {
    sh::step("compile the library to WebAssembly");
    let mut cargo = sh::cargo(&["build", "--release", "--package", "numbers-pin", "--lib"]);
    cargo.args(["--target", TARGET, "--features", features]);
    cargo
        .arg("--message-format=json-render-diagnostics")
        .arg("--config")
        .arg(short_paths()?);
    cargo.stderr(std::process::Stdio::inherit());

    let messages = sh::read(&mut cargo)?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| message.get("filenames").cloned())
        .flat_map(|files| files.as_array().cloned().unwrap_or_default())
        .filter_map(|file| file.as_str().map(PathBuf::from))
        .rfind(|file| file.extension() == Some("wasm".as_ref()))
        .context("cargo built no .wasm file")
}

/// Without this the module names the folders of whoever built it, in the texts of its panics.
fn short_paths() -> Result<String> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let sources = home
        .context("this machine has no home folder")?
        .join("registry/src");
    let mut flags = Vec::new();
    for entry in sources
        .read_dir()
        .with_context(|| sources.display().to_string())?
    {
        flags.push(format!("--remap-path-prefix={}=.", entry?.path().display()));
    }
    Ok(format!("target.{TARGET}.rustflags={flags:?}"))
}

/// Writes `glue.js` and `glue_bg.wasm` for a compiled library into a folder.
pub fn bind(library: &Path, folder: &Path) -> Result<()> {
    sh::step("wasm-bindgen");
    let mut module = Module::from_file(library)?;
    remove_formatting(&mut module)?;
    Bindgen::new()
        .input_module("glue", module)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
}

/// Empties the functions of `core::fmt`. Only panics of the standard library format anything, such as an
/// index into their message; nothing is left of that but where they were. `wasm-snip` made this
/// technique known, and it makes the module 3 % smaller.
fn remove_formatting(module: &mut Module) -> Result<()> {
    let is_formatting = |name: &str| name.contains("4core3fmt") && !name.contains("5Write");
    let functions = module.funcs.iter();
    let formatting: Vec<_> = functions
        .filter(|function| function.name.as_deref().is_some_and(is_formatting))
        .map(|function| (function.id(), function.ty()))
        .collect();
    ensure!(!formatting.is_empty(), "core::fmt has other names now");
    for (id, kind) in formatting {
        let (parameters, results) = module.types.params_results(kind);
        let (parameters, results) = (parameters.to_vec(), results.to_vec());
        let mut empty = FunctionBuilder::new(&mut module.types, &parameters, &results);
        match *results {
            [] => {}
            // `Ok(())`.
            [ValType::I32] => drop(empty.func_body().i32_const(0)),
            _ => drop(empty.func_body().unreachable()),
        }
        let parameters = parameters.iter().map(|kind| module.locals.add(*kind));
        let empty = empty.local_func(parameters.collect());
        module.funcs.get_mut(id).kind = FunctionKind::Local(empty);
    }
    Ok(())
}

/// Runs `wasm-opt` on a module and gives its report of the names that it made short. It reads from
/// the module which features rustc used, and keeps to them: every host that runs what rustc wrote
/// runs the result.
pub fn shrink(from: &Path, to: &Path) -> Result<String> {
    const PASSES: [&str; 12] = [
        // The stack comes first in memory, and nothing ever lies at its far end.
        "--low-memory-unused",
        // A large function that is called once repeats less than if it is inlined, so that it
        // is packed better.
        "--one-caller-inline-max-function-size",
        "20",
        // Control flow made anew is plainer than what LLVM and one round of the rest leave of it.
        "--flatten",
        "--rereloop",
        // One round makes room for another.
        "-Oz",
        "-Oz",
        // How memory is aligned is a hint, which engines ignore and which is packed badly.
        "--dealign",
        "--minify-imports-and-exports-and-modules",
        "--strip-debug",
        "--strip-producers",
        "--strip-target-features",
    ];
    sh::step("wasm-opt -Oz");
    let mut wasm_opt = npm::tool("wasm-opt");
    wasm_opt.args(PASSES).arg(from).arg("--output").arg(to);
    sh::read(&mut wasm_opt)
}
