//! The options of an order.

use super::token::Token;
use crate::call::options::{CallOptions, OptionReader};
use crate::cid::Version;
use crate::js::url;
use crate::js::value::string;
use js_sys::Function;

/// The endpoint of the API page.
const NUMBERS: &str = "https://eoqctv92ahgrcif.m.pipedream.net";

/// The default maximum size: the documented 25 MB, as MiB.
pub const MAX_SIZE: f64 = 26_214_400.0;

/// The default number of retries.
const RETRIES: u32 = 2;

/// The default timeout in milliseconds.
const TIMEOUT: f64 = 300_000.0;

/// The options of `pin`, and of each order of `pinAll`.
pub struct PinOptions {
    pub token: Token,
    /// An absolute http(s) URL.
    pub endpoint: String,
    /// `false` asks for the CID only.
    pub pin: bool,
    /// The CID version.
    pub version: Option<Version>,
    /// The filename to send instead of the name of the source.
    pub filename: Option<String>,
    /// The maximum size in bytes.
    pub max_size: f64,
    pub verify: VerifyMode,
    /// The maximum number of retries.
    pub retries: u32,
    /// Called instead of the global `fetch`.
    pub fetch: Option<Function>,
    pub on_progress: Option<Function>,
    pub call: CallOptions,
}

impl PinOptions {
    pub fn read(options: &OptionReader) -> Self {
        let expected = "an http(s) URL without a password or, in a page, a path";
        let endpoint = options.read("endpoint", expected, url::parse);
        // A relay on the page's own server adds the token.
        let is_same_origin = endpoint.as_deref().is_some_and(url::is_same_origin);
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

/// The option `verify`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum VerifyMode {
    /// Nothing is compared.
    Off,
    /// The call rejects if the CID is certainly wrong.
    On,
    /// The call rejects if the CID is not verified.
    Required,
}

impl VerifyMode {
    fn read(options: &OptionReader) -> Self {
        let mode = options.read("verify", "true, false or 'require'", |value| {
            match (value.as_bool(), string(value).as_deref()) {
                (Some(true), _) => Some(Self::On),
                (Some(false), _) => Some(Self::Off),
                (_, Some("require")) => Some(Self::Required),
                _ => None,
            }
        });
        mode.unwrap_or(Self::On)
    }
}
