//! Our own constructs in HTML, and hostile text.

use handbook::markdown::{Document, Image, MarkdownOptions, RawHtml, Resolve, Target, render};
use scraper::{Html, Selector};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// `b.md` is a chapter, `gone.md` was one, everything else leads out.
struct Handbook;

impl Resolve for Handbook {
    fn link(&self, destination: &str) -> Target {
        match destination {
            "b.md" => Target::Address("../b/".to_owned()),
            "gone.md" => Target::Broken,
            fragment if fragment.starts_with('#') => Target::Address(fragment.to_owned()),
            _ => Target::External,
        }
    }

    fn image(&self, destination: &str) -> Image {
        match destination {
            "图.png" => Image::new("../files/图.png".to_owned(), Some((640, 200))),
            _ => Image::new(destination.to_owned(), None),
        }
    }

    fn word(&self, key: &'static str) -> &str {
        match key {
            "alert_note" => "注",
            "anchor_label" => "链接到“{title}”",
            "footnotes" => "脚注",
            "footnote_back" => "返回脚注",
            "table_region" => "表格",
            "task_done" => "已完成",
            "task_open" => "未完成",
            _ => key,
        }
    }
}

fn with(markdown: &str, options: &MarkdownOptions) -> (Document, String) {
    let document = Document::new(markdown, options);
    let html = render(&document, options, &Handbook, false).html;
    (document, html)
}

fn html(markdown: &str) -> String {
    with(markdown, &MarkdownOptions::default()).1
}

#[track_caller]
fn check(markdown: &str, expected: &str) {
    assert_eq!(html(markdown), expected, "{markdown}");
}

/// Whatever of a page could run a script, as a browser reads it.
fn running(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let page = Html::parse_document(html);
    for element in page.select(&Selector::parse("*").unwrap()) {
        let name = element.value().name();
        // A formula of ours says its TeX; an author's own `math` is cleaned away.
        let is_foreign = name == "math" && element.attr("alttext").is_none();
        if matches!(
            name,
            "script" | "iframe" | "object" | "embed" | "svg" | "base" | "meta" | "style" | "form"
        ) || is_foreign
        {
            found.push(format!("<{name}>"));
        }
        for (attribute, value) in element.value().attrs() {
            let bare: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let bare = bare.to_lowercase();
            let bad = ["javascript:", "vbscript:", "data:"].iter().any(|scheme| bare.starts_with(scheme));
            if attribute.starts_with("on") || attribute == "style" || bad {
                found.push(format!("{name} {attribute}={value}"));
            }
        }
    }
    found
}

#[test]
fn alerts_are_asides() {
    check(
        "> [!NOTE]\n> 正文\n",
        "<aside class=\"alert alert-note\" role=\"note\"><p class=\"alert-title\">注</p>\n<p>正文</p>\n</aside>\n",
    );
    check(
        "> [!警告] 值班期间\n> 正文\n>\n> 二段\n",
        "<aside class=\"alert alert-warning\" role=\"note\"><p class=\"alert-title\">值班期间</p>\n\
         <p>正文</p>\n<p>二段</p>\n</aside>\n",
    );
    check(
        "> [!TIP] Own title\n> body\n",
        "<aside class=\"alert alert-tip\" role=\"note\"><p class=\"alert-title\">Own title</p>\n<p>body</p>\n</aside>\n",
    );
    check(
        "> [!注意]\n>\n> - 甲\n",
        "<aside class=\"alert alert-note\" role=\"note\"><p class=\"alert-title\">注意</p>\n\
         <ul>\n<li>甲</li>\n</ul>\n</aside>\n",
    );
    // A kind that somebody made up.
    check(
        "> [!奇怪]\n> 正文\n",
        "<aside class=\"alert alert-note\" role=\"note\"><p class=\"alert-title\">奇怪</p>\n<p>正文</p>\n</aside>\n",
    );
    check("> 引文\n", "<blockquote>\n<p>引文</p>\n</blockquote>\n");
    for (label, class) in [
        ("IMPORTANT", "important"),
        ("重要", "important"),
        ("CAUTION", "caution"),
        ("危险", "caution"),
        ("tldr", "note"),
        ("faq", "important"),
        ("check", "tip"),
        ("missing", "caution"),
        ("attention", "warning"),
    ] {
        let html = html(&format!("> [!{label}]\n> x\n"));
        assert!(html.contains(&format!("class=\"alert alert-{class}\"")), "{html}");
    }
}

