//! The sources of a batch, asked for one at a time.

use super::Source;
use crate::call::Call;
use crate::call::options::OptionReader;
use crate::cid::Cid;
use crate::error::{Code, Error, Result};
use crate::js::value::{describe, tag};
use crate::text::concat;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(js_namespace = iter)]
extern "C" {
    /// An iterator of the caller's.
    pub type SourceIter;

    #[wasm_bindgen(catch, static_method_of = SourceIter, js_name = open)]
    fn open_sources(sources: &JsValue) -> core::result::Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, js_name = isList)]
    fn is_list(this: &SourceIter) -> bool;

    #[wasm_bindgen(method, js_name = next)]
    fn next_source(this: &SourceIter) -> Promise;

    /// Tells the iterator that nothing more is wanted.
    #[wasm_bindgen(method)]
    pub fn close(this: &SourceIter);

    #[wasm_bindgen(js_name = totals)]
    fn totals_of(sources: &JsValue) -> Array;
}

impl SourceIter {
    /// Starts to iterate. A single source is refused.
    pub fn open(sources: &JsValue) -> Result<Self> {
        let opened = Self::open_sources(sources)
            .map_err(|cause| Error::invalid("`sources` cannot be iterated").with_cause(cause))?;
        if opened.is_undefined() {
            return Err(not_iterable(sources));
        }
        Ok(opened.unchecked_into())
    }

    /// The next source, or `None` at the end. Waiting for one ends with the call; those of an array are
    /// given even then, so that each has its result.
    pub async fn next(&self, call: &Call) -> Result<Option<JsValue>> {
        // Asked for only while the call runs: what is asked for later would be lost.
        let next = async { JsFuture::from(self.next_source()).await.map_err(broken) };
        let step = if self.is_list() {
            next.await?
        } else {
            call.run(next).await?
        };
        Ok(step.dyn_ref::<Array>().map(|step| step.get(0)))
    }
}

/// A source, and what an order says of it alone.
pub struct Item {
    /// The source.
    pub source: Source,
    /// The name to send, before that of the options and that of the source.
    pub filename: Option<String>,
    /// The CID that the order has to give.
    pub expect: Option<Cid>,
}

impl Item {
    /// A source that has the name of the options or its own.
    pub fn new(source: Source, expect: Option<Cid>) -> Self {
        Self {
            source,
            filename: None,
            expect,
        }
    }

    /// Reads a source, or `{ source, filename, expect }`.
    pub fn parse(given: &JsValue) -> Result<Self> {
        if tag(given) != "Object" {
            return Ok(Self::new(Source::parse(given)?, None));
        }
        let (source, filename, expect) = OptionReader::parse(given.clone(), "source", |item| {
            let source = item.get("source").unwrap_or_default();
            (source, item.filename(), item.cid("expect"))
        })?;
        let source = Source::parse(&source)?;
        Ok(Self {
            filename,
            ..Self::new(source, expect)
        })
    }
}

/// The numbers of sources and of all their bytes, where they are known.
pub fn totals(sources: &JsValue) -> (Option<f64>, Option<f64>) {
    let totals = totals_of(sources);
    (totals.get(0).as_f64(), totals.get(1).as_f64())
}

/// A string is not shown: it may be the token.
fn not_iterable(given: &JsValue) -> Error {
    let given = if given.is_string() {
        "a string".into()
    } else {
        describe(given)
    };
    Error::invalid(concat(&[
        "`sources` must be an array or another iterable, got ",
        &given,
        "; `pin` takes a single one",
    ]))
}

fn broken(cause: JsValue) -> Error {
    Error::new(Code::Unreadable, "Iterating `sources` failed").with_cause(cause)
}
