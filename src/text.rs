//! Texts of parts. The standard library's way has a loop of its own for every length of what is
//! between them, which is more code than the largest part of most calls here.

/// The parts in a row.
pub fn concat(parts: &[&str]) -> String {
    join(parts, "")
}

/// The parts, none of which is empty, with a text between each two.
pub fn join(parts: &[&str], between: &str) -> String {
    let mut joined = String::new();
    for part in parts {
        if !joined.is_empty() {
            joined.push_str(between);
        }
        joined.push_str(part);
    }
    joined
}
