//! The names of imports and exports between the glue and the WebAssembly.
//!
//! Those of wasm-bindgen are long and end in a hash, and a page downloads each of them twice. `wasm-opt` shortens
//! and reports them, and esbuild shortens them in the glue.

use std::collections::BTreeMap;
use std::str::FromStr;

use anyhow::{Context, Error, Result, bail, ensure};
use serde::Deserialize;

/// The module that wasm-bindgen imports its own functions from.
pub const LONG_MODULE: &str = "./glue_bg.js";

/// What `wasm-opt` calls that module, as it calls every one.
pub const SHORT_MODULE: &str = "a";

/// What the pass `minify-imports-and-exports-and-modules` of `wasm-opt` reports.
#[derive(Deserialize)]
struct Report {
    /// Module, long name, short name.
    imports: Vec<[String; 3]>,
    /// Long name, short name.
    exports: Vec<[String; 2]>,
}

/// The short names.
#[derive(Debug)]
pub struct Names {
    /// Each by its long name.
    pub short: BTreeMap<String, String>,
    /// The functions that Rust exports, by their long names.
    pub functions: Vec<String>,
}

impl FromStr for Names {
    type Err = Error;

    fn from_str(report: &str) -> Result<Self> {
        let Report { imports, exports } =
            serde_json::from_str(report).context("the report of wasm-opt")?;
        let functions = exports.iter().map(|[name, _]| name);
        // Names with `__` and the memory are wasm-bindgen's own.
        let functions = functions.filter(|name| !name.contains("__") && *name != "memory");
        let functions = functions.cloned().collect();

        let mut short = BTreeMap::new();
        for [module, long, name] in imports {
            ensure!(
                module == LONG_MODULE,
                "the WebAssembly imports `{long}` from {module}: bind it through a namespace, \
                 `#[wasm_bindgen(js_namespace = …)]`"
            );
            short.insert(long, name);
        }
        for [long, name] in exports {
            if let Some(other) = short.insert(long.clone(), name) {
                bail!("`{long}` is exported and imported, the latter as {other}");
            }
        }
        Ok(Self { short, functions })
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    fn names(report: &str) -> Result<Names, String> {
        report
            .parse()
            .map_err(|error: anyhow::Error| error.to_string())
    }

    #[test]
    fn reads_the_names_of_both_directions() {
        let report = r#"{
            "imports": [["./glue_bg.js", "__wbg_now_463ac581d2fc7ea3", "b"]],
            "exports": [["memory", "c"], ["pinAll", "d"], ["__wbindgen_malloc", "e"]]
        }"#;
        let names = names(report).expect("a report");
        assert_eq!(names.functions, ["pinAll"]);
        assert_eq!(names.short["__wbg_now_463ac581d2fc7ea3"], "b");
        assert_eq!(names.short["__wbindgen_malloc"], "e");
        assert_eq!(names.short.len(), 4);
    }

    #[test]
    fn rejects_an_import_from_another_module() {
        let report = r#"{ "imports": [["../timer.js", "start", "b"]], "exports": [] }"#;
        let message = names(report).expect_err("another module");
        assert!(message.contains("imports `start` from ../timer.js: bind it through a namespace"));
    }

    #[test]
    fn rejects_a_name_of_both_directions() {
        let report = r#"{ "imports": [["./glue_bg.js", "x", "b"]], "exports": [["x", "c"]] }"#;
        let message = names(report).expect_err("two short names");
        assert_eq!(message, "`x` is exported and imported, the latter as b");
    }
}
