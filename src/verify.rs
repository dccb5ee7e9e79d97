//! `cidOf()` and `verify()`: what needs no service.

use crate::cid::{Cid, Version};
use crate::describe::describe;
use crate::error::{Error, Result};
use crate::host;
use crate::limits::Bounds;
use crate::options::Options;
use crate::progress::{Phase, Progress};
use crate::proof::{Proof, prove};
use crate::roots::Roots;
use crate::source::Source;
use crate::text::{concat, join};
use crate::unixfs::{PROFILES, Profile};
use wasm_bindgen::prelude::*;

/// The CID of a source, computed here.
pub async fn cid_of(source: JsValue, options: JsValue) -> Result<JsValue> {
    let options = Options::new(options, &["version", "profile", "signal", "onProgress"])?;
    let profile = profile(&options)?;
    let source = bytes(&source)?;
    let progress = Progress::new(&options, Phase::Hashing, source.size())?;
    let limits = Bounds::new(&options, 0.0)?.start()?;
    let work = async {
        let roots = Roots::compute(&mut source.windows()?, &[profile], &progress).await?;
        progress.done();
        let root = roots.first().map(|root| root.cid.text());
        Ok(root.unwrap_or_default().into())
    };
    limits.run(Box::pin(work)).await
}

/// Compares a source with a CID.
pub async fn verify(source: JsValue, cid: JsValue, options: JsValue) -> Result<JsValue> {
    let options = Options::new(options, &["signal", "onProgress"])?;
    let cid = self::cid(&cid)?;
    let source = bytes(&source)?;
    let progress = Progress::new(&options, Phase::Hashing, source.size())?;
    let limits = Bounds::new(&options, 0.0)?.start()?;
    let work = async {
        let proved = prove(&source, &cid, Roots::default(), &progress).await?;
        progress.done();
        let profile = match proved.proof {
            Proof::Proven(name) => Some(name),
            Proof::Unproven | Proof::Refuted => None,
        };
        let computed = proved.computed.map(|cid| cid.text());
        let verification = [
            ("verified", profile.is_some().into()),
            ("profile", profile.map_or(JsValue::NULL, JsValue::from)),
            ("computed", computed.map_or(JsValue::NULL, JsValue::from)),
        ];
        host::object(&verification).map_err(|error| {
            Error::invalid("The verification cannot be told").with_cause(error.into())
        })
    };
    limits.run(Box::pin(work)).await
}

/// A CID that a caller gave.
pub fn cid(given: &JsValue) -> Result<Cid> {
    let Some(text) = given.as_string() else {
        return Err(Error::invalid(concat(&[
            "`cid` must be a string, not ",
            &describe(given),
        ])));
    };
    text.parse().map_err(|error: crate::cid::ParseCidError| {
        let given = describe(given);
        Error::invalid(concat(&[
            "`cid` must be a CID, not ",
            &given,
            ": ",
            &error.to_string(),
        ]))
    })
}

fn bytes(given: &JsValue) -> Result<Source> {
    match Source::new(given)? {
        Source::Url(_) => Err(Error::invalid("`source` must be bytes, not a URL")),
        source => Ok(source),
    }
}

fn profile(options: &Options) -> Result<&'static Profile> {
    let version = options.version()?;
    let names = || join(&PROFILES.each_ref().map(|profile| profile.name), ", ");
    let named = options.typed("profile", &concat(&["one of ", &names()]), |value| {
        Profile::by_name(&value.as_string()?)
    })?;
    match (named, version) {
        (Some(profile), Some(version)) if profile.root_version != version => Err(Error::invalid(
            "`version` must be that of the `profile`, where both are given",
        )),
        (Some(profile), _) => Ok(profile),
        (None, version) => Ok(Profile::default_for(version.unwrap_or(Version::V1))),
    }
}
