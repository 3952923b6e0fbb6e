//! Pictures, boxes, formulas, controls, contents.

use super::*;

fn drawing(id: &str, alt: &str) -> String {
    format!(
        r#"<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{alt}"/><a:graphic><a:graphicData><a:blip r:embed="{id}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
    )
}

#[test]
fn pictures_come_along_with_their_words() {
    let body = drawing("rId-media/image1.png", "流程 [图]")
        + &drawing("rId-media/image2.emf", "")
        + &drawing("none", "");
    let file =
        File::new(&body).with("image", "media/image1.png", b"png").with("image", "media/image2.emf", b"emf");
    let document = file.read();
    assert_eq!(document.text, "![流程 \\[图\\]](图/image1.png)\n\n[image2.emf](图/image2.emf)\n");
    let pictures: Vec<_> =
        document.pictures.iter().map(|picture| (picture.name.as_str(), picture.bytes.as_slice())).collect();
    assert_eq!(pictures, [("image1.png", b"png".as_slice()), ("image2.emf", b"emf")]);
    assert_eq!(told(&document, NoteKind::Picture), ["image2.emf", "?"]);
}

#[test]
fn the_text_of_a_box_is_read_once_and_told() {
    let inside = p("框里的字");
    let body = format!(
        r#"<w:p><w:r><w:t>段落</w:t><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"#
    );
    let document = File::new(&body).read();
    assert_eq!(document.text, "段落\n\n框里的字\n");
    assert_eq!(told(&document, NoteKind::TextBox), ["框里的字"]);
}

#[test]
fn formulas_become_tex_and_are_told() {
    let run = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let fraction = format!("<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>", run("a"), run("b"));
    let body = format!(
        "<w:p>{}<m:oMath>{}{fraction}</m:oMath></w:p><w:p><m:oMathPara><m:oMath>{}</m:oMath></m:oMathPara></w:p>",
        r("", "其中 "),
        run("x="),
        run("合计×α")
    );
    let document = File::new(&body).read();
    assert_eq!(
        document.text,
        "其中 $x=\\frac{a}{b}$\n\n$$\\text{合计\\times α}$$\n"
            .replace("\\text{合计\\times α}", "\\text{合计×α}")
    );
    assert_eq!(told(&document, NoteKind::Formula).len(), 2);
}

#[test]
fn controls_are_opened_and_contents_left_out() {
    let gallery =
        r#"<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>"#;
    let contents =
        format!("<w:sdt>{gallery}<w:sdtContent>{}{}</w:sdtContent></w:sdt>", p("目录"), p("第一章 总则 1"));
    let field = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let typed = format!(
        r#"{}<w:p>{}<w:r><w:instrText>TOC \o "1-3"</w:instrText></w:r>{}{}</w:p>{}<w:p>{}</w:p>"#,
        p("目　录"),
        field("begin"),
        field("separate"),
        r("", "一"),
        p("二"),
        field("end")
    );
    let control = format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", p("控件里的字"));
    let document = File::new(&(contents + &typed + &control)).read();
    assert_eq!(document.text, "控件里的字\n");
    assert_eq!(told(&document, NoteKind::Contents).len(), 2);
}

#[test]
fn circled_numbers_and_readings_of_old_fields_are_read() {
    let field = |instruction: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let body = format!(
        "<w:p>{}{}{}</w:p>",
        field(r"eq \o\ac(○,11)"),
        r("", "甲"),
        field(r"EQ \* jc0 \o\ad(\s\up 9(yín),银)")
    );
    assert_eq!(File::new(&body).text(), "⑪甲<ruby>银<rt>yín</rt></ruby>\n");
}

#[test]
fn strict_files_and_other_prefixes_are_read_alike() {
    let document = concat!(
        r#"<?xml version="1.0"?><x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main">"#,
        "<x:body><x:p><x:r><x:t>严格&#20844;文</x:t></x:r></x:p></x:body></x:document>"
    );
    let bytes = zip(&[(b"word/document.xml", document.as_bytes())]);
    assert_eq!(read(&bytes, "").expect("a document").text, "严格公文\n");
}

#[test]
fn a_chapter_is_front_matter_text_and_pictures_beside_it() {
    let title = pp(r#"<w:jc w:val="center"/>"#, "制度");
    let changed = r#"<w:p><w:ins w:id="1"><w:r><w:t>第一条 新。</w:t></w:r></w:ins></w:p>"#;
    let bytes = File::new(&(title + &drawing("rId-media/a.png", "图") + changed))
        .with("image", "media/a.png", b"png")
        .bytes();
    let chapter = crate::import::word::chapter::chapter("人事/制度 一.docx", &bytes).expect("a chapter");
    assert_eq!(chapter.text, "---\ntitle: 制度\n---\n\n![图](images/制度%20一/a.png)\n\n第一条 新。\n");
    assert_eq!(chapter.files, [("images/制度 一/a.png".to_owned(), b"png".to_vec())]);
    let line = chapter.text.lines().nth(chapter.notes[0].line - 1);
    assert_eq!((line, chapter.notes[0].place.as_str()), (Some("第一条 新。"), "第一条"));
}

#[test]
fn a_picture_in_a_box_comes_once() {
    let inside = drawing("rId-media/a.png", "");
    let body = format!(
        r#"<w:p><w:r><w:t>段</w:t><w:drawing><wp:anchor><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wp:anchor></w:drawing></w:r></w:p>"#
    );
    let text = File::new(&body).with("image", "media/a.png", b"png").text();
    assert_eq!(text, "段\n\n![](图/a.png)\n");
}

#[test]
fn a_typed_table_of_contents_is_left_out_and_told() {
    let entry = |words: &str, number: &str| {
        format!("<w:p>{}<w:r><w:tab/></w:r>{}</w:p>", r("", words), r("", number))
    };
    let tabbed = |words: &str| format!("<w:p>{}<w:r><w:tab/></w:r>{}</w:p>", r("", words), r("", "8"));
    let body = p("目 录")
        + &entry("第一章 总则", "1")
        + &p("第二章 分则……………2")
        + &p("第一条 目的如下。")
        + &tabbed("第二条 天数");
    let document = File::new(&body).read();
    assert!(!document.text.contains("目") || document.text.contains("目的"), "{}", document.text);
    assert!(!document.text.contains("总则") && !document.text.contains("分则"), "{}", document.text);
    assert!(document.text.contains("第二条 天数 8"), "{}", document.text);
    assert_eq!(told(&document, NoteKind::Contents).len(), 1);
}
