//! Each way to refer to a withheld chapter beside each way to refer to a visible one:
//! in one sentence, in one cell of a table, in one entry of a list. What is quoted,
//! excerpted or indexed of the one must not bring the other along.

use super::{AUDIENCES, read, traces, word};
use crate::support::{Project, ask};

/// The level whose words are planted.
const BOARD: usize = 2;

/// What a page shows behind the words of a link to what is withheld.
const NOTE: &str = "（本版未收录）";
/// What it shows instead of words that are the address.
const OTHER: &str = "另一文件";

/// Ways to refer to a visible chapter, and what is seen of them.
fn visible() -> Vec<(String, &'static str)> {
    let own = |field: &str| word(BOARD, field);
    let mut ways: Vec<(String, &'static str)> = [
        ("[公开](pub.md)", "公开"),
        ("[公开](pub.md#第三条 \"提示\")", "公开"),
        ("[公开][pub]", "公开"),
        ("**[公开](pub.html)**", "公开"),
        ("[[公开制度]]", "公开制度"),
        ("[[PUB-1#第三条|公开]]", "公开"),
        ("《公开制度》", "《公开制度》"),
        ("《公开办法》第三条", "《公开办法》第三条"),
        ("编号PUB-1", "编号PUB-1"),
        ("<https://intra.example.com/hb/pub.html>", "https://intra.example.com/hb/pub.html"),
        ("<a href=\"pub.md\">公开</a>", "公开"),
        ("<A HREF='pub&#46;md' TITLE=x>公开</A>", "公开"),
        ("![图](pub.svg)", ""),
        ("<img src=\"pub.svg\" alt=\"图\">", ""),
        ("`代码`", "代码"),
        ("注[^v]", "注"),
    ]
    .map(|(written, seen)| (written.to_owned(), seen))
    .into();
    ways.push((format!("[公开](pub.md)<!-- {} -->", own("comment")), "公开"));
    ways.push((format!("[公开](pub.md)<script>{}</script>", own("script")), "公开"));
    ways
}

