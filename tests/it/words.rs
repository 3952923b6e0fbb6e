//! Words that mean the same, are mistyped or written in another way, in both engines.

use crate::search::both_find;
use crate::support::{Project, node};
use serde_json::{Value, json};

/// A value of the manifest of the site `site`.
fn manifest(project: &Project) -> Value {
    let script = project.read("site/search/index.js");
    let json = script.strip_prefix("handbookSearch(\"index\",").and_then(|rest| rest.strip_suffix(")\n"));
    serde_json::from_str(json.expect("a call")).expect("JSON")
}

#[test]
fn the_manifest_does_not_grow_with_the_words_that_mean_the_same() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: Handbook\n//- content/leave.md\n# Absence\n\nAnnual leave takes 20 days.\n\
         //- content/pay.md\n# Money\n\nYour salary comes monthly.\n",
    );
    project.run(&["build"]).expect(0);
    both_find(&project, &[("vacation", &["leave.html"]), ("how much are wages", &["pay.html"])]);
    let none = manifest(&project)["synonyms"]["keys"].clone();
    project
        .write("content/trips.md", "# Trips\n\nChoose a carrier, and ask for reimbursement of expenses.\n");
    project.run(&["build"]).expect(0);
    both_find(&project, &[("ryanair", &["trips.html"])]);
    assert_eq!(manifest(&project)["synonyms"]["keys"], none);
    assert_eq!(none, "gA==", "keys of words that begin like words of a text are with those");
}

#[test]
fn where_a_word_of_the_project_has_its_key_does_not_tell_how_it_begins() {
    let lists = |word: &str| {
        let project = Project::new(&format!(
            "//- handbook.yaml\ntitle: Handbook\n//- content/a.md\n# Canteen\n\nLunch is served at noon, 午饭.\n\
             //- synonyms.yaml\n- [lunch, {word}]\n"
        ));
        project.run(&["build"]).expect(0);
        both_find(&project, &[(word, &["a.html"])]);
        manifest(&project)["shards"]["name"].clone()
    };
    assert_eq!(lists("aardvark"), lists("nosebag"));
    assert_eq!(lists("午歇"), lists("nosebag"));
}

#[test]
fn words_of_synonyms_yaml_find_each_other() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/pay.md\n# 费用制度\n\n员工凭发票报销。\n\
         //- content/typed.md\n# 窗口\n\n走账在窗口办理。\n\
         //- content/kudos.md\n# Spot awards\n\nManagers may give a spot award.\n\
         //- synonyms.yaml\n- [走账, 报销, 打条子]\n- [spot award, Kudos]\n",
    );
    project.run(&["build"]).expect(0);
    both_find(
        &project,
        &[
            ("走账", &["pay.html", "typed.html"]),
            ("打条子", &["pay.html", "typed.html"]),
            ("怎么打条子", &["pay.html", "typed.html"]),
            ("\"打条子\"", &[]),
            ("kudos", &["kudos.html"]),
            ("窗口打条子", &["typed.html"]),
        ],
    );
    // What was typed comes first.
    let found = project.run(&["search", "走账"]).stdout();
    assert!(found.starts_with("窗口"), "{found}");
}

#[test]
fn groups_that_say_nothing_are_told_with_their_line() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/a.md\n# 甲\n\n乙。\n\
         //- synonyms.yaml\n- [甲, 乙]\n- []\n- [丙]\n- [丁, 戊, 丁]\n- [乙, 甲]\n",
    );
    let told = project.run(&["check", "--format", "github"]).stdout();
    for (line, says) in [(2, "no words"), (3, "one word"), (4, "already a word"), (5, "stands above")] {
        let place = format!("file=synonyms.yaml,line={line},");
        assert!(told.lines().any(|row| row.contains(&place) && row.contains(says)), "{line}: {told}");
    }
    project.write("synonyms.yaml", "甲: [乙\n");
    let run = project.run(&["check"]);
    assert!(run.stderr().contains("synonyms.yaml") || run.stdout().contains("synonyms.yaml"));
    assert_ne!(run.status(), 0);
}

const TRAVEL: &str = "//- handbook.yaml\ntitle: 手册\n//- content/travel.md\n# 差旅管理制度\n\n第一条 差旅标准见附件。凭发票报销。\n\n\
第二条 住宿标准按城市分级，报销时一并核对。\n//- content/leave.md\n# 休假办法\n\n年假五天，年假按月折算。\n\
//- content/fund.md\n# 住房公积金\n\n按月缴存。\n//- content/english.md\n# Travel policy\n\nManagers approve reimbursement.\n";

