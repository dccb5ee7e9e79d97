//! The words of the project: its glossary, and spelling.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::{npm, sh};

/// Words that the project does not use, with those that it uses instead.
const GLOSSARY: &[(&str, &str)] = &[
    ("told", "called with, reported"),
    ("of another make", "polyfilled, non-native"),
    ("made again", "retried"),
    ("the host", "the runtime, or the hostname"),
    ("became of", "the outcome, whether you were charged"),
    ("the money", "whether you were charged"),
    ("struck out", "redacted"),
    ("veil", "redact"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("beside", "while, next to, in addition to, compared with"),
    ("by itself", "automatically, alone"),
    ("by themselves", "automatically, alone"),
    ("of ours", "our, of this package"),
    ("so many", "n, this many"),
    ("is no number", "is not a number"),
    ("is no receipt", "is not a receipt"),
    ("is no text", "is not text"),
    ("is no cid", "is not a CID"),
];

/// Files that still have such words.
const LATER: &[&str] = &[
    "pkg-template/cli/lock-owner.js",
    "tests/pack/browsers.js",
    "tests/pack/environments.js",
    "tests/pack/next.js",
    "tests/pack/pages.js",
    "tests/pack/programs/report.js",
    "tests/page/refusals.test.js",
    "www/gateway/content.js",
    "www/gateway/store.js",
    "www/page/index.html",
    "www/page/ui/messages.js",
];

/// The folders whose texts are checked, in addition to the pages at the top.
const FOLDERS: &[&str] = &["src", "pkg-template", "www", "tests", "xtask/src"];

/// The endings of files with texts.
const KINDS: &[&str] = &["css", "html", "js", "md", "rs", "ts"];

/// Checks the words, and then their spelling.
pub fn check() -> Result<()> {
    sh::step("the words of the glossary");
    let mut found = Vec::new();
    for path in files()? {
        let name = path.display().to_string().replace('\\', "/");
        if !LATER.contains(&name.as_str()) && name != "xtask/src/check/words.rs" {
            let text = fs::read_to_string(sh::root().join(path))?;
            found.extend(wrong(&text).map(|line| format!("{name}:{line}")));
        }
    }
    ensure!(
        found.is_empty(),
        "not in the words of the project (GLOSSARY of xtask/src/check/words.rs):\n  {}",
        found.join("\n  ")
    );
    spelling()
}

/// Words that are right but unknown belong into `xtask/words.txt`.
fn spelling() -> Result<()> {
    sh::step("cspell, with the words of xtask/words.txt");
    let arguments = ["lint", "--config", "xtask/cspell.json"];
    let more = ["--no-progress", "--no-summary", "--unique", "--cache"];
    let cache = ["--cache-location", "var/cspell"];
    sh::quiet(npm::tool("cspell").args(arguments).args(more).args(cache))
}

fn files() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in sh::root().read_dir()? {
        files.push(PathBuf::from(entry?.file_name()));
    }
    files.retain(|path| path.extension().is_some_and(|kind| kind == "md"));
    for folder in FOLDERS {
        let inner = sh::files(&sh::root().join(folder))?;
        files.extend(inner.iter().map(|file| Path::new(folder).join(file)));
    }
    let is_text = |path: &PathBuf| {
        let kind = path.extension().and_then(|kind| kind.to_str());
        kind.is_some_and(|kind| KINDS.contains(&kind))
    };
    files.retain(|path| is_text(path) && !path.starts_with("tests/pack/projects"));
    Ok(files)
}

/// The lines with words that are not used, each with its number and the right words.
fn wrong(text: &str) -> impl Iterator<Item = String> {
    let lines = (1..).zip(text.lines());
    lines.flat_map(|(number, line)| {
        let lower = line.to_lowercase();
        let found = GLOSSARY.iter().filter(move |(word, _)| has(&lower, word));
        found.map(move |(word, right)| format!("{number}: `{word}` is: {right}"))
    })
}

/// Whether a line has a word as a whole.
fn has(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        ![before, after]
            .into_iter()
            .flatten()
            .any(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::wrong;

    #[test]
    fn finds_whole_words_in_any_case() {
        let found: Vec<_> = wrong("It is\nBeside it\nthe hostname").collect();
        let expected = "2: `beside` is: while, next to, in addition to, compared with";
        assert_eq!(found, [expected]);
    }

    #[test]
    fn finds_several_words_of_a_line() {
        assert_eq!(wrong("the host is told").count(), 2);
    }
}
