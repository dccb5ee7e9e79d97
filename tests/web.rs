//! The library on a real host: `cargo xtask test wasm` runs this in Node and in Chromium.

#![cfg(target_arch = "wasm32")]

use js_sys::{Array, Object, Reflect, Uint8Array};
use numbers_pin::{cid_of, locate, pin, verify};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{AbortController, Blob};

/// From IPIP-0499's fixtures and kubo's tests.
const HELLO: &str = "hello world";
const HELLO_V0: &str = "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD";
const HELLO_V1: &str = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

fn bytes(text: &str) -> JsValue {
    Uint8Array::from(text.as_bytes()).into()
}

fn blob(text: &str) -> JsValue {
    Blob::new_with_str_sequence(&Array::of1(&text.into()))
        .unwrap()
        .into()
}

fn options(pairs: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in pairs {
        Reflect::set(&object, &(*name).into(), value).unwrap();
    }
    object.into()
}

/// The `code` and `message` of a rejection, which must be an `Error`.
fn failure(error: numbers_pin::error::Error) -> (String, String) {
    let error: JsValue = error.into();
    assert!(error.is_instance_of::<js_sys::Error>());
    let field = |name: &str| {
        Reflect::get(&error, &name.into())
            .unwrap()
            .as_string()
            .unwrap()
    };
    (field("code"), field("message"))
}

#[wasm_bindgen_test]
async fn every_kind_of_bytes_has_the_published_cid() {
    let buffer = Uint8Array::from(HELLO.as_bytes()).buffer();
    let stream = blob(HELLO).unchecked_into::<Blob>().stream();
    for source in [bytes(HELLO), blob(HELLO), buffer.into(), stream.into()] {
        let cid = cid_of(source, JsValue::UNDEFINED).await.unwrap();
        assert_eq!(cid, HELLO_V1);
    }
}

#[wasm_bindgen_test]
async fn version_0_has_its_own_cid() {
    let version = options(&[("version", 0.into())]);
    assert_eq!(cid_of(blob(HELLO), version).await.unwrap(), HELLO_V0);
}

#[wasm_bindgen_test]
async fn a_cid_is_verified_or_not() {
    for (text, cid, verified) in [
        (HELLO, HELLO_V0, true),
        (HELLO, HELLO_V1, true),
        ("hello World", HELLO_V0, false),
        ("hello World", HELLO_V1, false),
    ] {
        let verification = verify(blob(text), cid.into(), JsValue::UNDEFINED)
            .await
            .unwrap();
        let answer = Reflect::get(&verification, &"verified".into()).unwrap();
        assert_eq!(answer.as_bool(), Some(verified), "{text} {cid}");
    }
}

#[wasm_bindgen_test]
async fn a_wrong_argument_is_named_before_anything_is_sent() {
    let token = || ("token", "abc".into());
    for (source, options, named) in [
        (JsValue::UNDEFINED, options(&[token()]), "`source`"),
        (42.into(), options(&[token()]), "`source`"),
        ("not a url".into(), options(&[token()]), "`source`"),
        (bytes(""), JsValue::UNDEFINED, "`token`"),
        (bytes(""), options(&[("token", "a\nb".into())]), "`token`"),
        (
            bytes(""),
            options(&[token(), ("version", 2.into())]),
            "`version`",
        ),
        (
            bytes(""),
            options(&[token(), ("timeout", JsValue::from_f64(f64::NAN))]),
            "`timeout`",
        ),
        (
            bytes(""),
            options(&[token(), ("endpoint", "file:///x".into())]),
            "`endpoint`",
        ),
        (
            bytes(""),
            options(&[token(), ("signal", Object::new().into())]),
            "`signal`",
        ),
        (bytes(""), options(&[("tokn", "abc".into())]), "`token`"),
    ] {
        let (code, message) = failure(pin(source, options).await.unwrap_err());
        assert_eq!(code, "invalid-input", "{message}");
        assert!(message.contains(named), "{message}");
    }
}

#[wasm_bindgen_test]
async fn a_signal_that_has_fired_ends_the_call_with_its_reason() {
    let controller = AbortController::new().unwrap();
    controller.abort_with_reason(&"enough".into());
    let options = options(&[("signal", controller.signal().into())]);
    let error: JsValue = locate(HELLO_V1.into(), options).await.unwrap_err().into();
    let field = |name: &str| Reflect::get(&error, &name.into()).unwrap().as_string();
    assert_eq!(field("code").as_deref(), Some("aborted"));
    assert_eq!(field("name").as_deref(), Some("AbortError"));
    assert_eq!(field("cause").as_deref(), Some("enough"));
}
