//! The preview compares any two editions, for who may see both.

use super::Server;
use crate::support::Project;

fn pay(version: &str, audience: &str, text: &str) -> String {
    format!(
        "---\ntitle: 薪酬\nid: PAY-1\nstatus: in_force\nversion: '{version}'\neffective: 202{version}-01-01\n{audience}---\n第一条 {text}\n"
    )
}

fn project() -> Project {
    let project = Project::new("\n//- content/index.md\n# 首页\n");
    project.write(
        "handbook.yaml",
        "title: 手册\nlanguage: zh-CN\naudiences:\n  staff: 员工\n  board: {name: 董事会, includes: [staff]}\n",
    );
    project.write("editions/PAY-1/1.md", pay("1", "", "基本工资三千元。"));
    project.write("editions/PAY-1/2.md", pay("2", "audience: board\n", "董事会的秘密数字。"));
    project.write("editions/PAY-1/3.md", pay("3", "", "基本工资四千元。"));
    project.write("content/pay.md", pay("4", "", "基本工资五千元。"));
    project
}

#[test]
fn any_two_editions_are_compared_and_only_for_who_may_see_both() {
    let project = project();
    for (audience, seen) in [("staff", false), ("board", true)] {
        let server = Server::start(project.path(), &["--audience", audience]);
        server.until("the site", |server| server.get("/pay.html").status == 200);
        let answer = server.get("/versions/PAY-1/1..4.html");
        assert_eq!(answer.status, 200, "{}", answer.text());
        let text = answer.text();
        assert!(text.contains("<del>三</del>") && text.contains("<ins>五</ins>"), "{text}");
        // The other way round too.
        assert_eq!(server.get("/versions/PAY-1/4..1.html").status, 200);
        for path in ["1..2", "2..4", "2..3", "2"] {
            let answer = server.get(&format!("/versions/PAY-1/{path}.html"));
            assert_eq!(answer.status, if seen { 200 } else { 404 }, "{audience} {path}");
            assert_eq!(answer.text().contains("秘密数字"), seen, "{audience} {path}");
        }
        for path in ["1..1", "1..9", "..1", "1..", "1...4", "1..4..1"] {
            assert_eq!(server.get(&format!("/versions/PAY-1/{path}.html")).status, 404, "{path}");
        }
        assert_eq!(server.get("/versions/NOPE/1..4.html").status, 404);
    }
}

#[test]
fn an_author_chooses_what_to_compare_and_sees_what_is_being_written() {
    let project = project();
    project.write(
        "content/pay.md",
        pay("4", "", "基本工资五千元。").replace("status: in_force", "status: draft"),
    );
    project
        .write("editions/PAY-1/3 甲.md", pay("3 甲", "", "基本工资四千五百元。").replace("2023 甲", "2023"));
    let server = Server::start(project.path(), &[]);
    server.until("the site", |server| server.get("/pay.html").status == 200);
    let timeline = server.get("/versions/PAY-1/index.html").text();
    assert!(timeline.contains("<form") && timeline.contains("value=\"working\" selected"), "{timeline}");
    let answer = server.get("/versions/PAY-1/1..working.html");
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("<ins>五</ins>"), "{}", answer.text());
    // What a form sends without script.
    for (query, place) in [
        ("from=1&to=working", "/versions/PAY-1/1..working.html"),
        ("from=1&to=3+%E7%94%B2", "/versions/PAY-1/1..3%20%E7%94%B2.html"),
    ] {
        let answer = server.get(&format!("/versions/PAY-1/index.html?{query}"));
        assert!(
            answer.status == 303 && answer.head.contains(&format!("location: {}\r\n", place.to_lowercase())),
            "{}",
            answer.head
        );
        assert_eq!(server.get(place).status, 200, "{place}");
    }
    for query in ["from=1&to=1", "from=1", "from=../../x&to=1", "from=%ff&to=1", "a"] {
        let answer = server.get(&format!("/versions/PAY-1/index.html?{query}"));
        assert_eq!(answer.status, 200, "{query}");
    }
    drop(server);
    for audience in ["staff", "board"] {
        let server = Server::start(project.path(), &["--audience", audience]);
        server.until("the site", |server| server.get("/pay.html").status == 200);
        assert_eq!(server.get("/versions/PAY-1/1..working.html").status, 404, "{audience}");
        assert!(!server.get("/versions/PAY-1/index.html").text().contains("working"), "{audience}");
    }
}

#[test]
fn what_no_event_tells_of_is_seen_after_the_next_save_and_so_is_a_picture() {
    let project = project();
    project.write("content/pay.md", pay("4", "", "基本工资五千元。\n\n![图](a.png)"));
    project.write("content/a.png", "new");
    let server = Server::start(project.path(), &[]);
    server.until_page("/pay.html", "五千元");
    // The folder of editions is not watched.
    project.write("editions/PAY-1/3.md", pay("3", "", "基本工资四千二百元。\n\n![图](a.png)"));
    project.write("editions/PAY-1/3/a.png", "old");
    project.write("content/pay.md", pay("4", "", "基本工资六千元。\n\n![图](a.png)"));
    server.until_page("/pay.html", "六千元");
    server.until_page("/versions/PAY-1/3.html", "四千二百元");
    server.until("the picture", |server| server.get("/versions/PAY-1/3/a.png").text() == "old");
    // Neither is read again, and a picture that is what it was is none of the past.
    project.write("content/index.md", "# 首页\n\n第二次\n");
    server.until_page("/index.html", "第二次");
    assert_eq!(server.get("/versions/PAY-1/3/a.png").text(), "old");
    project.write("content/a.png", "old");
    server.until("no picture of the past", |server| server.get("/versions/PAY-1/3/a.png").status == 404);
}