#[test]
fn alerts_fold_as_obsidian_s_do() {
    check(
        "> [!tip]- 甲 **乙**\n> 丙\n",
        "<details class=\"alert alert-tip\"><summary class=\"alert-title\">甲 <strong>乙</strong></summary>\n\
         <p>丙</p>\n</details>\n",
    );
    check(
        "> [!NOTE]+\n> 甲\n> > [!提示]-\n> > 乙\n",
        "<details class=\"alert alert-note\" open=\"\"><summary class=\"alert-title\">注</summary>\n<p>甲</p>\n\
         <details class=\"alert alert-tip\"><summary class=\"alert-title\">提示</summary>\n<p>乙</p>\n\
         </details>\n</details>\n",
    );
}

#[test]
fn an_alert_s_title_is_text() {
    let html = html("> [!警告] a **b** `c` <b>&amp;</b> 第三条 [d](e.md)\n> 正文 **重**\n");
    let title = "<p class=\"alert-title\">a <strong>b</strong> <code>c</code> <b>&amp;</b> 第三条 \
                 <a href=\"e.md\" class=\"external\" rel=\"noopener\">d</a></p>";
    assert!(html.contains(title), "{html}");
    assert!(html.contains("<p>正文 <strong>重</strong></p>"), "{html}");
    check(
        "> [!tip] a **b\n> c** d\n",
        "<aside class=\"alert alert-tip\" role=\"note\"><p class=\"alert-title\">a <strong>b</strong></p>\n\
         <p><strong>c</strong> d</p>\n</aside>\n",
    );
}

#[test]
fn clauses_carry_their_number() {
    let html =
        html("## 第一章 总则\n\n第一条 为了管理。\n\n本条第二款。\n\n第二条 员工。\n\n## 附则\n\n正文\n");
    let lines: Vec<&str> = html.lines().collect();
    assert_eq!(
        lines[..2],
        [
            "<h2 id=\"第一章-总则\"><span id=\"第一章\"></span>第一章 总则<a class=\"anchor\" \
             href=\"#%E7%AC%AC%E4%B8%80%E7%AB%A0-%E6%80%BB%E5%88%99\" aria-label=\"链接到“第一章 总则”\">#</a></h2>",
            "<p class=\"clause\" id=\"第一条\"><span id=\"1\"></span><a class=\"clause-number\" \
             href=\"#%E7%AC%AC%E4%B8%80%E6%9D%A1\">第一条</a> 为了管理。</p>",
        ]
    );
    assert!(
        lines[2].starts_with("<p class=\"clause-paragraph\"") && lines[2].ends_with(">本条第二款。</p>"),
        "{html}"
    );
    assert!(lines[3].starts_with("<p class=\"clause\" id=\"第二条\"><span id=\"2\"></span>"), "{html}");
    // A heading ends the clause.
    assert_eq!(lines[5..], ["<p>正文</p>"]);
}

/// The clause's paragraph behind its number.
#[track_caller]
fn clause(markdown: &str, expected: &str) {
    let html = html(markdown);
    let body = html.split_once("</a>").unwrap_or_else(|| panic!("no clause: {html}")).1;
    assert_eq!(body, format!("{expected}</p>\n"), "{markdown}");
}

#[test]
fn a_clause_s_label_may_be_bold() {
    clause("**第三条** 员工", " 员工");
    clause("**第三条**员工", " 员工");
    clause("**第三条 目的** 为了", " <strong>目的</strong> 为了");
    clause("**第三条（目的）**为了", " <strong>（目的）</strong>为了");
    clause("**第三条** 员工**不得**泄密", " 员工<strong>不得</strong>泄密");
    clause("第三条 **员工**不得", " <strong>员工</strong>不得");
    clause("第三条　[乙](b.md)适用", " <a href=\"../b/\">乙</a>适用");
    clause("第三条（范围）本办法", " （范围）本办法");
    clause("第三条\n本办法", " \n本办法");
    clause("第三条 `码`与\n*重*", " <code>码</code>与<em>重</em>");
    clause("第三条", " ");
}

#[test]
fn running_sentences_and_quoted_clauses_are_plain() {
    check("第三条规定的事项\n", "<p>第三条规定的事项</p>\n");
    check("> 第三条 引文\n", "<blockquote>\n<p>第三条 引文</p>\n</blockquote>\n");
    check("- 第三条 项\n", "<ul>\n<li>第三条 项</li>\n</ul>\n");
}

