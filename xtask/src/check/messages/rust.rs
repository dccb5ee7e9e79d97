//! The messages in Rust: string literals, or arrays of parts. What a part is not a literal is shown as `…`. The
//! code of a message is the one in the smallest expression around it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprArray, ExprCall, ExprMethodCall, ExprReturn, Ident, ImplItemFn, Item,
    ItemFn, ItemMod, Lit, Local, Pat, Path,
};

use super::Message;
use super::tables::{ELSEWHERE, MAKERS, Maker, NO_MESSAGES, OPTIONS};

/// The messages in a file of `src/`.
pub fn messages(path: &str, source: &str) -> Result<Vec<Message>> {
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
        let origins = reader.origins.get(&message.text);
        if origins.is_some_and(|origins| !origins.is_disjoint(&reader.with_status)) {
            message.text += STATUS;
        }
    }
    Ok(reader.found)
}

/// How messages end that have the status of a response.
const STATUS: &str = " (status …)";

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
    /// The function and the variables whose value is being read.
    names: Vec<String>,
    /// The functions and variables that have a text.
    origins: BTreeMap<String, BTreeSet<String>>,
    /// The functions and variables whose text is followed by the status.
    with_status: BTreeSet<String>,
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
    fn function(&mut self, name: &Ident, body: &Block) {
        if maker(&name.to_string()).is_some_and(|maker| !maker.before.is_empty()) {
            return;
        }
        let outer = std::mem::take(&mut self.frames);
        self.frames.push(Frame::default());
        self.locals.clear();
        let names = std::mem::replace(&mut self.names, vec![name.to_string()]);
        self.visit_block(body);
        self.names = names;
        let frame = self.frames.pop().unwrap_or_default();
        self.found.extend(frame.messages);
        self.frames = outer;
    }

    fn add(&mut self, text: &str) {
        let reason = format!("`cid` must be a CID, got …: {text}");
        let text = if self.is_reason { &reason } else { text };
        let rest = format!("…{text}");
        let is_rest = [" must ", " is "]
            .iter()
            .any(|start| text.starts_with(start));
        let text = if is_rest { &rest } else { text };
        let whole = format!("{text}…");
        let text = if text.ends_with(" got ") {
            &whole
        } else {
            text
        };
        let text = text.trim_end_matches([' ', ':']);
        let is_sentence =
            is_rest || text.starts_with(|first: char| first.is_ascii_uppercase() || first == '`');
        if is_sentence && text.contains(' ') {
            let known = ELSEWHERE.iter().find(|(message, ..)| *message == text);
            let (_, code, outcome) = known.unwrap_or(&("", "", ""));
            let message = Message {
                code: (*code).to_owned(),
                text: text.to_owned(),
                outcome: (*outcome).to_owned(),
            };
            let origins = self.origins.entry(text.to_owned()).or_default();
            origins.extend(self.names.iter().cloned());
            let frame = self.frames.last_mut();
            frame
                .into_iter()
                .for_each(|frame| frame.messages.push(message.clone()));
        }
    }

    /// The text of a literal, of the name of one, or of joined parts.
    fn text(&self, part: &Expr) -> Option<String> {
        literal(part).or_else(|| {
            let name = name(part)?;
            let text = self.locals.get(&name).or_else(|| self.constants.get(&name));
            text.cloned()
        })
    }

    /// The text of parts, with `…` for those that are no literals.
    fn joined(&self, array: &ExprArray) -> String {
        let parts = array.elems.iter().map(|part| self.text(part));
        let parts: Vec<_> = parts
            .map(|part| part.unwrap_or_else(|| "…".to_owned()))
            .collect();
        parts.concat().replace("……", "…")
    }

    /// The text of the arguments from the first literal on, with `…` for those that are no literals.
    fn reason<'a>(&self, arguments: impl Iterator<Item = &'a Expr>) -> String {
        let texts = arguments.map(|argument| self.text(argument));
        let texts = texts.skip_while(Option::is_none);
        let texts: Vec<_> = texts
            .map(|text| text.unwrap_or_else(|| "…".to_owned()))
            .collect();
        texts.concat()
    }

    /// What an option must be: the first text among the arguments after its name.
    fn expected<'a>(&self, arguments: impl Iterator<Item = &'a Expr>) -> Option<String> {
        arguments
            .filter_map(|argument| self.text(argument).or_else(|| self.concat(argument)))
            .next()
    }

    /// The text of `&concat(&[…])`.
    fn concat(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Reference(reference) => self.concat(&reference.expr),
            Expr::Call(call) => match call.args.first()? {
                Expr::Reference(parts) => match &*parts.expr {
                    Expr::Array(array) => Some(self.joined(array)),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if item.ident != "tests" {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.function(&item.sig.ident, &item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.function(&item.sig.ident, &item.block);
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
        let outer = self.names.len();
        self.names.extend(variables(&local.pat));
        visit::visit_local(self, local);
        self.names.truncate(outer);
    }

    fn visit_expr_return(&mut self, expression: &'ast ExprReturn) {
        let names = std::mem::take(&mut self.names);
        visit::visit_expr_return(self, expression);
        self.names = names;
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
        if let (Some(first), Some(second)) = (array.elems.first(), array.elems.get(1))
            && literal(second).is_some_and(|text| text == " (status ")
        {
            self.with_status
                .extend(name(first).or_else(|| called(first)));
        }
        self.add(&self.joined(array));
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        let Some(function) = last_name(&call.func) else {
            return visit::visit_expr_call(self, call);
        };
        if NO_MESSAGES.contains(&function.as_str()) {
            return;
        }
        if let (Some(maker), Some(frame)) = (maker(&function), self.frames.last_mut()) {
            frame.codes.insert(maker.code.to_owned());
            frame.outcomes.insert(maker.outcome.to_owned());
            let reason = self.reason(call.args.iter());
            if !maker.before.is_empty() && !reason.is_empty() {
                self.add(&format!("{}{reason}", maker.before));
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let mut arguments = call.args.iter();
        let option = arguments
            .next()
            .and_then(|argument| self.text(argument))
            .filter(|name| {
                name.starts_with(char::is_lowercase) && name.chars().all(char::is_alphabetic)
            });
        let method = call.method.to_string();
        let expected = match OPTIONS.iter().find(|(name, _)| *name == method) {
            Some((_, expected)) => Some((*expected).to_owned()),
            None => self.expected(arguments),
        };
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

/// The name of the function that an expression calls.
fn called(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Call(call) => last_name(&call.func),
        _ => None,
    }
}

fn last_name(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// The variables of a `let`: one, or those of a tuple.
fn variables(pattern: &Pat) -> Vec<String> {
    match pattern {
        Pat::Ident(pattern) => vec![pattern.ident.to_string()],
        Pat::Tuple(tuple) => tuple.elems.iter().flat_map(variables).collect(),
        _ => Vec::new(),
    }
}

fn maker(function: &str) -> Option<&'static Maker> {
    MAKERS.iter().find(|maker| maker.function == function)
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

#[cfg(test)]
mod tests {
    use super::messages;

    fn lines(path: &str, source: &str) -> Vec<String> {
        let messages = messages(path, source).expect("a file");
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
    fn reads_the_rest_of_a_message_about_a_value() {
        let source = r#"fn f() {
            let problem = match a { Code::InvalidInput => " is empty", _ => " must be a string, got " };
        }"#;
        assert_eq!(
            lines("a.rs", source),
            [
                "invalid-input … is empty `not-sent`",
                "invalid-input … must be a string, got … `not-sent`"
            ]
        );
    }

    #[test]
    fn shows_the_status_of_messages_that_end_with_it() {
        let source = r#"fn f() {
            let (code, message) = match status {
                0 => return Err(Error::new(Code::Network, "It was cut")),
                _ => (Code::Server, "It failed"),
            };
            Error::from_parts(code, &[message, " (status ", status, ")"]);
            Error::from_parts(Code::Server, &[g(), " (status ", status, ")"])
        }
        fn g() { (Code::Server, "It is empty") }"#;
        assert_eq!(
            lines("a.rs", source),
            [
                "network It was cut `not-sent`",
                "server It failed (status …) `not-sent`",
                "server It is empty (status …) `not-sent`"
            ]
        );
    }

    #[test]
    fn reads_the_reasons_of_a_maker() {
        let source = r#"fn unproven(why: &str) { concat(&["The bytes are", why]) }
        fn f() { unproven("a block is missing") }"#;
        assert_eq!(
            lines("a.rs", source),
            ["bad-response The bytes could not be verified: a block is missing `not-sent`"]
        );
    }

    #[test]
    fn leaves_tests_and_words_alone() {
        let source = r#"fn f() { find(Code::Server, "no such thing") } mod tests { fn f() { invalid("It is") } }"#;
        assert_eq!(lines("a.rs", source), [""; 0]);
    }
}
