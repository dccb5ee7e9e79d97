//! `pinAll()`: many orders with limited concurrency; sources with the same content are ordered once.

use super::promise;
use crate::call::Call;
use crate::call::options::OptionReader;
use crate::call::progress::BatchProgress;
use crate::cid::Cid;
use crate::error::{Code, Outcome, Result};
use crate::js::value::{get, notify, object};
use crate::order::Order;
use crate::order::gate::BatchGate;
use crate::order::options::PinOptions;
use crate::order::receipt::check_expected;
use crate::source::Data;
use crate::source::item::Item;
use crate::source::iter::SourceIter;
use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::task::{Poll, Waker};
use js_sys::{Array, Function, Map, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The default number of orders at a time.
const CONCURRENCY: u32 = 4;

struct BatchOptions {
    pin: PinOptions,
    concurrency: u32,
    dedupe: bool,
    on_result: Option<Function>,
}

impl BatchOptions {
    fn read(options: &OptionReader) -> Self {
        Self {
            pin: PinOptions::read(options),
            concurrency: options
                .count("concurrency", 1, "a whole number from 1 to 1000")
                .unwrap_or(CONCURRENCY),
            dedupe: options.flag("dedupe").unwrap_or(true),
            on_result: options.function("onResult"),
        }
    }
}

/// Stores all sources and resolves to their results, in the order of the sources.
#[wasm_bindgen(js_name = pinAll)]
pub fn pin_all(sources: JsValue, options: JsValue) -> Promise {
    promise(async move {
        let options = OptionReader::parse(options, "token", BatchOptions::read)?;
        let concurrency = options.concurrency;
        let call = Call::start(&options.pin.call.without_timeout())?;
        let batch = Rc::new(Batch::new(options, &sources));
        let sources = SourceIter::open(&sources)?;
        loop {
            batch.wait_for_slot(concurrency).await;
            match sources.next(&call).await {
                Ok(Some(source)) => batch.start(source),
                Ok(None) => break,
                Err(error) if error.is_interruption() => {
                    sources.close();
                    break;
                }
                Err(error) => {
                    batch.finish(batch.results.length(), Err(error));
                    break;
                }
            }
        }
        batch.wait_for_slot(1).await;
        Ok(batch.results.clone().into())
    })
}

struct Batch {
    options: BatchOptions,
    gate: BatchGate,
    progress: BatchProgress,
    /// The index of the first source with some content, by its CID or URL.
    seen: Map,
    /// The results; `undefined` until they are known.
    results: Array,
    duplicates: RefCell<Vec<Duplicate>>,
    running: Cell<u32>,
    waker: Cell<Option<Waker>>,
}

/// A source that waits for the result of another.
struct Duplicate {
    index: u32,
    of: u32,
    size: f64,
    expect: Option<Cid>,
}

impl Batch {
    fn new(options: BatchOptions, sources: &JsValue) -> Self {
        Self {
            progress: BatchProgress::new(options.pin.on_progress.as_ref(), sources),
            options,
            gate: BatchGate::default(),
            seen: Map::new(),
            results: Array::new(),
            duplicates: RefCell::default(),
            running: Cell::new(0),
            waker: Cell::default(),
        }
    }

    /// Waits until fewer than `count` orders are running and the last one has copied its source: an iterator
    /// may reuse the memory for the next.
    async fn wait_for_slot(&self, count: u32) {
        let mut has_begun = false;
        poll_fn(|context| {
            if !has_begun {
                has_begun = true;
                context.waker().wake_by_ref();
            } else if self.running.get() < count {
                return Poll::Ready(());
            }
            self.waker.set(Some(context.waker().clone()));
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
            let result = batch.order(index, &source).await;
            batch.running.set(batch.running.get().saturating_sub(1));
            batch.finish(index, result);
            if let Some(waker) = batch.waker.take() {
                waker.wake();
            }
        });
    }

    /// Submits an order. If an earlier one has the same content, shares its result and returns `undefined`.
    async fn order(&self, index: u32, input: &JsValue) -> Result<JsValue> {
        self.gate.check()?;
        let item = Item::parse(input)?;
        let options = &self.options.pin;
        let call = Call::start(&options.call)?;
        let work = async {
            let url = match &item.source.data {
                Data::Url(url) => Some(url.clone()),
                _ => None,
            };
            let mut order = Order::prepare(options, item, &call).await?;
            if self.options.dedupe {
                let content = order.cid().await?.or(url).unwrap_or_default().into();
                if let Some(of) = as_index(&self.seen.get(&content)) {
                    self.share_result(Duplicate {
                        index,
                        of,
                        size: order.body.size().unwrap_or_default(),
                        expect: order.expect.take(),
                    });
                    return Ok(JsValue::UNDEFINED);
                }
                self.seen.set(&content, &index.into());
            }
            let progress = self.progress.order(order.body.size());
            order.send_and_verify(&self.gate, &progress).await
        };
        call.run(work).await
    }

    /// Gives a source the result of another one, now or when it is known.
    fn share_result(&self, duplicate: Duplicate) {
        let settled = self.results.get(duplicate.of);
        if settled.is_undefined() {
            self.duplicates.borrow_mut().push(duplicate);
            return;
        }
        let receipt = get(&settled, "value");
        match check_expected(&receipt, duplicate.expect.as_ref()) {
            Ok(()) => self.store_result(duplicate.index, &settled, duplicate.size),
            Err(error) => {
                let error = error.with_outcome(Outcome::Pinned).with_receipt(receipt);
                self.finish(duplicate.index, Err(error));
            }
        }
    }

    /// Stores the result of a source and of its duplicates.
    fn finish(&self, index: u32, result: Result<JsValue>) {
        // The shape of `Promise.allSettled`.
        let settled = object(&match result {
            Ok(value) if value.is_undefined() => return,
            Ok(value) => [("status", "fulfilled".into()), ("value", value)],
            Err(error) => {
                let code = error.code();
                let reason = JsValue::from(error);
                if matches!(
                    code,
                    Code::Unauthorized | Code::Forbidden | Code::InsufficientFunds
                ) {
                    self.gate.close(code, &reason);
                }
                [("status", "rejected".into()), ("reason", reason)]
            }
        });
        self.store_result(index, &settled, 0.0);
        for duplicate in self.duplicates.take() {
            self.share_result(duplicate);
        }
    }

    /// Stores a result and reports it. `saved` is the number of bytes that did not have to be sent.
    fn store_result(&self, index: u32, settled: &JsValue, saved: f64) {
        self.results.set(index, settled.clone());
        let is_pinned = !get(settled, "value").is_undefined();
        self.progress
            .end(is_pinned, if is_pinned { saved } else { 0.0 });
        if let Some(on_result) = &self.options.on_result {
            notify(on_result, settled, &index.into());
        }
    }
}

/// Reads an index from the map.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it was a `u32` before"
)]
fn as_index(value: &JsValue) -> Option<u32> {
    value.as_f64().map(|index| index as u32)
}
