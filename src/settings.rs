//! What the options say of an order, whatever its source.

use crate::check::Check;
use crate::cid::Version;
use crate::content::Content;
use crate::endpoint::Endpoint;
use crate::error::Result;
use crate::options::Options;
use crate::request::{Body, Terms, Upload, by_url};
use crate::source::{Source, name_of};
use crate::token::Token;
use wasm_bindgen::prelude::*;

/// The documented 25 MB, read in the generous way.
pub const MAX_SIZE: f64 = 26_214_400.0;

/// How often an order that was certainly not taken is made again.
const RETRIES: u32 = 2;

/// The settings of an order, or of all orders of a batch.
pub struct Settings {
    /// What is asked for beside the content.
    pub terms: Terms,
    /// Where it goes.
    pub endpoint: Endpoint,
    /// Who pays.
    pub token: Token,
    /// How its receipt is checked.
    pub check: Check,
    /// How often it is made again where it was certainly not taken.
    pub retries: u32,
    filename: Option<String>,
    max_size: f64,
}

impl Settings {
    /// Reads the options.
    pub fn new(options: &Options) -> Result<Self> {
        let terms = Terms {
            pin: options.flag("pin")?.unwrap_or(true),
            version: options.version()?.unwrap_or(Version::V1),
        };
        let endpoint = Endpoint::new(options)?;
        let token = Token::new(options, endpoint.own)?;
        options.function("onProgress")?;
        Ok(Self {
            terms,
            endpoint,
            token,
            filename: options.text("filename")?,
            check: Check::new(options)?,
            max_size: max_size(options)?.unwrap_or(MAX_SIZE),
            retries: options.count("retries")?.unwrap_or(RETRIES),
        })
    }

    /// What a caller gave to be pinned.
    pub fn source(&self, given: &JsValue) -> Result<Source> {
        let source = Source::new(given)?;
        self.check.allows(&source)?;
        Ok(source)
    }

    /// The body of an order of the source that was `given`, with this name if it has one beside it. A
    /// stream is read to its end for it.
    pub async fn body(
        &self,
        source: Source,
        given: &JsValue,
        filename: Option<String>,
    ) -> Result<Body> {
        if let Source::Url(url) = &source {
            return by_url(self.terms, url);
        }
        let filename = filename
            .or_else(|| self.filename.clone())
            .or_else(|| name_of(given));
        Ok(Body::Form(Upload {
            filename: filename.unwrap_or_else(|| "file".into()),
            content: Content::of(source, self.max_size).await?,
            terms: self.terms,
        }))
    }
}

/// The option `maxSize`, in bytes.
pub fn max_size(options: &Options) -> Result<Option<f64>> {
    options.typed("maxSize", "a number of bytes from 0", |value| {
        value.as_f64().filter(|bytes| *bytes >= 0.0)
    })
}
