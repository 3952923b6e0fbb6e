//! `handbook audit`: the bundle for an auditor, and whether it is what the repository holds.

use crate::editions::git;
use crate::support::Project;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

const BOOK: &str = "
//- handbook.yaml
title: 手册
language: zh-CN
editions: git
audiences: {staff: 员工, board: {name: 董事会, includes: [staff]}}
//- content/index.md
# 首页
//- content/hr/leave.md
---
title: 休假制度
id: HR-001
status: in_force
version: '1.0'
effective: 2025-01-01
owner: 人事经理
approver: 总经理
required_reading: all
approvals:
  - {by: 总经理, date: 2024-12-20, version: '1.0', record: OA-17}
reviews:
  - {date: 2025-12-01, by: 人事经理, outcome: unchanged}
---
第一条 每人五天年假，见[薪酬](../pay.md)。

![流程](flow.svg)
//- content/hr/flow.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"8\"></svg>
//- content/hr/unused.svg
<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"8\"></svg>
//- content/pay.md
---
title: 薪酬秘密
id: PAY-9
status: in_force
version: '7.7'
effective: 2025-01-01
audience: board
approvals: [{by: 董事长, date: 2024-12-20, record: 秘密决议}]
---
秘密的数字。
//- content/old.md
---
title: 旧制度
id: OLD-1
status: retired
version: '1'
---
不再施行。
";

/// The book in a repository: a version of a year ago, and the one of today.
fn project() -> Project {
    let project = Project::new(BOOK);
    git(&project, "2024-12-20", &["init", "-q", "-b", "main"]);
    git(&project, "2024-12-20", &["add", "-A"]);
    git(&project, "2024-12-20", &["commit", "-qm", "one"]);
    let text = project.read("content/hr/leave.md");
    let text = text.replace("version: '1.0'\neffective: 2025-01-01", "version: '2.0'\neffective: 2026-03-01");
    project.write("content/hr/leave.md", text.replace("五天", "六天"));
    git(&project, "2026-02-01", &["commit", "-qam", "two"]);
    project
}

pub(crate) fn entries(project: &Project, path: &str) -> BTreeMap<String, String> {
    let bytes = std::fs::read(project.path().join(path)).expect("a bundle");
    let archive = rawzip::ZipArchive::from_slice(&bytes).expect("a zip");
    let (mut files, mut list) = (BTreeMap::new(), archive.entries());
    while let Some(entry) = list.next_entry().expect("an entry") {
        let name = String::from_utf8(entry.file_path().as_ref().to_vec()).expect("UTF-8");
        let found = archive.get_entry(entry.wayfinder()).expect("an entry");
        let mut text = Vec::new();
        let inflated = flate2::bufread::DeflateDecoder::new(found.data());
        found.verifying_reader(inflated).read_to_end(&mut text).expect("whole");
        files.insert(name, String::from_utf8_lossy(&text).into_owned());
    }
    files
}

/// A zip of these files.
pub(crate) fn pack(files: &BTreeMap<String, String>) -> Vec<u8> {
    let mut zip = rawzip::ZipArchiveWriter::new(Vec::new());
    for (name, text) in files {
        let entry = zip.new_file(name.as_str()).compression_method(rawzip::CompressionMethod::DEFLATE);
        let (mut entry, config) = entry.start().expect("an entry");
        let encoder = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast());
        let mut writer = config.wrap(encoder);
        writer.write_all(text.as_bytes()).expect("written");
        let (encoder, descriptor) = writer.finish().expect("written");
        encoder.finish().expect("written");
        entry.finish(descriptor).expect("written");
    }
    zip.finish().expect("written")
}

