//! A form as the bytes that it travels as (RFC 7578), as the HTML Standard has browsers write it. It is
//! here for servers as long as their `FormData` is not sound: `quirks::sends_form_data` has the reason,
//! and when this file can be deleted.

use super::body::Form;
use crate::cid::BASE32;
use crate::error::Result;
use crate::js::value::decimal;
use crate::source::{Data, Source, to_blob};
use crate::text::concat;
use core::cell::{Cell, OnceCell};
use core::result::Result as CoreResult;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn random(bytes: &mut [u8]) -> CoreResult<(), JsValue>;
}

/// What is around the file of a form.
pub struct Multipart {
    /// The `Content-Type`, with the boundary of the parts.
    pub media_type: String,
    /// All that comes before the file.
    pub head: Uint8Array,
    /// All that comes after it.
    pub tail: Uint8Array,
}

impl Multipart {
    /// Writes what is around the file. Fails where the runtime has no random numbers.
    pub fn new(form: &Form) -> CoreResult<Self, JsValue> {
        let boundary = boundary()?;
        let head = [
            "--",
            &boundary,
            PART,
            "file\"; filename=\"",
            &escaped(&form.filename),
            "\"\r\nContent-Type: ",
            header_value(&form.file.media_type),
            "\r\n\r\n",
        ];
        let mut tail = String::new();
        for (name, value) in &form.fields {
            tail += &concat(&["\r\n--", &boundary, PART, name, "\"\r\n\r\n", value]);
        }
        tail += &concat(&["\r\n--", &boundary, "--\r\n"]);
        Ok(Self {
            media_type: concat(&["multipart/form-data; boundary=", &boundary]),
            head: Uint8Array::from(concat(&head).as_bytes()),
            tail: Uint8Array::from(tail.as_bytes()),
        })
    }

    /// The length of the form around a file of `size` bytes, as a header.
    pub fn length(&self, size: f64) -> String {
        decimal(f64::from(self.head.length()) + size + f64::from(self.tail.length()))
    }

    /// The whole form. Around a Blob it is one too, whose bytes are read when they are sent.
    pub fn around(&self, file: &Source) -> Result<JsValue> {
        let Data::Bytes(bytes) = &file.data else {
            let parts = Array::of3(&self.head, file.as_value()?, &self.tail);
            return Ok(to_blob(&parts, "")?.into());
        };
        let before = self.head.length();
        let after = before.saturating_add(bytes.length());
        let form = Uint8Array::new_with_length(after.saturating_add(self.tail.length()));
        form.set(&self.head, 0);
        form.set(bytes, before);
        form.set(&self.tail, after);
        Ok(form.into())
    }
}

thread_local! {
    /// Drawn once: that takes as long as all else that is done here.
    static SECRET: OnceCell<String> = const { OnceCell::new() };
    /// How many forms there were.
    static FORMS: Cell<u32> = const { Cell::new(0) };
}

/// What is between the parts of one form. Unpredictable, so that a file cannot inject a part; and new for
/// each form, so that neither can a form that was sent before.
fn boundary() -> CoreResult<String, JsValue> {
    if SECRET.with(|secret| secret.get().is_none()) {
        let mut bytes = [0; 20];
        random(&mut bytes)?;
        let _ = SECRET.with(|secret| secret.set(BASE32.encode(&bytes)));
    }
    let form = FORMS.with(|forms| forms.replace(forms.get().wrapping_add(1)));
    let secret = SECRET.with(|secret| secret.get().cloned());
    let parts = concat(&["numbers-pin-", &decimal(form.into()), "-"]);
    Ok(parts + &secret.unwrap_or_default())
}

/// How each part begins after the boundary, up to its field's name.
const PART: &str = "\r\nContent-Disposition: form-data; name=\"";

/// A name as it stands between quotes.
fn escaped(name: &str) -> String {
    let mut escaped = String::new();
    for character in name.chars() {
        match character {
            '\n' => escaped += "%0A",
            '\r' => escaped += "%0D",
            '"' => escaped += "%22",
            character => escaped.push(character),
        }
    }
    escaped
}

/// The media type of the file's part, unless it could end the line.
fn header_value(media_type: &str) -> &str {
    let printable = |byte: u8| matches!(byte, b' '..=b'~');
    if !media_type.is_empty() && media_type.bytes().all(printable) {
        media_type
    } else {
        "application/octet-stream"
    }
}
