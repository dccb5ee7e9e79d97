//! The arrows of `src/`: its imports run one way, from room to room.
//!
//! A room is a folder of `src/`, or a file in it.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Result, ensure};

use super::graph;
use super::modules::imports;
use crate::sh;

/// The rooms from top to bottom. Files import from their own room and from the floors below.
const FLOORS: &[&[&str]] = &[
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
    sh::step("the arrows of src/");
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
    let rooms: BTreeSet<_> = graph.keys().map(|file| room(file)).collect();
    let unknown = rooms.iter().filter(|room| floor(room).is_none());
    let mut wrong: Vec<_> = unknown
        .map(|room| format!("no floor has `{room}`"))
        .collect();
    for (from, others) in &graph {
        for to in others {
            let (above, below) = (room(from), room(to));
            if above != below && floor(above).zip(floor(below)).is_some_and(|(a, b)| a >= b) {
                wrong.push(format!(
                    "{from} imports {to}: `{below}` is not below `{above}`"
                ));
            }
        }
    }
    // One at a time: most others follow from it.
    wrong.extend(graph::circle(&graph).map(|circle| format!("a circle: {circle}")));
    ensure!(
        wrong.is_empty(),
        "against FLOORS of xtask/src/check/rooms.rs:\n  {}",
        wrong.join("\n  ")
    );
    Ok(())
}

fn room(file: &str) -> &str {
    let (room, _) = file.split_once('/').unwrap_or((file, ""));
    room.trim_end_matches(".rs")
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

#[cfg(test)]
mod tests {
    use super::check_files;

    /// A small house in order, and one more file.
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
    fn rejects_an_import_from_the_same_floor() {
        check("gateway.rs", "use crate::order::wait;").expect_err("the same floor");
    }

    #[test]
    fn rejects_a_room_that_it_does_not_know() {
        let message = check("attic.rs", "use crate::text::concat;").expect_err("no room");
        assert!(message.ends_with("no floor has `attic`"), "{message}");
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
