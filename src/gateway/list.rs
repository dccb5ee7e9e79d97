//! The gateways of a call, which are tried in order.

use super::client::Gateway;
use super::download::Download;
use crate::call::Call;
use crate::call::options::OptionReader;
use crate::error::{Code, Error, Result};
use crate::js::value::{describe, items};
use crate::text::concat;
use core::cell::RefCell;
use wasm_bindgen::JsValue;

/// What the option `gateway` accepts.
const EXPECTED: &str =
    "an http(s) URL without password and query or, in a page, a path, or a list of them";

/// The maximum number of gateways of a call.
const MAX_GATEWAYS: usize = 20;

/// Codes of failures, the most serious first. `not-found` is the last: it is reported only if all gateways
/// responded 404.
const SEVERITY: [Code; 8] = [
    Code::Unsupported,
    Code::Mismatch,
    Code::BadResponse,
    Code::TooLarge,
    Code::RateLimited,
    Code::Server,
    Code::Timeout,
    Code::Network,
];

/// At least one gateway.
pub struct Gateways {
    list: Vec<Gateway>,
    /// Which were tried, and why they failed.
    tried: RefCell<String>,
}

impl Gateways {
    /// The option `gateway`: a URL, or a list of them.
    pub fn read(options: &OptionReader) -> Self {
        let mut list = Vec::new();
        match options.get("gateway") {
            None => list.push(Gateway::default()),
            Some(urls) => {
                let urls = items(&urls);
                for item in &urls {
                    match Gateway::parse(item) {
                        Some(gateway) => list.push(gateway),
                        None => options.refuse("gateway", EXPECTED, item),
                    }
                }
                if !(1..=MAX_GATEWAYS).contains(&urls.len()) {
                    options.fail(Error::invalid(
                        "`gateway` must be one URL or a list of 1 to 20",
                    ));
                }
            }
        }
        Self {
            list,
            tried: RefCell::default(),
        }
    }

    /// The content from where it is.
    pub async fn download(&self, download: &Download, call: &Call) -> Result<JsValue> {
        let found = match download.inlined()? {
            Some(content) => content,
            None => self.first(download, call).await?,
        };
        download.progress.done();
        Ok(found)
    }

    /// The first success, or else the most serious error. Each gateway but the last has a share of the time.
    async fn first(&self, download: &Download, call: &Call) -> Result<JsValue> {
        let mut failure = Error::new(Code::NotFound, "");
        for (index, gateway) in self.list.iter().enumerate() {
            self.note(&["; ", &describe(&gateway.url().into())]);
            let attempt = call.with_share_of_time(self.list.len().saturating_sub(index))?;
            let error = match attempt.run(download.ask(gateway, &attempt)).await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            self.note(&[": ", error.message()]);
            if index == 0 || rank(&error) < rank(&failure) {
                failure = error;
            }
        }
        Err(failure)
    }

    fn note(&self, words: &[&str]) {
        self.tried.borrow_mut().push_str(&concat(words));
    }

    /// An error, with what was tried where there are several gateways.
    pub fn explain(&self, error: Error) -> Error {
        if self.list.len() < 2 {
            return error;
        }
        let message = concat(&[error.message(), &self.tried.borrow()]);
        error.with_message(message)
    }
}

fn rank(error: &Error) -> usize {
    let rank = SEVERITY.iter().position(|code| *code == error.code());
    rank.unwrap_or(SEVERITY.len())
}