#[test]
fn clauses_and_headings_never_share_an_id() {
    for text in [
        "第一条 甲\n\n# 第一条\n",
        "第一条 甲\n\n# 1\n",
        "# 1\n\n第一条 甲\n",
        "# 第一条\n\n第一条 甲\n",
        "第一条 甲\n\n# 第一条 乙\n",
        "第一条 甲\n\n第1条 乙\n\n# 第1条\n",
        "第一条 甲\n\n# 题 {#第一条}\n",
        "第一条 甲\n\n# 题 {#1}\n",
        "第一条 甲\n\n第一条 乙\n\n# 第一条-1\n",
        "# 第一条-1\n\n第一条 甲\n\n第一条 乙\n",
        "第15条 甲\n\n# 第15条\n\n# 15\n",
        "# Fn 1\n\n# fnref-1\n\n甲[^a]\n\n[^a]: 注\n",
    ] {
        consistent(text, &MarkdownOptions::default());
    }
}

#[test]
fn headings_have_ids_classes_and_aliases() {
    check(
        "# What's *new*? {#own .a .b}\n",
        "<h2 id=\"own\" class=\"a b\">What's <em>new</em>?<a class=\"anchor\" href=\"#own\" \
         aria-label=\"链接到“What's new?”\">#</a></h2>\n",
    );
    check(
        "### 同\n\n### 同\n",
        "<h3 id=\"同\">同<a class=\"anchor\" href=\"#%E5%90%8C\" aria-label=\"链接到“同”\">#</a></h3>\n\
         <h3 id=\"同-1\">同<a class=\"anchor\" href=\"#%E5%90%8C-1\" aria-label=\"链接到“同”\">#</a></h3>\n",
    );
    let (document, html) = with("# 第三章 **附则**\n", &MarkdownOptions::default());
    assert_eq!(document.headings[0].aliases, ["第三章"]);
    assert!(
        html.starts_with("<h2 id=\"第三章-附则\"><span id=\"第三章\"></span>第三章 <strong>附则</strong>"),
        "{html}"
    );
    assert!(self::html("# a \"<b\n").starts_with("<h2 id=\"a-b\">a &quot;&lt;b<a"), "{html}");
    assert!(self::html("# x {#a\"b}\n").starts_with("<h2 id=\"a&quot;b\">"));
}

#[test]
fn the_title_can_be_left_out() {
    let text = "# 题\n\n正文\n\n## 节\n";
    let options = MarkdownOptions::default();
    let html = render(&Document::new(text, &options), &options, &Handbook, true).html;
    assert!(html.starts_with("<p>正文</p>\n<h2 id=\"节\">"), "{html}");
}

#[test]
fn images_are_figures_where_they_stand_alone_with_a_title() {
    check(
        "![架构](图.png \"图一 <架构>\")\n",
        "<figure><img src=\"../files/%E5%9B%BE.png\" alt=\"架构\" width=\"640\" height=\"200\" loading=\"lazy\" \
         decoding=\"async\"><figcaption>图一 &lt;架构&gt;</figcaption></figure>\n",
    );
    check(
        "![架 *构*](图.png)\n",
        "<p><img src=\"../files/%E5%9B%BE.png\" alt=\"架 构\" width=\"640\" height=\"200\" loading=\"lazy\" \
         decoding=\"async\"></p>\n",
    );
    check(
        "见![x](p.png \"t\")。\n",
        "<p>见<img src=\"p.png\" alt=\"x\" title=\"t\" loading=\"lazy\" decoding=\"async\">。</p>\n",
    );
}

#[test]
fn tasks_are_checkboxes() {
    let open = "<input type=\"checkbox\" disabled=\"\" aria-label=\"未完成\">";
    let done = "<input type=\"checkbox\" disabled=\"\" checked=\"\" aria-label=\"已完成\">";
    check(
        "- [ ] 甲\n- [x] 乙\n- 丙\n",
        &format!(
            "<ul>\n<li class=\"task\">{open} 甲</li>\n<li class=\"task\">{done} 乙</li>\n<li>丙</li>\n</ul>\n"
        ),
    );
    check(
        "1. [ ] 甲\n\n2. [x] 乙\n",
        &format!("<ol>\n<li>\n<p>{open} 甲</p>\n</li>\n<li>\n<p>{done} 乙</p>\n</li>\n</ol>\n"),
    );
}

