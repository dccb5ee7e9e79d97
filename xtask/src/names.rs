//! The names by which the glue and the WebAssembly know each other.
//!
//! wasm-bindgen's are long and end in a hash, `wasm-opt` can give short ones, and whoever downloads
//! the package downloads each name twice.

use std::collections::HashMap;

use anyhow::{Context, Result, bail, ensure};

/// Opens the table of the functions in the glue that the WebAssembly imports.
const TABLE: &str = "    const import0 = {\n        __proto__: null,\n";
const TABLE_END: &str = "\n    };\n";
/// By what name the WebAssembly knows the table.
const MODULE: &str = "\"./glue_bg.js\": import0,";

/// What `wasm-opt` calls every module that there is.
const SHORT_MODULE: &str = "\"a\": import0,";

/// The short names, by the long ones.
#[derive(Default)]
struct Names {
    imports: HashMap<String, String>,
    /// Of functions that are imported from where they are, without a part of the glue between: the
    /// module, the name and the short name.
    direct: Vec<[String; 3]>,
    exports: HashMap<String, String>,
}

/// Lets the glue use the short names, of which `report` tells: what wasm-opt's pass
/// `minify-imports-and-exports-and-modules` writes.
///
/// Every import must be in the glue, and every export that the glue uses in the report, or the build
/// fails.
pub fn shorten(glue: &str, report: &str) -> Result<String> {
    let names = Names::read(report).context("what wasm-opt reports")?;
    for part in [TABLE, MODULE] {
        let found = glue.matches(part).count();
        ensure!(
            found == 1,
            "`{part}` was to be there once, not {found} times"
        );
    }
    let (before, rest) = glue.split_once(TABLE).context("no table of imports")?;
    let (table, after) = rest
        .split_once(TABLE_END)
        .context("no end of the imports")?;
    let mut table = names.imports(table)?;
    for [module, long, short] in &names.direct {
        let found = rest
            .split_once(&key_of(module))
            .and_then(|(_, rest)| rest.split_once(','));
        let (object, _) = found.with_context(|| format!("no module {module}"))?;
        table += &format!("\n        {short}: {object}.{long},");
    }
    // wasm-bindgen imports a module once for each of these functions, all under one key.
    let keys: Vec<_> = names
        .direct
        .iter()
        .map(|[module, ..]| key_of(module))
        .collect();
    let is_unused = |line: &str| {
        let object = line
            .strip_prefix("import * as ")
            .and_then(|rest| rest.split(' ').next());
        object.is_some_and(|object| !table.contains(&format!(" {object}.")))
    };
    let before = without(before, is_unused);
    let after = without(&after.replace(MODULE, SHORT_MODULE), |line| {
        keys.iter().any(|key| line.starts_with(key.as_str()))
    });
    names.exports(&[&before, TABLE, &table, TABLE_END, &after].concat())
}

/// How the line of a module begins among the imports of the WebAssembly.
fn key_of(module: &str) -> String {
    format!("        \"{module}\": ")
}

/// A text without some of its lines.
fn without(text: &str, is_over: impl Fn(&str) -> bool) -> String {
    text.split_inclusive('\n')
        .filter(|line| !is_over(line))
        .collect()
}

impl Names {
    fn read(report: &str) -> Result<Self> {
        let report: HashMap<String, Vec<Vec<String>>> = serde_json::from_str(report)?;
        let mut names = Self::default();
        for (kind, entries) in report {
            for entry in entries {
                match (kind.as_str(), entry.as_slice()) {
                    ("imports", [module, long, short]) if MODULE.contains(module) => {
                        names.imports.insert(long.clone(), short.clone());
                    }
                    ("imports", [module, long, short]) => {
                        names.direct.push([module, long, short].map(String::clone));
                    }
                    ("exports", [long, short]) => {
                        names.exports.insert(long.clone(), short.clone());
                    }
                    _ => bail!("{kind}: {entry:?}"),
                }
            }
        }
        Ok(names)
    }

    /// The functions of the table, each of which begins with its name and a colon.
    fn imports(&self, table: &str) -> Result<String> {
        let mut found = 0;
        let lines = table.lines().map(|line| {
            let entry = line.trim_start().split_once(": function(");
            let short = entry.and_then(|(long, _)| self.imports.get(long));
            let (Some((long, _)), Some(short)) = (entry, short) else {
                return line.into();
            };
            found += 1;
            line.replacen(long, short, 1)
        });
        let shortened = lines.collect::<Vec<_>>().join("\n");
        let expected = self.imports.len();
        ensure!(found == expected, "{found} of {expected} imports found");
        Ok(shortened)
    }

    /// The exports, which are properties of `wasm`.
    fn exports(&self, glue: &str) -> Result<String> {
        const OBJECT: &str = "wasm.";
        let mut parts = glue.split(OBJECT);
        let mut shortened = String::from(parts.next().unwrap_or_default());
        for part in parts {
            let end = part
                .find(|character| !is_part_of_name(character))
                .unwrap_or(part.len());
            let (long, rest) = part.split_at(end);
            let short = self.exports.get(long);
            let short = short.with_context(|| format!("the module has no export {long}"))?;
            shortened.extend([OBJECT, short, rest]);
        }
        Ok(shortened)
    }
}

fn is_part_of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::shorten;

    const GLUE: &str = "
import * as import1 from \"../host.js\"
import * as import2 from \"../host.js\"
export function pin(source) {
    return wasm.pin(source, wasm.pinAll);
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_get_2080c49015e35254: function() { return handleError(function (arg0, arg1) {
            const state = {
                a: arg0
            };
            return Reflect.get(state.a, arg1);
        }, arguments); },
        __wbg_now_463ac581d2fc7ea3: function() {
            return Date.now();
        },
    };
    return {
        __proto__: null,
        \"./glue_bg.js\": import0,
        \"../host.js\": import1,
        \"../host.js\": import2,
    };
}
";

    const REPORT: &str = r#"{
        "imports": [
            ["./glue_bg.js", "__wbg_now_463ac581d2fc7ea3", "b"],
            ["./glue_bg.js", "__wbg_get_2080c49015e35254", "$"],
            ["../host.js", "startTimer", "e"],
            ["../host.js", "stopTimer", "f"]
        ],
        "exports": [["pin", "c"], ["pinAll", "d"]]
    }"#;

    #[test]
    fn both_sides_know_each_other_by_short_names() {
        let expected = "
import * as import1 from \"../host.js\"
export function pin(source) {
    return wasm.c(source, wasm.d);
}
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        $: function() { return handleError(function (arg0, arg1) {
            const state = {
                a: arg0
            };
            return Reflect.get(state.a, arg1);
        }, arguments); },
        b: function() {
            return Date.now();
        },
        e: import1.startTimer,
        f: import1.stopTimer,
    };
    return {
        __proto__: null,
        \"a\": import0,
    };
}
";
        assert_eq!(shorten(GLUE, REPORT).expect("all is there"), expected);
    }

    #[test]
    fn a_name_without_its_other_side_fails_the_build() {
        for name in ["__wbg_now", "pinAll", "./glue_bg.js", "../host.js"] {
            let changed = GLUE.replace(name, "other");
            shorten(&changed, REPORT).expect_err(name);
        }
        shorten(GLUE, r#"{ "imports": [], "exports": [] }"#).expect_err("no exports");
    }
}