#[test]
fn a_bundle_holds_the_texts_and_the_evidence_of_its_day() {
    let project = project();
    let made = project.run(&["audit", "--date", "2025-06-01", "-o", "a.zip"]).expect(0);
    let files = entries(&project, "a.zip");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "approvals.json",
            "digests.txt",
            "manifest.json",
            "procedures.json",
            "register.csv",
            "register.json",
            "required-reading.json",
            "reviews.json",
            "texts/hr/flow.svg",
            "texts/hr/leave.html",
            "texts/hr/leave.md",
            "texts/pay.html",
            "texts/pay.md",
            "timelines.json",
        ]
    );
    assert!(files["texts/hr/leave.md"].contains("五天") && files["texts/hr/leave.html"].contains("五天"));
    assert!(
        files["texts/hr/leave.html"].contains("href=\"../pay.html\""),
        "{}",
        files["texts/hr/leave.html"]
    );
    assert!(files["register.csv"].starts_with('\u{feff}') && files["register.csv"].contains("OLD-1"));
    assert!(
        files["approvals.json"].contains("OA-17") && files["required-reading.json"].contains("\"all\": true")
    );
    assert!(files["timelines.json"].contains("\"version\": \"2.0\""));
    let digest = project.run(&["digest", "PAY-9"]).expect(0).stdout();
    assert!(files["digests.txt"].contains(&format!("{}\tPAY-9\t7.7\tpay.md\n", digest.trim())));
    let manifest: serde_json::Value = serde_json::from_str(&files["manifest.json"]).unwrap();
    let commit = manifest["commit"].as_str().unwrap().to_owned();
    assert!(commit.len() == 40 && made.stderr().contains(&commit), "{}", made.stderr());
    assert!(manifest["program"].as_str().unwrap().starts_with("handbook "));
    // Equal inputs, equal bytes, and it holds.
    project.run(&["audit", "--date", "2025-06-01", "-o", "b.zip"]).expect(0);
    let read = |name: &str| std::fs::read(project.path().join(name)).unwrap();
    assert_eq!(read("a.zip"), read("b.zip"));
    project.run(&["audit", "--verify", "a.zip"]).expect(0);
    // Later commits and edits change nothing of it.
    project.write("content/pay.md", "# 全新\n");
    let dirty = project.run(&["audit", "--date", "2025-06-01", "-o", "c.zip"]).expect(0);
    assert!(dirty.stderr().contains("not committed"), "{}", dirty.stderr());
    assert_eq!(read("a.zip"), read("c.zip"));
    git(&project, "2026-05-01", &["commit", "-qam", "three"]);
    project.run(&["audit", "--verify", "a.zip"]).expect(0);
    let today = project.run(&["audit", "--date", "2026-06-01", "-o", "d.zip"]).expect(0);
    assert!(!today.stderr().contains("not committed"), "{}", today.stderr());
    assert!(entries(&project, "d.zip")["texts/hr/leave.md"].contains("六天"));
}

