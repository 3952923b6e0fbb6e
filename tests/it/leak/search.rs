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

    let queries = [
        "工资",
        "薪水调整",
        "薪水是多少",
        "\"薪水\"",
        "salary",
        "xinshui",
        "十日发放",
        "新水",
        "xinshuitiaozheng",
    ];
    let asked: Vec<_> = queries.iter().map(|query| json!([query, {}])).collect();
    let answers = node("ask", &project.path().join("everyone"), &json!(asked));
    for (query, answer) in queries.iter().zip(answers.as_array().expect("answers")) {
        assert_eq!(answer["count"], 0, "`{query}`");
        assert_eq!(answer["suggestions"], json!([]), "`{query}`");
        assert!(answer["suggestion"].is_null(), "`{query}`");
        let parts = answer["parts"].as_array().expect("parts").iter();
        assert!(parts.clone().all(|part| part["count"] != 0), "`{query}`");
    }
    let found = node("ask", &project.path().join("board"), &json!([["工资是多少", {}], ["新水", {}]]));
    assert_eq!(found[0]["results"][0]["url"], "closed.html");
    assert_eq!(found[1]["suggestion"], "薪水");
}

#[test]
fn a_word_of_the_project_that_stands_in_no_text_of_a_site_is_in_no_file_of_it() {
    // 猎户 stands in the withheld chapter and in synonyms.yaml, 觅食 in synonyms.yaml alone; 驼鹿 is of
    // a group that says nothing of the texts of everyone.
    let project = Project::new(
        "//- content/index.md\n# 首页\n//- content/open.md\n# 公开的事\n\n食堂十二点开放。\n\
         //- content/closed.md\n---\naudience: board\n---\n# 猎户计划\n\n猎户与驼鹿同时进行。\n\
         //- synonyms.yaml\n- [食堂, 觅食, 猎户]\n- [驼鹿, 麋鹿]\n",
    );
    project.write("handbook.yaml", format!("title: 手册\nlanguage: zh-CN\n{AUDIENCES}"));
    project.run(&["build", "--audience", "everyone", "-o", "everyone"]).expect(0);
    project.run(&["build", "--audience", "board", "-o", "board"]).expect(0);
    for character in ['猎', '觅', '驼', '麋'] {
        assert!(!says(&project, "everyone", character), "{character} is in the site of everyone");
    }
    assert!(says(&project, "board", '猎') && says(&project, "board", '驼'));

    let asked: Vec<_> = ["觅食", "猎户是什么", "麋鹿"].iter().map(|query| json!([query, {}])).collect();
    let everyone = node("ask", &project.path().join("everyone"), &json!(asked));
    let urls: Vec<_> = (0..3).map(|at| everyone[at]["results"][0]["url"].clone()).collect();
    assert_eq!(json!(urls), json!(["open.html", "open.html", null]));
    let board = node("ask", &project.path().join("board"), &json!(asked));
    assert_eq!(board[2]["results"][0]["url"], "closed.html");

    // The site of everyone is that of a project without the chapter.
    std::fs::remove_file(project.path().join("content/closed.md")).expect("removed");
    project.run(&["build", "--audience", "everyone", "-o", "without"]).expect(0);
    let of = |site: &str| std::fs::read(project.path().join(site).join("search/index.js")).expect("an index");
    assert_eq!(of("everyone"), of("without"));
}
