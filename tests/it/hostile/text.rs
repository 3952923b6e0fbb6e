//! Markdown that lies deep, is long, or comes in floods.

use super::{accepted, assert_said, bounded, times};
use crate::support::Project;
use scraper::{Html, Selector};
use std::fmt::Write as _;

fn one(text: impl AsRef<[u8]>) -> Project {
    let project = Project::new("");
    project.write("content/a.md", text);
    project
}

fn count(project: &Project, css: &str) -> usize {
    let page = Html::parse_document(&project.read("site/a.html"));
    page.select(&Selector::parse(css).expect("a selector")).count()
}

#[test]
fn nesting_bombs() {
    let project = Project::new("");
    let marks = [
        "[",
        "![",
        "(",
        "[a](",
        "[[",
        "![[",
        "*",
        "_",
        "**字",
        "*a _b ",
        "~~",
        "`",
        "<",
        "<a",
        "[^a]",
        "《",
        "（",
        "第",
        "第一条第",
        "http://",
        "www.",
        "a@",
        "&",
        "\\",
        "|",
        "# ",
        "a\n: ",
        "* a\n",
        "<!--",
        "<?",
    ];
    for (at, mark) in marks.iter().enumerate() {
        project.write(&format!("content/{at}.md"), "正文".to_owned() + &mark.repeat(times(5_000)));
    }
    for (at, mark) in [">", "> ", "- ", "1. ", ">- "].iter().enumerate() {
        project.write(&format!("content/q{at}.md"), mark.repeat(times(2_000)) + "文");
    }
    let stairs = (0..times(100)).fold(String::new(), |all, at| all + &"  ".repeat(at) + "- 文\n");
    project.write("content/stairs.md", stairs);
    bounded(&project, &["build", "-q"]).expect(0);
    let page = project.read("site/0.html");
    assert!(page.contains(&"[".repeat(times(5_000))));
    let quotes = project.read("site/q0.html").matches("<blockquote>").count();
    assert_eq!(quotes, times(2_000));
}

#[test]
fn a_single_line_without_end() {
    // 50 MB with HANDBOOK_HEAVY and an optimised build; see docs/limits.md.
    let line = "第一百零一条规定的word ".repeat(times(100_000));
    let project = one(&line);
    accepted(&project);
    assert!(project.read("site/a.html").len() > line.len());
}

#[test]
fn floods_of_definitions() {
    let mut text = String::new();
    for at in 0..times(20_000) {
        let _ = writeln!(text, "[a{at}]: https://example.com/{at}");
    }
    text += "\n[a5]\n\n[a6]\n";
    let project = one(text);
    accepted(&project);
    assert_eq!(count(&project, ".text a.external"), 2);
    // One long address, used again and again, must not be written without bound.
    let project =
        one(format!("[a]: https://example.com/{}\n\n{}", "u".repeat(20_000), "[a] ".repeat(20_000)));
    accepted(&project);
    assert!(project.read("site/a.html").len() < 2_000_000);
}

#[test]
fn a_hundred_thousand_headings() {
    let headings = if cfg!(debug_assertions) { times(10_000) } else { 100_000 };
    let text = (0..headings).fold(String::new(), |all, at| all + &format!("# 标题 {at}\n\n"));
    let project = one(text);
    accepted(&project);
    assert_eq!(count(&project, ".text h2, .text h1"), headings - 1);
    let project = one("# 标题\n\n".repeat(headings));
    accepted(&project);
    assert!(project.read("site/a.html").contains(&format!("id=\"标题-{}\"", headings - 1)));
}

#[test]
fn a_table_of_twenty_thousand_cells() {
    let row = |cell: &str, cells: usize| "|".to_owned() + &format!("{cell}|").repeat(cells) + "\n";
    let wide = one(row("a", 10_000) + &row("-", 10_000) + &row("b", 10_000));
    accepted(&wide);
    assert_eq!(count(&wide, ".text th, .text td"), 20_000);
    let long = one(row("a", 20) + &row("-", 20) + &row("b", 20).repeat(999));
    accepted(&long);
    assert_eq!(count(&long, ".text th, .text td"), 20_000);
    // Rows that are shorter than the head are filled up; not without bound.
    let sparse = one(row("a", 5_000) + &row("-", 5_000) + &"b\n".repeat(5_000));
    bounded(&sparse, &["build", "-q"]).expect(0);
    assert!(sparse.read("site/a.html").len() < 5_000_000);
}

#[test]
fn footnotes_of_footnotes() {
    let mut text = "[^0]\n\n".to_owned();
    for at in 0..times(2_000) {
        let _ = writeln!(text, "[^{at}]: 注 [^{at}] [^{}]\n", at + 1);
    }
    bounded(&one(text), &["build", "-q"]).expect(0);
    bounded(&one("[^1] ".repeat(times(5_000)) + "\n\n[^1]: 注\n"), &["build", "-q"]).expect(0);
}

#[test]
fn clauses_and_items_in_floods() {
    let text = (1..times(5_000)).fold(String::new(), |all, at| all + &format!("第{at}条 文\n\n"));
    accepted(&one(text));
    accepted(&one("第一条 文\n\n".to_owned() + &"（一）文\n\n".repeat(times(5_000))));
    let run =
        bounded(&one("第一条 第二条、第三条".repeat(times(5_000))), &["check", "--color", "never"]).expect(0);
    assert!(run.stderr().len() + run.stdout().len() < 100_000);
}

/// HTML has no errors, so that a cleaner mends whatever is written, in time that
/// grows with the square.
#[test]
fn raw_html_without_end() {
    let message = "error[limit]: the raw HTML of this chapter lies too deep or is left open too often";
    let attributes: String = (0..50_000).map(|at| format!(" a{at}=b")).collect();
    for (at, text) in
        ["<div>".repeat(50_000), "<div><p>\n\n".repeat(20_000), format!("甲 <b{attributes}>乙</b>\n")]
            .iter()
            .enumerate()
    {
        let project = one(text);
        let run = bounded(&project, &["build", "--color", "never"]);
        let said = run.stderr();
        assert_eq!(run.status(), 1, "{at} is not refused: {said}");
        assert_said(&said, message, "content/a.md:1:");
        assert!(said.contains("it is shown as text"), "{at}: {said:.2000}");
    }
    // What stands in lines is not left open, and not begun anew without end.
    let open: String = (0..300).map(|at| format!("<b class=c{at}>")).collect();
    for close in ["", &"</b>".repeat(300)] {
        let project = one(format!("甲{open}\n\n{}{close}", "文\n\n".repeat(20_000)));
        bounded(&project, &["build", "-q"]).expect(0);
        assert!(project.read("site/a.html").contains("&lt;b class=c0&gt;"));
    }
    let project = one("<div onclick=x>".repeat(50_000));
    project.write("handbook.yaml", "title: 手册\nchecks: {limit: warning}\n");
    bounded(&project, &["build", "-q"]).expect(0);
    assert_eq!(count(&project, "div[onclick]"), 0);
    assert!(project.read("site/a.html").contains("&lt;div onclick=x&gt;"));
}

/// What people export from other programs is much, but not endless.
#[test]
fn large_tables_in_html_are_cleaned() {
    let rows = "<tr><td>甲</td><td><b>乙</b><td onclick=x>丙</tr>\n".repeat(2_000);
    let project = one(format!("<table>\n{rows}</table>\n"));
    bounded(&project, &["build", "-q"]).expect(0);
    assert_eq!((count(&project, ".text td"), count(&project, "[onclick]")), (6_000, 0));
}
