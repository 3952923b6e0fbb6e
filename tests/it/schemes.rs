//! Books made for other tools: links, anchors and pictures by every tool's rules, `x.md`
//! beside `x/`, and the order that their keys give.

use crate::support::Project;

/// Where the links of a page's text lead, from the root of the site.
fn links(project: &Project, page: &str) -> Vec<String> {
    let html = project.read(&format!("site/{page}"));
    let text = html.split("<div class=\"text\">").nth(1).expect("a text");
    let text = text.split("<footer").next().expect("a text").split("</div>").next().expect("a text");
    let ends = |rest: &str| rest.split('"').next().unwrap_or("").trim_start_matches("../").to_owned();
    text.split("href=\"").skip(1).map(ends).collect()
}

fn check(project: &Project) -> Vec<String> {
    let run = project.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout()).expect("JSON");
    let code = |entry: &serde_json::Value| entry["code"].as_str().unwrap_or("").to_owned();
    report["diagnostics"].as_array().expect("a list").iter().map(code).collect()
}

/// A book of which each chapter has a few headings.
fn book(from: &str, written: &[(&str, &str)]) -> Project {
    let project = Project::new("//- home.md\n# Home\n");
    for name in
        ["docs/guide/start.md", "docs/guide/more/deep.md", "docs/02-admin/01_Set Up.mdx", "docs/ref/index.md"]
    {
        project.write(name, format!("# At {name}\n\n## Other people's money\n\n## Scope\n\n## Scope\n"));
    }
    let text: String = written.iter().map(|(link, _)| format!("[x](<{link}>)\n\n")).collect();
    project.write(from, format!("# From\n\n{text}"));
    project
}

#[test]
fn links_by_every_scheme_lead_where_their_tool_leads() {
    let written = [
        // From the page's own folder, as tools serve `x.md` at `x/`.
        ("../../guide/start/", "docs/guide/start.html"),
        ("../start", "docs/guide/start.html"),
        ("../more/deep/?a=b#scope", "docs/guide/more/deep.html#scope"),
        // From the top of the site, which is the folder `docs`.
        ("/guide/start", "docs/guide/start.html"),
        ("/guide/start.html", "docs/guide/start.html"),
        ("/guide/more/deep/index.html", "docs/guide/more/deep.html"),
        ("/ref/README.md", "docs/ref/index.html"),
        ("02-admin/01_Set%20Up.mdx", "docs/02-admin/01_Set%20Up.html"),
        // Below a mount.
        ("/handbook/guide/start/", "docs/guide/start.html"),
        ("/product/guide/more/deep", "docs/guide/more/deep.html"),
        // Without numbers, and with `-` for spaces.
        ("../admin/set-up", "docs/02-admin/01_Set%20Up.html"),
        ("/docs/admin/set-up/", "docs/02-admin/01_Set%20Up.html"),
        ("../02-admin/01_Set%20Up.mdx", "docs/02-admin/01_Set%20Up.html"),
        // Exact first.
        ("start.md", "docs/guide/start.html"),
        ("../guide/start.html#scope-1", "docs/guide/start.html#scope-1"),
    ];
    let project = book("docs/guide/from.md", &written);
    project.run(&["build"]).expect(0);
    assert_eq!(links(&project, "docs/guide/from.html"), written.map(|(_, right)| right));
    assert_eq!(check(&project), [""; 0]);
}

#[test]
fn anchors_by_every_tool_are_found() {
    let written = [
        ("start.md#other-people-s-money", "docs/guide/start.html#other-peoples-money"),
        ("start.md#Other%20people's%20money", "docs/guide/start.html#other-peoples-money"),
        ("start.md#scope_1", "docs/guide/start.html#scope-1"),
        ("start.md#_other-people-s-money", "docs/guide/start.html#other-peoples-money"),
    ];
    let project = book("docs/guide/from.md", &written);
    project.write("docs/guide/zh.md", "# 总则\n\n## 适用范围\n\n[x](#_2)\n");
    project.run(&["build"]).expect(0);
    assert_eq!(links(&project, "docs/guide/from.html"), written.map(|(_, right)| right));
    assert!(
        project.read("site/docs/guide/zh.html").contains("href=\"#%E9%80%82%E7%94%A8%E8%8C%83%E5%9B%B4\"")
    );
    assert_eq!(check(&project), [""; 0]);
}

