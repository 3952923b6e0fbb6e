//! The list of changes with its redlines, and the feeds.

use super::{build, edit, repository};
use crate::support::Project;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::{BTreeMap, BTreeSet};

const ORGANIZATION: &str = "departments:\n  - {id: hr, name: 人事部}\n  - {id: fin, name: 财务部}\nroles:\n  - {id: clerk, name: 出纳, department: fin}\n";

fn project() -> Project {
    let project = repository();
    project.write(
        "handbook.yaml",
        "title: 手册 & 制度\nlanguage: zh-CN\neditions: git\nbase_url: https://handbook.example.com/zh\n",
    );
    project.write("organization.yaml", ORGANIZATION);
    // Two rules that git does not know: for finance, and with an editorial change.
    project.write(
        "content/cash.md",
        "---\ntitle: 现金\nid: FIN-9\nstatus: in_force\nversion: '1.1'\ndepartments: [fin]\nrevisions:\n  - {version: '1.1', date: 2026-09-02, by: 王五, kind: editorial, note: 改正错字}\n  - {version: '1.0', date: 2026-09-01, by: 王五, note: '首次发布 <b>&</b>'}\n---\n第一条 甲。\n",
    );
    project
}

/// The texts of an element of the feed, read as HTML, which is enough for what we write.
fn texts(project: &Project, css: &str) -> Vec<String> {
    project.page("site/changes.xml").texts(css)
}

#[test]
fn changes_name_the_clauses_and_lead_to_the_redline() {
    let project = project();
    build(&project, "2026-11-28");
    // By the day on which it takes effect, though it was written down the year before.
    let page = project.page("site/changes.html");
    let entry = page.texts(".change-month li").into_iter().find(|entry| entry.contains("年假改为六天"));
    assert!(entry.is_some_and(|entry| entry.starts_with("2026-01-01")));
    assert!(!page.texts(".change-month li").concat().contains("2027-01-01"), "that day has not come");
    let redlines: Vec<String> = page.links(".change-redline a").into_iter().map(|(url, _)| url).collect();
    assert!(redlines.contains(&"versions/HR-001/1.0..1.1.html".to_owned()), "{redlines:?}");
    assert!(redlines.contains(&"versions/HR-001/1.0..1.1.html#Hb-r1".to_owned()), "{redlines:?}");
    let home = project.page("site/index.html").links(".change-redline a");
    assert!(home.iter().any(|(url, _)| url == "versions/HR-001/1.0..1.1.html"), "{home:?}");
    assert!(project.page("site/changes.html").texts(".change-month .pill").contains(&"文字修订".to_owned()));
}

#[test]
fn feeds_have_what_rfc_4287_asks_for_and_leave_out_what_is_editorial() {
    let project = project();
    build(&project, "2026-11-28");
    let feed = project.read("site/changes.xml");
    let ids = texts(&project, "entry > id");
    assert!(ids.len() >= 3 && ids.iter().collect::<BTreeSet<_>>().len() == ids.len(), "{ids:?}");
    assert!(ids.contains(&"tag:handbook.example.com,2026-09-01:FIN-9/1.0".to_owned()), "{ids:?}");
    for part in ["id", "title", "updated", "author > name"] {
        assert_eq!(texts(&project, &format!("feed > {part}")).len(), 1, "{part}");
    }
    assert_eq!(texts(&project, "entry > updated").len(), ids.len());
    assert_eq!(texts(&project, "feed > updated"), ["2026-09-01T00:00:00Z"], "that of the latest entry");
    assert!(!feed.contains("改正错字"), "editorial changes are not announced");
    assert!(feed.contains("首次发布 &lt;b&gt;&amp;&lt;/b&gt;"), "{feed}");
    assert!(
        feed.contains("href=\"https://handbook.example.com/zh/versions/HR-001/1.0..1.1.html\""),
        "{feed}"
    );
    // Stable: a later day, another path and a new entry leave the ids as they were.
    edit(&project, "content/cash.md", &[("首次发布", "首次发布了")]);
    std::fs::rename(project.path().join("content/cash.md"), project.path().join("content/money.md")).unwrap();
    build(&project, "2026-12-28");
    assert_eq!(texts(&project, "entry > id"), ids);
}

#[test]
fn departments_and_roles_have_their_own_feeds_and_pages_name_them() {
    let project = project();
    build(&project, "2026-11-28");
    let has_cash = |name: &str| project.read(&format!("site/{name}")).contains("FIN-9/1.0");
    assert!(
        has_cash("departments/fin.xml") && has_cash("roles/clerk.xml") && !has_cash("departments/hr.xml")
    );
    for (page, feeds) in [
        ("index.html", vec!["changes.xml"]),
        ("changes.html", vec!["changes.xml"]),
        ("departments/fin.html", vec!["../departments/fin.xml", "../changes.xml"]),
        ("roles/clerk.html", vec!["../roles/clerk.xml", "../changes.xml"]),
    ] {
        let shown = project.page(&format!("site/{page}"));
        let links = shown.all("link[rel=alternate][type='application/atom+xml']");
        let named: Vec<&str> = links.iter().filter_map(|link| link.value().attr("href")).collect();
        assert_eq!(named, feeds, "{page}");
    }
    project.write("handbook.yaml", "title: 手册\nlanguage: zh-CN\neditions: git\n");
    build(&project, "2026-11-28");
    assert!(!project.path().join("site/changes.xml").exists(), "no base_url, no feeds");
    assert!(project.page("site/changes.html").all("link[rel=alternate]").is_empty());
}

