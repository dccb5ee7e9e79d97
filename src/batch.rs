//! `pinAll()`: many orders, a few at a time, and the same bytes only once.

use crate::content::Content;
use crate::error::{Code, Result};
use crate::gate::Gate;
use crate::host;
use crate::limits::Bounds;
use crate::options::Options;
use crate::order::Order;
use crate::pin;
use crate::purchase::{compute, purchase};
use crate::request::Body;
use crate::settings::Settings;
use crate::source::Source;
use crate::sources::{Sources, named, totals};
use crate::tally::Tally;
use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::task::{Poll, Waker};
use js_sys::{Array, Function, Map};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// How many orders are under way at a time.
const CONCURRENCY: u32 = 4;

/// Stores all sources and gives their results, in the order of the sources.
pub async fn pin_all(sources: JsValue, options: JsValue) -> Result<JsValue> {
    let own = ["concurrency", "dedupe", "onResult"];
    let options = Options::new(options, &[&pin::OPTIONS[..], &own[..]].concat())?;
    let concurrency = options.typed("concurrency", "a whole number from 1 to 1000", |value| {
        (1..=1000).find(|count| value.as_f64() == Some(f64::from(*count)))
    })?;
    let concurrency = concurrency.unwrap_or(CONCURRENCY);
    let batch = Rc::new(Batch::new(&options, &sources)?);
    let signal = batch.bounds.without_timeout().start()?;
    let sources = Sources::open(&sources)?;
    loop {
        batch.fewer_than(concurrency).await;
        match sources.next(&signal).await {
            Ok(Some(source)) => batch.start(source),
            Ok(None) => break,
            Err(error) if error.is_interruption() => {
                sources.close();
                break;
            }
            Err(error) => {
                batch.end(batch.results.length(), Err(error));
                break;
            }
        }
    }
    batch.fewer_than(1).await;
    Ok(batch.results.clone().into())
}

struct Batch {
    settings: Settings,
    bounds: Bounds,
    gate: Rc<Gate>,
    tally: Tally,
    on_result: Option<Function>,
    /// Which source was the first with some content, by its CID or URL; `None` where each is bought.
    bought: Option<Map>,
    /// The results, of which those that are not there yet are `undefined`.
    results: Array,
    duplicates: RefCell<Vec<Duplicate>>,
    running: Cell<u32>,
    waker: RefCell<Option<Waker>>,
}

/// A source that waits for the result of another.
struct Duplicate {
    index: u32,
    of: u32,
    size: f64,
}

/// An index that was put into a map.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it was a `u32` before"
)]
fn index_of(value: &JsValue) -> Option<u32> {
    value.as_f64().map(|index| index as u32)
}

impl Batch {
    fn new(options: &Options, sources: &JsValue) -> Result<Self> {
        let dedupe = options.flag("dedupe")?.unwrap_or(true);
        Ok(Self {
            settings: Settings::new(options)?,
            bounds: Bounds::new(options, pin::TIMEOUT)?,
            gate: Rc::default(),
            tally: Tally::new(options, || totals(sources))?,
            on_result: options.function("onResult")?,
            bought: dedupe.then(Map::new),
            results: Array::new(),
            duplicates: RefCell::default(),
            running: Cell::new(0),
            waker: RefCell::default(),
        })
    }

