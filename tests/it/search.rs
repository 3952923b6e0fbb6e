//! Search: the browser's scripts, run by node, against what Rust says.

use crate::support::{Project, node, repository, run_in};
use handbook::builder::{Builder, Request};
use handbook::search::Limits;
use handbook::search::token::{self, Token};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

/// Characters of many kinds, all older than Unicode 13, which both sides know.
const ALPHABET: &[(u32, u32)] = &[
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x300, 0x345),
    (0x391, 0x3C9),
    (0x410, 0x44F),
    (0x5D0, 0x5EA),
    (0x621, 0x652),
    (0x905, 0x94D),
    (0xE01, 0xE30),
    (0x1100, 0x1112),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x2070, 0x209C),
    (0x2100, 0x214F),
    (0x2150, 0x218B),
    (0x2460, 0x24FF),
    (0x2F00, 0x2FD5),
    (0x3000, 0x303F),
    (0x3041, 0x3096),
    (0x3099, 0x30FF),
    (0x3105, 0x312F),
    (0x3200, 0x33FF),
    (0x3400, 0x4DB5),
    (0x4E00, 0x9FEA),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFA6D),
    (0xFE00, 0xFE0F),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFFDC),
    (0x1D400, 0x1D454),
    (0x1F600, 0x1F64F),
    (0x20000, 0x2A6D6),
    (0xE0100, 0xE01EF),
];

/// Texts that look random and are the same at every run (splitmix64).
fn texts(count: usize) -> Vec<String> {
    let mut state = 20_u64;
    let mut below = move |bound: u32| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(bound)).expect("below")
    };
    let mut texts = Vec::new();
    while texts.len() < count {
        // Half of the characters come from the common kinds, in stretches.
        let mut text = String::new();
        let mut kind = ALPHABET[0];
        for _ in 0..=below(24) {
            match below(8) {
                0 => kind = ALPHABET[below(u32::try_from(ALPHABET.len()).expect("few")) as usize],
                1 => kind = (0x4E00, 0x9FEA),
                2 => kind = (0x2D, 0x7A),
                3 => kind = (0x300, 0x345),
                _ => {}
            }
            text.extend(char::from_u32(kind.0 + below(kind.1 - kind.0 + 1)));
        }
        texts.push(text);
    }
    texts
}

fn shown(token: Token) -> String {
    match token {
        Token::Unigram(c) => format!("1{c}"),
        Token::Bigram(a, b) => format!("2{a}{b}"),
        Token::Trigram(a, b, c) => format!("3{a}{b}{c}"),
        Token::Word(word) => format!("w{word}"),
        _ => unreachable!("tokens are of four kinds"),
    }
}

#[test]
fn the_browser_folds_and_tokenizes_as_rust_does() {
    let mut texts = texts(4_000);
    texts.extend(
        ["OPS-001号", "a-b-c-d-e-f", "v1.2 1.2.3", "ﬁ Straße İstanbul", "ｶﾞｷﾞ が", "葛\u{E0100}城"]
            .map(str::to_owned),
    );
    let simplified: Vec<(char, char)> = handbook::text::traditional().collect();
    let theirs = node(
        "vectors",
        &repository().join("themes/default"),
        &json!({ "texts": texts, "simplified": simplified, "limits": Limits::default() }),
    );
    for (text, theirs) in texts.iter().zip(theirs.as_array().expect("a list")) {
        let normal: String = text.nfc().collect();
        let mut ours: Vec<String> = token::tokens(&normal).into_iter().map(shown).collect();
        let by_units = |a: &String, b: &String| a.encode_utf16().cmp(b.encode_utf16());
        ours.sort_by(by_units);
        assert_eq!(json!([token::fold(&normal), ours]), *theirs, "{text:?} {}", text.escape_unicode());
    }
}

