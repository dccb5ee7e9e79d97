//! What the sources do not say of their messages.

/// What to do, by the code of the error.
pub const NEXT_STEPS: &[(&str, &str)] = &[
    ("invalid-input", "Fix the argument or option."),
    (
        "too-large",
        "Raise `maxSize` if it is lower than the limit of the API, or pin a smaller file.",
    ),
    (
        "unreadable",
        "Check that the file still exists, and open it again. `cause` is the original error.",
    ),
    ("unauthorized", "Check the token."),
    ("forbidden", "Check what the account of the token may do."),
    ("insufficient-funds", "Top up the wallet."),
    ("bad-request", "See `detail`."),
    (
        "rate-limited",
        "Retry after `retryAfter` seconds, or with a lower `concurrency`.",
    ),
    ("not-found", "Check `endpoint`, or the CID and `gateway`."),
    ("server", "Call `locate(error.cid)` before you order again."),
    (
        "network",
        "Check the connection, and in a page CORS and the Content-Security-Policy.",
    ),
    (
        "timeout",
        "Raise `timeout`. Call `locate(error.cid)` before you order again.",
    ),
    (
        "aborted",
        "Call `locate(error.cid)` before you order again. In a batch, fix the error in `cause`.",
    ),
    (
        "bad-response",
        "Check `endpoint` or `gateway`; see `detail`.",
    ),
    (
        "mismatch",
        "Keep `error.receipt` if there is one, and report it to the API. Otherwise fix `expect`.",
    ),
    (
        "unsupported",
        "Use a newer runtime, or allow WebAssembly in the Content-Security-Policy.",
    ),
    ("internal", "Report it."),
];

/// Functions that make an error of a message, with its code and outcome.
pub const MAKERS: &[(&str, &str, &str)] = &[
    ("invalid", "invalid-input", "not-sent"),
    ("mismatch", "mismatch", "pinned"),
    ("unproven", "bad-response", "not-sent"),
];

/// Functions whose texts are no messages.
pub const NO_MESSAGES: &[&str] = &["check", "find", "says"];

/// Methods that read an option, with what they accept.
pub const OPTIONS: &[(&str, &str)] = &[
    ("flag", "true or false"),
    ("function", "a function"),
    ("size", "0 or more bytes"),
    ("cid", "a CID"),
];

/// Messages whose code and outcome are set elsewhere.
pub const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("The API failed", "server", "`unknown`"),
    (
        "The API timed out waiting for the request",
        "server",
        "`unknown`",
    ),
    (
        "The endpoint redirects…; redirects are not followed, set `endpoint` to the final URL",
        "bad-response",
        "`unknown`, or `refused` after 301, 307 and 308",
    ),
    (
        "The response is HTML, not a receipt; check `endpoint`",
        "bad-response",
        "`unknown`",
    ),
    (
        "The response is empty, not a receipt",
        "bad-response",
        "`unknown`",
    ),
    (
        "The response is from …, not from the endpoint",
        "bad-response",
        "`unknown`",
    ),
    ("The response is not JSON", "bad-response", "`unknown`"),
    (
        "The runtime has no AbortController",
        "unsupported",
        "`not-sent`",
    ),
    (
        "The signal timed out",
        "timeout",
        "that of the order at the time",
    ),
    (
        "Timed out after … ms",
        "timeout",
        "that of the order at the time",
    ),
    (
        "Aborted by the signal",
        "aborted",
        "that of the order at the time",
    ),
];

/// The scripts of `pkg-template/runtime/` that have messages: their codes and outcomes, and the text before a
/// reason.
pub const SCRIPTS: &[(&str, &str, &str, &str)] = &[
    ("load.js", "unsupported", "`not-sent`", ""),
    (
        "instance.js",
        "internal",
        "`unknown` for orders, or `not-sent`",
        "",
    ),
    ("multipart.js", "unreadable", "`unknown`", ""),
    ("bytes.js", "unreadable", "`not-sent`", UNREADABLE),
    ("chunks.js", "unreadable", "`not-sent`", UNREADABLE),
    ("collect.js", "unreadable", "`not-sent`", UNREADABLE),
];

const UNREADABLE: &str = "The source could not be read: ";
