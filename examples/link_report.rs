//! How many links, anchors and pictures of a book lead somewhere as it lies.
//!
//!     cargo run --example link_report -- [--list] DIR...
//!
//! One line a book: links to places of the book, anchors and pictures, each with how many
//! of them are dead, and links that lead only with a finding. With `--list` each of those
//! follows, with its chapter, so that one can see whether it is truly dead.

use handbook::builder::{Builder, Request};
use handbook::disk::Project;
use handbook::handbook::Handbook;
use handbook::handbook::link::{LinkTarget, ResolvedLink, is_external};
use handbook::handbook::registry::PathTarget;
use std::path::Path;

/// How many there are, and how many of them are dead.
#[derive(Default)]
struct Tally {
    all: usize,
    dead: usize,
}

impl Tally {
    fn add(&mut self, is_dead: bool) {
        self.all += 1;
        self.dead += usize::from(is_dead);
    }
}

#[derive(Default)]
struct Report {
    links: Tally,
    anchors: Tally,
    pictures: Tally,
    told: usize,
    list: Vec<String>,
}

impl Report {
    fn of(handbook: &Handbook) -> Self {
        let mut report = Self::default();
        for chapter in &handbook.chapters {
            let name = &chapter.source.name;
            for link in &chapter.document.links {
                if !link.wiki && is_external(link.dest.trim()) {
                    continue;
                }
                let resolved = handbook.resolve_link(chapter, link);
                report.link(name, &link.dest, &resolved);
            }
            for image in &chapter.document.images {
                if is_external(image.dest.trim()) || image.dest.trim().is_empty() {
                    continue;
                }
                let target = handbook.resolve(chapter, &image.dest).target;
                let shown = image.wiki || matches!(target, LinkTarget::Inside(PathTarget::Attachment(_), _));
                report.pictures.add(!shown);
                if !shown {
                    report.list.push(format!("picture\t{name}\t{}", image.dest));
                }
            }
        }
        report
    }

    fn link(&mut self, name: &str, dest: &str, resolved: &ResolvedLink) {
        let is_dead = matches!(resolved.target, LinkTarget::Broken);
        self.links.add(is_dead);
        let code = resolved.diagnostic.as_ref().map_or("", |diagnostic| diagnostic.rule.code);
        let has_anchor = dest.split_once('#').is_some_and(|(_, anchor)| !anchor.is_empty());
        if has_anchor && !is_dead {
            self.anchors.add(code == "broken-anchor");
        }
        self.told += usize::from(!code.is_empty() && !is_dead);
        if is_dead || !code.is_empty() {
            let code = if code.is_empty() { "dead" } else { code };
            self.list.push(format!("{code}\t{name}\t{dest}"));
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (options, folders): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument == "--list");
    println!(
        "{:<18}{:>9}{:>6}{:>9}{:>6}{:>9}{:>6}{:>6}",
        "book", "links", "dead", "anchors", "dead", "pictures", "gone", "told"
    );
    for folder in &folders {
        let path = Path::new(folder);
        let sources = Project::open(path)?.read();
        let build = Builder::new().build(&sources, &Request::new("2026-11-24".parse()?));
        let report = Report::of(&build.site.handbook);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Report { links, anchors, pictures, told, list } = report;
        println!(
            "{name:<18}{:>9}{:>6}{:>9}{:>6}{:>9}{:>6}{told:>6}",
            links.all, links.dead, anchors.all, anchors.dead, pictures.all, pictures.dead
        );
        if !options.is_empty() {
            list.iter().for_each(|line| println!("  {line}"));
        }
    }
    Ok(())
}
