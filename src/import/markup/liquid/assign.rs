//! Names that a text gives to values once and for all: `{% assign md = 'Managing Director' %}`.

use std::collections::{HashMap, HashSet};

/// Tags that keep what stands between them from being done always and once.
const BRANCHES: [&str; 5] = ["if", "unless", "case", "for", "tablerow"];

/// The values of a text by their names, and where each is given.
#[derive(Default)]
pub(super) struct Set {
    values: HashMap<String, (usize, String)>,
    places: HashSet<usize>,
}

impl Set {
    /// The value of a name below the place where it is given.
    pub(super) fn get(&self, name: &str, at: usize) -> Option<String> {
        self.values.get(name).filter(|(start, _)| *start < at).map(|(_, value)| value.clone())
    }

    /// Whether a value is given by the tag at this place.
    pub(super) fn has_at(&self, at: usize) -> bool {
        self.places.contains(&at)
    }
}

/// The names that a text gives to plain values, which `value` knows. One that is given twice, or
/// only under a condition, has no value that could be known.
pub(super) fn read(text: &str, value: impl Fn(&str) -> Option<String>) -> Set {
    let mut set = Set::default();
    if !text.contains("assign") {
        return set;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(start) = text[at..].find("{%").map(|found| at + found) {
        let Some(end) = text[start..].find("%}").map(|end| start + end) else { break };
        at = end + 2;
        let tag = text[start + 2..end].trim_matches('-').trim();
        let (name, rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        match name {
            _ if BRANCHES.contains(&name) => depth += 1,
            "raw" | "comment" => {
                let close = format!("end{name}");
                at = text[at..].find(&close).map_or(text.len(), |found| at + found);
            }
            "capture" | "increment" | "decrement" => *counts.entry(rest.trim()).or_default() += 2,
            "assign" => {
                let Some((name, written)) = rest.split_once('=') else { continue };
                let name = name.trim();
                *counts.entry(name).or_default() += 1;
                let value = value(written.trim()).or_else(|| number(written.trim()));
                if let Some(value) = value.filter(|_| depth == 0) {
                    set.values.insert(name.to_owned(), (start, value));
                } else {
                    *counts.entry(name).or_default() += 1;
                }
            }
            _ => {
                let is_end = name.strip_prefix("end").is_some_and(|name| BRANCHES.contains(&name));
                depth -= usize::from(is_end && depth > 0);
            }
        }
    }
    set.values.retain(|name, _| counts.get(name.as_str()) == Some(&1));
    set.places = set.values.values().map(|(start, _)| *start).collect();
    set
}

fn number(written: &str) -> Option<String> {
    written.parse::<f64>().is_ok().then(|| written.to_owned())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn only_what_is_given_once_and_always_has_a_value() {
        let value = |written: &str| Some(written.strip_prefix('\'')?.strip_suffix('\'')?.to_owned());
        let text = "{% assign a = 'x' %}{% if b %}{% assign c = 'y' %}{% endif %}{%- assign d = 'z' -%}\
                    {% assign d = 'w' %}{% raw %}{% assign e = 'v' %}{% endraw %}{% assign f = 3 %}\
                    {% assign g = h | size %}";
        let set = read(text, value);
        let found = |name: &str| set.get(name, text.len());
        assert_eq!((found("a").as_deref(), found("f").as_deref()), (Some("x"), Some("3")));
        for name in ["b", "c", "d", "e", "g"] {
            assert_eq!(found(name), None, "{name}");
        }
        assert_eq!(set.get("a", 0), None);
        assert!(set.has_at(0) && !set.has_at(1));
    }
}
