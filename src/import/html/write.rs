//! Elements as Markdown.

use super::inline::without_breaks;
use super::macros;
use super::tree::{Element, Node};
use crate::import::escape::{Around, html};
use crate::import::markup::fence;

/// What a page becomes.
#[derive(Debug, Default)]
pub(in crate::import) struct Written {
    /// Its Markdown.
    pub(in crate::import) text: String,
    /// What was left out: macros that only the program can fill.
    pub(in crate::import) left: Vec<String>,
}

/// The elements in one as Markdown. A heading of the first level becomes one of the second,
/// since the title is the first.
pub(in crate::import) fn markdown(element: &Element) -> Written {
    let has_first = element.find(&|inner| inner.name == "h1").is_some();
    let mut writer = Writer { shift: usize::from(has_first), left: Vec::new() };
    let text = writer.blocks(&element.children);
    Written { text: text.trim().to_owned(), left: writer.left }
}

pub(super) struct Writer {
    shift: usize,
    left: Vec<String>,
}

pub(super) const BLOCKS: [&str; 30] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
    "tbody",
];

fn is_block(node: &Node) -> bool {
    matches!(node, Node::Element(element) if BLOCKS.contains(&element.name.as_str()) || holds_block(element))
}

/// `<span>` and `<a>` around a block.
pub(super) fn holds_block(element: &Element) -> bool {
    element.name != "a"
        && element.elements().any(|inner| BLOCKS.contains(&inner.name.as_str()) || holds_block(inner))
}

impl Writer {
    pub(super) fn blocks(&mut self, nodes: &[Node]) -> String {
        let mut found: Vec<String> = Vec::new();
        let mut line: Vec<&Node> = Vec::new();
        for node in nodes {
            if is_block(node) {
                self.end_line(&mut line, &mut found);
                if let Node::Element(element) = node {
                    found.push(self.block(element));
                }
            } else {
                line.push(node);
            }
        }
        self.end_line(&mut line, &mut found);
        found.retain(|block| !block.trim().is_empty());
        found.join("\n\n")
    }

    fn end_line(&mut self, line: &mut Vec<&Node>, found: &mut Vec<String>) {
        let text = self.inline(&std::mem::take(line), Around::default());
        found.push(without_breaks(&text).to_owned());
    }

    /// Tells of what only the program could fill.
    pub(super) fn tell(&mut self, element: &Element) {
        self.left.extend(macros::left(element));
    }

