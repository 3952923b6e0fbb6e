//! Folders that a disk may take for one, and what is reached through links: who may not see the one
//! does not see the other.

use super::AUDIENCES;
use crate::support::Project;

const TEXT: &str = "# 薪酬\n\n秘密数字。\n";

fn project() -> Project {
    let project = Project::new("//- content/index.md\n# 首页\n");
    project.write("handbook.yaml", format!("title: 手册\nlanguage: zh-CN\n{AUDIENCES}"));
    project
}

fn page(audience: &str) -> String {
    format!("---\naudience: {audience}\n---\n# 一处\n")
}

/// Whether an audience's site holds the text of the chapter; and what is told if it cannot be made.
fn sees(project: &Project, audience: &str) -> bool {
    project.run(&["build", "--audience", audience, "--replace", "--shrink"]).expect(0);
    let site = project.tree("site");
    site.values().any(|bytes| String::from_utf8_lossy(bytes).contains("秘密数字"))
}

#[test]
fn a_folder_of_another_spelling_narrows_and_never_widens() {
    for (page_of, folder) in [
        ("Board/index.md", "board"),
        ("F\u{FC}hrung/index.md", "Fu\u{308}hrung"),
        ("board /index.md", "board"),
        ("Board/README.md", "board/deep"),
        ("D.md", "d"),
        ("d.md", "D/deep"),
        ("Ａ/index.md", "A"),
    ] {
        let project = project();
        project.write(&format!("content/{folder}/pay.md"), TEXT);
        project.write(&format!("content/{page_of}"), page("board"));
        assert!(!sees(&project, "everyone"), "{page_of} {folder}");
        assert!(sees(&project, "board"), "{page_of} {folder}: the board sees it");
        // What the folder says itself counts, and so does what the chapter says.
        project.write(&format!("content/{page_of}"), page("everyone"));
        project.write(&format!("content/{folder}/pay.md"), format!("---\naudience: board\n---\n{TEXT}"));
        assert!(!sees(&project, "everyone"), "{page_of} {folder}: never widens");
    }
}

#[cfg(unix)]
#[test]
fn a_link_shows_no_more_than_the_folder_that_it_leads_to() {
    use std::os::unix::fs::symlink;
    for (target, link, at) in [
        ("d/pay.md", "content/x.md", "x"),
        ("d/e", "content/pub", "pub/pay"),
        ("../d/pay.md", "content/open/y.md", "open/y"),
        ("d/e/pay.md", "content/x.md", "x"),
    ] {
        let project = project();
        project.write("content/d/index.md", page("board"));
        project.write("content/d/pay.md", TEXT);
        project.write("content/d/e/pay.md", TEXT);
        project.write("content/open/index.md", page("everyone"));
        symlink(target, project.path().join(link)).expect("a link");
        assert!(!sees(&project, "everyone"), "{link}");
        assert!(sees(&project, "board"), "{link}: the board sees it");
        assert!(project.path().join(format!("site/{at}.html")).exists(), "{link}: where it is a page");
        // To what everyone may see a link may lead.
        project.write("content/d/index.md", page("everyone"));
        assert!(sees(&project, "everyone"), "{link}: everyone sees it");
        assert!(project.path().join(format!("site/{at}.html")).exists(), "{link}: where it is a page");
    }
}
