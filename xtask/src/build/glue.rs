//! `wasm/glue.js`: the JavaScript between `runtime/` and the WebAssembly.
//!
//! wasm-bindgen generates it for one instance. Here it becomes a function that evaluates it again, so that each
//! instance has its own glue, also after a panic. Rust binds the files of `runtime/` as namespaces, which are free
//! identifiers in the generated code.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use super::names::{LONG_MODULE, Names, SHORT_MODULE};
use crate::{npm, sh};

/// The generated functions that `runtime/instance.js` starts an instance with.
const IMPORTS: &str = "__wbg_get_imports";
const FINISH: &str = "__wbg_finalize_init";

/// Converts the generated glue to a module whose `create()` returns the parts for one instance.
pub fn factory(folder: &Path, names: &Names) -> Result<String> {
    let imports = imports()?;
    let glue = evaluated(folder, names)?;
    Ok(format!(
        "{imports}\n/** Evaluates the glue of one instance. */\n\
         export function create() {{\nlet glue;\n{glue}return glue;\n}}\n"
    ))
}

/// One line for each file of `runtime/` that a Rust file of the same name binds.
fn imports() -> Result<String> {
    let rust = sh::files(&sh::root().join("src"))?;
    let rust: Vec<_> = rust.iter().filter_map(|file| file.file_stem()).collect();
    let mut lines = "import { queueMicrotask } from '../runtime/microtask.js'\n\
         import { TextDecoder, TextEncoder } from '../runtime/quirks.js'\n"
        .to_owned();
    for script in sh::files(&sh::root().join("pkg-template/runtime"))? {
        let name = script.file_stem().filter(|name| rust.contains(name));
        if let Some(name) = name.map(OsStr::display) {
            lines += &format!("import * as {name} from '../runtime/{name}.js'\n");
        }
    }
    Ok(lines)
}

/// The generated glue as a statement that assigns its parts to `glue`, with the short names.
fn evaluated(folder: &Path, names: &Names) -> Result<String> {
    let glue = folder.join("glue.js");
    let generated = fs::read_to_string(&glue)?;
    fs::write(glue, generated.clone() + &parts(&generated, names)?)?;
    // A separate entry: esbuild keeps all exports of an entry.
    fs::write(folder.join("entry.js"), "import './glue.js'\n")?;
    let cache = serde_json::to_string(&names.short)?;
    fs::write(folder.join("names.json"), cache)?;
    let long: Vec<_> = names.short.keys().map(String::as_str).collect();

    let mut esbuild = npm::tool("esbuild");
    esbuild
        .args(["entry.js", "--bundle", "--format=iife", "--target=esnext"])
        .args(["--log-level=warning", "--mangle-cache=names.json"])
        .arg(format!("--mangle-props=^({})$", long.join("|")));
    // Runs in that folder, because esbuild writes the path into a comment.
    sh::read(esbuild.current_dir(folder))
}

/// The line that is appended to the generated glue. Quoted keys keep their names.
fn parts(generated: &str, names: &Names) -> Result<String> {
    for name in [IMPORTS, FINISH] {
        ensure!(
            generated.contains(&format!("function {name}(")),
            "the glue of wasm-bindgen {} declares no function `{name}`",
            wasm_bindgen_shared::version()
        );
    }
    let functions = names.functions.iter();
    let functions: String = functions
        .map(|name| format!(", '{name}': {name}"))
        .collect();
    Ok(format!(
        "glue = {{ 'imports': () => ({{ '{SHORT_MODULE}': {IMPORTS}()['{LONG_MODULE}'] }}), \
         'finish': {FINISH}{functions} }};\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn names_the_version_whose_glue_lacks_a_function() {
        let names = r#"{ "imports": [], "exports": [["pin", "b"]] }"#
            .parse()
            .expect("names");
        let glue = "function __wbg_get_imports() {}\nfunction __wbg_finalize_init(instance) {}\n";
        let line = parts(glue, &names).expect("both functions");
        assert!(line.ends_with(", 'finish': __wbg_finalize_init, 'pin': pin };\n"));
        let error = parts("", &names).expect_err("no function").to_string();
        assert!(error.starts_with("the glue of wasm-bindgen 0."), "{error}");
    }
}
