//! The words of the project: its glossary, and spelling.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::{npm, sh};

/// Words that the project does not use, one a line: `word: what it uses instead`. The words of a phrase are
/// joined by `_`, so that a search for the phrase does not find this list.
const GLOSSARY: &str = "xtask/glossary.txt";

/// The folders whose texts are checked, in addition to the pages at the top.
const FOLDERS: &[&str] = &["src", "pkg-template", "www", "tests", "xtask/src"];

/// The endings of files with texts.
const KINDS: &[&str] = &["css", "html", "js", "md", "rs", "ts"];

/// Checks the words, and then their spelling.
pub fn check() -> Result<()> {
    sh::step("the words of the glossary");
    let glossary = fs::read_to_string(sh::root().join(GLOSSARY))?;
    let glossary = glossary.replace('_', " ");
    let mut found = Vec::new();
    for path in files()? {
        let name = path.display().to_string().replace('\\', "/");
        let text = fs::read_to_string(sh::root().join(path))?;
        found.extend(wrong(&text, &glossary).map(|line| format!("{name}:{line}")));
    }
    ensure!(
        found.is_empty(),
        "not in the words of the project ({GLOSSARY}):\n  {}",
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
fn wrong(text: &str, glossary: &str) -> impl Iterator<Item = String> {
    let lines = (1..).zip(text.lines());
    lines.flat_map(move |(number, line)| {
        let lower = line.to_lowercase();
        let entries = glossary.lines().filter_map(|entry| entry.split_once(": "));
        let found = entries.filter(move |(word, _)| has(&lower, word));
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

    const GLOSSARY: &str = "colour: color\nred car: vehicle\n";

    #[test]
    fn finds_whole_words_in_any_case() {
        let text = "It is\nColour it\ncolourful";
        let found: Vec<_> = wrong(text, GLOSSARY).collect();
        assert_eq!(found, ["2: `colour` is: color"]);
    }

    #[test]
    fn finds_several_words_of_a_line() {
        assert_eq!(wrong("the red car's colour", GLOSSARY).count(), 2);
    }
}
