//! `defaults` of Jekyll: front matter for the pages of a scope.

use crate::text::Patterns;
use serde_yaml::{Mapping, Value};

/// Which files an entry means.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    /// How their paths begin.
    path: String,
    /// The same where it is a pattern.
    pattern: Option<Patterns>,
    /// Which collection they belong to; `pages` for those that belong to none.
    kind: Option<String>,
    /// The folder in which collections lie, which is no part of the paths.
    collections: String,
}

impl Scope {
    /// Whether a file is meant, by its path from the folder of the book.
    pub(crate) fn fits(&self, inside: &str) -> bool {
        let own = inside.strip_prefix(&*self.collections).map_or(inside, |rest| rest.trim_start_matches('/'));
        let begins = |path: &str| match &self.pattern {
            Some(pattern) => pattern.fit(path),
            None => path.starts_with(&*self.path),
        };
        (begins(inside) || begins(own)) && self.kind.as_deref().is_none_or(|kind| kind == kind_of(own))
    }
}

/// What Jekyll takes a file for.
fn kind_of(path: &str) -> &str {
    let folders = || path.rsplit_once('/').map_or("", |(folders, _)| folders).split('/');
    let special = ["_posts", "_drafts"].into_iter().find(|own| folders().any(|folder| folder == *own));
    let named = special.or_else(|| folders().next().filter(|folder| folder.starts_with('_')));
    named.map_or("pages", |folder| &folder[1..])
}

/// The folder of a book whose settings lie in another.
pub(crate) fn root(home: &str, settings: &Mapping) -> String {
    let source = settings.get("source").and_then(Value::as_str).unwrap_or("");
    let source = source.trim_start_matches("./").trim_matches('/');
    match (home, source) {
        (home, "" | ".") => home.to_owned(),
        ("", source) => source.to_owned(),
        (home, source) => format!("{home}/{source}"),
    }
}

/// The entries of `defaults`, `{scope: {path: …, type: …}, values: {…}}`. What counts more comes first:
/// the longer path, and of two the one that names a type, or comes later.
pub(crate) fn defaults(settings: &Mapping) -> Vec<(Scope, Mapping)> {
    let text = |of: Option<&Value>, key: &str| of?.get(key)?.as_str().map(str::to_owned);
    let collections = text(Some(&Value::Mapping(settings.clone())), "collections_dir").unwrap_or_default();
    let collections = collections.trim_matches('/');
    let entries = settings.get("defaults").and_then(Value::as_sequence).into_iter().flatten();
    let mut all: Vec<(Scope, Mapping)> = entries
        .filter_map(|entry| {
            let values = entry.get("values")?.as_mapping()?.clone();
            let path = text(entry.get("scope"), "path").unwrap_or_default();
            let path = path.trim_start_matches("./").trim_matches('/').to_owned();
            let kind = text(entry.get("scope"), "type").filter(|kind| !kind.is_empty()).map(|kind| {
                match kind.as_str() {
                    // As the first versions had them.
                    "page" | "post" | "draft" => kind + "s",
                    _ => kind.trim_start_matches('_').to_owned(),
                }
            });
            let pattern = path.contains('*').then(|| Patterns::anchored([path.as_str()]));
            Some((Scope { path, pattern, kind, collections: collections.to_owned() }, values))
        })
        .collect();
    all.reverse();
    all.sort_by_key(|(scope, _)| std::cmp::Reverse((scope.path.len(), scope.kind.is_some())));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_mean_what_jekyll_means_by_them() {
        for (scope, file, is_meant) in [
            ("{path: ''}", "a/b.md", true),
            ("{path: hr}", "hr/a.md", true),
            ("{path: hr/}", "x/hr/a.md", false),
            ("{path: '', type: posts}", "_posts/2020-01-01-a.md", true),
            ("{path: '', type: post}", "x/_posts/2020-01-01-a.md", true),
            ("{path: '', type: posts}", "a.md", false),
            ("{path: '', type: pages}", "_posts/2020-01-01-a.md", false),
            ("{type: pages}", "a/b.md", true),
            ("{path: '', type: rules}", "_rules/a/b.md", true),
            ("{path: '', type: rules}", "all/_rules/a/b.md", true),
            ("{path: _rules/old, type: rules}", "all/_rules/old/b.md", true),
            ("{path: 'a/*/c'}", "a/b/c/d.md", true),
            ("{path: 'a/*/c'}", "a/b/d.md", false),
        ] {
            let text = format!("collections_dir: all\ndefaults: [{{scope: {scope}, values: {{x: 1}}}}]");
            let own = defaults(&serde_yaml::from_str(&text).expect("YAML"));
            assert_eq!(own[0].0.fits(file), is_meant, "{scope} {file}");
        }
        let text = "defaults: [{scope: {path: ''}, values: {n: 1}}, {scope: {path: a/b}, values: {n: 2}}, {scope: {path: '', type: pages}, values: {n: 3}}, {scope: {path: ''}, values: {n: 4}}]";
        let order: Vec<i64> = defaults(&serde_yaml::from_str(text).expect("YAML"))
            .into_iter()
            .filter_map(|(_, values)| values.get("n")?.as_i64())
            .collect();
        assert_eq!(order, [2, 3, 4, 1]);
    }
}
