//! How well the search ranks: mean reciprocal rank, nDCG@10, and for questions whether the right
//! chapter is among the first three and the right clause is shown.
//!
//! The judged queries are `tests/fixtures/relevance.tsv`. Run it before and after each change of
//! ranking. `--queries=FILE` takes the judged queries of another file, and may stand several times:
//! each book is built once. `--misses=FILE` does the same, and prints the queries whose best target is
//! not among the first three, and those whose clause is not shown, with what is shown instead.
//! `--NAME=VALUE` tries another value of a ranking weight, by its name in the manifest.
//!
//!     cargo run --release --example search_relevance -- [--misses=FILE] sample=DIR laws=DIR 18f=DIR

#[path = "../tests/it/relevance/judged.rs"]
mod judged;

use handbook::builder::{Builder, Request};
use handbook::disk::Project;
use handbook::search::{SearchResponse, Weights};
use judged::{Found, Judged, Sum, judged};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// Judged queries, and whether misses are printed.
struct Set {
    name: String,
    text: String,
    misses: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let sets = sets(&arguments)?;
    let weights = weights(&arguments)?;
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    let books = arguments.iter().filter(|argument| !argument.starts_with("--"));
    for (book, dir) in books.filter_map(|argument| argument.split_once('=')) {
        let sources = Project::open(Path::new(dir))?.read();
        let build = Builder::new().build(&sources, &Request::new("2026-11-24".parse()?));
        for set in &sets {
            for judged in judged(&set.text, book) {
                let response = build.site.index().search_weighted(judged.query, 10, &weights);
                let name = &set.name;
                let mut found = Found::default();
                for kind in [format!("{book} {}", judged.kind), format!("{book} all"), "all".to_owned()] {
                    found = sums.entry(format!("{name} {kind}")).or_default().add(&judged, &response);
                }
                if set.misses && !(found.among_three && found.shown) {
                    miss(book, &judged, &response, &found);
                }
            }
        }
    }
    println!("{:<24}{:>5}{:>8}{:>9}{:>9}{:>9}", "", "n", "MRR", "nDCG@10", "in 3", "clause");
    for (name, sum) in &sums {
        let share = |part: usize, all: usize| {
            if all == 0 { "-".to_owned() } else { format!("{:.3}", part as f64 / all as f64) }
        };
        let count = sum.queries as f64;
        println!(
            "{name:<24}{:>5}{:>8.3}{:>9.3}{:>9}{:>9}",
            sum.queries,
            sum.reciprocal / count,
            sum.gain / count,
            share(sum.among_three, sum.queries),
            share(sum.shown, sum.clauses)
        );
    }
    Ok(())
}

/// The files that the arguments name, or our own.
fn sets(arguments: &[String]) -> Result<Vec<Set>, Box<dyn Error>> {
    let mut sets = Vec::new();
    let mut add = |path: &Path, misses: bool| -> Result<(), Box<dyn Error>> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        sets.push(Set { name, text: std::fs::read_to_string(path)?, misses });
        Ok(())
    };
    for (name, path) in arguments.iter().filter_map(|argument| argument.split_once('=')) {
        match name {
            "--queries" => add(Path::new(path), false)?,
            "--misses" => add(Path::new(path), true)?,
            _ => {}
        }
    }
    if sets.is_empty() {
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/relevance.tsv");
        sets.push(Set { name: "judged".to_owned(), text: std::fs::read_to_string(own)?, misses: false });
    }
    Ok(sets)
}

/// Prints a query that is not answered, and what is shown instead.
fn miss(book: &str, judged: &Judged<'_>, response: &SearchResponse, found: &Found) {
    let what = if found.among_three { "clause" } else { "chapter" };
    println!("{book} {what}: {} ({:?}, {})", judged.query, response.step, response.count);
    for result in response.results.iter().take(3) {
        let clauses: Vec<&str> = result.clauses.iter().map(|clause| clause.title.as_str()).collect();
        println!("      {} [{}]", result.title, clauses.join(" · "));
    }
    println!("      wanted {}: {}", found.rank.map_or(0, |rank| rank + 1), judged.wanted);
}

/// The site's weights, with those that are tried instead.
fn weights(arguments: &[String]) -> Result<Weights, Box<dyn Error>> {
    let mut weights = serde_json::to_value(Weights::default())?;
    let given = arguments.iter().filter_map(|argument| argument.strip_prefix("--")?.split_once('='));
    for (name, value) in given.filter(|(name, _)| !matches!(*name, "queries" | "misses")) {
        let value: f64 = value.parse()?;
        *weights.get_mut(name).ok_or(format!("no weight is called {name}"))? = value.into();
    }
    Ok(serde_json::from_value(weights)?)
}
