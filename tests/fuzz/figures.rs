//! Formulas and diagrams: whatever is written, drawing ends, nothing panics, and only
//! harmless markup comes out, the same each time.

use super::{seconds, text_of};
use handbook::cache::Cache;
use handbook::figure::{Leads, draw, formulas, mathml};
use std::time::{Duration, Instant};

const DIAGRAM: &[&str] = &[
    "\n",
    "\n  ",
    "flowchart TD\n",
    "graph LR\n",
    "sequenceDiagram\n",
    "stateDiagram-v2\n",
    "classDiagram\n",
    "erDiagram\n",
    "gantt\n",
    "pie title x\n",
    "mindmap\n",
    "timeline\n",
    "journey\n",
    "gitGraph\n",
    "kanban\n",
    "quadrantChart\n",
    "xychart-beta\n",
    "radar-beta\n",
    "packet-beta\n",
    "requirementDiagram\n",
    "C4Context\n",
    "block-beta\n",
    "architecture-beta\n",
    "treemap-beta\n",
    "sankey-beta\n",
    "zenuml\n",
    "甲",
    "乙[说明]",
    "丙{判断}",
    "A",
    "B",
    " --> ",
    " --- ",
    "-.->",
    " & ",
    "|是|",
    "subgraph 甲\n",
    "end\n",
    "[*]",
    " : ",
    "::",
    ":::",
    "state 甲 {\n",
    "}\n",
    "{",
    "(",
    ")",
    "[",
    "]",
    "((",
    "))",
    "\"",
    "participant 甲\n",
    "->>",
    "-->>",
    "Note over 甲: 乙\n",
    "loop x\n",
    "alt x\n",
    "else\n",
    "class 甲 {\n",
    "<|--",
    "||--o{",
    "dateFormat YYYY-MM-DD\n",
    "section 甲\n",
    "甲 :a1, 2026-01-01, 3d\n",
    "after a1",
    "999999999",
    "-1",
    "0",
    "0.5",
    "1e308",
    "\"甲\" : 5\n",
    "2026 : 甲 : 乙\n",
    "甲: 5: 乙\n",
    "commit\n",
    "branch 甲\n",
    "checkout 甲\n",
    "merge 甲\n",
    "click A \"x.md\" \"y\"\n",
    "style A fill:#f00\n",
    "classDef x fill:url(x)\n",
    "linkStyle 0 stroke:red\n",
    "%%{init: {\"theme\":\"dark\"}}%%\n",
    "<br>",
    "<a href=\"x\">y</a>",
    "&lt;",
    "columns 999999\n",
    "x-axis [a, b]\n",
    "bar [1, 2, -3]\n",
    "0-999999: \"x\"\n",
    "group a(cloud)[b] in a\n",
    "service b(x)[y] in a\n",
    "tickInterval 1millisecond\n",
    "excludes weekends\n",
    "---\ntitle: 甲\n---\n",
    "accTitle: 甲\n",
    "😀",
    "\u{301}",
    "\t",
    "ticks 999999\n",
    "max 999999999\n",
    "a,b,5\n",
    "space:999999\n",
    "autonumber 999999999 999999999\n",
];

const FORMULA: &[&str] = &[
    "a",
    "1",
    "甲",
    " ",
    "^",
    "_",
    "{",
    "}",
    "\\frac",
    "\\sqrt",
    "[",
    "]",
    "\\left(",
    "\\right)",
    "\\text{",
    "\\begin{matrix}",
    "\\end{matrix}",
    "\\begin{aligned}",
    "\\end{aligned}",
    "\\begin{array}{c|c}",
    "\\end{array}",
    "&",
    "\\\\",
    "\\def\\a",
    "\\a",
    "#1",
    "\\color{red}",
    "\\sum",
    "\\limits",
    "'",
    "\\foo",
    "\\",
    "%",
    "\n",
    "<",
    ">",
    "\"",
    "\\hline",
    "\\mathbb",
    "\\over",
    "\\let\\b=",
    "\\b",
    "\\kern1em",
    "\\hskip",
    "\\char",
    "\\not",
    "\\middle|",
    "\\big",
    "~",
    "😀",
    "\\bar",
    "\\tag{1}",
    "$",
];

/// No figure may take longer, on a busy machine and without optimization.
const LONG: Duration = Duration::from_secs(10);

#[test]
fn diagrams() {
    bolero::check!().with_type::<(u8, Vec<u8>)>().with_test_time(seconds()).for_each(
        |(kind, bytes): &(u8, Vec<u8>)| {
            // Most begin as a diagram does.
            let source = format!("{}{}", DIAGRAM[2 + usize::from(*kind) % 24], text_of(bytes, DIAGRAM));
            let begun = Instant::now();
            let cache = Cache::default();
            let drawn =
                || draw(&source, "图", "d1-", &mut |_| Leads::Nowhere, &cache).map(|diagram| diagram.svg);
            let first = drawn();
            assert!(begun.elapsed() < LONG, "{source:?} took {:?}", begun.elapsed());
            assert_eq!(first, drawn(), "{source:?}");
            if let Ok(svg) = first {
                harmless(&svg, &source);
            }
        },
    );
}

#[test]
fn formulas_of_any_kind() {
    bolero::check!().with_type::<Vec<u8>>().with_test_time(seconds()).for_each(|bytes: &Vec<u8>| {
        let source = text_of(bytes, FORMULA);
        let begun = Instant::now();
        match mathml(&source, true, &Cache::default()) {
            Ok(math) => harmless(&math, &source),
            Err(fault) => assert!(source.get(fault.place).is_some(), "{source:?}"),
        }
        assert!(begun.elapsed() < LONG, "{source:?} took {:?}", begun.elapsed());
        for formula in formulas(&source) {
            assert!(source.get(formula.inner).is_some_and(|tex| !tex.is_empty()), "{source:?}");
        }
    });
}

/// Only elements and attributes that cannot run or load anything.
fn harmless(markup: &str, source: &str) {
    let page = scraper::Html::parse_fragment(markup);
    for element in page.root_element().descendent_elements() {
        let name = element.value().name();
        assert!(
            !["script", "style", "foreignObject", "image", "use", "iframe", "img", "animate"].contains(&name),
            "{source:?}"
        );
        for (key, value) in element.value().attrs() {
            assert!(
                !key.starts_with("on") && !["style", "href", "xlink:href", "src"].contains(&key),
                "{key} {source:?}"
            );
            assert!(!value.contains("url(") || value.starts_with("url(#d1-"), "{value} {source:?}");
        }
    }
}
