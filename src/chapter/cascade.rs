//! `cascade` of Hugo: what the page of a folder, or the settings, say of all pages below.
//!
//! A bare book and an import read it alike. Hugo does not care about the case of keys, and the
//! patterns of a target are those of its own globs: `*` stays in a folder, `**` does not, and there
//! are braces and brackets.

use super::{folder, without_suffix};
use serde_yaml::{Mapping, Value};

/// What is said of pages, and of which.
#[derive(Debug, Clone)]
pub(crate) struct Cascade {
    path: Option<Glob>,
    kind: Option<Glob>,
    /// What is said.
    pub(crate) values: Mapping,
}

impl Cascade {
    /// What stands under the key of front matter or settings: a mapping, or several.
    pub(crate) fn all(of: &Mapping) -> Vec<Self> {
        match value(of, &["cascade"]) {
            Some(Value::Mapping(one)) => vec![Self::of(one)],
            Some(Value::Sequence(list)) => list.iter().filter_map(Value::as_mapping).map(Self::of).collect(),
            _ => Vec::new(),
        }
    }

    fn of(one: &Mapping) -> Self {
        let target = value(one, &["_target", "target"]).and_then(Value::as_mapping);
        let glob = |key: &str| Glob::new(value(target?, &[key])?.as_str()?);
        let params = value(one, &["params"]).and_then(Value::as_mapping);
        let is_value =
            |key: &Value| key.as_str().is_some_and(|key| !is_one(key, &["_target", "target", "params"]));
        let all = one.iter().chain(params.into_iter().flatten()).filter(|(key, _)| is_value(key));
        let values = all.map(|(key, value)| (key.clone(), value.clone())).collect();
        Self { path: glob("path"), kind: glob("kind"), values }
    }

    /// Whether a chapter is meant, by its file from the folder of the chapters. That folder may lie as
    /// many folders deeper as `most_above` says: they may be no part of the addresses.
    pub(crate) fn fits(&self, file: &str, most_above: usize) -> bool {
        let name = file.rsplit('/').next().unwrap_or(file);
        let is_section = name.to_ascii_lowercase().starts_with("_index.");
        let home = folder(file).matches('/').count() + usize::from(file.contains('/')) <= most_above;
        let kinds: &[&str] = match (is_section, home) {
            (true, true) => &["section", "home"],
            (true, false) => &["section"],
            (false, _) => &["page"],
        };
        let is_kind = |glob: &Glob| kinds.iter().any(|kind| glob.fits(kind));
        self.kind.as_ref().is_none_or(is_kind)
            && self.path.as_ref().is_none_or(|glob| glob.fits_file(file, most_above))
    }
}

/// The value under the first of some keys, in any case.
pub(crate) fn value<'a>(of: &'a Mapping, keys: &[&str]) -> Option<&'a Value> {
    of.iter().find(|(key, _)| key.as_str().is_some_and(|key| is_one(key, keys))).map(|(_, value)| value)
}

/// A table of TOML as YAML has it; dates become texts.
pub(crate) fn of_toml(table: &toml::Table) -> Mapping {
    table.iter().map(|(key, value)| (key.as_str().into(), of_toml_value(value))).collect()
}

fn of_toml_value(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(flag) => (*flag).into(),
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(list) => list.iter().map(of_toml_value).collect::<Vec<_>>().into(),
        toml::Value::Table(table) => of_toml(table).into(),
    }
}

fn is_one(key: &str, keys: &[&str]) -> bool {
    keys.iter().any(|known| key.eq_ignore_ascii_case(known))
}

/// A pattern of Hugo's.
#[derive(Debug, Clone)]
struct Glob(regex_lite::Regex);

impl Glob {
    /// `None` for one that cannot be read: Hugo takes it for one that fits all.
    fn new(written: &str) -> Option<Self> {
        regex_lite::Regex::new(&expression(&written.trim().to_lowercase())?).ok().map(Self)
    }

