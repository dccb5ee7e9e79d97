//! The sources of a batch, asked for one at a time.

use crate::describe::{describe, type_name};
use crate::error::{Code, Error, Result};
use crate::host;
use crate::limits::Limits;
use crate::options::Options;
use crate::source::Source;
use crate::text::concat;
use js_sys::{Array, ArrayBuffer, Function, Reflect, Symbol};
use wasm_bindgen::prelude::*;

/// An iterator of the caller's.
pub struct Sources {
    iterator: JsValue,
    next: Function,
    is_async: bool,
}

impl Sources {
    /// Starts to iterate. What is one source by itself is refused: a caller who gives a stream wants
    /// a file pinned, not its chunks.
    pub fn open(given: &JsValue) -> Result<Self> {
        let single = ArrayBuffer::is_view(given)
            || matches!(type_name(given).as_str(), "ReadableStream" | "Response")
            // A stream of Node's, of bytes.
            || host::field(given, "readableObjectMode").is_some_and(|mode| mode == false);
        let method = |symbol: Symbol| {
            let method = Reflect::get(given, &symbol).unwrap_or_default();
            method.dyn_into::<Function>().ok()
        };
        let found = if single || !given.is_object() {
            None
        } else {
            let asynchronous = method(Symbol::async_iterator()).map(|method| (method, true));
            asynchronous.or_else(|| method(Symbol::iterator()).map(|method| (method, false)))
        };
        let Some((method, is_async)) = found else {
            // A text is not shown: it may be the token.
            let given = if given.is_string() {
                "a string".into()
            } else {
                describe(given)
            };
            return Err(Error::invalid(concat(&[
                "`sources` must be an array or another iterable of sources, not ",
                &given,
                "; `pin` takes a single one",
            ])));
        };
        let broken = |cause| Error::invalid("`sources` cannot be iterated").with_cause(cause);
        let iterator = method.call0(given).map_err(broken)?;
        let next = host::field(&iterator, "next").unwrap_or_default();
        Ok(Self {
            next: next.dyn_into().map_err(broken)?,
            iterator,
            is_async,
        })
    }

    /// The next source, or `None` at the end. Who waits for one is let go by the limits; what can be
    /// had at once is had, so that every source of an array has its result.
    pub async fn next(&self, limits: &Limits) -> Result<Option<JsValue>> {
        let ask = || self.next.call0(&self.iterator).map_err(broken);
        let step = if self.is_async {
            // Asked for within the limits, so that none is that would only be lost.
            let waiting = async { host::settle(&ask()?).await.map_err(broken) };
            limits.run(Box::pin(waiting)).await?
        } else {
            ask()?
        };
        if Reflect::get(&step, &"done".into())
            .map_err(broken)?
            .is_truthy()
        {
            return Ok(None);
        }
        Reflect::get(&step, &"value".into())
            .map(Some)
            .map_err(broken)
    }

    /// No more is wanted.
    pub fn close(&self) {
        let end = host::field(&self.iterator, "return").unwrap_or_default();
        if let Ok(end) = end.dyn_into::<Function>()
            && let Ok(ended) = end.call0(&self.iterator)
        {
            host::forget(&ended);
        }
    }
}

/// The number of sources, and of all their bytes, where that is known before: of an array, since other
/// iterables may be used up by asking. What has its name is one that the package has made.
pub fn totals(given: &JsValue) -> (Option<f64>, Option<f64>) {
    if type_name(given) != "Array" {
        return (None, None);
    }
    let sources: &Array = given.unchecked_ref();
    let size = |source: JsValue| {
        let (source, _) = named(&source).ok()?;
        Source::new(&source).ok()?.size()
    };
    let bytes = sources.iter().map(size).sum();
    (Some(sources.length().into()), bytes)
}

/// A source and the name that is to be sent with it, if it has one: of `{ source, filename }`.
pub fn named(given: &JsValue) -> Result<(JsValue, Option<String>)> {
    if type_name(given) != "Object" {
        return Ok((given.clone(), None));
    }
    let pair = Options::new(given.clone(), &["source", "filename"])?;
    let source = pair.get("source")?.unwrap_or_default();
    Ok((source, pair.text("filename")?))
}

fn broken(cause: JsValue) -> Error {
    Error::new(Code::Unreadable, "Reading the next of the `sources` failed").with_cause(cause)
}
