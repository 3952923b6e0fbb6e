//! The limits of search: the browser's engine takes each from the manifest and has none of its
//! own.

use crate::support::{Project, node};
use handbook::search::Limits;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// Each limit, another value for it, and a query whose response it changes.
const CHANGES: [(&str, u64, &str); 19] = [
    ("queryLength", 3, "server 网络安全"),
    ("wordLength", 3, "server"),
    ("joinedWords", 1, "ops-002"),
    ("longQuery", 1_000, LONG),
    ("longRun", 1_000, LONG),
    // Then the first and the last bigram are looked up, which many chapters hold.
    ("sampledBigrams", 1, LONG),
    ("prefixLetters", 10, "serv"),
    ("prefixWords", 1, "se"),
    ("typoLetters", 50, "managr "),
    ("looseCharacters", 0, "信息公凯制度"),
    ("pinyinInitials", 5, "xxgkzd"),
    ("pinyinSyllable", 1, "xinxigongkaizhi"),
    ("pinyinReadings", 0, "xinxigongkaizhi"),
    ("verified", 0, "网络安全"),
    ("verifiedForCount", 0, LONG),
    ("rescored", 0, "怎么 审批 合同 付款"),
    ("clauses", 1, "server"),
    ("excerpt", 10, "网络安全"),
    ("listsInChunk", 1, "网络安全"),
];

/// Longer than `longQuery`. One chapter holds it; another one holds it in parts, which counts
/// only where all of the query is searched for.
const LONG: &str = "信息公开制度及网络安全管理办法";

fn book() -> Project {
    let mut text = format!(
        "//- handbook.yaml\ntitle: 手册\n//- content/long.md\n# 甲\n\n{LONG}由办公室解释。\n\
         //- content/parts.md\n# 乙\n\n信息公开制度。\n\n及网络。\n\n安全管理办法。\n\
         //- content/disclosure.md\n# 信息公开制度\n\n每季度公布。\n\
         //- content/server.md\n# 丙\n\nserver ops002\n\n## 第一节\n\nserver 一。\n\n## 第二节\n\nserver 二。\n\
         //- content/service.md\n# 丁\n\nservice manager\n\
         //- content/apart.md\n# 戊\n\n第一条 审批。\n\n第二条 合同。\n\n第三条 付款。\n\n第四条 审批。\n\
         //- content/together.md\n# 己\n\n第一条 审批合同付款都在这里。审批合同付款，审批，合同，付款。\n"
    );
    // Both ends of the long query, and nothing of its middle.
    for chapter in 0..30 {
        let _ = write!(text, "//- content/c{chapter}.md\n# 章\n\n信息，办法。\n");
    }
    Project::new(&text)
}

#[test]
fn a_limit_that_changes_in_the_manifest_changes_the_browsers_search() {
    let project = book();
    project.run(&["build"]).expect(0);
    let manifest = project.read("site/search/index.js");
    let in_manifest = serde_json::to_string(&Limits::default()).expect("JSON");
    assert!(manifest.contains(&in_manifest), "the manifest has the limits");
    let Value::Object(limits) = json!(Limits::default()) else { panic!("limits are an object") };
    let mut named: Vec<&str> = CHANGES.iter().map(|change| change.0).collect();
    named.sort_unstable();
    assert_eq!(named, limits.keys().collect::<Vec<_>>(), "each limit is changed once");

    let search = |limits: &Map<String, Value>, query: &str| {
        let changed = manifest.replacen(&in_manifest, &json!(limits).to_string(), 1);
        project.write("site/search/index.js", changed);
        node("ask", &project.path().join("site"), &json!([[query, {}]]))[0].clone()
    };
    for (name, value, query) in CHANGES {
        let plain = search(&limits, query);
        assert!(plain["count"].as_u64() > Some(0), "`{query}` is found");
        let mut changed = limits.clone();
        assert_ne!(changed.insert(name.to_owned(), json!(value)), Some(json!(value)));
        assert_ne!(search(&changed, query), plain, "{name} changes nothing");
    }
}

#[test]
fn browser_and_terminal_show_as_much() {
    let project = book();
    project.run(&["build"]).expect(0);
    for (_, _, query) in CHANGES {
        let browser = &node("ask", &project.path().join("site"), &json!([[query, {}]]))[0];
        let run = project.run(&["search", "--json", query]);
        let terminal: Value = serde_json::from_str(&run.stdout()).expect("JSON");
        let shown = |response: &Value| {
            let results = response["results"].as_array().expect("results").iter();
            results
                .map(|result| (result["url"].clone(), result["clauses"].as_array().map(Vec::len)))
                .collect::<Vec<_>>()
        };
        assert_eq!((&browser["count"], shown(browser)), (&terminal["count"], shown(&terminal)), "`{query}`");
    }
}

#[test]
fn a_query_of_any_length_is_answered() {
    let project = book();
    project.run(&["build"]).expect(0);
    for query in ["a".repeat(20_000), "第三条".repeat(1_500), "网络安全 ".repeat(2_000)] {
        let run = project.run(&["search", "--json", &query]);
        let terminal: Value = serde_json::from_str(&run.stdout()).expect("JSON");
        let browser = &node("ask", &project.path().join("site"), &json!([[query, {}]]))[0];
        assert_eq!(browser["count"], terminal["count"]);
    }
}
