//! The tests, suite by suite.

use std::fs::DirEntry;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail, ensure};

use crate::{build, doctor, npm, sh, tarball};

struct Suite {
    name: &'static str,
    /// The folders whose npm packages it uses.
    npm: &'static [&'static str],
    /// Whether it tests `pkg/`.
    package: bool,
    run: fn(&Suite) -> Result<()>,
}

impl Suite {
    const fn new(
        name: &'static str,
        npm: &'static [&'static str],
        package: bool,
        run: fn(&Suite) -> Result<()>,
    ) -> Self {
        Self {
            name,
            npm,
            package,
            run,
        }
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
    Suite::new("demo", &["www/gateway"], false, node),
];

/// Runs all suites, or the named one, and prints a summary.
pub fn run(arguments: &[String]) -> Result<()> {
    let suites: Vec<&Suite> = match arguments {
        [] => SUITES.iter().collect(),
        [name] => SUITES.iter().filter(|suite| suite.name == *name).collect(),
        _ => Vec::new(),
    };
    if suites.is_empty() {
        let names: Vec<_> = SUITES.iter().map(|suite| suite.name).collect();
        bail!("the suites are {}", names.join(", "));
    }
    doctor::check()?;

    let mut report = Vec::new();
    let mut failed = 0;
    let mut built = false;
    for suite in suites {
        sh::step(&format!("test {}", suite.name));
        let start = Instant::now();
        let result = match one(suite, &mut built) {
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

fn one(suite: &Suite, built: &mut bool) -> Result<()> {
    for folder in suite.npm {
        npm::install(folder)?;
    }
    if suite.package && !*built {
        build::build()?;
        *built = true;
    }
    (suite.run)(suite)
}

/// One package at a time: cargo would compile their common dependencies again, with the features of both.
fn native(_: &Suite) -> Result<()> {
    sh::run(&mut sh::cargo(&["test", "--package", "numbers-pin"]))?;
    sh::run(&mut sh::cargo(&["test", "--package", "xtask"]))
}

/// The package that panics on demand.
fn panics(suite: &Suite) -> Result<()> {
    build::build_drill()?;
    node(suite)
}

/// The published package, installed in projects like those of users.
fn pack(suite: &Suite) -> Result<()> {
    let tarball = tarball::pack()?;
    sh::run(node_test(suite)?.env("NUMBERS_PIN_TARBALL", tarball.path))
}

fn node(suite: &Suite) -> Result<()> {
    sh::run(&mut node_test(suite)?)
}

/// Node's test runner, for the `*.test.js` in the folder of the suite's name, as many at a time as there are
/// cores: by default it leaves one of them unused. It prints what it skips.
fn node_test(suite: &Suite) -> Result<Command> {
    let folder = sh::root().join("tests").join(suite.name);
    let entries = folder.read_dir()?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<_> = entries.iter().map(DirEntry::path).collect();
    files.retain(|file| file.to_string_lossy().ends_with(".test.js"));
    ensure!(!files.is_empty(), "no test in {}", folder.display());
    files.sort();
    let mut node = sh::program("node");
    let cores = std::thread::available_parallelism()?;
    node.args(["--test", "--test-reporter=spec"])
        .arg(format!("--test-concurrency={cores}"))
        .args(files);
    Ok(node)
}