#[test]
fn footnotes_lead_back_to_each_reference() {
    check(
        "甲[^a]乙[^b]丙[^a]\n\n[^b]: 其二\n\n[^a]: 其一\n\n    **二段**\n",
        "<p>甲<sup class=\"footnote-reference\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup>\
         乙<sup class=\"footnote-reference\"><a href=\"#fn-2\" id=\"fnref-2\">2</a></sup>\
         丙<sup class=\"footnote-reference\"><a href=\"#fn-1\" id=\"fnref-1-2\">1</a></sup></p>\n\
         <section class=\"footnotes\" aria-label=\"脚注\">\n<ol>\n\
         <li id=\"fn-1\"><p>其一</p>\n<p><strong>二段</strong> \
         <a class=\"footnote-back\" href=\"#fnref-1\" aria-label=\"返回脚注 1\">↩</a> \
         <a class=\"footnote-back\" href=\"#fnref-1-2\" aria-label=\"返回脚注 1-2\">↩</a></p></li>\n\
         <li id=\"fn-2\"><p>其二 \
         <a class=\"footnote-back\" href=\"#fnref-2\" aria-label=\"返回脚注 2\">↩</a></p></li>\n\
         </ol>\n</section>\n",
    );
    check("甲[^x]\n", "<p>甲[^x]</p>\n");
}

#[test]
fn definitions_are_a_list() {
    check("词\n: 义一\n: 义二\n", "<dl>\n<dt>词</dt>\n<dd>义一</dd>\n<dd>义二</dd>\n</dl>\n");
}

#[test]
fn tables_scroll_and_align_by_class() {
    check(
        "|甲|乙|丙|丁|\n|-|:-|:-:|-:|\n|1|2|3|**「4」**的|\n",
        "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"表格 1\"><table>\n<thead>\n<tr>\n\
         <th scope=\"col\">甲</th>\n<th scope=\"col\" class=\"align-left\">乙</th>\n\
         <th scope=\"col\" class=\"align-center\">丙</th>\n<th scope=\"col\" class=\"align-right\">丁</th>\n\
         </tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class=\"align-left\">2</td>\n\
         <td class=\"align-center\">3</td>\n<td class=\"align-right\"><strong>「4」</strong>的</td>\n\
         </tr>\n</tbody>\n</table></div>\n",
    );
    let html = html("|a|\n|-|\n\n|b|\n|-|\n");
    assert!(html.contains("aria-label=\"表格 1\"") && html.contains("aria-label=\"表格 2\""), "{html}");
    assert!(!html.contains("tbody"), "{html}");
}

#[test]
fn code_is_coloured_by_class() {
    let rust = html("```rust\nfn a() -> u8 { 1 } // 注 <b>\n```\n");
    assert!(
        rust.starts_with(
            "<pre class=\"code\" tabindex=\"0\" data-language=\"rust\"><code class=\"language-rust\">"
        ),
        "{rust}"
    );
    for part in
        ["<span class=\"hl-keyword\">fn </span>", "hl-function", "hl-number", "hl-comment", "&lt;b&gt;"]
    {
        assert!(rust.contains(part), "{part}: {rust}");
    }
    assert!(html("```yaml\na: \"x\" # 注\n```\n").contains("hl-string"));
    assert!(html("```bash\nif true; then echo \"$A\"; fi\n```\n").contains("hl-keyword"));
    check(
        "```brainfuck\n+<a>\"&\n```\n",
        "<pre class=\"code\" tabindex=\"0\" data-language=\"brainfuck\"><code class=\"language-brainfuck\">\
         +&lt;a&gt;&quot;&amp;\n</code></pre>\n",
    );
    check("    甲\n", "<pre class=\"code\" tabindex=\"0\"><code>甲\n</code></pre>\n");
    // Whatever the colours, the text is the author's.
    for code in ["fn x() {\n  \"未闭\n", "a: [\n", "if [ x\n\n\t<<EOF\n"] {
        for language in ["rust", "yaml", "bash", "无"] {
            let html = Html::parse_fragment(&html(&format!("```{language}\n{code}```\n")));
            let text: String = html.root_element().text().collect();
            assert_eq!(text.trim_end(), code.trim_end(), "{language}");
        }
    }
}

