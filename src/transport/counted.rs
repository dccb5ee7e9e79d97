//! By `fetch` with a body that is counted as it is taken: for servers, which have no better way to
//! tell how far an upload is.

use super::fetch;
use crate::calls::promise;
use crate::error::Result;
use crate::host;
use crate::progress::{Phase, Progress};
use crate::request::{Request, Upload, refused};
use crate::stream::Reader;
use crate::windows::{next_chunk, unreadable};
use core::cell::Cell;
use gloo_net::http::Headers;
use js_sys::{Object, Promise, Reflect, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, RequestInit, Response};

/// The most bytes that are handed over at a time.
const PIECE: u32 = 64 << 10;

/// The request whose body is an upload piece by piece, with its length announced.
pub async fn post(
    request: &Request<'_>,
    upload: &Upload,
    progress: &Progress,
) -> Result<RequestInit> {
    let framed = Response::new_with_opt_form_data(Some(&upload.frame()?)).map_err(refused)?;
    let media_type = host::header(&framed, "content-type").unwrap_or_default();
    let frame = framed.array_buffer().map_err(refused)?;
    let frame = Uint8Array::new(&JsFuture::from(frame).await.map_err(refused)?);
    let length = f64::from(frame.length()) + upload.size();
    let file = Reader::open(&upload.blob.stream()).map_err(unreadable)?;
    let pieces = Pieces::new(&frame, file, progress);

    let headers = Headers::new();
    headers.set("Content-Type", &media_type);
    headers.set("Content-Length", &crate::describe::number(length));
    let body = pieces.into_stream().map_err(refused)?;
    let init = fetch::post(request, headers, &body);
    Reflect::set(&init, &"duplex".into(), &"half".into()).map_err(refused)?;
    Ok(init)
}

/// The pieces of a form: what is before the file, the file, what is after it.
struct Pieces {
    head: Option<Uint8Array>,
    file: Reader,
    tail: Option<Uint8Array>,
    /// What was read and not handed over yet.
    rest: Uint8Array,
    /// Bytes of the file that were handed over.
    sent: f64,
    progress: Progress,
}

impl Pieces {
    /// `frame` is the form with an empty file: a blank line ends what is before it.
    fn new(frame: &Uint8Array, file: Reader, progress: &Progress) -> Self {
        let blank = b"\r\n\r\n";
        let bytes = frame.to_vec();
        let line = bytes
            .windows(blank.len())
            .position(|window| window == blank);
        let split = line.map_or(0, |at| at.saturating_add(blank.len()));
        let split = u32::try_from(split).unwrap_or_default();
        Self {
            head: Some(frame.subarray(0, split)),
            file,
            tail: Some(frame.subarray(split, frame.length())),
            rest: Uint8Array::new_with_length(0),
            sent: 0.0,
            progress: progress.clone(),
        }
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
            match next_chunk(&mut self.file, unreadable).await? {
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
