//! What comes first: the word that was typed before others that mean the same, rules before guides, and what
//! others refer to. Both engines are asked.

use crate::support::{Project, node};
use serde_json::{Value, json};

/// What both engines answer to a query; they must agree.
fn answer(project: &Project, query: &str) -> Value {
    let run = project.run(&["search", "--json", "--", query]);
    let ours: Value = serde_json::from_str(&run.stdout()).unwrap_or_else(|error| panic!("{query}: {error}"));
    let answers = node("ask", &project.path().join("site"), &json!([[query, {}]]));
    let places = |answer: &Value| (urls(answer), clauses(answer), answer["match"].clone());
    assert_eq!(places(&ours), places(&answers[0]), "`{query}`");
    ours
}

fn urls(answer: &Value) -> Vec<String> {
    let results = answer["results"].as_array().expect("results");
    results.iter().map(|result| result["url"].as_str().expect("a URL").to_owned()).collect()
}

/// The labels of the clauses that the first result shows.
fn clauses(answer: &Value) -> Vec<String> {
    let clauses = answer["results"][0]["clauses"].as_array().cloned().unwrap_or_default();
    clauses.iter().map(|clause| clause["title"].as_str().expect("a title").to_owned()).collect()
}

#[test]
fn the_word_that_was_typed_comes_before_words_that_mean_the_same() {
    let many = "批准由经理作出，批准须书面，批准须登记，批准须留存。";
    let filler = "其他文字。".repeat(200);
    let project = Project::new(&format!(
        "//- handbook.yaml\ntitle: 手册\n//- content/a.md\n# 甲\n\n第一条 {many}\n\n第二条 {many}\n\n第三条 {many}\n\n\
         {filler}\n\n第四条 {many}\n\n{filler}\n\n第五条 {many}\n\n\
         //- content/b.md\n# 乙\n\n第一条 {many}\n\n第二条 {many}\n\n第三条 {many}\n\n{filler}\n\n\
         第四条 审批在三日内完成。\n\n第五条 {many}\n"
    ));
    project.run(&["build"]).expect(0);
    let found = answer(&project, "审批");
    assert_eq!(urls(&found), ["b.html", "a.html"]);
    assert_eq!(clauses(&found)[0], "第四条");
}

#[test]
fn rules_come_before_guides_that_quote_them() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/a-guide.md\n---\nkind: guide\n---\n# 怎样查阅\n\n\
         输入 `taobao` 找到标题，输入“试用期多久”找到条款，leave 一词也行。试用期，试用期。\n\
         //- content/taobao.md\n# 淘宝制度\n\n第一条 试用期为三个月。\n\n第二条 休假由经理安排。\n",
    );
    project.run(&["build"]).expect(0);
    for query in ["taobao", "leave", "试用期", "试用期多久"] {
        assert_eq!(urls(&answer(&project, query))[0], "taobao.html", "{query}");
    }
    assert_eq!(urls(&answer(&project, "怎样查阅"))[0], "a-guide.html");
}

#[test]
fn what_others_refer_to_comes_before_what_says_the_same() {
    let rule = "第一条 加班由经理安排。\n";
    let project = Project::new(&format!(
        "//- handbook.yaml\ntitle: 手册\n//- content/a.md\n# 甲地办法\n\n{rule}//- content/b.md\n# 乙方办法\n\n{rule}\
         //- content/c.md\n# 丙\n\n依照《乙方办法》。\n//- content/d.md\n# 丁\n\n依照《乙方办法》和[乙](b.md)。\n\
         //- content/e.md\n# 戊\n\n依照《甲地办法》。\n"
    ));
    project.run(&["build"]).expect(0);
    for query in ["加班", "加班由谁安排"] {
        assert_eq!(urls(&answer(&project, query))[..2], ["b.html", "a.html"], "{query}");
    }
}

#[test]
fn words_whose_parts_stand_apart_are_not_found_with_all_words() {
    let filler = "其他文字。".repeat(200);
    for (query, first, second, step) in [
        ("密码多久换一次", "密码。", "先换手册，每周一次。", "closest"),
        ("密码多久换一次", "密码。", "每年换一次。", "words"),
        ("蜂蜜罐几个", "蜂蜜。", "蜜罐。", "closest"),
        ("蜂蜜罐几个", "其他。", "蜂蜜罐。", "words"),
    ] {
        let project = Project::new(&format!(
            "//- handbook.yaml\ntitle: 手册\n//- content/a.md\n# 甲\n\n第一条 {first}\n\n{filler}\n\n第二条 {second}\n"
        ));
        project.run(&["build"]).expect(0);
        assert_eq!(answer(&project, query)["match"], step, "{query}: {first}{second}");
    }
}

#[test]
fn many_words_that_stand_far_apart_do_not_hide_what_has_most_of_them_together() {
    let filler = "Other words. ".repeat(200);
    let project = Project::new(&format!(
        "//- handbook.yaml\ntitle: Handbook\n//- content/a.md\n# Cards\n\nA badge opens doors.\n\n{filler}\n\n\
         The clinic signs nothing.\n\n{filler}\n\nNobody is lost.\n\n\
         //- content/b.md\n# Keys\n\nA lost badge is told to the desk.\n\n\
         //- content/c.md\n# Sickness\n\nThe clinic treats who lost a badge.\n"
    ));
    project.run(&["build"]).expect(0);
    let found = answer(&project, "badge lost desk");
    assert_eq!((&found["match"], urls(&found)), (&json!("exact"), vec!["b.html".to_owned()]));
    let found = answer(&project, "lost badge signs");
    assert_eq!(
        (&found["match"], &found["complete"], &found["count"]),
        (&json!("words"), &json!(1), &json!(3))
    );
    let said = project.run(&["search", "--", "lost badge signs"]).stdout();
    assert!(said.ends_with("3 chapters, 1 of them with all words\n"), "{said}");
    let found = urls(&found);
    assert!(found.contains(&"b.html".to_owned()) && found.contains(&"c.html".to_owned()), "{found:?}");
    let found = answer(&project, "badge signs");
    assert_eq!((&found["match"], urls(&found)), (&json!("exact"), vec!["a.html".to_owned()]));
}

#[test]
fn clauses_are_told_apart_by_what_the_title_does_not_say() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/a.md\n# 借贷办法\n\n\
         第一条 借贷由财务部办理，利率由财务部公布。\n\n第二条 利率以百分之四为限。\n\n\
         //- content/b.md\n# 休假办法\n\n第一条 休假由经理安排。\n",
    );
    project.run(&["build"]).expect(0);
    assert_eq!(clauses(&answer(&project, "借贷利率最高是多少"))[0], "第二条");
}

#[test]
fn forms_of_english_words_are_found() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: Handbook\n//- content/a.md\n# Conduct\n\nNobody bullies anyone.\n\n\
         //- content/b.md\n# Journeys\n\nWhen travelling, book early.\n\n//- content/c.md\n# Money\n\n\
         The company pays on Friday.\n",
    );
    project.run(&["build"]).expect(0);
    for (query, wanted) in
        [("what if I am bullied", "a.html"), ("who may travel", "b.html"), ("when are we paid", "c.html")]
    {
        assert_eq!(urls(&answer(&project, query)), [wanted], "{query}");
    }
}
