//! The messages of errors: `src/MESSAGES.md`, which is generated from the sources.
//!
//! Rust builds a message as a string literal or as an array of parts. What a part is not a literal is shown
//! as `…`. The code of a message is the one in the smallest expression around it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result, ensure};
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprArray, ExprCall, ExprMethodCall, ImplItemFn, Item, ItemFn, ItemMod, Lit,
    Local, Pat, Path,
};

use crate::sh;

/// The generated page.
const PAGE: &str = "src/MESSAGES.md";

/// What to do, by the code of the error.
const NEXT_STEPS: &[(&str, &str)] = &[
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
const MAKERS: &[(&str, &str, &str)] = &[
    ("invalid", "invalid-input", "not-sent"),
    ("mismatch", "mismatch", "pinned"),
    ("unproven", "bad-response", "not-sent"),
];

/// Functions whose texts are no messages.
const NO_MESSAGES: &[&str] = &["check", "find", "says"];

/// Methods that read an option, with what they accept.
const OPTIONS: &[(&str, &str)] = &[
    ("flag", "true or false"),
    ("function", "a function"),
    ("size", "0 or more bytes"),
    ("cid", "a CID"),
];

/// Messages whose code and outcome are set elsewhere.
const ELSEWHERE: &[(&str, &str, &str)] = &[
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

/// The scripts of `pkg-template/runtime/` that have messages, with their codes and outcomes.
const SCRIPTS: &[(&str, &str, &str)] = &[
    ("load.js", "unsupported", "`not-sent`"),
    ("cancel.js", "unsupported", "`not-sent`"),
    (
        "instance.js",
        "internal",
        "`unknown` for orders, or `not-sent`",
    ),
    ("multipart.js", "unreadable", "`unknown`"),
    ("response.js", "bad-response", "`unknown`"),
    ("xhr.js", "bad-response", "`unknown`"),
    ("iter.js", "invalid-input", "`not-sent`"),
    ("bytes.js", "unreadable", "`not-sent`"),
    ("chunks.js", "unreadable", "`not-sent`"),
    ("collect.js", "unreadable", "`not-sent`"),
];

/// An error's message. A code or outcome that is not known is empty.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Message {
    code: String,
    text: String,
    outcome: String,
}

/// Writes the page.
pub fn write() -> Result<()> {
    sh::step(PAGE);
    Ok(fs::write(sh::root().join(PAGE), page()?)?)
}

/// Checks that the page is up to date.
pub fn check() -> Result<()> {
    sh::step(PAGE);
    let found = fs::read_to_string(sh::root().join(PAGE))?;
    let hint = "has other messages than the sources: run `cargo xtask docs`";
    ensure!(found.replace("\r\n", "\n") == page()?, "{PAGE} {hint}");
    Ok(())
}

fn page() -> Result<String> {
    let mut messages = BTreeSet::new();
    let folder = sh::root().join("src");
    for file in sh::files(&folder)? {
        if file.extension().is_some_and(|kind| kind == "rs") {
            let path = file.display().to_string().replace('\\', "/");
            let source = fs::read_to_string(folder.join(&file))?;
            messages.extend(of_rust(&path, &source).with_context(|| path.clone())?);
        }
    }
    for (file, code, outcome) in SCRIPTS {
        let path = sh::root().join("pkg-template/runtime").join(file);
        let source = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        messages.extend(of_script(&source).map(|text| Message {
            code: (*code).to_owned(),
            text,
            outcome: (*outcome).to_owned(),
        }));
    }
    let mut page = "# Messages\n\nThe messages of all errors, by their `code`; `…` stands for a value. `outcome` \
        says whether you were charged.\nSelect errors by `code` and `outcome`: messages may change. Generated by \
        `cargo xtask docs`.\n"
        .to_owned();
    for (code, step) in NEXT_STEPS {
        let lines: Vec<_> = messages.iter().filter(|line| line.code == *code).collect();
        page += &format!("\n## `{code}`\n\nNext step: {step}\n\n");
        for Message { text, outcome, .. } in &lines {
            page += &format!("- {} → {outcome}\n", quoted(text));
        }
    }
    let known = |message: &&Message| NEXT_STEPS.iter().any(|(code, _)| *code == message.code);
    let lost = messages.iter().find(|message| !known(message));
    ensure!(
        lost.is_none(),
        "no code for the message {:?}",
        lost.map(|message| &message.text)
    );
    Ok(page)
}

/// A message as code, which may have backticks itself.
fn quoted(text: &str) -> String {
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// The messages in a file of `src/`.
fn of_rust(path: &str, source: &str) -> Result<Vec<Message>> {
    let file = syn::parse_file(source)?;
    let mut reader = Reader {
        is_reason: path == "cid/error.rs",
        ..Reader::default()
    };
    for item in &file.items {
        if let Item::Const(item) = item
            && let Some(text) = literal(&item.expr)
        {
            reader.constants.insert(item.ident.to_string(), text);
        }
    }
    reader.visit_file(&file);
    for message in &mut reader.found {
        if message.outcome.is_empty() {
            message.outcome = "`not-sent`".to_owned();
        }
    }
    Ok(reader.found)
}

/// What was found in an expression.
#[derive(Default)]
struct Frame {
    codes: BTreeSet<String>,
    outcomes: BTreeSet<String>,
    messages: Vec<Message>,
}

impl Frame {
    /// Gives the messages the code and the outcome that they lack.
    fn settle(&mut self) {
        let codes: Vec<_> = self.codes.iter().cloned().collect();
        if !codes.is_empty() {
            let messages = std::mem::take(&mut self.messages).into_iter();
            self.messages = messages
                .flat_map(|message| match message.code.as_str() {
                    "" => codes
                        .iter()
                        .map(|code| Message {
                            code: code.clone(),
                            ..message.clone()
                        })
                        .collect(),
                    _ => vec![message],
                })
                .collect();
        }
        let outcomes: Vec<_> = self
            .outcomes
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        for message in &mut self.messages {
            if message.outcome.is_empty() {
                message.outcome = outcomes.join(" or ");
            }
        }
    }
}

#[derive(Default)]
struct Reader {
    /// Whether texts are reasons, which are shown after a message.
    is_reason: bool,
    /// The literals that have a name, in the file and in the function.
    constants: BTreeMap<String, String>,
    locals: BTreeMap<String, String>,
    frames: Vec<Frame>,
    found: Vec<Message>,
}

impl Reader {
    fn within(&mut self, read: impl FnOnce(&mut Self)) {
        self.frames.push(Frame::default());
        read(self);
        let mut frame = self.frames.pop().unwrap_or_default();
        frame.settle();
        if let Some(outer) = self.frames.last_mut() {
            outer.codes.append(&mut frame.codes);
            outer.outcomes.append(&mut frame.outcomes);
            outer.messages.append(&mut frame.messages);
        }
    }

    /// Reads a function: what it does not say of its messages is said nowhere.
    fn function(&mut self, body: &Block) {
        let outer = std::mem::take(&mut self.frames);
        self.frames.push(Frame::default());
        self.locals.clear();
        self.visit_block(body);
        let frame = self.frames.pop().unwrap_or_default();
        self.found.extend(frame.messages);
        self.frames = outer;
    }

    fn add(&mut self, text: &str) {
        let reason = format!("`cid` must be a CID, got …: {text}");
        let text = if self.is_reason { &reason } else { text };
        let text = text.trim_end_matches([' ', ':']);
        let is_sentence = text
            .starts_with(|first: char| first.is_ascii_uppercase() || first == '`')
            || text.starts_with("… must");
        if is_sentence && text.contains(' ') {
            let known = ELSEWHERE.iter().find(|(message, ..)| *message == text);
            let (_, code, outcome) = known.unwrap_or(&("", "", ""));
            let message = Message {
                code: (*code).to_owned(),
                text: text.to_owned(),
                outcome: (*outcome).to_owned(),
            };
            let frame = self.frames.last_mut();
            frame
                .into_iter()
                .for_each(|frame| frame.messages.push(message.clone()));
        }
    }

    /// The text of a literal, or of the name of one.
    fn text(&self, part: &Expr) -> Option<String> {
        literal(part).or_else(|| {
            let name = name(part)?;
            let text = self.locals.get(&name).or_else(|| self.constants.get(&name));
            text.cloned()
        })
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if item.ident != "tests" {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.function(&item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(&item.block);
    }

    fn visit_block(&mut self, block: &'ast Block) {
        self.within(|reader| {
            for statement in &block.stmts {
                // What a `let` has made is used by the next statement that has a code.
                let frame = reader.frames.last_mut();
                let made = frame.map(|frame| std::mem::take(&mut frame.messages));
                reader.within(|reader| {
                    reader.visit_stmt(statement);
                    if let (Some(frame), Some(made)) = (reader.frames.last_mut(), made) {
                        frame.messages.extend(made);
                    }
                });
            }
        });
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let (Pat::Ident(pattern), Some(init)) = (&local.pat, &local.init)
            && let Some(text) = literal(&init.expr)
        {
            self.locals.insert(pattern.ident.to_string(), text);
            return;
        }
        visit::visit_local(self, local);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.within(|reader| visit::visit_arm(reader, arm));
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        self.within(|reader| match reader.text(expression) {
            Some(text) => reader.add(&text),
            None => visit::visit_expr(reader, expression),
        });
    }

    fn visit_expr_array(&mut self, array: &'ast ExprArray) {
        let parts = array.elems.iter().map(|part| self.text(part));
        let parts: Vec<_> = parts
            .map(|part| part.unwrap_or_else(|| "…".to_owned()))
            .collect();
        self.add(&parts.concat().replace("……", "…"));
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        let Expr::Path(function) = &*call.func else {
            return visit::visit_expr_call(self, call);
        };
        let function = function
            .path
            .segments
            .last()
            .map(|part| part.ident.to_string());
        let function = function.unwrap_or_default();
        if NO_MESSAGES.contains(&function.as_str()) {
            return;
        }
        let maker = MAKERS.iter().find(|(name, ..)| *name == function);
        if let (Some((_, code, outcome)), Some(frame)) = (maker, self.frames.last_mut()) {
            frame.codes.insert((*code).to_owned());
            frame.outcomes.insert((*outcome).to_owned());
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let mut arguments = call.args.iter().map(|argument| self.text(argument));
        let option = arguments
            .next()
            .flatten()
            .filter(|name| name.chars().all(char::is_alphabetic));
        let method = call.method.to_string();
        let known = OPTIONS.iter().find(|(name, _)| *name == method);
        let expected = match known {
            Some((_, expected)) => Some((*expected).to_owned()),
            None => arguments.next().flatten(),
        };
        drop(arguments);
        if let (Some(option), Some(expected)) = (option, expected) {
            self.within(|reader| {
                reader.add(&format!("`{option}` must be {expected}, got …"));
                if let Some(frame) = reader.frames.last_mut() {
                    frame.codes.insert("invalid-input".to_owned());
                }
            });
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let names: Vec<_> = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        if let ([kind, name], Some(frame)) = (names.as_slice(), self.frames.last_mut()) {
            match kind.as_str() {
                "Code" => drop(frame.codes.insert(kebab(name))),
                "Outcome" => drop(frame.outcomes.insert(kebab(name))),
                "Self" if self.is_reason => drop(frame.codes.insert("invalid-input".to_owned())),
                _ => {}
            }
        }
        visit::visit_path(self, path);
    }
}

/// The text of a string literal.
fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(found) => match &found.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        Expr::Reference(reference) => literal(&reference.expr),
        _ => None,
    }
}

fn name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Path(path) => Some(path.path.get_ident()?.to_string()),
        Expr::Reference(reference) => name(&reference.expr),
        _ => None,
    }
}

/// `NotSent` as `not-sent`.
fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase());
    }
    kebab
}