#[test]
fn line_breaks_between_chinese_leave_no_space() {
    check("一行\n二行\n", "<p>一行二行</p>\n");
    check("one\ntwo\n", "<p>one\ntwo</p>\n");
    check("中文\nword\n中文\n", "<p>中文\nword\n中文</p>\n");
    check("一**二**\n三\n", "<p>一<strong>二</strong>三</p>\n");
    check("一\n**二**三\n", "<p>一<strong>二</strong>三</p>\n");
    check("一，\n[二](b.md)\n三\n", "<p>一，<a href=\"../b/\">二</a>三</p>\n");
    check("one **two**\nthree\n", "<p>one <strong>two</strong>\nthree</p>\n");
    check("一\\\n二  \n三\n", "<p>一<br>\n二<br>\n三</p>\n");
    check("一`码`\n二\n", "<p>一<code>码</code>\n二</p>\n");
    check("- 一\n  二\n- x\n  y\n", "<ul>\n<li>一二</li>\n<li>x\ny</li>\n</ul>\n");
    let mut options = MarkdownOptions::default();
    options.extensions = false;
    assert_eq!(with("一行\n二行\n", &options).1, "<p>一行\n二行</p>\n");
}

#[test]
fn links_say_where_they_lead() {
    check("[甲](b.md)\n", "<p><a href=\"../b/\">甲</a></p>\n");
    check("[甲](gone.md)后\n", "<p><span class=\"broken-link\">甲</span>后</p>\n");
    check(
        "[**甲** [乙](gone.md)](b.md)\n",
        "<p>[<strong>甲</strong> <span class=\"broken-link\">乙</span>](b.md)</p>\n",
    );
    check(
        "[甲](https://例.cn/a?b=1&c \"题\")\n",
        "<p><a href=\"https://%E4%BE%8B.cn/a?b=1&amp;c\" class=\"external\" rel=\"noopener\" title=\"题\">甲</a></p>\n",
    );
    check("<a@b.cn>\n", "<p><a href=\"mailto:a@b.cn\">a@b.cn</a></p>\n");
}

#[test]
fn scripts_in_links_are_refused() {
    for bad in [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java&Tab;script:alert(1))",
        "[x](java&NewLine;script:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](< javascript:alert(1)>)",
        "[x](&#1;javascript:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x][r]\n\n[r]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml,x \"题\")",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=' jAvAsCrIpT:alert(1)'>x</a>",
        "<a href=\"java&#9;script:alert(1)\">x</a>",
        "<a href=\"&#x6A;avascript&colon;alert(1)\">x</a>",
        "<a href=javascript:alert(1)>x</a>",
        "<a href=\"&#1;javascript:alert(1)\">x</a>",
        "<img src=x onerror=alert(1)>",
        "<IMG SRC=`javascript:alert(1)`>",
        "<p style=\"background:url(x)\">x</p>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
        "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
        "<script>alert(1)</script>",
        "x <script>alert(1)</script> y",
        "<scr<script>ipt>alert(1)</script>",
        "<iframe src=\"javascript:alert(1)\"></iframe>",
        "<form action=\"javascript:alert(1)\"><button formaction=\"javascript:alert(1)\">x</button></form>",
        "<object data=\"javascript:alert(1)\"></object>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<!-- --!><img src=x onerror=alert(1)> -->",
        "<?php ><img src=x onerror=alert(1)> ?>",
        "<![CDATA[><img src=x onerror=alert(1)>]]>",
        "<!A ><img src=x onerror=alert(1)>",
        "[x](gone.md \"a\\\" onmouseover=\\\"alert(1)\")",
        "# x {#a\" onclick=\"alert(1)}",
        "# x {.a\" onclick=\"alert(1)}",
        "```x\" onclick=\"alert(1)\ny\n```",
        "[^a\" onclick=\"x]\n\n[^a\" onclick=\"x]: y",
        "> [!注意] <img src=x onerror=alert(1)>\n> x",
        "第一条 <img src=x onerror=alert(1)>",
        "<a name='x' href=\"b.md\" onclick=alert(1)>x</a>",
        "<video src=\"javascript:alert(1)\" poster=\"data:x\"></video>",
    ] {
        let html = html(bad);
        assert_eq!(running(&html), Vec::<String>::new(), "{bad}\n{html}");
    }
}

