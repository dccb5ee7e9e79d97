//! The layers of the JavaScript: what each folder may import.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, ensure};

use super::graph::{self, Graph};
use crate::sh;

/// What folders and files may import, except packages. The longest match counts. A folder may import itself.
const RULES: &[(&str, &[&str])] = &[
    ("pkg-template/index.js", &["pkg-template/runtime"]),
    ("pkg-template/runtime", &[]),
    ("pkg-template/cli", &["pkg-template/index.js"]),
    (
        "pkg-template/relay",
        &[
            "pkg-template/runtime/error.js",
            "pkg-template/runtime/redact.js",
        ],
    ),
    ("www/gateway", &[]),
    ("www/page/main.js", &["www/page"]),
    ("www/page/ui", &["www/page/pins", "www/page/lib"]),
    ("www/page/pins", &["www/page/lib"]),
    ("www/page/lib", &[]),
    ("tests/support", &["www/gateway"]),
    (
        "tests/cli",
        &["pkg-template/cli", "tests/support", "www/gateway"],
    ),
];

/// What all suites of tests may import.
const FOR_TESTS: &[&str] = &["tests/support", "www"];

/// Checks the folders with JavaScript, except generated and installed files.
pub fn check() -> Result<()> {
    sh::step("the layers of the JavaScript");
    check_files(&sources()?)
}

/// Which file imports which.
pub fn graph() -> Result<Graph> {
    Ok(graph_of(&sources()?))
}

/// The paths of all scripts, and their sources.
fn sources() -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for folder in ["pkg-template", "www", "tests"] {
        for file in sh::files(&sh::root().join(folder))? {
            let path = Path::new(folder).join(file);
            let is_script = path.extension().is_some_and(|kind| kind == "js");
            if is_script && !path.starts_with("tests/pack/projects") {
                let source = fs::read_to_string(sh::root().join(&path))?;
                files.push((path.display().to_string().replace('\\', "/"), source));
            }
        }
    }
    Ok(files)
}

/// Checks files, each a path and its source.
fn check_files(files: &[(String, String)]) -> Result<()> {
    let graph = graph_of(files);
    let arrows = graph
        .iter()
        .flat_map(|(from, to)| to.iter().map(move |to| (from, to)));
    let wrong = arrows.filter(|(from, to)| !may_import(from, to));
    let mut wrong: Vec<_> = wrong
        .map(|(from, to)| format!("{from} imports {to}"))
        .collect();
    wrong.extend(graph::circle(&graph).map(|circle| format!("a circle: {circle}")));
    ensure!(
        wrong.is_empty(),
        "against RULES of xtask/src/check/scripts.rs:\n  {}",
        wrong.join("\n  ")
    );
    Ok(())
}

fn graph_of(files: &[(String, String)]) -> Graph {
    let known: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let mut graph = Graph::new();
    for (path, source) in files {
        let paths = specifiers(source).filter_map(|specifier| resolve(path, specifier));
        let imported = paths.filter(|target| known.contains(target.as_str()));
        graph.insert(path.clone(), imported.collect());
    }
    graph
}

/// The specifiers of static and dynamic imports. Comments may have types with `import()`.
fn specifiers(source: &str) -> impl Iterator<Item = &str> {
    let lines = source.lines().map(str::trim_start);
    let code = lines.filter(|line| !["*", "/*", "//"].iter().any(|mark| line.starts_with(mark)));
    code.flat_map(|line| {
        let after = ["from '", "import '", "import('"]
            .iter()
            .flat_map(|mark| line.split(mark).skip(1));
        after.filter_map(|rest| rest.split('\'').next())
    })
}