/// An element of a feed.
#[derive(Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all(&self, name: &str) -> Vec<&Self> {
        self.children.iter().filter(|child| child.name == name).collect()
    }

    fn one(&self, name: &str) -> &Self {
        let all = self.all(name);
        assert_eq!(all.len(), 1, "{} has one {name}", self.name);
        all[0]
    }
}

/// Reads XML and fails where it is not well-formed.
fn parsed(xml: &str) -> Element {
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).expect("UTF-8").to_owned();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error} in {xml}")) {
            Event::Start(start) => {
                let mut element = Element { name: text(start.name().as_ref()), ..Element::default() };
                for attribute in start.attributes() {
                    let attribute = attribute.expect("an attribute");
                    element.attributes.insert(text(attribute.key.as_ref()), text(&attribute.value));
                }
                open.push(element);
            }
            Event::End(_) => {
                let done = open.pop().expect("an open element");
                open.last_mut().expect("its parent").children.push(done);
            }
            Event::Text(words) => open.last_mut().expect("an element").text.push_str(&text(&words)),
            Event::GeneralRef(name) => {
                let name = text(&name);
                assert!(["amp", "lt", "gt", "quot"].contains(&name.as_str()), "&{name};");
                open.last_mut().expect("an element").text.push_str(&format!("&{name};"));
            }
            Event::Eof => break,
            Event::Decl(_) => {}
            other => panic!("{other:?} in a feed"),
        }
    }
    assert_eq!(open.len(), 1, "all elements are closed");
    let mut root = open.pop().expect("the document");
    assert_eq!(root.children.len(), 1, "one element is the document");
    root.children.remove(0)
}

/// What RFC 4287, sections 4.1.1, 4.1.2 and 4.2, asks of a feed.
#[test]
fn every_feed_is_valid_atom() {
    let project = project();
    // Words that a careless writer of XML would trip over, and two changes of one day.
    project.write(
        "content/odd.md",
        "---\ntitle: 'A & B <c> \"d\" ]]>'\nstatus: in_force\nversion: '1'\nrevisions:\n  - {version: '1', date: 2026-09-03, by: 'O''Hara & <x>', note: \"&amp; \\u0001 \\uFFFE\"}\n  - {version: '1', date: 2026-09-03, note: 再}\n---\n第一条 甲。\n",
    );
    build(&project, "2026-11-28");
    let base = "https://handbook.example.com/zh/";
    for name in ["changes.xml", "departments/fin.xml", "departments/hr.xml", "roles/clerk.xml"] {
        let feed = parsed(&project.read(&format!("site/{name}")));
        assert_eq!(feed.name, "feed");
        assert_eq!(feed.attributes["xmlns"], "http://www.w3.org/2005/Atom");
        let instant = |element: &Element| {
            let updated = &element.one("updated").text;
            updated.parse::<jiff::Timestamp>().unwrap_or_else(|error| panic!("{updated}: {error}"))
        };
        let is_iri = |id: &str| {
            id.split_once(':').is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty())
        };
        let links = |element: &Element, relation: &str| -> Vec<String> {
            let links = element.all("link").into_iter().filter(|link| link.attributes["rel"] == relation);
            links.map(|link| link.attributes["href"].clone()).collect()
        };
        assert!(is_iri(&feed.one("id").text) && !feed.one("title").text.is_empty(), "{name}");
        assert!(!feed.one("author").one("name").text.is_empty());
        assert_eq!(links(&feed, "self"), [format!("{base}{name}")], "it says where it is");
        assert_eq!(links(&feed, "alternate").len(), 1, "{name}");
        let entries = feed.all("entry");
        assert!(entries.len() >= 2, "{name}");
        let mut ids = BTreeSet::from([feed.one("id").text.clone()]);
        for entry in &entries {
            let id = &entry.one("id").text;
            assert!(is_iri(id) && ids.insert(id.clone()), "{name}: {id} is not one id");
            assert!(!entry.one("title").text.is_empty());
            assert!(instant(entry) <= instant(&feed), "the feed is as new as its newest entry");
            // Without content an entry has an alternate.
            assert_eq!(links(entry, "alternate").len(), 1, "{id}");
            assert!(entry.all("summary").len() <= 1);
            for author in entry.all("author") {
                assert!(!author.one("name").text.is_empty());
            }
        }
        let all = std::iter::once(&feed).chain(entries).flat_map(|element| element.all("link"));
        for link in all {
            let href = &link.attributes["href"];
            assert!(href.starts_with(base) && href.is_ascii(), "{name}: {href} is not absolute");
        }
        let known = ["id", "title", "updated", "author", "link", "entry"];
        assert!(feed.children.iter().all(|child| known.contains(&child.name.as_str())), "{name}");
    }
}
