//! `cidOf()`: computes the CID of a source.

use super::promise;
use crate::call::Call;
use crate::call::options::{CallOptions, OptionReader};
use crate::call::progress::{HASHING, Progress};
use crate::cid::Version;
use crate::error::Error;
use crate::js::value::string;
use crate::source::Source;
use crate::text::{concat, join};
use crate::unixfs::{PROFILES, Profile};
use crate::verify::roots::RootCids;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

/// Computes the CID of a source, without ordering anything.
#[wasm_bindgen(js_name = cidOf)]
pub fn cid_of(source: JsValue, options: JsValue) -> Promise {
    promise(async move {
        let (profile, on_progress, options) = OptionReader::parse(options, "version", |options| {
            let profile = profile(options);
            let on_progress = options.function("onProgress");
            (profile, on_progress, CallOptions::read(options, None))
        })?;
        let source = Source::parse_bytes(&source)?;
        let progress = Progress::to(on_progress.as_ref(), HASHING, source.size());
        let call = Call::start(&options)?;
        let work = async {
            let roots = RootCids::compute(source.chunks()?, &[profile], &progress).await?;
            progress.done();
            let cid = roots.first().map(|root| root.cid.text());
            Ok(cid.unwrap_or_default().into())
        };
        call.run(work).await
    })
}

/// The options `version` and `profile`.
fn profile(options: &OptionReader) -> &'static Profile {
    let version = options.version();
    let names = || join(&PROFILES.each_ref().map(|profile| profile.name), ", ");
    let named = options.read("profile", &concat(&["one of ", &names()]), |value| {
        Profile::by_name(&string(value)?)
    });
    match (named, version) {
        (Some(profile), Some(version)) if profile.root_version != version => {
            options.fail(Error::invalid("`version` is not that of `profile`"));
            profile
        }
        (Some(profile), _) => profile,
        (None, version) => Profile::default_for(version.unwrap_or(Version::V1)),
    }
}
