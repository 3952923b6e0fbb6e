//! Books that come as one file, and files whose names and texts are not UTF-8.

use super::Imported;
use crate::support::{Project, run_in};
use std::ffi::OsStr;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;

/// 制度 and 表 in GBK.
const RULES: &[u8] = b"\xd6\xc6\xb6\xc8";
const TABLE: &[u8] = b"\xb1\xed";

/// A zip of these entries, stored as they are.
fn zip(entries: &[(&[u8], &[u8])]) -> Vec<u8> {
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in entries {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let at = out.len() as u32;
        let size = (bytes.len() as u32).to_le_bytes();
        let mut common = vec![0, 0, 0, 0, 0, 0, 0, 0];
        common.extend(crc.sum().to_le_bytes());
        common.extend(size);
        common.extend(size);
        common.extend((name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        out.extend(b"PK\x03\x04\x14\x00");
        out.extend(&common);
        out.extend(*name);
        out.extend(*bytes);
        list.extend(b"PK\x01\x02\x14\x00\x14\x00");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(at.to_le_bytes());
        list.extend(*name);
    }
    let at = out.len() as u32;
    let count = (entries.len() as u16).to_le_bytes();
    out.extend(&list);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend((list.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn import(project: &Project, source: &str) -> Imported {
    project.run(&["import", source, "new"]).expect(0);
    let imported = Imported { folder: project.path().join("new") };
    imported.build();
    imported
}

#[test]
fn a_zip_is_imported_as_the_folder_in_it() {
    let project = Project::new("");
    let image = [RULES, b"/\xcd\xbc.png"].concat();
    let text = [RULES, b"/", RULES, b".md"].concat();
    let other = [RULES, b"/", TABLE, b".md"].concat();
    let mac = b"__MACOSX/x.md".as_slice();
    let docx = std::fs::read(crate::support::repository().join("tests/fixtures/word/01-采购管理制度.docx"));
    let docx = docx.expect("a document");
    let document = [RULES, b"/\xb2\xc9\xb9\xba.docx"].concat();
    project.write(
        "book.zip",
        zip(&[
            (&text, "# 制度\n\n见[表](表.md)。![图](图.png)\n".as_bytes()),
            (&other, &[b"# ", TABLE, b"\n\n", RULES, b"\n"].concat()),
            (&image, b"\x89PNG"),
            (&document, &docx),
            (mac, b"# no chapter"),
            (b"../out.md", b"# outside"),
            (b"/root.md", b"# outside"),
        ]),
    );
    let imported = import(&project, "book.zip");
    let mut files: Vec<String> = project.tree("new/content").into_keys().collect();
    files.retain(|name| !name.starts_with("images/"));
    assert_eq!(files, ["制度.md", "图.png", "表.md", "采购.md"]);
    assert_eq!(imported.findings(&["broken-link", "broken-image"]), Vec::<String>::new());
    assert!(imported.read("content/表.md").contains("制度"));
    assert_eq!(imported.told("decoded"), [("表.md".to_owned(), "GBK".to_owned())]);
    let unread: Vec<String> = imported.told("unread").into_iter().map(|(path, _)| path).collect();
    assert_eq!(unread, ["../out.md", "/root.md"]);
    assert!(!project.path().join("out.md").exists());
    // Again, nothing is new.
    let run = project.run(&["import", "book.zip", "new"]).expect(0);
    assert!(run.stderr().contains("0 files written"), "{}", run.stderr());
}

#[test]
fn names_and_texts_in_gbk_are_read_from_the_disk() {
    let project = Project::new("//- book/README.md\n# Home\n\n[制度](制度/表.md) ![](制度/图.png)\n");
    let folder = project.path().join("book").join(OsStr::from_bytes(RULES));
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join(OsStr::from_bytes(&[TABLE, b".md"].concat())), [b"# ", TABLE].concat())
        .expect("a chapter");
    std::fs::write(folder.join(OsStr::from_bytes(b"\xcd\xbc.png")), b"\x89PNG").expect("a picture");
    let imported = import(&project, "book");
    assert_eq!(imported.read("content/制度/表.md").trim(), "# 表");
    assert!(imported.has("content/制度/图.png"));
    assert_eq!(imported.findings(&["broken-link", "broken-image"]), Vec::<String>::new());
}

#[test]
fn bombs_and_broken_archives_are_refused() {
    let project = Project::new("");
    let mut bomb = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..160 {
        bomb.write_all(&vec![b'a'; 1 << 20]).expect("bytes");
    }
    let squeezed = bomb.finish().expect("bytes");
    let mut whole = zip(&[(b"a.md", &squeezed), (b"b.md", b"# B\n")]);
    // Method 8, and a size that lies.
    let central = memchr::memmem::find(&whole, b"PK\x01\x02").expect("a list");
    whole[8] = 8;
    whole[central + 10] = 8;
    project.write("bomb.zip", &whole);
    let run = run_in(project.path(), &["import", "bomb.zip", "new"]).expect(0);
    assert!(run.stderr().contains("1 chapter"), "{}", run.stderr());
    let imported = Imported { folder: project.path().join("new") };
    assert_eq!(imported.told("unread"), [("a.md".to_owned(), "too-large".to_owned())]);
    for (name, bytes) in [("a.zip", b"no zip".as_slice()), ("b.zip", b""), ("c.zip", &whole[..40])] {
        project.write(name, bytes);
        let run = project.run(&["import", name, "other"]).expect(2);
        assert!(run.stderr().contains("no zip file"), "{}", run.stderr());
    }
    assert!(!project.path().join("other").exists());
}

#[test]
fn names_with_very_many_folders_are_left_out_and_deep_ones_read() {
    let project = Project::new("");
    let endless = "a/".repeat(30_000) + "x.md";
    let deep = "b/".repeat(50) + "y.md";
    let entries: [(&[u8], &[u8]); 3] =
        [(endless.as_bytes(), b"# Endless\n"), (deep.as_bytes(), b"# Deep\n"), (b"z.md", b"# Z\n")];
    project.write("book.zip", zip(&entries));
    let imported = import(&project, "book.zip");
    let files: Vec<String> = imported.told("chapter").into_iter().map(|(file, _)| file).collect();
    assert_eq!(files, [deep, "z.md".to_owned()]);
    assert!(imported.told("unread").iter().any(|(path, _)| *path == endless));
}