#[test]
fn trusted_html_keeps_but_markdown_links_are_still_judged() {
    let options = MarkdownOptions::with_raw_html(RawHtml::Trust);
    let (_, html) = with("<b style=\"x\">甲</b> [x](javascript:alert(1))\n", &options);
    assert_eq!(html, "<p><b style=\"x\">甲</b> <span class=\"broken-link\">x</span></p>\n");
}

#[test]
fn links_in_raw_html_are_resolved() {
    for (written, expected) in [
        ("<a href=\"b.md\">乙</a>", "<p><a href=\"../b/\">乙</a></p>"),
        ("<A HREF='b.md'>乙</A>", "<p><a href=\"../b/\">乙</a></p>"),
        ("<a href=b.md>乙</a>", "<p><a href=\"../b/\">乙</a></p>"),
        ("<a\nhref = \"b.md\" title='>'>乙</a>", "<p><a href=\"../b/\" title=\">\">乙</a></p>"),
        ("<img src=\"图.png\">", "<img src=\"../files/%E5%9B%BE.png\">"),
        ("<div>\n<a href=\"b.md\">乙</a>\n</div>", "<div>\n<a href=\"../b/\">乙</a>\n</div>"),
    ] {
        let html = html(written);
        assert_eq!(html.trim().replace("&gt;", ">"), expected, "{written}");
    }
    assert_eq!(html("<!-- 注 -->\n\n甲 <!-- 注 -->\n"), "<p>甲 </p>\n");
}

#[test]
fn an_open_comment_ends_with_its_block() {
    assert!(html("- <!-- 注\n\n# 题\n").contains("<h2 id=\"题\">"));
    let html = html("甲[^a]\n\n[^a]: 注\n\n<!-- 未闭\n\n# 题\n");
    assert!(html.contains("<li id=\"fn-1\">") && !html.contains("未闭"), "{html}");
}

#[test]
fn emphasis_beside_chinese_works_everywhere() {
    check("**「重点」**的\n", "<p><strong>「重点」</strong>的</p>\n");
    assert!(html("# **「重点」**的\n").contains("\"><strong>「重点」</strong>的<a"));
    check("- **注：**文\n", "<ul>\n<li><strong>注：</strong>文</li>\n</ul>\n");
    check("[**注：**文](b.md)\n", "<p><a href=\"../b/\"><strong>注：</strong>文</a></p>\n");
    check("**[乙](b.md)。**完\n", "<p><strong><a href=\"../b/\">乙</a>。</strong>完</p>\n");
    check(
        "> *（附）*及~~（旧）~~等\n",
        "<blockquote>\n<p><em>（附）</em>及<del>（旧）</del>等</p>\n</blockquote>\n",
    );
    check("甲~「乙」~~~~丙~\n", "<p>甲<del>「乙」~~~~丙</del></p>\n");
    assert!(html("|**「重」**点|\n|-|\n").contains("<strong>「重」</strong>点</th>"));
    assert!(html("甲[^a]\n\n[^a]: **「重」**点\n").contains("<p><strong>「重」</strong>点 <a"));
}

/// Reads and renders; every anchor of a heading or clause must be in the HTML,
/// and no id twice. Gives the time it took.
#[track_caller]
fn consistent(text: &str, options: &MarkdownOptions) -> Duration {
    let start = Instant::now();
    let (document, html) = with(text, options);
    let took = start.elapsed();
    let shown: String = text.chars().take(400).collect();
    if text.len() > 1_000_000 {
        return took;
    }
    let mut ids = HashSet::new();
    for id in ids_of(&html) {
        assert!(
            ids.insert(id.clone()),
            "{id:?} twice in\n{shown}\n{}",
            html.chars().take(2000).collect::<String>()
        );
    }
    let headings = document
        .headings
        .iter()
        .flat_map(|heading| std::iter::once(&heading.anchor).chain(&heading.aliases).cloned());
    let clauses = document.clauses.iter();
    let clauses =
        clauses.flat_map(|clause| std::iter::once(clause.anchor.to_string()).chain(clause.aliases()));
    for anchor in headings.chain(clauses).filter(|_| options.extensions) {
        let found = ids.contains(&anchor);
        assert!(
            found,
            "{anchor:?} is not in the HTML of\n{shown}\n{}",
            html.chars().take(2000).collect::<String>()
        );
    }
    took
}