const SITE: &str = r#"
//- handbook.yaml
title: 手册
//- organization.yaml
departments:
- {id: cs, name: 客服部}
roles:
- {id: agent, name: 客服专员, department: cs}
//- content/taobao.md
---
title: 淘宝运营部门管理制度
id: OPS-001
aliases: [淘宝制度]
kind: policy
status: in_force
roles: [agent]
topics: [电商]
---
# 淘宝运营部门管理制度

第一条 为了规范淘宝店铺的内容运营，制定本制度。

第二条 数据备份流程见附件，Service Level Agreement 适用。

## 附则

由管理部门解释，缩写为 SLA。
//- content/backup.md
---
title: 备份办法
kind: procedure
status: in_force
departments: [cs]
---
数据备份每天一次。

流程另行规定。内容容易运营，容运不是词。café 与 ＶＰＮ 的標準。
//- content/old.md
---
title: 旧备份办法
kind: procedure
status: retired
---
数据备份流程，数据备份流程，数据备份流程。
//- content/english.md
# Remote access

The manager approves remote access over the VPN. See OPS-001, section 3-1.
"#;

fn urls(answer: &Value) -> Vec<&str> {
    let results = answer["results"].as_array().expect("results");
    results.iter().map(|result| result["url"].as_str().expect("an address")).collect()
}

#[test]
fn queries_find_what_they_should_in_the_browser_and_in_the_terminal() {
    let project = Project::new(SITE);
    project.run(&["build"]);
    let expected: &[(&str, &[&str])] = &[
        ("淘宝运营部门管理制度", &["taobao.html"]),
        ("淘宝制度", &["taobao.html"]),
        ("ops-001", &["taobao.html", "english.html"]),
        ("OPS001 ", &["taobao.html", "english.html"]),
        ("内容运营", &["taobao.html", "backup.html"]),
        ("\"内容运营\"", &["taobao.html"]),
        ("容运营", &["taobao.html"]),
        ("数据备份流程", &["taobao.html", "old.html", "backup.html"]),
        ("數據 備份 -附件", &["backup.html", "old.html"]),
        ("title:备份", &["backup.html", "old.html"]),
        ("备份", &["backup.html", "taobao.html", "old.html"]),
        ("标准", &["backup.html"]),
        ("税", &[]),
        ("词", &["backup.html"]),
        ("CAFE", &["backup.html"]),
        ("vpn", &["english.html", "backup.html"]),
        ("\"service level agreement\"", &["taobao.html"]),
        ("\"level service\"", &[]),
        ("remo", &["english.html"]),
        ("remo ", &[]),
        ("managr ", &["english.html"]),
        ("tbyy", &["taobao.html"]),
        ("taobao yunying", &["taobao.html"]),
        ("taobaoyunyingbu", &["taobao.html"]),
        ("客服专员", &["taobao.html"]),
        ("3-1", &["english.html"]),
        ("31", &[]),
        ("", &["backup.html", "english.html", "taobao.html", "old.html"]),
    ];
    let asked: Vec<_> = expected.iter().map(|(query, _)| json!([query, {}])).collect();
    let answers = node("ask", &project.path().join("site"), &json!(asked));
    for ((query, wanted), answer) in expected.iter().zip(answers.as_array().expect("answers")) {
        assert_eq!(urls(answer), *wanted, "`{query}` in the browser");
        assert_eq!(answer["count"], wanted.len(), "`{query}`");
        if query.is_empty() {
            continue;
        }
        let run = project.run(&["search", "--json", "--", query]);
        let ours: Value =
            serde_json::from_str(&run.stdout()).unwrap_or_else(|error| panic!("{query}: {error}"));
        assert_eq!(urls(&ours), *wanted, "`{query}` in the terminal");
        assert_eq!(ours["exact"], answer["exact"], "`{query}`: as typed");
    }
}

