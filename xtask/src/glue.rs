//! The JavaScript between the package's own modules and its WebAssembly.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::shell;

/// Writes `glue.js` and `glue_bg.wasm` for a compiled library into an empty folder.
pub fn generate(library: &Path, folder: &Path) -> Result<()> {
    shell::step("wasm-bindgen");
    Bindgen::new()
        .input_path(library)
        .out_name("glue")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .reset_state_function(true)
        .generate(folder)?;

    let expected = ["glue.js", "glue_bg.wasm"].map(PathBuf::from);
    let found = shell::files(folder)?;
    ensure!(
        found == expected,
        "wasm-bindgen was to write {expected:?}, it wrote {found:?}"
    );

    let path = folder.join("glue.js");
    let glue = fs::read_to_string(&path)?;
    let glue = guarded(&glue)
        .and_then(|glue| timely(&glue))
        .and_then(|glue| given(&glue));
    Ok(fs::write(
        path,
        glue.context("the glue of this wasm-bindgen")?,
    )?)
}

/// Takes a module as it is given: the package has its bytes and fetches nothing. Asked whether it was
/// given a `Response`, Node would load all that it has for the network first.
fn given(glue: &str) -> Result<String> {
    let response = "typeof Response === 'function' && module instanceof Response";
    let address = "typeof module_or_path === 'string' || \
                   (typeof Request === 'function' && module_or_path instanceof Request) || \
                   (typeof URL === 'function' && module_or_path instanceof URL)";
    changed(glue, &[(1, response, "false"), (1, address, "false")])
}

/// Makes changes whose places must be there so many times.
fn changed(glue: &str, changes: &[(usize, &str, &str)]) -> Result<String> {
    let mut changed = glue.to_owned();
    for (expected, from, to) in changes {
        let found = glue.matches(from).count();
        ensure!(
            found == *expected,
            "`{from}` was to be there {expected} times, not {found}"
        );
        changed = changed.replace(from, to);
    }
    Ok(changed)
}

/// Lets no trap escape from where JavaScript calls back into Rust: promise reactions, timers and
/// event listeners, where nobody could catch it and where it would end a Node process.
///
/// `guard` of the package's `calls.js` runs each callback, and after a trap puts a fresh instance
/// in place. What is left of the old one then does nothing: its callbacks return at once, and
/// its closures are not freed in memory that is not theirs.
///
/// wasm-bindgen has no setting for this. Its version is pinned, and what is changed must be found
/// once for each kind of closure, or the build fails.
fn guarded(glue: &str) -> Result<String> {
    let count = |text: &str| glue.matches(text).count();
    let mutable = count("function makeMutClosure(");
    let shared = count("function makeClosure(");
    ensure!(mutable + shared > 0, "no closure found");

    let changes = [
        (
            mutable + shared,
            "throw new Error('Cannot invoke closure from previous WASM instance');",
            "return;",
        ),
        (
            mutable,
            "return f(a, state.b, ...args);",
            "return guard(() => f(a, state.b, ...args));",
        ),
        (
            shared,
            "return f(state.a, state.b, ...args);",
            "return guard(() => f(state.a, state.b, ...args));",
        ),
        (
            mutable + shared,
            "if (--state.cnt === 0) {",
            "if (--state.cnt === 0 && state.instance === __wbg_instance_id) {",
        ),
    ];
    let import = "import { guard } from '../calls.js';";
    let glue = executors(&changed(glue, &changes)?)?;
    Ok(format!("{import}\n{glue}"))
}

/// The same where a promise is made, which would take a trap for its rejection.
fn executors(glue: &str) -> Result<String> {
    let mut found = 0;
    let mut guarded = String::new();
    for line in glue.split_inclusive('\n') {
        let call = line.trim().strip_prefix("return ");
        match call.and_then(|call| call.strip_suffix(';')) {
            Some(call) if call.contains("(a, state0.b, ") => {
                found += 1;
                guarded += &line.replace(call, &format!("guard(() => {call})"));
            }
            _ => guarded += line,
        }
    }
    ensure!(found > 0, "no executor of a promise found");
    Ok(guarded)
}

/// What is to run next does so by no `queueMicrotask`: where a test puts its own clock in that place,
/// a turn that it never gave would be the last.
fn timely(glue: &str) -> Result<String> {
    let import = "import { soon } from '../host.js';";
    let glue = changed(glue, &[(1, "queueMicrotask(arg0);", "soon(arg0);")])?;
    Ok(format!("{import}\n{glue}"))
}

#[cfg(test)]
mod tests {
    use super::{given, guarded, timely};

    /// As wasm-bindgen 0.2.130 writes it.
    const MUTABLE: &str = "
function makeMutClosure(arg0, arg1, f) {
    const state = { a: arg0, b: arg1, cnt: 1, instance: __wbg_instance_id };
    const real = (...args) => {
        if (state.instance !== __wbg_instance_id) {
            throw new Error('Cannot invoke closure from previous WASM instance');
        }
        state.cnt++;
        const a = state.a;
        state.a = 0;
        try {
            return f(a, state.b, ...args);
        } finally {
            state.a = a;
            real._wbg_cb_unref();
        }
    };
    real._wbg_cb_unref = () => {
        if (--state.cnt === 0) {
            wasm.__wbindgen_destroy_closure(state.a, state.b);
        }
    };
    return real;
}
        __wbg_new: function(arg0, arg1) {
            var cb0 = (arg0, arg1) => {
                return invoke(a, state0.b, arg0, arg1);
            };
        },
";

    const TURN: &str = "
        __wbg_queueMicrotask: function(arg0) {
            queueMicrotask(arg0);
        },
";

    #[test]
    fn the_next_turn_is_the_hosts_own() {
        let glue = timely(TURN).expect("the glue is as known");
        assert!(glue.starts_with("import { soon } from '../host.js';\n"));
        assert!(glue.contains("  soon(arg0);\n"));
        timely("").expect_err("there is no turn");
    }

    #[test]
    fn every_entry_of_a_closure_is_guarded() {
        let glue = guarded(MUTABLE).expect("the glue is as known");
        assert!(glue.starts_with("import { guard } from '../calls.js';\n"));
        assert!(glue.contains("return guard(() => f(a, state.b, ...args));"));
        assert!(glue.contains("  return guard(() => invoke(a, state0.b, arg0, arg1));\n"));
        assert!(glue.contains("--state.cnt === 0 && state.instance === __wbg_instance_id"));
        assert!(!glue.contains("throw"));
    }

    #[test]
    fn a_glue_of_another_form_fails_the_build() {
        for line in [
            "throw new Error",
            "return f(a",
            "return invoke(a",
            "if (--state.cnt",
        ] {
            let changed = MUTABLE.replace(line, "something else");
            guarded(&changed).expect_err("the line is not there");
        }
        guarded("").expect_err("there is no closure");
        given("").expect_err("there is no loader");
    }
}
