//! The sources of a batch, asked for one at a time.

use super::Source;
use crate::call::Call;
use crate::call::options::OptionReader;
use crate::error::{Code, Error, Result};
use crate::js::value::{describe, get, ignore_rejection, resolve, tag};
use crate::text::concat;
use js_sys::{Array, ArrayBuffer, Function, Reflect, Symbol};
use wasm_bindgen::prelude::*;

/// An iterator of the caller's.
pub struct SourceIter {
    iterator: JsValue,
    next: Function,
    is_async: bool,
}

impl SourceIter {
    /// Starts to iterate. What is a single source is refused: whoever gives a stream wants a file
    /// pinned, not its chunks.
    pub fn open(given: &JsValue) -> Result<Self> {
        let is_single = ArrayBuffer::is_view(given)
            || matches!(tag(given).as_str(), "ReadableStream" | "Response")
            // A stream of Node's, of bytes.
            || get(given, "readableObjectMode") == false;
        let method = |symbol: Symbol| {
            let method = Reflect::get(given, &symbol).unwrap_or_default();
            method.dyn_into::<Function>().ok()
        };
        let found = if is_single || !given.is_object() {
            None
        } else {
            let asynchronous = method(Symbol::async_iterator()).map(|method| (method, true));
            asynchronous.or_else(|| method(Symbol::iterator()).map(|method| (method, false)))
        };
        let (method, is_async) = found.ok_or_else(|| not_iterable(given))?;
        let broken = |cause| Error::invalid("`sources` cannot be iterated").with_cause(cause);
        let iterator = method.call0(given).map_err(broken)?;
        Ok(Self {
            next: get(&iterator, "next").dyn_into().map_err(broken)?,
            iterator,
            is_async,
        })
    }

    /// The next source, or `None` at the end. Waiting for one ends with the call; one that is there is
    /// given, so that every source of an array has its result.
    pub async fn next(&self, call: &Call) -> Result<Option<JsValue>> {
        let ask = || self.next.call0(&self.iterator).map_err(broken);
        let step = if self.is_async {
            // Asked for only while the call runs: what is asked for later would be lost.
            call.run(async { resolve(&ask()?).await.map_err(broken) })
                .await?
        } else {
            ask()?
        };
        let field = |name: &str| Reflect::get(&step, &name.into()).map_err(broken);
        if field("done")?.is_truthy() {
            return Ok(None);
        }
        field("value").map(Some)
    }

    /// Tells the iterator that nothing more is wanted.
    pub fn close(&self) {
        if let Ok(end) = get(&self.iterator, "return").dyn_into::<Function>()
            && let Ok(ended) = end.call0(&self.iterator)
        {
            ignore_rejection(&ended);
        }
    }
}

/// A source and the name to send with it, if it has one, of `{ source, filename }`.
pub fn named(given: &JsValue) -> Result<(JsValue, Option<String>)> {
    if tag(given) != "Object" {
        return Ok((given.clone(), None));
    }
    OptionReader::parse(given.clone(), "source", |pair| {
        let source = pair.get("source").unwrap_or_default();
        (source, pair.text("filename"))
    })
}

/// The number of sources and of all their bytes, where they are known before: of an array. Other iterables
/// may be used up by asking.
pub fn totals(given: &JsValue) -> (Option<f64>, Option<f64>) {
    if tag(given) != "Array" {
        return (None, None);
    }
    let sources: &Array = given.unchecked_ref();
    let size = |source: JsValue| {
        let (source, _) = named(&source).ok()?;
        Source::parse(&source).ok()?.size()
    };
    let bytes = sources.iter().map(size).sum();
    (Some(sources.length().into()), bytes)
}

/// A string is not shown: it may be the token.
fn not_iterable(given: &JsValue) -> Error {
    let given = if given.is_string() {
        "a string".into()
    } else {
        describe(given)
    };
    Error::invalid(concat(&[
        "`sources` must be an array or another iterable of sources, not ",
        &given,
        "; `pin` takes a single one",
    ]))
}

fn broken(cause: JsValue) -> Error {
    Error::new(Code::Unreadable, "Reading the next of the `sources` failed").with_cause(cause)
}
