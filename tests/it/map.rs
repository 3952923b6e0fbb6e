//! The map: pages for handbooks of every size, the same as text, and the small
//! graph on a chapter's page.

use crate::crawl::crawl;
use crate::support::Project;
use handbook::builder::{Build, Builder, Request};
use handbook::handbook::routes::Page;
use handbook::site::Output;
use handbook::source::{Source, Sources};
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// A handbook of `count` chapters in `departments`, each referring to seven others.
fn book(count: usize, departments: usize) -> Build {
    let mut organization = "departments:\n".to_owned();
    for at in 0..departments {
        let _ = writeln!(organization, "  - {{id: d{at}, name: 第{at}业务管理部}}");
    }
    let chapters = (0..count).map(|at| {
        let department =
            if departments > 0 { format!("departments: [d{}]\n", at % departments) } else { String::new() };
        let mut text = format!("---\ntitle: 第{at}号业务流程监督检查管理办法（试行）\n{department}---\n");
        for step in [1, 7, 15, 31, 60, 450, 901] {
            let _ = writeln!(
                text,
                "- 依照《第{}号业务流程监督检查管理办法（试行）》办理。",
                (at * step + step) % count
            );
        }
        let name = format!("业务/{at:04}.md");
        Source::new(format!("content/{name}"), name.clone(), text)
    });
    let mut sources = Sources::default();
    sources.chapters = chapters.collect();
    sources.organization = Some(Source::new("organization.yaml", "organization.yaml", organization));
    let build = Builder::new().build(&sources, &Request::new(jiff::civil::date(2026, 11, 24)));
    assert!(build.diagnostics.iter().all(|found| found.level != handbook::diagnostic::Level::Error));
    build
}

/// All pages of the map, rendered.
fn maps(build: &Build) -> BTreeMap<String, String> {
    let pages = &build.site.handbook.routes.pages;
    let maps = pages.iter().filter(|(_, page)| matches!(page, Page::Map(_)));
    maps.map(|(address, _)| match build.site.render(address) {
        Some(Ok(Output::Bytes(bytes))) => (address.to_string(), String::from_utf8(bytes).expect("UTF-8")),
        other => panic!("{address}: {other:?}"),
    })
    .collect()
}

fn all<'a>(html: &'a Html, css: &str) -> Vec<scraper::ElementRef<'a>> {
    html.select(&Selector::parse(css).expect("a selector")).collect()
}

/// Targets of links, decoded, without anchors.
fn targets(html: &Html, css: &str) -> BTreeSet<String> {
    let href = |link: scraper::ElementRef<'_>| {
        let href = link.value().attr("href").expect("an address").split('#').next().unwrap_or("");
        percent_encoding::percent_decode_str(href).decode_utf8().expect("UTF-8").into_owned()
    };
    all(html, css).into_iter().map(href).collect()
}

fn check(count: usize, departments: usize, pages: std::ops::RangeInclusive<usize>) {
    let build = book(count, departments);
    let maps = maps(&build);
    assert!(pages.contains(&maps.len()), "{count} chapters make {} pages", maps.len());
    let known: BTreeSet<&str> = build.site.addresses().into_iter().collect();
    let (mut drawn, mut listed) = (BTreeSet::new(), BTreeSet::new());
    for (address, page) in &maps {
        assert!(page.len() < 300_000, "{address} has {} bytes", page.len());
        assert!(!page.contains(" style="), "{address} has an inline style");
        let html = Html::parse_document(page);
        for link in targets(&html, "main a[href]").iter().filter(|link| !link.is_empty()) {
            assert!(known.contains(link.as_str()), "{address}: {link} leads nowhere");
        }
        let ids: BTreeSet<&str> =
            all(&html, "[id]").iter().filter_map(|one| one.value().attr("id")).collect();
        assert_eq!(ids.len(), all(&html, "[id]").len(), "{address}: an id stands twice");
        for used in all(&html, "use") {
            let id = used.value().attr("href").expect("an id").trim_start_matches('#');
            assert!(ids.contains(id), "{address}: {id} is missing");
        }
        let wide = targets(&html, ".map-wide a");
        assert_eq!(wide, targets(&html, ".map-narrow a"), "{address}: the two drawings differ");
        drawn.extend(targets(&html, ".map-wide .map-group .map-row a"));
        listed.extend(targets(&html, ".map-entry"));
    }
    let chapters: BTreeSet<String> =
        build.site.handbook.chapters.iter().map(|chapter| chapter.url.to_string()).collect();
    assert_eq!(drawn, chapters, "not every chapter is drawn");
    assert!(chapters.is_subset(&listed), "not every chapter is in the text");
    assert!(maps.keys().filter(|address| **address != "map.html").all(|address| listed.contains(address)));
}

#[test]
fn one_chapter_has_a_map() {
    check(1, 0, 1..=1);
}

#[test]
fn ten_chapters_are_one_page() {
    check(10, 3, 1..=1);
}

#[test]
fn three_hundred_chapters_are_a_page_and_one_for_each_department() {
    check(300, 12, 13..=13);
}