#[test]
fn results_show_id_version_and_successor_and_rows_with_their_head() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/old.md\n---\nid: HR-1\nversion: 2\n---\n# 旧差旅办法\n\n旧标准。\n\
         //- content/new.md\n---\nid: HR-2\nstatus: in_force\nsupersedes: [旧差旅办法]\n---\n# 差旅办法\n\n## 标准\n\n\
         | 职级 | 住宿 |\n|--|--|\n| 总经理助理 | 五百元 |\n| 部门经理 | 四百元 |\n| 高级专员 | 三百五十元 |\n\
         | 驻外专员 | 三百元 |\n| 实习生 | 二百元 |\n",
    );
    project.run(&["build"]).expect(0);
    let asked = json!([["旧标准", {}], ["实习生", {}]]);
    let answers = node("ask", &project.path().join("site"), &asked);
    let (old, row) = (&answers[0]["results"][0], &answers[1]["results"][0]);
    assert_eq!(old["facts"], json!(["HR-1", "版本 2"]));
    let successor = json!({ "heading": "被取代于", "by": [{ "title": "差旅办法", "url": "new.html" }] });
    assert_eq!(old["replaced"], successor);
    assert_eq!((&row["facts"], &row["replaced"]), (&json!(["HR-2"]), &Value::Null));
    assert_eq!(row["excerpt"], "职级 | 住宿…实习生 | 二百元");
    let run = project.run(&["search", "--json", "实习生"]);
    let ours: Value = serde_json::from_str(&run.stdout()).expect("JSON");
    assert_eq!(ours["results"][0]["excerpt"], row["excerpt"]);
}

/// Asks both engines, which must find exactly these chapters, in any order.
pub(crate) fn both_find(project: &Project, expected: &[(&str, &[&str])]) {
    let asked: Vec<_> = expected.iter().map(|(query, _)| json!([query, {}])).collect();
    let answers = node("ask", &project.path().join("site"), &json!(asked));
    for ((query, wanted), answer) in expected.iter().zip(answers.as_array().expect("answers")) {
        let run = project.run(&["search", "--json", "--", query]);
        let ours: Value =
            serde_json::from_str(&run.stdout()).unwrap_or_else(|error| panic!("{query}: {error}"));
        assert_eq!(urls(&ours), urls(answer), "`{query}`: both engines");
        let mut found = urls(answer);
        found.sort_unstable();
        assert_eq!(found, *wanted, "`{query}`");
    }
}

#[test]
fn everyday_words_find_the_words_of_rules_and_not_the_other_way() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- synonyms.yaml\n- [暗号甲乙, 公开说法]\n\
         //- content/a.md\n# 报销\n\n市内交通费按票据报销。\n\n\
         //- content/b.md\n# 公告\n\n打车票请交前台。\n\n\
         //- content/c.md\n# 说法\n\n暗号不写，甲乙双方用公开说法。\n\n\
         //- content/d.md\n# Journeys\n\nBusiness travel is booked early.\n\n\
         //- content/e.md\n# Holidays\n\nHolidays are booked late.\n",
    );
    project.run(&["build"]).expect(0);
    both_find(
        &project,
        &[
            ("打车费", &["a.html"]),
            ("市内交通费", &["a.html"]),
            // Its first two characters stand in some text, but the key of a word of the project that stands in
            // none is not with their bigram.
            ("暗号甲乙", &["c.html"]),
            // A word with synonyms within an everyday way of saying it keeps them.
            ("how early do I book trips for work", &["d.html", "e.html"]),
        ],
    );
}

