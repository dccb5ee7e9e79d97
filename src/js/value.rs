//! Reading values of callers and polyfills. Their getters and methods may throw, and an exception that is not
//! caught is a trap, which ends all other calls too.

use js_sys::{Function, Promise};
use serde::{Serialize, Serializer as _};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(js_namespace = value)]
extern "C" {
    /// A field of an object; `undefined` if there is none or its getter throws.
    pub fn get(object: &JsValue, name: &str) -> JsValue;

    /// A string of at most 65 536 characters: the memory of WebAssembly never shrinks.
    pub fn string(value: &JsValue) -> Option<String>;

    /// A field that is a string, at most 65 536 characters of it.
    #[wasm_bindgen(js_name = stringField)]
    pub fn string_field(object: &JsValue, name: &str) -> Option<String>;

    /// A header of a `Response`, if it has it and CORS does not hide it.
    pub fn header(response: &JsValue, name: &str) -> Option<String>;

    /// The type of a value by its tag, which is the same in every realm: `Blob`, `Array`, `Response`.
    pub fn tag(value: &JsValue) -> String;

    /// A value for a message: `undefined`, `2`, `"ftp://example.org"`, `a Promise`.
    pub fn describe(value: &JsValue) -> String;

    /// The own property names of an object.
    #[wasm_bindgen(catch)]
    pub fn keys(object: &JsValue) -> Result<Vec<String>, JsValue>;

    /// The items of an array, or the value itself.
    pub fn items(value: &JsValue) -> Vec<JsValue>;

    /// Whether an object inherits from `Object.prototype` only.
    #[wasm_bindgen(js_name = isPlain)]
    pub fn is_plain(object: &JsValue) -> bool;

    /// A safe integer from 0, also as a string of digits.
    #[wasm_bindgen(js_name = wholeNumber)]
    pub fn whole_number(value: &JsValue) -> Option<f64>;

    /// Calls a callback of the caller. Its errors are ignored: they must not cost a receipt.
    pub fn notify(callback: &Function, first: &JsValue, second: &JsValue);

    #[wasm_bindgen(js_name = resolve)]
    fn resolved(value: &JsValue) -> Promise;
}

/// Awaits a value that may be a promise, also a polyfilled one.
pub fn resolve(value: &JsValue) -> JsFuture {
    resolved(value).into()
}

/// A plain object of the fields that are not `undefined`. For serde it is a map: structs would need a serializer
/// each, and a table of field names.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    #[derive(Serialize)]
    struct Value(#[serde(with = "serde_wasm_bindgen::preserve")] JsValue);
    let there = fields.iter().filter(|(_, value)| !value.is_undefined());
    let serializer = Serializer::new().serialize_maps_as_objects(true);
    let object = serializer.collect_map(there.map(|(name, value)| (name, Value(value.clone()))));
    object.unwrap_or_default()
}

/// A field that is a number. A binding of the getter would convert the value, and trap if that throws.
pub fn number(object: &JsValue, name: &str) -> Option<f64> {
    get(object, name).as_f64()
}

/// A number as a string. Rust code for floats would be a sixth of the module.
pub fn number_text(number: f64) -> String {
    describe(&number.into())
}
