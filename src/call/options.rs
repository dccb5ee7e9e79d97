//! Reading the options of a call. Reading an option makes its name known; all other names are errors. There
//! is no list of names.

use super::cancel::is_signal;
use super::similar::nearest;
use crate::cid::{Cid, DAG_PB, RAW, Version};
use crate::error::{Error, Result};
use crate::js::timer::MAX_TIMER_MS;
use crate::js::value::{describe, is_plain, keys, string};
use crate::text::join;
use core::cell::RefCell;
use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

/// The options that all calls have.
#[derive(Clone, Debug)]
pub struct CallOptions {
    /// The caller's `AbortSignal`, or `undefined`.
    pub signal: JsValue,
    /// The time limit in milliseconds; 0 for none.
    pub timeout: f64,
}

impl CallOptions {
    /// Reads `signal` and, if the call has a default timeout, `timeout`.
    pub fn read(options: &OptionReader, timeout: Option<f64>) -> Self {
        let signal = options.read("signal", "an AbortSignal", |value| {
            is_signal(value).then(|| value.clone())
        });
        let timeout = timeout.map(|default| {
            let expected = "0 (none) to 2147483647 milliseconds";
            let ms = options.number("timeout", expected, |ms| (0.0..=MAX_TIMER_MS).contains(&ms));
            ms.unwrap_or(default)
        });
        Self {
            signal: signal.unwrap_or_default(),
            timeout: timeout.unwrap_or_default(),
        }
    }

    /// The same without the timeout.
    pub fn without_timeout(&self) -> Self {
        Self {
            timeout: 0.0,
            ..self.clone()
        }
    }
}

/// Reads the options of a caller. The first error is reported at the end, unless there is an unknown name: a
/// typo explains more than the missing option that it causes.
pub struct OptionReader {
    object: JsValue,
    /// The own property names of the object.
    names: Vec<String>,
    /// Whether it inherits no options.
    is_plain: bool,
    known: RefCell<Vec<&'static str>>,
    error: RefCell<Option<Error>>,
}

impl OptionReader {
    /// Reads all options by `read`. `example` is an option for the message about a value that is not an
    /// object.
    pub fn parse<T>(object: JsValue, example: &str, read: impl FnOnce(&Self) -> T) -> Result<T> {
        let reader = Self::new(object, example)?;
        let options = read(&reader);
        reader.finish()?;
        Ok(options)
    }

    fn new(object: JsValue, example: &str) -> Result<Self> {
        let mut names = Vec::new();
        if !object.is_undefined() {
            if !object.is_object() {
                return Err(not_an_object(&object, example));
            }
            names = keys(&object)
                .map_err(|cause| Error::invalid("The options cannot be read").with_cause(cause))?;
        }
        Ok(Self {
            is_plain: is_plain(&object),
            object,
            names,
            known: RefCell::default(),
            error: RefCell::default(),
        })
    }

    fn finish(self) -> Result<()> {
        let known = self.known.take();
        for name in &self.names {
            if !known.contains(&name.as_str()) {
                return Err(unknown(name, &known));
            }
        }
        self.error.take().map_or(Ok(()), Err)
    }

    /// Records an invalid or missing option.
    pub fn fail(&self, error: Error) {
        self.error.borrow_mut().get_or_insert(error);
    }

    /// The value of an option, or `None` if it is not set.
    pub fn get(&self, name: &'static str) -> Option<JsValue> {
        self.known.borrow_mut().push(name);
        // Reading missing properties would double the time of a call's set-up.
        if self.object.is_undefined() || self.is_plain && !self.names.iter().any(|own| own == name)
        {
            return None;
        }
        match Reflect::get(&self.object, &name.into()) {
            Ok(value) => (!value.is_undefined()).then_some(value),
            Err(cause) => {
                let message = ["Reading `", name, "` failed"];
                self.fail(Error::invalid_from_parts(&message).with_cause(cause));
                None
            }
        }
    }

    /// Reads an option by `convert`, which returns `None` for an invalid value.
    pub fn read<T>(
        &self,
        name: &'static str,
        expected: &str,
        convert: impl FnOnce(&JsValue) -> Option<T>,
    ) -> Option<T> {
        let value = self.get(name)?;
        let converted = convert(&value);
        if converted.is_none() {
            self.refuse(name, expected, &value);
        }
        converted
    }

    /// Refuses the value of an option, or of an item of it.
    pub fn refuse(&self, name: &str, expected: &str, value: &JsValue) {
        let shown = describe(value);
        let text = ["`", name, "` must be ", expected, ", got ", &shown];
        self.fail(Error::invalid_from_parts(&text));
    }

    /// Reads a boolean.
    pub fn flag(&self, name: &'static str) -> Option<bool> {
        self.read(name, "true or false", JsValue::as_bool)
    }

    /// Reads a function.
    pub fn function(&self, name: &'static str) -> Option<Function> {
        self.read(name, "a function", |value| {
            value.dyn_ref::<Function>().cloned()
        })
    }

    /// Reads a number.
    pub fn number(
        &self,
        name: &'static str,
        expected: &str,
        fits: impl FnOnce(f64) -> bool,
    ) -> Option<f64> {
        self.read(name, expected, |value| {
            value.as_f64().filter(|number| fits(*number))
        })
    }

    /// Reads a whole number from `least` to 1000.
    pub fn count(&self, name: &'static str, least: u32, expected: &str) -> Option<u32> {
        self.read(name, expected, |value| {
            (least..=1000).find(|count| value.as_f64() == Some(f64::from(*count)))
        })
    }

    /// Reads `filename`. No file system allows longer names than this.
    pub fn filename(&self) -> Option<String> {
        self.read("filename", "a string of 1 to 1024 characters", |value| {
            string(value).filter(|name| !name.is_empty() && name.chars().nth(1024).is_none())
        })
    }

    /// Reads a size in bytes.
    pub fn size(&self, name: &'static str) -> Option<f64> {
        self.number(name, "0 or more bytes", |bytes| bytes >= 0.0)
    }

    /// Reads a CID that an order can return: of a file, with a SHA-256 hash.
    pub fn cid(&self, name: &'static str) -> Option<Cid> {
        let cid = self.read(name, "a CID", |value| string(value)?.parse::<Cid>().ok())?;
        if cid.sha256().is_some() && matches!(cid.codec(), RAW | DAG_PB) {
            return Some(cid);
        }
        let message = [
            "`",
            name,
            "` must be the CID of a file, with a SHA-256 hash",
        ];
        self.fail(Error::invalid_from_parts(&message));
        None
    }

    /// Reads `version`, the CID version.
    pub fn version(&self) -> Option<Version> {
        self.read("version", "0 or 1", |value| match value.as_f64() {
            Some(0.0) => Some(Version::V0),
            Some(1.0) => Some(Version::V1),
            _ => None,
        })
    }
}

/// A string is not shown, because it may be the token.
fn not_an_object(value: &JsValue, example: &str) -> Error {
    let shown = if value.is_string() {
        "a string".into()
    } else {
        describe(value)
    };
    let text = [
        "The options must be an object such as { ",
        example,
        " }, got ",
        &shown,
    ];
    Error::invalid_from_parts(&text)
}

fn unknown(name: &str, known: &[&str]) -> Error {
    match nearest(name, known) {
        Some(near) => {
            Error::invalid_from_parts(&["Unknown option `", name, "`; did you mean `", near, "`?"])
        }
        None => Error::invalid_from_parts(&[
            "Unknown option `",
            name,
            "`; the options are ",
            &join(known, ", "),
        ]),
    }
}
