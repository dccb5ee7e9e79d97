//! The commands of the project: `cargo xtask NAME`.

mod bench;
mod build;
mod changed;
mod check;
mod demo;
mod docs;
mod doctor;
mod live;
mod npm;
mod sh;
mod tarball;
mod test;

use std::env;
use std::process::ExitCode;

use anyhow::{Result, ensure};

type Run = fn(&[String]) -> Result<()>;

/// Each command with its arguments and description.
const COMMANDS: &[(&str, &str, Run)] = &[
    (
        "demo [--port N]",
        "build, pin a picture, serve the local gateway and its page",
        demo::run,
    ),
    (
        "test [NAME [FILE]... | --changed]",
        "every test, a suite, files of it, or what concerns the changes since the last commit",
        test::run,
    ),
    ("build", "pkg/, ready for npm pack", build),
    (
        "check",
        "formatting, lints, docs, types, the package and its size",
        check::run,
    ),
    (
        "docs",
        "docs/, the reference of the types, and src/MESSAGES.md",
        docs::run,
    ),
    (
        "bench [TABLE]",
        "measurements of the package and of its alternatives",
        bench::run,
    ),
    (
        "live [--yes]",
        "orders files with $CAPTURE_TOKEN, and records what the service answers",
        live::run,
    ),
];

fn build(arguments: &[String]) -> Result<()> {
    ensure!(arguments.is_empty(), "it takes no arguments");
    doctor::check()?;
    build::build().map(drop)
}

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let arguments: Vec<String> = arguments.collect();

    let command = COMMANDS
        .iter()
        .find(|command| command.0.split(' ').next() == Some(&name));
    let Some((_, _, run)) = command else {
        eprintln!("usage: cargo xtask COMMAND\n");
        for (command, about, _) in COMMANDS {
            eprintln!("  {command:<17} {about}");
        }
        return ExitCode::FAILURE;
    };
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}
