//! What is asked of the JavaScript host directly, where `js-sys` and `web-sys` have no binding that
//! works in every host, or none that lets an exception of the caller's code be caught.

use crate::javascript;
use js_sys::{Array, Function, JsString};
use serde::{Serialize, Serializer as _};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, RequestInit};

#[wasm_bindgen]
extern "C" {
    /// A Blob by its name alone: of another realm, or no Blob at all.
    pub type Blob;

    /// Likewise a stream.
    pub type ReadableStream;

    /// A `Uint8Array`, of a buffer that may be detached.
    #[wasm_bindgen(js_name = Uint8Array, extends = js_sys::Uint8Array)]
    pub type Bytes;

    /// `new Uint8Array(buffer, offset, length)`.
    #[wasm_bindgen(catch, constructor, js_class = "Uint8Array")]
    pub fn new(buffer: &JsValue, offset: f64, length: f64) -> Result<Bytes, JsValue>;

    /// What shows a buffer.
    type DataView;

    /// `new DataView(buffer)`, which takes the buffers of every realm and nothing else.
    #[wasm_bindgen(catch, constructor)]
    fn new_view(buffer: &JsValue) -> Result<DataView, JsValue>;

    /// `fetch(url, init)`: one binding for windows, workers and servers. A `Request` of our own would
    /// be made once more by the host, and its body piped from the one to the other.
    #[wasm_bindgen(catch)]
    pub fn fetch(url: &str, init: &RequestInit) -> Result<JsValue, JsValue>;

    /// `JSON.parse`, of a text that stays outside the wasm memory.
    #[wasm_bindgen(catch, js_namespace = JSON, js_name = parse)]
    pub fn parse(text: &JsString) -> Result<JsValue, JsValue>;

    /// `JSON.stringify`.
    #[wasm_bindgen(catch, js_namespace = JSON, js_name = stringify)]
    pub fn stringify(value: &JsValue) -> Result<JsString, JsValue>;

    /// `Object.keys`, of an object that may be a proxy.
    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    pub fn keys(object: &JsValue) -> Result<Array, JsValue>;

    /// `Object.prototype.toString`: `[object Blob]`, whichever realm the object is from.
    #[wasm_bindgen(catch, js_namespace = ["Object", "prototype", "toString"], js_name = call)]
    pub fn tag(object: &JsValue) -> Result<String, JsValue>;

    /// `crypto.getRandomValues(bytes)`.
    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    pub fn random(bytes: &mut [u8]) -> Result<(), JsValue>;

    /// `String(value)`, for values that are no objects.
    #[wasm_bindgen(js_name = String)]
    pub fn to_string(primitive: &JsValue) -> String;

    /// `Number(value)`, likewise.
    #[wasm_bindgen(js_name = Number)]
    pub fn to_number(primitive: &JsValue) -> f64;

    /// `blob.stream()`.
    #[wasm_bindgen(catch, method)]
    pub fn stream(this: &Blob) -> Result<web_sys::ReadableStream, JsValue>;

    /// `stream.getReader()`.
    #[wasm_bindgen(catch, method, js_name = getReader)]
    pub fn get_reader(this: &ReadableStream) -> Result<ReadableStreamDefaultReader, JsValue>;

    /// A stream that is made here.
    #[wasm_bindgen(js_name = ReadableStream, extends = web_sys::ReadableStream)]
    pub type OwnStream;

    /// `new ReadableStream(source, strategy)`.
    #[wasm_bindgen(catch, constructor, js_class = "ReadableStream")]
    pub fn new(source: &JsValue, strategy: &JsValue) -> Result<OwnStream, JsValue>;

    /// The other end of a stream that is made here.
    pub type Controller;

    /// `controller.enqueue(chunk)`.
    #[wasm_bindgen(catch, method)]
    pub fn enqueue(this: &Controller, chunk: &JsValue) -> Result<(), JsValue>;

    /// `controller.close()`.
    #[wasm_bindgen(catch, method)]
    pub fn close(this: &Controller) -> Result<(), JsValue>;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static GLOBAL: JsValue;
}

/// Whether this is a buffer, of whichever realm, that was not given away.
pub fn is_buffer(value: &JsValue) -> bool {
    DataView::new_view(value).is_ok()
}

/// Whether the host has a global of this name.
pub fn has(name: &str) -> bool {
    let global = GLOBAL.with(JsValue::clone);
    js_sys::Reflect::get(&global, &name.into()).is_ok_and(|value| !value.is_undefined())
}

/// The address of the page or worker that this runs in, if it is one.
pub fn location() -> Option<web_sys::Url> {
    let location = field(&GLOBAL.with(JsValue::clone), "location")?;
    web_sys::Url::new(&text(&location, "href")?).ok()
}

/// Whether this is no page and no worker of one: Node, Deno, Bun, an edge.
pub fn is_server() -> bool {
    location().is_none()
}

/// A plain object of fields; those that are `undefined` are left out. By value and not by a struct of
/// its own for each kind of object, since serde would write each of their fields' types anew.
pub fn object(fields: &[(&str, JsValue)]) -> Result<JsValue, serde_wasm_bindgen::Error> {
    #[derive(Serialize)]
    struct Value(#[serde(with = "serde_wasm_bindgen::preserve")] JsValue);
    let given = fields.iter().filter(|(_, value)| !value.is_undefined());
    Serializer::new()
        .serialize_maps_as_objects(true)
        .collect_map(given.map(|(name, value)| (name, Value(value.clone()))))
}

/// Calls a function of the caller's that is only told something: what it throws, or what its promise
/// rejects with, is no reason to lose a pin.
pub fn tell(callback: &Function, arguments: &Array) {
    if let Ok(returned) = callback.apply(&JsValue::UNDEFINED, arguments) {
        forget(&returned);
    }
}

/// What a value becomes that may be a promise, of whatever make.
pub fn settle(value: &JsValue) -> JsFuture {
    javascript::settle(value).into()
}

/// What a method gives, of an object of whatever make.
pub fn ask(object: &JsValue, method: &str, argument: &JsValue) -> JsFuture {
    javascript::ask(object, method, argument).into()
}

/// Nobody waits for this, which may be a promise, so nobody is to hear of its failure: the future takes
/// it even when dropped.
pub fn forget(value: &JsValue) {
    if value.is_object() {
        drop(settle(value));
    }
}

/// A text in a field of an object.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    field(object, name)?.as_string()
}

/// A number in a field of an object. By the binding of a getter it would be one before it came here, and
/// what is none would trap.
pub fn number(object: &JsValue, name: &str) -> Option<f64> {
    field(object, name)?.as_f64()
}

/// A field of an object, whose getter may throw. Of what is no object it is not asked: every exception
/// that is caught where a value was due costs a place in the table of values for good.
pub fn field(object: &JsValue, name: &str) -> Option<JsValue> {
    if !object.is_object() {
        return None;
    }
    js_sys::Reflect::get(object, &name.into()).ok()
}
