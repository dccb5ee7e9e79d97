//! The sources of a batch, read one at a time.

use crate::call::Call;
use crate::error::{Code, Error, Result};
use crate::js::value::describe;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(js_namespace = iter)]
extern "C" {
    /// The iterator of a caller.
    pub type SourceIter;

    #[wasm_bindgen(catch, static_method_of = SourceIter, js_name = open)]
    fn open_sources(sources: &JsValue) -> core::result::Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter, js_name = isList)]
    fn is_list(this: &SourceIter) -> bool;

    #[wasm_bindgen(method, js_name = next)]
    fn next_source(this: &SourceIter) -> Promise;

    /// Ends the iterator early.
    #[wasm_bindgen(method)]
    pub fn close(this: &SourceIter);
}

impl SourceIter {
    /// Starts to iterate. A single source is an error.
    pub fn open(sources: &JsValue) -> Result<Self> {
        let opened = Self::open_sources(sources)
            .map_err(|cause| Error::invalid("`sources` cannot be iterated").with_cause(cause))?;
        if opened.is_undefined() {
            return Err(not_iterable(sources));
        }
        Ok(opened.unchecked_into())
    }

    /// The next source, or `None` at the end. Fails when the call ends, except for arrays: each of their sources
    /// has a result.
    pub async fn next(&self, call: &Call) -> Result<Option<JsValue>> {
        // Not polled after the call has ended: that source would be lost.
        let next = async { JsFuture::from(self.next_source()).await.map_err(broken) };
        let step = if self.is_list() {
            next.await?
        } else {
            call.run(next).await?
        };
        Ok(step.dyn_ref::<Array>().map(|step| step.get(0)))
    }
}

/// A string is not shown, because it may be the token.
fn not_iterable(input: &JsValue) -> Error {
    let shown = if input.is_string() {
        "a string".into()
    } else {
        describe(input)
    };
    Error::invalid_from_parts(&[
        "`sources` must be an array or another iterable, got ",
        &shown,
        "; `pin` takes a single one",
    ])
}

fn broken(cause: JsValue) -> Error {
    Error::new(Code::Unreadable, "Iterating `sources` failed").with_cause(cause)
}
