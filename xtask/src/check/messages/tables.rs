//! What the sources do not say of their messages.

/// What to do, by the code of the error.
pub const NEXT_STEPS: &[(&str, &str)] = &[
    ("invalid-input", "Fix the argument or option."),
    (
        "too-large",
        "`not-sent`: raise `maxSize`, or pin a smaller file. `refused` (413): the API, the relay or a proxy has a \
        lower limit.",
    ),
    (
        "unreadable",
        "If `unknown`, look first (see above). Check that the file still exists, and open it again. `cause` is the \
        original error.",
    ),
    ("unauthorized", "Check the token."),
    (
        "forbidden",
        "Check the permissions of the account. With a relay, `allowOrigin` or `authorize` rejected the request; see \
        `detail`.",
    ),
    ("insufficient-funds", "Top up the wallet."),
    ("bad-request", "Read `detail`, and fix the request."),
    (
        "rate-limited",
        "Retry after `retryAfter` seconds, or with a lower `concurrency`.",
    ),
    ("not-found", "Check `endpoint`, or the CID and `gateway`."),
    (
        "server",
        "If `unknown`, look first (see above). With a relay, its owner sees the orders; 502 and 504 may be its own. \
        From a gateway: retry later, or use another `gateway`.",
    ),
    (
        "network",
        "If `unknown`, look first (see above). Check the connection, and in a page CORS and the \
        Content-Security-Policy.",
    ),
    (
        "timeout",
        "If `unknown`, look first (see above). Raise `timeout`.",
    ),
    (
        "aborted",
        "If `unknown`, look first (see above). In a batch: fix the error in `cause`, and order the sources that are \
        `not-sent` or `refused`.",
    ),
    (
        "bad-response",
        "If `unknown`, look first (see above). Check `endpoint` or `gateway`; see `detail`.",
    ),
    (
        "mismatch",
        "`pinned`: keep `error.receipt`, do not retry, and report it to Numbers. `not-sent`: fix `expect`, or use \
        another `gateway`.",
    ),
    (
        "unsupported",
        "Use a newer runtime, or allow WebAssembly in the Content-Security-Policy.",
    ),
    (
        "internal",
        "If `unknown`, look first (see above). Report it.",
    ),
];

/// A function that makes an error of a message, with its code and outcome.
pub struct Maker {
    pub function: &'static str,
    pub code: &'static str,
    pub outcome: &'static str,
    /// What the message has before the literals among the arguments. Such a function is not read.
    pub before: &'static str,
}

impl Maker {
    const fn new(
        function: &'static str,
        code: &'static str,
        outcome: &'static str,
        before: &'static str,
    ) -> Self {
        Self {
            function,
            code,
            outcome,
            before,
        }
    }
}

pub const MAKERS: &[Maker] = &[
    Maker::new("invalid", "invalid-input", "not-sent", ""),
    Maker::new("invalid_from_parts", "invalid-input", "not-sent", ""),
    Maker::new("wrong_cid", "mismatch", "pinned", WRONG_CID),
    Maker::new("other_cid", "mismatch", "pinned", WRONG_CID),
    Maker::new("unproven", "bad-response", "not-sent", UNPROVEN),
];

const WRONG_CID: &str = "The API returned the CID …, ";

const UNPROVEN: &str = "The bytes could not be verified: ";

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
        "The endpoint redirects…; set `endpoint` to the final URL",
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
    ("The response is not JSON", "bad-response", "`unknown`"),
    (
        "The runtime has no AbortController",
        "unsupported",
        "`not-sent`",
    ),
    ("The source could not be read", "unreadable", UNREAD),
    ("The source could not be read: …", "unreadable", UNREAD),
    (
        "Not sent: a 429 requires a wait of … s, longer than is left",
        "rate-limited",
        NOT_AGAIN,
    ),
    (
        "Not sent: an earlier order failed with `…`",
        "aborted",
        NOT_AGAIN,
    ),
    (
        "Not sent: cannot connect to the endpoint",
        "network",
        NOT_AGAIN,
    ),
    ("SHA-256 failed in this runtime", "unsupported", LATE),
    ("The signal timed out", "timeout", ANY_TIME),
    ("Timed out after … ms", "timeout", ANY_TIME),
    ("Aborted by the signal", "aborted", ANY_TIME),
];

/// The outcome of an error that may come at any time.
const ANY_TIME: &str = "`not-sent`; `unknown` from the start of the upload to the response; `refused` while it waits \
    after a 429; `pinned` while the receipt is verified";

/// The outcome of an error that may also come during the upload or after it.
const LATE: &str =
    "`not-sent`; `unknown` during the upload; `pinned` after it, with `verify: 'require'`";

/// The same, of a source that is looked at again before a retry.
const UNREAD: &str = "`not-sent`; `refused` if it was to be sent again after a 429; `unknown` during the upload; \
    `pinned` after it, with `verify: 'require'`";

/// The outcome of an order that is not sent, at first or again.
const NOT_AGAIN: &str = "`not-sent`, or `refused` if it was to be sent again after a 429";

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
    ("multipart.js", "unreadable", UNREAD, ""),
    ("bytes.js", "unreadable", UNREAD, UNREADABLE),
    ("chunks.js", "unreadable", UNREAD, UNREADABLE),
    ("collect.js", "unreadable", "`not-sent`", UNREADABLE),
];

const UNREADABLE: &str = "The source could not be read: ";
