//! Search queries: every answer is a page of the site, holds what was asked for,
//! and comes the same each time.

use super::{seconds, text_of};
use handbook::builder::{Builder, Request};
use handbook::site::Site;
use handbook::source::{Source, Sources};
use std::sync::OnceLock;

const WORDS: &[&str] = &[
    "数据",
    "备份",
    "流程",
    "数",
    "据",
    "的",
    "第一条",
    "第十五条",
    "SLA",
    "sla",
    "ＳＬＡ",
    "backup",
    "back",
    "up",
    "12",
    "1",
    "OPS-001",
    "-",
    "--",
    "\"",
    "“",
    "”",
    "「",
    "」",
    "'",
    "title:",
    "标题:",
    "标题：",
    ":",
    " ",
    "　",
    "\n",
    "、",
    "。",
    ".",
    "/",
    "\\",
    "*",
    "?",
    "%",
    "<b>",
    "&amp;",
    "tb",
    "taobao",
    "sjbf",
    "é",
    "e\u{301}",
    "İ",
    "ß",
    "ﬁ",
    "備份",
    "😀",
    "👨\u{200D}👩",
    "\u{202E}",
    "\u{FEFF}",
    "\u{0}",
    "__proto__",
    "constructor",
    "a",
    "不存在的词",
];

fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let texts = [
            "---\ntitle: 数据备份制度\nid: OPS-001\nsummary: 备份的流程\n---\n\n第一条 数据每日备份（backup），SLA 为 12 小时。\n\n第十五条 流程见《淘宝运营》。\n",
            "---\ntitle: 淘宝运营\naliases: [Taobao, 备份]\n---\n\n## 数据\n\n流程的流程。back up 數據。\n\n- 一\n- ＳＬＡ 12.5\n",
            "# Backup é e\u{301} İ ß ﬁ\n\n😀 👨\u{200D}👩 a-b_c __proto__ constructor\n",
        ];
        let mut sources = Sources::default();
        for (name, text) in ["a.md", "b.md", "c.md"].iter().zip(texts) {
            sources.chapters.push(Source::new(format!("content/{name}"), *name, text));
        }
        Builder::new().build(&sources, &Request::new("2026-11-24".parse().expect("a date"))).site
    })
}

#[test]
fn queries() {
    bolero::check!().with_type::<(Vec<u8>, u8)>().with_test_time(seconds()).for_each(
        |(bytes, limit): &(Vec<u8>, u8)| {
            let query = text_of(bytes, WORDS);
            let index = site().index();
            let answer = index.search(&query, usize::from(*limit));
            assert!(answer.count <= 3 && answer.exact <= answer.count, "{query:?}");
            let shown = if *limit == 0 { answer.count } else { answer.count.min(usize::from(*limit)) };
            assert_eq!(answer.results.len(), shown, "{query:?}");
            for result in &answer.results {
                assert!(
                    ["a.html", "b.html", "c.html"].contains(&result.url.as_str()),
                    "{query:?}: {}",
                    result.url
                );
                assert!(!result.title.is_empty());
                for place in &result.clauses {
                    assert!(place.url.starts_with(&result.url), "{query:?}: {}", place.url);
                }
            }
            let again = index.search(&query, usize::from(*limit));
            assert_eq!(format!("{answer:?}"), format!("{again:?}"), "{query:?}");
        },
    );
}
