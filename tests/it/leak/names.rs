//! Ways to name a withheld chapter by its file, its headings and its pictures, and by
//! addresses that only begin like a link.

use super::{AUDIENCES, read, traces, word};
use crate::support::Project;

/// The level whose words are planted.
const BOARD: usize = 2;

/// What everyone gets of a project with a withheld chapter and a visible one of this
/// text, and what the run says.
fn build(text: &str) -> (Vec<(String, Vec<u8>)>, String) {
    let w = |field: &str| word(BOARD, field);
    let settings = format!("title: T\nlanguage: zh-CN\nbase_url: https://intra.example.com/hb/\n{AUDIENCES}");
    let project = Project::new("");
    project.write("handbook.yaml", settings);
    project.write("content/pub.md", "# 公开制度\n\n第一条 公开。\n");
    project.write("content/a.md", format!("# 引用\n\n{text}\n"));
    let hidden = format!(
        "---\naudience: board\n---\n# {}\n\n## {}\n\n{}。![[{}.png]] ![图]({}.png)\n",
        w("filetitle"),
        w("heading"),
        w("opening"),
        w("picture"),
        w("other"),
    );
    project.write(&format!("content/{}/{}.md", w("folder"), w("file")), hidden);
    project.write(&format!("content/{}/{}.png", w("folder"), w("picture")), w("bytes"));
    project.write(&format!("content/{}/{}.png", w("folder"), w("other")), w("bytes"));
    let run = project.run(&["build", "--audience", "everyone"]);
    let said = run.stdout() + &run.stderr();
    assert!(run.status() < 2, "{text}: {said}");
    (read(&project.path().join("site")), said)
}

#[test]
fn files_headings_and_addresses_of_what_is_withheld_stay_unknown() {
    let w = |field: &str| word(BOARD, field);
    let (folder, file, heading) = (w("folder"), w("file"), w("heading"));
    let base = "https://intra.example.com/hb";
    for text in [
        format!("见[[{file}]]。"),
        format!("见[[{file}.md|那里]]。"),
        format!("见[[{folder}/{file}#{heading}]]。"),
        format!("见[[{file}#{heading}|那里]]。"),
        format!("见[[{}#{heading}]]。", w("filetitle")),
        format!("| 甲 | 乙 |\n| --- | --- |\n| [[{file}\\|那里]] | [[{file}#{heading}]] | [[{file}]] |"),
        format!("[那里]({folder}/{file}.md) [那里](<{folder}/{file}.md>)"),
        format!("见{base}/{folder}/{file}.html，后。"),
        format!("见{base}/{folder}/{file}.html。_{base}/{folder}/{file}.html_"),
        format!("见（www.intra.example.com）intra.example.com/hb/{folder}/{file}.html"),
        format!("写给user@intra.example.com/hb/{folder}/{file}.html的人"),
        format!("https://example.com/?to={base}/{folder}/{file}.html 与 {base}/{folder}/{file}.html?x=_y_"),
        format!("甲\n\n[^idle]: 见[[{file}]]、{base}/{folder}/{file}.html、[那里]({folder}/{file}.md)"),
        format!("甲[^a]\n\n[^a]: 一\n[^a]: 见[[{file}#{heading}]]、<a href=\"{folder}/{file}.md\">那里</a>"),
    ] {
        let (files, _) = build(&text);
        let found = traces(&files, BOARD);
        assert!(found.is_empty(), "{text}: {found:#?}");
        assert!(files.iter().any(|(name, _)| name == "a.html"), "{text}");
    }
}

#[test]
fn a_picture_of_a_withheld_folder_is_published_where_a_page_shows_it_and_nowhere_else() {
    let (files, _) = build("[[pub]] ![[pub#没有这一条]]");
    assert!(traces(&files, BOARD).is_empty());
    let (files, _) = build(&format!("[^idle]: ![[{}.png]]", word(BOARD, "picture")));
    assert!(files.iter().all(|(name, _)| !name.ends_with(".png")), "an idle note publishes nothing");
}
