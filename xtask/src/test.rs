//! The tests, suite by suite.

use std::fs::DirEntry;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::changed::Changes;
use crate::{build, doctor, npm, sh, tarball};

struct Suite {
    name: &'static str,
    /// The folders whose npm packages it uses.
    npm: &'static [&'static str],
    /// Whether it tests `pkg/`.
    package: bool,
    run: fn(&[PathBuf]) -> Result<()>,
}

impl Suite {
    const fn new(
        name: &'static str,
        npm: &'static [&'static str],
        package: bool,
        run: fn(&[PathBuf]) -> Result<()>,
    ) -> Self {
        Self {
            name,
            npm,
            package,
            run,
        }
    }

    /// The `*.test.js` in the folder of its name; none for the suite `native`.
    fn files(&self) -> Result<Vec<PathBuf>> {
        let folder = sh::root().join("tests").join(self.name);
        if !folder.exists() {
            return Ok(Vec::new());
        }
        let entries = folder.read_dir()?.collect::<Result<Vec<_>, _>>()?;
        let mut files: Vec<_> = entries.iter().map(DirEntry::path).collect();
        files.retain(|file| file.to_string_lossy().ends_with(".test.js"));
        files.sort();
        Ok(files)
    }
}

const SUITES: &[Suite] = &[
    Suite::new("native", &["tests"], false, native),
    Suite::new("gateway", &["www/gateway"], false, node),
    Suite::new("node", &["www/gateway", "tests"], true, node),
    Suite::new("hosts", &["www/gateway", "tests", "tests/pack"], true, node),
    Suite::new("chromium", &["tests"], true, node),
    Suite::new("fuzz", &["tests"], true, node),
    Suite::new("soak", &["tests"], true, node),
    Suite::new("panics", &[], false, panics),
    Suite::new("proof", &["www/gateway", "tests"], true, node),
    Suite::new("cli", &["www/gateway", "tests", "tests/cli"], true, node),
    Suite::new(
        "recipes",
        &["www/gateway", "tests", "tests/pack"],
        true,
        node,
    ),
    Suite::new("relay", &["www/gateway", "tests", "tests/pack"], true, node),
    Suite::new("page", &["www/gateway", "tests"], true, node),
    Suite::new("pack", &["www/gateway", "tests", "tests/pack"], true, pack),
    Suite::new("demo", &["www/gateway"], false, in_turn),
];

