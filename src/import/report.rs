//! What an import did and what it left, for people and for programs.
//!
//! An entry is a kind, a place and what stands there. The words are the catalogues',
//! so that the report is in the language of the handbook.

use super::Tool;
use crate::locale::{Language, Message};
use crate::message;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Places of one kind that the report for people lists at most; the JSON has all.
const LISTED: usize = 100;

/// Declares the kinds: the name in JSON, whether something is left to do, the heading.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $name:literal $left:literal $id:literal;)*) => {
        /// What an entry of the report says.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// All kinds, in the order of the report.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// Its name in `import-report.json`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// Whether a person has something to do or to know; otherwise it was done.
            #[must_use]
            pub const fn is_left(self) -> bool {
                match self { $(Self::$kind => $left,)* }
            }

            fn heading(self) -> Message {
                match self { $(Self::$kind => message!($id),)* }
            }
        }
    };
}

kinds! {
    /// The book may keep it from some readers.
    Restricted "restricted" true "import-kind-restricted";
    /// A chapter that the tool did not publish, a draft here.
    HeldBack "held-back" true "import-kind-held-back";
    /// Part of a chapter that only some visitors see, and that was not taken over.
    ForSome "for-some" true "import-kind-for-some";
    /// Part of a chapter under a condition that never holds, which was not taken over.
    Never "never" true "import-kind-never";
    /// A chapter that the tool's navigation hides, though readers may open it.
    Unlisted "unlisted" true "import-kind-unlisted";
    /// It leads out of the book, so it was not followed.
    Outside "outside" true "import-kind-outside";
    /// A link that leads nowhere, here as before.
    DeadLink "dead-link" true "import-kind-dead-link";
    /// A link to a page of the tool that did not become a chapter.
    PageLink "page-link" true "import-kind-page-link";
    /// A picture or file that is not there.
    MissingFile "missing-file" true "import-kind-missing-file";
    /// Markup of the old tool that has no counterpart.
    Markup "markup" true "import-kind-markup";
    /// Markup that only the old tool could run, which was taken out; each kind of it is told once.
    Dropped "dropped" true "import-kind-dropped";
    /// Settings that are code, or say something that has no counterpart.
    Settings "settings" true "import-kind-settings";
    /// The navigation names a file that is not there, or leads outside.
    Navigation "navigation" true "import-kind-navigation";
    /// A chapter that the navigation does not name.
    NotListed "not-in-navigation" true "import-kind-not-listed";
    /// Chapters of the source that lie outside of the book: a folder and their number.
    OutsideBook "outside-book" true "import-kind-outside-book";
    /// An old address that another page has now.
    Redirect "redirect" true "import-kind-redirect";
    /// Front matter that could not be read.
    FrontMatter "front-matter" true "import-kind-front-matter";
    /// Keys of the front matter that are kept under `extra`.
    KeptKey "kept-key" true "import-kind-kept-key";
    /// A file that was not read.
    Unread "unread" true "import-kind-unread";
    /// A chapter that was not in UTF-8.
    Decoded "decoded" true "import-kind-decoded";
    /// A chapter that was not read, since its characters could not be told.
    Encoding "encoding" true "import-kind-encoding";
    /// A document that is none.
    NotWord "not-word" true "import-kind-not-word";
    /// A document in a format from before 2007.
    OldFormat "old-format" true "import-kind-old-format";
    /// A document that needs a password.
    Encrypted "encrypted" true "import-kind-encrypted";
    /// A document that cannot be unpacked or parsed.
    Damaged "damaged" true "import-kind-damaged";
    /// A document that holds too much, or too deep.
    TooLarge "too-large" true "import-kind-too-large";
    /// A document with declarations of XML.
    Entities "entities" true "import-kind-entities";
    /// A document without words.
    Empty "empty" true "import-kind-empty";
    /// A document of a kind that is not read, and that no chapter uses.
    Document "document" true "import-kind-document";
    /// A page of the tool that is no Markdown.
    Page "page" true "import-kind-page";
    /// Words that were inserted with tracked changes.
    Inserted "word-inserted" true "import-kind-word-inserted";
    /// Words that were deleted with tracked changes.
    Deleted "word-deleted" true "import-kind-word-deleted";
    /// Comments on a document.
    Comment "word-comment" true "import-kind-word-comment";
    /// Text that stood in a box.
    TextBox "word-text-box" true "import-kind-word-text-box";
    /// Formulas that were rewritten.
    Formula "word-formula" true "import-kind-word-formula";
    /// Words above and below each page.
    Header "word-header" true "import-kind-word-header";
    /// Text that Word hides.
    Hidden "word-hidden" true "import-kind-word-hidden";
    /// Pictures of kinds that no browser shows.
    Picture "word-picture" true "import-kind-word-picture";
    /// Charts and the like.
    Object "word-object" true "import-kind-word-object";
    /// Signs of fonts that are not known.
    Symbol "word-symbol" true "import-kind-word-symbol";
    /// Lines of a document's control table without a field of ours.
    Field "word-field" true "import-kind-word-field";
    /// Tables of contents that Word makes.
    Contents "word-contents" true "import-kind-word-contents";
    /// A file that was edited since the last import and stayed as it is.
    Edited "edited" true "import-kind-edited";
    /// The same, where the book has something new for it.
    EditedAndNew "edited-and-new" true "import-kind-edited-and-new";
    /// The same, where the book holds it back by now.
    EditedAndWithheld "edited-and-withheld" true "import-kind-edited-and-withheld";
    /// The same, where the book has it elsewhere by now.
    EditedAndMoved "edited-and-moved" true "import-kind-edited-and-moved";
    /// A file that was removed since the last import and stayed away.
    Removed "removed" true "import-kind-removed";
    /// A file that an earlier import made from one that the book no longer has, and that stays.
    Gone "gone" true "import-kind-gone";
    /// A file that someone else put where this one belongs.
    Taken "taken" true "import-kind-taken";
    /// A file that an earlier import wrote and nobody edited, and that was taken away.
    Withdrawn "withdrawn" false "import-kind-withdrawn";
    /// A file among the chapters that nothing uses, and that was not copied.
    NotCopied "not-copied" false "import-kind-not-copied";
    /// A chapter that was made.
    Chapter "chapter" false "import-kind-chapter";
    /// A folder's page that was made for a section of the navigation.
    Section "section" false "import-kind-section";
    /// A picture or file that was copied.
    Asset "asset" false "import-kind-asset";
    /// A chapter that lies in another folder than before, as the navigation has it.
    Moved "moved" false "import-kind-moved";
    /// A text that was inserted where it was included.
    Included "included" false "import-kind-included";
    /// Markup that was rewritten.
    Rewritten "rewritten" false "import-kind-rewritten";
    /// A key of the front matter that has another name here.
    RenamedKey "renamed-key" false "import-kind-renamed-key";
    /// A link that was rewritten.
    Link "link" false "import-kind-link";
    /// An old address that leads on.
    OldAddress "old-address" false "import-kind-old-address";
}