/// Ways to refer to a withheld chapter by words that only stand where no reader sees
/// them, and what is seen.
fn withheld() -> Vec<(String, String)> {
    let w = |field: &str| word(BOARD, field);
    let (file, tip, id, title) =
        (format!("{}/{}", w("folder"), w("file")), w("tip"), w("fileid"), w("filetitle"));
    let base = "https://intra.example.com/hb";
    let marked = |words: &str| format!("{words}{NOTE}");
    let mut ways = Vec::new();
    let mut words = |written: String| ways.push((written, marked("那里")));
    words(format!("[那里]({file}.md)"));
    words(format!("[那里](/{file}.html#{} \"{tip}\")", w("anchor")));
    words(format!("[那里](<{file}> '{tip}')"));
    words(format!("[那里][{}]", w("ref")));
    words(format!("[那里](/{}/)", w("folder")));
    words(format!("[那里](id/{id}.html)"));
    words(format!("[那里](/{}/{}.html)", w("fileold"), w("fileold")));
    words(format!("[那里](/{0}/{0}/)", w("fileslug")));
    words(format!("[那里]({base}/board/{file}.html)"));
    words(format!("[**那里**](https://intra.example.com:443/hb/{file}.html?x#y)"));
    words(format!("[那里]({}/{}.MD)", w("folder").to_uppercase(), w("file")));
    words(format!("[[{title}|那里]]"));
    words(format!("[[{id}#第一条|那里]]"));
    words(format!("[[{file}.md|那里]]"));
    words(format!("<a href=\"{file}.md\" title=\"{tip}\" data-x=\"{id}\">那里</a>"));
    words(format!("<A CLASS=x HREF='.&#47;{file}&period;html'>那里</A>"));
    words(format!("<a href=//me@INTRA.example.com/hb/{file}.html>那里</a>"));
    words(format!("<a href=\"{base}\\{}\\{}.html\">那里</a>", w("folder"), w("file")));
    let mut other = |written: String| ways.push((written, marked(OTHER)));
    other(format!("[{file}.md]({file}.md)"));
    other(format!("[`{}.md`]({file}.md)", w("file")));
    other(format!("[{id}]({file}.md)"));
    other(format!("{{% embed url=\"{file}.md\" %}}"));
    other(format!("[[{title}]]"));
    other(format!("[[{id}]]"));
    other(format!("[[{file}.md]]"));
    other(format!("<{base}/{file}.html>"));
    other(format!("{base}/{file}.html"));
    other(format!("HTTP://Intra.Example.com/hb/{file}.html"));
    other(
        format!("https&#58;//intra.example.com/hb/&#x{:x};{file}.html", u32::from('.'))
            .replace("&#x2e;", "./"),
    );
    other(format!("<a href={file}.md>{file}.md</a>"));
    other(format!("![{}]({file}.md \"{tip}\")", w("alt")));
    other(format!("<img src=\"{file}.html\" alt=\"{}\" title={tip}>", w("alt")));
    let mut nothing = |written: String, seen: &str| ways.push((written, seen.to_owned()));
    nothing(format!("<!-- {file} -->"), "");
    nothing(format!("<template>{}</template>", w("template")), "");
    nothing(format!("<style>{}</style>", w("style")), "");
    nothing(format!("<iframe src=\"{file}attachment.pdf\"></iframe>"), "");
    nothing("脚注[^w]".to_owned(), "脚注");
    nothing(format!("<b data-target=\"{file}.md\">那里</b>"), "那里");
    // Tags that are shown as text.
    nothing(format!("<a href=\"{file}.md\">那里"), &format!("<a href=\"{OTHER}{NOTE}\">那里"));
    nothing(format!("<card href={file}.md>那里"), &format!("<card href={OTHER}{NOTE}>那里"));
    // Words that an author wrote for all to read; only links and marks must not be there.
    for plain in ["《平常题名》", "《平常别名》", "《平常题名》第三条", "编号NX-009"] {
        nothing(plain.to_owned(), plain);
    }
    ways
}

/// A project with one chapter for each way to refer to what is withheld.
fn project(ways: &[(String, String)]) -> Project {
    let w = |field: &str| word(BOARD, field);
    let project = Project::new("//- content/index.md\n# 首页\n");
    let settings =
        format!("title: 手册\nlanguage: zh-CN\nbase_url: https://intra.example.com/hb/\n{AUDIENCES}");
    project.write("handbook.yaml", settings);
    project.write(
        "content/pub.md",
        "---\nid: PUB-1\naliases: [公开办法]\n---\n# 公开制度\n\n第一条 甲。\n\n第三条 乙。\n",
    );
    project.write("content/pub.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let secret = |file: &str, title: &str, id: &str, alias: &str| {
        let front = format!(
            "---\naudience: board\ntitle: {title}\nid: {id}\naliases: [{alias}]\nredirect_from: [/{old}/{old}.html]\npermalink: /{slug}/{slug}/\n---\n",
            old = w(&format!("{file}old")),
            slug = w(&format!("{file}slug"))
        );
        let path = format!("content/{}/{}", w("folder"), w(file));
        project.write(&format!("{path}.md"), format!("{front}第一条 {}。\n", w("text")));
        project.write(&format!("{path}attachment.pdf"), w("bytes"));
    };
    secret("file", &w("filetitle"), &w("fileid"), &w("filealias"));
    secret("plain", "平常题名", "NX-009", "平常别名");
    let file = format!("{}/{}", w("folder"), w("file"));
    for (at, (way, _)) in ways.iter().enumerate() {
        let mut text = format!(
            "---\nrelated: [{id}, 公开制度]\nsupersedes: {title}\nterms: [{{term: 术语{at}号, definition: '{way}与[公开](pub.md)。'}}]\n---\n# 引用{at}\n\n",
            id = w("fileid"),
            title = w("filetitle"),
            // A definition of its own knows no other's references.
            way = if way.contains("][") { "甲".to_owned() } else { way.replace('\'', "''") },
        );
        for (visible, _) in visible() {
            text.push_str(&format!("前{visible}中{way}后。\n\n反{way}中{visible}后。\n\n"));
            text.push_str(&format!("- 项{visible}中{way}后\n- 别项\n\n"));
            text.push_str(&format!("> [!note]- 题{visible}中{way}后\n> 文\n\n"));
            let cell = format!("格{visible}中{way}后").replace('|', "\\|");
            text.push_str(&format!("| 甲 | 乙 |\n| - | - |\n| 别格 | {cell} |\n\n"));
        }
        text.push_str(&format!(
            "<a href=\"{file}.md\" title=\"{tip}\">甲\n\n乙</a>\n\n- 丙\n  <!-- {file} {tip}\n\n",
            tip = w("tip"),
        ));
        text.push_str(&format!(
            "[pub]: pub.md \"提示\"\n[{}]: {file}.md \"{}\"\n\n[^v]: 见[公开](pub.md)。\n[^w]: 见[那里]({file}.md \"{}\")。\n",
            w("ref"),
            w("tip"),
            w("tip"),
        ));
        project.write(&format!("content/r{at}.md"), text);
    }
    project
}