#[test]
fn titles_are_found_by_each_reading_that_their_words_allow() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: 手册\n//- content/travel.md\n# 差旅报销制度\n\n正文。\n\
         //- content/bank.md\n# 重要银行账户管理办法\n\n正文。\n\
         //- content/branch.md\n# 重庆分公司规定\n\n正文。\n\
         //- content/growth.md\n# 音乐增长\n\n正文。\n\
         //- content/unsure.md\n# 差别\n\n正文。\n",
    );
    project.run(&["build"]).expect(0);
    both_find(
        &project,
        &[
            ("chailv", &["travel.html"]),
            ("chailü", &["travel.html"]),
            ("chailu", &["travel.html"]),
            ("chalu", &[]),
            ("yinhang", &["bank.html"]),
            ("yinxing", &[]),
            ("zhongyaoyinhang", &["bank.html"]),
            ("zyyh", &["bank.html"]),
            ("cqfgs", &["branch.html"]),
            ("chongqing", &["branch.html"]),
            ("yinyue", &["growth.html"]),
            ("zengzhang", &["growth.html"]),
            ("yyzz", &["growth.html"]),
            ("chabie", &["unsure.html"]),
            ("chaibie", &["unsure.html"]),
        ],
    );
}

#[test]
fn letters_are_found_by_their_plain_spelling_and_the_other_way_round() {
    let project = Project::new(
        "//- handbook.yaml\ntitle: T\nlanguage: en\n\
         //- content/a.md\n# Offices\n\nStraße 5 in Łódź, the café on Ærø, Þingvellir.\n\
         //- content/b.md\n# Plain\n\nHauptstrasse, strasse, lodz, oeuvre.\n",
    );
    project.run(&["build"]).expect(0);
    both_find(
        &project,
        &[
            ("strasse", &["a.html", "b.html"]),
            ("Straße", &["a.html", "b.html"]),
            ("LODZ", &["a.html", "b.html"]),
            ("łódź", &["a.html", "b.html"]),
            ("aero", &["a.html"]),
            ("thing", &["a.html"]),
            ("œuvre", &["b.html"]),
        ],
    );
}

const QUESTIONS: &str = "//- handbook.yaml\ntitle: 手册\n\
//- content/travel.md\n# 差旅报销制度\n\n第一条 出差人员的住宿标准：一线城市每晚八百元，其他城市四百元。\n\n\
第二条 路程超过八百公里的，可以乘坐飞机经济舱。\n\
//- content/leave.md\n---\ntitle: 考勤与休假制度\nid: HR-001\n---\n\n第一条 员工每年享受年休假，工作满一年的为五天。\n\n\
第二条 迟到一次扣五十元。\n\n第七条 违反第二条的，另行处理。\n\
//- content/hire.md\n# 招聘管理办法\n\n第一条 试用期为三个月。\n\n第二条 试用期内的员工也享受休假。\n\
//- content/old.md\n---\ntitle: 旧招聘办法\nstatus: retired\n---\n\n第一条 试用期为一个月，试用期为一个月。\n\
//- content/buy.md\n# 采购管理办法\n\n第一条 采购标准由采购部制定，可以按季度调整。第七条见考勤与休假制度。\n\
//- content/remote.md\n# Remote work\n\nEmployees may work from home two days a week.\n\n## 4.2 Travel\n\n\
Managers approve trips and reimbursed hotels. See 4.2 and v14.2.1.0 of the C++ and .NET tools.\n\
//- content/grades.md\n# Grades\n\nGrade C for all. A manager approves the grade.\n";

