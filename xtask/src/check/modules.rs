//! The imports between the files of a Rust crate.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use proc_macro2::TokenStream;
use syn::visit::{self, Visit};
use syn::{Attribute, ItemMod, ItemUse, Macro, Path, UseTree, VisRestricted};

use super::graph::Graph;

/// A path of modules or of an item in one, from the crate's root.
type Names = Vec<String>;

/// A file's module and the paths in its source.
struct File<'a> {
    path: &'a str,
    module: Names,
    paths: BTreeSet<Names>,
    /// The names that `use` gives to something of this crate.
    uses: BTreeMap<String, Names>,
}

/// The imports of files, each a path below `src/` and its source. `mod` declarations are none, and
/// what a module only passes on (`pub use`) is imported from where it is.
pub fn imports(files: &[(String, String)]) -> Result<Graph> {
    let modules: BTreeSet<Names> = files.iter().map(|(path, _)| module(path)).collect();
    let mut read = Vec::new();
    for (path, source) in files {
        let source = syn::parse_file(source).with_context(|| path.clone())?;
        let mut reader = Reader {
            modules: &modules,
            module: module(path),
            paths: BTreeSet::new(),
            uses: BTreeMap::new(),
        };
        reader.visit_file(&source);
        read.push(File {
            path,
            module: reader.module,
            paths: reader.paths,
            uses: reader.uses,
        });
    }
    let by_module: BTreeMap<&Names, &File> = read.iter().map(|file| (&file.module, file)).collect();
    let imported = |file: &File| {
        let files = file.paths.iter().filter_map(|path| owner(&by_module, path));
        let others = files.filter(|other| other.path != file.path);
        others.map(|other| other.path.to_owned()).collect()
    };
    Ok(read
        .iter()
        .map(|file| (file.path.to_owned(), imported(file)))
        .collect())
}

fn module(path: &str) -> Names {
    let path = path.trim_end_matches(".rs");
    let names = path
        .split('/')
        .filter(|name| !matches!(*name, "lib" | "mod"));
    names.map(str::to_owned).collect()
}

/// The file that has what a path names.
fn owner<'a>(files: &BTreeMap<&Names, &'a File<'a>>, path: &[String]) -> Option<&'a File<'a>> {
    let mut path = path.to_vec();
    // No chain of `pub use` is that long, but one may be a circle.
    for _ in 0..10 {
        let length =
            (0..=path.len()).rfind(|length| files.contains_key(&path[..*length].to_vec()))?;
        let file = files[&path[..length].to_vec()];
        let passed_on = path.get(length).and_then(|name| file.uses.get(name));
        let Some(target) = passed_on else {
            return Some(file);
        };
        path = [target, &path[length + 1..]].concat();
    }
    None
}

struct Reader<'a> {
    modules: &'a BTreeSet<Names>,
    module: Names,
    paths: BTreeSet<Names>,
    uses: BTreeMap<String, Names>,
}

impl Reader<'_> {
    /// A path as seen from the root, unless it leads out of the crate.
    fn absolute(&self, path: &[String]) -> Option<Names> {
        let mut base = self.module.clone();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => {
                base.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            first => {
                let child = [&base[..], &[first.to_owned()]].concat();
                if !self.modules.contains(&child) {
                    return None;
                }
            }
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    fn note(&mut self, path: &[String]) {
        self.paths.extend(self.absolute(path));
    }

    fn read_use(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &dyn ToString| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.read_use(&path.tree, &with(&path.ident)),
            UseTree::Group(group) => group
                .items
                .iter()
                .for_each(|tree| self.read_use(tree, before)),
            UseTree::Glob(_) => self.note(before),
            UseTree::Name(name) if name.ident == "self" => {
                self.name(before, before.last().cloned())
            }
            UseTree::Name(name) => self.name(&with(&name.ident), Some(name.ident.to_string())),
            UseTree::Rename(name) => self.name(&with(&name.ident), Some(name.rename.to_string())),
        }
    }

    /// Notes a path that `use` gives a name.
    fn name(&mut self, path: &[String], name: Option<String>) {
        self.note(path);
        self.uses.extend(name.zip(self.absolute(path)));
    }

    /// The arguments of macros are tokens, not syntax.
    fn read_tokens(&mut self, tokens: &TokenStream) {
        let text = tokens.to_string().replace("::", " :: ");
        let words: Vec<&str> = text.split_whitespace().collect();
        for (index, word) in words.iter().enumerate() {
            if matches!(*word, "crate" | "super") && words.get(index.wrapping_sub(1)) != Some(&"::")
            {
                let names = words[index..].chunks(2);
                let whole = names.clone().position(|pair| pair.get(1) != Some(&"::"));
                let names = names.take(whole.map_or(usize::MAX, |last| last + 1));
                let path: Names = names.map(|pair| pair[0].to_owned()).collect();
                self.note(&path);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.read_use(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast Path) {
        let names: Names = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        self.note(&names);
        visit::visit_path(self, path);
    }

    /// `pub(crate)` imports nothing.
    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.read_tokens(&call.tokens);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if item.content.is_none() || item.attrs.iter().any(is_test) {
            return;
        }
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }
}

fn is_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string() == "test")
}
