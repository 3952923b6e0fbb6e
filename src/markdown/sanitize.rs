//! Cleaning of pages whose author wrote raw HTML, so that nothing in them runs.
//!
//! The finished body goes through ammonia as a whole, since a fragment cannot
//! be judged alone; what `render` itself writes is on the list of what stays.

mod effort;

pub(super) use effort::is_endless;

use super::anchor::is_own;
use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

fn cleaner() -> &'static Builder<'static> {
    static CLEANER: OnceLock<Builder<'static>> = OnceLock::new();
    CLEANER.get_or_init(|| {
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
            .rm_url_schemes(["javascript", "data", "ftp", "magnet", "xmpp", "irc", "ircs"])
            .url_relative(UrlRelative::PassThrough)
            // Values come here as a browser reads them.
            .attribute_filter(|_, name, value| {
                (!matches!(name, "id" | "name") || !is_own(value)).then(|| value.into())
            })
            .clean_content_tags(HashSet::from(["script", "style"]))
            .link_rel(None);
        cleaner
    })
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
/// the page.
pub(super) fn clean(html: &str) -> String {
    cleaner().clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_runs_survives() {
        let bad = "<p onclick=x style='color:red'>t<script>alert(1)</script><a href='java\nscript:x'>a</a>\
                   <iframe src=x></iframe><svg onload=x><script>1</script></svg><img src=data:x onerror=y></p>";
        let clean = clean(bad);
        for word in ["onclick", "style", "script", "alert", "iframe", "svg", "onerror", "data:"] {
            assert!(!clean.contains(word), "{word}: {clean}");
        }
    }

    #[test]
    fn ids_of_the_page_are_taken_away() {
        for id in ["Hb-search", "'Hb-menu'", "\"H&#98;-x\"", "&#x48;b-x", "Hb&#45content"] {
            let clean = clean(&format!("<p id={id}>a<a name={id}>b</a></p><p id=hb-x>c</p>"));
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
            let clean = clean(html);
            let sort = |text: &str| {
                let mut parts: Vec<String> = text.split([' ', '>', '<']).map(str::to_owned).collect();
                parts.sort();
                parts
            };
            assert_eq!(sort(&clean), sort(html));
        }
    }
}
