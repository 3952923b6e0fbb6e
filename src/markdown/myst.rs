//! MyST, as Sphinx and Jupyter Book read it: roles, directives, comments, places that links lead to.
//!
//! It is read where settings beside the chapters say that a book is written in it; in any other
//! book the same is text. What stands for a directive or a role is given to the parser in its
//! place, so that places stay those of the file.

mod directive;
mod role;
mod scan;
mod table;

use super::container::Instead;
use scan::{Scan, What};
use std::ops::Range;

/// Whether settings of this name and text are those of a book in MyST.
pub(crate) fn is_named_by(file: &str, text: &str) -> bool {
    match file {
        "myst.yml" => true,
        "conf.py" => ["myst_parser", "myst_nb", "recommonmark"].iter().any(|name| text.contains(name)),
        "_toc.yml" => {
            text.lines().any(|line| line.starts_with("root:") || line.trim().starts_with("- file:"))
        }
        _ => false,
    }
}

/// Comments, `% …`, and the lines that part cells, `+++`: readers of the tool's pages see neither.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    if !text.contains('%') && !text.contains("+++") {
        return Vec::new();
    }
    let scan = Scan::new(text);
    let lines = scan.lines.iter().filter(|line| line.what == What::Text && line.indent < 4);
    let is_note = |bare: &str| {
        let rest = bare.strip_prefix("+++");
        bare.starts_with('%') || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '{']))
    };
    lines.filter(|line| is_note(line.bare)).map(|line| line.start..line.end()).collect()
}

/// What stands for the roles, directives and targets of a text, in order.
pub(super) fn marks(text: &str) -> Vec<Instead> {
    if !["{", ")=", "[](", "<project:"].iter().any(|sign| text.contains(sign)) {
        return Vec::new();
    }
    let scan = Scan::new(text);
    let mut found = Vec::new();
    directive::marks(&scan, &mut found);
    role::marks(&scan, &mut found);
    Instead::in_order(found)
}

/// A text with what stands for its roles, directives and targets: Markdown that any book reads so.
/// Boxes stay as they are, since every book may have them.
pub(crate) fn as_markdown(text: &str) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for Instead { place, new, .. } in marks(text) {
        out.push_str(&text[at..place.start]);
        out.push_str(&new);
        at = place.end;
    }
    out + &text[at..]
}

/// A list of pages that a text has for its book.
pub(crate) struct Toctree {
    /// The title of its part of the book.
    pub(crate) caption: Option<String>,
    /// Whether its entries are patterns.
    pub(crate) is_pattern: bool,
    /// Titles and paths.
    pub(crate) entries: Vec<(Option<String>, String)>,
}

/// The lists of pages of a text, `{toctree}`.
pub(crate) fn toctrees(text: &str) -> Vec<Toctree> {
    if !text.contains("{toctree}") {
        return Vec::new();
    }
    let scan = Scan::new(text);
    let lists = scan.directives.iter().filter(|directive| directive.name == "toctree");
    let list = |directive: &scan::Directive<'_>| {
        let lines = scan.lines.get(directive.content.clone()).unwrap_or_default();
        let lines = lines.iter().map(|line| line.bare.trim()).filter(|line| !line.is_empty());
        let entry = |line: &str| match line.strip_suffix('>').and_then(|line| line.rsplit_once('<')) {
            Some((title, path)) => (Some(title.trim().to_owned()), path.trim().to_owned()),
            None => (None, line.to_owned()),
        };
        Toctree {
            caption: directive.option("caption").filter(|words| !words.is_empty()).map(str::to_owned),
            is_pattern: directive.option("glob").is_some(),
            entries: lines.map(entry).collect(),
        }
    };
    lists.map(list).collect()
}

/// A place that links lead to.
fn anchor(name: &str) -> Option<String> {
    let is_plain = |c: char| !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | '&' | '`' | '(' | ')');
    (!name.is_empty() && name.chars().all(is_plain)).then(|| format!("<a id=\"{name}\"></a>"))
}

