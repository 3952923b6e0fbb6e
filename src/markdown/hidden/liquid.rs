//! What Liquid makes of a text before Markdown is read: notes that go, tags that make no words of
//! their own, and blocks of code, `{% highlight ruby %}`.
//!
//! A block of code is written as one of Markdown in the same place, byte for byte: then whatever
//! reads the text after this knows that it is code, and all places stay those of the file.

use super::super::verbatim;
use crate::text::floor_boundary;
use std::ops::Range;

/// A tag, `{% name rest %}`.
pub(super) struct Tag<'t> {
    pub(super) place: Range<usize>,
    pub(super) name: &'t str,
    pub(super) rest: &'t str,
}

/// The tags of a text, in order, in code too: Liquid comes before Markdown.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find("{%")?;
        let end = start + text[start..].find("%}")? + 2;
        at = end;
        let inner = text.get(start + 2..end - 2).unwrap_or("").trim_matches('-').trim();
        let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        Some(Tag { place: start..end, name, rest: rest.trim() })
    })
}

/// The tag that ends what a text is shown as it is written in.
pub(super) fn end_of_raw(name: &str) -> Option<&'static str> {
    match name {
        "raw" => Some("endraw"),
        "verbatim" => Some("endverbatim"),
        _ => None,
    }
}

