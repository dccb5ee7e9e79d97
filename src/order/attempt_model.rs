//! A test: explores every sequence of events of an order, and compares what the client reports with what
//! really happened. The states are few, so that all that can be reached are explored.

use super::attempt::{Action, Event, next};
use super::receipt::Receipt;
use super::{response, retry};
use crate::call::stage::Stage;
use crate::error::{Code, Error, Outcome};
use std::collections::HashSet;
use wasm_bindgen::JsValue;

/// What happens at the API, and on the way there and back.
#[derive(Clone, Copy, Debug)]
enum Happening {
    /// The pause is over.
    Waited,
    /// An earlier order of the batch was rejected for its token, or the pause is longer than the limit.
    BatchClosed,
    /// No connection was made.
    Unreached,
    /// The connection broke after the request may have arrived.
    Broken,
    /// The status of the response came.
    Status(u16),
    /// The rest of the response came. A success has a receipt.
    Whole,
    /// A success has something else than a receipt, and any other response a body that says nothing.
    Garbled,
    /// The body ended early, or has no end.
    Incomplete,
}

/// What is true of the order, whatever the client believes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Truth {
    /// A request may have been accepted that is not known to be rejected.
    may_be_accepted: bool,
    /// A request was rejected by the API.
    was_rejected: bool,
    /// The receipt came.
    has_receipt: bool,
}

const STATUSES: [u16; 19] = [
    200, 201, 204, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 408, 413, 422, 429, 499, 500,
];

/// Whether the API rejects what it answers with this status, by the API page and RFC 9110. A 400 is also
/// what the platform answers for a workflow that died, so that its body has to be read.
fn rejects(status: u16) -> bool {
    matches!(status, 301 | 307 | 308 | 401..=407 | 409..=498)
}

/// What the client is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Doing {
    Waiting,
    Sending,
    Reading(u16),
    Ended,
}

fn possible(doing: Doing) -> Vec<Happening> {
    match doing {
        Doing::Waiting => vec![Happening::Waited, Happening::BatchClosed],
        Doing::Sending => {
            let statuses = STATUSES.map(Happening::Status);
            let lost = [Happening::Unreached, Happening::Broken];
            lost.into_iter().chain(statuses).collect()
        }
        Doing::Reading(_) => vec![Happening::Whole, Happening::Garbled, Happening::Incomplete],
        Doing::Ended => Vec::new(),
    }
}

/// What comes to be true.
fn happen(mut truth: Truth, doing: Doing, happening: Happening) -> Truth {
    let status = match (doing, happening) {
        (_, Happening::Status(status)) | (Doing::Reading(status), _) => status,
        _ => 0,
    };
    let is_read = matches!(happening, Happening::Whole | Happening::Garbled);
    match happening {
        Happening::Waited => truth.may_be_accepted = true,
        Happening::Unreached => truth.may_be_accepted = false,
        _ if rejects(status) || status == 400 && is_read => {
            truth.may_be_accepted = false;
            truth.was_rejected = true;
        }
        Happening::Whole if (200..=299).contains(&status) => truth.has_receipt = true,
        _ => {}
    }
    truth
}

/// The event that the client sees.
fn event(doing: Doing, happening: Happening, has_retries: bool) -> Event {
    let failed = |code, outcome| {
        let error = Error::new(code, "").with_outcome(outcome);
        let wait = retry::wait(&error, 0, 0.0).filter(|_| has_retries);
        Event::Failed(error, wait)
    };
    match (doing, happening) {
        (_, Happening::Waited) => Event::Ready,
        (_, Happening::BatchClosed) => failed(Code::Aborted, Outcome::NotSent),
        (_, Happening::Unreached) => failed(Code::Network, Outcome::NotSent),
        (_, Happening::Broken) => failed(Code::Network, Outcome::Unknown),
        (_, Happening::Status(status)) => Event::Status(status),
        (Doing::Reading(200..=299), Happening::Whole) => Event::Pinned(Receipt {
            value: JsValue::UNDEFINED,
            cid: String::new(),
        }),
        (Doing::Reading(200..=299), _) => failed(Code::BadResponse, Outcome::Unknown),
        (Doing::Reading(status), Happening::Incomplete) => {
            let (code, _, _) = response::classify(status, None, "", None);
            failed(code, response::outcome(status))
        }
        (Doing::Reading(status), _) => {
            let (code, outcome, _) = response::classify(status, None, "", None);
            failed(code, outcome)
        }
        _ => unreachable!("{happening:?} while {doing:?}"),
    }
}

/// What the client says of an order that ends now is what is true of it.
fn check(said: Outcome, truth: Truth, path: &[Happening]) {
    let Truth {
        may_be_accepted,
        was_rejected,
        has_receipt,
    } = truth;
    match said {
        Outcome::Pinned => assert!(has_receipt, "pinned without a receipt: {path:?}"),
        Outcome::Unknown => assert!(may_be_accepted, "it is known: {path:?}"),
        Outcome::Refused => assert!(was_rejected && !may_be_accepted, "not rejected: {path:?}"),
        Outcome::NotSent => assert!(!may_be_accepted, "it may have been sent: {path:?}"),
    }
    assert!(
        !has_receipt || said == Outcome::Pinned,
        "the receipt is lost: {path:?}"
    );
}

/// A stage without the receipt, which cannot be printed outside of a JavaScript runtime.
fn name(stage: &Stage) -> String {
    match stage {
        Stage::Pinned(status, _) => format!("pinned {status}"),
        stage => format!("{stage:?}"),
    }
}

fn explore(
    seen: &mut HashSet<(String, Truth, Doing, u32)>,
    (stage, truth, doing, retries): (Stage, Truth, Doing, u32),
    path: &mut Vec<Happening>,
) {
    // The time limit, the signal, and a bug elsewhere can end an order at any moment.
    check(stage.outcome(), truth, path);
    let explained = stage.explain(Error::new(Code::Timeout, ""));
    assert_eq!(explained.outcome(), stage.outcome());
    if !seen.insert((name(&stage), truth, doing, retries)) {
        return;
    }
    for happening in possible(doing) {
        path.push(happening);
        let truth = happen(truth, doing, happening);
        let event = event(doing, happening, retries > 0);
        let (stage, action) = next(stage.clone(), event);
        let (doing, retries) = match (action, happening) {
            (Action::Send, Happening::Status(status)) => (Doing::Reading(status), retries),
            (Action::Send, _) => (Doing::Sending, retries),
            (Action::Wait(_), _) => {
                assert!(!truth.may_be_accepted, "ordered twice: {path:?}");
                (Doing::Waiting, retries - 1)
            }
            (Action::GiveUp(error), _) => {
                check(error.outcome(), truth, path);
                (Doing::Ended, retries)
            }
            (Action::Finish(_), _) => {
                assert!(truth.has_receipt, "resolved without a receipt: {path:?}");
                (Doing::Ended, retries)
            }
        };
        explore(seen, (stage, truth, doing, retries), path);
        path.pop();
    }
}

#[test]
fn no_sequence_of_events_orders_twice_or_says_what_is_not_true() {
    let mut seen = HashSet::new();
    let start = (Stage::NotSent, Truth::default(), Doing::Waiting, 3);
    explore(&mut seen, start, &mut Vec::new());
    let retried = seen
        .iter()
        .any(|(_, _, doing, retries)| *doing == Doing::Sending && *retries == 0);
    assert!(retried, "all retries were explored");
    assert!(seen.len() > 150, "{} states", seen.len());
}
