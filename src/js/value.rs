//! Reading values that may be a caller's, or a polyfill's. A getter or a method of such a value may throw,
//! and an exception that no binding catches is a trap, which ends all other calls too.

use js_sys::{Function, Promise};
use serde::{Serialize, Serializer as _};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(js_namespace = value)]
extern "C" {
    /// A field of an object; `undefined` where there is none, or where its getter throws.
    pub fn get(object: &JsValue, name: &str) -> JsValue;

    /// A string, unless it is too long for any option or argument: memory of WebAssembly never shrinks.
    #[wasm_bindgen(js_name = text)]
    pub fn string(value: &JsValue) -> Option<String>;

    /// A field that is a string, or its beginning if it is very long.
    #[wasm_bindgen(js_name = field)]
    pub fn text(object: &JsValue, name: &str) -> Option<String>;

    /// A header of a `Response`, where it is there and the runtime shows it.
    pub fn header(response: &JsValue, name: &str) -> Option<String>;

    /// The name of a value's type, which is the same in every realm: `Blob`, `Array`, `Response`.
    pub fn tag(value: &JsValue) -> String;

    /// A value as messages name it: `undefined`, `2`, `"ftp://example.org"`, `a Promise`.
    pub fn describe(value: &JsValue) -> String;

    /// The names of an object's own properties.
    #[wasm_bindgen(catch)]
    pub fn keys(object: &JsValue) -> Result<Vec<String>, JsValue>;

    /// The items of an array, or the value itself.
    pub fn items(value: &JsValue) -> Vec<JsValue>;

    /// Whether an object inherits nothing but what every object has.
    #[wasm_bindgen(js_name = isPlain)]
    pub fn is_plain(object: &JsValue) -> bool;

    /// A whole number that a double holds exactly, also one that is written as text.
    #[wasm_bindgen(js_name = wholeNumber)]
    pub fn whole_number(value: &JsValue) -> Option<f64>;

    /// Calls a callback of the caller's. What it throws or rejects with must not cost a receipt.
    pub fn notify(callback: &Function, first: &JsValue, second: &JsValue);

    /// Handles the rejection of a promise that nobody waits for.
    #[wasm_bindgen(js_name = ignoreRejection)]
    pub fn ignore_rejection(value: &JsValue);

    #[wasm_bindgen(js_name = resolve)]
    fn resolved(value: &JsValue) -> Promise;
}

/// What a value resolves to, which may be a promise, also a polyfilled one.
pub fn resolve(value: &JsValue) -> JsFuture {
    resolved(value).into()
}

/// A plain object of fields, but for those that are `undefined`. It is a map for serde: a struct would need a
/// serializer of its own for each kind of object, and a table of the names of all fields.
pub fn object(fields: &[(&str, JsValue)]) -> JsValue {
    #[derive(Serialize)]
    struct Value(#[serde(with = "serde_wasm_bindgen::preserve")] JsValue);
    let there = fields.iter().filter(|(_, value)| !value.is_undefined());
    let serializer = Serializer::new().serialize_maps_as_objects(true);
    let object = serializer.collect_map(there.map(|(name, value)| (name, Value(value.clone()))));
    object.unwrap_or_default()
}

/// A field that is a number. A binding of the getter would convert it, and trap where that throws.
pub fn number(object: &JsValue, name: &str) -> Option<f64> {
    get(object, name).as_f64()
}

/// A number as text: the code that writes floats would be a sixth of the module.
pub fn decimal(number: f64) -> String {
    describe(&number.into())
}
