//! What drives Chromium for wasm-bindgen's test runner.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use anyhow::{Context, Result, ensure};

use crate::shell;

/// `tests/webdriver.js` at work, until it is dropped.
pub struct WebDriver {
    process: Child,
    address: String,
}

impl WebDriver {
    /// Starts it with its browser.
    pub fn start() -> Result<Self> {
        shell::step("start Chromium");
        let mut node = shell::program("node");
        node.arg("tests/webdriver.js")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut process = node.spawn()?;
        let mut address = String::new();
        let output = process.stdout.take().context("no output")?;
        BufReader::new(output).read_line(&mut address)?;
        ensure!(!address.is_empty(), "Chromium did not start");
        Ok(Self {
            process,
            address: address.trim().to_owned(),
        })
    }

    /// Where the test runner finds it.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for WebDriver {
    /// The script stops its browser and itself when its input ends, however this process ends.
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
