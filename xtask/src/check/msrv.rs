//! The oldest supported Rust: `rust-version` of Cargo.toml.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::sh;

/// Checks that no dependency needs a newer Rust. clippy checks our sources.
pub fn check() -> Result<()> {
    sh::step("rust-version of the dependencies");
    let metadata = sh::metadata(&[])?;
    let packages = metadata["packages"].as_array();
    check_packages(packages.context("cargo metadata has no packages")?)
}

fn check_packages(packages: &[Value]) -> Result<()> {
    let ours = packages.iter().find(|package| package["name"] == "xtask");
    let ours = ours.and_then(minimum).context("no rust-version")?;
    for package in packages {
        let (name, minimum) = (&package["name"], minimum(package).unwrap_or_default());
        ensure!(
            minimum <= ours,
            "{name} needs Rust {}.{}.{}, which is newer than rust-version of Cargo.toml",
            minimum[0],
            minimum[1],
            minimum[2]
        );
    }
    Ok(())
}

/// Its `rust-version`, if it has one.
fn minimum(package: &Value) -> Option<[u32; 3]> {
    let mut numbers = package["rust_version"].as_str()?.split('.');
    let mut next = || numbers.next().unwrap_or("0").parse().ok();
    Some([next()?, next()?, next()?])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::check_packages;

    #[test]
    fn no_dependency_needs_a_newer_rust() {
        let ours = json!({ "name": "xtask", "rust_version": "1.88" });
        let other = |version| json!({ "name": "other", "rust_version": version });
        for version in [json!(null), json!("1.88.0"), json!("1.9")] {
            check_packages(&[other(version), ours.clone()]).expect("old enough");
        }
        for version in ["1.88.1", "1.100", "2.0"] {
            check_packages(&[other(json!(version)), ours.clone()]).expect_err(version);
        }
        check_packages(&[other(json!("1.88"))]).expect_err("no rust-version");
    }
}
