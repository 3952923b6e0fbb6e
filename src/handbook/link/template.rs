//! Destinations that another tool would fill in.
//!
//! Jekyll, Hugo and Eleventy write a link as a call: `{{ site.baseurl }}/rules`,
//! `{{ "/rules" | relative_url }}`, `{% link rules.md %}`, `{{< ref "rules.md" >}}`. What a
//! call means that names a path or the top of the site can be read off it. Any other is left
//! as it is written, and leads nowhere.

use std::borrow::Cow;

/// What a destination says once its calls are read.
pub(super) enum Meant<'a> {
    /// A path.
    Path(Cow<'a, str>),
    /// A path, or the name of a file wherever it lies.
    Name(String),
}

/// Calls between these signs are read, the longer first.
const SIGNS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];

/// Calls in one destination that are read.
const MOST: usize = 4;

/// What a destination means.
pub(super) fn meaning(written: &str) -> Meant<'_> {
    if !written.starts_with('{') {
        return Meant::Path(short(written).map_or(Cow::Borrowed(written), Cow::Owned));
    }
    let (mut path, mut rest, mut is_name) = (String::new(), written, false);
    for _ in 0..MOST {
        let Some((open, close)) = SIGNS.iter().find(|(open, _)| rest.starts_with(open)) else { break };
        let Some(end) = rest.find(close) else { return Meant::Path(Cow::Borrowed(written)) };
        let inside = rest[open.len()..end].trim().trim_matches('-').trim();
        match read(open, inside) {
            Some(Call::Top) => {}
            Some(Call::Path(own)) => path.push_str(&own),
            Some(Call::Name(own)) => {
                is_name = true;
                path.push_str(own);
            }
            None => return Meant::Path(Cow::Borrowed(written)),
        }
        rest = &rest[end + close.len()..];
    }
    if rest.len() == written.len() {
        return Meant::Path(Cow::Borrowed(written));
    }
    if is_name {
        return Meant::Name(format!("{path}{rest}"));
    }
    path.push_str(rest);
    let is_whole = path.starts_with(['/', '#']) || super::is_external(&path);
    Meant::Path(Cow::Owned(if is_whole { path } else { format!("/{path}") }))
}

/// A path that begins with a short name for the top of the book (`@site/a.md` of Docusaurus,
/// `@/a.md` of VitePress), or has its anchor in a query as docsify does: `a?id=b`, `#/a?id=b`.
fn short(written: &str) -> Option<String> {
    let top = ["@site/", "~@/", "@/"].into_iter().find_map(|name| written.strip_prefix(name));
    if let Some(rest) = top {
        return Some(format!("/{rest}"));
    }
    let path = written.strip_prefix('#').filter(|path| path.starts_with('/'));
    let path = path.unwrap_or(written);
    match path.split_once("?id=") {
        Some((path, id)) if !super::is_external(path) && !path.contains('#') => {
            Some(format!("{path}#{}", id.split('&').next().unwrap_or(id)))
        }
        _ => (path.len() < written.len()).then(|| path.to_owned()),
    }
}

enum Call<'a> {
    /// The address of the site.
    Top,
    Path(Cow<'a, str>),
    Name(&'a str),
}

/// What a call means, from what stands between its signs.
fn read<'a>(open: &str, inside: &'a str) -> Option<Call<'a>> {
    if open == "{{" {
        return value(inside);
    }
    let (name, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let argument = rest.trim().trim_matches(['"', '\'', '`']).trim();
    let argument = argument.strip_prefix("path=").map_or(argument, |own| own.trim_matches(['"', '\'']));
    let is_plain = !argument.is_empty() && !argument.contains(['"', '{', '}', '=']);
    match name.to_ascii_lowercase().as_str() {
        // Jekyll's path is one from the top.
        "link" if is_plain => Some(Call::Path(Cow::Owned(format!("/{}", argument.trim_start_matches('/'))))),
        "post_url" | "ref" | "relref" if is_plain => Some(Call::Name(argument)),
        "baseurl" | "siteurl" if rest.is_empty() => Some(Call::Top),
        _ => None,
    }
}

/// `site.baseurl`, `"/x" | relative_url`, `'/x' | url`.
fn value(inside: &str) -> Option<Call<'_>> {
    let mut parts = inside.split('|').map(str::trim);
    let first = parts.next()?;
    let is_plain = |filter: &str| {
        let name = filter.split(':').next().unwrap_or("").trim();
        matches!(name, "relative_url" | "absolute_url" | "url" | "prepend" | "escape" | "relURL" | "absURL")
    };
    if !parts.all(is_plain) {
        return None;
    }
    let quoted = ['"', '\''].iter().find_map(|quote| first.strip_prefix(*quote)?.strip_suffix(*quote));
    if let Some(path) = quoted {
        return Some(Call::Path(Cow::Borrowed(path)));
    }
    let tops =
        ["site.baseurl", "site.url", "site.github.url", "base_url", "baseurl", "base_path", ".Site.BaseURL"];
    tops.contains(&first).then_some(Call::Top)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> String {
        match meaning(written) {
            Meant::Path(path) => path.into_owned(),
            Meant::Name(name) => format!("name {name}"),
        }
    }

    #[test]
    fn calls_that_name_a_path_are_read() {
        for (written, means) in [
            ("{{ site.baseurl }}/a/b.html#c", "/a/b.html#c"),
            ("{{site.url}}{{site.baseurl}}/a", "/a"),
            ("@site/docs/a.md", "/docs/a.md"),
            ("~@/a.png", "/a.png"),
            ("a?id=b&c=d", "a#b"),
            ("?id=b", "#b"),
            ("#/a?id=b", "/a#b"),
            ("#/a", "/a"),
            ("https://a.b/?id=c", "https://a.b/?id=c"),
            ("{{ site.baseurl }}{% link _docs/a.md %}", "/_docs/a.md"),
            ("{% link a b.md %}#c", "/a b.md#c"),
            ("{{ '/a/' | url }}", "/a/"),
            ("{{ \"a.png\" | prepend: site.baseurl }}", "/a.png"),
            ("{{ \"https://a.b/c\" | absolute_url }}", "https://a.b/c"),
            ("{{< ref \"a.md#b\" >}}", "name a.md#b"),
            ("{{% relref path=\"/a\" %}}", "name /a"),
            ("{%- post_url 2024-05-06-a -%}", "name 2024-05-06-a"),
        ] {
            assert_eq!(read(written), means, "{written}");
        }
    }

    #[test]
    fn other_calls_stay_as_they_are_written() {
        for written in [
            "{{ page.url }}",
            "{{ x | y }}/a",
            "{% if a %}",
            "{a}",
            "{{",
            "{{< ref a",
            "{{< card link=\"a\" >}}",
            "{% link %}",
            "a/{{ b }}",
            "",
        ] {
            assert_eq!(read(written), written);
        }
    }
}
