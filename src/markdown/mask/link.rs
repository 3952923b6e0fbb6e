//! Addresses, wiki links and paths with spaces.

use super::super::autolink;
use pulldown_cmark::{Options, Parser};

/// Bytes before an address, and of a path, that are looked at.
const REACH: usize = 2_000;

/// Signs of emphasis within bare addresses.
pub(super) fn addresses(text: &str, places: &mut Vec<usize>) {
    let mut from = 0;
    while let Some(address) = autolink::find(text, from) {
        let mut place = address.place;
        // The words of a link end where its destination begins.
        if let Some(end) = text[place.clone()].find("](") {
            place.end = place.start + end;
        }
        let signs = memchr::memchr3_iter(b'_', b'*', b'~', &text.as_bytes()[place.clone()]);
        let mut signs = signs.map(|at| place.start + at).peekable();
        if signs.peek().is_some() && !is_destination(text, from, place.start) {
            places.extend(signs.filter(|at| !text[..*at].ends_with('\\')));
        }
        from = place.end;
    }
}

/// Whether an address belongs to a link, an element or a definition, where no character
/// may be covered.
fn is_destination(text: &str, from: usize, start: usize) -> bool {
    let from = crate::text::floor_boundary(text, from.max(start.saturating_sub(REACH)));
    let before = text[from..start].trim_end();
    let token = &before[before.rfind(char::is_whitespace).unwrap_or(0)..];
    let label = || before.rfind('[').is_some_and(|open| !before[open..].starts_with("[^"));
    token.contains('<') || token.contains("](") || before.ends_with("]:") && label()
}

/// Brackets that are no wiki link's: those of `[[1]](url)`, and those around a
/// reference that the text defines.
pub(super) fn bracketed(text: &str, places: &mut Vec<usize>) {
    if memchr::memmem::find(text.as_bytes(), b"[[").is_none() {
        return;
    }
    let defines = text.contains("]:");
    let parser = defines.then(|| Parser::new_ext(text, Options::empty()));
    for (open, _) in text.match_indices("[[") {
        let inside = &text[open + 2..];
        let near = &inside.as_bytes()[..inside.len().min(REACH)];
        let Some(length) = memchr::memchr3(b'[', b']', b'\n', near).filter(|at| near[*at] == b']') else {
            continue;
        };
        let (name, behind) = inside.split_at(length);
        let close = open + 2 + length;
        if behind.starts_with("]](") && is_link(&behind[3..]) {
            places.extend([open + 1, close]);
        } else if behind.starts_with("]]")
            && parser.as_ref().is_some_and(|parser| parser.reference_definitions().get(name).is_some())
        {
            places.extend([open, close + 1]);
        }
    }
}

/// Whether what follows `](` is a destination, perhaps with a title, and a bracket.
fn is_link(rest: &str) -> bool {
    let Some(end) = closing(rest) else { return false };
    let inside = rest[..end].trim();
    let dest = inside.split(char::is_whitespace).next().unwrap_or("");
    let title = inside[dest.len()..].trim_start();
    title.is_empty() || is_title(title)
}

/// Where the bracket is that closes the one before a text, on the same line.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, byte) in text.bytes().enumerate().take(REACH) {
        match byte {
            b'(' => open += 1,
            b')' if open == 0 => return Some(at),
            b')' => open -= 1,
            b'\n' | b'\r' => return None,
            _ => {}
        }
    }
    None
}

fn is_title(text: &str) -> bool {
    let ends = |open, close| text.len() > 1 && text.starts_with(open) && text.ends_with(close);
    ends('"', '"') || ends('\'', '\'') || ends('(', ')')
}

/// Spaces in the paths of links and images.
pub(super) fn paths(text: &str, places: &mut Vec<usize>) {
    for open in memchr::memmem::find_iter(text.as_bytes(), b"](") {
        let from = open + 2;
        let rest = &text[from..];
        let is_image = || {
            let near = crate::text::floor_boundary(text, open.saturating_sub(REACH));
            let label = text[near..open].rfind('[');
            label.is_some_and(|label| text[..near + label].ends_with('!'))
        };
        let Some(end) = closing(rest).filter(|end| rest[..*end].trim().contains(' ')) else { continue };
        let (path, _) = parted(&rest[..end]);
        let inner = path.trim();
        if inner.contains(' ') && (is_call(inner) || is_path(inner, is_image)) {
            let begin = from + path.find(inner).unwrap_or(0);
            let spaces = memchr::memchr_iter(b' ', inner.as_bytes());
            places.extend(spaces.map(|at| begin + at));
        }
    }
}

/// The path of a picture without the size behind it that several tools read there: `x.png =20x30`,
/// `x.png =20x`. No file is called so.
pub(super) fn without_size(path: &str) -> &str {
    let Some((bare, size)) = path.rsplit_once(" =") else { return path };
    let Some((width, height)) = size.trim_end().split_once(['x', '*']) else { return path };
    let is_number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'%' | b'.'));
    let is_size = is_number(width) && is_number(height) && width.len() + height.len() > 0;
    if is_size { bare.trim_end() } else { path }
}

