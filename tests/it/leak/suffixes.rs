//! Chapters of other tools by their files' names: `.mdx`, `.html.md.erb` and the like are
//! withheld as `.md` is, however a link spells the name.

use super::{AUDIENCES, read, traces, word};
use crate::support::{Project, ask};

const BOARD: usize = 2;

const SUFFIXES: [&str; 7] = [".mdx", ".markdown", ".html.md", ".md.erb", ".html.md.erb", ".md.tmpl", ".MDX"];

#[test]
fn chapters_of_every_suffix_are_withheld_by_every_spelling_of_their_names() {
    let w = |field: &str| word(BOARD, field);
    let project = Project::new("//- content/index.md\n# 首页\n");
    project.write(
        "handbook.yaml",
        format!("title: 手册\nlanguage: zh-CN\nbase_url: https://intra.example.com/hb/\n{AUDIENCES}"),
    );
    let mut text = String::from("# 公开\n\n");
    for (number, suffix) in SUFFIXES.into_iter().enumerate() {
        // One withheld by itself, one by its folder's own page of that suffix.
        let own = format!("{}/{}", w(&format!("folder{number}")), w("file"));
        let alone = w(&format!("lone{number}"));
        project.write(
            &format!("content/{}/index{suffix}", w(&format!("folder{number}"))),
            format!("---\naudience: board\ntitle: {}\n---\n\n{}\n", w("pagetitle"), w("page")),
        );
        project.write(&format!("content/{own}.md"), format!("# {}\n\n{}\n", w("filetitle"), w("file")));
        project.write(
            &format!("content/{alone}{suffix}"),
            format!("---\naudience: board\n---\n\n# {}\n\n{}\n", w("lonetitle"), w("lonetext")),
        );
        project.write(
            &format!("content/draft{number}{suffix}"),
            format!("---\nstatus: draft\n---\n\n# {}\n\n{}\n", w("drafttitle"), w("drafttext")),
        );
        let folder = w(&format!("folder{number}"));
        for address in [
            format!("{alone}{suffix}"),
            format!("{alone}{}", suffix.to_uppercase()),
            alone.clone(),
            format!("{alone}.html"),
            format!("{alone}.md"),
            format!("{alone}.mdx#{}", w("anchor")),
            format!("/{alone}.HTML"),
            format!("{folder}/index{suffix}"),
            format!("{folder}/"),
            format!("{own}.mdx"),
            format!("https://intra.example.com/hb/{alone}{suffix}"),
        ] {
            text.push_str(&format!("[那里]({address})，[[{address}|那里]]，[{address}]({address})。\n\n"));
        }
    }
    project.write("content/pub.md", text);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    let site = project.path().join("site");
    let found = traces(&read(&site), BOARD);
    assert!(found.is_empty(), "{found:#?}");
    let queries = ["lonetitle", "drafttitle", "filetitle", "pagetitle"].map(w);
    assert_eq!(ask(&site, &queries), [0; 4]);
    assert!(project.read("site/pub.html").contains("那里"));
    // Who may see them does.
    project.run(&["build", "--audience", "board", "-o", "board"]).expect(0);
    let shown = read(&project.path().join("board"));
    for field in ["lonetext", "page", "filetitle"] {
        let finder = memchr::memmem::Finder::new(&*w(field)).into_owned();
        assert!(shown.iter().any(|(_, bytes)| finder.find(bytes).is_some()), "{field}");
    }
}
