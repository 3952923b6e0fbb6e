//! Emphasis, signs that Markdown would read, links, notes.

use super::*;

#[test]
fn what_markdown_would_read_is_escaped() {
    let texts = [
        ("5*3 与 4*2", "5\\*3 与 4\\*2"),
        ("# 号", "\\# 号"),
        ("- 横", "\\- 横"),
        ("&gt; 大于", "\\> 大于"),
        ("[x](y) `z` a_b _c_", "\\[x](y) \\`z\\` a_b \\_c\\_"),
        ("&lt;b&gt;粗&lt;/b&gt; 1 &lt; 2", "\\<b>粗\\</b> 1 < 2"),
        ("5~10 天，$3 到 $4", "5\\~10 天，\\$3 到 \\$4"),
        ("A&amp;B 与 &amp;lt;", "A\\&B 与 \\&lt;"),
        ("---", "\\---"),
        ("C:\\dir\\*", "C:\\dir\\\\\\*"),
        ("1)甲", "1)甲"),
        ("1) 甲", "1\\) 甲"),
        ("==高亮== [[链接]] {{x}}", "\\=\\=高亮\\=\\= \\[\\[链接]] {{x}}"),
        (": 定义", "\\: 定义"),
        ("　　缩进的一段", "缩进的一段"),
    ];
    for (words, expected) in texts {
        assert_eq!(File::new(&p(words)).text(), format!("{expected}\n"), "{words}");
    }
}

#[test]
fn typed_numbers_go_on_as_a_list() {
    assert_eq!(File::new(&(p("1. 甲") + &p("2. 乙") + &p("4. 丙"))).text(), "1. 甲\n2. 乙\n\n4\\. 丙\n");
}

