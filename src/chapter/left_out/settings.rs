//! What the settings of other tools leave out.

use crate::chapter::readings::{is_in, named};
use crate::markdown::Notes;
use crate::rule;
use crate::source::Source;
use crate::text::Patterns;
use crate::yaml::Document;
use serde_yaml::Value;

/// What settings leave out: the key that says so and where it stands, and for which folder.
pub(crate) struct LeftOut<'a> {
    pub(crate) key: &'a str,
    pub(super) start: usize,
    folder: String,
    patterns: Fitting,
    /// Whether it means only chapters that do not say `publish: true`.
    pub(crate) is_unless_said: bool,
}

/// Which paths below the folder are meant.
enum Fitting {
    Patterns(Patterns),
    /// Those that one of these finds at their beginning. One that cannot be read here is `None`: then
    /// no chapter is sure to be published.
    Expressions(Vec<Option<regex_lite::Regex>>),
}

impl From<Patterns> for Fitting {
    fn from(patterns: Patterns) -> Self {
        Self::Patterns(patterns)
    }
}

impl Fitting {
    fn fit(&self, path: &str) -> bool {
        match self {
            Self::Patterns(patterns) => patterns.fit(path),
            Self::Expressions(all) => {
                all.iter().any(|one| one.as_ref().is_none_or(|expression| expression.is_match(path)))
            }
        }
    }
}

/// Stands for the rule that what begins with `_` is no page, which no key says.
pub(crate) const UNDERSCORE: &str = "_";

/// The filter of Quartz that publishes what says so.
const EXPLICIT: &str = "ExplicitPublish";

impl LeftOut<'_> {
    /// Whether it leaves out a chapter of this name.
    pub(crate) fn fits(&self, name: &str) -> bool {
        let start = if self.folder.is_empty() { 0 } else { self.folder.len() + 1 };
        is_in(&self.folder, name) && name.get(start..).is_some_and(|inside| self.patterns.fit(inside))
    }
}

/// What settings of a tool leave out.
pub(crate) fn left_out(settings: &Source) -> Vec<LeftOut<'_>> {
    let (home, file) = named(settings);
    let text = &*settings.text;
    let within = |inner: &str| match (home, inner.trim_matches(['/', '.'])) {
        ("", inner) => inner.to_owned(),
        (home, "") => home.to_owned(),
        (home, inner) => format!("{home}/{inner}"),
    };
    let here = |key, start, patterns: Patterns| LeftOut {
        key,
        start,
        folder: within(""),
        patterns: patterns.into(),
        is_unless_said: false,
    };
    // A list under a key, wherever its line begins.
    let listed = |key: &'static str, is_nested: bool| {
        let start = if is_nested { nested_line_of(text, key) } else { line_of(text, key) }?;
        Some(here(key, start, Patterns::anchored(patterns(&text[start..], key))))
    };
    let found = match file {
        "mkdocs.yml" | "mkdocs.yaml" => {
            let own = line_of(text, "docs_dir").map(|start| patterns(&text[start..], "docs_dir"));
            let own = own.and_then(|mut values| values.next()).unwrap_or("docs");
            let of_key = |key: &'static str| {
                let start = line_of(text, key)?;
                let lines: Vec<&str> = patterns(&text[start..], key).collect();
                let patterns = Patterns::of_gitignore(&lines.join("\n"));
                Some(LeftOut { folder: within(own), ..here(key, start, patterns) })
            };
            let by_plugin = excluded(settings).map(|(start, expressions)| LeftOut {
                key: "exclude",
                start,
                folder: within(own),
                patterns: Fitting::Expressions(expressions),
                is_unless_said: false,
            });
            vec![of_key("exclude_docs"), of_key("draft_docs"), by_plugin]
        }
        "_config.yml" | "_config.yaml" => {
            let names = of_jekyll(settings).map(|patterns| here(UNDERSCORE, 0, patterns));
            vec![listed("exclude", false), listed("exclude_patterns", false), names]
        }
        "myst.yml" => vec![listed("exclude", true)],
        ".vitepress" => vec![text.find("srcExclude").map(|start| {
            let root = text.find("srcDir").and_then(|at| quoted(&text[at..]).next());
            let patterns = Patterns::anchored(quoted(list_at(&text[start..])));
            LeftOut { folder: within(root.unwrap_or("")), ..here("srcExclude", start, patterns) }
        })],
        ".vuepress" => vec![text.find("pagePatterns").map(|start| {
            let taken_out = quoted(list_at(&text[start..])).filter_map(|pattern| pattern.strip_prefix('!'));
            here("pagePatterns", start, Patterns::anchored(taken_out))
        })],
        _ if Notes::is_eleventy(file) => vec![Some(here(UNDERSCORE, 0, parts_of_eleventy(text)))],
        ".eleventyignore" => vec![
            Some(here(file, 0, Patterns::of_gitignore(text))),
            Some(here(UNDERSCORE, 0, parts_of_eleventy(""))),
        ],
        ".bookignore" => vec![Some(here(file, 0, Patterns::of_gitignore(text)))],
        "package.json" if ["\"@astrojs/starlight\"", "\"nextra\""].iter().any(|name| text.contains(name)) => {
            vec![Some(here(UNDERSCORE, 0, Patterns::anchored(["**/_*"])))]
        }
        _ if file.starts_with("quartz.config.") => {
            let ignored = text.find("ignorePatterns").map(|start| {
                let lines: Vec<&str> = quoted(list_at(&text[start..])).collect();
                here("ignorePatterns", start, Patterns::of_gitignore(&lines.join("\n")))
            });
            let explicit = text.find(EXPLICIT).filter(|at| {
                !text[..*at].rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with("//"))
            });
            let explicit = explicit.map(|start| here(EXPLICIT, start, Patterns::anchored(["**"])));
            vec![ignored, explicit.map(|own| LeftOut { is_unless_said: true, ..own })]
        }
        _ if file.starts_with("docusaurus.config.") => {
            vec![Some(of_docusaurus(text, &within(""))), other_languages(text, &within(""))]
        }
        "index.html" if text.contains("$docsify") => {
            vec![Some(here(UNDERSCORE, 0, Patterns::anchored(["**/_sidebar.md", "**/_navbar.md"])))]
        }
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