#[test]
fn questions_are_answered_alike_in_the_browser_and_in_the_terminal() {
    let project = Project::new(QUESTIONS);
    project.run(&["build"]).expect(0);
    // Query, how it is understood, the first chapter, the clause that is shown first.
    let expected = [
        ("差旅住宿标准是多少", "words", "travel.html", "第一条"),
        ("年休假几天", "words", "leave.html", "第一条"),
        ("可以坐飞机吗", "words", "travel.html", "第二条"),
        ("试用期最长多久？", "words", "hire.html", "第一条"),
        ("迟到扣钱吗", "closest", "leave.html", "第二条"),
        ("试用期为三个月", "exact", "hire.html", "第一条"),
        ("试用期 三个月", "exact", "hire.html", "第一条"),
        ("试用期 不存在的词", "closest", "hire.html", "第一条"),
        ("how do managers approve trips", "words", "remote.html", "4.2 Travel"),
        ("how many days can I work from home", "words", "remote.html", ""),
        ("考勤与休假制度第七条", "exact", "leave.html", "第七条"),
        ("HR-001 第7条第一款", "exact", "leave.html", "第七条"),
        ("休假第7条", "exact", "leave.html", "第七条"),
        ("休假制度第二条讲什么？", "words", "leave.html", "第二条"),
        ("§4.2 travel", "exact", "remote.html", "4.2 Travel"),
        ("remote Section 4.2", "exact", "remote.html", "4.2 Travel"),
        ("14.2.1.0", "exact", "remote.html", "4.2 Travel"),
        ("C++", "exact", "remote.html", "4.2 Travel"),
        (".NET", "exact", "remote.html", "4.2 Travel"),
        ("试用期多久 \"三个月\"", "words", "hire.html", "第一条"),
        ("如何试用 -三个月", "words", "old.html", "第一条"),
    ];
    let asked: Vec<_> = expected.iter().map(|(query, ..)| json!([query, {}])).collect();
    let answers = node("ask", &project.path().join("site"), &json!(asked));
    for ((query, step, url, clause), answer) in expected.iter().zip(answers.as_array().expect("answers")) {
        let run = project.run(&["search", "--json", "--", query]);
        let ours: Value =
            serde_json::from_str(&run.stdout()).unwrap_or_else(|error| panic!("{query}: {error}"));
        for (answer, engine) in [(&ours, "terminal"), (answer, "browser")] {
            let first = &answer["results"][0];
            assert_eq!(answer["match"], *step, "`{query}` in the {engine}");
            assert_eq!(first["url"], *url, "`{query}` in the {engine}");
            assert_eq!(first["clauses"][0]["title"], *clause, "`{query}` in the {engine}");
        }
        assert_eq!(urls(&ours), urls(answer), "`{query}`");
        assert_eq!(ours["count"], answer["count"], "`{query}`");
    }
}

#[test]
fn words_that_stand_nowhere_find_nothing_alone() {
    let project = Project::new(QUESTIONS);
    project.run(&["build"]).expect(0);
    both_find(
        &project,
        &[
            ("区块链", &[]),
            ("zzzz qqqq", &[]),
            ("\"试用期为九个月\"", &[]),
            ("title:试用期多久", &[]),
            ("--dry-run", &[]),
            // A dash in front is text.
            ("-飞机", &["travel.html"]),
            ("-- 飞机", &["travel.html"]),
        ],
    );
}

