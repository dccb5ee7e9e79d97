//! The option object of a call: what is read from it, and how a wrong value is refused.

use crate::cid::Version;
use crate::describe::describe;
use crate::error::{Error, Result};
use crate::host;
use crate::text::{concat, join};
use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

/// A caller's option object, read and never written.
pub struct Options {
    object: JsValue,
    /// The names of all that it has, unless it may inherit more.
    names: Option<Vec<String>>,
}

impl Options {
    /// Takes the object that a caller gave, or nothing for all defaults. An option that is not in
    /// `known` is refused, with the nearest that is.
    pub fn new(object: JsValue, known: &[&str]) -> Result<Self> {
        if object.is_undefined() {
            return Ok(Self {
                object,
                names: Some(Vec::new()),
            });
        }
        if !object.is_object() {
            // A text is not shown: it may be the token.
            let given = if object.is_string() {
                "a string".into()
            } else {
                describe(&object)
            };
            let first = known.first().copied().unwrap_or_default();
            let text = [
                "The options must be an object such as { ",
                first,
                " }, not ",
                &given,
            ];
            return Err(Error::invalid(concat(&text)));
        }
        let names = host::keys(&object)
            .map_err(|cause| Error::invalid("The options could not be read").with_cause(cause))?;
        let names: Vec<String> = names.iter().filter_map(|name| name.as_string()).collect();
        for name in &names {
            if !known.contains(&name.as_str()) {
                return Err(Error::invalid(match nearest(name, known) {
                    Some(near) => {
                        concat(&["Unknown option `", name, "`; did you mean `", near, "`?"])
                    }
                    None => concat(&[
                        "Unknown option `",
                        name,
                        "`; known are ",
                        &join(known, ", "),
                    ]),
                }));
            }
        }
        Ok(Self {
            names: is_plain(&object).then_some(names),
            object,
        })
    }

    /// The value of an option, or `None` where the default is to be taken.
    pub fn get(&self, name: &str) -> Result<Option<JsValue>> {
        // Asking the host for each that is not there takes as long as all else that is done here.
        let names = self.names.as_ref();
        if names.is_some_and(|names| !names.iter().any(|known| known == name)) {
            return Ok(None);
        }
        let value = Reflect::get(&self.object, &name.into()).map_err(|cause| {
            Error::invalid(concat(&["Reading `", name, "` failed"])).with_cause(cause)
        })?;
        Ok((!value.is_undefined()).then_some(value))
    }

    /// `true` or `false`.
    pub fn flag(&self, name: &str) -> Result<Option<bool>> {
        self.typed(name, "true or false", JsValue::as_bool)
    }

    /// A function.
    pub fn function(&self, name: &str) -> Result<Option<Function>> {
        self.typed(name, "a function", |value| {
            value.dyn_ref::<Function>().cloned()
        })
    }

    /// A number of times.
    pub fn count(&self, name: &str) -> Result<Option<u32>> {
        self.typed(name, "a whole number from 0 to 1000", |value| {
            (0..=1000).find(|count| value.as_f64() == Some(f64::from(*count)))
        })
    }

    /// A string that is not empty.
    pub fn text(&self, name: &str) -> Result<Option<String>> {
        self.typed(name, "a string that is not empty", |value| {
            value.as_string().filter(|text| !text.is_empty())
        })
    }

    /// A CID version.
    pub fn version(&self) -> Result<Option<Version>> {
        self.typed("version", "0 or 1", |value| match value.as_f64() {
            Some(0.0) => Some(Version::V0),
            Some(1.0) => Some(Version::V1),
            _ => None,
        })
    }

    /// An option whose value `convert` takes, or refuses with `None`.
    pub fn typed<T>(
        &self,
        name: &str,
        expected: &str,
        convert: impl FnOnce(&JsValue) -> Option<T>,
    ) -> Result<Option<T>> {
        let Some(value) = self.get(name)? else {
            return Ok(None);
        };
        match convert(&value) {
            Some(value) => Ok(Some(value)),
            None => Err(refused(name, expected, &value)),
        }
    }
}

/// Whether an object inherits nothing but what every object has.
fn is_plain(object: &JsValue) -> bool {
    let parent = |object: &JsValue| Reflect::get_prototype_of(object).map(JsValue::from);
    match parent(object) {
        Ok(prototype) if !prototype.is_null() => {
            parent(&prototype).is_ok_and(|further| further.is_null())
        }
        Ok(_) => true,
        Err(_) => false,
    }
}

/// Apart from what reads the value, which is compiled once for every type.
fn refused(name: &str, expected: &str, value: &JsValue) -> Error {
    let given = describe(value);
    Error::invalid(concat(&[
        "`",
        name,
        "` must be ",
        expected,
        ", not ",
        &given,
    ]))
}

/// The known name that a misspelt one most likely means.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|candidate| (distance(name, candidate), *candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= candidate.len().div_ceil(3))
        .map(|(_, candidate)| candidate)
}

/// The Levenshtein distance, without regard to case: `onprogress` is `onProgress`.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (1..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let (mut diagonal, mut left) = (i, i.saturating_add(1));
        for (cell, y) in row.iter_mut().zip(b.bytes()) {
            let changed = usize::from(!x.eq_ignore_ascii_case(&y));
            let best = diagonal
                .saturating_add(changed)
                .min(left.min(*cell).saturating_add(1));
            diagonal = core::mem::replace(cell, best);
            left = best;
        }
    }
    row.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 5] = ["token", "endpoint", "onProgress", "maxSize", "version"];

    #[test]
    fn a_misspelt_option_is_led_to_the_known_one() {
        for (given, meant) in [
            ("tokn", "token"),
            ("Token", "token"),
            ("endPoint", "endpoint"),
            ("onprogress", "onProgress"),
            ("max_size", "maxSize"),
            ("cidVersion", "version"),
        ] {
            assert_eq!(nearest(given, &KNOWN), Some(meant), "{given}");
        }
    }

    #[test]
    fn a_name_like_no_other_is_led_nowhere() {
        assert_eq!(nearest("retryStrategyFactory", &KNOWN), None);
        assert_eq!(nearest("", &KNOWN), None);
    }

    #[test]
    fn the_distance_is_that_of_levenshtein() {
        // The textbook's examples.
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("saturday", "sunday"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}
