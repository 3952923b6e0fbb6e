//! Roles (`` {ref}`words <target>` ``), the places that they lead to (`(target)=`), and links without words.

use super::super::component::WITHIN;
use super::super::container::Instead;
use super::scan::{Line, Scan, What};
use super::{anchor, escaped};
use std::collections::HashMap;
use std::ops::Range;

/// Longer names than these are none.
const LONGEST: usize = 40;
/// Bytes of the longest destination of a link: with a bound, a line of nothing but beginnings costs its length.
const LONGEST_DEST: usize = 2_000;

/// Puts what stands for roles and targets in their places.
pub(super) fn marks(scan: &Scan<'_>, found: &mut Vec<Instead>) {
    let titles = titles(scan);
    for line in scan.lines.iter().filter(|line| line.what == What::Text) {
        if let Some(anchor) = label(line.bare).and_then(anchor) {
            let signs = scan.text[line.whole..line.start].trim_end();
            put(line.start..line.end(), format!("{anchor}\n{signs}"), found);
            continue;
        }
        if line.bare.contains(['{', '<']) || line.bare.contains("[](") {
            in_line(line, &titles, found);
        }
    }
}

fn put(place: Range<usize>, new: impl Into<String>, found: &mut Vec<Instead>) {
    found.push(Instead { place, new: new.into(), is_words: true });
}

/// The name in `(name)=`.
fn label(bare: &str) -> Option<&str> {
    bare.strip_prefix('(')?.strip_suffix(")=").map(str::trim)
}

/// The headings that places stand above, by their names.
fn titles<'t>(scan: &Scan<'t>) -> HashMap<&'t str, &'t str> {
    let mut titles = HashMap::new();
    let mut names: Vec<&str> = Vec::new();
    for line in scan.lines.iter().filter(|line| !line.bare.is_empty()) {
        if let Some(name) = label(line.bare).filter(|_| line.what == What::Text) {
            names.push(name);
            continue;
        }
        let title = line.bare.trim_start_matches('#');
        let is_title = title.len() < line.bare.len() && title.starts_with(' ') && line.what == What::Text;
        let title = title.trim();
        if is_title && !title.contains(['[', ']', '`', '{', '<', '\\']) {
            titles.extend(names.iter().map(|name| (*name, title)));
        }
        names.clear();
    }
    titles
}

fn in_line(line: &Line<'_>, titles: &HashMap<&str, &str>, found: &mut Vec<Instead>) {
    let bare = line.bare;
    let runs = Runs::new(bare);
    let mut at = 0;
    while let Some(step) = bare[at..].find(['{', '`', '\\', '[', '<']) {
        at += step;
        let rest = &bare[at..];
        let place = |length: usize| line.start + at..line.start + at + length;
        at += match rest.as_bytes()[0] {
            b'\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            b'`' => {
                runs.span(at).map_or_else(|| rest.len() - rest.trim_start_matches('`').len(), |end| end - at)
            }
            b'{' => match role(bare, at, &runs) {
                Some((name, content, end)) => {
                    match made(name, content, titles) {
                        Some(new) => put(place(end - at), new, found),
                        // What it holds is shown as it is.
                        None => put(place(name.len() + 2), WITHIN, found),
                    }
                    end - at
                }
                None => 1,
            },
            b'[' => {
                let dest = rest.strip_prefix("[](").and_then(|rest| before(rest, b") ", true));
                match dest.filter(|dest| !dest.is_empty()) {
                    Some(dest) => {
                        put(place(2), format!("[{}]", words_of(dest, titles)), found);
                        2
                    }
                    None => 1,
                }
            }
            _ => {
                let dest = ["<project:", "<path:"].iter().find_map(|open| rest.strip_prefix(open));
                match dest.and_then(|dest| before(dest, b">", false)) {
                    Some(dest) if !dest.contains('<') => {
                        let length = rest.find('>').map_or(rest.len(), |end| end + 1);
                        put(place(length), format!("[{}](<{dest}>)", words_of(dest, titles)), found);
                        length
                    }
                    _ => 1,
                }
            }
        };
    }
}

/// What stands before one of these signs, or at the end of the line, if it is no longer than a destination is.
fn before<'t>(text: &'t str, signs: &[u8], or_end: bool) -> Option<&'t str> {
    let end = text.bytes().take(LONGEST_DEST).position(|byte| signs.contains(&byte));
    text.get(..end.or_else(|| (or_end && text.len() <= LONGEST_DEST).then_some(text.len()))?)
}