/// Words as text of Markdown.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&' | '$' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{as_markdown as read, comments, is_named_by, marks};

    #[test]
    fn settings_name_it() {
        assert!(is_named_by("conf.py", "extensions = [\"myst_parser\"]"));
        assert!(is_named_by("_toc.yml", "format: jb-book\nroot: intro\n"));
        assert!(!is_named_by("conf.py", "import os") && !is_named_by("_toc.yml", "a: b"));
    }

    #[test]
    fn notes_are_found_wherever_a_directive_holds_text() {
        let text = "a\n% b\nc %\n```\n% d\n```\n:::{note}\n% e\n:::\n```{tip}\n% f\n```\n```{code} c\n% g\n```\n+++ {\"a\": 1}\n++++\n";
        let found: Vec<&str> = comments(text).into_iter().map(|note| &text[note]).collect();
        assert_eq!(found, ["% b", "% e", "% f", "+++ {\"a\": 1}"]);
    }

    #[test]
    fn roles_are_what_they_show() {
        for (text, new) in [
            ("{ref}`a` {ref}`b c <a>`", "[a](<#a>) [b c](<#a>)"),
            ("{doc}`x/y` {doc}`甲 </x>`", "[x/y](<x/y.md>) [甲](</x.md>)"),
            ("{term}`a <b>` {math}`x^2` {kbd}`C_d`", "a $x^2$ <kbd>C\\_d</kbd>"),
            ("{abbr}`HR (Human \"R\")`", "<abbr title=\"Human &quot;R&quot;\">HR</abbr>"),
            ("`{ref}` `` {ref}`a` `` \\{ref}`a`", "`{ref}` `` {ref}`a` `` \\{ref}`a`"),
            ("(a)=\n# T\n\n{ref}`a` [](#a)", "<a id=\"a\"></a>\n\n# T\n\n[T](<#a>) [T](#a)"),
            ("<project:#a> {a b}`c`", "[a](<#a>) {a b}`c`"),
            ("```\n{ref}`a`\n```", "```\n{ref}`a`\n```"),
        ] {
            assert_eq!(read(text), new, "{text}");
        }
    }

    #[test]
    fn directives_are_what_they_show() {
        for (text, new) in [
            ("```{image} a.png\n:alt: B\n```", "![B](<a.png>)\n\n\n"),
            ("```{figure} a.png\n---\nname: n\n---\nC\n```", "<a id=\"n\"></a>![](<a.png>)\n\n\n\n\nC\n"),
            ("```{code-block} py\n:linenos:\na\n```", "```py\na\n```"),
            ("```{math}\nx\n```", "$$\nx\n$$"),
            ("```{contents}\n:local:\n```", "\n"),
            (
                "```{py:function} f(a*, b)\n:async:\n\nDoes *it*.\n```",
                "<!---->\n`f(a*, b)`\n\n\n\nDoes *it*.\n",
            ),
            ("```{autoclass} A\n```", "<!---->\n`A`\n\n"),
            (":::{glue:figure} f\nSeen.\n:::", "<!---->\n**f**\n\nSeen.\n"),
            ("```{margin} T\n*m*\n```", "<!---->\n**T**\n\n*m*\n"),
            (
                "```{list-table} T\n:header-rows: 1\n\n* - A\n  - B|\n* - c\n    d\n  -\n```",
                "**T**\n\n\n\n| A | B\\| |\n|---|---|\n| c d |  |\n",
            ),
        ] {
            assert_eq!(read(text), new, "{text}");
        }
        assert_eq!(read("```{note} A\nb\n```"), "```{note} A\nb\n```");
    }

    #[test]
    fn the_cost_is_that_of_the_length() {
        for part in [
            "```{a}\n",
            "{ref}`",
            "{",
            "(a)=\n",
            "```{list-table}\n* - a\n",
            "[](#",
            "`",
            ":::{note}\n",
            "* - a\n",
        ] {
            marks(&part.repeat(40_000));
            comments(&part.repeat(40_000));
        }
    }
}