#[test]
fn looks_are_marked_once_and_nested() {
    let body = format!(
        "<w:p>{}{}{}{}</w:p>",
        r("<w:b/>", "粗"),
        r("<w:b/>", "还粗"),
        r("<w:b/><w:i/>", "斜"),
        r("", "平")
    );
    assert_eq!(
        File::new(&body).text(),
        "**粗还粗<em>斜</em>**平\n"
            .replace("<em>斜</em>", "*斜*")
            .replace("**粗还粗*斜***平", "<strong>粗还粗*斜*</strong>平")
    );
    let body = format!(
        "<w:p>{}{}{}{}{}</w:p>",
        r(r#"<w:vertAlign w:val="superscript"/>"#, "2"),
        r(r#"<w:u w:val="single"/>"#, "线"),
        r("<w:strike/>", "删"),
        r(r#"<w:b w:val="0"/>"#, "不粗"),
        r(r#"<w:vertAlign w:val="subscript"/>"#, "n")
    );
    assert_eq!(
        File::new(&body).text(),
        "<sup>2</sup><u>线</u><del>删</del>不粗<sub>n</sub>\n".replace("<del>删</del>", "~~删~~")
    );
}

#[test]
fn emphasis_that_markdown_would_not_read_is_html() {
    let body = format!("<w:p>{}{}{}</w:p>", r("", "foo"), r("<w:b/>", "(bar)"), r("", "baz"));
    assert_eq!(File::new(&body).text(), "foo<strong>(bar)</strong>baz\n");
    let body = format!("<w:p>{}{}{}</w:p>", r("", "甲 "), r("<w:b/>", " 乙 "), r("", "丙"));
    assert_eq!(File::new(&body).text(), "甲  **乙** 丙\n");
    let body = format!("<w:p>{}{}</w:p>", r("", "签字："), r(r#"<w:u w:val="single"/>"#, "      "));
    assert_eq!(File::new(&body).text(), "签字：\\_\\_\\_\\_\\_\\_\n");
}

#[test]
fn breaks_tabs_and_signs_are_kept() {
    let body = r#"<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Nowhere" w:char="F042"/></w:r></w:p>"#;
    let document = File::new(body).read();
    assert_eq!(document.text, "甲\\\n乙 丙-丁☑\u{fffd}\n");
    assert_eq!(told(&document, NoteKind::Symbol), ["Nowhere U+F042"]);
}

#[test]
fn links_lead_where_they_did() {
    let link =
        |attributes: &str, text: &str| format!("<w:hyperlink {attributes}>{}</w:hyperlink>", r("", text));
    let field = |instruction: &str, text: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#,
            r("", text)
        )
    };
    let marked = r#"<w:p><w:bookmarkStart w:id="1" w:name="_Ref7"/><w:r><w:t>第三条　付款。</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>"#;
    let other = r#"<w:p><w:bookmarkStart w:id="2" w:name="附注"/><w:r><w:t>另一段。</w:t></w:r></w:p>"#;
    let body = format!(
        "<w:p>{}{}{}{}{}{}</w:p>{marked}{other}",
        link(r#"r:id="out""#, "网站"),
        link(r#"w:anchor="_Ref7""#, "付款"),
        link(r#"w:anchor="gone""#, "没有了"),
        field(r#"REF _Ref7 \r \h"#, "第三条"),
        field(r#"REF 附注 \h"#, "附注"),
        field(r#"HYPERLINK "https://a.example/x y" \o "提示""#, "字段"),
    );
    let document =
        File::new(&body).related("out", "hyperlink", "https://b.example/", r#"TargetMode="External""#).read();
    assert_eq!(
        document.text,
        "[网站](https://b.example/)[付款](#第三条)没有了第三条[附注](#附注)[字段](https://a.example/x%20y)\n\n\
         第三条　付款。\n\n另一段。<a id=\"附注\"></a>\n"
    );
}

#[test]
fn a_field_behind_words_leads_somewhere_too() {
    let field = |instruction: &str, text: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#,
            r("", text)
        )
    };
    let simple = format!(
        r#"<w:fldSimple w:instr=" HYPERLINK &quot;mailto:hr@a.example&quot; ">{}</w:fldSimple>"#,
        r("", "信箱")
    );
    let annex = r#"<w:p><w:bookmarkStart w:id="2" w:name="请假单"/><w:r><w:t>请假单的填法</w:t></w:r></w:p>"#;
    let body = format!(
        "<w:p>{}{}{}{simple}{}{}{}</w:p>{annex}",
        r("", "见"),
        field(r#"HYPERLINK "https://a.example/" \t "_blank""#, "首页"),
        r("", "和"),
        r("", "与"),
        field(r#"HYPERLINK \l "请假单""#, "请假单"),
        r("", "。"),
    );
    assert_eq!(
        File::new(&body).text(),
        "见[首页](https://a.example/)和[信箱](mailto:hr@a.example)与[请假单](#请假单)。\n\n请假单的填法<a id=\"请假单\"></a>\n"
    );
}

#[test]
fn a_font_of_signs_shows_them_for_letters() {
    let of = |font: &str, text: &str| r(&format!(r#"<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>"#), text);
    let body = format!("<w:p>{}{}{}</w:p>", of("Wingdings 2", "R"), r("", "同意 "), of("Wingdings", "o 不"));
    assert_eq!(File::new(&body).text(), "☑同意 □ 不\n");
}

#[test]
fn footnotes_stand_at_the_end() {
    let notes = format!(
        r#"<w:footnotes {NAMESPACES}><w:footnote w:id="-1" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">{}{}</w:footnote></w:footnotes>"#,
        p("注一。"),
        p("第二段。")
    );
    let ends =
        format!(r#"<w:endnotes {NAMESPACES}><w:endnote w:id="2">{}</w:endnote></w:endnotes>"#, p("尾注。"));
    let body = r#"<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/><w:t>乙</w:t></w:r></w:p>"#;
    let text = File::new(body)
        .with("footnotes", "footnotes.xml", notes.as_bytes())
        .with("endnotes", "endnotes.xml", ends.as_bytes())
        .text();
    assert_eq!(text, "甲[^1][^2]乙\n\n[^1]: 注一。\n\n    第二段。\n\n[^2]: 尾注。\n");
}

#[test]
fn changes_are_taken_as_accepted_and_told() {
    let change = |name: &str, text: &str| {
        format!(r#"<w:{name} w:id="1" w:author="a"><w:r><w:t>{text}</w:t></w:r></w:{name}>"#)
    };
    let gone = r#"<w:del w:id="2"><w:r><w:delText>三</w:delText></w:r></w:del>"#;
    let joined = format!(r#"<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr>{}</w:p>"#, r("", "前半，"));
    let body = format!(
        "<w:p>{}{gone}{}{}</w:p>{joined}{}",
        r("", "第一条 "),
        change("ins", "五"),
        r("", "日内。"),
        p("后半。")
    );
    let document = File::new(&body).read();
    assert_eq!(document.text, "第一条 五日内。\n\n前半，后半。\n");
    assert_eq!(told(&document, NoteKind::Inserted), ["五"]);
    assert_eq!(told(&document, NoteKind::Deleted), ["三"]);
    assert_eq!(document.notes[0].place, "第一条");
    assert_eq!(document.notes[0].line, 1);
}

#[test]
fn a_paragraph_that_was_removed_has_no_number() {
    let gone = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr><w:del w:id="4"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"#;
    let body = n(1, 0, "甲。") + gone + &n(1, 0, "乙。");
    let text = File::new(&body).numbering(&list(1, &level(0, "chineseCounting", "第%1条", ""))).text();
    assert_eq!(text, "第一条 甲。\n\n第二条 乙。\n");
}

#[test]
fn comments_and_hidden_text_are_told() {
    let comments = format!(
        r#"<w:comments {NAMESPACES}><w:comment w:id="0" w:author="王五">{}</w:comment></w:comments>"#,
        p("请核实")
    );
    let body = format!(
        r#"<w:p>{}{}<w:r><w:commentReference w:id="0"/></w:r></w:p>"#,
        r("", "甲"),
        r("<w:vanish/>", "不可见")
    );
    let document = File::new(&body).with("comments", "comments.xml", comments.as_bytes()).read();
    assert_eq!(document.text, "甲\n");
    assert_eq!(told(&document, NoteKind::Comment), ["王五: 请核实"]);
    assert_eq!(told(&document, NoteKind::Hidden), ["不可见"]);
}