/// The words of a link that has none.
fn words_of(dest: &str, titles: &HashMap<&str, &str>) -> String {
    let (path, name) = dest.split_once('#').unwrap_or((dest, ""));
    let file = path.rsplit('/').next().unwrap_or(path);
    let own = titles.get(name).copied().filter(|_| path.is_empty());
    escaped(own.unwrap_or(if name.is_empty() { file.trim_end_matches(".md") } else { name }))
}

/// A role that begins at a place: its name, what it holds, and where it ends.
fn role<'t>(bare: &'t str, at: usize, runs: &Runs) -> Option<(&'t str, &'t str, usize)> {
    let rest = &bare[at + 1..];
    let length = rest.bytes().take(LONGEST).position(|byte| byte == b'}')?;
    let name = rest.get(..length)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+');
    let start = at + length + 2;
    if name.is_empty() || !name.chars().all(is_name) || !bare[start..].starts_with('`') {
        return None;
    }
    let end = runs.span(start)?;
    let content = bare[start..end].trim_matches('`');
    Some((name, content, end))
}

/// Where the spans of code of a line end, by where they begin.
struct Runs(HashMap<usize, usize>);

impl Runs {
    fn new(bare: &str) -> Self {
        let bytes = bare.as_bytes();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        while let Some(step) = memchr::memchr(b'`', &bytes[at..]) {
            let start = at + step;
            let count = bytes[start..].iter().take_while(|byte| **byte == b'`').count();
            runs.push((start, count));
            at = start + count;
        }
        // The next run of each length, seen from behind.
        let mut next: HashMap<usize, usize> = HashMap::new();
        let mut ends = HashMap::new();
        for (start, count) in runs.into_iter().rev() {
            if let Some(close) = next.insert(count, start) {
                ends.insert(start, close + count);
            }
        }
        Self(ends)
    }

    fn span(&self, start: usize) -> Option<usize> {
        self.0.get(&start).copied()
    }
}

/// `words <target>`, or only a target.
fn parted(content: &str) -> (Option<&str>, &str) {
    let whole = content.strip_suffix('>').and_then(|rest| rest.rsplit_once('<'));
    match whole.map(|(words, target)| (words.trim(), target.trim())) {
        Some((words, target)) if !words.is_empty() && !target.is_empty() => (Some(words), target),
        _ => (None, content.trim()),
    }
}

/// What a role shows; `None` where only its tool knows.
fn made(name: &str, content: &str, titles: &HashMap<&str, &str>) -> Option<String> {
    let (words, target) = parted(content);
    let is_plain = !target.contains(['<', '>', '\\']);
    let own = escaped(words.unwrap_or(target));
    let element = |name: &str| Some(format!("<{name}>{}</{name}>", escaped(content)));
    match name {
        "ref" | "numref" | "any" | "hoverxref" if is_plain => {
            let words = words.or_else(|| titles.get(target).copied()).unwrap_or(target);
            // `Fig. %s`: the number is made by its tool.
            let words = words.replace("%s", "").replace("{number}", "").replace("{name}", "");
            let words = if words.trim().is_empty() { target } else { words.trim() };
            Some(format!("[{}](<#{target}>)", escaped(words)))
        }
        "doc" if is_plain => {
            let file = if target.ends_with(".md") { target.to_owned() } else { format!("{target}.md") };
            Some(format!("[{own}](<{file}>)"))
        }
        "download" if is_plain => Some(format!("[{own}](<{target}>)")),
        "term" => Some(own),
        "math" => Some(format!("${content}$")),
        "kbd" | "sub" | "sup" => element(name),
        "subscript" => element("sub"),
        "superscript" => element("sup"),
        "strong" | "guilabel" | "menuselection" => element("strong"),
        "emphasis" => element("em"),
        "abbr" => {
            let (short, long) = content.strip_suffix(')')?.split_once('(')?;
            let long = long.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
            Some(format!("<abbr title=\"{long}\">{}</abbr>", escaped(short.trim())))
        }
        // Of these the tool shows what they hold as code too.
        "code" | "file" | "command" | "program" | "samp" | "envvar" | "option" => {
            Some(format!("`{content}`"))
        }
        _ => None,
    }
}