/// `{% comment %} … {% endcomment %}`; not in what is `raw`.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut open, mut raw) = (None, None);
    for tag in tags(text) {
        match (tag.name, open) {
            (name, None) if raw == Some(name) => raw = None,
            (name, None) if raw.is_none() && end_of_raw(name).is_some() => raw = end_of_raw(name),
            ("comment", None) if raw.is_none() => open = Some(tag.place.start),
            ("endcomment", Some(start)) => {
                found.push(start..tag.place.end);
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// `{# note #}`; `{#id}` behind a heading is none.
pub(super) fn of_nunjucks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{#").map(|start| at + start) {
        at = start + 2;
        if !text[at..].starts_with([' ', '\n', '\r', '\t', '-']) {
            continue;
        }
        let Some(end) = text[at..].find("#}").map(|end| at + end + 2) else { break };
        found.push(start..end);
        at = end;
    }
    found
}

/// Tags of Liquid that make no words of their own: what they choose or bring in is not made here,
/// and no reader of the tool's pages sees them.
const TAGS: [&str; 25] = [
    "include",
    "include_relative",
    "include_cached",
    "render",
    "if",
    "elsif",
    "elseif",
    "else",
    "endif",
    "unless",
    "endunless",
    "case",
    "when",
    "endcase",
    "for",
    "endfor",
    "assign",
    "set",
    "capture",
    "endcapture",
    "break",
    "continue",
    "seo",
    "feed_meta",
    "increment",
];

/// The tags of Liquid in running text that no reader of the tool's pages sees; those in an address or
/// an attribute are part of it.
#[must_use]
pub(crate) fn tags_of_liquid(text: &str) -> Vec<Range<usize>> {
    if !text.contains("{%") {
        return Vec::new();
    }
    let fenced = with_fences(text);
    let text = fenced.as_deref().unwrap_or(text);
    let code = verbatim::ranges(text);
    let (mut found, mut raw) = (Vec::new(), None);
    for tag in tags(text) {
        if raw == Some(tag.name) {
            raw = None;
        } else if raw.is_none() {
            raw = end_of_raw(tag.name);
        }
        let start = tag.place.start;
        let is_part = text[..start].ends_with(['(', '"', '\'', '=', '/']);
        if TAGS.contains(&tag.name) && raw.is_none() && !is_part && !verbatim::holds(&code, start) {
            found.push(tag.place);
        }
    }
    found
}

/// Whether a tag brings in another file.
#[must_use]
pub(crate) fn is_include(tag: &str) -> bool {
    let name = tag.trim_start_matches(['{', '%', '-', ' ']);
    name.starts_with("include") || name.starts_with("render")
}

/// The tags around what is shown as it is written, `{% raw %}` and its end, in code too.
pub(crate) fn raw_tags(text: &str) -> Vec<Range<usize>> {
    let (mut found, mut open) = (Vec::new(), None);
    for tag in tags(text) {
        match &open {
            None => open = end_of_raw(tag.name).map(|end| (end, tag.place)),
            Some((end, begin)) if *end == tag.name => {
                found.extend([begin.clone(), tag.place]);
                open = None;
            }
            Some(_) => {}
        }
    }
    found
}

/// A line may have this many bytes before a tag, and behind it.
const NEAR: usize = 300;

/// A text whose `{% highlight %}` are blocks of code, of the same length; `None` where it has none.
pub(super) fn with_fences(text: &str) -> Option<String> {
    if !text.contains("endhighlight") {
        return None;
    }
    let code = verbatim::ranges(text);
    let mut out = String::with_capacity(text.len());
    let (mut at, mut open, mut around) = (0, None::<Tag<'_>>, None);
    for tag in tags(text) {
        match (tag.name, &open) {
            ("endhighlight", Some(begin)) => {
                if let Some([first, last]) = fences(text, begin, &tag) {
                    out.push_str(&text[at..begin.place.start]);
                    out.push_str(&first);
                    out.push_str(&text[begin.place.end..tag.place.start]);
                    out.push_str(&last);
                    at = tag.place.end;
                }
                open = None;
            }
            (_, Some(_)) => {}
            (name, None) if around == Some(name) => around = None,
            ("comment", None) if around.is_none() => around = Some("endcomment"),
            (name, None) if around.is_none() && end_of_raw(name).is_some() => around = end_of_raw(name),
            ("highlight", None) if around.is_none() && !verbatim::holds(&code, tag.place.start) => {
                open = Some(tag);
            }
            _ => {}
        }
    }
    out.push_str(&text[at..]);
    (at > 0).then_some(out)
}

/// What stands for the tags of a block of code. `None` where that would take more bytes than they.
fn fences(text: &str, begin: &Tag<'_>, end: &Tag<'_>) -> Option<[String; 2]> {
    let before = &text[floor_boundary(text, begin.place.start.saturating_sub(NEAR))..begin.place.start];
    let line = before.rsplit('\n').next().filter(|line| line.len() < NEAR - 4)?;
    let bare = line.trim_start_matches([' ', '\t', '>', '-', '*', '+']);
    let signs = &line[..line.len() - bare.len()];
    // What a line begins with that goes on in the list or quotation.
    let around: String = signs.chars().map(|c| if matches!(c, '-' | '*' | '+') { ' ' } else { c }).collect();
    let next = format!("\n{around}");
    let inner = &text[begin.place.end..end.place.start];
    let (first, last) = (inner.split('\n').next()?, inner.rsplit('\n').next()?);
    let longest = inner.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let language = begin.rest.split(char::is_whitespace).next().unwrap_or("");
    let is_name = language.chars().all(|c| c.is_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.'));
    let language = if is_name { language } else { "" };
    let above = if bare.is_empty() { "" } else { &next };
    let is_one_line = first.len() == inner.len();
    let below = if is_one_line || !first.trim().is_empty() { &next } else { "" };
    let ends_alone = !is_one_line
        && last.trim_matches([' ', '\t', '>']).is_empty()
        && last.len() < around.len() + 4
        && !last.contains('\t');
    let above_end = if ends_alone { "" } else { &next };
    let behind = &text[end.place.end..floor_boundary(text, (end.place.end + NEAR).min(text.len()))];
    let is_last = behind.split('\n').next().unwrap_or("").trim().is_empty();
    let below_end = if is_last { "" } else { &next };
    Some([
        filled(&format!("{above}{fence}{language}"), below, begin.place.len())?,
        filled(&format!("{above_end}{fence}"), below_end, end.place.len())?,
    ])
}

/// Two parts with so many blanks between them that they take these bytes.
fn filled(before: &str, behind: &str, length: usize) -> Option<String> {
    let blanks = length.checked_sub(before.len() + behind.len())?;
    Some(format!("{before}{}{behind}", " ".repeat(blanks)))
}

#[cfg(test)]
mod tests {
    use super::{raw_tags, with_fences};

    #[test]
    fn blocks_of_code_are_those_of_markdown() {
        for (text, new) in [
            ("{% highlight ruby %}\na\n{% endhighlight %}\nb", "```ruby\na\n```\nb"),
            ("> {% highlight js linenos %}\n> a\n> {% endhighlight %}\n\nb", "> ```js\n> a\n> ```\n\nb"),
            ("- {% highlight sh %}\n  a\n  {% endhighlight %} tail", "- ```sh\n  a\n  ```\n   tail"),
            ("{%- highlight c -%}a{%- endhighlight -%}", "```c\na\n```"),
            ("a {% highlight c %}b\n{% endhighlight %}", "a \n```c\nb\n```"),
            ("{% highlight c %}\n```\n    {% endhighlight %}", "````c\n```\n    \n````"),
            (
                "{% highlight c %}\n{% raw %}{{ a }}{% endraw %}\n{% endhighlight %}",
                "```c\n{% raw %}{{ a }}{% endraw %}\n```",
            ),
        ] {
            let fenced = with_fences(text).expect(text);
            assert_eq!(fenced.len(), text.len(), "{text}");
            let plain: Vec<&str> = fenced.split('\n').map(str::trim_end).collect();
            let wanted: Vec<&str> = new.split('\n').map(str::trim_end).collect();
            assert_eq!(plain, wanted, "{text}");
        }
        for text in [
            "{% raw %}{% highlight c %}\na\n{% endhighlight %}{% endraw %}",
            "`{% highlight c %}` and `{% endhighlight %}`",
            "{% endhighlight %}",
            "{% highlight c %}",
        ] {
            assert_eq!(with_fences(text), None, "{text}");
        }
        for part in ["{% highlight c %}", "{% highlight c %}{% endhighlight %}", "> ", "{% raw %}", "`"] {
            with_fences(&(part.repeat(50_000) + "{% endhighlight %}"));
        }
    }

    #[test]
    fn tags_around_what_is_shown_as_it_is_are_found() {
        let text = "{% raw %}{% raw %}{{ a }}{% endraw %} {% endraw %}";
        assert_eq!(raw_tags(text), [0..9, 25..37]);
    }
}
