//! The tests, suite by suite.

use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::prerequisites::{self, TARGET};
use crate::tally::Tally;
use crate::webdriver::WebDriver;
use crate::{npm, package, shell};

struct Suite {
    name: &'static str,
    /// The folders whose npm packages it uses.
    npm: &'static [&'static str],
    /// Whether it tests `pkg/`.
    package: bool,
    run: fn(&Suite) -> Result<Tally>,
}

impl Suite {
    const fn new(
        name: &'static str,
        npm: &'static [&'static str],
        package: bool,
        run: fn(&Suite) -> Result<Tally>,
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
    Suite::new("native", &[], false, native),
    Suite::new("wasm", &["tests"], false, wasm),
    Suite::new("gateway", &["www/gateway"], false, node),
    Suite::new("node", &["www/gateway", "tests"], true, node),
    Suite::new("hosts", &["www/gateway", "tests", "tests/pack"], true, node),
    Suite::new("chromium", &["tests"], true, node),
    Suite::new("fuzz", &["tests"], true, node),
    Suite::new("soak", &["tests"], true, node),
    Suite::new("panics", &[], false, panics),
    Suite::new("proof", &["www/gateway", "tests"], true, node),
    Suite::new("cli", &["www/gateway", "tests/cli"], true, node),
    Suite::new("relay", &["www/gateway", "tests", "tests/pack"], true, node),
    Suite::new("page", &["www/gateway", "tests"], true, node),
    Suite::new("pack", &["www/gateway", "tests", "tests/pack"], true, pack),
    Suite::new("demo", &[], false, node),
];

/// Runs every suite, or the one that is named, and tells at the end how each went.
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
    prerequisites::check()?;

    let mut results = Vec::new();
    let mut built = false;
    for suite in suites {
        shell::step(&format!("test {}", suite.name));
        results.push((suite.name, one(suite, &mut built)));
    }

    println!();
    let mut failed = 0;
    for (name, result) in &results {
        match result {
            Ok(tally) => println!("{name:<8} {tally}"),
            Err(error) => {
                failed += 1;
                println!("{name:<8} FAILED: {error:#}");
            }
        }
    }
    ensure!(failed == 0, "{failed} of {} suites failed", results.len());
    Ok(())
}

fn one(suite: &Suite, built: &mut bool) -> Result<Tally> {
    for folder in suite.npm {
        npm::install(folder)?;
    }
    if suite.package && !*built {
        package::build()?;
        *built = true;
    }
    (suite.run)(suite)
}

/// One package at a time: both at once would have their dependencies compiled once more, with the
/// features of both.
fn native(_: &Suite) -> Result<Tally> {
    let library = tests(&mut shell::cargo(&["test", "--package", "numbers-pin"]))?;
    Ok(library + tests(&mut shell::cargo(&["test", "--package", "xtask"]))?)
}

/// The same tests in Node and in Chromium.
fn wasm(_: &Suite) -> Result<Tally> {
    const CARGO: [&str; 5] = ["test", "--package", "numbers-pin", "--lib", "--tests"];
    let cargo = || shell::cargo(&[&CARGO[..], &["--target", TARGET]].concat());
    let in_node = tests(&mut cargo()).context("in Node")?;

    let driver = WebDriver::start()?;
    let mut cargo = cargo();
    cargo.env("WASM_BINDGEN_USE_BROWSER", "1");
    cargo.env("CHROMEDRIVER_REMOTE", driver.address());
    // Seconds for all tests of a file together, of which the runner by itself gives 20.
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    Ok(in_node + tests(&mut cargo).context("in Chromium")?)
}

/// The package that panics on demand.
fn panics(suite: &Suite) -> Result<Tally> {
    package::build_drill()?;
    node(suite)
}

/// The package as it would be published, installed where its users are.
fn pack(suite: &Suite) -> Result<Tally> {
    let tarball = package::pack()?;
    tests(node_test(suite)?.env("NUMBERS_PIN_TARBALL", tarball.path))
}

/// What `node --test` finds in the folder of the suite's name.
fn node(suite: &Suite) -> Result<Tally> {
    tests(&mut node_test(suite)?)
}

fn node_test(suite: &Suite) -> Result<Command> {
    let folder = shell::root().join("tests").join(suite.name);
    let mut files = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.js") {
            files.push(path);
        }
    }
    ensure!(
        !files.is_empty(),
        "there is no test in {}",
        folder.display()
    );
    files.sort();
    let mut node = shell::program("node");
    node.args(["--test", "--test-reporter=spec"]).args(files);
    Ok(node)
}

/// Runs a test runner. That no test was found is a failure too.
fn tests(runner: &mut Command) -> Result<Tally> {
    let mut tests = Tally::default();
    let good = shell::follow(runner, |line| tests = tests + Tally::said(line))?;
    match (good, tests.passed) {
        (false, _) => bail!("tests failed"),
        (true, 0) => bail!("no test was run"),
        (true, _) => Ok(tests),
    }
}
