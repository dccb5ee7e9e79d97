//! Strings. The standard library's functions for joining and searching are larger than the largest one here.

/// Joins the parts.
pub fn concat(parts: &[&str]) -> String {
    join(parts, "")
}

/// Joins the parts, none of which is empty, with a separator.
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

/// The index of `needle` in `text`, ignoring the case of ASCII letters.
pub fn find(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes()
        .windows(needle.len().max(1))
        .position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

/// A whole number in decimal digits.
pub fn decimal(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(b'0'.saturating_add((number % 10) as u8));
        number /= 10;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn writes_decimal_digits() {
        for number in [0, 9, 10, 169, 1_000_000] {
            assert_eq!(decimal(number), number.to_string());
        }
    }
}
