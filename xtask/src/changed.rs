//! Which tests concern the changes since the last commit.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;

use crate::check::scripts;
use crate::sh;

/// What has changed since the last commit.
pub struct Changes {
    files: BTreeSet<String>,
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
        let mut files: BTreeSet<_> = paths
            .map(|path| path.trim_matches('"').to_owned())
            .collect();
        let graph = scripts::graph()?;
        loop {
            let importers = graph
                .iter()
                .filter(|(_, imported)| !imported.is_disjoint(&files))
                .map(|(file, _)| file.clone());
            let before = files.len();
            files.extend(importers.collect::<Vec<_>>());
            if files.len() == before {
                return Ok(Self { files });
            }
        }
    }

    /// Whether a file has changed, or imports one that has.
    pub fn concern(&self, file: &Path) -> bool {
        let path = file.strip_prefix(sh::root()).unwrap_or(file);
        self.files
            .contains(&path.display().to_string().replace('\\', "/"))
    }

    /// Whether the library in Rust has changed.
    pub fn concern_rust(&self) -> bool {
        self.any("src/")
    }

    /// Whether the package has changed.
    pub fn concern_package(&self) -> bool {
        self.concern_rust() || self.any("pkg-template/")
    }

    fn any(&self, folder: &str) -> bool {
        self.files.iter().any(|file| file.starts_with(folder))
    }
}
