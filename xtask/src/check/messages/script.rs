//! The messages in a script.

/// Its literals that are sentences.
pub fn messages(source: &str) -> impl Iterator<Item = String> {
    let lines = source.lines().map(str::trim_start);
    let code = lines.filter(|line| !["*", "/*", "//"].iter().any(|mark| line.starts_with(mark)));
    code.filter_map(|line| {
        let start = line.find(['\'', '"', '`'])?;
        let quote = line[start..].chars().next()?;
        let text = line[start + 1..].rsplit_once(quote)?.0;
        let is_sentence = text.starts_with("numbers-pin ")
            || text.starts_with(|first: char| first.is_ascii_uppercase() || first == '`');
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
    use super::messages;

    #[test]
    fn reads_scripts() {
        let source = "// 'Not this'\nthrow new TypeError(`The stream returned ${describe(value)}, not bytes`)";
        let found: Vec<_> = messages(source).collect();
        assert_eq!(found, ["The stream returned …, not bytes"]);
    }
}
