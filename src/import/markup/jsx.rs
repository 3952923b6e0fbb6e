//! Attributes as JSX writes them in elements of HTML: `className="a"`, `src={logo}`,
//! `style={{width: 1}}`. HTML has them between quotation marks or not at all; a tag with
//! braces would be shown as text.

use super::code;
use crate::markdown::component::end_of;
use std::collections::HashMap;

/// A text whose elements have attributes of HTML. `imports` are paths by the names under which
/// a file imports them.
pub(super) fn with_plain_attributes(text: &str, imports: &HashMap<String, String>) -> String {
    if !text.contains("={") && !text.contains("className=") {
        return text.to_owned();
    }
    let code = code::ranges(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(start) = text[at..].find('<').map(|found| at + found) {
        out.push_str(&text[at..start]);
        at = start;
        let is_element = text[start + 1..].starts_with(|c: char| c.is_ascii_lowercase());
        let end = Some(())
            .filter(|()| is_element && !code::holds(&code, start))
            .and_then(|()| end_of(&text[start..]));
        match end
            .map(|end| &text[start..start + end])
            .filter(|tag| tag.contains("={") || tag.contains("className="))
        {
            Some(tag) => {
                out.push_str(&plain(tag, imports));
                at += tag.len();
            }
            None => {
                out.push('<');
                at += 1;
            }
        }
    }
    out.push_str(&text[at..]);
    out
}

/// A tag with its attributes as HTML has them; what only running code would tell is left out.
fn plain(tag: &str, imports: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(tag.len());
    let mut rest = tag;
    while let Some(at) = rest.find("={") {
        let value = &rest[at + 2..];
        let mut depth = 1_usize;
        let end = value.char_indices().find(|(_, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some((end, _)) = end else { break };
        let name = rest[..at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
        match known(value[..end].trim(), imports) {
            Some(known) => out.push_str(&format!("{}=\"{known}\"", &rest[..at])),
            None => out.push_str(rest[..name].trim_end()),
        }
        rest = &value[end + 1..];
    }
    out.push_str(rest);
    out.replace("className=", "class=")
}

fn known(value: &str, imports: &HashMap<String, String>) -> Option<String> {
    let quoted =
        ['"', '\'', '`'].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
    let number =
        || Some(value).filter(|value| !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()));
    let path = || imports.get(value.trim_end_matches(".src")).map(String::as_str);
    let found = quoted.filter(|text| !text.contains(['"', '$'])).or_else(number).or_else(path)?;
    Some(found.to_owned())
}

#[cfg(test)]
mod tests {
    use super::with_plain_attributes;
    use std::collections::HashMap;

    #[test]
    fn attributes_are_those_of_html() {
        let imports = HashMap::from([("logo".to_owned(), "@site/a.png".to_owned())]);
        for (text, new) in [
            (
                "<img src={logo} style={{a: 'b > c'}} width={10} />",
                "<img src=\"@site/a.png\" width=\"10\" />",
            ),
            ("<p className=\"x\" title={'y'} onClick={() => z}>", "<p class=\"x\" title=\"y\">"),
            ("`<p a={b}>` <P a={b}> a < b ={", "`<p a={b}>` <P a={b}> a < b ={"),
            ("<p a={b", "<p a={b"),
        ] {
            assert_eq!(with_plain_attributes(text, &imports), new);
        }
    }
}