/// The messages in a script: its literals that are sentences.
fn of_script(source: &str) -> impl Iterator<Item = String> {
    let lines = source.lines().map(str::trim_start);
    let code = lines.filter(|line| !["*", "/*", "//"].iter().any(|mark| line.starts_with(mark)));
    code.filter_map(|line| {
        let start = line.find(['\'', '"', '`'])?;
        let quote = line[start..].chars().next()?;
        let text = line[start + 1..].rsplit_once(quote)?.0;
        let is_sentence =
            text.starts_with(|first: char| first.is_ascii_uppercase() || first == '`');
        let is_whole = text.contains(' ') && !text.contains(quote);
        (is_sentence && is_whole).then(|| without_values(text))
    })
}

/// A template literal with `…` for its values.
fn without_values(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        shown = shown + before + "…";
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    (shown + rest).trim_end_matches([' ', ':']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::{of_rust, of_script};

    fn lines(path: &str, source: &str) -> Vec<String> {
        let messages = of_rust(path, source).expect("a file");
        let line = |message: &super::Message| {
            format!("{} {} {}", message.code, message.text, message.outcome)
        };
        messages.iter().map(line).collect()
    }

    #[test]
    fn reads_literals_and_joined_parts() {
        let source = r#"fn f() {
            let message = concat(&["It took ", &limit, " ms"]);
            Error::new(Code::Timeout, message).with_outcome(Outcome::Unknown)
        }"#;
        assert_eq!(lines("a.rs", source), ["timeout It took … ms `unknown`"]);
    }

    #[test]
    fn reads_the_code_of_a_pattern() {
        let source = r#"fn f() -> &str { match code { (Code::TooLarge, _) => "It is too large", _ => "x" } }"#;
        assert_eq!(
            lines("a.rs", source),
            ["too-large It is too large `not-sent`"]
        );
    }

    #[test]
    fn leaves_tests_and_words_alone() {
        let source = r#"fn f() { find(Code::Server, "no such thing") } mod tests { fn f() { invalid("It is") } }"#;
        assert_eq!(lines("a.rs", source), [""; 0]);
    }

    #[test]
    fn reads_scripts() {
        let source = "// 'Not this'\nthrow new TypeError(`The stream returned ${describe(value)}, not bytes`)";
        let found: Vec<_> = of_script(source).collect();
        assert_eq!(found, ["The stream returned …, not bytes"]);
    }
}