/// Something that an import did or left.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Entry {
    /// What it says.
    pub kind: Kind,
    /// The file of the book, or of the project for what a second import left.
    pub path: String,
    /// The line there, from 1.
    pub line: Option<usize>,
    /// What stands there, or what became of it.
    pub what: String,
}

/// What an import did and what it left.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report {
    /// The tool that the book was written for.
    pub tool: Tool,
    /// The language in which the report is written.
    pub language: Language,
    entries: Vec<Entry>,
}

impl Report {
    pub(super) const fn new(tool: Tool) -> Self {
        Self { tool, language: Language::ENGLISH, entries: Vec::new() }
    }

    /// Adds an entry.
    pub fn add(&mut self, kind: Kind, path: &str, line: Option<usize>, what: impl Into<String>) {
        self.entries.push(Entry { kind, path: path.to_owned(), line, what: what.into() });
    }

    /// Names files as they lie in the book.
    pub(super) fn restore(&mut self, moves: &super::tool::Moves) {
        for entry in &mut self.entries {
            entry.path = moves.origin(&entry.path).to_owned();
        }
    }

    /// Gives the entries about a file other lines.
    pub(super) fn place(&mut self, path: &str, mut line: impl FnMut(Kind, usize, &str) -> Option<usize>) {
        for entry in self.entries.iter_mut().filter(|entry| entry.path == path) {
            entry.line = entry.line.and_then(|old| line(entry.kind, old, &entry.what));
        }
    }

