//! Notes that authors leave for themselves: `%%…%%` of Obsidian, `{% comment %}` of Liquid,
//! `{::comment}` of kramdown, `% …` of MyST, and what stands under a condition that never holds.
//! Their tools show them to nobody.
//!
//! In a text of ours these signs are text. So whoever reads a book says which of them are notes
//! there. A note is blanked before the text is parsed: then no page, no index and no preview
//! can hold it, and all places stay those of the file.

mod cells;
mod liquid;
mod never;
mod visitors;

pub(crate) use liquid::{is_include, raw_tags, tags_of_liquid};
pub(crate) use visitors::of_visitors;

use super::{myst, verbatim};
use liquid::of_nunjucks;
use std::ops::Range;

/// Which notes the tool of a book hides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Notes {
    obsidian: bool,
    liquid: bool,
    kramdown: bool,
    python: bool,
    visitors: bool,
    myst: bool,
    nunjucks: bool,
    never: bool,
    vue: bool,
    mdx: bool,
}

impl Notes {
    /// Those of the tool that has settings of this name and text.
    #[must_use]
    pub fn of_settings(file: &str, text: &str) -> Self {
        let eleventy = Self::is_eleventy(file);
        let jekyll = matches!(file, "_config.yml" | "_config.yaml");
        let names = |all: &[&str]| {
            file == "package.json" && all.iter().any(|name| text.contains(&format!("\"{name}")))
        };
        Self {
            obsidian: matches!(file, ".obsidian" | "quartz.config.ts" | "quartz.config.js"),
            liquid: eleventy || jekyll,
            kramdown: jekyll,
            python: matches!(file, "mkdocs.yml" | "mkdocs.yaml" | "zensical.toml" | "zensical.yml"),
            myst: myst::is_named_by(file, text),
            nunjucks: eleventy,
            vue: matches!(file, ".vitepress" | ".vuepress") || names(&["vitepress\"", "vuepress\""]),
            mdx: file.starts_with("docusaurus.config.")
                || names(&["@docusaurus/core\"", "nextra\"", "fumadocs-"]),
            ..Self::default()
        }
    }

    /// Whether a file has the settings of Eleventy.
    #[must_use]
    pub fn is_eleventy(file: &str) -> bool {
        file.trim_start_matches('.').starts_with("eleventy.")
    }

    /// What any bare book hides: parts for some visitors, which GitBook's tags alone can say, and what
    /// stands under conditions that never hold.
    #[must_use]
    pub fn of_conditions() -> Self {
        Self { visitors: true, never: true, ..Self::default() }
    }

    /// What MDX hides.
    #[must_use]
    pub fn of_mdx() -> Self {
        Self { mdx: true, ..Self::default() }
    }

    /// The parts of a text under conditions that never hold.
    #[must_use]
    pub(crate) fn never(self, text: &str) -> Vec<Range<usize>> {
        let mut found = if self.never { never::of_tags(text) } else { Vec::new() };
        if self.vue {
            found = joined(found, never::of_vue(text));
        }
        if self.mdx {
            found = joined(found, never::of_mdx(text));
        }
        found
    }

    /// The same where the tool is known by more than files beside the chapters.
    pub(crate) fn with(self, vue: bool, mdx: bool) -> Self {
        Self { vue: self.vue || vue, mdx: self.mdx || mdx, ..self }
    }

    /// All that either hides.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            obsidian: self.obsidian || other.obsidian,
            liquid: self.liquid || other.liquid,
            kramdown: self.kramdown || other.kramdown,
            python: self.python || other.python,
            visitors: self.visitors || other.visitors,
            myst: self.myst || other.myst,
            nunjucks: self.nunjucks || other.nunjucks,
            never: self.never || other.never,
            vue: self.vue || other.vue,
            mdx: self.mdx || other.mdx,
        }
    }

    /// Whether they are those of a tool whose settings ask for no marks.
    #[must_use]
    pub const fn is_of_template(self) -> bool {
        self.liquid
    }

    /// Whether it hides nothing.
    #[must_use]
    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// A text whose notes are blank from a place on; `None` where it has none.
    #[must_use]
    pub fn blanked(self, text: &str, from: usize) -> Option<String> {
        let body = text.get(from..)?;
        let fenced = if self.liquid { liquid::with_fences(body) } else { None };
        let body = fenced.as_deref().unwrap_or(body);
        let mut notes = Vec::new();
        if self.obsidian {
            notes.extend(of_obsidian(body));
        }
        if self.liquid {
            let hidden = liquid::comments(body);
            // What is hidden already holds no other tags.
            let is_in = |tag: &Range<usize>| {
                let behind = hidden.partition_point(|note| note.start <= tag.start);
                behind > 0 && hidden[behind - 1].contains(&tag.start)
            };
            let tags: Vec<_> = tags_of_liquid(body).into_iter().filter(|tag| !is_in(tag)).collect();
            notes.extend(hidden);
            notes.extend(tags);
        }
        if self.kramdown {
            notes.extend(of_kramdown(body));
            notes.extend(contents(body));
        }
        if self.python {
            notes.extend(of_python(body));
        }
        if self.myst {
            notes = joined(notes, of_myst(body));
        }
        if self.nunjucks {
            notes = joined(notes, of_nunjucks(body));
        }
        if self.visitors {
            notes = joined(notes, of_visitors(body));
        }
        notes = joined(notes, self.never(body));
        notes.sort_by_key(|note| note.start);
        (!notes.is_empty() || fenced.is_some()).then(|| text[..from].to_owned() + &without(body, &notes))
    }
}

