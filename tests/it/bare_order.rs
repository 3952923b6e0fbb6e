//! The order and the titles that a bare book of Nextra or Fumadocs has in a file of each folder, and
//! the snippets of MkDocs.

use crate::support::Project;

fn titles(project: &Project) -> Vec<String> {
    let page = project.page("site/tree.html");
    let title = |title: &String| title.trim_end_matches(|c: char| c.is_ascii_digit()).trim().to_owned();
    page.texts("main a[href$='.html']").iter().map(title).collect()
}

#[test]
fn nextra_has_its_order_and_titles_in_files() {
    let project = Project::new("");
    project.write("package.json", "{\"dependencies\": {\"nextra\": \"2\"}}");
    project.write("pages/_meta.json", "{\"index\": \"Welcome\", \"zed\": \"Zed first\", \"--\": {\"type\": \"separator\"}, \"guide\": {\"title\": \"The guide\"}, \"abc\": \"\"}");
    project.write("pages/guide/_meta.json", "{\"two\": \"Zwei\", \"one\": {\"title\": \"Eins\"}}");
    for name in ["index", "abc", "zed", "guide/index", "guide/one", "guide/two"] {
        project.write(&format!("pages/{name}.mdx"), format!("# T {name}\n"));
    }
    project.run(&["build", "--lang", "en"]).expect(0);
    let found = titles(&project);
    let place = |title: &str| found.iter().position(|own| own == title);
    let order: Vec<_> = ["Zed first", "The guide", "Zwei", "Eins"].into_iter().map(place).collect();
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{found:?}");
}

#[test]
fn fumadocs_has_its_order_in_files_and_other_books_have_none() {
    for (packages, expected) in
        [("{\"fumadocs-ui\": \"2\"}", ["T zed", "T two", "T abc"]), ("{}", ["T abc", "T two", "T zed"])]
    {
        let project = Project::new("");
        project.write("package.json", format!("{{\"dependencies\": {packages}}}"));
        project.write(
            "content/docs/meta.json",
            "{\"pages\": [\"index\", \"---Part---\", \"zed\", \"two\", \"...\"]}",
        );
        for name in ["index", "abc", "zed", "two"] {
            project
                .write(&format!("content/docs/{name}.mdx"), format!("---\ntitle: T {name}\n---\n\ntext\n"));
        }
        project.run(&["build", "--lang", "en"]).expect(0);
        let found = titles(&project);
        let own: Vec<&str> =
            found.iter().map(String::as_str).filter(|title| expected.contains(title)).collect();
        assert_eq!(own, expected, "{found:?}");
    }
}

#[test]
fn snippets_of_mkdocs_are_not_shown_and_told() {
    let text = "# T\n\n--8<-- \"inc/part.md\"\n\n=== \"A\"\n\n    --8<-- \"b.md\"\n\n    in\n\n--8<--\na.md\n--8<--\n\nend\n";
    let project = Project::new("");
    project.write("mkdocs.yml", "site_name: T\nmarkdown_extensions:\n  - pymdownx.snippets\n");
    project.write("docs/a.md", text);
    project.run(&["build", "--lang", "en"]).expect(0);
    let page = project.page("site/docs/a.html");
    assert_eq!(page.texts(".text .tab p:not(.tab-title)"), ["in"]);
    let shown = page.texts(".text").join("");
    assert!(!shown.contains("8<") && !shown.contains(".md") && shown.contains("end"), "{shown}");
    let said = project.run(&["check", "--lang", "en", "-v"]).expect(0).stderr();
    assert!(said.contains("`--8<-- \"inc/part.md\"` brings in another file"), "{said}");
    project.write("mkdocs.yml", "site_name: T\n");
    project.run(&["build"]).expect(0);
    assert!(project.page("site/docs/a.html").texts(".text").join("").contains("--8<--"));
}
