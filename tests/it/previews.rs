//! The data of the cards beside links: what it holds, how much there is, and
//! what an edit changes.

use crate::support::{Project, repository, run_in, tree};
use serde_json::Value;
use std::collections::BTreeMap;

const BOOK: &str = "
//- handbook.yaml
language: zh-CN
external_references:
  - {title: 中华人民共和国网络安全法, url: https://example.com/law, note: 法律}
//- content/甲.md
---
title: 采购制度
id: A-1
---
# 采购制度

第一条 依照《报销制度》第二条、第二条第二款、第三条办理。

见[[B-2#第二条第2款第1项|第一项]]、[附则](乙.md#附则)和本制度第一条，又见[乙](乙.md)与[草案](丙.md#第一条)。
//- content/乙.md
---
title: 报销制度
id: B-2
status: in_force
version: '1.2'
kind: policy
effective: 2025-01-01
---
# 报销制度

第一条 总则：没有人引用。

第二条 **第一款**：

| 级别 | 金额 |
| --- | --- |
| 经理 | 500 |

第二款有[链接](甲.md)；

（一）一项；

（二）二项。

第三款。

第三条 \"引号\"与</script>和`代码`。

## 附则

第四条 本制度自公布之日起施行。
//- content/丙.md
---
title: 草案制度
status: draft
---
第一条 秘密的草案。
";

/// The entries of a built site, and its shards' names and sizes.
fn entries(files: &BTreeMap<String, Vec<u8>>) -> (BTreeMap<String, Value>, Vec<(String, usize)>) {
    let text = |name: &str| String::from_utf8(files[name].clone()).expect("UTF-8");
    let call = |text: &str| -> (String, Value) {
        let inner = text.strip_prefix("handbookPreviews(").and_then(|text| text.strip_suffix(");\n"));
        let (name, value) = inner.and_then(|text| text.split_once(',')).expect("one call");
        (name.to_owned(), serde_json::from_str(value).expect("JSON"))
    };
    let (name, names) = call(&text("previews/manifest.js"));
    assert_eq!(name, "\"manifest\"");
    let mut all = BTreeMap::new();
    let mut shards = Vec::new();
    for (at, name) in names.as_array().expect("a list").iter().enumerate() {
        let name = format!("previews/{}.js", name.as_str().expect("a name"));
        let (number, shard) = call(&text(&name));
        assert_eq!(number, at.to_string());
        for (address, entry) in shard.as_object().expect("a map") {
            assert!(all.insert(address.clone(), entry.clone()).is_none(), "{address} stands twice");
        }
        shards.push((name.clone(), files[&name].len()));
    }
    let there = files.keys().filter(|name| name.starts_with("previews/")).count();
    assert_eq!(there, shards.len() + 1, "shards that the manifest does not name");
    (all, shards)
}

#[test]
fn a_clause_s_preview_is_its_text() {
    let project = Project::new(BOOK);
    project.run(&["build", "-q"]).expect(0);
    let (entries, _) = entries(&project.tree("site"));
    let cited = &entries["乙.html"];
    assert_eq!(cited["t"], "报销制度");
    assert_eq!(cited["s"], serde_json::json!([["in_force", "现行"]]));
    assert_eq!(cited["f"], serde_json::json!(["制度", "B-2", "版本 1.2", "生效 2025-01-01"]));
    assert!(
        cited["x"].as_str().expect("text").starts_with("第一条 总则：没有人引用。\n第二条 第一款："),
        "{cited}"
    );
    let places = cited["a"].as_object().expect("places").iter();
    let places: Vec<String> = places.map(|(anchor, part)| format!("{anchor}: {part}")).collect();
    insta::assert_snapshot!(places.join("\n"), @r#"
    第三条: ["第三条","\"引号\"与和代码。",0]
    第二条: ["第二条","第一款：\n级别 · 金额\n经理 · 500\n第二款有链接；\n（一）一项；\n（二）二项。\n第三款。",0]
    第二条第2款: ["第二条第2款","第二款有链接；\n（一）一项；\n（二）二项。",0]
    第二条第2款第1项: ["第二条第2款第1项","（一）一项；",0]
    附则: ["附则","第四条 本制度自公布之日起施行。",1]
    "#);
    let outside = &entries["references.html"]["a"]["reference-1"];
    assert_eq!(*outside, serde_json::json!(["《中华人民共和国网络安全法》", "法律", 1]));
}

#[test]
fn only_what_is_published_is_in_the_data() {
    let project = Project::new(BOOK);
    project.run(&["build", "-q"]).expect(0);
    let (without, _) = entries(&project.tree("site"));
    assert!(!without.contains_key("丙.html"), "a draft can be read");
    assert!(project.tree("site").values().all(|bytes| !String::from_utf8_lossy(bytes).contains("秘密")));
    project.run(&["build", "-q", "--drafts"]).expect(0);
    let (with, _) = entries(&project.tree("site"));
    assert_eq!(with["丙.html"]["a"]["第一条"][1], "秘密的草案。");
}

#[test]
fn an_edit_changes_its_page_and_a_shard() {
    let project = Project::new(BOOK);
    project.run(&["build", "-q"]).expect(0);
    let before = project.tree("site");
    let text = project.read("content/乙.md").replace("总则：没有人引用", "总则：谁也不引用");
    project.write("content/乙.md", text);
    project.run(&["build", "-q"]).expect(0);
    let after = project.tree("site");
    let changed: Vec<&str> = after
        .iter()
        .filter(|(name, bytes)| {
            before.get(*name) != Some(bytes) && !name.starts_with('.') && !name.starts_with("search/")
        })
        .map(|(name, _)| name.split('.').next().unwrap_or(name))
        .collect();
    assert_eq!(changed, ["previews/00", "previews/manifest", "乙"]);
}

#[test]
fn the_sample_s_data_are_few_files_of_bounded_size() {
    let folder = tempfile::tempdir().expect("folder");
    let output = folder.path().to_string_lossy().into_owned();
    run_in(&repository(), &["build", "-q", "-o", &output]).expect(0);
    let files = tree(folder.path());
    let (entries, shards) = entries(&files);
    let index: Value = serde_json::from_slice(&files["index.json"]).expect("JSON");
    let chapters = index["chapters"].as_array().expect("a list").len();
    assert_eq!(entries.len(), chapters + 1, "one for each chapter, and the external references");
    assert!(shards.len() * 4 <= chapters, "{shards:?}");
    assert!(shards.iter().all(|(_, bytes)| *bytes < 100_000), "{shards:?}");
    let lines = entries.values().map(|entry| entry["x"].as_str().expect("text").chars().count());
    let most = lines.max().expect("chapters");
    assert!((160..=500).contains(&most), "first lines of {most} characters");
    let parts: Vec<&Value> =
        entries.values().filter_map(|entry| entry["a"].as_object()).flat_map(|all| all.values()).collect();
    assert!(parts.len() > 20, "only {} places", parts.len());
    for part in parts {
        let (label, text) = (part[0].as_str().expect("a label"), part[1].as_str().expect("text"));
        assert!(!label.is_empty() && text.chars().count() <= 801, "{part}");
        assert!(!text.contains("**") && !text.contains("]("), "Markdown is left in {part}");
    }
}

#[test]
fn a_chapter_cited_all_over_makes_no_endless_shard() {
    let project = Project::new("//- handbook.yaml\nlanguage: zh-CN\n");
    let clause = |at: usize| format!("第{at}条 {}\n\n", "甲乙丙丁戊己庚辛壬。".repeat(60));
    let cited = |at: usize| format!("依照[第{at}条](法.md#第{at}条)。\n\n");
    project.write("content/法.md", format!("# 法\n\n{}", (1..=900).map(clause).collect::<String>()));
    project.write("content/则.md", format!("# 则\n\n{}", (1..=900).map(cited).collect::<String>()));
    project.run(&["build", "-q"]).expect(0);
    let (entries, shards) = entries(&project.tree("site"));
    let places = entries["法.html"]["a"].as_object().expect("places");
    assert!(places.len() > 100, "only {} clauses", places.len());
    let text = places["第1条"][1].as_str().expect("text");
    assert!(text.ends_with("壬。…") && text.chars().count() > 80, "{text}");
    assert!(shards.len() == 1 && shards[0].1 < 120_000, "{shards:?}");
}

#[test]
fn an_author_s_folder_of_the_same_name_stays_theirs() {
    let project = Project::new("//- content/index.md\n# A\n//- content/previews/x.md\n# B\n\ntext\n");
    project.write("content/previews/manifest.js", "mine");
    project.run(&["build", "-q"]).expect(0);
    assert_eq!(project.read("site/previews/manifest.js"), "mine");
    assert!(project.read("site/previews/x.html").contains("text"));
}