    /// Takes over the entries of another report.
    pub(super) fn absorb(&mut self, other: Self) {
        self.entries.extend(other.entries);
    }

    /// All entries by kind and place, each once.
    #[must_use]
    pub fn entries(&self) -> Vec<&Entry> {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.sort();
        entries.dedup();
        let mut dropped = BTreeSet::new();
        entries.retain(|entry| entry.kind != Kind::Dropped || dropped.insert(&entry.what));
        entries
    }

    fn by_kind(&self) -> BTreeMap<Kind, Vec<&Entry>> {
        let mut kinds: BTreeMap<Kind, Vec<&Entry>> = BTreeMap::new();
        for entry in self.entries() {
            kinds.entry(entry.kind).or_default().push(entry);
        }
        kinds
    }

    /// The files of the book that not everybody may read.
    #[must_use]
    pub fn withheld(&self) -> BTreeSet<&str> {
        let is_it = |entry: &&Entry| matches!(entry.kind, Kind::HeldBack | Kind::Restricted);
        self.entries.iter().filter(is_it).map(|entry| entry.path.as_str()).collect()
    }

    /// How many entries there are of a kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.entries().iter().filter(|entry| entry.kind == kind).count()
    }

    /// How many entries leave something to do or to know.
    #[must_use]
    pub fn left(&self) -> usize {
        self.entries().iter().filter(|entry| entry.kind.is_left()).count()
    }

    /// The report for people.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let kinds = self.by_kind();
        let say = |message: &Message| self.language.text(message);
        let mut out = format!("# {}\n\n", say(&message!("import-report-title")));
        let _ = writeln!(out, "{}\n", say(&message!("import-report-tool", tool = self.tool.label())));
        for left in [true, false] {
            let chosen: Vec<_> = kinds.iter().filter(|(kind, _)| kind.is_left() == left).collect();
            let heading = if left { message!("import-report-left") } else { message!("import-report-done") };
            let _ = writeln!(out, "## {}\n", say(&heading));
            if chosen.is_empty() {
                let _ = writeln!(out, "{}\n", say(&message!("import-report-nothing")));
            }
            for (kind, entries) in chosen {
                let heading = say(&kind.heading());
                let count = say(&message!("import-report-count", number = entries.len()));
                let _ = writeln!(out, "### {heading}{count}\n");
                for entry in entries.iter().take(LISTED) {
                    let _ = writeln!(out, "{}", item(entry));
                }
                if entries.len() > LISTED {
                    let more = message!("import-report-more", number = entries.len() - LISTED);
                    let _ = writeln!(out, "- {}", say(&more));
                }
                out.push('\n');
            }
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        out
    }

    /// The report for programs.
    #[must_use]
    pub fn to_json(&self) -> String {
        let kinds = self.by_kind();
        let counts: BTreeMap<&str, usize> =
            kinds.iter().map(|(kind, entries)| (kind.name(), entries.len())).collect();
        let entries: Vec<_> = self
            .entries()
            .iter()
            .map(|entry| {
                json!({
                    "kind": entry.kind.name(),
                    "left": entry.kind.is_left(),
                    "path": entry.path,
                    "line": entry.line,
                    "what": entry.what,
                })
            })
            .collect();
        let report = json!({ "tool": self.tool.name(), "counts": counts, "entries": entries });
        let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// A line of the report; what was written in the book is shown as code.
fn item(entry: &Entry) -> String {
    let mut line = format!("- {}", code(&entry.path));
    if let Some(number) = entry.line {
        let _ = write!(line, ":{number}");
    }
    if !entry.what.is_empty() {
        let _ = write!(line, " {}", code(&entry.what));
    }
    line
}

/// A text as Markdown shows it unchanged.
fn code(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect();
    let mut ticks = 1;
    while line.contains(&"`".repeat(ticks)) {
        ticks += 1;
    }
    let fence = "`".repeat(ticks);
    let space = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{line}{space}{fence}")
}
