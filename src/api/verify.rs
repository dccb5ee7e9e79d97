//! `verify()`: compares a source with a CID.

use super::argument::parse_cid;
use super::promise;
use crate::call::Call;
use crate::call::options::{CallOptions, OptionReader};
use crate::call::progress::{HASHING, Progress};
use crate::js::value::object;
use crate::source::Source;
use crate::verify::roots::RootCids;
use crate::verify::{self, Match};
use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// Compares a source with a CID.
#[wasm_bindgen]
pub fn verify(source: JsValue, cid: JsValue, options: JsValue) -> Promise {
    promise(async move {
        let (on_progress, options) = OptionReader::parse(options, "signal", |options| {
            let call = CallOptions::read(options, None);
            (options.function("onProgress"), call)
        })?;
        let cid = parse_cid(&cid)?;
        let source = Source::parse_bytes(&source)?;
        let progress = Progress::to(on_progress.as_ref(), HASHING, source.size());
        let call = Call::start(&options)?;
        let work = async {
            let known = RootCids::default();
            let verification = verify::verify(&source, &cid, known, &progress).await?;
            progress.done();
            let profile = match verification.result {
                Match::Verified(profile) => Some(profile),
                Match::Unknown | Match::Mismatch => None,
            };
            let computed = verification.computed.map(|cid| cid.text());
            Ok(object(&[
                ("verified", profile.is_some().into()),
                ("profile", profile.map_or(JsValue::NULL, JsValue::from)),
                ("computed", computed.map_or(JsValue::NULL, JsValue::from)),
            ]))
        };
        call.run(work).await
    })
}