/// What Docusaurus leaves out: by its own rule, or by the lists that take the place of it.
fn of_docusaurus(text: &str, folder: &str) -> LeftOut<'static> {
    let lists = text.match_indices("exclude").map(|(at, key)| (at, text[at + key.len()..].trim_start()));
    let mut lists = lists
        .filter(|(_, rest)| rest.strip_prefix(':').is_some_and(|rest| rest.trim_start().starts_with('[')));
    let Some((start, _)) = lists.clone().next() else {
        let usual = Patterns::anchored(["**/_*", "**/*.test.md", "**/*.test.mdx", "**/__tests__"]);
        return LeftOut {
            key: UNDERSCORE,
            start: 0,
            folder: folder.to_owned(),
            patterns: usual.into(),
            is_unless_said: false,
        };
    };
    let all: Vec<String> =
        lists.by_ref().flat_map(|(_, rest)| quoted(list_at(rest))).flat_map(choices).collect();
    // They count from the folder of the documents, or of the blog.
    let all: Vec<String> = all.iter().flat_map(|pattern| [pattern.clone(), format!("*/{pattern}")]).collect();
    let patterns = Patterns::anchored(all.iter().map(String::as_str));
    LeftOut {
        key: "exclude",
        start,
        folder: folder.to_owned(),
        patterns: patterns.into(),
        is_unless_said: false,
    }
}

/// What the plugin `exclude` of MkDocs leaves out, and where its name stands: patterns in which a star
/// fits slashes too, and regular expressions, both from the beginning of a path.
fn excluded(settings: &Source) -> Option<(usize, Vec<Option<regex_lite::Regex>>)> {
    let text = &settings.text;
    let start = nested_line_of(&text.replace("- exclude", "  exclude"), "exclude")?;
    // The rest of the settings may be such as only the tool's own reader knows.
    let from = line_of(text, "plugins")?;
    let is_next = |at: &usize| text[at + 1..].starts_with(|c: char| c.is_alphabetic() || c == '_');
    let to = text[from..].match_indices('\n').map(|(at, _)| from + at).find(is_next).unwrap_or(text.len());
    let all = Document::new(&settings.path, text, from..to).parse(&rule::FRONT_MATTER).ok()?;
    let own = match all.get("plugins")? {
        Value::Sequence(list) => list.iter().find_map(|entry| entry.as_mapping()?.get("exclude"))?,
        all => all.as_mapping()?.get("exclude")?,
    };
    let listed = |key: &str| match own.get(key) {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Sequence(all)) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    let globs = listed("glob").into_iter().map(|glob| of_fnmatch(&glob));
    let written = listed("regex").into_iter().map(|own| format!("^(?:{own})"));
    Some((start, globs.chain(written).map(|own| regex_lite::Regex::new(&own).ok()).collect()))
}