    fn fits(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Whether the page of a file fits, by its address or by its file as older versions have it.
    fn fits_file(&self, file: &str, most_above: usize) -> bool {
        let file = file.to_lowercase();
        let stem = without_suffix(&file).unwrap_or(&file);
        let is_page_of_folder = matches!(stem.rsplit('/').next(), Some("index" | "_index"));
        let page = if is_page_of_folder { folder(stem) } else { stem };
        let starts = || std::iter::once(0).chain(file.match_indices('/').map(|(at, _)| at + 1));
        starts().take(most_above + 1).any(|start| {
            let ways = [page, stem, &file].map(|way| way.get(start..).unwrap_or(""));
            ways.iter().any(|way| {
                let way = format!("/{way}");
                let is_meant = |way: &str| self.fits(way) || self.fits(&way[1..]);
                is_meant(&way) || way.contains(' ') && is_meant(&way.replace(' ', "-"))
            })
        })
    }
}

/// A glob as a regular expression.
fn expression(glob: &str) -> Option<String> {
    let mut out = String::from("^");
    let (mut depth, mut signs) = (0_usize, glob.chars().peekable());
    while let Some(sign) = signs.next() {
        match sign {
            '*' if signs.next_if_eq(&'*').is_some() => out.push_str("(?s:.*)"),
            '*' => out.push_str("[^/]*"),
            '?' => out.push_str("[^/]"),
            '{' => {
                depth += 1;
                out.push_str("(?:");
            }
            '}' if depth > 0 => {
                depth -= 1;
                out.push(')');
            }
            ',' if depth > 0 => out.push('|'),
            '[' => {
                out.push('[');
                if signs.next_if(|sign| matches!(sign, '!' | '^')).is_some() {
                    out.push('^');
                }
                loop {
                    match signs.next()? {
                        ']' => break,
                        '-' => out.push('-'),
                        sign => out.push_str(&regex_lite::escape(&sign.to_string())),
                    }
                }
                out.push(']');
            }
            '\\' => out.push_str(&regex_lite::escape(&signs.next()?.to_string())),
            sign => out.push_str(&regex_lite::escape(&sign.to_string())),
        }
    }
    out.push('$');
    (depth == 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(target: &str, file: &str) -> bool {
        let all: Mapping =
            serde_yaml::from_str(&format!("Cascade: {{_target: {target}, draft: true}}")).expect("YAML");
        Cascade::all(&all).iter().any(|cascade| cascade.fits(file, 1))
    }

    #[test]
    fn targets_are_patterns_as_hugo_has_them() {
        for (target, file, is_meant) in [
            ("{path: '/a/**'}", "a/b.md", true),
            ("{path: '/a/**'}", "content/a/b.md", true),
            ("{path: '/a/**'}", "x/y/a/b.md", false),
            ("{path: '/A/{b,c}'}", "a/b.md", true),
            ("{path: '{/z/**,/a/**}'}", "a/b/c.md", true),
            ("{path: '/a/[bc]'}", "a/c/index.md", true),
            ("{path: '/a/[!bc]'}", "a/c.md", false),
            ("{path: '/a/?'}", "a/b.md", true),
            ("{path: '/a/*'}", "a/b/c.md", false),
            ("{path: '**/intern*'}", "a/b/intern-x.md", true),
            ("{path: '/a/my-page'}", "a/My page.md", true),
            ("{path: '/a/b.md'}", "a/b.md", true),
            ("{path: '{/a/'}", "b.md", true),
            ("{Kind: '{page,section}'}", "a/b.md", true),
            ("{kind: 'p*'}", "a/b.md", true),
            ("{kind: section}", "a/b.md", false),
            ("{kind: section}", "a/_index.md", true),
            ("{kind: page}", "a/index.md", true),
            ("{kind: home}", "a/b/_index.md", false),
            ("{kind: home}", "_index.md", true),
        ] {
            assert_eq!(fits(target, file), is_meant, "{target} {file}");
        }
        let many = "{a,".repeat(300) + &"}".repeat(300);
        fits(&format!("{{path: '/{many}'}}"), &"a/".repeat(300));
    }
}
