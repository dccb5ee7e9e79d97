//! The graph of imports.

use std::collections::{BTreeMap, BTreeSet};

/// The imports of each file.
pub type Graph = BTreeMap<String, BTreeSet<String>>;

/// A circle of imports, if there is one: `a → b → a`.
pub fn circle(graph: &Graph) -> Option<String> {
    let mut done = BTreeSet::new();
    let found = graph.keys().find_map(|file| {
        let mut path = Vec::new();
        follow(graph, file, &mut path, &mut done).then_some(path)
    })?;
    Some(found.join(" → "))
}

/// Follows the imports of a file until one leads back onto the path, which then is the circle.
fn follow<'a>(
    graph: &'a Graph,
    file: &'a str,
    path: &mut Vec<&'a str>,
    done: &mut BTreeSet<&'a str>,
) -> bool {
    if let Some(start) = path.iter().position(|known| *known == file) {
        path.drain(..start);
        path.push(file);
        return true;
    }
    if done.contains(file) {
        return false;
    }
    path.push(file);
    for next in graph.get(file).into_iter().flatten() {
        if follow(graph, next, path, done) {
            return true;
        }
    }
    path.pop();
    done.insert(file);
    false
}

#[cfg(test)]
mod tests {
    use super::{Graph, circle};

    fn graph(arrows: &[(&str, &str)]) -> Graph {
        let mut graph = Graph::new();
        for (from, to) in arrows {
            graph
                .entry((*from).into())
                .or_default()
                .insert((*to).into());
        }
        graph
    }

    #[test]
    fn finds_a_circle_without_what_leads_to_it() {
        let graph = graph(&[("a", "b"), ("b", "c"), ("c", "d"), ("d", "b")]);
        assert_eq!(circle(&graph).as_deref(), Some("b → c → d → b"));
    }

    #[test]
    fn finds_none_where_two_paths_meet() {
        let graph = graph(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]);
        assert_eq!(circle(&graph), None);
    }
}
