//! A folder of Word documents becomes a handbook whose clauses are those that Word shows.

use crate::support::{Project, repository};
use std::fs;

/// Imports the documents of `tests/fixtures/word` and builds what comes of them.
fn documents() -> Project {
    let project = Project::new("//- book/notes.txt\nnot a chapter\n");
    let fixtures = repository().join("tests/fixtures/word");
    for entry in fs::read_dir(&fixtures).expect("tests/fixtures/word").flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "docx") {
            let to = project.path().join("book").join(entry.file_name());
            fs::copy(entry.path(), to).expect("a document");
        }
    }
    project.run(&["import", "book", "new"]).expect(0);
    project.run(&["build", "-C", "new"]).expect(0);
    project
}

#[test]
fn a_folder_of_documents_becomes_a_handbook() {
    let project = documents();
    let chapters = project.tree("new/content");
    assert_eq!(chapters.iter().filter(|(name, _)| name.ends_with(".md")).count(), 12);
    let page = project.page("new/site/01-采购管理制度.html");
    assert_eq!(page.texts("h1"), ["采购管理制度"]);
    let clauses = page.texts(".text .clause-number");
    assert_eq!(clauses, ["第一条", "第二条", "第三条", "第四条"]);
    let control = page.texts(".control, .facts").join(" ");
    assert!(control.contains("CG-001") || page.texts("main").join(" ").contains("CG-001"));
    let text = page.texts(".text").join("");
    for item in ["（一）原材料；", "①电脑；", "第二章 采购程序", "（二）紧急采购。"]
    {
        assert!(text.replace(' ', "").contains(&item.replace(' ', "")), "{item}: {text}");
    }
}

#[test]
fn tracked_changes_are_taken_as_accepted_and_told() {
    let project = documents();
    let report = project.read("new/import-report.md");
    assert!(report.contains("修订") || report.contains("Tracked insertions"), "{report}");
    let text = project.page("new/site/07-合同管理制度.html").texts(".text").join("");
    assert!(text.contains("法务部") && !text.contains("办公室"), "{text}");
}

