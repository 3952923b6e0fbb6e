//! Mistakes cost the same however large the book is: counted, not timed.
//!
//! Books are made as `examples/synthesize --broken` makes them. What is counted is how many
//! links are looked up, how many names are compared with a mistyped one, and the memory that
//! the process has had.

use crate::growth::synthesize::{Extras, write};
use crate::support::Project;
use handbook::builder::{Build, Builder, Request};
use handbook::locale::Language;
use handbook::report::{self, Format};
use handbook::site::Output;
use handbook::source::Sources;

/// What a run over a book has cost.
#[derive(Debug)]
struct Cost {
    findings: usize,
    /// Links that were looked up, and different ones that there are.
    links: usize,
    different: usize,
    /// Names that were compared, and entries of indexes that were read for it.
    names: usize,
    /// Bytes that a person gets to read.
    printed: usize,
}

fn build(chapters: usize, broken: usize) -> (Sources, Build) {
    let project = Project::new("");
    write(project.path(), chapters, Extras { broken, ..Extras::default() }).expect("a book");
    let sources = handbook::disk::Project::open(project.path()).expect("a project").read();
    let request = Request::new("2026-01-01".parse().expect("a date"));
    let build = Builder::new().build(&sources, &request);
    (sources, build)
}

fn cost(chapters: usize, broken: usize) -> Cost {
    let (sources, build) = build(chapters, broken);
    let handbook = &build.site.handbook;
    let (links, names) = handbook.work();
    let mut printed = Vec::new();
    report::print(&mut printed, &build.diagnostics, &sources, Format::Human, Language::ENGLISH)
        .expect("memory");
    let different = handbook.chapters.iter().map(|chapter| {
        let document = &chapter.document;
        let links = document.links.iter().map(|link| (link.wiki, &link.dest));
        let shown = document.images.iter().chain(&document.files).map(|image| (image.wiki, &image.dest));
        links.chain(shown).collect::<std::collections::BTreeSet<_>>().len()
    });
    let different = different.sum();
    Cost { findings: build.diagnostics.len(), links, different, names, printed: printed.len() }
}

#[track_caller]
fn assert_doubled(what: &str, one: usize, two: usize) {
    assert!(one > 0 && two * 10 <= one * 22, "{what}: {one}, and {two} of twice as much");
}

#[test]
fn twice_the_chapters_cost_twice_as_much() {
    let [one, two] = [200, 400].map(|chapters| cost(chapters, 3));
    assert_doubled("findings", one.findings, two.findings);
    assert!(two.findings * 10 >= one.findings * 18, "{one:?} {two:?}");
    assert_doubled("links", one.links, two.links);
    // The lists of an index grow with the book as far as their bound; a walk would be four
    // times as much.
    assert!(one.names > 0 && two.names * 10 <= one.names * 25, "{one:?} {two:?}");
    assert!(two.names <= two.findings * 272, "{two:?}");
    assert!(two.printed < 120_000, "{two:?}");
}

#[test]
fn twice_the_mistakes_cost_twice_as_much() {
    let [one, two] = [4, 8].map(|broken| cost(120, broken));
    assert_doubled("findings", one.findings, two.findings);
    assert!(two.findings * 10 >= one.findings * 17, "{one:?} {two:?}");
    assert_doubled("links", one.links, two.links);
    assert_doubled("names", one.names, two.names);
}

#[test]
fn what_a_link_means_is_worked_out_once() {
    let all = cost(60, 3);
    // `[[…]]` that is no title is looked up as a path too.
    assert!(all.links >= all.different && all.links <= all.different * 2, "{all:?}");
    let (_, build) = build(60, 3);
    let before = build.site.handbook.work();
    let mut pages = 0;
    for address in build.site.addresses() {
        match build.site.render(address) {
            Some(Ok(Output::Bytes(_))) => pages += 1,
            Some(Ok(Output::File(_))) => {}
            other => panic!("{address}: {other:?}"),
        }
    }
    assert!(pages > 60);
    assert_eq!(build.site.handbook.work(), before, "the pages looked links up again");
}

/// The most memory that this process has had, in kB.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}

#[test]
fn memory_grows_with_the_book_and_no_faster() {
    // What every run needs comes first.
    drop(build(2, 1));
    let base = peak();
    let [one, two] = [(120, 3), (240, 3)].map(|(chapters, broken)| {
        drop(build(chapters, broken));
        peak() - base
    });
    assert!(two * 10 <= one * 25, "{one} kB, and {two} kB of twice as many chapters");
    drop(build(120, 12));
    assert!(
        (peak() - base) * 10 <= one * 45,
        "{one} kB, and {} kB of four times the mistakes",
        peak() - base
    );
}
