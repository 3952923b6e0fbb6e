//! Links by the rules of other tools: whatever way a link to something withheld is
//! written, nothing of it is shown; and `x.md` beside `x/` never shows more of the folder.

use super::{AUDIENCES, read, traces, word};
use crate::support::{Project, ask};

const BOARD: usize = 2;

fn project() -> Project {
    let project = Project::new("//- content/index.md\n# 首页\n");
    project.write(
        "handbook.yaml",
        format!("title: 手册\nlanguage: zh-CN\nbase_url: https://intra.example.com/hb/\n{AUDIENCES}"),
    );
    project
}

#[test]
fn no_spelling_of_another_tool_shows_what_is_withheld() {
    let w = |field: &str| word(BOARD, field);
    let project = project();
    let (folder, file) = (w("folder"), w("file"));
    project.write(
        &format!("content/docs/02-{folder}/01_{file} x.md"),
        format!("---\naudience: board\n---\n# {}\n\n## {}\n\n{}\n", w("title"), w("heading"), w("text")),
    );
    project.write(
        &format!("content/docs/{folder}.md"),
        format!("---\naudience: board\n---\n# {}\n\n![x](/{}.svg)\n", w("beside"), w("picture")),
    );
    project.write(
        &format!("content/static/{}.svg", w("picture")),
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    let exact = format!("02-{folder}/01_{file} x");
    let mut text = String::from("# 公开\n\n");
    for address in [
        format!("../{exact}/"),
        format!("../{exact}"),
        format!("../{exact}/index.html#{}", w("heading")),
        format!("/{exact}.html"),
        format!("/{folder}/{file}-x/"),
        format!("/docs/{folder}/{file}-X?q#{}", w("heading")),
        format!("/handbook/{exact}"),
        format!("/hb/docs/{exact}.html"),
        format!("/hb/docs/{folder}/"),
        format!("docs/{exact}.md"),
        format!("/{folder}/index.html"),
        format!("/{folder}/README.md"),
        format!("../{folder}"),
        format!("../../docs/{folder}.html"),
    ] {
        text.push_str(&format!(
            "[那里](<{address}>)，[{address}](<{address}>)，<a href=\"{address}\">那里</a>。\n\n"
        ));
    }
    // Calls of other tools, and a name with a day in it.
    project.write(
        &format!("content/docs/_posts/2024-05-06-{}.md", w("other")),
        format!("---\naudience: board\n---\n# {}\n", w("title")),
    );
    for address in [
        format!("{{{{ site.baseurl }}}}/{exact}.html"),
        format!("{{{{ \"/{exact}/\" | relative_url }}}}"),
        format!("{{% link docs/{exact}.md %}}"),
        format!("{{{{< ref \"01_{file} x.md\" >}}}}"),
        format!("{{% post_url 2024-05-06-{} %}}", w("other")),
        format!("/2024/05/06/{}.html", w("other")),
        format!("/{}/", w("other")),
    ] {
        text.push_str(&format!("[那里]({address})\n\n"));
    }
    text.push_str(&format!("![图](</static/{}.svg>)\n", w("other")));
    project.write("content/docs/pub.md", text);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    let site = project.path().join("site");
    let found: Vec<_> = traces(&read(&site), BOARD);
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(ask(&site, &["title", "text", "beside"].map(w)), [0; 3]);
    let page = project.read("site/docs/pub.html");
    assert_eq!(page.matches("（本版未收录）").count(), 49, "{page}");
    project.run(&["build", "--audience", "board", "-o", "board"]).expect(0);
    let shown = project.read("board/docs/pub.html");
    assert_eq!(shown.matches(">那里</a>").count(), 35, "{shown}");
}

#[test]
fn a_chapter_beside_a_folder_narrows_it_and_never_widens_it() {
    let project = project();
    let front = |audience: &str| {
        if audience.is_empty() { String::new() } else { format!("---\naudience: {audience}\n---\n") }
    };
    // Beside, the folder's own page, the chapter; and who sees the chapter.
    let cases = [
        ("board", "", "", "board"),
        ("everyone", "", "", "everyone"),
        ("staff", "board", "", "board"),
        ("everyone", "board", "", "board"),
        ("board", "staff", "", "staff"),
        ("everyone", "", "board", "board"),
    ];
    for (number, (beside, own, chapter, _)) in cases.iter().enumerate() {
        let folder = format!("content/case{number}");
        project.write(&format!("{folder}.md"), format!("{}# 旁{number}\n", front(beside)));
        if !own.is_empty() {
            project.write(&format!("{folder}/index.md"), format!("{}# 页{number}\n", front(own)));
        }
        project.write(&format!("{folder}/in/a.md"), format!("{}# 内{number}\n", front(chapter)));
    }
    // Below a folder that is narrower already.
    project.write("content/up/index.md", "---\naudience: managers\n---\n# 上\n");
    project.write("content/up/x.md", "---\naudience: everyone\n---\n# 旁上\n");
    project.write("content/up/x/a.md", "# 内上\n");
    let audiences = ["everyone", "staff", "managers", "board"];
    for (rank, audience) in audiences.iter().enumerate() {
        project.run(&["build", "--audience", audience, "-o", audience]).expect(0);
        let sees = |path: &str| project.path().join(format!("{audience}/{path}.html")).exists();
        for (number, (.., who)) in cases.iter().enumerate() {
            let least = audiences.iter().position(|known| known == who).unwrap_or(9);
            assert_eq!(sees(&format!("case{number}/in/a")), rank >= least, "{audience} {number}");
        }
        assert_eq!(sees("up/x/a"), rank >= 2, "{audience}");
    }
}
