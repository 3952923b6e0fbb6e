//! Files beside chapters: which are published, held back, told or never read.

use crate::support::Project;

const BOOK: &str = "
//- handbook.yaml
title: T
language: en
//- content/index.md
# Home
";

fn names(project: &Project) -> Vec<String> {
    project.tree("site").into_keys().collect()
}

/// All that `check` says, notes too.
fn told(project: &Project) -> String {
    let run = project.run(&["check"]);
    run.stdout() + &run.stderr()
}

#[test]
fn what_editors_leave_behind_is_not_published() {
    let project = Project::new(BOOK);
    let left = [
        "~$表.docx",
        ".~lock.表.odt#",
        "a.md~",
        "采购.md.bak",
        "采购.md.orig",
        ".a.md.swp",
        "x.TMP",
        "Thumbs.db",
        ".DS_Store",
        "desktop.ini",
        "#a.md#",
        "附件/~$b.xlsx",
        ".env",
        ".ssh/id_rsa",
        ".handbook/x.png",
    ];
    for name in left {
        project.write(&format!("content/{name}"), "LEFTBEHIND");
    }
    project.write("content/附件/表.txt", "x");
    project.write("content/a.md", "# A\n\n[表](附件/表.txt) [b](采购.md.bak) [c](.env)\n");
    let run = project.run(&["build"]).expect(0);
    for (name, bytes) in project.tree("site") {
        assert!(!String::from_utf8_lossy(&bytes).contains("LEFTBEHIND"), "{name}");
    }
    assert!(names(&project).contains(&"附件/表.txt".to_owned()));
    let told = told(&project);
    assert!(!told.contains("unused-file") && told.contains("broken-link"), "{told} {}", run.stderr());
}

#[test]
fn files_of_hidden_folders_are_published_where_a_chapter_shows_them() {
    let project = Project::new(BOOK);
    let used = [
        ".gitbook/assets/a 1.png",
        ".vuepress/public/logo.svg",
        "guide/.vitepress/public/img/b.png",
        ".attachments/c.pdf",
        ".assets/d.png",
        "guide/.images/e.png",
    ];
    let never = [
        ".gitbook/assets/unused.png",
        ".gitbook/f.png",
        ".vuepress/config.js",
        ".git/config",
        ".attachments/g.js",
        ".assets/.env",
        ".ssh/h.png",
        ".handbook/i.png",
        ".attachments/j.md",
        ".obsidian/k.png",
    ];
    for name in used.iter().chain(&never) {
        project.write(&format!("content/{name}"), "HIDDENFOLDER");
    }
    project.write(
        "content/guide/x.md",
        "# X\n\n![](<../.gitbook/assets/a 1.png>) ![](/logo.svg) ![](/img/b.png) [c](/.attachments/c.pdf) \
         <img src=\"../.assets/d.png\"> ![](.images/e.png)\n\n[1](../.git/config) [2](../%2egit/config) \
         [3](/.gitbook/f.png) [4](../.assets/.env) <a href=\"&#46;./.ssh/h.png\">5</a> ![](../.handbook/i.png) \
         [6](/.attachments/g.js) [7](/.attachments/j.md) [8](/.vuepress/config.js) ![](../.obsidian/k.png)\n",
    );
    let run = project.run(&["build", "--format", "json"]).expect(0);
    let site = names(&project);
    for name in used {
        assert!(site.contains(&name.to_owned()), "{name}: {site:?}\n{}", run.stderr());
    }
    for name in never {
        assert!(!site.iter().any(|made| made == name), "{name}");
    }
    assert_eq!(
        run.stdout().matches("\"broken-link\"").count() + run.stdout().matches("\"broken-image\"").count(),
        10
    );
    // As the preview reads them, folder by folder.
    let shown = project.read("site/guide/x.html");
    assert!(shown.contains("src=\"../.vuepress/public/logo.svg\""), "{shown}");
}

#[cfg(unix)]
#[test]
fn no_link_leads_to_what_is_hidden() {
    use std::os::unix::fs::symlink;
    // A bare folder, in which everything lies inside.
    let project = Project::new("");
    for name in [".git/config", ".env", ".ssh/id.png", "notes.bak"] {
        project.write(name, "HIDDENSECRET");
    }
    project.write(
        "a.md",
        "# A\n\n[1](one.txt) [2](docs/config) [3](pics/id.png) [4](four.txt) ![](.assets/x.png)\n",
    );
    for (target, link) in [(".env", "one.txt"), (".git", "docs"), (".ssh", "pics"), ("notes.bak", "four.txt")]
    {
        symlink(project.path().join(target), project.path().join(link)).expect("a link");
    }
    std::fs::create_dir(project.path().join(".assets")).expect("a folder");
    symlink(project.path().join(".ssh/id.png"), project.path().join(".assets/x.png")).expect("a link");
    let run = project.run(&["build"]).expect(0);
    assert!(run.stderr().contains("hidden file or folder"), "{}", run.stderr());
    for (name, bytes) in project.tree("site") {
        assert!(!String::from_utf8_lossy(&bytes).contains("HIDDENSECRET"), "{name}");
    }
}

