//! Sending an order, with retries. [`next`] decides what follows an event, and is tested without a runtime.

use super::gate::BatchGate;
use super::receipt::Receipt;
use super::response;
use super::retry;
use crate::call::Call;
use crate::call::progress::{PROCESSING, Progress, UPLOAD};
use crate::call::stage::Stage;
use crate::error::{Error, Outcome, Result};
use crate::http::body::Body;
use crate::http::{self, Request};

/// What happened to an order.
#[derive(Clone, Debug)]
pub enum Event {
    /// It may be sent.
    Ready,
    /// The status of the response is known.
    Status(u16),
    /// It failed. If there are retries and time left, the wait before the next one in milliseconds.
    Failed(Error, Option<f64>),
    /// The receipt is known.
    Pinned(Receipt),
}

/// What to do next.
#[derive(Clone, Debug)]
pub enum Action {
    /// Wait for some milliseconds, and for the pause of the batch.
    Wait(f64),
    /// Send the request; once the status is known, read the response.
    Send,
    /// Reject with the error.
    GiveUp(Error),
    /// Resolve with the receipt.
    Finish(Receipt),
}

/// The next stage of an order, and the next action. An order that may have been processed is never sent
/// again.
pub fn next(stage: Stage, event: Event) -> (Stage, Action) {
    let answered = match stage {
        Stage::Answered(status, _) => Some(status),
        _ => None,
    };
    match event {
        Event::Ready => (Stage::InFlight(answered), Action::Send),
        Event::Status(status) => {
            let outcome = response::outcome(status);
            (Stage::Answered(status, outcome), Action::Send)
        }
        Event::Pinned(receipt) => {
            let stage = Stage::Pinned(answered.unwrap_or_default(), receipt.value.clone());
            (stage, Action::Finish(receipt))
        }
        Event::Failed(error, retry) => {
            let error = match answered {
                Some(status) => error.with_status(status),
                None => error,
            };
            let outcome = error.outcome();
            let stage = match stage {
                Stage::Answered(status, _) => Stage::Answered(status, outcome),
                // The retry was not sent, but the API has rejected the order.
                Stage::InFlight(Some(status)) if outcome == Outcome::NotSent => {
                    Stage::Answered(status, Outcome::Refused)
                }
                _ if outcome == Outcome::NotSent => Stage::NotSent,
                stage => stage,
            };
            let action = match retry.filter(|_| retry::is_safe(&error)) {
                Some(wait) => Action::Wait(wait),
                None => Action::GiveUp(error.with_outcome(stage.outcome())),
            };
            (stage, action)
        }
    }
}

/// Sends an order until it has a receipt or an error that is not retried.
pub async fn send_with_retry(
    request: &Request<'_>,
    retries: u32,
    call: &Call,
    gate: &BatchGate,
    progress: &Progress,
) -> Result<Receipt> {
    let mut retried = 0;
    let mut action = Action::Wait(0.0);
    loop {
        action = match action {
            Action::Wait(milliseconds) => {
                if milliseconds > 0.0 {
                    call.sleep(milliseconds).await;
                }
                let mut ready = gate.pass(call).await;
                if let (Ok(()), Body::Form(form)) = (&ready, request.body) {
                    ready = form.file.probe().await;
                }
                ready.map_err(|error| call.explain(error))?;
                progress.report(first_phase(request.body), 0.0);
                // `onProgress` may have aborted the signal.
                call.check()?;
                decide(call, Event::Ready)
            }
            Action::Send => match send_once(request, progress, call).await {
                Ok(receipt) => decide(call, Event::Pinned(receipt)),
                Err(error) => {
                    let wait = retry::wait(&error, retried, js_sys::Math::random());
                    let wait = wait.and_then(|wait| gate.pause(&error, wait, call));
                    let is_left = retried < retries;
                    retried = retried.saturating_add(1);
                    decide(call, Event::Failed(error, wait.filter(|_| is_left)))
                }
            },
            Action::GiveUp(error) => return Err(error),
            Action::Finish(receipt) => return Ok(receipt),
        };
    }
}

/// Takes the next stage.
fn decide(call: &Call, event: Event) -> Action {
    let (stage, action) = next(call.take_stage(), event);
    call.set_stage(stage);
    action
}

/// Sends the request once and reads the response.
async fn send_once(request: &Request<'_>, progress: &Progress, call: &Call) -> Result<Receipt> {
    let response = http::post(request, progress).await?;
    // Before the body is read, which may take long.
    decide(call, Event::Status(response.status));
    response::read(&response, request.token).await
}

fn first_phase(body: &Body) -> &'static str {
    match body {
        Body::Form(_) => UPLOAD,
        Body::Json(_) => PROCESSING,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    fn failed(code: Code, outcome: Outcome) -> Event {
        Event::Failed(Error::new(code, "").with_outcome(outcome), Some(1.0))
    }

    #[test]
    fn sends_again_only_what_was_certainly_not_processed() {
        let answered = |status| next(Stage::InFlight(None), Event::Status(status)).0;
        for (stage, event) in [
            (
                Stage::InFlight(None),
                failed(Code::Network, Outcome::NotSent),
            ),
            (answered(429), failed(Code::RateLimited, Outcome::Refused)),
        ] {
            let (stage, action) = next(stage, event);
            assert!(matches!(action, Action::Wait(_)), "{action:?}");
            assert_ne!(stage.outcome(), Outcome::Unknown);
        }
        for (stage, event) in [
            (
                Stage::InFlight(None),
                failed(Code::Network, Outcome::Unknown),
            ),
            (answered(500), failed(Code::Server, Outcome::Unknown)),
            (answered(429), failed(Code::RateLimited, Outcome::Unknown)),
            (answered(401), failed(Code::Unauthorized, Outcome::Refused)),
            (answered(200), failed(Code::BadResponse, Outcome::Unknown)),
        ] {
            let (_, action) = next(stage, event);
            assert!(matches!(action, Action::GiveUp(_)), "{action:?}");
        }
    }

    #[test]
    fn stays_rejected_where_the_retry_is_not_sent() {
        let (stage, _) = next(Stage::Answered(429, Outcome::Refused), Event::Ready);
        let unsent = Error::new(Code::Network, "");
        let (waiting, action) = next(stage.clone(), Event::Failed(unsent.clone(), Some(1.0)));
        assert!(matches!(action, Action::Wait(_)), "{action:?}");
        assert_eq!(waiting.outcome(), Outcome::Refused);
        let (_, action) = next(stage, Event::Failed(unsent, None));
        let Action::GiveUp(error) = action else {
            panic!("{action:?}")
        };
        assert_eq!(error.outcome(), Outcome::Refused);
    }

    #[test]
    fn knows_at_every_stage_whether_the_order_was_charged() {
        let (stage, _) = next(Stage::NotSent, Event::Ready);
        assert_eq!(stage.outcome(), Outcome::Unknown);
        let (stage, _) = next(stage, Event::Status(429));
        assert_eq!(stage.outcome(), Outcome::Refused);
        let (stage, _) = next(stage, Event::Ready);
        assert_eq!(stage.outcome(), Outcome::Unknown);
        let receipt = Receipt {
            value: wasm_bindgen::JsValue::UNDEFINED,
            cid: String::new(),
        };
        let (stage, _) = next(stage, Event::Status(200));
        assert_eq!(stage.outcome(), Outcome::Unknown);
        let (stage, _) = next(stage, Event::Pinned(receipt));
        assert_eq!(stage.outcome(), Outcome::Pinned);
    }
}
