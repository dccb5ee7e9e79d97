//! Telling the caller how far a call is.

use crate::error::Result;
use crate::host;
use crate::options::Options;
use core::cell::Cell;
use js_sys::Function;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What a call is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reading and hashing the source.
    Hashing,
    /// Receiving from a gateway.
    Download,
    /// Over, and good.
    Done,
}

/// The caller's `onProgress`, and the count that it is told.
pub struct Progress {
    callback: Option<Function>,
    phase: Phase,
    loaded: Cell<f64>,
    total: Option<f64>,
}

impl Progress {
    /// Reads the option `onProgress`. `total` is the number of bytes, where it is known.
    pub fn new(options: &Options, phase: Phase, total: Option<f64>) -> Result<Self> {
        let callback = options.function("onProgress")?;
        Ok(Self {
            callback,
            phase,
            loaded: Cell::new(0.0),
            total,
        })
    }

    /// Nobody to tell.
    pub fn silent() -> Self {
        Self {
            callback: None,
            phase: Phase::Hashing,
            loaded: Cell::new(0.0),
            total: None,
        }
    }

    /// So many bytes more are done. A second pass over them adds nothing.
    pub fn advance(&self, bytes: u32) {
        let loaded = self.loaded.get() + f64::from(bytes);
        self.loaded.set(loaded.min(self.total.unwrap_or(loaded)));
        self.tell(self.phase, self.total);
    }

    /// The call is over, and good.
    pub fn done(&self) {
        self.tell(Phase::Done, Some(self.loaded.get()));
    }

    fn tell(&self, phase: Phase, total: Option<f64>) {
        #[derive(Serialize)]
        struct Event {
            phase: &'static str,
            loaded: f64,
            total: Option<f64>,
        }
        let Some(callback) = &self.callback else {
            return;
        };
        let phase = match phase {
            Phase::Hashing => "hashing",
            Phase::Download => "download",
            Phase::Done => "done",
        };
        let event = Event {
            phase,
            loaded: self.loaded.get(),
            total,
        };
        if let Ok(event) = host::object(&event) {
            // What the caller's function throws is no reason to lose a pin.
            let _ = callback.call1(&JsValue::UNDEFINED, &event);
        }
    }
}
