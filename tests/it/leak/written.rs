//! Addresses of what is withheld as other tools write them: in raw HTML that leads nowhere, in
//! anchors, behind schemes, and in calls that are shown as text.

use super::{AUDIENCES, read, traces, word};
use crate::support::Project;

const BOARD: usize = 2;

fn project(text: &str) -> Project {
    let w = |field: &str| word(BOARD, field);
    let project = Project::new("//- content/index.md\n# 首页\n");
    let settings = "title: 手册\nlanguage: zh-CN\nbase_url: https://intra.example.com/hb/\n";
    project.write("handbook.yaml", format!("{settings}{AUDIENCES}"));
    project.write(
        &format!("content/{}/{}.md", w("folder"), w("file")),
        format!("---\naudience: board\nid: {}\n---\n# {}\n", w("id"), w("title")),
    );
    project.write("content/pub.md", format!("# 公开\n\n{text}"));
    project.write("content/shop/pay.md", "# 店\n");
    project
}

#[test]
fn no_address_of_another_tool_shows_what_is_withheld() {
    let path = format!("{}/{}", word(BOARD, "folder"), word(BOARD, "file"));
    let own = format!("https://intra.example.com/hb/{path}.html");
    let addresses = [
        format!("content/{path}.md"),
        format!("../content/{path}.md"),
        format!("/content/{path}.md"),
        format!("view/{path}.md"),
        format!("en/{path}.md"),
        format!("{path}.php"),
        format!("{path}.md:12"),
        format!("editions/{}/1.0.md", word(BOARD, "id")),
        format!("#/{path}"),
        format!("#{path}"),
        format!("/#/{path}"),
        format!("?id={path}"),
        format!("ref:{path}"),
        format!("view-source:{own}"),
        format!("mailto:x@example.com?body={own}"),
        format!("https://example.com/?u={own}"),
    ];
    let mut text = String::new();
    for address in &addresses {
        // In Markdown what leads to no file is an error.
        let is_file = !address.contains([':', '#', '?']) || address.ends_with(":12");
        let link = if is_file { String::new() } else { format!("[那里](<{address}>)和") };
        text.push_str(&format!("{link}<a href=\"{address}\">那里</a>。\n\n"));
    }
    for call in [
        "{% content-ref url=\"%s.md\" %}\n[那里](%s.md)\n{% endcontent-ref %}",
        "{{< relref \"%s.md\" >}}",
        "{{% ref \"/%s\" %}}",
        "{% link %s.md %}",
        "{% include %s.md %}",
        "{{#include content/%s.md}}",
        "{{< button href=\"%s.html\" >}}那里{{< /button >}}",
    ] {
        text.push_str(&call.replace("%s", &path));
        text.push_str("\n\n");
    }
    let project = project(&text);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    let found = traces(&read(&project.path().join("site")), BOARD);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_leads_elsewhere_is_left() {
    let text = "<a href=\"/apps/shop\">店</a> <a href=\"/other/page.php\">页</a> <a href=\"#tab=1/2\">栏</a> \
         <a href=\"shop/pay.html\">付</a> <a href=\"https://example.com/a?u=https://example.org/b/c.html\">外</a> \
         [链](https://example.com/#/a/b) {% link shop/pay.md %} {{ page.title }}\n";
    let project = project(text);
    project.run(&["build", "--audience", "everyone"]).expect(0);
    let page = project.read("site/pub.html");
    for kept in [
        "href=\"/apps/shop\"",
        "href=\"/other/page.php\"",
        "href=\"shop/pay.html\"",
        "href=\"https://example.com/a?u=https://example.org/b/c.html\"",
        "href=\"https://example.com/#/a/b\"",
        "{% link shop/pay.md %}",
        "{{ page.title }}",
    ] {
        assert!(page.contains(kept), "{kept}: {page}");
    }
}