/// Values of `id="…"`, as they stand in what `render` and ammonia write.
fn ids_of(html: &str) -> Vec<String> {
    let decode = |id: &str| {
        id.replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&nbsp;", "\u{a0}")
            .replace("&amp;", "&")
    };
    let ends = html.match_indices(" id=\"").filter_map(|(at, found)| {
        let value = &html[at + found.len()..];
        value.split_once('"').map(|(id, _)| decode(id))
    });
    ends.collect()
}

#[test]
fn bombs_do_no_harm() {
    let n = 20_000;
    let numbered = |count: usize, make: &dyn Fn(usize) -> String| (0..count).map(make).collect::<String>();
    let nested = numbered(5_000, &|at| format!("{}- x\n", "  ".repeat(at % 50)));
    let bombs: Vec<(&str, String)> = vec![
        ("quotes", ">".repeat(n)),
        ("quotes over lines", "> ".repeat(200) + "a\n" + &">".repeat(n)),
        ("brackets", "[".repeat(n)),
        ("bracket pairs", "[a](".repeat(n)),
        ("images", "![中".repeat(n)),
        ("closed brackets", "[".repeat(n) + &"]".repeat(n)),
        ("stars", "*".repeat(n)),
        ("stars and letters", "*a ".repeat(n)),
        ("stars beside Chinese", "*中".repeat(n)),
        ("openers beside Chinese", "**「".repeat(n)),
        ("emphasis beside Chinese", "**「」**的".repeat(n)),
        ("kinds of emphasis beside Chinese", "*「**_」~~的~".repeat(n / 4)),
        ("emphasis in links", "[**「」**的](b.md)".repeat(n / 4)),
        ("nested links beside Chinese", "![**「」**的".repeat(5_000) + &"](b.md)".repeat(5_000)),
        ("code spans", numbered(1_000, &|at| "`".repeat(at % 300) + " ")),
        ("entities", "&".repeat(n) + &"&amp;".repeat(n)),
        ("one long line", "中文".repeat(5 << 20 >> 3)),
        ("one heading over and over", "# 同\n".repeat(n)),
        ("one clause over and over", "第一条 甲\n\n".repeat(n)),
        ("cells", format!("|{}\n|{}\n|{}\n", "a|".repeat(n / 2), "-|".repeat(n / 2), "中|".repeat(n / 2))),
        ("rows", format!("|a|\n|-|\n{}", "|中|\n".repeat(n))),
        ("footnotes", numbered(10_000, &|at| format!("甲[^{at}]\n\n[^{at}]: 注\n\n"))),
        ("one footnote over and over", "甲[^a]".repeat(10_000) + "\n\n[^a]: 注\n"),
        ("definitions of one footnote", "甲[^a]\n\n".to_owned() + &"[^a]: 注\n\n".repeat(10_000)),
        ("lists", nested),
        ("nested lists", "- ".repeat(5_000) + "x"),
        ("nested numbered lists", "1. ".repeat(5_000) + "x"),
        ("tasks", "- [ ] ".repeat(5_000) + "x"),
        ("definitions", "词\n: 义\n\n".repeat(5_000)),
        ("NUL", "\0".repeat(n) + "# a\0b\n\n第一条 \0\n\n[\0](\0)\n"),
        ("unclosed HTML", "<div><p><a href='".to_owned() + &"<b>中".repeat(n)),
        ("open HTML", "<div>\n\n".repeat(2_000) + "x"),
        ("open inline HTML", "中<b>".repeat(5_000)),
        ("comments", "<!-- ".repeat(n)),
        ("attributes", format!("<a {}>", "a=b ".repeat(n))),
        ("front matter", format!("---\n{}", "a: b\n".repeat(n))),
        ("a fence", "```rust\n".to_owned() + &"fn 中() {}\n".repeat(500)),
        ("reference definitions", numbered(10_000, &|at| format!("[{at}]: b.md\n"))),
        ("references", "[a]: b.md\n\n".to_owned() + &"[a]".repeat(n)),
        ("alerts", "> [!注意]\n\n".repeat(5_000)),
        ("variation selectors", "*中\u{fe00}".repeat(n)),
        ("many variation selectors", "\u{fe00}".repeat(n) + "*「"),
        ("tildes", "~「~~」~~~中".repeat(5_000)),
        ("backslashes", "\\".repeat(n) + "*「」*中"),
        ("line ends", "\r\n\r".repeat(n)),
    ];
    let mut total = Duration::ZERO;
    for (name, bomb) in &bombs {
        let took = consistent(bomb, &MarkdownOptions::default());
        if took > Duration::from_millis(400) {
            println!("{name}: {took:?}");
        }
        assert!(took < Duration::from_secs(10), "{name}: {took:?}");
        total += took;
    }
    println!("{} bombs: {total:?}", bombs.len());
    assert!(total < Duration::from_secs(30), "{total:?}");
}

