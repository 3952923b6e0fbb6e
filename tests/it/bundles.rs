//! Pages of folders that are chapters: `leave/index.md` alone in its folder, and those that say who
//! answers for them.

use crate::support::Project;

const CONTROL: &str = "---\nstatus: in_force\nversion: \"1.2\"\neffective: 2024-01-01\nowner: HR\n---\n";

#[test]
fn a_page_alone_in_its_folder_is_a_chapter() {
    let project = Project::new("//- content/a.md\n# A\n\n[x](leave/) [y](b/leave/index.md)\n");
    project.write("content/leave/index.md", format!("{CONTROL}# Leave\n\nText.\n\n![p](p.png)\n"));
    project.write("content/leave/p.png", "");
    project.write("content/b/leave/README.md", "# Sick leave\n\nText.\n");
    project.write("content/b/c.md", "# C\n");
    // Nobody wrote anything for this one.
    project.write("content/empty/_index.md", "---\ntitle: Empty\n---\n");
    project.run(&["build", "--lang", "en"]).expect(0);
    let page = project.page("site/leave/index.html");
    assert_eq!(page.texts(".facts span"), ["In force", "Version 1.2", "Effective 2024-01-01"]);
    assert_eq!(page.texts(".control-owner dd"), ["HR"]);
    assert_eq!(page.all(".steps a").len(), 2);
    assert_eq!(page.links(".breadcrumbs a").len(), 1);
    let list = project.run(&["list", "--lang", "en"]).expect(0).stdout();
    assert!(list.contains("Leave"), "{list}");
    let tree: Vec<String> =
        project.page("site/tree.html").links("main a.node").into_iter().map(|(href, _)| href).collect();
    assert_eq!(
        tree,
        ["a.html", "leave/index.html", "b/index.html", "b/c.html", "b/leave/index.html", "empty/index.html"]
    );
    let links: Vec<String> =
        project.page("site/a.html").links(".text a").into_iter().map(|(href, _)| href).collect();
    assert_eq!(links, ["leave/index.html", "b/leave/index.html"]);
}

#[test]
fn a_page_of_a_folder_that_is_a_rule_shows_what_it_says_and_lists_the_folder() {
    let project = Project::new("//- content/a.md\n# A\n");
    project.write("content/hr/index.md", format!("{CONTROL}# People\n\nText.\n"));
    project.write("content/hr/leave.md", "# Leave\n");
    project.write("content/it/index.md", "# Machines\n\nText.\n");
    project.write("content/it/leave.md", "# Passwords\n");
    project.run(&["build", "--lang", "en"]).expect(0);
    let page = project.page("site/hr/index.html");
    assert_eq!(page.texts(".facts span"), ["In force", "Version 1.2", "Effective 2024-01-01"]);
    assert!(page.links("main a").iter().any(|(href, _)| href.ends_with("leave.html")));
    assert_eq!(project.page("site/it/index.html").all(".facts").len(), 0);
    let list = project.run(&["list", "--lang", "en"]).expect(0).stdout();
    assert!(list.contains("People") && !list.contains("Machines"), "{list}");
}
