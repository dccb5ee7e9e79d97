//! The published scripts: each entry is one file with all that it imports, since a runtime takes about a
//! millisecond to load a file.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::{npm, sh};

/// The entries of the package. That of the library is the last, since the command line imports it.
const ENTRIES: [&str; 4] = ["cli/index.js", "relay/index.js", "workerd.js", "index.js"];

/// The entries that are also there as CommonJS, for what cannot `require()` an ES module, such as Jest.
const COMMON_JS: [&str; 2] = ["relay/index", "index"];

/// Bundles the entries in `sources`, and copies them to `package` with all files that are no scripts.
pub fn write(sources: &Path, package: &Path) -> Result<()> {
    for entry in COMMON_JS {
        let mut esbuild = esbuild();
        // Of Node's platform it lists the names of the exports, for `import` in Node.
        esbuild.args([&format!("{entry}.js"), "--format=cjs", "--platform=node"]);
        esbuild.arg(format!("--outfile={entry}.cjs"));
        sh::read(esbuild.current_dir(sources))?;
        // TypeScript takes the module format of a declaration from its file's name.
        let types = |extension| sources.join(entry).with_extension(extension);
        fs::copy(types("d.ts"), types("d.cts"))?;
    }
    for entry in ENTRIES {
        let library = sources.join("index.js");
        let mut esbuild = esbuild();
        esbuild.args([entry, "--format=esm"]);
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

fn esbuild() -> Command {
    let mut esbuild = npm::tool("esbuild");
    esbuild.args(["--bundle", "--target=esnext"]);
    esbuild.args(["--charset=utf8", "--log-level=warning"]);
    esbuild.args(["--external:node:*", "--external:*.wasm"]);
    esbuild
}
