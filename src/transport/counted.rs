//! By `fetch` with a body that is counted as it is taken: for servers, which have no better way to
//! tell how far an upload is.

use super::fetch;
use crate::calls::promise;
use crate::error::Result;
use crate::gather::assemble;
use crate::host;
use crate::multipart::form;
use crate::progress::{Phase, Progress};
use crate::request::{Payload, Request, Upload, refused};
use crate::stream::Reader;
use crate::windows::{next_chunk, stream, unreadable};
use core::cell::Cell;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{ReadableStream, RequestInit};

/// The most bytes that are handed over at a time.
const PIECE: u32 = 64 << 10;

/// The request whose body is an upload piece by piece, with its length announced.
pub fn post(request: &Request, upload: &Upload, progress: &Progress) -> Result<RequestInit> {
    let payload = form(upload)?;
    let whole = assemble(&Array::of1(&payload.value), "")?;
    let pieces = Pieces {
        form: Reader::open(&stream(&whole)?).map_err(unreadable)?,
        rest: Uint8Array::new_with_length(0),
        size: upload.content.size(),
        missing: whole.size(),
        progress: progress.clone(),
    };
    let payload = Payload {
        value: pieces.into_stream().map_err(refused)?.into(),
        media_type: payload.media_type,
        length: Some(whole.size()),
    };
    let init = fetch::post(request, payload)?;
    Reflect::set(&init, &"duplex".into(), &"half".into()).map_err(refused)?;
    Ok(init)
}

/// The pieces of a form.
struct Pieces {
    /// What is still to be read.
    form: Reader,
    /// What was read and not handed over yet.
    rest: Uint8Array,
    /// How many bytes the file has.
    size: f64,
    /// How many bytes of the form were not handed over.
    missing: f64,
    progress: Progress,
}

impl Pieces {
    /// The next piece. That it is asked for means that those before it were taken. What is around the
    /// file is small, so all of it is taken to go first: never more is told than was sent.
    async fn next(&mut self) -> Result<Option<Uint8Array>> {
        self.progress
            .reach(Phase::Upload, (self.size - self.missing).max(0.0));
        if self.rest.length() == 0 {
            // Chunks of the host's own making: the network may still read them when it has asked for
            // the next.
            let Some(chunk) = next_chunk(&mut self.form, unreadable).await? else {
                self.progress.reach(Phase::Processing, self.size);
                return Ok(None);
            };
            self.rest = chunk;
        }
        let length = self.rest.length();
        let piece = self.rest.subarray(0, length.min(PIECE));
        self.rest = self.rest.subarray(piece.length(), length);
        self.missing -= f64::from(piece.length());
        Ok(Some(piece))
    }

    /// A stream that reads a piece when one is asked for, and none ahead.
    fn into_stream(self) -> core::result::Result<ReadableStream, JsValue> {
        let idle = Rc::new(Cell::new(Some(self)));
        let pull = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |controller: JsValue| {
            let idle = Rc::clone(&idle);
            promise(Box::pin(async move {
                let controller: host::Controller = controller.unchecked_into();
                // A host asks for one piece at a time, so the pieces are always there.
                if let Some(mut pieces) = idle.take() {
                    match pieces.next().await? {
                        Some(piece) => controller.enqueue(&piece).map_err(unreadable)?,
                        None => controller.close().map_err(unreadable)?,
                    }
                    idle.set(Some(pieces));
                }
                Ok(JsValue::UNDEFINED)
            }))
        });
        let source = Object::new();
        Reflect::set(&source, &"pull".into(), &pull.into_js_value())?;
        let ahead = Object::new();
        Reflect::set(&ahead, &"highWaterMark".into(), &0.into())?;
        host::OwnStream::new(&source, &ahead).map(JsCast::unchecked_into)
    }
}
