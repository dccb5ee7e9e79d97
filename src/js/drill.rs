//! Panics on demand, for the suite `panics`.

use crate::js::value::resolve;
use wasm_bindgen::JsValue;

/// Panics before or after a first await, if the global `numbersPinDrill` is `before` or `after`.
#[allow(clippy::panic, reason = "the purpose of this function")]
pub async fn panic_on_demand() {
    let demand = js_sys::Reflect::get(&js_sys::global(), &"numbersPinDrill".into());
    let demand = demand.unwrap_or_default().as_string().unwrap_or_default();
    if demand == "before" {
        panic!("drill before the first await");
    }
    if demand == "after" {
        let _ = resolve(&JsValue::NULL).await;
        panic!("drill after the first await");
    }
}
