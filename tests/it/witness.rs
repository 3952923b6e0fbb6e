//! Nothing that an author wrote is missing from its page, but for a listed reason.
//!
//! The witness is comrak, the port of cmark-gfm: it reads each chapter's source on its
//! own, and all its words must stand on the chapter's page in the same order, and all
//! addresses outside the book be in its links. Why some may not is listed in
//! [`reason::REASONS`]; nothing else may be missing.
//!
//! Whole books stand in `../shared`; those tests are ignored without it. All that is
//! missing from a book is written to `target/witness`, explained or not.

mod book;
mod boxes;
mod html;
mod missing;
mod page;
mod reason;
mod source;
mod word;

use crate::support::{Project, repository, run_in};
use book::Chapter;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// What was looked at, what was missing and why.
#[derive(Default)]
struct Account {
    chapters: usize,
    words: usize,
    addresses: usize,
    /// Pieces that are missing, by reason.
    explained: BTreeMap<&'static str, usize>,
    lost: Vec<String>,
    /// All of it, a line a piece.
    list: String,
}

impl Account {
    fn add(&mut self, other: Self) {
        self.chapters += other.chapters;
        self.words += other.words;
        self.addresses += other.addresses;
        for (reason, count) in other.explained {
            *self.explained.entry(reason).or_default() += count;
        }
        self.lost.extend(other.lost);
        self.list.push_str(&other.list);
    }

    fn of(chapter: &Chapter) -> Self {
        let mut account = Self { chapters: 1, ..Self::default() };
        let Some(html) = &chapter.page else {
            account.lost.push(format!("{}: no page", chapter.path));
            return account;
        };
        let source = source::read(&chapter.text);
        let page = page::read(html);
        account.words = source.text.len() + source.footnotes.iter().map(Vec::len).sum::<usize>();
        account.addresses = source.addresses.len();
        for missing in missing::missing(&source, &page) {
            let why = reason::why(&missing, chapter, &page);
            let place = format!("{}:{}: {:?}", chapter.path, missing.line, missing.part);
            let line = format!("{place} {}", missing.text());
            let _ = writeln!(account.list, "{}\t{line}", why.unwrap_or("LOST"));
            match why {
                Some(reason) => *account.explained.entry(reason).or_default() += 1,
                None => account.lost.push(line),
            }
        }
        account
    }

    fn print(&self, name: &str) {
        println!("{name}: {} chapters, {} words, {} addresses", self.chapters, self.words, self.addresses);
        for (reason, count) in &self.explained {
            println!("  {count:>6} {reason}");
        }
        println!("  {:>6} lost", self.lost.len());
    }
}

/// Builds a folder as it lies and takes the account of its chapters.
fn account(name: &str, folder: &Path) -> Account {
    let output = tempfile::tempdir().expect("a folder");
    let site = output.path().join("site");
    let (root, to) = (folder.to_string_lossy(), site.to_string_lossy());
    let run = run_in(output.path(), &["build", "-C", &root, "-o", &to, "--format", "json"]).expect(0);
    let chapters = book::chapters(folder, &site, &run.stdout());
    let mut sum = Account::default();
    for account in chapters.par_iter().map(Account::of).collect::<Vec<_>>() {
        sum.add(account);
    }
    sum.print(name);
    let list = repository().join("target/witness");
    std::fs::create_dir_all(&list).expect("target/witness");
    std::fs::write(list.join(format!("{}.tsv", name.replace('/', "-"))), &sum.list).expect("a list");
    assert!(sum.words > 0, "{name} has no words");
    sum
}

fn nothing_is_lost(books: &[&str]) {
    let mut sum = Account::default();
    for book in books {
        sum.add(account(book, &repository().join("../shared/corpora").join(book)));
    }
    sum.print("together");
    assert!(sum.lost.is_empty(), "lost, {} pieces:\n{}", sum.lost.len(), sum.lost.join("\n"));
}

#[test]
fn nothing_of_a_few_laws_is_lost() {
    let account = account("tests/sites/laws", &repository().join("tests/sites/laws"));
    assert_eq!((account.chapters, account.lost), (18, Vec::new()));
}

#[test]
fn nothing_of_the_guide_is_lost() {
    let account = account("content", &repository());
    assert!(account.chapters > 20 && account.words > 20_000, "{} {}", account.chapters, account.words);
    assert_eq!(account.lost, Vec::<String>::new());
}