#[test]
fn results_show_the_clause_that_holds_the_words() {
    let project = Project::new(SITE);
    project.run(&["build"]);
    let asked = json!([["数据备份流程", { "limit": 1 }], ["备份", { "facets": { "kind": ["procedure"] }, "facetCounts": true }], ["数据备费", {}], ["费税", {}],
        ["数据备费", { "facets": { "kind": ["procedure"] }, "facetCounts": true }]]);
    let answers = node("ask", &project.path().join("site"), &asked);
    let first = &answers[0]["results"][0];
    assert_eq!((answers[0]["count"].as_u64(), answers[0]["exact"].as_u64()), (Some(3), Some(2)));
    assert_eq!(first["clauses"][0]["url"], "taobao.html#%E7%AC%AC%E4%BA%8C%E6%9D%A1");
    assert_eq!(first["clauses"][0]["title"], "第二条");
    assert_eq!(first["excerpt"], "第二条 数据备份流程见附件，Service Level Agreement 适用。");
    assert_eq!(first["excerptMarks"], json!([[4, 10]]));
    assert_eq!(urls(&answers[1]), ["backup.html", "old.html"]);
    let counts = &answers[1]["facets"];
    let count = |name: &str| {
        let values = counts[name].as_array().expect("values");
        values
            .iter()
            .map(|value| format!("{} {}", value["id"].as_str().unwrap_or(""), value["count"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(count("kind"), ["policy 1", "procedure 2"]);
    assert_eq!(count("status"), ["in_force 1", "retired 1"]);
    assert_eq!(counts["department"][0]["label"], "客服部");
    // A word that stands nowhere does not empty the answer.
    assert_eq!(answers[2]["match"], "closest");
    assert_eq!(urls(&answers[2]), ["backup.html", "taobao.html", "old.html"]);
    // Facets count what is found, and what would be without their own choice.
    let kinds = answers[4]["facets"]["kind"].as_array().expect("values");
    let kinds: Vec<_> = kinds.iter().map(|value| (value["id"].as_str(), value["count"].as_u64())).collect();
    assert_eq!(kinds, [(Some("policy"), Some(1)), (Some("procedure"), Some(2))]);
    assert_eq!((answers[4]["count"].as_u64(), urls(&answers[4])), (Some(2), vec!["backup.html", "old.html"]));
    assert_eq!(answers[3]["count"], 0);
    assert!(answers[3]["suggestions"].as_array().is_some());
}

#[test]
fn a_warm_builder_makes_the_same_index() {
    let project = Project::new(SITE);
    let read = || handbook::disk::Project::open(project.path()).expect("a project").read();
    let request = Request::new("2026-11-24".parse().expect("a day"));
    let mut warm = Builder::new();
    let files = |builder: &mut Builder| {
        let build = builder.build(&read(), &request);
        let index = build.site.index();
        let mut files: Vec<_> = index.addresses().map(|at| (at.to_owned(), index.render(at))).collect();
        files.sort();
        files
    };
    let before = files(&mut warm);
    project.write("content/backup.md", "# 备份办法\n\n改过的一句话。\n");
    let after = files(&mut warm);
    assert_ne!(before, after);
    assert_eq!(after, files(&mut Builder::new()));
    let kept = |address: &str| before.iter().chain(&after).filter(|file| file.0 == address).count();
    let unchanged =
        after.iter().filter(|file| file.0.starts_with("search/text/") && kept(&file.0) == 2).count();
    assert_eq!(unchanged, 3, "the text of the other chapters keeps its address");
}

#[test]
fn a_damaged_file_of_the_index_is_an_error_and_no_endless_loop() {
    let folder = tempfile::tempdir().expect("folder");
    let site = folder.path().join("site");
    run_in(&repository(), &["build", "-q", "-o", &site.to_string_lossy()]).expect(0);
    let said = node("damage", &site, &json!(7));
    let said = said.as_object().expect("messages and how often");
    assert!(said.get("search: damaged file").and_then(Value::as_u64) > Some(100), "{said:?}");
    // A code point that is none is an error too; any other we did not think of.
    let known = |message: &str| {
        message == "read" || message.contains("damaged file") || message.contains("code point")
    };
    assert!(said.keys().all(|message| known(message)), "{said:?}");
}

#[test]
fn a_first_search_loads_little() {
    let folder = tempfile::tempdir().expect("folder");
    let site = folder.path().join("site");
    run_in(&repository(), &["build", "-q", "-o", &site.to_string_lossy()]).expect(0);
    let queries = [
        "报销",
        "考勤与休假制度",
        "年假有几天",
        "加班工资怎么算",
        "电脑坏了找谁",
        "出差住宿标准是多少",
        "how do I report a security incident",
        // Each of its words has others that mean the same, and some of its characters stand side by side nowhere.
        "离职要提前多少天通知公司",
    ];
    let costs = node("cost", &site, &json!(queries));
    let costs: Vec<(u64, u64)> = serde_json::from_value(costs).expect("files and bytes");
    for (query, (files, bytes)) in queries.iter().zip(&costs) {
        assert!(*files <= 36 && *bytes <= 110_000, "`{query}`: {files} files, {bytes} bytes");
    }
    let mut bytes: Vec<u64> = costs.iter().map(|cost| cost.1).collect();
    bytes.sort_unstable();
    assert!(bytes[bytes.len() / 2] <= 85_000, "{costs:?}");
}