/// What random texts are made of. Tags are whole, since half a tag in a block of
/// HTML swallows what follows up to the next `>`, in a browser too.
const FRAGMENTS: &[&str] = &[
    "中",
    "文字",
    "「重点」",
    "，",
    "。",
    "：",
    "（附）",
    "a",
    "word",
    " ",
    " ",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    "　",
    "\t",
    "\r\n",
    "*",
    "**",
    "***",
    "_",
    "__",
    "~",
    "~~",
    "~~~",
    "`",
    "``",
    "```\n",
    "```rust\n",
    "# ",
    "## ",
    "### 同\n",
    "\n# 第一章 总则\n",
    "{#own}",
    "{.cls #x}",
    "\n第一条 ",
    "\n\n第二条 甲\n\n",
    "\n\n**第三条** ",
    "\n\n**第三条 目的** ",
    "\n\n第1条（范围）",
    "\n# 第一条\n",
    "\n# 1\n",
    "> ",
    "> > ",
    "\n> [!NOTE]\n> ",
    "\n> [!注意] 题\n> ",
    "\n> [!警告]",
    "- ",
    "\n- ",
    "1. ",
    "\n  - [ ] ",
    "- [x] ",
    "    ",
    "  ",
    "[",
    "]",
    "(",
    ")",
    "[甲](b.md)",
    "[x](gone.md)",
    "![图](图.png \"题\")",
    "\n\n![图](图.png \"题\")\n\n",
    "![",
    "](b.md)",
    "](<b.md> '题')",
    "<https://a.cn>",
    "<a@b.cn>",
    "[^a]",
    "[^b]",
    "\n[^a]: ",
    "\n\n[^b]: 注\n\n    ",
    "[r]",
    "\n[r]: b.md\n",
    "|",
    "|甲|乙|\n|-|:-:|\n|",
    "\n|-|\n",
    "\n词\n: 义\n",
    "---\n",
    "\n---\n",
    "===\n",
    "***\n",
    "<b>",
    "</b>",
    "<div>",
    "\n<div>\n",
    "\n</div>\n\n",
    "<a href=\"b.md\">",
    "</a>",
    "<i>\n<p id=\"raw\">",
    "<img src=图.png>",
    "<br>",
    "<!-- 注 -->",
    "\n\n<!-- 未闭",
    "-->",
    "< ",
    ">",
    "&amp;",
    "&#0;",
    "&",
    "\\",
    "\\*",
    "\\\n",
    "\0",
    "😀",
    "\u{fe0f}",
    "é",
    "\u{200b}",
    "$$",
    "^",
    "=",
    "+",
    "\"",
    "'",
    "[!NOTE]",
    "http://a.cn",
    "第",
    "条",
    "第十条规定",
];

/// xorshift64*: the same texts at every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap_or(0) % limit
    }
}

#[test]
fn random_texts_are_read_and_rendered_alike() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut plain = MarkdownOptions::default();
    plain.extensions = false;
    let all = [MarkdownOptions::default(), MarkdownOptions::with_raw_html(RawHtml::Trust), plain];
    let mut total = Duration::ZERO;
    for _ in 0..3_000 {
        let length = 1 + random.below(60);
        let text: String = (0..length).map(|_| FRAGMENTS[random.below(FRAGMENTS.len())]).collect();
        for options in &all {
            // An author's own id may be written twice, and say so elsewhere.
            let text = text
                .replacen("<i>\n<p id=\"raw\">", "<i>\n<p id=\"raw1\">", 1)
                .replace("<i>\n<p id=\"raw\">", "");
            total += consistent(&text, options);
        }
        assert_eq!(running(&html(&text)), Vec::<String>::new(), "{text}");
    }
    println!("3,000 random texts: {total:?}");
    assert!(total < Duration::from_secs(20), "{total:?}");
}