/// A pattern of Python's `fnmatch` as a regular expression. One that ends in a slash means a folder.
fn of_fnmatch(glob: &str) -> String {
    let mut out = String::from("(?s)^");
    for sign in glob.chars() {
        match sign {
            '*' => out.push_str(".*"),
            '?' => out.push('.'),
            '[' | ']' => out.push(sign),
            '!' if out.ends_with('[') => out.push('^'),
            '-' => out.push('-'),
            sign => out.push_str(&regex_lite::escape(&sign.to_string())),
        }
    }
    out + if glob.ends_with('/') { "" } else { "(?:/.*)?$" }
}

/// Folders of Eleventy that hold no pages but parts of them: those of the usual names, and those that
/// the settings name.
fn parts_of_eleventy(text: &str) -> Patterns {
    let named = ["includes", "layouts", "data"].into_iter().filter_map(|key| {
        let places =
            text.match_indices(key).map(|(at, _)| text[at + key.len()..].trim_start_matches(['"', '\'']));
        let value = places.filter_map(|rest| rest.strip_prefix(':')).map(str::trim_start);
        let path =
            value.filter(|rest| rest.starts_with(['"', '\'', '`'])).find_map(|rest| quoted(rest).next())?;
        let path = path.trim_start_matches("./").trim_matches('/');
        (!path.is_empty() && path != ".").then(|| format!("**/{path}"))
    });
    let usual = ["_includes", "_layouts", "_data"].map(|name| format!("**/{name}"));
    let all: Vec<String> = usual.into_iter().chain(named).collect();
    Patterns::anchored(all.iter().map(String::as_str))
}

/// A pattern for each choice between braces.
fn choices(pattern: &str) -> Vec<String> {
    let Some((before, inner, behind)) = pattern
        .split_once('{')
        .and_then(|(before, rest)| rest.split_once('}').map(|(inner, behind)| (before, inner, behind)))
    else {
        return vec![pattern.to_owned()];
    };
    inner.split(',').map(|choice| format!("{before}{choice}{behind}")).collect()
}

/// The languages that Docusaurus is not told to publish, though they lie there.
fn other_languages<'a>(text: &'a str, folder: &str) -> Option<LeftOut<'a>> {
    let (start, rest) = text.match_indices("locales").find_map(|(at, key)| {
        let rest = text[at + key.len()..].trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')?;
        rest.trim_start().starts_with('[').then_some((at, rest))
    })?;
    let named = quoted(list_at(rest)).map(|name| format!("!i18n/{name}"));
    let lines: Vec<String> = std::iter::once("i18n/*".to_owned()).chain(named).collect();
    // A list that a program makes says nothing.
    let patterns = (lines.len() > 1).then(|| Patterns::anchored(lines.iter().map(String::as_str)))?;
    let folder = folder.to_owned();
    Some(LeftOut { key: "locales", start, folder, patterns: patterns.into(), is_unless_said: false })
}

/// Names that Jekyll makes no pages of, but for those of collections that it puts out, and what the
/// settings take in. In a collection a path counts by its first and its last name.
fn of_jekyll(settings: &Source) -> Option<Patterns> {
    let text = &settings.text;
    let all = Document::new(&settings.path, text, 0..text.len()).parse(&rule::FRONT_MATTER).ok()?;
    let is_output = |about: &Value| about.get("output").and_then(Value::as_bool) == Some(true);
    let collections = all.get("collections").and_then(Value::as_mapping).into_iter().flatten();
    let shown = collections.filter(|(_, about)| is_output(about)).filter_map(|(name, _)| name.as_str());
    let taken_in = all.get("include").and_then(Value::as_sequence).into_iter().flatten();
    let shown = ["posts", "drafts"]
        .into_iter()
        .chain(shown)
        .flat_map(|name| [format!("!**/_{name}"), format!("**/_{name}/_*"), format!("**/_{name}/**/_*.*")]);
    let taken_in = taken_in.filter_map(Value::as_str).map(|path| format!("!**/{path}"));
    let usual = ["**/_*", "**/#*", "**/~*", "**/*~", "**/node_modules", "vendor/bundle"].map(str::to_owned);
    let lines: Vec<String> = usual.into_iter().chain(shown).chain(taken_in).collect();
    Some(Patterns::anchored(lines.iter().map(String::as_str)))
}

