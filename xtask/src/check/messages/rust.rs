//! The messages in Rust: string literals, or arrays of parts. What a part is not a literal is shown as `…`. The
//! code of a message is the one in the smallest expression around it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprArray, ExprCall, ExprMethodCall, ImplItemFn, Item, ItemFn, ItemMod, Lit,
    Local, Pat, Path,
};

use super::Message;
use super::tables::{ELSEWHERE, MAKERS, NO_MESSAGES, OPTIONS};

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
        self.add(&self.joined(array));
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
    fn leaves_tests_and_words_alone() {
        let source = r#"fn f() { find(Code::Server, "no such thing") } mod tests { fn f() { invalid("It is") } }"#;
        assert_eq!(lines("a.rs", source), [""; 0]);
    }
}
