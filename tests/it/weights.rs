//! The ranking weights: the browser's engine and the terminal's rank by the same ones, and
//! each of them changes something.

use crate::support::{Project, node};
use handbook::builder::{Builder, Request};
use handbook::search::{Index, Weights};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// Weights that only the browser uses: what it suggests.
const BROWSER_ONLY: [&str; 3] = ["suggestionTitle", "suggestionText", "suggestionWord"];

const WORDS: [&str; 24] = [
    "采购", "合同", "审批", "付款", "预算", "差旅", "报销", "考勤", "培训", "绩效", "档案", "印章", "数据",
    "备份", "权限", "变更", "server", "network", "backup", "access", "report", "review", "manager",
    "contract",
];

const QUERIES: [&str; 51] = [
    "采购",
    "合同审批",
    "付款 预算",
    "差旅报销考勤",
    "培训绩效档案",
    "印章数据",
    "备份 权限",
    "server",
    "server network",
    "acc",
    "rev",
    "mana",
    "managr",
    "contrct ",
    "caigou",
    "hetong",
    "shujubeifen",
    "后备",
    "存档",
    "变更 report",
    "title:合同",
    "预算考勤差旅",
    "绩效印章采购",
    "审批付款合同数据",
    "采购 manager",
    "合同 report 印章",
    "采购 付款 access",
    "审批 差旅 backup 变更",
    // Some words occur as typed and others only in parts.
    "手续 班子成员考核",
    "server 预算考勤差旅",
    "采购 绩效印章培训",
    "变更 review 付款合同数据",
    // Questions, and words of which some stand nowhere.
    "采购合同怎么审批",
    "什么合同怎么付",
    "预算考勤差旅如何报销",
    "谁审批数据备份的权限变更",
    "how do managers review contracts",
    "which server reports the network access",
    "合同 zzzz 审批 报销",
    "绩效档案不存在印章",
    "规则办法第七条",
    "采购期限是多少",
    // A title that no text has, of which two passages have parts.
    "印花税票",
    // Characters of words that no text has, a person, the page of a folder.
    "积尘怎么处置",
    "谁印信保管",
    "票据归档怎么做",
    // A pair that belongs to no word.
    "茶具柜台怎么摆",
    // The purpose of a rule; a character that is a word, in a pair that one chapter has.
    "钥匙领用怎么做",
    "抚狗登记怎么办",
    // An everyday word.
    "打车费怎么算",
    // A word made of another.
    "how are laptops anodised",
];

/// Phrases that occur nowhere, for which the browser suggests chapters and the terminal
/// nothing.
const MORE_QUERIES: [&str; 3] =
    ["\"合同 zzzz\"", "\"manager 审批 qqqq\"", "\"server network backup access 付款 xxxx\""];

/// Numbers below a bound that look random and are the same in every run.
fn random(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |bound| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % bound
    }
}