#[test]
fn a_bundle_that_was_changed_does_not_hold() {
    let project = project();
    project.run(&["audit", "--date", "2025-06-01", "-o", "a.zip"]).expect(0);
    let whole = entries(&project, "a.zip");
    let verify = |files: &BTreeMap<String, String>| {
        project.write("forged.zip", pack(files));
        let run = project.run(&["audit", "--verify", "forged.zip"]);
        (run.status(), run.stderr())
    };
    assert_eq!(verify(&whole).0, 0, "packed in another way it is the same");
    for name in ["texts/hr/leave.md", "texts/hr/leave.html", "register.csv", "digests.txt", "approvals.json"]
    {
        let mut files = whole.clone();
        files.get_mut(name).unwrap().push_str("<!-- forged -->");
        let (status, stderr) = verify(&files);
        assert!(status == 1 && stderr.contains(&format!("differs: {name}")), "{name}: {stderr}");
    }
    // With a manifest that fits what was forged.
    let mut files = whole.clone();
    files.get_mut("register.csv").unwrap().push('X');
    let forged = handbook::chapter::version::sha256(files["register.csv"].as_bytes());
    let mut manifest: serde_json::Value = serde_json::from_str(&files["manifest.json"]).unwrap();
    manifest["files"]["register.csv"] = forged.into();
    files.insert("manifest.json".to_owned(), manifest.to_string());
    let (status, stderr) = verify(&files);
    assert!(status == 1 && stderr.contains("differs: register.csv"), "{stderr}");
    // Something is missing, or too much.
    let mut files = whole.clone();
    files.remove("texts/pay.md");
    files.insert("texts/more.md".to_owned(), "x".to_owned());
    let (status, stderr) = verify(&files);
    assert!(status == 1 && stderr.contains("texts/pay.md") && stderr.contains("texts/more.md"), "{stderr}");
    // Another version of the program may write other HTML, and nothing else.
    let mut files = whole.clone();
    let manifest = whole["manifest.json"].replacen("\"handbook ", "\"handbook 0.0.", 1);
    let other = files["texts/hr/leave.html"].replace("<hr>", "<hr class=\"new\">");
    let digest = |text: &str| handbook::chapter::version::sha256(text.as_bytes());
    let manifest = manifest.replace(&digest(&files["texts/hr/leave.html"]), &digest(&other));
    files.insert("texts/hr/leave.html".to_owned(), other);
    files.insert("manifest.json".to_owned(), manifest);
    let (status, stderr) = verify(&files);
    assert!(status == 0 && stderr.contains("HTML is not compared"), "{stderr}");
    // A commit that is not there, and none.
    let commit = serde_json::from_str::<serde_json::Value>(&whole["manifest.json"]).unwrap();
    let commit = commit["commit"].as_str().unwrap();
    for wrong in ["0".repeat(40), "--output=x".to_owned(), "HEAD".to_owned()] {
        let mut files = whole.clone();
        files.insert("manifest.json".to_owned(), whole["manifest.json"].replace(commit, &wrong));
        let (status, stderr) = verify(&files);
        assert!(status == 2 && stderr.contains("no commit"), "{wrong}: {stderr}");
    }
    project.write("no.zip", "PK");
    assert!(project.run(&["audit", "--verify", "no.zip"]).expect(2).stderr().contains("no bundle"));
    let mut files = whole.clone();
    files.remove("manifest.json");
    assert_eq!(verify(&files).0, 2);
}

#[test]
fn only_an_earlier_bundle_is_replaced_and_only_when_asked() {
    let project = project();
    let audit = |day: &str, path: &str, more: &[&str]| {
        project.run(&[&["audit", "--date", day, "-o", path], more].concat())
    };
    project.write("mine.zip", "mine");
    for more in [&[][..], &["--replace"]] {
        assert!(audit("2025-06-01", "mine.zip", more).expect(2).stderr().contains("mine.zip"));
        assert_eq!(project.read("mine.zip"), "mine");
    }
    audit("2025-06-01", "a.zip", &[]).expect(0);
    let first = std::fs::read(project.path().join("a.zip")).unwrap();
    audit("2025-06-01", "a.zip", &[]).expect(0);
    assert!(audit("2026-06-01", "a.zip", &[]).expect(2).stderr().contains("--replace"));
    assert_eq!(std::fs::read(project.path().join("a.zip")).unwrap(), first);
    audit("2026-06-01", "a.zip", &["--replace"]).expect(0);
    assert_ne!(std::fs::read(project.path().join("a.zip")).unwrap(), first);
    assert!(audit("2026-06-01", "content", &["--replace"]).expect(2).stderr().contains("content"));
    assert!(project.run(&["audit"]).expect(2).stderr().contains("-o FILE.zip"));
}