/// Notes, and parts in which they may lie.
fn joined(mut notes: Vec<Range<usize>>, parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    if parts.is_empty() {
        return notes;
    }
    notes.extend(parts);
    notes.sort_by_key(|note| note.start);
    let mut all: Vec<Range<usize>> = Vec::with_capacity(notes.len());
    for note in notes {
        match all.last_mut().filter(|last| note.start < last.end) {
            Some(last) => last.end = last.end.max(note.end),
            None => all.push(note),
        }
    }
    all
}

/// What MyST shows to nobody: comments, lines that part cells, and cells that are tagged so.
#[must_use]
pub(crate) fn of_myst(text: &str) -> Vec<Range<usize>> {
    joined(myst::comments(text), cells::removed(text))
}

/// `%% … %%`, in a line or over several.
#[must_use]
pub(crate) fn of_obsidian(text: &str) -> Vec<Range<usize>> {
    if text.matches("%%").nth(1).is_none() {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let mut signs = text.match_indices("%%").map(|(at, _)| at).filter(|at| !verbatim::holds(&code, *at));
    let mut found = Vec::new();
    while let (Some(start), Some(end)) = (signs.next(), signs.next()) {
        found.push(start..end + 2);
    }
    found
}

/// `{::comment} … {:/comment}`, or `{:/}` for its end.
#[must_use]
pub(crate) fn of_kramdown(text: &str) -> Vec<Range<usize>> {
    const OPEN: &str = "{::comment}";
    if !text.contains(OPEN) {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    for (at, _) in text.match_indices("{:").filter(|(at, _)| !verbatim::holds(&code, *at)) {
        let rest = &text[at..];
        let end = ["{:/comment}", "{:/}"].into_iter().find(|end| rest.starts_with(end));
        match (open, end) {
            (None, _) if rest.starts_with(OPEN) => open = Some(at),
            (Some(start), Some(end)) => {
                found.push(start..at + end.len());
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// `[//]: # (note)` on a line of its own: a definition that nothing refers to. Python-Markdown takes
/// it out of a paragraph too, where CommonMark shows it.
fn of_python(text: &str) -> Vec<Range<usize>> {
    if !text.contains("[//]:") && !text.contains("[comment]:") {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line)
    });
    let is_note = |line: &str| {
        let rest = ["[//]:", "[comment]:"].iter().find_map(|open| line.strip_prefix(open)).map(str::trim);
        let words = rest
            .and_then(|rest| rest.strip_prefix(['#', '<']))
            .map(|rest| rest.trim_start_matches('>').trim());
        words.is_some_and(|words| {
            let ends = [('(', ')'), ('"', '"'), ('\'', '\'')];
            words.len() > 1
                && ends.iter().any(|(open, close)| words.starts_with(*open) && words.ends_with(*close))
        })
    };
    let notes = lines.filter_map(|(start, line)| {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let place = start + indent..start + line.trim_end().len();
        (indent < 4 && is_note(line.trim()) && !verbatim::holds(&code, start)).then_some(place)
    });
    notes.collect()
}

/// `1. TOC` with `{:toc}` below it, which kramdown shows a table of contents for; a page of ours has
/// its own.
fn contents(text: &str) -> Vec<Range<usize>> {
    if !text.contains("{:") {
        return Vec::new();
    }
    let code = verbatim::ranges(text);
    let mut found = Vec::new();
    let (mut at, mut item, mut is_first) = (0, None, true);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let bare = line.trim();
        let digits = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_item =
            bare.starts_with(['*', '-', '+']) || digits.len() < bare.len() && digits.starts_with('.');
        let is_toc = bare.strip_prefix("{:").is_some_and(|rest| rest.trim_start().starts_with("toc"));
        if let Some(item) = item.filter(|_| is_toc && bare.ends_with('}') && !verbatim::holds(&code, start)) {
            found.push(item..start + line.trim_end().len());
        }
        item = (is_first && is_item).then_some(start);
        is_first = bare.is_empty();
    }
    found
}

/// A text with blanks for its notes. What stands before and behind a note stays what it was:
/// blanks must neither begin a block of code nor end a line.
fn without(text: &str, notes: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut at, mut next) = (0, 0);
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end_matches(['\n', '\r']).len();
        let line_end = at + line.len();
        let begin = out.len();
        let mut hidden: Vec<Range<usize>> = Vec::new();
        while let Some(note) = notes.get(next).filter(|note| note.start < end) {
            let start = note.start.max(at);
            out.push_str(&text[at..start]);
            let stop = note.end.min(end).max(start);
            hidden.push(out.len()..out.len() + (stop - start));
            out.extend(std::iter::repeat_n(' ', stop - start));
            at = stop;
            if note.end > end {
                break;
            }
            next += 1;
        }
        out.push_str(&text[at..line_end]);
        at = line_end;
        fill(&mut out, begin, &hidden);
    }
    out
}

/// Fills what is hidden of the line that begins at a place, where the line shows anything else.
fn fill(out: &mut String, begin: usize, hidden: &[Range<usize>]) {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+');
    if out[begin..].chars().all(is_mark) {
        return;
    }
    for place in hidden {
        let length = place.len();
        let filled = match out[begin..place.start].chars().all(is_mark) {
            // Many blanks would begin a block of code.
            true if length >= UNSEEN.len() => UNSEEN.to_owned() + &"\t".repeat(length - UNSEEN.len()),
            true => " ".repeat(length),
            // Two of them would break the line at its end.
            false => "\t".repeat(length),
        };
        out.replace_range(place.clone(), &filled);
    }
}

/// A character that has no width and is no blank.
const UNSEEN: &str = "\u{2060}";

#[cfg(test)]
mod tests {
    use super::*;

    fn blanked(text: &str) -> String {
        let all = Notes {
            obsidian: true,
            liquid: true,
            kramdown: true,
            python: true,
            visitors: true,
            ..Notes::default()
        };
        let new = all.blanked(text, 0).unwrap_or_else(|| text.to_owned());
        assert_eq!(new.len(), text.len(), "{text}");
        new.replace('\t', "")
    }

    #[test]
    fn notes_are_blank_and_their_places_stay() {
        for (text, new) in [
            ("A %%secret%% b\n", "A  b\n"),
            ("A %%one\ntwo%% b\n\nC", "A \n\u{2060} b\n\nC"),
            ("%%x%% b", "\u{2060} b"),
            ("A {% comment %}x{% endcomment %} b", "A  b"),
            ("A {%- comment -%}x{%- endcomment -%} b", "A  b"),
            ("A {::comment}x{:/comment} b {::comment}y{:/}", "A  b "),
            ("A %%甲%%\nb", "A \nb"),
            (
                "`%%a%%` {% raw %}{% comment %}a{% endcomment %}{% endraw %}",
                "`%%a%%` {% raw %}{% comment %}a{% endcomment %}{% endraw %}",
            ),
            ("A {% include x.md a=\"b\" %} b [c]({% include url %})", "A  b [c]({% include url %})"),
            (
                "{% if a %}\nb\n{%- endif -%}\n`{% if a %}` {% highlight x %}",
                "          \nb\n             \n`{% if a %}` {% highlight x %}",
            ),
            ("100%% a", "100%% a"),
            ("{% comment %} a", "{% comment %} a"),
            ("{::comment} a", "{::comment} a"),
        ] {
            assert_eq!(blanked(text), new, "{text}");
        }
        assert_eq!(blanked("%%\na\n%%\n").trim(), "");
        assert_eq!(blanked("- %%a%%\n"), "-      \n");
        assert_eq!(blanked("# A\n\n1. TOC\n{:toc}\n\nb\n").replace(' ', ""), "#A\n\n\n\n\nb\n");
        assert_eq!(blanked("1. a\n2. b\n{:toc}\n"), "1. a\n2. b\n{:toc}\n");
        for part in ["%%", "{% comment %}", "{% if %}", "{::comment}", "{:/}", "{%", "%% %%\n"] {
            blanked(&part.repeat(50_000));
        }
    }
}
