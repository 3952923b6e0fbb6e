//! How much a YAML text may hold once its aliases are replaced by what they
//! stand for.
//!
//! Ten lines can say "ten times the line above" and so stand for more values
//! than any memory holds. The parser that reads values counts repetitions, but
//! not how long a repeated text is; so the sizes are added up beforehand,
//! without making any value.

use saphyr_parser::{Event, Parser};
use std::collections::HashMap;

/// Bytes and values that aliases may add to a text at most.
pub(super) const MAX_REPEATED: usize = 4 * 1024 * 1024;

/// A collection that is being read: its anchor, and the size before it.
struct OpenCollection {
    anchor: usize,
    before: usize,
}

/// The place, in bytes, of the alias with which a text passes
/// [`MAX_REPEATED`]; `None` where none does. A text that is no YAML is measured
/// as far as it can be read.
pub(super) fn excess(yaml: &str) -> Option<usize> {
    // Without both there is no alias, and few texts have any.
    if !(yaml.contains('&') && yaml.contains('*')) {
        return None;
    }
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    let mut open: Vec<OpenCollection> = Vec::new();
    let (mut size, mut repeated) = (0_usize, 0_usize);
    for next in Parser::new_from_str(yaml) {
        let Ok((event, span)) = next else { break };
        match event {
            Event::Scalar(text, _, anchor, _) => {
                size = size.saturating_add(text.len() + 1);
                if anchor > 0 {
                    sizes.insert(anchor, text.len() + 1);
                }
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                open.push(OpenCollection { anchor, before: size });
                size = size.saturating_add(1);
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(done) = open.pop().filter(|done| done.anchor > 0) {
                    sizes.insert(done.anchor, size - done.before);
                }
            }
            Event::Alias(anchor) => {
                let repeats = sizes.get(&anchor).copied().unwrap_or(1);
                size = size.saturating_add(repeats);
                repeated = repeated.saturating_add(repeats);
                if repeated > MAX_REPEATED {
                    // The parser counts characters.
                    let at = yaml.char_indices().nth(span.start.index());
                    return Some(at.map_or(yaml.len(), |(byte, _)| byte));
                }
            }
            _ => {}
        }
    }
    None
}

/// How deep values may lie in one another; what `serde_yaml` holds to. Parsers look at all that are open for
/// each new one, so that their cost grows with the square of the depth.
pub(super) const MAX_NESTED: usize = 128;

/// Where a text opens one bracket too many, those in quotation marks and comments aside.
pub(super) fn too_deep(yaml: &str) -> Option<usize> {
    let (mut depth, mut quote, mut before) = (0_usize, None, b' ');
    for (at, byte) in yaml.bytes().enumerate() {
        match quote {
            // No value in quotation marks ends beyond its line here: a mark may be none.
            Some(open) if byte == open || byte == b'\n' => quote = None,
            Some(_) => {}
            None => match byte {
                b'"' | b'\'' if matches!(before, b' ' | b'[' | b'{' | b',' | b':' | b'\n') => {
                    quote = Some(byte)
                }
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            },
        }
        if depth > MAX_NESTED {
            return Some(at);
        }
        before = byte;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{excess, too_deep};

    #[test]
    fn brackets_are_counted_outside_of_words() {
        assert_eq!(too_deep(&"[".repeat(129)), Some(128));
        assert_eq!(too_deep(&"{a: [".repeat(70)), Some(320));
        assert_eq!(too_deep(&format!("a: \"{}\"", "[".repeat(200))), None);
        assert_eq!(too_deep(&"[x]{y}".repeat(200)), None);
        assert_eq!(too_deep(&format!("it's {}", "[a] ".repeat(200))), None);
    }
    use std::fmt::Write as _;

    #[test]
    fn aliases_are_added_up() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x]\n");
        for at in 1..40 {
            let before = at - 1;
            let _ = writeln!(bomb, "a{at}: &a{at} [*a{before}, *a{before}]");
        }
        assert!(excess(&bomb).is_some());
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a, ".repeat(100));
        assert!(excess(&long).is_some_and(|at| long[at..].starts_with("*a")));
    }

    #[test]
    fn what_people_write_passes() {
        assert_eq!(excess("a: &a {x: 1}\nb: *a\nc: [*a, *a]\n"), None);
        assert_eq!(excess("a: \"& *\"\n"), None);
        assert_eq!(excess("a: &a [*b"), None);
    }
}
