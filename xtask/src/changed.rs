//! Which tests concern the changes since the last commit.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use crate::check::scripts;
use crate::sh;

/// What has changed since the last commit.
pub struct Changes {
    /// The changed files.
    changed: BTreeSet<String>,
    /// These, and all that import them.
    concerned: BTreeSet<String>,
}

impl Changes {
    pub fn find() -> Result<Self> {
        let mut git = sh::program("git");
        git.args(["status", "--porcelain", "--untracked-files=all"]);
        let status = sh::read(&mut git)?;
        // `R  old -> new`, otherwise a state of three characters and the path.
        let paths = status
            .lines()
            .filter_map(|line| line.get(3..)?.rsplit(" -> ").next());
        let changed: BTreeSet<_> = paths
            .map(|path| path.trim_matches('"').to_owned())
            .collect();
        let mut concerned = changed.clone();
        let graph = scripts::graph()?;
        loop {
            let importers = graph
                .iter()
                .filter(|(_, imported)| !imported.is_disjoint(&concerned))
                .map(|(file, _)| file.clone());
            let before = concerned.len();
            concerned.extend(importers.collect::<Vec<_>>());
            if concerned.len() == before {
                return Ok(Self { changed, concerned });
            }
        }
    }

    /// Whether a file has changed, or imports one that has.
    pub fn concern(&self, file: &Path) -> bool {
        let path = file.strip_prefix(sh::root()).unwrap_or(file);
        self.concerned
            .contains(&path.display().to_string().replace('\\', "/"))
    }

    /// Whether a file has changed of which this is true.
    pub fn have(&self, is_wanted: impl Fn(&str) -> bool) -> bool {
        self.changed.iter().any(|file| is_wanted(file))
    }
}
