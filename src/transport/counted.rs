//! By `fetch` with a body that is counted as it is taken: for servers, which have no better way to
//! tell how far an upload is.

use super::fetch;
use crate::calls::promise;
use crate::content::Content;
use crate::error::Result;
use crate::host;
use crate::multipart::Multipart;
use crate::progress::{Phase, Progress};
use crate::request::{Payload, Request, Upload, refused};
use crate::stream::Reader;
use crate::windows::{next_chunk, stream, unreadable};
use core::cell::Cell;
use js_sys::{Object, Promise, Reflect, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{ReadableStream, RequestInit};

/// The most bytes that are handed over at a time.
const PIECE: u32 = 64 << 10;

/// The request whose body is an upload piece by piece, with its length announced.
pub fn post(request: &Request, upload: &Upload, progress: &Progress) -> Result<RequestInit> {
    let form = Multipart::new(upload)?;
    let around = form.head.length().saturating_add(form.tail.length());
    let pieces = Pieces::new(&form, &upload.content, progress)?;
    let payload = Payload {
        value: pieces.into_stream().map_err(refused)?.into(),
        media_type: form.media_type,
        length: Some(f64::from(around) + upload.content.size()),
    };
    let init = fetch::post(request, payload)?;
    Reflect::set(&init, &"duplex".into(), &"half".into()).map_err(refused)?;
    Ok(init)
}

/// The pieces of a form: what is before the file, the file, what is after it. Not read from one Blob of
/// them: Node would pause between its parts, and since version 24 lose a refusal that comes meanwhile.
struct Pieces {
    head: Option<Uint8Array>,
    /// What is still to be read of the file.
    file: Option<Reader>,
    tail: Option<Uint8Array>,
    /// What was read and not handed over yet.
    rest: Uint8Array,
    /// Bytes of the file that were handed over.
    sent: f64,
    progress: Progress,
}

impl Pieces {
    fn new(form: &Multipart, content: &Content, progress: &Progress) -> Result<Self> {
        let (file, rest) = match content {
            Content::Blob(blob) => {
                let file = Reader::open(&stream(blob)?).map_err(unreadable)?;
                (Some(file), Uint8Array::new_with_length(0))
            }
            Content::Bytes { bytes, .. } => (None, bytes.clone()),
        };
        Ok(Self {
            head: Some(form.head.clone()),
            file,
            tail: Some(form.tail.clone()),
            rest,
            sent: 0.0,
            progress: progress.clone(),
        })
    }

    /// The next piece. That it is asked for means that those before it were taken.
    async fn next(&mut self) -> Result<Option<Uint8Array>> {
        if let Some(head) = self.head.take() {
            return Ok(Some(head));
        }
        self.progress.reach(Phase::Upload, self.sent);
        if self.rest.length() == 0 {
            // Chunks of the host's own making: the network may still read them when it has asked for
            // the next.
            let chunk = match &mut self.file {
                Some(file) => next_chunk(file, unreadable).await?,
                None => None,
            };
            match chunk {
                Some(chunk) => self.rest = chunk,
                None => {
                    let tail = self.tail.take();
                    if tail.is_none() {
                        self.progress.reach(Phase::Processing, self.sent);
                    }
                    return Ok(tail);
                }
            }
        }
        let length = self.rest.length();
        let piece = self.rest.subarray(0, length.min(PIECE));
        self.rest = self.rest.subarray(piece.length(), length);
        self.sent += f64::from(piece.length());
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
