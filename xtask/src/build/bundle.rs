//! The published scripts: each entry is one file with all that it imports, since a runtime takes about a
//! millisecond to load a file.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::{npm, sh};

/// The entries of the package. That of the library is the last, since the command line imports it.
const ENTRIES: [&str; 4] = ["cli/index.js", "relay/index.js", "workerd.js", "index.js"];

/// Bundles the entries in `sources`, and copies them to `package` with all files that are no scripts.
pub fn write(sources: &Path, package: &Path) -> Result<()> {
    for entry in ENTRIES {
        let library = sources.join("index.js");
        let mut esbuild = npm::tool("esbuild");
        esbuild.args([entry, "--bundle", "--format=esm", "--target=esnext"]);
        esbuild.args(["--charset=utf8", "--log-level=warning"]);
        esbuild.args(["--external:node:*", "--external:*.wasm"]);
        if entry.starts_with("cli") {
            esbuild.arg(format!("--external:{}", library.display()));
        }
        esbuild.args([&format!("--outfile={entry}"), "--allow-overwrite"]);
        // Run there, since paths stand in comments.
        sh::read(esbuild.current_dir(sources))?;
    }
    for file in sh::files(sources)? {
        let is_script = file.extension() == Some("js".as_ref());
        if !is_script || ENTRIES.iter().any(|entry| file == Path::new(entry)) {
            let target = package.join(&file);
            target.parent().map(fs::create_dir_all).transpose()?;
            fs::copy(sources.join(file), target)?;
        }
    }
    Ok(())
}
