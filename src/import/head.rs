//! Front matter as tools write it, in YAML between lines of `---`.
//!
//! Hugo takes TOML between `+++` and JSON too, and pandoc needs no first `---`. What is a
//! draft by front matter that cannot be read would be published, so all of it is.

use crate::chapter::Chapter;
use crate::chapter::cascade;
use crate::markdown::MarkdownOptions;
use crate::rule;
use crate::source::Source;
use serde_yaml::Mapping;
use std::sync::Arc;

/// A text with its front matter in YAML, and by how many lines that is longer than what
/// stood there.
pub(super) fn in_yaml(text: Arc<str>) -> (Arc<str>, isize) {
    let bare = text.trim_start_matches(['\u{FEFF}', '\n']);
    let found = if bare.starts_with("+++") {
        of_toml(bare)
    } else if bare.starts_with('{') {
        of_json(bare)
    } else {
        return with_first_line(text);
    };
    let Some((mapping, rest)) = found else { return (text, 0) };
    let yaml = serde_yaml::to_string(&mapping).unwrap_or_default();
    let new = format!("---\n{yaml}---\n{rest}");
    let lines = |text: &str| isize::try_from(text.matches('\n').count()).unwrap_or(0);
    let longer = lines(&new) - lines(&text);
    (new.into(), longer)
}

/// The front matter of a text; empty where it has none, or none that can be read.
pub(super) fn mapping(path: &str, text: &Arc<str>) -> Mapping {
    let (text, _) = in_yaml(Arc::clone(text));
    let chapter = Chapter::structure(&Source::new(path, path, text), &MarkdownOptions::default());
    let yaml = chapter.front_yaml();
    yaml.and_then(|yaml| yaml.parse(&rule::FRONT_MATTER).ok()).unwrap_or_default()
}

fn of_toml(text: &str) -> Option<(Mapping, &str)> {
    let inner = text.strip_prefix("+++")?.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let (end, rest) = match inner.strip_prefix("+++") {
        Some(rest) => (0, rest),
        None => inner.find("\n+++").map(|end| (end + 1, &inner[end + 4..]))?,
    };
    let (tail, rest) = rest.split_once('\n').unwrap_or((rest, ""));
    let table: toml::Table = inner[..end].parse().ok()?;
    tail.trim().is_empty().then(|| (cascade::of_toml(&table), rest))
}

/// JSON is front matter where it is an object with keys; `{{` begins a call.
fn of_json(text: &str) -> Option<(Mapping, &str)> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Map<String, _>>();
    let object: serde_json::Map<String, serde_json::Value> = stream.next()?.ok()?;
    let rest = text.get(stream.byte_offset()..)?;
    let mapping = serde_yaml::to_value(&object).ok()?.as_mapping().cloned()?;
    (!mapping.is_empty() && rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']))
        .then(|| (mapping, rest.trim_start_matches([' ', '\t', '\r']).trim_start_matches('\n')))
}

/// Front matter as pandoc reads it may lack its first `---`.
fn with_first_line(text: Arc<str>) -> (Arc<str>, isize) {
    let is_key = |line: &str| {
        let key = line.split(':').next().unwrap_or("");
        let is_name = !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        is_name && line[key.len()..].starts_with(':') && !line[key.len()..].starts_with("://")
    };
    let mut lines = text.lines();
    if !lines.next().is_some_and(is_key) {
        return (text, 0);
    }
    let is_yaml = |line: &&str| is_key(line) || line.starts_with([' ', '-', '#']) && *line != "---";
    let ends = lines.take(200).find(|line| !is_yaml(line)) == Some("---");
    if ends { (format!("---\n{text}").into(), 1) } else { (text, 0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, isize) {
        let (text, longer) = in_yaml(text.into());
        (text.to_string(), longer)
    }

    #[test]
    fn toml_and_json_become_yaml() {
        let toml = "+++\ntitle = 'A'\ndraft = true\ndate = 2026-01-02\n[menu.main]\nweight = 3\n+++\n# B\n";
        let (text, longer) = read(toml);
        assert!(text.ends_with("---\n# B\n") && text.contains("draft: true"), "{text}");
        assert!(text.contains("date: 2026-01-02") || text.contains("date: '2026-01-02'"), "{text}");
        assert_eq!(text.lines().count() as isize, toml.lines().count() as isize + longer);
        let (text, _) = read("{\n  \"title\": \"A\",\n  \"draft\": true\n}\n\n# B\n");
        assert!(
            text.starts_with("---\n") && text.contains("draft: true") && text.ends_with("# B\n"),
            "{text}"
        );
        assert_eq!(read("a: b\n---\n# C\n"), ("---\na: b\n---\n# C\n".to_owned(), 1));
    }

    #[test]
    fn what_is_none_stays() {
        for text in [
            "+++\na = \n+++\n",
            "+++ x\n",
            "{{< x >}}\n",
            "{a} b\n",
            "{}\n",
            "{\"a\": 1} b",
            "+++\n",
            "",
            "+++",
        ] {
            assert_eq!(read(text), (text.to_owned(), 0));
        }
    }
}