    fn block(&mut self, element: &Element) -> String {
        self.tell(element);
        if let Some(text) = self.of_macro(element) {
            return text;
        }
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element),
            "ul" | "ol" => self.list(element),
            "table" => self.table(element),
            "pre" => code(element),
            "hr" => "***".to_owned(),
            "blockquote" => prefixed(&self.blocks(&element.children), "> "),
            "details" => self.details(element),
            "dt" => format!("**{}**", without_breaks(&self.line(element))),
            "script" | "style" => String::new(),
            _ => self.blocks(&element.children),
        }
    }

    fn line(&mut self, element: &Element) -> String {
        self.inline(&element.children.iter().collect::<Vec<_>>(), Around::default())
    }

    fn heading(&mut self, element: &Element) -> String {
        let level = element.name[1..].parse::<usize>().unwrap_or(2) + self.shift;
        let around = Around { heading: true, ..Around::default() };
        let text = self.inline(&element.children.iter().collect::<Vec<_>>(), around);
        let text = without_breaks(&text).replace("\\\n", " ").replace('\n', " ");
        if text.trim().is_empty() {
            return String::new();
        }
        // Links within the book lead to the id that the program made.
        let id = element.attribute("id");
        let is_id =
            !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | '"'));
        let id = if is_id { format!(" {{#{id}}}") } else { String::new() };
        format!("{} {}{id}", "#".repeat(level.min(6)), text.trim())
    }

    fn list(&mut self, element: &Element) -> String {
        let is_numbered = element.name == "ol";
        let is_tasks = element.is_of("inline-task-list");
        let first = u64::from(element.attribute("start").parse::<u32>().unwrap_or(1));
        let mut items = Vec::new();
        for (number, item) in (first..).zip(element.elements()) {
            let text = match item.name.as_str() {
                "li" => self.blocks(&item.children),
                _ => self.block(item),
            };
            let mark = match (is_numbered, is_tasks) {
                (true, _) => format!("{number}. "),
                (false, true) if item.is_of("checked") => "- [x] ".to_owned(),
                (false, true) => "- [ ] ".to_owned(),
                (false, false) => "- ".to_owned(),
            };
            let indent = if is_tasks { "  ".to_owned() } else { " ".repeat(mark.len()) };
            // A list in an item needs no blank line above it.
            let text = tight(&text);
            items.push(format!("{mark}{}", prefixed(&text, &indent).trim_start()));
        }
        items.join("\n")
    }

    fn details(&mut self, element: &Element) -> String {
        let is_summary = |inner: &Element| inner.name == "summary";
        let title =
            element.elements().find(|inner| is_summary(inner)).map(Element::words).unwrap_or_default();
        let rest: Vec<Node> = element
            .children
            .iter()
            .filter(|node| !matches!(node, Node::Element(inner) if is_summary(inner)))
            .cloned()
            .collect();
        folded(&title, &self.blocks(&rest))
    }

    /// What a macro of Confluence made.
    fn of_macro(&mut self, element: &Element) -> Option<String> {
        let kind = ["information", "note", "warning", "tip"]
            .into_iter()
            .find(|kind| element.is_of(&format!("confluence-information-macro-{kind}")));
        if let Some(kind) = kind {
            let label = match kind {
                "note" => "WARNING",
                "warning" => "CAUTION",
                "tip" => "TIP",
                _ => "NOTE",
            };
            let title = element.elements().find(|inner| inner.name == "p" && inner.is_of("title"));
            let title = title.map(|title| format!(" {}", title.words())).unwrap_or_default();
            let body = element.elements().find(|inner| inner.is_of("confluence-information-macro-body"));
            let body = body.map(|body| self.blocks(&body.children)).unwrap_or_default();
            return Some(prefixed(&format!("[!{label}]{title}\n{body}"), "> "));
        }
        if element.is_of("expand-container") {
            let title = element.find(&|inner| inner.is_of("expand-control-text"));
            let title = title.map(Element::words).unwrap_or_default();
            let body = element.find(&|inner| inner.is_of("expand-content"));
            let body = body.map(|body| self.blocks(&body.children)).unwrap_or_default();
            return Some(folded(&title, &body));
        }
        if element.is_of("panel") && !element.is_of("code") {
            let head = element.elements().find(|inner| inner.is_of("panelHeader")).map(Element::words);
            let head = head.map(|head| format!("**{head}**\n\n")).unwrap_or_default();
            let body = element.elements().find(|inner| inner.is_of("panelContent"));
            let body = body.map(|body| self.blocks(&body.children)).unwrap_or_default();
            return Some(prefixed(&(head + &body), "> "));
        }
        if element.is_of("toc-macro") {
            return Some(String::new());
        }
        None
    }
}

fn code(element: &Element) -> String {
    let mut text = String::new();
    element.collect(&mut text);
    let brush = element.attribute("data-syntaxhighlighter-params");
    let language = brush.split(';').find_map(|part| part.trim().strip_prefix("brush:")).map_or("", str::trim);
    let language = language.chars().filter(|c| c.is_alphanumeric() || matches!(c, '+' | '-' | '#'));
    fence(&language.collect::<String>(), &text)
}

fn folded(title: &str, body: &str) -> String {
    let title = if title.is_empty() { "…" } else { title };
    format!("<details>\n<summary>{}</summary>\n\n{}\n\n</details>", html(title), body.trim())
}

