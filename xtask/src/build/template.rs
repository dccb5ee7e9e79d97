//! What of the package is not generated: `pkg-template/`, README and licences.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::sh;

/// The files that are published beside those of the template.
pub const DOCUMENTS: [&str; 3] = ["README.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Copies it into a new folder, with the version and workerd's entry filled in.
pub fn copy(folder: &Path) -> Result<()> {
    let template = sh::root().join("pkg-template");
    for file in sh::files(&template)? {
        let target = folder.join(&file);
        target.parent().map(fs::create_dir_all).transpose()?;
        fs::copy(template.join(file), target)?;
    }
    for file in DOCUMENTS {
        fs::copy(sh::root().join(file), folder.join(file))?;
    }
    let read = |name| fs::read_to_string(template.join(name));
    fs::write(folder.join("workerd.js"), workerd(&read("index.js")?)?)?;
    let manifest = manifest(&read("package.json")?, &library()?)?;
    Ok(fs::write(folder.join("package.json"), manifest)?)
}

/// workerd compiles no bytes at run time: its entry imports the module that was deployed.
fn workerd(index: &str) -> Result<String> {
    const UNPACKER: &str = "import module from './runtime/unpack.js'\n";
    const MODULE: &str = "import module from './wasm/pin.wasm'\n";
    once(index, UNPACKER).context("index.js")?;
    Ok(index.replace(UNPACKER, MODULE))
}

/// What cargo knows of the library.
fn library() -> Result<Value> {
    let metadata = sh::metadata(&["--no-deps"])?;
    let packages = metadata["packages"].as_array().cloned().unwrap_or_default();
    let mut packages = packages.into_iter();
    packages
        .find(|package| package["name"] == "numbers-pin")
        .context("cargo metadata has no package numbers-pin")
}

/// Fills in what Cargo.toml says: the version, and where there is one the repository.
fn manifest(template: &str, library: &Value) -> Result<String> {
    const VERSION: &str = r#""version": "0.0.0""#;
    once(template, VERSION).context("package.json")?;
    let mut fields = format!(r#""version": {}"#, library["version"]);
    if let Some(url) = library["repository"].as_str() {
        let url = url.trim_end_matches('/').trim_end_matches(".git");
        let repository = json!({ "type": "git", "url": format!("git+{url}.git") });
        let bugs = json!({ "url": format!("{url}/issues") });
        fields += &format!(",\n  \"repository\": {repository},\n  \"bugs\": {bugs}");
    }
    Ok(template.replace(VERSION, &fields))
}

fn once(text: &str, part: &str) -> Result<()> {
    let found = text.matches(part).count();
    ensure!(found == 1, "`{}` is there {found} times", part.trim_end());
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{manifest, workerd};

    #[test]
    fn workerd_imports_the_module() {
        let index = "import module from './runtime/unpack.js'\nexport const pin = module\n";
        let expected = "import module from './wasm/pin.wasm'\nexport const pin = module\n";
        assert_eq!(workerd(index).expect("the import"), expected);
        let error = workerd("").expect_err("no import");
        assert!(format!("{error:#}").starts_with("index.js: `import module"));
    }

    #[test]
    fn the_manifest_has_the_version_and_only_a_known_repository() {
        let template = r#"{ "version": "0.0.0" }"#;
        let library = json!({ "version": "1.2.3", "repository": null });
        let filled = manifest(template, &library).expect("a version");
        assert_eq!(filled, r#"{ "version": "1.2.3" }"#);

        let library = json!({ "version": "1.2.3", "repository": "https://example.org/pin" });
        let filled = manifest(template, &library).expect("a version");
        let filled: serde_json::Value = serde_json::from_str(&filled).expect("JSON");
        assert_eq!(
            filled["repository"]["url"],
            "git+https://example.org/pin.git"
        );
        assert_eq!(filled["bugs"]["url"], "https://example.org/pin/issues");
    }
}
