//! A form as the bytes it travels as (RFC 7578), written as the HTML Standard has browsers write it.

use crate::cid::base::BASE32;
use crate::describe::number;
use crate::host;
use crate::request::{Upload, refused};
use crate::text::concat;
use core::cell::{Cell, OnceCell};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

/// What is around the file of a form.
pub struct Multipart {
    /// The `Content-Type` of the form, with the boundary of its parts.
    pub media_type: String,
    /// All that comes before the file.
    pub head: Uint8Array,
    /// All that comes after it.
    pub tail: Uint8Array,
}

impl Multipart {
    /// The form of an upload.
    pub fn new(upload: &Upload) -> crate::error::Result<Self> {
        let boundary = boundary().map_err(refused)?;
        let media_type = upload.content.media_type();
        let head = [
            "--",
            &boundary,
            PART,
            "file\"; filename=\"",
            &escaped(&upload.filename),
            "\"\r\nContent-Type: ",
            header_value(&media_type),
            "\r\n\r\n",
        ];
        let mut tail = String::new();
        for (name, value) in upload.terms.fields() {
            tail += &concat(&["\r\n--", &boundary, PART, name, "\"\r\n\r\n", value]);
        }
        tail += &concat(&["\r\n--", &boundary, "--\r\n"]);
        Ok(Self {
            media_type: concat(&["multipart/form-data; boundary=", &boundary]),
            head: Uint8Array::from(concat(&head).as_bytes()),
            tail: Uint8Array::from(tail.as_bytes()),
        })
    }

    /// The whole form of bytes.
    pub fn around(&self, file: &Uint8Array) -> Uint8Array {
        let before = self.head.length();
        let after = before.saturating_add(file.length());
        let form = Uint8Array::new_with_length(after.saturating_add(self.tail.length()));
        form.set(&self.head, 0);
        form.set(file, before);
        form.set(&self.tail, after);
        form
    }
}

thread_local! {
    /// Drawn once, since that takes a host as long as all else that is done here.
    static SECRET: OnceCell<String> = const { OnceCell::new() };
    /// How many forms there were.
    static FORMS: Cell<u32> = const { Cell::new(0) };
}

/// What is between the parts of one form. Nobody can guess it, who could then make a file that has
/// more parts than one, and a file that is a form which was sent before has another.
fn boundary() -> Result<String, JsValue> {
    if SECRET.with(|secret| secret.get().is_none()) {
        let mut random = [0; 20];
        host::random(&mut random)?;
        let _ = SECRET.with(|secret| secret.set(BASE32.encode(&random)));
    }
    let form = FORMS.with(|forms| forms.replace(forms.get().wrapping_add(1)));
    let secret = SECRET.with(|secret| secret.get().cloned());
    let parts = concat(&["numbers-pin-", &number(form.into()), "-"]);
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

/// The media type of the file's part: what could end its line is none.
fn header_value(media_type: &str) -> &str {
    let printable = |byte: u8| matches!(byte, b' '..=b'~');
    if !media_type.is_empty() && media_type.bytes().all(printable) {
        media_type
    } else {
        "application/octet-stream"
    }
}
