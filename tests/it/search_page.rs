//! The page of search and the box of every page: where they stand, and what is
//! in them before a script runs.

use crate::support::Project;
use scraper::{Html, Selector};

fn hrefs(html: &str, css: &str) -> Vec<String> {
    let selector = Selector::parse(css).expect("a selector");
    let links = Html::parse_document(html);
    links.select(&selector).filter_map(|link| link.value().attr("href").map(str::to_owned)).collect()
}

const PLAIN: &str = "
//- handbook.yaml
title: 手册
base_url: https://example.org/
//- content/a.md
# 甲
//- content/b/c.md
# 丙
";

#[test]
fn every_page_leads_to_search_and_search_leads_on_without_script() {
    let project = Project::new(PLAIN);
    project.run(&["build"]).expect(0);
    for (page, wanted) in [("index.html", "search.html"), ("b/c.html", "../search.html")] {
        let html = project.read(&format!("site/{page}"));
        assert_eq!(hrefs(&html, ".bar [data-search-open]"), [wanted]);
    }
    let search = project.read("site/search.html");
    let html = Html::parse_document(&search);
    // To a parser that runs scripts, what stands in <noscript> is mere text.
    let noscript = Selector::parse("noscript").expect("a selector");
    let inside: String = html.select(&noscript).flat_map(|element| element.text()).collect();
    assert_eq!(hrefs(&inside, "a"), ["a-z.html", "tree.html"]);
    let list = Selector::parse("[data-search-results]").expect("a selector");
    let list = html.select(&list).next().expect("a list of results").value();
    assert_eq!((list.attr("data-state"), list.attr("data-count")), (Some("idle"), Some("0")));
    assert!(!project.read("site/sitemap.xml").contains("search.html"));
}

#[test]
fn an_authors_page_of_that_name_keeps_it() {
    let project = Project::new(PLAIN);
    project.write("content/search.md", "# 怎样检索档案\n");
    let run = project.run(&["build", "-v"]).expect(0).stderr();
    assert!(run.contains("reserved-url") && run.contains("`all-search`"), "{run}");
    assert!(project.read("site/search.html").contains("怎样检索档案"));
    assert!(project.read("site/all-search.html").contains("data-search-results"));
    let html = project.read("site/b/c.html");
    assert_eq!(hrefs(&html, ".bar [data-search-open]"), ["../all-search.html"]);
}

#[test]
fn a_page_carries_the_same_for_its_box_whatever_the_handbook_holds() {
    let size = |chapters: usize| {
        let project = Project::new(PLAIN);
        for at in 0..chapters {
            project.write(&format!("content/d/{at}.md"), format!("# 章{at}\n\n正文。\n"));
        }
        project.run(&["build"]).expect(0);
        project.read("site/search.html").len()
    };
    assert!(size(60).abs_diff(size(10)) < 300, "search.html grows with the handbook");
}
