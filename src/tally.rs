//! Telling the caller how far a batch is.

use crate::error::Result;
use crate::host;
use crate::options::Options;
use crate::progress::{Phase, Progress};
use core::cell::Cell;
use js_sys::{Array, Function};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// The counts of a batch, for the caller's `onProgress`.
#[derive(Clone)]
pub struct Tally(Option<Rc<Heard>>);

struct Heard {
    callback: Function,
    counts: Cell<Counts>,
}

/// What the caller is told.
#[derive(Clone, Copy)]
struct Counts {
    done: u32,
    failed: u32,
    total: Option<f64>,
    loaded: f64,
    total_bytes: Option<f64>,
}

impl Tally {
    /// Reads the option `onProgress`; `totals` gives the number of sources and that of all their
    /// bytes, where they are known.
    pub fn new(
        options: &Options,
        totals: impl FnOnce() -> (Option<f64>, Option<f64>),
    ) -> Result<Self> {
        let callback = options.function("onProgress")?;
        Ok(Self(callback.map(|callback| {
            let (total, total_bytes) = totals();
            Rc::new(Heard {
                callback,
                counts: Cell::new(Counts {
                    done: 0,
                    failed: 0,
                    total,
                    loaded: 0.0,
                    total_bytes,
                }),
            })
        })))
    }

    /// The progress of one order of so many bytes, which is part of that of the batch.
    pub fn progress(&self, size: Option<f64>) -> Progress {
        let Some(heard) = self.0.clone() else {
            return Progress::silent();
        };
        let told = Cell::new(0.0);
        Progress::to(
            move |_, loaded, _| {
                let more = loaded - told.replace(loaded);
                if more > 0.0 {
                    heard.count(|counts| counts.loaded += more);
                }
            },
            Phase::Upload,
            size,
        )
    }

    /// One source has ended, well or not. `saved` are the bytes that did not have to be sent.
    pub fn end(&self, well: bool, saved: f64) {
        if let Some(heard) = &self.0 {
            heard.count(|counts| {
                let ended = if well {
                    &mut counts.done
                } else {
                    &mut counts.failed
                };
                *ended = ended.saturating_add(1);
                counts.loaded += saved;
            });
        }
    }
}

impl Heard {
    fn count(&self, change: impl FnOnce(&mut Counts)) {
        let mut counts = self.counts.get();
        change(&mut counts);
        self.counts.set(counts);
        let nullable = |count: Option<f64>| count.map_or(JsValue::NULL, JsValue::from);
        let event = [
            ("done", counts.done.into()),
            ("failed", counts.failed.into()),
            ("total", nullable(counts.total)),
            ("loaded", counts.loaded.into()),
            ("totalBytes", nullable(counts.total_bytes)),
        ];
        if let Ok(event) = host::object(&event) {
            host::tell(&self.callback, &Array::of1(&event));
        }
    }
}
