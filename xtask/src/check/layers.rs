//! The layers of `src/`: modules import only from lower layers.
//!
//! A module here is a folder of `src/`, or a file in it.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Result, ensure};

use super::graph;
use super::modules::imports;
use crate::sh;

/// The layers from top to bottom. Files import from their own module and from lower layers.
const LAYERS: &[&[&str]] = &[
    &["lib"],
    &["api"],
    &["order", "gateway"],
    &["verify", "http"],
    &["source"],
    &["call"],
    &["error"],
    &["js"],
    &["unixfs"],
    &["cid"],
    &["text"],
];

/// Checks `src/`.
pub fn check() -> Result<()> {
    sh::step("the layers of src/");
    let folder = sh::root().join("src");
    let mut files = Vec::new();
    for file in sh::files(&folder)? {
        if file.extension().is_none_or(|kind| kind != "rs") {
            continue;
        }
        let source = fs::read_to_string(folder.join(&file))?;
        files.push((file.display().to_string().replace('\\', "/"), source));
    }
    check_files(&files)
}

/// Checks files, each a path below `src/` and its source.
fn check_files(files: &[(String, String)]) -> Result<()> {
    let graph = imports(files)?;
    let modules: BTreeSet<_> = graph.keys().map(|file| module(file)).collect();
    let unknown = modules.iter().filter(|module| layer(module).is_none());
    let mut wrong: Vec<_> = unknown
        .map(|module| format!("`{module}` is in no layer"))
        .collect();
    for (from, others) in &graph {
        for to in others {
            let (above, below) = (module(from), module(to));
            if above != below && layer(above).zip(layer(below)).is_some_and(|(a, b)| a >= b) {
                wrong.push(format!(
                    "{from} imports {to}: `{below}` is not below `{above}`"
                ));
            }
        }
    }
    // Only the first: others often follow from it.
    wrong.extend(graph::circle(&graph).map(|circle| format!("a circle: {circle}")));
    ensure!(
        wrong.is_empty(),
        "against LAYERS of xtask/src/check/layers.rs:\n  {}",
        wrong.join("\n  ")
    );
    Ok(())
}

fn module(file: &str) -> &str {
    let (module, _) = file.split_once('/').unwrap_or((file, ""));
    module.trim_end_matches(".rs")
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|modules| modules.contains(&module))
}

#[cfg(test)]
mod tests {
    use super::check_files;

    /// A small library in order, and one more file.
    fn check(path: &str, source: &str) -> Result<(), String> {
        let files = [
            (
                "lib.rs",
                "mod http; mod order; mod text; pub use order::submit;",
            ),
            (
                "order/mod.rs",
                "mod retry; pub use retry::wait; use crate::http::send;",
            ),
            (
                "order/retry.rs",
                "use crate::text::concat; fn f() { crate::http::send() }",
            ),
            ("http/mod.rs", "mod fetch; pub use fetch::send;"),
            ("http/fetch.rs", "use web_sys::Request;"),
            ("text.rs", "pub fn concat() {}"),
        ];
        let files = files.iter().filter(|file| file.0 != path);
        let mut files: Vec<(String, String)> = files
            .map(|(path, source)| ((*path).into(), (*source).into()))
            .collect();
        files.push((path.into(), source.into()));
        check_files(&files).map_err(|error| error.to_string())
    }

    #[test]
    fn accepts_imports_from_below() {
        let source = "use crate::text::concat; pub(crate) struct Cid;";
        assert_eq!(check("cid/mod.rs", source), Ok(()));
    }

    #[test]
    fn rejects_an_import_from_above() {
        for source in [
            "use crate::order::wait;",
            "use crate::{http::send, order::{wait as pause}};",
            "fn f() { crate::order::wait() }",
            "fn f() { super::super::order::wait() }",
            "fn f() { debug_assert!(crate::order::wait()) }",
            // By way of the root.
            "use crate::submit; use crate::order::wait;",
        ] {
            let message = check("http/fetch.rs", source).expect_err(source);
            let expected = "http/fetch.rs imports order/retry.rs: `order` is not below `http`";
            assert!(message.contains(expected), "{source}: {message}");
        }
        let message = check("text.rs", "use crate::order::Order;").expect_err("from above");
        assert!(
            message.contains("text.rs imports order/mod.rs"),
            "{message}"
        );
    }

    #[test]
    fn rejects_an_import_from_the_same_layer() {
        check("gateway.rs", "use crate::order::wait;").expect_err("the same layer");
    }

    #[test]
    fn rejects_a_module_that_it_does_not_know() {
        let message = check("image.rs", "use crate::text::concat;").expect_err("no layer");
        assert!(message.ends_with("`image` is in no layer"), "{message}");
    }

    #[test]
    fn rejects_a_circle_of_files() {
        let message = check("http/fetch.rs", "use super::Request;").expect_err("a circle");
        let expected = "a circle: http/fetch.rs → http/mod.rs → http/fetch.rs";
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn follows_what_a_parent_only_passes_on() {
        let parent = "mod body; mod fetch; pub use body::Body; pub use fetch::send;";
        let fetch = "use super::Body; use super::body::Kind;";
        let body = "pub struct Body; pub enum Kind {}";
        let files = [
            ("lib.rs", "mod http;"),
            ("http/mod.rs", parent),
            ("http/fetch.rs", fetch),
            ("http/body.rs", body),
        ];
        let files = files.map(|(path, source)| (path.to_owned(), source.to_owned()));
        check_files(&files).expect("no circle");
    }

    #[test]
    fn leaves_tests_alone() {
        let source = "#[cfg(test)] mod tests { use super::*; use crate::order::wait; }";
        assert_eq!(check("http/fetch.rs", source), Ok(()));
    }
}
