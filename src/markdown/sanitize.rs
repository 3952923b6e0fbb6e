//! Cleaning of pages whose author wrote raw HTML, so that nothing in them runs.
//!
//! The finished body goes through ammonia as a whole, since a fragment cannot
//! be judged alone; what `render` itself writes is on the list of what stays.

mod effort;

pub(super) use effort::is_endless;

use super::anchor::is_own;
use super::{Document, escape};
use ammonia::{Builder, UrlRelative};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

fn cleaner() -> &'static Builder<'static> {
    static CLEANER: OnceLock<Builder<'static>> = OnceLock::new();
    CLEANER.get_or_init(new_cleaner)
}

fn new_cleaner<'a>() -> Builder<'a> {
    let mut cleaner = Builder::default();
    cleaner
        .add_tags([
            "section",
            "aside",
            "figure",
            "figcaption",
            "input",
            "details",
            "summary",
            "main",
            "nav",
            "header",
            "footer",
            "picture",
            "source",
            "video",
            "audio",
            "track",
            "address",
            "label",
        ])
        .add_generic_attributes(["class", "id", "role", "title", "lang", "dir", "tabindex", "hidden"])
        .generic_attribute_prefixes(HashSet::from(["aria-", "data-"]))
        .tag_attributes(tag_attributes())
        .add_url_schemes(["tel", "sms"])
        .url_relative(UrlRelative::PassThrough)
        // Values come here as a browser reads them.
        .attribute_filter(|_, name, value| {
            (!matches!(name, "id" | "name") || !is_own(value)).then(|| value.into())
        })
        .clean_content_tags(HashSet::from(["script", "style"]))
        .link_rel(None);
    cleaner
}

/// Whether an element and its attribute stay.
pub(super) fn keeps(tag: &str, attribute: &str) -> bool {
    static TAGS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    static ATTRIBUTES: OnceLock<HashMap<&'static str, HashSet<&'static str>>> = OnceLock::new();
    let own = ATTRIBUTES.get_or_init(tag_attributes).get(tag);
    TAGS.get_or_init(|| cleaner().clone_tags()).contains(tag)
        && own.is_some_and(|own| own.contains(attribute))
}

fn tag_attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    let cell = HashSet::from(["colspan", "rowspan", "scope", "headers"]);
    HashMap::from([
        ("a", HashSet::from(["href", "hreflang", "rel", "name"])),
        ("img", HashSet::from(["src", "alt", "width", "height", "loading", "decoding"])),
        ("input", HashSet::from(["type", "checked", "disabled"])),
        ("ol", HashSet::from(["start", "reversed", "type"])),
        ("li", HashSet::from(["value"])),
        ("td", cell.clone()),
        ("th", cell),
        ("col", HashSet::from(["span"])),
        ("colgroup", HashSet::from(["span"])),
        ("details", HashSet::from(["open"])),
        ("time", HashSet::from(["datetime"])),
        ("q", HashSet::from(["cite"])),
        ("blockquote", HashSet::from(["cite"])),
        ("del", HashSet::from(["cite", "datetime"])),
        ("ins", HashSet::from(["cite", "datetime"])),
        ("bdo", HashSet::from(["dir"])),
        ("source", HashSet::from(["src", "type", "media"])),
        (
            "video",
            HashSet::from(["src", "controls", "width", "height", "poster", "muted", "loop", "preload"]),
        ),
        ("audio", HashSet::from(["src", "controls", "muted", "loop", "preload"])),
        ("track", HashSet::from(["src", "kind", "srclang", "label", "default"])),
    ])
}

/// The body without what could run a script, load a foreign frame or restyle
/// the page. Links may have `schemes` besides the usual ones.
pub(super) fn clean(html: &str, schemes: &BTreeSet<String>) -> String {
    if schemes.is_empty() {
        return cleaner().clean(html).to_string();
    }
    let mut cleaner = new_cleaner();
    cleaner.add_url_schemes(schemes.iter().map(String::as_str));
    cleaner.clean(html).to_string()
}

/// The schemes of a text's links and images that are not among the usual ones. Which
/// are refused is settled elsewhere (`escape::is_safe`), whether a text holds raw HTML or not.
pub(super) fn further_schemes(document: &Document) -> BTreeSet<String> {
    let links = document.links.iter().map(|link| link.dest.as_str());
    let all = links.chain(document.images.iter().map(|image| image.dest.as_str()));
    let schemes = all.filter(|address| escape::is_safe(address)).filter_map(escape::scheme);
    schemes.filter(|scheme| !matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_runs_survives() {
        let bad = "<p onclick=x style='color:red'>t<script>alert(1)</script><a href='java\nscript:x'>a</a>\
                   <iframe src=x></iframe><svg onload=x><script>1</script></svg><img src=data:x onerror=y></p>";
        let clean = clean(bad, &BTreeSet::new());
        for word in ["onclick", "style", "script", "alert", "iframe", "svg", "onerror", "data:"] {
            assert!(!clean.contains(word), "{word}: {clean}");
        }
    }

    #[test]
    fn ids_of_the_page_are_taken_away() {
        for id in ["Hb-search", "'Hb-menu'", "\"H&#98;-x\"", "&#x48;b-x", "Hb&#45content"] {
            let html = format!("<p id={id}>a<a name={id}>b</a></p><p id=hb-x>c</p>");
            let clean = clean(&html, &BTreeSet::new());
            assert_eq!(clean, "<p>a<a>b</a></p><p id=\"hb-x\">c</p>", "{id}");
        }
    }

    #[test]
    fn what_render_writes_survives() {
        for html in [
            "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"表格\"><table><thead><tr><th class=\"align-right\" scope=\"col\">a</th></tr></thead></table></div>",
            "<li class=\"task\"><input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"x\"> a</li>",
            "<pre class=\"code\" data-language=\"rust\" tabindex=\"0\"><code class=\"language-rust\"><span class=\"hl-keyword\">fn</span></code></pre>",
            "<aside class=\"alert alert-note\" role=\"note\"><p class=\"alert-title\">x</p></aside>",
            "<figure><img loading=\"lazy\" decoding=\"async\" width=\"1\" height=\"2\" src=\"a.png\" alt=\"x\"><figcaption>c</figcaption></figure>",
            "<a href=\"https://a.b/\" class=\"external\" rel=\"noopener\">x</a>",
        ] {
            let clean = clean(html, &BTreeSet::new());
            let sort = |text: &str| {
                let mut parts: Vec<String> = text.split([' ', '>', '<']).map(str::to_owned).collect();
                parts.sort();
                parts
            };
            assert_eq!(sort(&clean), sort(html));
        }
    }
}
