//! The options of an order.

use super::policy::VerifyMode;
use super::token::Token;
use crate::call::options::{CallOptions, OptionReader};
use crate::cid::Version;
use crate::js::url::is_same_origin;
use js_sys::Function;

/// The endpoint of the API page.
const NUMBERS: &str = "https://eoqctv92ahgrcif.m.pipedream.net";

/// The documented 25 MB, read generously.
pub const MAX_SIZE: f64 = 26_214_400.0;

/// How often an order is retried that was certainly not processed.
const RETRIES: u32 = 2;

/// The time limit of an order in milliseconds.
const TIMEOUT: f64 = 300_000.0;

/// The options of `pin`, and of each order of `pinAll`.
pub struct PinOptions {
    /// The Capture Token.
    pub token: Token,
    /// Where the order goes: an absolute http(s) URL.
    pub endpoint: String,
    /// `false` only computes the CID. The default of the API is `true`.
    pub pin: bool,
    /// The version of the CID. The default of the API is 1.
    pub version: Option<Version>,
    /// The name to send, in place of that of the source.
    pub filename: Option<String>,
    /// The most bytes to send.
    pub max_size: f64,
    /// How strictly the receipt is compared with the bytes.
    pub verify: VerifyMode,
    /// The most retries after a 429 or a connection that was never made.
    pub retries: u32,
    /// The caller's `fetch`, in place of the runtime's.
    pub fetch: Option<Function>,
    /// The caller's `onProgress`.
    pub on_progress: Option<Function>,
    /// The signal and the time limit.
    pub call: CallOptions,
}

impl PinOptions {
    /// Reads the options of an order.
    pub fn read(options: &OptionReader) -> Self {
        let expected = "an http(s) URL without a password or, in a page, a path";
        let endpoint = options.url("endpoint", expected, |_| true);
        // The page's own server knows its visitors without a token.
        let is_same_origin = endpoint.as_deref().is_some_and(is_same_origin);
        Self {
            token: Token::read(options, is_same_origin),
            endpoint: endpoint.unwrap_or_else(|| NUMBERS.into()),
            pin: options.flag("pin").unwrap_or(true),
            version: options.version(),
            filename: options.filename(),
            max_size: options.size("maxSize").unwrap_or(MAX_SIZE),
            verify: VerifyMode::read(options),
            retries: options
                .count("retries", 0, "a whole number from 0 to 1000")
                .unwrap_or(RETRIES),
            fetch: options.function("fetch"),
            on_progress: options.function("onProgress"),
            call: CallOptions::read(options, Some(TIMEOUT)),
        }
    }
}
