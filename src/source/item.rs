//! A source to pin, with the options of its own.

use super::Source;
use crate::call::options::OptionReader;
use crate::cid::Cid;
use crate::error::Result;
use crate::js::value::tag;
use wasm_bindgen::JsValue;

/// A source with its own options.
pub struct Item {
    pub source: Source,
    /// The filename to send. It precedes that of the options and of the source.
    pub filename: Option<String>,
    /// The CID that the order must return.
    pub expect: Option<Cid>,
}

impl Item {
    /// A source without a filename of its own.
    pub fn new(source: Source, expect: Option<Cid>) -> Self {
        Self {
            source,
            filename: None,
            expect,
        }
    }

    /// Reads a source, or `{ source, filename, expect }`.
    pub fn parse(input: &JsValue) -> Result<Self> {
        if tag(input) != "Object" {
            return Ok(Self::new(Source::parse(input)?, None));
        }
        let (source, filename, expect) = OptionReader::parse(input.clone(), "source", |item| {
            let source = item.get("source").unwrap_or_default();
            (source, item.filename(), item.cid("expect"))
        })?;
        Ok(Self {
            source: Source::parse(&source)?,
            filename,
            expect,
        })
    }
}