/// Whether it is a call that another tool would fill in, such as
/// `{{ "/a.html" | relative_url }}`, with at most a path behind it.
fn is_call(path: &str) -> bool {
    let signs = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}")];
    let mut rest = path;
    while let Some((open, close)) = signs.iter().find(|(open, _)| rest.starts_with(open)) {
        let Some(end) = rest[open.len()..].find(close) else { return false };
        rest = &rest[open.len() + end + close.len()..];
    }
    rest.len() < path.len() && !rest.contains(' ')
}

/// A path and the title behind it.
fn parted(inside: &str) -> (&str, &str) {
    let trimmed = inside.trim_end();
    let open = match trimmed.chars().next_back() {
        Some(quote @ ('"' | '\'')) => trimmed[..trimmed.len() - 1].rfind(quote),
        Some(')') => trimmed.rfind('('),
        _ => None,
    };
    match open.filter(|open| trimmed[..*open].ends_with([' ', '\t'])) {
        Some(open) => inside.split_at(open),
        None => (inside, ""),
    }
}

/// Whether what stands in brackets behind a label is a path rather than words.
fn is_path(path: &str, is_image: impl Fn() -> bool) -> bool {
    if path.starts_with(['<', '#', '"', '\'']) || path.contains(['<', '>', '"', '|', '\t', '`']) {
        return false;
    }
    let bare = path.split(['#', '?']).next().unwrap_or("");
    let file = bare.rsplit('/').next().unwrap_or("");
    let has_ending = file.rfind('.').is_some_and(|dot| {
        let ending = &file[dot + 1..];
        dot > 0 && (1..=8).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let is_folders = bare.contains('/') && !bare.contains("/ ") && !bare.contains(" /");
    has_ending || is_folders || is_image()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str, of: fn(&str, &mut Vec<usize>)) -> String {
        let mut places = Vec::new();
        of(text, &mut places);
        let mut bytes = text.as_bytes().to_vec();
        for place in places {
            bytes[place] = b'^';
        }
        String::from_utf8(bytes).expect("ASCII for ASCII")
    }

    #[test]
    fn paths_with_spaces_are_told_from_words() {
        for (text, expected) in [
            ("[x](附件/请假 申请单.txt)", "[x](附件/请假^申请单.txt)"),
            ("![x](图 一.png \"图 1\")", "![x](图^一.png \"图 1\")"),
            ("![x](图 一)", "![x](图^一)"),
            ("[x]( a b (1).xlsx )", "[x]( a^b^(1).xlsx )"),
            ("[x](a b.md (c d))", "[x](a^b.md (c d))"),
            ("[x]({{ '/a' | url }}/b#c \"d e\")", "[x]({{^'/a'^|^url^}}/b#c \"d e\")"),
            ("[x]({{< ref \"a b\" >}})", "[x]({{<^ref^\"a^b\"^>}})"),
        ] {
            assert_eq!(covered(text, paths), expected);
        }
        for text in [
            "[x](see below)",
            "[x](a.md \"b c\")",
            "[x](/a (b c))",
            "[x]({{ a }} b)",
            "[x]({{ a b)",
            "[x](and / or)",
            "[x](a b.md",
            "[x](<a b.md>)",
        ] {
            assert_eq!(covered(text, paths), text);
        }
    }

    #[test]
    fn sizes_are_no_part_of_a_path() {
        for (path, bare) in [
            ("./x.png =20x30", "./x.png"),
            ("x.png =20x", "x.png"),
            ("x.png =x30", "x.png"),
            ("x.png =50%x", "x.png"),
            ("x.png =x", "x.png =x"),
            ("a =b.png", "a =b.png"),
            ("x.png", "x.png"),
        ] {
            assert_eq!(without_size(path), bare);
        }
    }

    #[test]
    fn addresses_are_covered_in_running_text_only() {
        assert_eq!(covered("x https://a.b/_c_ y", addresses), "x https://a.b/^c_ y");
        for text in [
            "[x](https://a.b/_c_d)",
            "[x](/l?to=https://a.b/_c_d)",
            "<https://a.b/_c_d>",
            "[x]: https://a.b/_c_d",
            "[https://a.b/c](https://a.b/_c_d)",
            "https://a.b/\\_c",
        ] {
            assert_eq!(covered(text, addresses), text);
        }
        assert_eq!(covered("[^1]: https://a.b/_c_d", addresses), "[^1]: https://a.b/^c^d");
    }

    #[test]
    fn brackets_are_covered_that_are_no_wiki_link() {
        assert_eq!(covered("[[1]](u) [[a]] [[b]](see c)", bracketed), "[^1^](u) [[a]] [[b]](see c)");
        assert_eq!(covered("[[a]] [[b]]\n\n[a]: /u\n", bracketed), "^[a]^ [[b]]\n\n[a]: /u\n");
    }
}
