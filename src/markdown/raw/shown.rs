//! The addresses that a finished page links to or shows.

use super::{Tag, Token, Tokens, decode};

/// Elements whose inside a browser does not show.
const IDLE: [&str; 2] = ["template", "noscript"];

/// Every address of a page's HTML that a browser follows or loads, as it reads them,
/// in order. What stands in comments, scripts and templates is none.
#[must_use]
pub fn shown_addresses(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut idle: Vec<String> = Vec::new();
    Tokens::default().read(html, |token| match token {
        Token::Open(tag) => {
            if idle.is_empty() {
                of_tag(html, &tag, &mut found);
            }
            if IDLE.contains(&tag.name.as_str()) {
                idle.push(tag.name);
            }
        }
        Token::Close(name, _) => {
            if let Some(at) = idle.iter().rposition(|open| *open == name) {
                idle.truncate(at);
            }
        }
        Token::Text(_) | Token::Hidden(_) => {}
    });
    found
}

fn of_tag(html: &str, tag: &Tag, found: &mut Vec<String>) {
    for name in ["href", "src", "poster", "xlink:href", "background"] {
        found.extend(tag.value(html, name).map(|value| value.into_owned()));
    }
    if tag.name == "object" {
        found.extend(tag.value(html, "data").map(|value| value.into_owned()));
    }
    if let Some(value) = tag.value(html, "srcset") {
        found.extend(value.split(',').filter_map(|one| one.split_whitespace().next()).map(str::to_owned));
    }
    if let Some(style) = tag.value(html, "style") {
        let urls = style.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
        found.extend(urls.map(|url| decode(url.trim_matches(['"', '\'', ' '])).into_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_follows_counts() {
        let html = "<a href=\"a&amp;b.pdf\">x</a><!-- <a href=no> --><template><a href=no></template>\
                    <script>'<a href=no>'</script><A HREF=c.pdf><img src='d.png' srcset='e.png 2x, f.png'>\
                    <blockquote cite=no><p data-src=no><i style=\"background: url('g.png')\">";
        let wanted = ["a&b.pdf", "c.pdf", "d.png", "e.png", "f.png", "g.png"];
        assert_eq!(shown_addresses(html), wanted);
    }
}