fn prefixed(text: &str, prefix: &str) -> String {
    let line = |line: &str| {
        if line.is_empty() { prefix.trim_end().to_owned() } else { format!("{prefix}{line}") }
    };
    text.trim_end().lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A list right below the words of its item.
fn tight(text: &str) -> String {
    match text.split_once("\n\n") {
        Some((first, rest))
            if !first.contains('\n') && !rest.contains("\n\n") && rest.starts_with(['-', '1']) =>
        {
            format!("{first}\n{rest}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::markdown;

    fn read(html: &str) -> String {
        markdown(&parse(html)).text
    }

    #[test]
    fn texts_lists_and_tables() {
        for (html, text) in [
            ("<p>a <strong>b </strong>c<br/>d_e*</p>", "a **b** c\\\nd_e\\*"),
            ("<h1 id=\"x\">A</h1><h2>B</h2>", "## A {#x}\n\n### B"),
            ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul>", "- a\n  - b\n- c"),
            ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
            ("<ul class='inline-task-list'><li class='checked'>a</li><li>b</li></ul>", "- [x] a\n- [ ] b"),
            (
                "<table><tr><th>a</th><th>b</th></tr><tr><td><p>1|2</p><p>3</p></td></tr></table>",
                "| a | b |\n| --- | --- |\n| 1\\|2<br>3 |  |",
            ),
            (
                "<table><tr><td colspan='2'>a</td></tr><tr><td>b</td><td><ul><li>c</li></ul></td></tr></table>",
                "<table>\n<tr><td colspan=\"2\">a</td></tr>\n<tr><td>b</td><td><ul><li>c</li></ul></td></tr>\n</table>",
            ),
            ("<p>1. x</p><p># y</p>", "1\\. x\n\n\\# y"),
            ("<a href=\"a b_1.html#x\">t</a> <a name=\"y\"></a>", "[t](a%20b_1.html#x) <a id=\"y\"></a>"),
            (
                "<pre data-syntaxhighlighter-params=\"brush: java; gutter: false\">a\n  b</pre>",
                "```java\na\n  b\n```",
            ),
            ("<code>a`b</code>", "``a`b``"),
            ("<script>x</script><style>y</style>", ""),
            ("<p><br/></p><p>a<br/></p><p><br/><br/>b</p><ul><li>c<br/></li></ul>", "a\n\nb\n\n- c"),
            ("<p><strong>a<br/></strong></p><p><em>b<br/></em>c</p>", "**a**\n\n*b*\\\nc"),
            ("<p>C:\\<br/></p><p><a href='x'>a<br/>b<br/></a></p>", "C:\\\\\n\n[a b](x)"),
            (
                "<table><tr><td><br/></td><td><p>a</p><p><br/></p><p>b</p></td></tr></table>",
                "|  | a<br>b |\n| --- | --- |",
            ),
            (
                "<table><tr><td colspan=2><pre>a\n\n b</pre><s>c</s></td></tr></table>",
                "<table>\n<tr><td colspan=\"2\"><pre>a&#10;&#10; b</pre><s>c</s></td></tr>\n</table>",
            ),
        ] {
            assert_eq!(read(html), text, "{html}");
        }
    }

    #[test]
    fn macros_of_confluence() {
        let note = "<div class=\"confluence-information-macro confluence-information-macro-warning\"><p class=\"title\">T</p><span class=\"aui-icon\"></span><div class=\"confluence-information-macro-body\"><p>a</p><p>b</p></div></div>";
        assert_eq!(read(note), "> [!CAUTION] T\n> a\n>\n> b");
        let fold = "<div class=\"expand-container\"><div class=\"expand-control\"><span class=\"expand-control-text\">More</span></div><div class=\"expand-content\"><p>a</p></div></div>";
        assert_eq!(read(fold), "<details>\n<summary>More</summary>\n\na\n\n</details>");
        let panel = "<div class=\"panel\"><div class=\"panelHeader\"><b>H</b></div><div class=\"panelContent\"><p>a</p></div></div>";
        assert_eq!(read(panel), "> **H**\n>\n> a");
        let place = "<h2 id='h'><span class='confluence-anchor-link' id='k'></span>A</h2><p><img class='emoticon emoticon-tick' alt='(tick)'/> <span style='text-decoration: line-through;'>b</span></p>";
        assert_eq!(read(place), "## <a id=\"k\"></a>A {#h}\n\n✅ ~~b~~");
    }

    #[test]
    fn what_only_the_program_fills_is_told() {
        let left = |html: &str| markdown(&parse(html));
        let film = left(
            "<p>a <iframe src=\"https://v.example/1\"></iframe></p><video src=\"b.mp4\"></video><object data=\"x.swf\"><embed src=\"x.swf\"/></object>",
        );
        assert_eq!(film.text, "a [https://v.example/1](https://v.example/1)\n\n[b.mp4](b.mp4)[x.swf](x.swf)");
        assert_eq!(film.left, ["iframe: https://v.example/1", "video: b.mp4", "object: x.swf"]);
        let issue =
            left("<p><span class=\"jira-issue conf-macro\"><a href=\"https://j/1\">HR-1</a></span></p>");
        assert_eq!(issue.left, ["HR-1"]);
        let drawn = left("<div class=\"conf-macro\" data-macro-name=\"drawio\"><img src=\"a.png\"/></div>");
        assert_eq!((drawn.text.as_str(), drawn.left), ("![](a.png)", vec!["drawio".to_owned()]));
        assert_eq!(
            left("<span class=\"error\">Unknown macro: {gallery}</span>").left,
            ["Unknown macro: {gallery}"]
        );
        assert!(left("<div class=\"conf-macro\" data-macro-name=\"details\">a</div>").left.is_empty());
        // In a table that is written as HTML too.
        let cell = left(
            "<table><tr><td colspan=\"2\"><iframe src=\"https://v.example/1\"></iframe></td></tr></table>",
        );
        assert!(cell.text.contains("<a href=\"https://v.example/1\">") && cell.left.len() == 1, "{cell:?}");
    }
}