#[test]
fn no_way_to_refer_brings_another_along() {
    let ways = withheld();
    let project = project(&ways);
    let run = project.run(&["build", "--audience", "everyone", "-q"]);
    assert_eq!(run.status(), 0, "{}", run.stderr());
    let found = traces(&read(&project.path().join("site")), BOARD);
    assert!(found.is_empty(), "{} traces: {:#?}", found.len(), &found[..found.len().min(12)]);
    for (at, (way, seen)) in ways.iter().enumerate() {
        let page = project.read(&format!("site/r{at}.html"));
        let page = scraper::Html::parse_document(&page);
        let article: String = page.root_element().text().collect();
        let article: String = article.split_whitespace().collect();
        for (visible, shown) in visible() {
            let seen: String = seen.split_whitespace().collect();
            for (begin, end) in [("前", "后。"), ("项", "后"), ("题", "后"), ("格", "后")] {
                // In a table the bar of `[[…|…]]` is not read as one.
                if begin == "格" && (way.contains('|') || visible.contains('|')) {
                    continue;
                }
                let wanted = format!("{begin}{shown}中{seen}{end}");
                let footnotes = article.replace("注1", "注").replace("注2", "注");
                assert!(footnotes.contains(&wanted), "{way} beside {visible}: no {wanted} in {article}");
            }
        }
    }
    // The visible chapter is referred to by all of them, in words of their pages.
    let page = project.read("site/pub.html");
    assert!(page.matches("<q>").count() > 100, "{page}");
    let site = project.path().join("site");
    let sign = format!("zqx{}", "board");
    assert_eq!(ask(&site, &[sign, "平常题名".to_owned()])[0], 0);
    // The words would have been found.
    project.run(&["build", "--audience", "board", "-q", "-o", "board"]).expect(0);
    assert!(traces(&read(&project.path().join("board")), BOARD).len() > ways.len());
}

#[test]
fn no_way_to_show_a_withheld_chapter_is_published() {
    let file = format!("{}/{}", word(BOARD, "folder"), word(BOARD, "file"));
    let title = word(BOARD, "filetitle");
    for way in [
        format!("![[{title}]]"),
        format!("![[{title}#第一条]]"),
        format!("前![[{title}]]后"),
        format!("<iframe src=\"{file}.html\"></iframe>"),
        format!("<object data='{file}&period;html'></object>"),
        format!("<video src=https://intra.example.com:443/hb/{file}.html></video>"),
    ] {
        let project = project(&[(way.clone(), String::new())]);
        let run = project.run(&["build", "--audience", "everyone", "-q"]);
        assert!(
            run.status() == 1 && run.stderr().contains("error[withheld-embed]"),
            "{way}: {}",
            run.stderr()
        );
        assert!(!project.path().join("site").exists(), "{way}");
    }
}