#[test]
fn a_project_without_a_repository_is_taken_as_it_lies() {
    let project = Project::new(&BOOK.replace("editions: git\n", ""));
    project.run(&["audit", "--date", "2025-06-01", "-o", "a.zip"]).expect(0);
    assert!(entries(&project, "a.zip")["manifest.json"].contains("\"commit\": \"\""));
    project.run(&["audit", "--verify", "a.zip"]).expect(0);
    project.write("content/pay.md", "# 全新\n");
    let changed = project.run(&["audit", "--verify", "a.zip"]).expect(1);
    assert!(changed.stderr().contains("texts/pay.md"), "{}", changed.stderr());
    // With errors there is no bundle.
    project.write("content/bad.md", "---\neffective: never\n---\n# F\n");
    project.run(&["audit", "--date", "2025-06-01", "-o", "bad.zip"]).expect(1);
    assert!(!project.path().join("bad.zip").exists());
}

#[test]
fn a_bundle_for_an_audience_holds_nothing_that_is_withheld() {
    let project = project();
    for day in ["2025-06-01", "2026-06-01"] {
        let name = format!("{day}.zip");
        project.run(&["audit", "--audience", "staff", "--date", day, "-o", &name]).expect(0);
        let files = entries(&project, &name);
        assert!(files["texts/hr/leave.html"].contains("天年假"), "what they may see is there");
        for (path, text) in &files {
            for secret in ["PAY-9", "pay.", "薪酬秘密", "7.7", "秘密", "董事长"] {
                assert!(!text.contains(secret) && !path.contains(secret), "{secret} in {path} of {day}");
            }
        }
        project.run(&["audit", "--verify", &name]).expect(0);
    }
    // As one that never held the chapter.
    git(&project, "2026-06-02", &["rm", "-q", "content/pay.md"]);
    git(&project, "2026-06-02", &["commit", "-qm", "gone"]);
    project.run(&["audit", "--audience", "staff", "--date", "2026-06-01", "-o", "gone.zip"]).expect(0);
    let (mut one, mut two) = (entries(&project, "2026-06-01.zip"), entries(&project, "gone.zip"));
    for files in [&mut one, &mut two] {
        // They name different commits, and a link to what is not there has a mark.
        files.remove("manifest.json");
        files.remove("texts/hr/leave.html");
    }
    assert_eq!(one, two);
}

#[test]
fn records_name_no_address_that_is_withheld() {
    let at = "https://intra.example.com/hb/pay.html";
    let records = format!(
        "approvals: [{{by: 甲, record: 见 {at}, digest: {}}}]\nreviews: [{{date: 2026-02-01, by: 乙, outcome: unchanged, note: 见 {at}}}]\nprocedure: {{讨论: {{date: 2026-01-01, record: 见 {at}}}}}\nrevisions: [{{version: '1', date: 2026-01-01, note: 见 {at}}}]",
        "0".repeat(64)
    );
    let project = Project::new(
        "\n//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\nbase_url: https://intra.example.com/hb/\naudiences: {staff: 员工, board: {name: 董事会, includes: [staff]}}\n//- content/pay.md\n---\ntitle: 薪酬\naudience: board\n---\n数字。\n",
    );
    project.write(
        "content/a.md",
        format!("---\ntitle: 甲\nid: A-1\nstatus: in_force\nversion: '1'\neffective: 2026-01-01\n{records}\n---\n正文。\n"),
    );
    // A release of a text that was not approved is refused, so the edition is made by hand.
    project.write("editions/A-1/1.md", project.read("content/a.md"));
    project.run(&["build", "--audience", "board", "-o", "all", "--date", "2026-11-28"]).expect(0);
    assert!(project.read("all/versions/A-1/index.html").contains("pay.html"), "whoever may see it does");
    project.run(&["build", "--audience", "staff", "--date", "2026-11-28"]).expect(0);
    project.run(&["audit", "--audience", "staff", "-o", "a.zip", "--date", "2026-11-28"]).expect(0);
    let site = project.tree("site").into_iter();
    let site = site.map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned()));
    for (name, text) in site.chain(entries(&project, "a.zip")) {
        assert!(!text.contains("pay.html"), "{name}");
    }
    assert!(project.read("site/a.html").contains("2026-02-01 乙"));
}