/// What both engines answer, which must be one.
fn both_answer(project: &Project, queries: &[&str]) -> Vec<Value> {
    let asked: Vec<_> = queries.iter().map(|query| json!([query, {}])).collect();
    let answers = node("ask", &project.path().join("site"), &json!(asked));
    let answers = answers.as_array().expect("answers").iter();
    let kept = |answer: &Value| {
        let urls: Vec<&Value> =
            answer["results"].as_array().expect("results").iter().map(|result| &result["url"]).collect();
        let fields = ["match", "count", "exact", "suggestion"].map(|name| &answer[name]);
        let parts = answer["parts"].as_array().cloned().unwrap_or_default();
        json!([urls, fields, parts, answer["corrected"] == true])
    };
    for (query, answer) in queries.iter().zip(answers.clone()) {
        let run = project.run(&["search", "--json", "--", query]);
        let ours: Value = serde_json::from_str(&run.stdout()).expect("JSON");
        assert_eq!(kept(&ours), kept(answer), "`{query}`");
    }
    answers.cloned().collect()
}

#[test]
fn characters_that_sound_like_others_are_taken_or_offered_for_them() {
    let project = Project::new(TRAVEL);
    project.run(&["build"]).expect(0);
    let expected = [
        ("差率", "差旅", true, "travel.html"),
        ("报消", "报销", true, "travel.html"),
        ("年价", "年假", true, "leave.html"),
        ("公机金", "公积金", true, "fund.html"),
        ("拆旅制度", "差旅制度", false, "travel.html"),
        ("差率标准", "差旅标准", false, "travel.html"),
        ("年价有几天", "年假有几天", true, "leave.html"),
        ("managres", "managers", true, "english.html"),
        ("chailubiaozhun", "差旅标准", true, "travel.html"),
        ("nianjiaan", "", false, ""),
    ];
    let queries = expected.map(|(query, ..)| query);
    for ((query, suggestion, corrected, url), answer) in expected.iter().zip(both_answer(&project, &queries))
    {
        assert_eq!(answer["suggestion"].as_str().unwrap_or(""), *suggestion, "`{query}`");
        assert_eq!(answer["corrected"] == true, *corrected, "`{query}`");
        assert_eq!(answer["results"][0]["url"].as_str().unwrap_or(""), *url, "`{query}`");
    }
    // What stands as typed is not doubted.
    for answer in both_answer(&project, &["差旅", "travel", "标准", "", "齉齉"]) {
        assert!(answer["suggestion"].is_null(), "{answer}");
    }
    assert!(project.run(&["search", "差率标准"]).stdout().contains("差旅标准"));
}

#[test]
fn pinyin_and_characters_may_touch() {
    let project = Project::new(TRAVEL);
    project.run(&["build"]).expect(0);
    for answer in both_answer(&project, &["chailü标准", "chailv标准", "标准chailu"]) {
        assert_eq!(answer["results"][0]["url"], "travel.html");
        assert_eq!(answer["match"], "words");
    }
}

#[test]
fn where_nothing_is_found_the_parts_that_stand_are_named() {
    let project = Project::new(TRAVEL);
    project.run(&["build"]).expect(0);
    let queries = ["\"差旅制度\" 发票", "\"报销 policy\"", "title:年假", "假价"];
    let parts: Vec<Value> =
        both_answer(&project, &queries).iter().map(|answer| answer["parts"].clone()).collect();
    assert_eq!(
        json!(parts),
        json!([
            [{ "text": "差旅", "count": 2 }, { "text": "制度", "count": 2 }, { "text": "发票", "count": 1 }],
            [{ "text": "报销", "count": 2 }, { "text": "policy", "count": 2 }],
            [{ "text": "年假", "count": 1 }],
            [{ "text": "假", "count": 1 }],
        ])
    );
    let shown = project.run(&["search", "\"差旅制度\" 发票"]).stdout();
    assert!(shown.contains("发票"), "{shown}");
}

/// Both engines must find exactly these chapters, in any order, for each query.
fn all_find(project: &Project, queries: &[&str], wanted: &[&str]) {
    let expected: Vec<(&str, &[&str])> = queries.iter().map(|query| (*query, wanted)).collect();
    both_find(project, &expected);
}

#[test]
fn amounts_and_dates_are_found_in_each_form() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/a.md\n# 甲\n\n补贴五千元，自2026年11月1日起。\n\
         //- content/b.md\n# 乙\n\n补贴5,000元，自2026-11-01起。\n\
         //- content/c.md\n# 丙\n\n补贴 5000 元，自二〇二六年十一月一日起。\n\
         //- content/d.md\n# 丁\n\n补贴0.5万元，from 1 November 2026 on.\n\
         //- content/e.md\n# 戊\n\n补贴500元，自2026年11月2日起。\n",
    );
    project.run(&["build"]).expect(0);
    let four = ["a.html", "b.html", "c.html", "d.html"];
    all_find(&project, &["5000元", "5,000 元", "五千元", "￥5000", "0.5万元", "5千元", "5,000.00元"], &four);
    let dates = [
        "2026-11-01",
        "2026年11月1日",
        "2026/11/1",
        "二〇二六年十一月一日",
        "1 November 2026",
        "November 1, 2026",
        "Nov 1, 2026",
    ];
    all_find(&project, &dates, &four);
    all_find(&project, &["补贴 5000元 2026-11-01"], &four);
    all_find(&project, &["2026年11月2日", "500元"], &["e.html"]);
}

