//! Files that are none, are not whole, or are made to do harm.

use super::*;

fn refused(bytes: &[u8]) -> Refusal {
    read(bytes, "").expect_err("no document")
}

#[test]
fn what_is_no_document_is_told_apart() {
    assert_eq!(refused(b""), Refusal::NotWord);
    assert_eq!(refused(b"PK\x03\x04"), Refusal::Damaged);
    assert_eq!(refused(&zip(&[(b"a.txt", b"a")])), Refusal::NotWord);
    assert_eq!(refused(b"{\\rtf1 a}"), Refusal::OldFormat);
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest".to_vec();
    assert_eq!(refused(&old), Refusal::OldFormat);
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused(&[old, name].concat()), Refusal::Encrypted);
}

#[test]
fn entities_are_refused() {
    let with = |xml: &str| zip(&[(b"word/document.xml", xml.as_bytes())]);
    let doctype = r#"<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>"#;
    assert_eq!(refused(&with(doctype)), Refusal::Entities);
    let unknown = format!("<w:document {NAMESPACES}><w:body>&x;</w:body></w:document>");
    assert_eq!(refused(&with(&unknown)), Refusal::Entities);
}

#[test]
fn depth_and_size_are_bounded() {
    let deep = "<w:p>".repeat(100_000);
    assert_eq!(refused(&File::new(&deep).bytes()), Refusal::TooLarge);
    let large = vec![b' '; 200 << 20];
    assert_eq!(refused(&zip(&[(b"word/document.xml", &large)])), Refusal::TooLarge);
}

#[test]
fn names_that_lead_out_are_told_and_not_read() {
    let document = format!("<w:document {NAMESPACES}><w:body>{}</w:body></w:document>", p("甲"));
    let bytes =
        zip(&[(b"../x.xml", b"x"), (b"/etc/passwd", b"x"), (b"word/document.xml", document.as_bytes())]);
    let read = read(&bytes, "").expect("a document");
    assert_eq!(told(&read, NoteKind::Outside), ["../x.xml", "/etc/passwd"]);
    let file = File::new(r#"<w:p><w:r><w:drawing><a:blip r:embed="p"/></w:drawing></w:r></w:p>"#);
    let document = file.related("p", "image", "../../../etc/passwd", "").read();
    assert!(document.pictures.is_empty());
}

#[test]
fn styles_and_lists_that_go_round_end() {
    let styles =
        style("a", "甲", r#"<w:basedOn w:val="b"/>"#) + &style("b", "乙", r#"<w:basedOn w:val="a"/>"#);
    let lists = r#"<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="a"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>"#;
    let body =
        pp(r#"<w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr>"#, "文");
    assert_eq!(File::new(&body).styles(&styles).numbering(lists).text(), "文\n");
}

#[test]
fn no_cut_or_changed_file_ends_otherwise_than_with_a_word() {
    let body = p("第一条 甲。") + &n(1, 0, "乙") + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    let bytes = File::new(&body).numbering(&list(1, &level(0, "decimal", "%1.%9", ""))).bytes();
    for end in 0..bytes.len() {
        let _ = read(&bytes[..end], "");
    }
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x55;
        let _ = read(&changed, "");
    }
}

#[test]
fn names_of_archives_may_be_gbk() {
    let name = [b"\xd6\xc6\xb6\xc8/".as_slice(), b"\xb2\xc9\xb9\xba.docx"].concat();
    let bytes = zip(&[(&name, b"x")]);
    let archive = crate::import::archive::Archive::open(&bytes, Default::default()).expect("an archive");
    assert_eq!(archive.names().collect::<Vec<_>>(), ["制度/采购.docx"]);
}

#[test]
fn two_lists_whose_indents_grow_by_turns_do_not_nest_without_end() {
    let item = |at: usize| {
        let properties =
            r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="LIST"/></w:numPr><w:ind w:left="INDENT"/>"#;
        let properties = properties.replace("LIST", if at.is_multiple_of(2) { "1" } else { "2" });
        pp(&properties.replace("INDENT", &(at * 100).to_string()), "甲")
    };
    let lists = list(1, &level(0, "bullet", "·", "")) + &list(2, &level(0, "bullet", "·", ""));
    let text = |items: usize| File::new(&(0..items).map(item).collect::<String>()).numbering(&lists).text();
    let (some, more) = (text(1_000).len(), text(4_000).len());
    assert!(more < some * 5, "{some} {more}");
}

#[test]
fn many_pictures_of_one_name_each_get_their_own() {
    let many = 3_000;
    let body: String = (0..many)
        .map(|at| {
            format!(r#"<w:p><w:r><w:drawing><a:blip r:embed="rId-m{at}/a.png"/></w:drawing></w:r></w:p>"#)
        })
        .collect();
    let file = (0..many).fold(File::new(&body), |file, at| file.with("image", &format!("m{at}/a.png"), b"x"));
    let document = file.read();
    let names: std::collections::BTreeSet<_> =
        document.pictures.iter().map(|picture| &picture.name).collect();
    assert_eq!((names.len(), document.pictures.len()), (many, many));
    assert_eq!(document.pictures[many - 1].name, format!("a-{many}.png"));
}
