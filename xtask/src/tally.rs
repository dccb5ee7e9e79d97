//! The count of tests.

use std::fmt;
use std::ops::Add;

/// How many tests passed, and how many did not run because the machine lacks what they need.
#[derive(Clone, Copy, Default)]
pub struct Tally {
    /// They passed.
    pub passed: usize,
    skipped: usize,
}

impl Tally {
    /// What a line of cargo, of wasm-bindgen's runner or of Node says of it.
    pub fn said(line: &str) -> Self {
        let number = |text: Option<&str>| text.and_then(|text| text.parse().ok()).unwrap_or(0);
        if let Some(counts) = line.strip_prefix("test result: ok. ") {
            let mut counts = counts.split("; ");
            let mut next = |word| number(counts.find_map(|count| count.strip_suffix(word)));
            return Self {
                passed: next(" passed"),
                skipped: next(" ignored"),
            };
        }
        Self {
            passed: number(line.strip_prefix("ℹ pass ")),
            skipped: number(line.strip_prefix("ℹ skipped ")),
        }
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} tests passed", self.passed)?;
        match self.skipped {
            0 => Ok(()),
            skipped => write!(formatter, ", {skipped} SKIPPED"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn told(lines: &[&str]) -> String {
        let tallies = lines.iter().map(|line| Tally::said(line));
        tallies
            .fold(Tally::default(), |sum, tally| sum + tally)
            .to_string()
    }

    #[test]
    fn every_runner_says_how_many_tests_passed() {
        let cargo = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out";
        assert_eq!(told(&[cargo]), "12 tests passed");
        assert_eq!(told(&["ℹ tests 8", "ℹ pass 7"]), "7 tests passed");
        let failed = "test result: FAILED. 1 passed; 1 failed";
        assert_eq!(told(&[failed, cargo]), "12 tests passed");
    }

    #[test]
    fn what_did_not_run_is_not_hidden() {
        let cargo = "test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out";
        let told = told(&[cargo, "ℹ pass 7", "ℹ skipped 3"]);
        assert_eq!(told, "9 tests passed, 4 SKIPPED");
    }
}
