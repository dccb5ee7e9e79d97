//! The pages that are generated from the code: the types as `docs/`, and the messages as `src/MESSAGES.md`.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::check::messages;
use crate::{doctor, npm, sh};

/// Writes both.
pub fn run(arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "it takes no arguments");
    doctor::check()?;
    npm::install(npm::TOOLS)?;
    messages::write()?;
    sh::quiet(typedoc().args(["--out", "docs"]))?;
    sh::step("docs/index.html");
    Ok(())
}

/// Checks that typedoc can write the types, and that each item has a description.
pub fn check() -> Result<()> {
    sh::step("typedoc");
    sh::quiet(typedoc().args(["--emit", "none"]))
}

fn typedoc() -> Command {
    let mut typedoc = npm::tool("typedoc");
    typedoc
        .args(["--name", "numbers-pin", "--readme", "none"])
        .args(["--entryPoints", "pkg-template/index.d.ts"])
        .args(["--entryPoints", "pkg-template/relay/index.d.ts"])
        .args(["--validation.notDocumented", "true"])
        .args([
            "--treatWarningsAsErrors",
            "--disableSources",
            "--intentionallyNotExported",
            "URL",
        ]);
    typedoc
}
