//! How well questions are answered: the bars below are what the ranking reached when they were set.

mod judged;

use crate::support::repository;
use handbook::builder::{Builder, Request};
use handbook::disk::Project;
use judged::{Sum, judged};

/// Asserts shares of the questions about a book, in hundredths: the right chapter among the first
/// three, and the right clause shown.
fn holds(book: &str, folder: &str, among_three: usize, shown: usize) {
    let root = repository().join(folder);
    let sources = Project::open(&root).expect("a project").read();
    let build = Builder::new().build(&sources, &Request::new("2026-11-24".parse().expect("a day")));
    let path = repository().join("tests/fixtures/relevance.tsv");
    let text = std::fs::read_to_string(path).expect("judged queries");
    let mut sum = Sum::default();
    let mut missed = Vec::new();
    for judged in judged(&text, book).iter().filter(|judged| judged.kind == "question") {
        let found = sum.add(judged, &build.site.index().search(judged.query, 10));
        if !(found.among_three && found.shown) {
            missed.push(format!("{} ({:?}): {}", judged.query, found.rank, judged.wanted));
        }
    }
    let share = |part: usize, all: usize| part * 100 / all.max(1);
    let reached = (share(sum.among_three, sum.queries), share(sum.shown, sum.clauses));
    assert!(sum.queries >= 10 && sum.clauses > 0, "{} questions, {} clauses", sum.queries, sum.clauses);
    assert!(
        reached.0 >= among_three && reached.1 >= shown,
        "{book}: {reached:?} of {} and {} questions, not {among_three} and {shown}\n{}",
        sum.queries,
        sum.clauses,
        missed.join("\n")
    );
}

#[test]
fn questions_about_the_sample_are_answered() {
    holds("sample", ".", 90, 100);
}

#[test]
fn questions_about_small_companies_are_answered() {
    holds("works", "tests/fixtures/company/works", 96, 90);
    holds("startup", "tests/fixtures/company/startup", 96, 94);
    holds("bank", "tests/fixtures/company/bank", 92, 76);
    holds("software", "tests/fixtures/company/software", 90, 82);
}

#[test]
#[ignore = "needs ../shared/corpora/laws"]
fn questions_about_laws_are_answered() {
    holds("laws", "../shared/corpora/laws", 91, 77);
}

#[test]
#[ignore = "needs ../shared/corpora/18f"]
fn questions_about_a_government_handbook_are_answered() {
    holds("18f", "../shared/corpora/18f", 89, 84);
}