#[test]
fn addresses_that_other_tools_gave_lead_to_their_chapters() {
    let project = Project::new("//- index.md\n# Home\n");
    for (name, front) in [
        ("a.md", "permalink: /rules/a/"),
        ("docs/b.md", "slug: bee"),
        ("docs/c.md", "slug: /sea"),
        ("docs/d.md", "url: /rules/d.html"),
        ("docs/e.md", "permalink: rules/e"),
        ("docs/f.md", "aliases: [/former/f/]"),
        // Of these an address cannot be told.
        ("docs/g.md", "permalink: /:title/"),
        ("docs/h.md", "permalink: {build: /x/}"),
        ("docs/i.md", "url: https://example.com/i"),
    ] {
        project.write(name, format!("---\n{front}\n---\n# At {name}\n"));
    }
    let written = [
        ("/rules/a/", "a.html"),
        ("/docs/bee", "docs/b.html"),
        ("bee", "docs/b.html"),
        ("/sea/", "docs/c.html"),
        ("/rules/d.html", "docs/d.html"),
        ("/rules/d", "docs/d.html"),
        ("/rules/e/", "docs/e.html"),
        ("/former/f", "docs/f.html"),
        // From the chapter's own address.
        ("../a", "a.html"),
        ("../../docs/g/", "docs/g.html"),
    ];
    let text: String = written.iter().map(|(link, _)| format!("[x](<{link}>)\n\n")).collect();
    project.write("docs/from.md", format!("---\npermalink: /rules/from/\n---\n# From\n\n{text}"));
    project.run(&["build"]).expect(0);
    let expected: Vec<&str> = written.iter().map(|(_, end)| *end).collect();
    assert_eq!(links(&project, "docs/from.html"), expected);
    assert_eq!(
        check(&project).iter().filter(|code| *code != "foreign-markup").count(),
        0,
        "{:?}",
        check(&project)
    );
}

#[test]
fn what_several_places_fit_is_told_and_not_guessed() {
    let project = Project::new(
        "//- home.md\n# Home\n//- a/b/one.md\n# One\n//- a/one.md\n# Two\n//- a/b/c/from.md\n# From\n\n[x](/one)\n",
    );
    project.write("a/b/c/anchors.md", "# A.B\n\n## A B\n\n[x](#a_b)\n");
    assert_eq!(check(&project), ["broken-anchor", "broken-link"]);
    // An unlikely mount is none, and no folder's page is a folder without one.
    let project = book(
        "docs/guide/from.md",
        &[("/community/start", ""), ("/docs/README.md", ""), ("more/start.md", "")],
    );
    assert_eq!(check(&project), ["broken-link"; 3]);
}

#[test]
fn files_that_tools_publish_at_the_top_are_shown() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    for folder in ["static", "public", "docs/static", "docs/.vuepress/public", "assets", ".gitbook/assets"] {
        let project = Project::new("//- home.md\n# Home\n//- docs/a/b.md\n# B\n\n![x](/img/x.svg)\n");
        project.write(&format!("{folder}/img/x.svg"), svg);
        project.write(&format!("{folder}/img/unused.svg"), svg);
        project.run(&["build"]).expect(0);
        let page = project.read("site/docs/a/b.html");
        assert!(page.contains(&format!("{folder}/img/x.svg\"")), "{folder}: {page}");
        assert!(project.path().join(format!("site/{folder}/img/x.svg")).exists(), "{folder}");
        assert!(!project.path().join(format!("site/{folder}/img/unused.svg")).exists(), "{folder}");
    }
}

#[test]
fn a_chapter_beside_a_folder_is_its_page_and_keeps_its_address() {
    let project = Project::new(
        "//- home.md\n# Home\n\n[x](tools/index.html)\n//- tools.md\n# All tools\n//- tools/b.md\n---\nweight: 10\n---\n# Ten\n//- tools/a.md\n---\nweight: 2\n---\n# Two\n//- zoo.md\n# Zoo\n",
    );
    project.run(&["build"]).expect(0);
    let page = project.read("site/tools.html");
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}: {page}"));
    assert!(at("href=\"tools/a.html\"") < at("href=\"tools/b.html\""));
    assert!(project.read("site/tools/index.html").contains("../tools.html"));
    assert!(project.read("site/home.html").contains("href=\"tools.html\""));
    // Its folder comes where it would stand, once.
    let tree = project.read("site/tree.html");
    assert_eq!(tree.matches("class=\"node\" href=\"tools.html\"").count(), 1, "{tree}");
    // A folder with a page of its own keeps it.
    project.write("tools/README.md", "# Own\n");
    project.run(&["build"]).expect(0);
    assert!(project.read("site/tools/index.html").contains("<h1>Own</h1>"));
    assert!(project.read("site/tree.html").contains("All tools"));
}

#[test]
fn keys_of_other_tools_give_the_order_and_are_noted() {
    let project = Project::new("//- home.md\n---\norder: 1\n---\n# Home\n");
    for (name, key) in [
        ("c", "weight: 2"),
        ("b", "sidebar_position: 2.5"),
        ("a", "nav_order: \"10\""),
        ("d", "weight: 0"),
        ("10-x", "x-n: 1"),
        ("2-x", "x-n: 1"),
    ] {
        project.write(&format!("{name}.md"), format!("---\n{key}\n---\n# Chapter {name}\n"));
    }
    project.run(&["build"]).expect(0);
    let tree = project.read("site/tree.html");
    let order = ["home", "c", "b", "a", "2-x", "10-x", "d"];
    let places = order.map(|name| tree.find(&format!("href=\"{name}.html\"")).expect(name));
    assert!(places.is_sorted(), "{places:?}");
    assert_eq!(check(&project).iter().filter(|code| *code == "unknown-key").count(), 3);
}