/// A book of random words, the same in every run.
fn book() -> Project {
    let mut below = random(7);
    let mut text = "//- handbook.yaml\ntitle: 手册\n//- content/glossary.md\n# 术语表\n\n## 备份\n\n\
                    别名：后备\n\n复制采购资料。\n\n## 档案\n\n别名：存档\n\n文件。\n\
                    //- content/clauses.md\n# 甲\n\n采购。\n\n## 乙\n\n手续。\n\n## 丙\n\n成员考核，班子。\n\
                    //- content/whole.md\n# 丁\n\n手续。\n\n## 戊\n\n班子成员，成员考核。\n\n## 己\n\n班子成员考核。\n\
                    //- content/rules.md\n# 规则办法\n\n第一条 见规则办法第七条。\n\n第七条 其他。\n\n\
                    第八条 采购期限由经理定。\n\n第九条 采购期限为三十日。\n\
                    //- content/dust-a.md\n# 事项规则\n\n第一条 处置办法。\n\n第二条 粉尘处置。\n\
                    //- content/dust-b.md\n# 尘务规则\n\n第一条 处置办法。\n\n第二条 粉尘处置。\n\
                    //- content/seal.md\n# 庚\n\n第一条 印信保管。\n\n第二条 部门负责印信保管。\n\
                    //- content/loose-a.md\n# 子\n\n茶具。\n//- content/loose-b.md\n# 丑\n\n茶具柜。\n\
                    //- content/loose-c.md\n# 寅\n\n柜台。\n//- content/loose-d.md\n# 卯\n\n柜台。\n\
                    //- content/keys.md\n# 巳\n\n第一条 为了规范钥匙领用，制定本规则。\n\n第二条 钥匙领用，填表。\n\
                    //- content/fare-a.md\n# 申\n\n打车。\n//- content/fare-b.md\n# 酉\n\n市内交通费。\n\
                    //- content/laptop-a.md\n# 戌\n\nLaptops.\n//- content/laptop-b.md\n# 亥\n\nLaptops: anodisation.\n\
                    //- content/dog-a.md\n# 午\n\n抚狗。\n//- content/dog-b.md\n# 未\n\n犬只。\n\
                    //- content/papers/index.md\n# 辛\n\n票据归档。\n\
                    //- content/papers/z.md\n# 壬\n\n票据归档。\n"
        .to_owned();
    let filler = "其他文字。".repeat(180);
    let _ = write!(
        text,
        "//- content/titled.md\n# 印花税票\n\n## 子\n\n花税。\n\n{filler}\n\n## 丑\n\n花税，税票。\n\n{filler}\n"
    );
    for chapter in 0..40 {
        let mut words = |most: usize, join: &str| {
            let count = 1 + below(most);
            // The first words are the commonest.
            let mut word = |_| {
                let bound = 1 + below(WORDS.len());
                WORDS[below(bound)]
            };
            (0..count).map(&mut word).collect::<Vec<_>>().join(join)
        };
        let title = words(3, "");
        let front = match chapter % 5 {
            0 => "---\nstatus: retired\n---\n",
            1 => "---\nkind: guide\n---\n",
            _ => "",
        };
        let _ = write!(text, "//- content/c{chapter}.md\n{front}# {title}\n");
        // The first ones are what others refer to.
        if chapter > 9 {
            let _ = write!(text, "\n[见](c{}.md)\n", chapter % 10);
        }
        // Each chapter has the first word, so that its rarity hangs on smoothing alone.
        text.push_str("\n采购。\n");
        for _ in 0..chapter % 7 {
            let (heading, first, second) = (words(2, ""), words(40, "，"), words(200, ""));
            let _ = write!(text, "\n## {heading}\n\n{first}。\n\n{second}。\n");
        }
    }
    Project::new(&text)
}

/// What both engines say of all queries.
struct Answers {
    browser: Vec<Value>,
    terminal: Vec<Value>,
}

/// The weights as a manifest has them.
fn in_manifest() -> String {
    serde_json::to_string(&Weights::default()).expect("JSON")
}

/// Asks both engines, the browser's with these weights in the manifest.
fn ask(project: &Project, index: &Index, manifest: &str, weights: &Map<String, Value>) -> Answers {
    let changed = manifest.replacen(&in_manifest(), &json!(weights).to_string(), 1);
    project.write("site/search/index.js", changed);
    let asked: Vec<Value> = QUERIES.iter().chain(&MORE_QUERIES).map(|query| json!([query, {}])).collect();
    let browser = node("ask", &project.path().join("site"), &json!(asked));
    let weights: Weights = serde_json::from_value(json!(weights)).expect("weights");
    let all = QUERIES.iter().chain(&MORE_QUERIES);
    let terminal = all.map(|query| json!(index.search_weighted(query, 10, &weights))).collect();
    Answers { browser: browser.as_array().expect("answers").clone(), terminal }
}

fn urls(answer: &Value) -> Vec<&str> {
    let results = answer["results"].as_array().expect("results");
    results.iter().map(|result| result["url"].as_str().expect("a URL")).collect()
}

/// All that weights decide in an answer: order, clauses and excerpts, suggestions.
fn decided(answers: &[Value]) -> Vec<[&Value; 2]> {
    answers.iter().map(|answer| [&answer["results"], &answer["suggestions"]]).collect()
}

