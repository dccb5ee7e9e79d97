//! Where an order goes.

use crate::describe::type_name;
use crate::error::Result;
use crate::host;
use crate::options::Options;
use wasm_bindgen::prelude::*;
use web_sys::Url;

/// The API page's endpoint.
const NUMBERS: &str = "https://eoqctv92ahgrcif.m.pipedream.net";

/// The address of a pin API.
pub struct Endpoint {
    /// An absolute http(s) URL.
    pub url: String,
    /// Whether it is of the page's own origin, which knows its visitors without a token.
    pub own: bool,
}

impl Endpoint {
    /// The option `endpoint`, or the Numbers API.
    pub fn new(options: &Options) -> Result<Self> {
        let page = host::location();
        let url = options.typed(
            "endpoint",
            "an absolute http(s) URL without a password or, in a page, a path of its own",
            |value| absolute(value, page.as_ref()),
        )?;
        Ok(match url {
            Some(url) => Self {
                own: page.is_some_and(|page| page.origin() == url.origin()),
                url: url.href(),
            },
            None => Self {
                url: NUMBERS.into(),
                own: false,
            },
        })
    }
}

/// An http(s) address, in a page also relative to it, that carries no password.
pub fn absolute(value: &JsValue, page: Option<&Url>) -> Option<Url> {
    let text = match value.as_string() {
        Some(text) => text,
        None if type_name(value) == "URL" => host::text(value, "href")?,
        None => return None,
    };
    let url = match page {
        Some(page) => Url::new_with_base(&text, &page.href()),
        None => Url::new(&text),
    };
    url.ok().filter(|url| {
        matches!(url.protocol().as_str(), "http:" | "https:")
            && url.username().is_empty()
            && url.password().is_empty()
    })
}
