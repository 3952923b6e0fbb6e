//! Files beside `content/` that other tools publish at the top of a site.

use crate::support::{Page, Project};

const A: &str = "# A\n\n![p](/images/p.png) [form](/files/f.pdf)\n";

fn attributes(page: &Page, css: &str, name: &str) -> Vec<String> {
    page.all(css).iter().filter_map(|element| Some(element.value().attr(name)?.to_owned())).collect()
}

fn hugo() -> Project {
    let project = Project::new("");
    project.write("hugo.toml", "title = 'X'\n");
    project.write("content/a.md", A);
    project.write("static/images/p.png", "p");
    project.write("static/images/unused.png", "u");
    project.write("static/files/f.pdf", "f");
    project.write("static/note.md", "# Not a chapter\n");
    project
}

#[test]
fn chapters_show_what_lies_in_static() {
    let project = hugo();
    project.run(&["build", "--deny-warnings"]).expect(0);
    let page = project.page("site/a.html");
    assert_eq!(attributes(&page, ".text img", "src"), ["static/images/p.png"]);
    assert_eq!(attributes(&page, ".text p a", "href"), ["static/files/f.pdf"]);
    assert_eq!(project.read("site/static/images/p.png"), "p");
    for not_named in ["site/static/images/unused.png", "site/static/note.html", "site/static/note.md"] {
        assert!(!project.path().join(not_named).exists(), "{not_named}");
    }
}

#[test]
fn what_lies_in_content_comes_first() {
    let project = hugo();
    project.write("content/static/images/p.png", "own");
    project.run(&["build"]).expect(0);
    assert_eq!(project.read("site/static/images/p.png"), "own");
}

#[test]
fn a_picture_of_what_is_withheld_stays_back() {
    let project = hugo();
    project.write("handbook.yaml", "title: X\naudiences: {all: 全体, board: {includes: all}}\n");
    project.write("content/a.md", "---\naudience: board\n---\n# A\n\n![p](/images/p.png)\n");
    project.write("content/b.md", "---\naudience: all\n---\n# B\n\n![u](/images/unused.png)\n");
    project.run(&["build", "--audience", "all"]).expect(0);
    assert!(project.path().join("site/static/images/unused.png").exists());
    assert!(!project.path().join("site/static/images/p.png").exists());
}

#[test]
fn links_out_of_the_folder_are_not_followed() {
    let project = hugo();
    project.write("secret/s.png", "secret");
    #[cfg(unix)]
    std::os::unix::fs::symlink(project.path().join("secret/s.png"), project.path().join("static/s.png"))
        .unwrap();
    project.write("content/a.md", "# A\n\n![s](/s.png) ![t](/../secret/s.png)\n");
    project.run(&["build"]).expect(0);
    assert_eq!(attributes(&project.page("site/a.html"), ".text img", "src"), ["", ""]);
    assert!(!project.path().join("site/static/s.png").exists());
}

#[test]
fn settings_beside_content_say_whose_book_it_is() {
    let project = Project::new("");
    project.write("package.json", "{\"dependencies\": {\"nextra\": \"4\"}}");
    project.write("content/a.md", "# A\n\n{/* HIDDEN */}\n\nText <Key>X</Key>\n");
    project.run(&["build"]).expect(0);
    let text = || project.page("site/a.html").texts(".text p").join("");
    assert_eq!(text(), "Text X");
    project.write("handbook.yaml", "title: Ours\n");
    project.run(&["build", "--replace"]).expect(0);
    assert!(text().contains("HIDDEN"), "{}", text());
}
