//! Search: a word that only a withheld chapter has brings no other word along.

use super::AUDIENCES;
use crate::support::{Project, node};
use serde_json::json;

/// Whether a file of the search index says the character.
fn says(project: &Project, site: &str, character: char) -> bool {
    let files = walkdir::WalkDir::new(project.path().join(site).join("search")).into_iter();
    let mut texts = files.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    texts.any(|entry| std::fs::read_to_string(entry.path()).is_ok_and(|text| text.contains(character)))
}

#[test]
fn nothing_is_expanded_or_suggested_by_words_that_are_withheld() {
    // 薪水 is of a group of the built-in list, and stands in the withheld chapter alone.
    let project = Project::new(
        "//- content/index.md\n# 首页\n//- content/open.md\n# 公开的事\n\n食堂十二点开放。\n\
         //- content/closed.md\n---\naudience: board\n---\n# 薪水调整\n\n薪水在每月十日发放。\n",
    );
    project.write("handbook.yaml", format!("title: 手册\nlanguage: zh-CN\n{AUDIENCES}"));
    project.run(&["build", "--audience", "everyone", "-o", "everyone"]).expect(0);
    project.run(&["build", "--audience", "board", "-o", "board"]).expect(0);
    assert!(!says(&project, "everyone", '薪'), "the group is in the site of everyone");
    assert!(says(&project, "board", '薪'), "the group is in the site of the board");

    let queries = ["工资", "薪水调整", "薪水是多少", "\"薪水\"", "salary", "xinshui", "十日发放"];
    let asked: Vec<_> = queries.iter().map(|query| json!([query, {}])).collect();
    let answers = node("ask", &project.path().join("everyone"), &json!(asked));
    for (query, answer) in queries.iter().zip(answers.as_array().expect("answers")) {
        assert_eq!(answer["count"], 0, "`{query}`");
        assert_eq!(answer["suggestions"], json!([]), "`{query}`");
    }
    let found = node("ask", &project.path().join("board"), &json!([["工资是多少", {}]]));
    assert_eq!(found[0]["results"][0]["url"], "closed.html");
}