/// A suite and those of its files that are run.
type Selection = (&'static Suite, Vec<PathBuf>);

/// Runs all suites, the named one, or what the changes concern, and prints a summary.
pub fn run(arguments: &[String]) -> Result<()> {
    let selected = select(arguments)?;
    doctor::check()?;

    let mut report = Vec::new();
    let mut failed = 0;
    let mut built = false;
    for (suite, files) in selected {
        sh::step(&format!("test {}", suite.name));
        let start = Instant::now();
        let result = match one(suite, &files, &mut built) {
            Ok(()) => "passed".to_owned(),
            Err(error) => {
                failed += 1;
                format!("FAILED: {error:#}")
            }
        };
        let seconds = start.elapsed().as_secs();
        report.push(format!("{:<8} {seconds:>4} s  {result}", suite.name));
    }

    println!("\n{}", report.join("\n"));
    ensure!(failed == 0, "{failed} of {} suites failed", report.len());
    Ok(())
}

fn select(arguments: &[String]) -> Result<Vec<Selection>> {
    let all = || SUITES.iter().map(|suite| Ok((suite, suite.files()?)));
    match arguments {
        [] => all().collect(),
        [flag] if flag == "--changed" => changed(all().collect::<Result<_>>()?),
        [name, parts @ ..] => {
            let names = SUITES.iter().map(|suite| suite.name).collect::<Vec<_>>();
            let unknown = || format!("the suites are {}", names.join(", "));
            let suite = SUITES.iter().find(|suite| suite.name == *name);
            let suite = suite.with_context(unknown)?;
            let has_files = suite.name != "native";
            ensure!(has_files || parts.is_empty(), "use `cargo test NAME`");
            let mut files = suite.files()?;
            for part in parts {
                let is_there = files.iter().any(|file| is_named(file, part));
                ensure!(is_there, "{name} has no test `{part}`");
            }
            if !parts.is_empty() {
                files.retain(|file| parts.iter().any(|part| is_named(file, part)));
            }
            Ok(vec![(suite, files)])
        }
    }
}

/// Whether a test file has a name, with or without `.test.js`.
fn is_named(file: &Path, name: &str) -> bool {
    let name = name.strip_suffix(".test.js").unwrap_or(name);
    file.ends_with(format!("{name}.test.js"))
}

/// The suites of what has changed, and of the others the files that import what has changed.
fn changed(all: Vec<Selection>) -> Result<Vec<Selection>> {
    let changes = Changes::find()?;
    let concerned = all.into_iter().filter_map(|(suite, mut files)| {
        let is_whole = match suite.name {
            "native" => {
                let read = ["tests/vectors/", "pkg-template/runtime/chunks.js", "Cargo."];
                let is_read = |file: &str| read.iter().any(|start| file.starts_with(start));
                changes.have(|file| file.ends_with(".rs") || is_read(file))
            }
            "node" => {
                let sources = ["src/", "pkg-template/index", "pkg-template/runtime/"];
                let is_source = |file: &str| sources.iter().any(|start| file.starts_with(start));
                changes.have(|file| is_source(file) || file == "README.md")
            }
            "cli" => changes.have(|file| file.starts_with("pkg-template/cli/")),
            "relay" => changes.have(|file| file.starts_with("pkg-template/relay/")),
            "recipes" => changes.have(|file| file == "pkg-template/recipes.md"),
            "page" => changes.have(|file| file.starts_with("www/page/")),
            "pack" => changes.have(|file| file == "pkg-template/package.json"),
            _ => false,
        };
        if !is_whole {
            files.retain(|file| changes.concern(file));
        }
        (is_whole || !files.is_empty()).then_some((suite, files))
    });
    Ok(concerned.collect())
}

fn one(suite: &Suite, files: &[PathBuf], built: &mut bool) -> Result<()> {
    for folder in suite.npm {
        npm::install(folder)?;
    }
    if suite.package && !*built {
        build::build()?;
        *built = true;
    }
    (suite.run)(files)
}

/// One package at a time: cargo would compile their common dependencies again, with the features of both.
fn native(_: &[PathBuf]) -> Result<()> {
    sh::run(&mut sh::cargo(&["test", "--package", "numbers-pin"]))?;
    sh::run(&mut sh::cargo(&["test", "--package", "xtask"]))
}

/// The package that panics on demand.
fn panics(files: &[PathBuf]) -> Result<()> {
    build::build_drill()?;
    node(files)
}

/// The published package, installed in projects like those of users.
fn pack(files: &[PathBuf]) -> Result<()> {
    let tarball = tarball::pack()?;
    sh::run(node_test(files, cores()?)?.env("NUMBERS_PIN_TARBALL", tarball.path))
}

/// As many files at a time as there are cores: by default Node leaves one of them unused.
fn node(files: &[PathBuf]) -> Result<()> {
    sh::run(&mut node_test(files, cores()?)?)
}

/// Tests that build the package, one at a time.
fn in_turn(files: &[PathBuf]) -> Result<()> {
    sh::run(&mut node_test(files, 1)?)
}

fn cores() -> Result<usize> {
    Ok(std::thread::available_parallelism()?.get())
}

/// Node's test runner. It prints what it skips.
fn node_test(files: &[PathBuf], at_a_time: usize) -> Result<Command> {
    ensure!(!files.is_empty(), "there is no such test");
    let mut node = sh::program("node");
    node.args(["--test", "--test-reporter=spec"])
        .arg(format!("--test-concurrency={at_a_time}"))
        .args(files);
    Ok(node)
}
