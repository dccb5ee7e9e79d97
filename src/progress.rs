//! Telling the caller how far a call is.

use crate::error::Result;
use crate::host;
use crate::options::Options;
use core::cell::Cell;
use js_sys::{Array, Function};
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// What a call is doing. Those of one call come in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Reading and hashing the source.
    Hashing,
    /// Receiving from a gateway.
    Download,
    /// Handing the bytes over.
    Upload,
    /// All sent, waiting for the answer.
    Processing,
    /// Over, and good.
    Done,
}

/// The caller's `onProgress`, and the count that it is told: of bytes, and never going back.
#[derive(Clone)]
pub struct Progress(Option<Rc<Heard>>);

struct Heard {
    listener: Box<dyn Fn(Phase, f64, Option<f64>)>,
    total: Cell<Option<f64>>,
    last: Cell<(Phase, f64)>,
}

impl Progress {
    /// Reads the option `onProgress`. `total` is the number of bytes, where it is known.
    pub fn new(options: &Options, phase: Phase, total: Option<f64>) -> Result<Self> {
        let callback = options.function("onProgress")?;
        Ok(match callback {
            Some(callback) => Self::to(
                move |phase, loaded, total| tell(&callback, phase, loaded, total),
                phase,
                total,
            ),
            None => Self::silent(),
        })
    }

    /// Tells `listener`: the phase, what is loaded, and the total.
    pub fn to(
        listener: impl Fn(Phase, f64, Option<f64>) + 'static,
        phase: Phase,
        total: Option<f64>,
    ) -> Self {
        Self(Some(Rc::new(Heard {
            listener: Box::new(listener),
            total: Cell::new(total),
            last: Cell::new((phase, -1.0)),
        })))
    }

    /// Nobody to tell.
    pub fn silent() -> Self {
        Self(None)
    }

    /// Whether there is somebody to tell.
    pub fn is_heard(&self) -> bool {
        self.0.is_some()
    }

    /// So many bytes more are done. A second pass over them adds nothing.
    pub fn advance(&self, bytes: u32) {
        if let Some(heard) = &self.0 {
            let (phase, loaded) = heard.last.get();
            heard.reach(phase, loaded.max(0.0) + f64::from(bytes));
        }
    }

    /// The call has come so far.
    pub fn reach(&self, phase: Phase, loaded: f64) {
        if let Some(heard) = &self.0 {
            heard.reach(phase, loaded);
        }
    }

    /// The call is over, and good.
    pub fn done(&self) {
        if let Some(heard) = &self.0 {
            let (_, loaded) = heard.last.get();
            heard.reach(Phase::Done, heard.total.get().unwrap_or(loaded.max(0.0)));
        }
    }
}

impl Heard {
    fn reach(&self, phase: Phase, loaded: f64) {
        let total = self.total.get().unwrap_or(loaded);
        if loaded > total && phase == Phase::Download {
            // What travelled was shorter, being compressed; a page is not shown that it was.
            self.total.set(None);
        }
        let loaded = loaded.min(self.total.get().unwrap_or(loaded));
        let next = (phase, loaded);
        if self.last.get() < next {
            self.last.set(next);
            (self.listener)(phase, loaded, self.total.get());
        }
    }
}

/// Calls a caller's function.
fn tell(callback: &Function, phase: Phase, loaded: f64, total: Option<f64>) {
    let phase = match phase {
        Phase::Hashing => "hashing",
        Phase::Download => "download",
        Phase::Upload => "upload",
        Phase::Processing => "processing",
        Phase::Done => "done",
    };
    let event = [
        ("phase", phase.into()),
        ("loaded", loaded.into()),
        ("total", total.map_or(JsValue::NULL, JsValue::from)),
    ];
    if let Ok(event) = host::object(&event) {
        host::tell(callback, &Array::of1(&event));
    }
}