#[test]
fn a_weight_that_changes_in_rust_changes_in_both_engines() {
    let project = book();
    project.run(&["build"]).expect(0);
    let sources = handbook::disk::Project::open(project.path()).expect("a project").read();
    let build = Builder::new().build(&sources, &Request::new("2026-11-24".parse().expect("a day")));
    let index = build.site.index();
    let manifest = project.read("site/search/index.js");
    let Value::Object(weights) = json!(Weights::default()) else { panic!("weights are an object") };
    assert!(manifest.contains(&in_manifest()), "the manifest has the weights");

    let plain = ask(&project, index, &manifest, &weights);
    let mut orders = 0;
    // The last one counts where chapters are preferred; `tests/it/words.rs` changes it.
    for name in weights.keys().filter(|name| *name != "preferred") {
        let value = weights[name].as_f64().expect("a number");
        let (mut in_browser, mut in_terminal) = (false, false);
        let large = match name.as_str() {
            // A share.
            "length" | "closestLocal" => 1.0,
            _ => 6.0 * value,
        };
        for other in [0.0, large] {
            let mut changed = weights.clone();
            changed.insert(name.clone(), json!(other));
            let answers = ask(&project, index, &manifest, &changed);
            for (at, query) in QUERIES.iter().enumerate() {
                let (browser, terminal) = (urls(&answers.browser[at]), urls(&answers.terminal[at]));
                assert_eq!(browser, terminal, "`{query}` with {name} {other}");
                orders += usize::from(terminal != urls(&plain.terminal[at]));
            }
            in_browser |= decided(&answers.browser) != decided(&plain.browser);
            in_terminal |= decided(&answers.terminal) != decided(&plain.terminal);
            if in_browser && in_terminal {
                break;
            }
        }
        assert!(in_browser, "{name} changes nothing in the browser");
        assert_eq!(in_terminal, !BROWSER_ONLY.contains(&name.as_str()), "{name} in the terminal");
    }
    assert!(orders > 50, "only {orders} orders differ");
}

/// A phrase whose bigrams all stand in a chapter need not stand in it as a whole. The terminal
/// searches all texts for it, the browser those of the chapters that it would show.
#[test]
fn phrases_that_the_texts_do_not_hold_rank_alike_in_both_engines() {
    // Words meet in pairs, so that both bigrams of three words often stand in one chapter, in one
    // passage or in two, and the three words never do. A section fills a passage.
    let filler = "其他文字。".repeat(180);
    let mut text = "//- handbook.yaml\ntitle: 手册\n//- content/glossary.md\n# 术语表\n\n## 采购合同\n\n\
                    别名：购货合约\n\n买东西。\n"
        .to_owned();
    let mut below = random(11);
    for chapter in 0..60 {
        let _ = write!(text, "//- content/c{chapter}.md\n# 第{chapter}章\n");
        for _ in 0..=below(4) {
            text.push_str("\n## 节\n\n");
            for _ in 0..below(30) {
                let (first, second) = (WORDS[below(8)], WORDS[below(8)]);
                let word = ["购货合约", "采购", "review"][below(3)];
                let _ = match below(6) {
                    0 => write!(text, "{first}，"),
                    1 => write!(text, "{word}。"),
                    _ => write!(text, "{first}{second}，"),
                };
            }
            text.push_str(&filler);
            text.push('\n');
        }
    }
    let project = Project::new(&text);
    project.run(&["build"]).expect(0);
    let sources = handbook::disk::Project::open(project.path()).expect("a project").read();
    let build = Builder::new().build(&sources, &Request::new("2026-11-24".parse().expect("a day")));
    let mut queries = Vec::new();
    for _ in 0..300 {
        let mut word = || WORDS[below(8)];
        let (long, longer) = (format!("{}{}{}", word(), word(), word()), [(); 5].map(|()| word()).concat());
        let other = [word(), "采购合同", "re", "购货合约", "-合同审批付款"][below(5)];
        queries.push(match below(4) {
            0 => long,
            1 => longer + other,
            2 => format!("{other} {longer}"),
            _ => format!("{long} {other}"),
        });
    }
    let asked: Vec<Value> = queries.iter().map(|query| json!([query, {}])).collect();
    let browser = node("ask", &project.path().join("site"), &json!(asked));
    let mut in_parts = 0;
    for (query, browser) in queries.iter().zip(browser.as_array().expect("answers")) {
        let terminal = json!(build.site.index().search(query, 10));
        assert_eq!(urls(browser), urls(&terminal), "`{query}`");
        let results = browser["results"].as_array().expect("results");
        in_parts += results.iter().filter(|result| result["exact"] == false).count();
        if browser["approximate"] == false {
            assert_eq!(browser["count"], terminal["count"], "`{query}`");
        }
    }
    assert!(in_parts > 500, "only {in_parts} results do not hold the query as typed");
}

#[test]
fn names_of_weights_are_read_strictly() {
    let Value::Object(mut weights) = json!(Weights::default()) else { panic!("weights are an object") };
    assert_eq!(serde_json::from_value::<Weights>(json!(weights)).expect("weights"), Weights::default());
    weights.insert("titel".to_owned(), json!(1.0));
    assert!(serde_json::from_value::<Weights>(json!(weights)).is_err());
}