#[test]
fn what_only_drafts_use_is_held_back_whatever_makes_them_drafts() {
    let project = Project::new(BOOK);
    for (at, front) in
        ["status: draft", "draft: true", "status: 待审", "published: false", "publishDate: 2999-01-01"]
            .iter()
            .enumerate()
    {
        project
            .write(&format!("content/c{at}.md"), format!("---\ntitle: C\n{front}\n---\n\n[x](x{at}.txt)\n"));
        project.write(&format!("content/x{at}.txt"), "HELDBACK");
    }
    project.run(&["build"]).expect(0);
    for (name, bytes) in project.tree("site") {
        assert!(!String::from_utf8_lossy(&bytes).contains("HELDBACK"), "{name}");
    }
    let told = told(&project);
    assert!(told.contains("foreign-value") && !told.contains("unused-file"), "{told}");
}

#[test]
fn a_file_that_nothing_uses_is_a_note_and_many_are_one() {
    let project = Project::new(BOOK);
    project.write("content/left.pdf", "x");
    for used in ["a.png", "b.pdf", "附件1.xlsx", "c.mp4", "d.pdf"] {
        project.write(&format!("content/{used}"), "x");
    }
    project.write(
        "content/p.md",
        "---\ntitle: P\nterms: [{term: 术语甲, definition: \"[d](d.pdf)\"}]\n---\n\n![](a.png) [b](b.pdf)，见附件1。\n\n<video src=\"c.mp4\"></video>\n",
    );
    let found = told(&project);
    assert_eq!(found.matches("[unused-file]").count(), 1, "{found}");
    assert!(found.contains("content/left.pdf"), "{found}");
    std::fs::remove_file(project.path().join("content/left.pdf")).unwrap();
    project.write("content/离职制度.md.txt", "# 离职\n");
    assert!(told(&project).contains("rename the file to 离职制度.md"), "{}", told(&project));
    for at in 0..400 {
        project.write(&format!("content/many/{at}.png"), "x");
    }
    let found = told(&project);
    assert_eq!(found.matches("[unused-file]").count(), 1, "{found}");
    assert!(found.contains("401 files"), "{found}");
    // A bare folder holds other things too, which nobody asked to publish.
    let bare = Project::new("//- a.md\n# A\n\n<b onclick=x>b</b>\n");
    bare.write("b.png", "x");
    let found = told(&bare);
    assert!(found.contains("[raw-html]") && !found.contains("unused-file"), "{found}");
}

#[test]
fn frames_leave_a_link_where_readers_can_follow_it() {
    let project = Project::new(BOOK);
    project.write("content/demo.html", "<p>x</p>");
    project.write("content/used.html", "<p>x</p>");
    project.write("content/draft.md", "---\ntitle: D\nstatus: draft\n---\n\n[x](held.html)\n");
    project.write("content/held.html", "<p>x</p>");
    project.write(
        "content/a.md",
        "# A\n\n<iframe src=\"https://www.youtube.com/embed/x?a=1&amp;b=2\" title=\"How to file a claim\"></iframe>\n\n\
         <div>\n<iframe\n  src=\"//player.example.cn/y\"></iframe>\n</div>\n\n\
         Text <embed src=\"https://example.com/z.swf\"> <object data=\"used.html\"></object>\n\n\
         <iframe src=\"held.html\"></iframe> <iframe src=\"none.html\"></iframe> <iframe src=\"javascript:x\"></iframe>\n\n\
         [u](used.html)\n",
    );
    project.write("content/styled.md", "# S\n\n<p style=\"color: red\">Red</p>\n");
    let run = project.run(&["build"]).expect(0);
    let page = project.page("site/a.html");
    let links = page.links("a.frame-link");
    let wanted = [
        ("https://www.youtube.com/embed/x?a=1&b=2", "How to file a claim"),
        ("https://player.example.cn/y", "//player.example.cn/y"),
        ("https://example.com/z.swf", "https://example.com/z.swf"),
        ("used.html", "used.html"),
    ];
    let wanted: Vec<(String, String)> =
        wanted.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    assert_eq!(links, wanted, "{}", run.stderr());
    assert!(!project.read("site/a.html").contains("<iframe"));
    let style = told(&project);
    let style = style.split("\n\n").find(|found| found.contains("styled.md")).expect("a note");
    assert!(style.contains("styles in raw HTML are removed") && !style.contains("script"), "{style}");
}