#[test]
fn names_with_signs_and_numbers_are_found() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/iso.md\n# 质量\n\n按 ISO 9001 与 ISO/IEC 27001:2022 执行。\n\
         //- content/one.md\n# 认证\n\n取得ISO9001证书，距离30公里，用时 2 小时。\n\
         //- content/tools.md\n# 工具\n\n版本v14.2.1.0，命令 --dry-run，用 C++、.NET、C# 与 R&D，地址 10.0.12.7。\n\
         //- content/plain.md\n# 其他\n\nC 语言，net 与 dry，地址 10.0.12.70，走 30 km，用时2h。\n",
    );
    project.run(&["build"]).expect(0);
    all_find(&project, &["iso9001", "ISO 9001", "ISO9001"], &["iso.html", "one.html"]);
    all_find(&project, &["ISO/IEC 27001:2022", "27001:2022", "iso27001"], &["iso.html"]);
    all_find(&project, &["14.2.1.0", "v14.2.1.0", "--dry-run", "R&D", "10.0.12.7 "], &["tools.html"]);
    all_find(&project, &["30公里", "30km", "三十公里", "2小时", "两小时"], &["one.html", "plain.html"]);
    for (query, first) in [("C++", "tools.html"), ("C#", "tools.html"), (".NET", "tools.html")] {
        let answer = &both_answer(&project, &[query])[0];
        assert_eq!(answer["results"][0]["url"], first, "`{query}`");
    }
}

#[test]
fn chapters_of_a_preferred_department_or_role_come_first_among_about_equal_ones() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- organization.yaml\ndepartments:\n- {id: it, name: 运维部}\n\
         - {id: cs, name: 客服部}\nroles:\n- {id: agent, name: 客服专员, department: cs}\n\
         //- content/a.md\n---\ndepartments: [it]\n---\n# 甲\n\n值班每周一轮。\n\
         //- content/b.md\n---\ndepartments: [cs]\n---\n# 乙\n\n值班每周一轮。\n\
         //- content/c.md\n---\nroles: [agent]\n---\n# 丙\n\n值班每周一轮。\n\
         //- content/d.md\n# 值班办法\n\n值班每周一轮。\n",
    );
    project.run(&["build"]).expect(0);
    let choices = [
        (json!({}), vec!["d", "a", "b", "c"]),
        (json!({ "department": "cs" }), vec!["d", "b", "a", "c"]),
        (json!({ "department": ["客服部"] }), vec!["d", "b", "a", "c"]),
        (json!({ "role": "agent" }), vec!["d", "c", "a", "b"]),
        (json!({ "role": "nobody" }), vec!["d", "a", "b", "c"]),
    ];
    for query in ["值班", "值班多久一轮"] {
        let asked: Vec<Value> =
            choices.iter().map(|(prefer, _)| json!([query, { "prefer": prefer }])).collect();
        let answers = node("ask", &project.path().join("site"), &json!(asked));
        for ((prefer, wanted), answer) in choices.iter().zip(answers.as_array().expect("answers")) {
            let urls = |answer: &Value| -> Vec<String> {
                let results = answer["results"].as_array().expect("results").iter();
                results.map(|result| result["url"].as_str().expect("a URL").replace(".html", "")).collect()
            };
            assert_eq!(urls(answer), *wanted, "`{query}` {prefer}");
            let mut arguments = vec!["search".to_owned(), "--json".to_owned(), query.to_owned()];
            for (facet, values) in prefer.as_object().expect("facets") {
                let value = values[0].as_str().or(values.as_str()).expect("a value");
                arguments.push(format!("--prefer={facet}={value}"));
            }
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let ours: Value = serde_json::from_str(&project.run(&arguments).stdout()).expect("JSON");
            assert_eq!(urls(&ours), *wanted, "`{query}` {prefer} in the terminal");
        }
    }
    assert_ne!(project.run(&["search", "--prefer", "kind=policy", "值班"]).status(), 0);
}

#[test]
fn the_help_of_search_shows_what_the_handbook_has() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\nlanguage: zh-CN\n//- content/glossary.md\n# 术语表\n\n## 差旅\n\n别名：出差\n\n外出办事。\n\n\
         ## 年假\n\n别名：年休假\n\n带薪休假。\n//- content/a.md\n# 说明\n\n怎样写。\n\
         //- content/b.md\n---\ntitle: 考勤制度\nid: HR-001\n---\n\n第一条 差旅与年假另见规定。\n",
    );
    project.run(&["build"]).expect(0);
    let page = project.page("site/search.html");
    let examples = page.texts(".search-help dt");
    assert_eq!(
        examples,
        ["考勤制度", "HR-001 第一条", "差旅", "“差旅”", "差旅 -年假", "标题:考勤制度", "kqzd"]
    );
    for answer in both_answer(&project, &examples.iter().map(String::as_str).collect::<Vec<_>>()) {
        // One of them shows how a word is left out; here no chapter is left.
        assert!(answer["count"] != 0 || answer["parts"] != json!([]), "{answer}");
    }
}