/// The path of a specifier in a file; `None` for a package.
fn resolve(file: &str, specifier: &str) -> Option<String> {
    // Pages of the tests import by absolute paths, which are those of the repository.
    if let Some(path) = specifier.strip_prefix('/') {
        return Some(path.to_owned());
    }
    if !specifier.starts_with('.') {
        return None;
    }
    let mut path = PathBuf::new();
    for part in Path::new(file).parent()?.join(specifier).components() {
        match part {
            Component::Normal(name) => path.push(name),
            Component::ParentDir => drop(path.pop()),
            _ => {}
        }
    }
    Some(path.display().to_string().replace('\\', "/"))
}

fn may_import(from: &str, to: &str) -> bool {
    let rules = RULES.iter().filter(|(folder, _)| is_in(from, folder));
    if let Some((folder, others)) = rules.max_by_key(|(folder, _)| folder.len()) {
        return is_in(to, folder) || others.iter().any(|other| is_in(to, other));
    }
    let mut parts = from.split('/');
    match (parts.next(), parts.next()) {
        (Some("tests"), Some(suite)) => {
            is_in(to, &format!("tests/{suite}")) || FOR_TESTS.iter().any(|other| is_in(to, other))
        }
        _ => false,
    }
}

fn is_in(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::check_files;

    fn check(files: &[(&str, &str)]) -> Result<(), String> {
        let files: Vec<_> = files
            .iter()
            .map(|(path, source)| ((*path).to_owned(), (*source).to_owned()))
            .collect();
        check_files(&files).map_err(|error| error.to_string())
    }

    #[test]
    fn accepts_what_the_rules_allow() {
        let files = [
            (
                "pkg-template/index.js",
                "import { call } from './runtime/load.js'",
            ),
            ("pkg-template/runtime/load.js", "import fs from 'node:fs'"),
            (
                "pkg-template/cli/index.js",
                "const { pin } = await import('../index.js')",
            ),
            (
                "www/page/ui/card.js",
                "export {\n  add,\n} from '../pins/queue.js'",
            ),
            ("www/page/pins/queue.js", "import './duplicates.js'"),
            ("www/page/pins/duplicates.js", ""),
            (
                "tests/node/pin.test.js",
                "import { serve } from '../support/server.js'",
            ),
            ("tests/support/server.js", ""),
        ];
        assert_eq!(check(&files), Ok(()));
    }

    #[test]
    fn rejects_an_arrow_back_up() {
        for (from, source, to) in [
            (
                "pkg-template/runtime/load.js",
                "import '../index.js'",
                "pkg-template/index.js",
            ),
            (
                "pkg-template/relay/index.js",
                "import '../index.js'",
                "pkg-template/index.js",
            ),
            (
                "www/page/lib/size.js",
                "import x from '../ui/card.js'",
                "www/page/ui/card.js",
            ),
            (
                "www/gateway/pin.js",
                "await import('../page/main.js')",
                "www/page/main.js",
            ),
            (
                "tests/node/a.test.js",
                "import '../proof/dag.js'",
                "tests/proof/dag.js",
            ),
            (
                "tests/node/b.test.js",
                "await import('/tests/proof/dag.js')",
                "tests/proof/dag.js",
            ),
            (
                "tests/node/c.test.js",
                "import '../browser.js'",
                "tests/browser.js",
            ),
        ] {
            let message = check(&[(from, source), (to, "")]).expect_err(from);
            assert!(
                message.ends_with(&format!("{from} imports {to}")),
                "{message}"
            );
        }
    }

    #[test]
    fn rejects_a_circle() {
        let files = [
            ("www/page/ui/a.js", "import './b.js'"),
            ("www/page/ui/b.js", "import './a.js'"),
        ];
        let message = check(&files).expect_err("a circle");
        let expected = "a circle: www/page/ui/a.js → www/page/ui/b.js → www/page/ui/a.js";
        assert!(message.ends_with(expected), "{message}");
    }

    #[test]
    fn reads_no_types_in_comments() {
        let source = "/**\n * @param {import('../ui/card.js').Card} card\n */";
        let files = [
            ("www/page/lib/size.js", source),
            ("www/page/ui/card.js", ""),
        ];
        assert_eq!(check(&files), Ok(()));
    }
}
