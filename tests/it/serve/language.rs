//! The language of what is not the site's own: panel, messages, pages of the preview.

use super::{Server, Stream};
use crate::support::{PROGRAM, Project};
use std::process::Command;

fn server(project: &Project, options: &[&str]) -> Server {
    let mut command = Command::new(PROGRAM[0]);
    command
        .env("LANG", "de_DE.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("HANDBOOK_CACHE", "");
    Server::run(command, project.path(), options)
}

const CHINESE: &str = "
//- handbook.yaml
language: zh-CN
theme: acme
//- content/a.md
# 制度

[b](b.md)
//- themes/acme/templates/chapter.html
{{ chapter.title.nothing.at.all }}
";

#[test]
fn the_preview_speaks_the_language_that_is_asked_for_else_the_handbooks() {
    let project = Project::new(CHINESE);
    for (options, said, findings, count, title, refused) in [
        (&[][..], "预览地址：", "检查结果", "{n} 个问题", "主题有误", "这个预览不用那个名称应答"),
        (
            &["--lang", "en"],
            "preview at ",
            "Findings",
            "{n} finding|{n} findings",
            "theme error",
            "this preview does not answer to that name",
        ),
    ] {
        let server = server(&project, options);
        assert!(server.said().contains(said), "{}", server.said());
        server.until_page("/-/findings", &format!("<h1>{findings}</h1>"));
        let page = server.get("/a.html").text();
        assert!(page.contains(&format!("<title>{title}</title>")), "{page}");
        let answer = server.ask("GET", "/", &[("Host", "evil.example")], "");
        assert_eq!((answer.status, answer.text().trim_end()), (421, refused));
        let news = Stream::open(&server, "/a.html").next();
        assert_eq!(news["words"]["count"], count);
    }
}
