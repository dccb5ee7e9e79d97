//! The files of the package that are not generated: `pkg-template/`, the README and the licences.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::sh;

/// The README, whose links are adapted.
const README: &str = "README.md";

/// The other files that are published in addition to those of the template.
const LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// Copies the template into a new folder, and fills in the version and workerd's entry.
pub fn copy(folder: &Path) -> Result<()> {
    let template = sh::root().join("pkg-template");
    let mut published = BTreeSet::from(LICENCES.map(str::to_owned));
    for file in sh::files(&template)? {
        published.insert(file.display().to_string().replace('\\', "/"));
        let target = folder.join(&file);
        target.parent().map(fs::create_dir_all).transpose()?;
        fs::copy(template.join(file), target)?;
    }
    for file in LICENCES {
        fs::copy(sh::root().join(file), folder.join(file))?;
    }
    let text = fs::read_to_string(sh::root().join(README))?;
    fs::write(folder.join(README), readme(&text, &published))?;
    let read = |name| fs::read_to_string(template.join(name));
    fs::write(folder.join("workerd.js"), workerd(&read("index.js")?)?)?;
    let manifest = manifest(&read("package.json")?, &library()?)?;
    Ok(fs::write(folder.join("package.json"), manifest)?)
}

/// The README with links that work in the package, in `node_modules` and on npm. Links to published files
/// lead there. Of links to other files of the repository only the text is left, and images are left out.
fn readme(text: &str, published: &BTreeSet<String>) -> String {
    let mut adapted = String::new();
    let mut rest = text;
    while let Some((before, label, target, after)) = first_link(rest) {
        let is_image = before.ends_with('!');
        let path = target.strip_prefix("pkg-template/").unwrap_or(target);
        let (file, _) = path.split_once('#').unwrap_or((path, ""));
        adapted.push_str(before.trim_end_matches('!'));
        rest = after;
        if is_image {
            rest = after.trim_start_matches('\n');
        } else if target.starts_with('#') || target.contains(':') || published.contains(file) {
            adapted.push_str(&format!("[{label}]({path})"));
        } else {
            adapted.push_str(label);
        }
    }
    adapted + rest
}

/// What is before the first link, its text, its target and what follows it.
fn first_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (before, _) = text.split_once("](")?;
    let start = before.rfind('[')?;
    let label = &before[start + 1..];
    let (target, after) = text[before.len() + 2..].split_once(')')?;
    Some((&text[..start], label, target, after))
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
        // npm resolves the links of the README in this folder.
        let repository = json!({
            "type": "git", "url": format!("git+{url}.git"), "directory": "pkg-template"
        });
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
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::{manifest, readme, workerd};

    #[test]
    fn links_of_the_readme_lead_to_published_files() {
        let published = BTreeSet::from(["cli/README.md".to_owned(), "LICENSE-MIT".to_owned()]);
        for (link, expected) in [
            ("[a](pkg-template/cli/README.md)", "[a](cli/README.md)"),
            ("[a](pkg-template/cli/README.md#b)", "[a](cli/README.md#b)"),
            ("[MIT](LICENSE-MIT)", "[MIT](LICENSE-MIT)"),
            ("[a](https://example.org)", "[a](https://example.org)"),
            ("[a](#errors)", "[a](#errors)"),
            ("[a `b`](tests/README.md)", "a `b`"),
            ("![a](www/a.webp)\n\n", ""),
        ] {
            let text = format!("before {link}after [x]");
            let expected = format!("before {expected}after [x]");
            assert_eq!(readme(&text, &published), expected);
        }
    }

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
