//! Which known name a misspelt one may mean.

/// The known name that is most similar to a misspelt one.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|candidate| (distance(name, candidate), *candidate))
        .min()
        .filter(|(distance, candidate)| *distance <= candidate.len().div_ceil(3))
        .map(|(_, candidate)| candidate)
}

/// The Levenshtein distance, ignoring case.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (1..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let (mut diagonal, mut left) = (i, i.saturating_add(1));
        for (cell, y) in row.iter_mut().zip(b.bytes()) {
            let changed = usize::from(!x.eq_ignore_ascii_case(&y));
            let best = diagonal
                .saturating_add(changed)
                .min(left.min(*cell).saturating_add(1));
            diagonal = core::mem::replace(cell, best);
            left = best;
        }
    }
    row.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 5] = ["token", "endpoint", "onProgress", "maxSize", "version"];

    #[test]
    fn suggests_the_known_name_for_a_misspelt_one() {
        for (typed, meant) in [
            ("tokn", "token"),
            ("Token", "token"),
            ("endPoint", "endpoint"),
            ("onprogress", "onProgress"),
            ("max_size", "maxSize"),
            ("cidVersion", "version"),
        ] {
            assert_eq!(nearest(typed, &KNOWN), Some(meant), "{typed}");
        }
    }

    #[test]
    fn suggests_nothing_for_a_name_unlike_any_other() {
        assert_eq!(nearest("retryStrategyFactory", &KNOWN), None);
        assert_eq!(nearest("", &KNOWN), None);
    }

    #[test]
    fn computes_the_levenshtein_distance() {
        // The textbook's examples.
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("saturday", "sunday"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}