#[test]
#[ignore = "needs ../shared/corpora/18f"]
fn nothing_of_a_government_handbook_is_lost() {
    nothing_is_lost(&["18f"]);
}

#[test]
#[ignore = "needs ../shared/corpora/laws"]
fn nothing_of_a_book_of_laws_is_lost() {
    nothing_is_lost(&["laws"]);
}

#[test]
#[ignore = "needs ../shared/corpora/strangers"]
fn nothing_of_strangers_books_is_lost() {
    nothing_is_lost(&[
        "strangers/clef",
        "strangers/comply",
        "strangers/front-docs",
        "strangers/hackerbay",
        "strangers/mkdocs-material",
        "strangers/oss-book",
        "strangers/p3c",
        "strangers/reg",
        "strangers/rust-forge",
        "strangers/tuist",
    ]);
}

/// Some of each kind that a chapter can hold, with what is missing for a reason.
const EXCERPT: &str = r#"
//- handbook.yaml
title: Excerpt
//- content/index.md
---
title: Front
mood: calm
---
<!-- not shown -->
# Travel {#travel .wide}

First *emphasis*, then **制度**的`code` &amp; an <b>element</b>[^one].

| a | b |
| - | - |
| c | ![a picture](missing.png "its title") |

Term
: Meaning

> [!NOTE]
> Beware of [[Elsewhere|others]].

```yaml
key: value # with a comment
```

<div title="label"><p>inside</p></div>

<script>
alert(1)
</script>

See [there][there] and <https://example.com/?a=1&b=2>, or [here](https://example.com/%E4%B8%AD "中").

[there]: https://example.com/there "A title"
[^one]: At the *end*.
"#;

#[test]
fn what_is_missing_for_a_reason_is_counted() {
    let project = Project::new(EXCERPT);
    let account = account("excerpt", project.path());
    assert_eq!(account.lost, Vec::<String>::new());
    let explained: Vec<(&str, usize)> = account.explained.into_iter().collect();
    assert_eq!(
        explained,
        [
            ("attributes of a heading, whose id the page has", 1),
            ("brackets and target of a wiki link", 2),
            ("comments of HTML", 1),
            ("definitions of links", 1),
            ("front matter", 1),
            ("script and style, and told", 1),
            ("the colon of a definition", 1),
        ]
    );
}

/// What is lost of a chapter that is shown as this page.
fn lost(markdown: &str, html: &str) -> Vec<String> {
    let html = format!("<h1></h1><div class=\"text\">{html}</div>");
    let chapter =
        Chapter { path: "a.md".into(), text: markdown.into(), page: Some(html), findings: Vec::new() };
    Account::of(&chapter).lost
}

#[test]
fn what_is_lost_is_found() {
    assert_eq!(lost("One *two* three.", "<p>One <em>two</em> three.</p>"), [""; 0]);
    for (markdown, html, expected) in [
        ("One two three.", "<p>One three.</p>", "a.md:1: Text two"),
        ("甲乙丙", "<p>甲丙</p>", "a.md:1: Text 乙"),
        ("# A\n\nb\n\nc", "<h1>A</h1><p>c</p>", "a.md:3: Text b"),
        ("a b", "<p>b a</p>", "a.md:1: Text b"),
        ("x <name> y", "<p>x  y</p>", "a.md:1: ForeignTag <name>"),
        ("`a` b", "<p><code></code> b</p>", "a.md:1: Text a"),
        ("![alt](x.png)", "<p><img src=\"x.png\"></p>", "a.md:1: Label alt"),
        ("| a |\n| - |\n| b | c |", "<table><tr><th>a<tr><td>b</table>", "a.md:3: ExcessCell c"),
        ("a[^1]\n\n[^1]: b", "<p>a</p>", "a.md:3: Text b"),
        ("a\n\n[^1]: b", "<p>a</p>", "a.md:3: Text b"),
        ("<script>\nx\n</script>", "", "a.md:2: Script x"),
        ("[a](https://b.example)", "<p>a</p>", "a.md:1: Address https://b.example"),
        ("## A {#b}", "<h2 id=\"a\">A</h2>", "a.md:1: Dialect {#b}"),
        ("a\n: b", "<dl><dt>a</dt><dd></dd></dl>", "a.md:2: Text b"),
        ("a\n:b", "<dl><dt>a</dt><dd>b</dd></dl>", "a.md:2: Text :"),
    ] {
        assert_eq!(lost(markdown, html), [expected], "{markdown}");
    }
}
