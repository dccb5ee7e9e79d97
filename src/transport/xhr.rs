//! By `XMLHttpRequest`: the only way in which a browser tells how far an upload is.

use super::fetch::NO_ANSWER;
use super::{Answer, Broken, LIMIT};
use crate::answer::find;
use crate::error::{Code, Error, Outcome, Result};
use crate::progress::{Phase, Progress};
use crate::request::{Request, Upload, refused};
use crate::text::concat;
use core::cell::Cell;
use js_sys::Promise;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ProgressEvent, Url, XmlHttpRequest};

#[wasm_bindgen]
extern "C" {
    /// What takes a body of any kind.
    type Body;

    /// `xhr.send(body)`.
    #[wasm_bindgen(catch, method)]
    fn send(this: &Body, body: &JsValue) -> core::result::Result<(), JsValue>;
}

/// Sends an upload.
pub async fn send(
    request: &Request<'_>,
    upload: &Upload,
    progress: &Progress,
    at_status: impl Fn(u16),
) -> Result<Answer> {
    let payload = upload.payload()?;
    let sending = Sending::open(request, payload.media_type, upload.content.size(), progress)
        .map_err(refused)?;
    let xhr = &sending.xhr;
    // Opened it is, so the next state is that of an answer.
    let answered = Promise::new(&mut |resolve, _| xhr.set_onreadystatechange(Some(&resolve)));
    let ended = Promise::new(&mut |resolve, _| xhr.set_onloadend(Some(&resolve)));
    let unanswered = || Error::new(Code::Network, NO_ANSWER).with_outcome(Outcome::Unknown);
    xhr.unchecked_ref::<Body>()
        .send(&payload.value)
        .map_err(|cause| unanswered().with_cause(cause))?;
    let _ = JsFuture::from(answered).await;
    let status = xhr.status().unwrap_or_default();
    if status == 0 {
        return Err(unanswered());
    }
    let answered_by = xhr.response_url();
    if place(&answered_by) != place(request.endpoint) {
        at_status(0);
        return Ok(Answer::redirect(Some(answered_by)));
    }
    at_status(status);
    let retry_after = retry_after(xhr);
    let _ = JsFuture::from(ended).await;
    let body = match xhr.response() {
        _ if sending.endless.get() => Err(Broken::Endless),
        // An answer that broke off takes its status back.
        Ok(_) if xhr.status() == Ok(0) => Err(Broken::Cut(JsValue::UNDEFINED)),
        Ok(text) => Ok(text.unchecked_into()),
        Err(cause) => Err(Broken::Cut(cause)),
    };
    Ok(Answer {
        status,
        location: None,
        retry_after,
        body,
    })
}

/// A request under way. Dropped, it is cancelled.
struct Sending {
    xhr: XmlHttpRequest,
    /// Whether the answer was cut off since it did not end.
    endless: Rc<Cell<bool>>,
    _sent: Closure<dyn FnMut(ProgressEvent)>,
    _received: Closure<dyn FnMut(ProgressEvent)>,
}

impl Sending {
    fn open(
        request: &Request,
        media_type: String,
        size: f64,
        progress: &Progress,
    ) -> core::result::Result<Self, JsValue> {
        let xhr = XmlHttpRequest::new()?;
        let progress = progress.clone();
        // What goes out before the file is small, so all of the form that is not the file is taken
        // to go first: never more is told than was sent.
        let sent = Closure::new(move |event: ProgressEvent| {
            let file = event.loaded() - (event.total() - size);
            progress.reach(Phase::Upload, file.max(0.0));
            if event.type_() == "load" {
                progress.reach(Phase::Processing, size);
            }
        });
        let endless = Rc::new(Cell::new(false));
        let received = {
            let (xhr, endless) = (xhr.clone(), Rc::clone(&endless));
            Closure::new(move |event: ProgressEvent| {
                if event.loaded() > LIMIT {
                    endless.set(true);
                    let _ = xhr.abort();
                }
            })
        };
        let events = xhr.upload()?;
        events.set_onprogress(Some(sent.as_ref().unchecked_ref()));
        events.set_onload(Some(sent.as_ref().unchecked_ref()));
        xhr.set_onprogress(Some(received.as_ref().unchecked_ref()));
        xhr.open_with_async("POST", request.endpoint, true)?;
        for (name, value) in request.headers(media_type) {
            xhr.set_request_header(name, &value)?;
        }
        // JSON is UTF-8, whatever the answer claims.
        xhr.override_mime_type("text/plain;charset=utf-8")?;
        Ok(Self {
            xhr,
            endless,
            _sent: sent,
            _received: received,
        })
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.xhr.set_onprogress(None);
        self.xhr.set_onreadystatechange(None);
        self.xhr.set_onloadend(None);
        if let Ok(events) = self.xhr.upload() {
            events.set_onprogress(None);
            events.set_onload(None);
        }
        let _ = self.xhr.abort();
    }
}

/// The `Retry-After` header, where it is there and the browser shows it. Asked for one that it does not
/// show, a browser complains on the console.
fn retry_after(xhr: &XmlHttpRequest) -> Option<String> {
    const NAME: &str = "\nretry-after:";
    let headers = concat(&["\n", &xhr.get_all_response_headers().ok()?]);
    let value = headers.get(find(&headers, NAME)?.saturating_add(NAME.len())..)?;
    let end = value.bytes().position(|byte| byte == b'\r');
    Some(value.get(..end?)?.trim_ascii().into())
}

/// What an answer must be from. A browser may have turned http into https.
fn place(url: &str) -> Option<String> {
    let url = Url::new(url).ok()?;
    Some(concat(&[&*url.host(), &url.pathname(), &url.search()]))
}