/// A list between brackets, up to its end.
fn list_at(text: &str) -> &str {
    text.split(']').next().unwrap_or("")
}

/// Where the line of a key begins that stands below another one.
fn nested_line_of(text: &str, key: &str) -> Option<usize> {
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        line.trim_start().strip_prefix(key).is_some_and(|rest| rest.starts_with(':')).then_some(start)
    })
}

/// The texts between quotation marks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let start = rest.find(['\'', '"', '`'])?;
        let mark = rest.get(start..start + 1)?;
        let (inner, behind) = rest[start + 1..].split_once(mark)?;
        rest = behind;
        Some(inner)
    })
}

/// Where the line of a key begins.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')).then_some(start)
    })
}

/// The patterns of a key: in a list, between brackets, or a line each.
fn patterns<'t>(text: &'t str, key: &str) -> impl Iterator<Item = &'t str> {
    let mut lines = text.lines();
    let first = lines.next().and_then(|line| line.get(key.len() + 1..)).unwrap_or("");
    let below = lines.take_while(|line| line.is_empty() || line.starts_with([' ', '\t', '-', '#', ']']));
    let own = first.split([',', '[', ']']).chain(below);
    let bare = own.map(|line| {
        let line = line.split(" #").next().unwrap_or("").trim();
        line.strip_prefix("- ").unwrap_or(line).trim_matches(['"', '\'', ' ', ','])
    });
    bare.filter(|pattern| {
        pattern.chars().any(|c| c.is_alphanumeric() || c == '*') && !pattern.starts_with('#')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXCLUDE: &str = "plugins:\n  - search\n  - exclude:\n      glob:\n        - secret/*\n        - '*.tmp.md'\n        - one.md\n      regex: ['.*-draft\\.md$']\n";

    #[test]
    fn patterns_are_read_in_every_form() {
        let of = |text: &'static str| patterns(text, "exclude").collect::<Vec<_>>();
        assert_eq!(of("exclude: [vendor, \"internal/\"]\nx: y\n"), ["vendor", "internal/"]);
        assert_eq!(of("exclude:\n  - vendor\n  - a/b.md # x\nx: y\n"), ["vendor", "a/b.md"]);
        assert_eq!(of("exclude: |\n  /drafts/\n  !a.md\n  *.tmp.md\n"), ["/drafts/", "!a.md", "*.tmp.md"]);
        assert_eq!(of("exclude: [\n  \"a\",\n  'b'\n]\nx: y\n"), ["a", "b"]);
    }

    #[test]
    fn settings_leave_out_what_their_tools_leave_out() {
        for (file, text, name, is_left_out) in [
            ("mkdocs.yml", "exclude_docs: |\n  /internal/\n  !keep.md\n", "docs/internal/a.md", true),
            ("mkdocs.yml", "exclude_docs: |\n  /internal/\n  !keep.md\n", "docs/internal/keep.md", false),
            ("mkdocs.yml", "exclude_docs: |\n  /internal/\n", "docs/x/internal/a.md", false),
            ("mkdocs.yml", "docs_dir: src\ndraft_docs: '*.tmp.md'\n", "src/y.tmp.md", true),
            ("_config.yml", "exclude: [vendor/]\n", "vendor/a.md", true),
            ("_config.yml", "exclude: [vendor/]\n", "x/vendor.md", false),
            ("d/.vitepress", "export default { srcExclude: ['**/TODO.md'] }", "d/a/TODO.md", true),
            ("d/.vitepress", "export default { srcExclude: ['**/TODO.md'] }", "a/TODO.md", false),
            (".eleventyignore", "# x\nold/\n", "old/a.md", true),
            ("_config.yml", "title: x\n", "_includes/a.md", true),
            ("_config.yml", "title: x\n", "a/_b.md", true),
            ("_config.yml", "title: x\n", "_posts/2020-01-01-a.md", false),
            ("_config.yml", "collections:\n  hr:\n    output: true\n", "_hr/a/_b/c.md", false),
            ("_config.yml", "collections:\n  hr:\n    output: true\n", "_hr/_b.md", true),
            ("_config.yml", "collections:\n  hr:\n    output: true\n", "_hr/_b/c.md", true),
            ("_config.yml", "collections:\n  hr:\n    output: true\n", "_hr/a/_c.md", true),
            ("_config.yml", "collections:\n  hr:\n    output: true\n", "_hr/a/c_d.md", false),
            ("_config.yml", "collections:\n  hr:\n    output: false\n", "_hr/a.md", true),
            ("_config.yml", "title: x\n", "a/~b.md", true),
            ("_config.yml", "include: [_pages]\n", "_pages/a.md", false),
            ("_config.yml", "exclude_patterns: [old/*]\n", "old/a.md", true),
            ("myst.yml", "project:\n  exclude:\n    - old/**\n  toc: []\n", "old/a/b.md", true),
            (".vuepress", "pagePatterns: ['**/*.md', '!old/**']", "old/a.md", true),
            (".vuepress", "pagePatterns: ['**/*.md', '!old/**']", "new/a.md", false),
            (
                "package.json",
                "{\"dependencies\": {\"@astrojs/starlight\": \"1\"}}",
                "src/content/docs/_a.md",
                true,
            ),
            ("docusaurus.config.js", "module.exports = {}", "docs/_a/b.mdx", true),
            ("docusaurus.config.js", "module.exports = {}", "docs/a_b.mdx", false),
            ("docusaurus.config.js", "exclude: ['old/**', '**/*.wip.{md,mdx}']", "docs/old/b.md", true),
            ("docusaurus.config.js", "exclude: ['old/**', '**/*.wip.{md,mdx}']", "docs/a.wip.mdx", true),
            ("docusaurus.config.js", "exclude: ['old/**']", "docs/new/b.md", false),
            ("docusaurus.config.js", "i18n: { locales: ['en', 'fr'] }", "i18n/it/x/current/a.md", true),
            ("docusaurus.config.js", "i18n: { locales: ['en', 'fr'] }", "i18n/fr/x/current/a.md", false),
            ("docusaurus.config.js", "i18n: { locales: all() }", "i18n/it/x/current/a.md", false),
            ("docs/index.html", "window.$docsify = { loadSidebar: true }", "docs/a/_sidebar.md", true),
            ("docs/index.html", "window.$docsify = { loadSidebar: true }", "docs/a/_other.md", false),
            ("quartz.config.ts", "ignorePatterns: ['private', 'templates']", "content/private/a.md", true),
            (".bookignore", "*.draft.md\n", "a/x.draft.md", true),
            ("mkdocs.yml", EXCLUDE, "docs/secret/a/b.md", true),
            ("mkdocs.yml", EXCLUDE, "docs/x.tmp.md", true),
            ("mkdocs.yml", EXCLUDE, "docs/a/x-draft.md", true),
            ("mkdocs.yml", EXCLUDE, "docs/x/one.md", false),
            ("mkdocs.yml", EXCLUDE, "docs/one.md", true),
            ("mkdocs.yml", EXCLUDE, "docs/x-drafts.md", false),
            ("mkdocs.yml", "plugins:\n  exclude:\n    regex: '(?=a)b'\n", "docs/a.md", true),
            (".eleventy.js", "", "src/_includes/a.md", true),
            ("eleventy.config.js", "dir: { includes: 'parts', \"data\": '_d' }", "parts/a.md", true),
            ("eleventy.config.js", "dir: { includes: 'parts', \"data\": '_d' }", "src/_d/a.md", true),
            ("eleventy.config.js", "dir: { includes: 'parts' }", "src/part/a.md", false),
        ] {
            let settings = Source::new(file, file, text);
            let found = left_out(&settings).iter().any(|own| own.fits(name));
            assert_eq!(found, is_left_out, "{file}: {name}");
        }
    }
}