#[test]
fn three_thousand_chapters_have_a_map() {
    check(3_000, 15, 70..=110);
}

#[test]
fn a_long_list_without_departments_is_cut_into_stretches() {
    check(700, 0, 10..=20);
}

const BOOK: &str = "
//- content/甲.md
---
title: 甲制度
departments: [采购部]
---
依照《乙制度》第一条和《丙制度》办理，也依照《乙制度》。
//- content/乙.md
---
title: 乙制度
departments: [采购部, 财务部]
status: retired
retired: 2020-01-01
---
第一条 见《乙制度》与《甲制度》。
//- content/丙/丙.md
---
title: 丙制度
---
无。
//- content/丁.md
---
title: 丁制度
---
无。
";

#[test]
fn the_map_shows_who_refers_to_whom_and_what_no_longer_counts() {
    let project = Project::new(BOOK);
    project.run(&["build", "-q"]).expect(0);
    let html = Html::parse_document(&project.read("site/map.html"));
    let titles = all(&html, ".map-wide .map-row title");
    let labels: BTreeSet<String> = titles.iter().map(scraper::ElementRef::inner_html).collect();
    let wanted = [
        "丁制度：引用 0 章，被 0 章引用",
        "甲制度：引用 2 章，被 1 章引用",
        "乙制度：引用 1 章，被 1 章引用 · 废止",
        "丙制度：引用 0 章，被 1 章引用",
    ];
    assert_eq!(labels, wanted.map(str::to_owned).into());
    let drawn = |row: &str, part: &str| {
        let nodes = all(&html, ".map-wide .map-row");
        let node = nodes.iter().find(|node| node.text().any(|text| text == row)).expect("a row");
        node.select(&Selector::parse(&format!("{part} use:not(.map-tip)")).expect("a selector")).count()
    };
    assert_eq!([drawn("甲制度", ".map-out"), drawn("甲制度", ".map-into")], [2, 1]);
    assert_eq!([drawn("乙制度", ".map-out"), drawn("乙制度", ".map-into")], [1, 1]);
    assert_eq!([drawn("丁制度", ".map-out"), drawn("丁制度", ".map-into")], [0, 0]);
    let marks: Vec<String> =
        all(&html, ".map-wide .map-retired .map-mark").iter().map(|mark| mark.inner_html()).collect();
    assert_eq!(marks, ["废止"]);
    let text: Vec<String> =
        all(&html, ".map-entries li").iter().map(|entry| entry.text().collect::<String>()).collect();
    let first = text
        .iter()
        .find(|entry| entry.starts_with("甲制度"))
        .expect("an entry")
        .replace(['\n', '\u{2060}'], "");
    assert_eq!(first, "甲制度引用乙制度×2、丙制度被引用乙制度");
    let groups: Vec<String> =
        all(&html, ".map-text h3").iter().map(|head| head.text().collect::<String>()).collect();
    assert_eq!(groups, ["手册 1", "采购部 2", "丙 1"]);
}

#[test]
fn a_chapter_shows_its_neighbours() {
    let project = Project::new(BOOK);
    project.run(&["build", "-q"]).expect(0);
    let near = |page: &str| {
        let html = Html::parse_document(&project.read(page));
        let side = |side: &str| -> Vec<String> {
            all(&html, &format!("{side} li a")).iter().map(|link| link.inner_html()).collect()
        };
        (side(".near-into"), side(".near-out"))
    };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(near("site/甲.html"), (names(&["乙制度"]), names(&["乙制度", "丙制度"])));
    assert_eq!(near("site/丙/丙.html"), (names(&["甲制度"]), names(&[])));
    assert!(!project.read("site/丁.html").contains("near-graph"), "a graph without edges");
    crawl(&project.tree("site"));
}

#[test]
fn many_neighbours_are_told_by_number_and_the_page_stays_light() {
    let mut fixture = "//- content/总.md\n---\ntitle: 总则\n---\n无。\n".to_owned();
    for at in 0..40 {
        let _ =
            write!(fixture, "//- content/{at:02}.md\n---\ntitle: 第{at:02}号办法\n---\n依照《总则》办理。\n");
    }
    let project = Project::new(&fixture);
    project.run(&["build", "-q"]).expect(0);
    let page = project.read("site/总.html");
    let near = page.split("class=\"after near\"").nth(1).and_then(|rest| rest.split("</section>").next());
    let near = near.expect("a graph");
    assert!(near.len() < 4_000, "{} bytes", near.len());
    assert!(near.contains("<a href=\"#Hb-referrers-title\">另有 32 章</a>"), "{near}");
    crawl(&project.tree("site"));
}

#[test]
fn an_author_s_own_map_keeps_its_address() {
    let project = Project::new("//- content/map.md\n# 交通图\n\n怎么来。\n");
    let run = project.run(&["build", "-v"]).expect(0).stderr();
    assert!(run.contains("reserved-url") && run.contains("`all-map`"), "{run}");
    assert!(project.read("site/map.html").contains("怎么来"));
    assert!(project.read("site/all-map.html").contains("map-entry"));
}