    /// Waits until fewer than so many orders are under way, and the last one has begun: an iterator may
    /// use the memory of the bytes that it gave for those it gives next.
    async fn fewer_than(&self, count: u32) {
        let mut has_begun = false;
        poll_fn(|context| {
            if !has_begun {
                has_begun = true;
                context.waker().wake_by_ref();
            } else if self.running.get() < count {
                return Poll::Ready(());
            }
            self.waker.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    /// Starts the order of the next source.
    fn start(self: &Rc<Self>, source: JsValue) {
        let index = self.results.push(&JsValue::UNDEFINED).saturating_sub(1);
        self.running.set(self.running.get().saturating_add(1));
        let batch = Rc::clone(self);
        spawn_local(async move {
            let duplicate = Cell::new(None);
            let result = batch.order(index, &source, &duplicate).await;
            batch.running.set(batch.running.get().saturating_sub(1));
            match duplicate.take() {
                Some(duplicate) => batch.wait(duplicate),
                None => batch.end(index, result),
            }
            if let Some(waker) = batch.waker.take() {
                waker.wake();
            }
        });
    }

    /// Makes an order, unless it would be the same as another: then that is set in `duplicate`.
    async fn order(
        &self,
        index: u32,
        given: &JsValue,
        duplicate: &Cell<Option<Duplicate>>,
    ) -> Result<JsValue> {
        self.gate.check()?;
        let (given, filename) = named(given)?;
        let source = self.settings.source(&given)?;
        let limits = self.bounds.start()?;
        let order = Order::new(Rc::clone(&self.gate));
        let work = async {
            let url = match &source {
                Source::Url(url) => Some(url.clone()),
                _ => None,
            };
            let body = self.settings.body(source, &given, filename).await?;
            let mut roots = None;
            if let Some(bought) = &self.bought {
                let name = match (&body, url) {
                    (Body::Form(upload), _) => {
                        let version = self.settings.terms.version;
                        let computed =
                            compute(&upload.content, Content::windows, version, &order).await?;
                        let name = computed.first().map(|root| root.cid.text());
                        roots = Some(computed);
                        name
                    }
                    (Body::Json(_), url) => url,
                };
                let name = name.unwrap_or_default().into();
                if let Some(of) = index_of(&bought.get(&name)) {
                    let size = body.size().unwrap_or_default();
                    duplicate.set(Some(Duplicate { index, of, size }));
                    return Ok(JsValue::UNDEFINED);
                }
                bought.set(&name, &index.into());
            }
            let progress = self.tally.progress(body.size());
            purchase(&self.settings, &body, roots, &order, &limits, &progress).await
        };
        let result = limits.run(Box::pin(work)).await;
        result.map_err(|error| order.close(error))
    }

    /// A source has the result of another, which may be there already.
    fn wait(&self, duplicate: Duplicate) {
        let settled = self.results.get(duplicate.of);
        if settled.is_undefined() {
            self.duplicates.borrow_mut().push(duplicate);
        } else {
            self.settle(duplicate.index, &settled, duplicate.size);
        }
    }

    /// A source has its result, and so have those that waited for it.
    fn end(&self, index: u32, result: Result<JsValue>) {
        // In the shape of `Promise.allSettled`.
        let settled = match result {
            Ok(value) => [("status", "fulfilled".into()), ("value", value)],
            Err(error) => {
                let code = error.code();
                let reason = JsValue::from(error);
                if matches!(
                    code,
                    Code::Unauthorized | Code::Forbidden | Code::InsufficientFunds
                ) {
                    self.gate.close(&reason);
                }
                [("status", "rejected".into()), ("reason", reason)]
            }
        };
        let settled = host::object(&settled).unwrap_or_default();
        self.settle(index, &settled, 0.0);
        let waiting = self.duplicates.take().into_iter();
        let (same, others): (Vec<_>, _) = waiting.partition(|duplicate| duplicate.of == index);
        self.duplicates.replace(others);
        for duplicate in same {
            self.settle(duplicate.index, &settled, duplicate.size);
        }
    }

    /// Keeps a result and tells the caller. `saved` are the bytes that did not have to be sent for it.
    fn settle(&self, index: u32, settled: &JsValue, saved: f64) {
        self.results.set(index, settled.clone());
        let well = host::field(settled, "value").is_some_and(|value| !value.is_undefined());
        self.tally.end(well, if well { saved } else { 0.0 });
        if let Some(on_result) = &self.on_result {
            host::tell(on_result, &Array::of2(settled, &index.into()));
        }
    }
}
