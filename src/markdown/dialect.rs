//! What the tool of a book reads in its texts that would be text anywhere else.
//!
//! `H~2~O`, `*[HR]: …` or `/// note` mean something where the settings of MkDocs name the
//! extension that reads them; in another book an author wrote them to be seen. So nothing of
//! this is read unless the settings that lie beside the chapters ask for it. They are read by
//! the names in their lines: the rest of such a file is for its own tool.

use super::{hidden::Notes, myst};

/// Which marks of other tools are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub struct Dialect {
    /// `*[HR]: Human Resources`.
    pub abbreviations: bool,
    /// `10^th^`, `^^inserted^^`.
    pub caret: bool,
    /// `H~2~O`.
    pub tilde: bool,
    /// `++ctrl+c++`.
    pub keys: bool,
    /// `{++added++}`, `{--deleted--}`.
    pub critic: bool,
    /// `/// note | Title`.
    pub blocks: bool,
    /// `--8<-- "file"`.
    pub snippets: bool,
    /// `:tada:`.
    pub emoji: bool,
    /// `<Card title="…">`.
    pub components: Tags,
    /// `!> words`, `?> words`.
    pub docsify: bool,
    /// `import … from "…"`, in files of Markdown too.
    pub mdx: bool,
    /// `{% raw %}` around what is shown as it is written.
    pub liquid: bool,
    /// Roles and directives of MyST.
    pub myst: bool,
    /// A text is called after its file, whatever its headings say.
    pub named_by_file: bool,
}

/// What is read of tags that HTML does not know. Each reads what those before it do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tags {
    /// Nothing: an author wrote them to be seen.
    #[default]
    None,
    /// Custom elements, which browsers of the tool's pages know: `<terminal-line>`.
    Custom,
    /// Elements that hold Markdown too, `<div markdown>`.
    Marked,
    /// Components of Vue.
    Components,
    /// Those of MDX, with its braces.
    Mdx,
}