#[test]
fn what_is_no_document_is_told_and_stops_nothing() {
    let project = Project::new("//- book/a.md\n# 甲\n//- book/b.docx\nno zip\n//- book/~$c.docx\nlock\n");
    fs::write(project.path().join("book/d.doc"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").expect("a file");
    project.run(&["import", "book", "new"]).expect(0);
    let report = project.read("new/import-report.json");
    for (kind, path) in [("not-word", "b.docx"), ("old-format", "d.doc")] {
        assert!(report.contains(kind) && report.contains(path), "{kind}: {report}");
    }
    assert!(report.contains("\"not-word\": 1"), "a lock is no document: {report}");
    project.run(&["build", "-C", "new"]).expect(0);
}

/// A document of these paragraphs, as a program would write it that writes as little as it can.
fn document(paragraphs: &[&str]) -> Vec<u8> {
    let text = |text: &&str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    package(&paragraphs.iter().map(text).collect::<String>(), &[])
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A document with this body and these pictures, which are no pictures.
fn package(body: &str, pictures: &[&str]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let text =
        format!(r#"<w:document xmlns:w="{main}" xmlns:r="{OFFICE}"><w:body>{body}</w:body></w:document>"#);
    let relations = |all: String| format!(r#"<Relationships xmlns="{package}">{all}</Relationships>"#);
    let relation = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let own = pictures.iter().map(|name| relation(name, "image", &format!("media/{name}"))).collect();
    let files = [
        ("word/document.xml".to_owned(), text),
        ("_rels/.rels".to_owned(), relations(relation("r", "officeDocument", "word/document.xml"))),
        ("word/_rels/document.xml.rels".to_owned(), relations(own)),
    ];
    let pictures = pictures.iter().map(|name| (format!("word/media/{name}"), "x".to_owned()));
    crate::audit::pack(&files.into_iter().chain(pictures).collect())
}

#[test]
fn who_may_read_a_document_is_kept_or_stops_publishing() {
    let project = Project::new("//- book/notes.txt\nx\n");
    let put = |name: &str, lines: &[&str]| {
        fs::write(project.path().join("book").join(name), document(lines)).expect("a document");
    };
    put("纪要.docx", &["密级：机密    知悉范围：管理层", "第一条 工资壹佰万元。"]);
    put("标记.docx", &["机密★一年", "第一条 另一条。"]);
    put("普通.docx", &["第一条 人人可看。"]);
    project.run(&["import", "book", "new", "--lang", "zh"]).expect(0);
    let report = project.read("new/import-report.md");
    let told = report.split("## ").nth(2).unwrap_or_default().to_owned();
    assert!(told.contains("audience: 管理层") && told.contains("密级: 机密★一年"), "{report}");
    assert!(!told.contains("普通"), "{told}");
    let stopped = project.run(&["publish", "-C", "new", "out"]);
    assert_ne!(stopped.status(), 0, "nobody has decided who may read them");
    // Once the group has a name, the row says who may read it.
    let settings = project.read("new/handbook.yaml")
        + "audiences:\n  everyone: 全体\n  managers: {name: 管理层, includes: [everyone]}\n";
    project.write("new/handbook.yaml", &settings);
    project.run(&["import", "book", "new", "--lang", "zh"]).expect(0);
    assert!(project.read("new/content/纪要.md").contains("audience:\n- 管理层"));
    project.write("new/content/标记.md", "---\naudience: managers\n---\n\n第一条 另一条。\n");
    project.run(&["publish", "-C", "new", "--audience", "everyone", "out"]).expect(0);
    let site = project.tree("out");
    assert!(site.iter().any(|(name, _)| name == "普通.html"));
    assert!(!site.iter().any(|(name, _)| name == "纪要.html" || name == "标记.html"));
}

#[test]
fn what_did_not_come_along_is_left_to_do() {
    let project =
        Project::new("//- book/扫描.pdf\n%PDF-1.4\n//- book/坏.docx\nno zip\n//- book/logo.svg\n<svg/>\n");
    fs::write(project.path().join("book/空.docx"), document(&[])).expect("a document");
    fs::write(project.path().join("book/甲.docx"), document(&["第一条 正文。"])).expect("a document");
    project.run(&["import", "book", "new", "--from", "word"]).expect(0);
    let report: serde_json::Value =
        serde_json::from_str(&project.read("new/import-report.json")).expect("JSON");
    assert_eq!(report["tool"], "word");
    let entries = report["entries"].as_array().expect("entries").clone();
    let told = |path: &str| {
        let own = entries.iter().filter(|entry| entry["path"] == path);
        let kinds = own.map(|entry| (entry["kind"].as_str().unwrap_or("").to_owned(), entry["left"] == true));
        kinds.filter(|(kind, _)| kind != "chapter").collect::<Vec<_>>()
    };
    assert_eq!(told("扫描.pdf"), [("document".to_owned(), true)]);
    assert_eq!(told("坏.docx"), [("not-word".to_owned(), true)]);
    assert_eq!(told("空.docx"), [("empty".to_owned(), true)]);
    assert_eq!(told("logo.svg"), [("not-copied".to_owned(), false)]);
}

#[test]
fn an_old_document_alone_says_how_to_save_it() {
    let project = Project::new("//- notes.txt\nx\n");
    fs::write(project.path().join("旧制度.doc"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").expect("a file");
    let said = project.run(&["import", "旧制度.doc", "x", "--lang", "zh"]).expect(2).stderr();
    assert!(said.contains(".docx") && !said.contains("--from"), "{said}");
}

#[test]
fn a_file_alone_that_is_no_chapter_says_what_to_save() {
    let project = Project::new("//- 说明.txt\nx\n//- 扫描.pdf\n%PDF-1.4\n");
    for name in ["说明.txt", "扫描.pdf"] {
        let said = project.run(&["import", name, "x", "--lang", "zh"]).expect(2).stderr();
        assert!(said.contains(name) && said.contains(".docx") && !said.contains("--from"), "{said}");
    }
}

#[test]
fn texts_beside_the_rules_are_left_to_do() {
    let project = Project::new(
        "//- book/a.md\n# 甲\n\n[下载](表.docx)\n//- book/旧制度.txt\nx\n//- book/旧页.htm\n<p>x</p>\n",
    );
    // A form that a text links to is a file, any other document a chapter.
    for name in ["表", "制度"] {
        let file = project.path().join(format!("book/{name}.docx"));
        fs::write(file, document(&["第一条 正文。"])).expect("a document");
    }
    let rare = [&b"# "[..], &[0xD6, 0xC6, 0xB6, 0xC8, 0x95, 0x32, 0x82, 0x36]].concat();
    fs::write(project.path().join("book/稀见.md"), rare).expect("a file");
    fs::write(project.path().join("book/乱.md"), b"# caf\xe9").expect("a file");
    project.run(&["import", "book", "new", "--lang", "zh"]).expect(0);
    let report = project.read("new/import-report.md");
    let left = report.split("## 已经做好的").next().unwrap_or_default();
    for name in ["旧制度.txt", "旧页.htm", "乱.md"] {
        assert!(left.contains(name), "{name}: {report}");
    }
    assert!(left.contains("请另存为 UTF-8"), "{left}");
    let files = project.tree("new/content");
    assert!(files.contains_key("表.docx") && files.contains_key("制度.md") && !files.contains_key("表.md"));
    assert!(project.read("new/content/稀见.md").contains("# 制度𠀀"));
}

#[test]
fn a_document_that_a_chapter_links_to_is_copied() {
    let text = "# 甲\n\n下载[请假单](表单/请假单.docx)。\n";
    for settings in ["", "site_name: x\n"] {
        let project = Project::new("//- x\n");
        let chapter = if settings.is_empty() { "book/a.md" } else { "book/docs/index.md" };
        project.write(chapter, text);
        if !settings.is_empty() {
            project.write("book/mkdocs.yml", settings);
        }
        let form = project.path().join(chapter).with_file_name("表单");
        fs::create_dir_all(&form).expect("a folder");
        fs::write(form.join("请假单.docx"), document(&["第一条 正文。"])).expect("a document");
        project.run(&["import", "book", "new"]).expect(0);
        let files = project.tree("new/content");
        assert!(files.contains_key("表单/请假单.docx"), "{:?}", files.keys());
        assert!(!files.contains_key("表单/请假单.md"), "{:?}", files.keys());
        let page = files.keys().find(|name| name.ends_with(".md")).expect("a chapter").clone();
        assert!(project.read(&format!("new/content/{page}")).contains("(表单/请假单.docx)"));
    }
}

#[test]
fn a_name_with_a_hash_keeps_its_pictures() {
    let project = Project::new("//- book/notes.txt\nx\n");
    let drawing = r#"<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="p.png"/></w:drawing></w:r></w:p>"#;
    let body = format!("<w:p><w:r><w:t>第一条 正文。</w:t></w:r></w:p>{drawing}");
    fs::write(project.path().join("book/1#宿舍.docx"), package(&body, &["p.png"])).expect("a document");
    project.run(&["import", "book", "new", "--from", "word"]).expect(0);
    let report = project.read("new/import-report.json");
    assert!(!report.contains("missing-file"), "{report}");
    let text = project.read("new/content/1#宿舍.md");
    assert!(text.contains("![](images/1%23宿舍/p.png)"), "{text}");
    project.run(&["build", "-C", "new"]).expect(0);
    assert_eq!(project.page("new/site/1#宿舍.html").all("main img").len(), 1);
}

#[test]
fn keys_in_chinese_become_the_fields_they_name() {
    let project = Project::new(
        "//- book/a.md\n---\n标题: 考勤制度\n状态: 作废\n生效日期: 2024-01-01\n归口部门: 人事部\n---\n第一条 甲。\n",
    );
    project.run(&["import", "book", "new"]).expect(0);
    let text = project.read("new/content/a.md");
    for line in ["title: 考勤制度", "status: 作废", "effective: 2024-01-01", "owner: 人事部"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(!text.contains("extra"), "{text}");
}

#[test]
fn no_report_of_an_import_is_a_chapter() {
    let project = Project::new(
        "//- content/a.md\n# 甲\n//- content/采购/import-report.md\n# 导入报告\n\n隐藏文字\n//- content/采购/import-report-2.json\n{}\n",
    );
    project.run(&["build"]).expect(0);
    let site = project.tree("site");
    assert!(!site.keys().any(|name| name.contains("import-report")), "{:?}", site.keys());
}

#[test]
fn no_handbook_is_put_into_another() {
    let project = Project::new("//- handbook.yaml\ntitle: 手册\n//- content/a.md\n# 甲\n");
    fs::write(project.path().join("x.docx"), document(&["第一条 正文。"])).expect("a document");
    let said = project.run(&["import", "x.docx", "content/行政", "--lang", "zh"]).expect(2).stderr();
    assert!(said.contains("content/行政"), "{said}");
    assert!(!project.path().join("content/行政").exists());
    // Nor where an older import did.
    project.run(&["import", "x.docx", "new"]).expect(0);
    let manifest = project.read("new/.handbook-import.json");
    project.write("content/行政/.handbook-import.json", &manifest);
    project.run(&["import", "x.docx", "content/行政"]).expect(2);
}

#[test]
fn the_version_in_a_name_is_the_version() {
    let project = Project::new("//- notes.txt\nx\n");
    let title = r#"<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>会议室使用规定</w:t></w:r></w:p>"#;
    let body = format!("{title}<w:p><w:r><w:t>第一条 正文。</w:t></w:r></w:p>");
    let file = project.path().join("会议室使用规定V2.0（试行）.docx");
    fs::write(file, package(&body, &[])).expect("a document");
    project.run(&["import", "会议室使用规定V2.0（试行）.docx", "new"]).expect(0);
    let text = project.read("new/content/会议室使用规定V2.0（试行）.md");
    assert!(text.contains("version: V2.0"), "{text}");
}

#[test]
fn pictures_that_came_along_are_not_missed() {
    let project = Project::new("//- book/notes.txt\nx\n");
    let drawing = r#"<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:embed="p.png"/></w:drawing></w:r></w:p>"#;
    let body = format!("<w:p><w:r><w:t>第一条 正文。</w:t></w:r></w:p>{drawing}");
    fs::write(project.path().join("book/甲.docx"), package(&body, &["p.png"])).expect("a document");
    project.run(&["import", "book", "new", "--from", "word"]).expect(0);
    let report: serde_json::Value =
        serde_json::from_str(&project.read("new/import-report.json")).expect("JSON");
    assert_eq!(report["counts"]["missing-file"], serde_json::Value::Null, "{}", report["counts"]);
    assert!(project.tree("new/content").keys().any(|name| name.starts_with("images/甲/")));
}