#[test]
fn calls_in_a_destination_lead_where_their_tool_leads() {
    let written = [
        ("{{ site.baseurl }}/guide/start.html#scope", "docs/guide/start.html#scope"),
        ("{{ \"/guide/start/\" | relative_url }}", "docs/guide/start.html"),
        ("{{ '/guide/more/deep/' | url }}", "docs/guide/more/deep.html"),
        ("{% link docs/guide/start.md %}", "docs/guide/start.html"),
        ("{{< ref \"deep.md#scope\" >}}", "docs/guide/more/deep.html#scope"),
        ("{{% relref \"../ref\" %}}", "docs/ref/index.html"),
        ("{% post_url 2024-05-06-news %}", "docs/_posts/2024-05-06-news.html"),
        // Without the day in a name, and with it as folders.
        ("/2024/05/06/news.html", "docs/_posts/2024-05-06-news.html"),
        ("/news/", "docs/_posts/2024-05-06-news.html"),
    ];
    let project = book("docs/guide/from.md", &[]);
    let text: String = written.iter().map(|(link, _)| format!("[x]({link})\n\n")).collect();
    project.write("docs/guide/from.md", format!("# From\n\n{text}[y]({{{{ page.url }}}})\n"));
    project.write("docs/_posts/2024-05-06-news.md", "# News\n");
    project.run(&["build"]).expect(0);
    assert_eq!(links(&project, "docs/guide/from.html"), written.map(|(_, right)| right));
    assert_eq!(check(&project).iter().filter(|code| *code == "broken-link").count(), 1);
}

#[test]
fn chapters_of_the_first_language_are_at_the_top() {
    let project = Project::new(
        "//- content/en/docs/a.md\n# A\n//- content/no/docs/b.md\n# B\n\n[x](/docs/a/)\n//- content/en/c.md\n# C\n",
    );
    project.run(&["build"]).expect(0);
    assert_eq!(links(&project, "no/docs/b.html"), ["en/docs/a.html"]);
}

#[test]
fn a_picture_may_be_named_from_the_top() {
    let project = Project::new("//- source/manual/a.html.md\n# A\n\n![x](images/x.svg)\n//- home.md\n# H\n");
    project.write("source/images/x.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assert_eq!(check(&project), [""; 0]);
    project.run(&["build"]).expect(0);
    assert!(project.read("site/source/manual/a.html").contains("source/images/x.svg\""));
}

#[test]
fn two_chapters_that_need_one_address_are_both_published_as_they_lie() {
    let project = Project::new(
        "//- home.md\n# Home\n\n[a](Async.md) [b](async.md) [c](x.mdx)\n//- Async.md\n# One\n//- async.md\n# Two\n//- x.md\n# Three\n//- x.mdx\n# Four\n",
    );
    project.run(&["build"]).expect(0);
    assert_eq!(links(&project, "home.html"), ["Async.html", "async-2.html", "x-2.html"]);
    assert_eq!(check(&project).iter().filter(|code| *code == "duplicate-url").count(), 2);
    for (page, title) in [("Async", "One"), ("async-2", "Two"), ("x", "Three"), ("x-2", "Four")] {
        assert!(project.read(&format!("site/{page}.html")).contains(&format!("<h1>{title}</h1>")), "{page}");
    }
}

#[test]
fn two_files_that_not_every_disk_can_hold_are_one_as_they_lie() {
    let project = Project::new(
        "//- home.md\n# Home\n\n![a](img/Plan.svg) ![b](img/plan.svg)\n//- img/Plan.svg\n<svg/>\n//- img/plan.svg\n<svg/>\n",
    );
    project.run(&["build"]).expect(0);
    let codes = check(&project);
    assert_eq!(codes.iter().filter(|code| *code == "duplicate-url").count(), 1, "{codes:?}");
    assert!(!codes.contains(&"broken-image".to_owned()), "{codes:?}");
    let page = project.page("site/home.html");
    assert_eq!(page.all(".text img[src='img/Plan.svg']").len(), 2);
}

#[test]
fn a_link_to_a_block_leads_to_the_heading_above_it() {
    let project = Project::new(
        "//- home.md\n# Home\n\n[[a#^one]] ![[a#^one]] [x](a.md#events)\n//- a.md\n# A\n\n## Part\n\nWords. ^one\n\n## Events {% addedin \"2\" %}\n",
    );
    project.run(&["build"]).expect(0);
    assert_eq!(links(&project, "home.html"), ["a.html#part", "a.html#part", "a.html#events--addedin-2-"]);
    assert!(!check(&project).contains(&"broken-anchor".to_owned()));
}