/// The extensions of Python-Markdown that are read, and what each stands for.
type Extension = (&'static str, fn(&mut Dialect));

const EXTENSIONS: [Extension; 14] = [
    ("abbr", |dialect| dialect.abbreviations = true),
    ("extra", extra),
    ("markdown.extensions.abbr", |dialect| dialect.abbreviations = true),
    ("markdown.extensions.extra", extra),
    ("pymdownx.extra", extra),
    ("md_in_html", |dialect| dialect.components = Tags::Marked),
    ("markdown.extensions.md_in_html", |dialect| dialect.components = Tags::Marked),
    ("pymdownx.caret", |dialect| dialect.caret = true),
    ("pymdownx.tilde", |dialect| dialect.tilde = true),
    ("pymdownx.keys", |dialect| dialect.keys = true),
    ("pymdownx.critic", |dialect| dialect.critic = true),
    ("pymdownx.emoji", |dialect| dialect.emoji = true),
    ("pymdownx.snippets", |dialect| dialect.snippets = true),
    ("pymdownx.blocks.", |dialect| dialect.blocks = true),
];

/// A list of extensions under one name.
fn extra(dialect: &mut Dialect) {
    (dialect.abbreviations, dialect.components) = (true, Tags::Marked);
}

impl Dialect {
    /// What settings of another tool ask for, by the name of their file.
    #[must_use]
    pub fn of_settings(file: &str, text: &str) -> Self {
        match file {
            "package.json" => Self::of_packages(text),
            ".vitepress" | ".vuepress" => Self::of_vue(),
            ".obsidian" => Self { named_by_file: true, ..Self::default() },
            _ if file.starts_with("quartz.config.") => Self { named_by_file: true, ..Self::default() },
            // kramdown reads both.
            "_config.yml" | "_config.yaml" => {
                Self { abbreviations: true, components: Tags::Marked, liquid: true, ..Self::default() }
            }
            _ if Notes::of_settings(file, "").is_of_template() => Self { liquid: true, ..Self::default() },
            "book.json" | ".eleventyignore" | ".bookignore" => Self { liquid: true, ..Self::default() },
            _ if file.starts_with(".gitbook.") => Self { liquid: true, ..Self::default() },
            "conf.py" | "myst.yml" | "_toc.yml" => {
                Self { myst: myst::is_named_by(file, text), ..Self::default() }
            }
            "book.toml" => Self::default(),
            _ if ["hugo.", "config.", "_meta.", "meta."].iter().any(|start| file.starts_with(start)) => {
                Self::default()
            }
            "index.html" if text.contains("$docsify") => {
                Self { components: Tags::Custom, docsify: true, emoji: true, ..Self::default() }
            }
            "index.html" => Self::default(),
            _ if file.starts_with("docusaurus.config.") => Self { emoji: true, ..Self::of_mdx() },
            _ => Self::of_mkdocs(text),
        }
    }

    /// What MDX reads.
    #[must_use]
    pub fn of_mdx() -> Self {
        Self { components: Tags::Mdx, mdx: true, ..Self::default() }
    }

    /// What VitePress and VuePress read.
    fn of_vue() -> Self {
        Self { components: Tags::Components, emoji: true, ..Self::default() }
    }

    /// What the tools read that a `package.json` names.
    fn of_packages(text: &str) -> Self {
        let names = |all: &[&str]| all.iter().any(|name| text.contains(&format!("\"{name}\"")));
        match () {
            () if names(&["@docusaurus/core"]) => Self { emoji: true, ..Self::of_mdx() },
            () if names(&["nextra", "fumadocs-mdx", "fumadocs-core"]) => Self::of_mdx(),
            () if names(&["vitepress", "vuepress"]) => Self::of_vue(),
            () if names(&["@astrojs/starlight"]) => Self { components: Tags::Components, ..Self::default() },
            () => Self::default(),
        }
    }

    /// What a book's `mkdocs.yml` asks for.
    #[must_use]
    pub fn of_mkdocs(settings: &str) -> Self {
        let mut dialect = Self { components: Tags::Custom, ..Self::default() };
        for line in settings.lines() {
            let line = line.trim();
            let table =
                line.strip_prefix("[project.markdown_extensions.").and_then(|line| line.strip_suffix(']'));
            let item = table.unwrap_or_else(|| line.trim_start_matches('-').trim_start());
            let name = item.split([':', '#', ' ']).next().unwrap_or("").trim_matches(['"', '\'']);
            for (known, set) in EXTENSIONS {
                if name == known || known.ends_with('.') && name.starts_with(known) {
                    set(&mut dialect);
                }
            }
        }
        dialect
    }

    /// All that either reads.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            abbreviations: self.abbreviations || other.abbreviations,
            caret: self.caret || other.caret,
            tilde: self.tilde || other.tilde,
            keys: self.keys || other.keys,
            critic: self.critic || other.critic,
            blocks: self.blocks || other.blocks,
            emoji: self.emoji || other.emoji,
            components: self.components.max(other.components),
            docsify: self.docsify || other.docsify,
            mdx: self.mdx || other.mdx,
            snippets: self.snippets || other.snippets,
            liquid: self.liquid || other.liquid,
            myst: self.myst || other.myst,
            named_by_file: self.named_by_file || other.named_by_file,
        }
    }

    /// Whether it reads nothing that others do not.
    #[must_use]
    pub fn is_plain(self) -> bool {
        self == Self::default()
    }

    /// A number that is another for each of them.
    pub(super) const fn number(self) -> u128 {
        self.abbreviations as u128
            | (self.caret as u128) << 1
            | (self.tilde as u128) << 2
            | (self.keys as u128) << 3
            | (self.critic as u128) << 4
            | (self.blocks as u128) << 5
            | (self.docsify as u128) << 6
            | (self.mdx as u128) << 7
            | (self.emoji as u128) << 8
            | (self.components as u128) << 9
            | (self.named_by_file as u128) << 12
            | (self.liquid as u128) << 13
            | (self.myst as u128) << 14
            | (self.snippets as u128) << 15
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Tags};

    #[test]
    fn settings_say_what_is_read() {
        let settings = "site_name: T\nmarkdown_extensions:\n  - extra\n  - pymdownx.keys\n  - 'pymdownx.caret': {a: b}\n  # - pymdownx.tilde\n  - pymdownx.blocks.tab:\n      x: 1\n";
        let dialect = Dialect::of_mkdocs(settings);
        assert!(dialect.abbreviations && dialect.keys && dialect.caret && dialect.blocks);
        assert!(!dialect.tilde && !dialect.critic);
        assert!(Dialect::of_mkdocs("[project.markdown_extensions.pymdownx.keys]\n").keys);
        let packages = r#"{"devDependencies": {"vitepress": "1"}}"#;
        assert_eq!(Dialect::of_settings("package.json", packages).components, Tags::Components);
        assert_eq!(Dialect::of_settings(".vitepress", "").components, Tags::Components);
        assert!(Dialect::of_settings("index.html", "window.$docsify = {}").docsify);
        assert_eq!(dialect.components, Tags::Marked);
        assert!(Dialect::of_settings("docusaurus.config.ts", "").mdx);
        assert!(Dialect::of_settings("package.json", r#"{"name": "x"}"#).is_plain());
        assert!(Dialect::of_settings("index.html", "<p>").is_plain());
        let plain = Dialect::of_mkdocs("site_name: abbr\nnav:\n  - A: extra.md\n");
        assert_eq!(plain, Dialect { components: Tags::Custom, ..Dialect::default() });
    }
}
