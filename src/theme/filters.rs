//! Filters for templates: fill the placeholders of a message, mark the current page in the
//! sidebar, walk a tree of any depth.
//!
//! A tree is walked by a filter because Tera limits the recursion of components to twenty levels,
//! and folders may be nested deeper. It is also faster.

use tera::value::Key;
use tera::{Kwargs, Map, State, Tera, Value};

/// Adds the theme's filters.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("fill", |text: &str, values: Kwargs, _: &State| -> String {
        let values: Vec<(&str, String)> =
            values.iter().filter_map(|(name, value)| Some((name.as_str()?, value.to_string()))).collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fill_placeholders(text, &values)
    });
    tera.register_filter("mark_current", |html: &str, place: Kwargs, _: &State| -> tera::TeraResult<Value> {
        let address = format!("{}{}", place.must_get::<&str>("root")?, place.must_get::<&str>("url")?);
        Ok(Value::safe_string(&mark_current(html, &address)))
    });
    tera.register_filter("is_right_to_left", |tag: &str, _: Kwargs, _: &State| is_right_to_left(tag));
    tera.register_filter("walk", |nodes: &[Value], _: Kwargs, _: &State| walk(nodes));
}

/// Fills the placeholders of a message of the interface.
///
/// A message of the form `one page|{n} pages` has a singular, taken when `n` is 1.
#[must_use]
pub(crate) fn fill_placeholders(template: &str, values: &[(&str, &str)]) -> String {
    let singular = values.iter().any(|(name, value)| *name == "n" && *value == "1");
    let word = match template.split_once('|') {
        Some((word, _)) if singular => word,
        Some((_, plural)) => plural,
        None => template,
    };
    let mut filled = String::with_capacity(word.len() + 16);
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, tail)| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (value, tail))
        });
        if let Some((value, tail)) = known {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// Languages that are written from right to left, where their tag names no script.
const RIGHT_TO_LEFT: &str = "ar arc arz ary apc ajp acm aeb ckb dv fa glk he hbo iw ji ks lrc mzn nqo pbt pnb prs ps rhg sd skr sdh syr ug ur yi yid";

/// Scripts that are.
const SCRIPTS: &str = "adlm arab aran hebr mand mend nkoo rohg samr syrc syre syrj syrn thaa yezi";

/// Whether texts of a language (BCP 47) are written from right to left.
fn is_right_to_left(tag: &str) -> bool {
    let lower = tag.trim().to_lowercase().replace('_', "-");
    let mut parts = lower.split('-');
    let language = parts.next().unwrap_or_default();
    // A script is the only part of four letters.
    match parts.find(|part| part.len() == 4 && part.chars().all(char::is_alphabetic)) {
        Some(script) => SCRIPTS.split(' ').any(|known| known == script),
        None => RIGHT_TO_LEFT.split(' ').any(|known| known == language),
    }
}

/// Marks the link to `address` in a rendered sidebar as the current page.
fn mark_current(html: &str, address: &str) -> String {
    let mut escaped = Vec::with_capacity(address.len());
    let href = match tera::escape_html(address, &mut escaped).map(|()| String::from_utf8(escaped)) {
        Ok(Ok(address)) => format!("<a href=\"{address}\""),
        _ => return html.to_owned(),
    };
    match html.split_once(&href) {
        Some((before, after)) => [before, &href, " aria-current=\"page\"", after].concat(),
        None => html.to_owned(),
    }
}

/// Flattens nodes with `children` into steps: `item`, `depth` from 1, `open` (its children follow)
/// and `close`, a list with one entry for each level below the first that ends after it.
fn walk(nodes: &[Value]) -> Vec<Value> {
    let mut steps = Vec::with_capacity(nodes.len() * 2);
    let mut stack = vec![nodes.iter()];
    while let Some(level) = stack.last_mut() {
        let Some(item) = level.next() else {
            stack.pop();
            continue;
        };
        let children = item.get_from_path("children").and_then(Value::as_array).unwrap_or_default();
        let depth = stack.len();
        let close = if children.is_empty() {
            stack.iter().skip(1).rev().take_while(|level| level.len() == 0).count()
        } else {
            stack.push(children.iter());
            0
        };
        let mut step = Map::new();
        step.insert(Key::from("item"), item.clone());
        step.insert(Key::from("depth"), depth.into());
        step.insert(Key::from("open"), (!children.is_empty()).into());
        step.insert(Key::from("close"), vec![true; close].into());
        steps.push(step.into());
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::{fill_placeholders, is_right_to_left};

    #[test]
    fn placeholders_are_filled_and_one_takes_the_singular() {
        assert_eq!(fill_placeholders("共 {n} 章", &[("n", "12")]), "共 12 章");
        assert_eq!(fill_placeholders("{n} page|{n} pages", &[("n", "1")]), "1 page");
        assert_eq!(fill_placeholders("{n} page|{n} pages", &[("n", "2")]), "2 pages");
        assert_eq!(fill_placeholders("{a} {", &[("n", "2")]), "{a} {");
    }

    #[test]
    fn directions_follow_language_and_script() {
        for tag in ["ar", "ar-SA", "he", "HE_il", "fa", "ur-PK", "yi", "ku-Arab", "az-Arab-IR", "ug"] {
            assert!(is_right_to_left(tag), "{tag}");
        }
        for tag in ["zh-CN", "en", "", "ar-Latn", "ug-Cyrl", "ku", "arn", "heb2"] {
            assert!(!is_right_to_left(tag), "{tag}");
        }
    }
}
