//! How well the search ranks: mean reciprocal rank, nDCG@10, and for questions whether the right
//! chapter is among the first three and the right clause is shown.
//!
//! The judged queries are `tests/fixtures/relevance.tsv`. Run it before and after each change of
//! ranking. `--misses` prints the queries whose best target is not among the first three;
//! `--NAME=VALUE` tries another value of a ranking weight, by its name in the manifest;
//! `--queries=FILE` takes the judged queries of another file.
//!
//!     cargo run --release --example search_relevance -- [--misses] sample=DIR laws=DIR 18f=DIR

#[path = "../tests/it/relevance/judged.rs"]
mod judged;

use handbook::builder::{Builder, Request};
use handbook::disk::Project;
use handbook::search::Weights;
use judged::{Sum, judged};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let (queries, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--queries="));
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/relevance.tsv");
    let queries = queries.last().and_then(|argument| argument.strip_prefix("--queries="));
    let text = std::fs::read_to_string(queries.map_or(own, PathBuf::from))?;
    let misses = arguments.iter().any(|argument| argument == "--misses");
    let weights = weights(&arguments)?;
    let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
    let books = arguments.iter().filter(|argument| !argument.starts_with("--"));
    for (book, dir) in books.filter_map(|argument| argument.split_once('=')) {
        let sources = Project::open(Path::new(dir))?.read();
        let build = Builder::new().build(&sources, &Request::new("2026-11-24".parse()?));
        for judged in judged(&text, book) {
            let response = build.site.index().search_weighted(judged.query, 10, &weights);
            let mut is_good = false;
            for name in [format!("{book} {}", judged.kind), format!("{book} all"), "all".to_owned()] {
                is_good = sums.entry(name).or_default().add(&judged, &response);
            }
            if misses && !is_good {
                let first: Vec<&str> =
                    response.results.iter().take(4).map(|result| result.title.as_str()).collect();
                println!(
                    "{book}: {} ({:?}, {}): {}",
                    judged.query,
                    response.step,
                    response.count,
                    first.join(" · ")
                );
            }
        }
    }
    println!("{:<16}{:>5}{:>8}{:>9}{:>9}{:>9}", "", "n", "MRR", "nDCG@10", "in 3", "clause");
    for (name, sum) in &sums {
        let share = |part: usize, all: usize| {
            if all == 0 { "-".to_owned() } else { format!("{:.3}", part as f64 / all as f64) }
        };
        let count = sum.queries as f64;
        println!(
            "{name:<16}{:>5}{:>8.3}{:>9.3}{:>9}{:>9}",
            sum.queries,
            sum.reciprocal / count,
            sum.gain / count,
            share(sum.among_three, sum.queries),
            share(sum.shown, sum.clauses)
        );
    }
    Ok(())
}

/// The site's weights, with those that are tried instead.
fn weights(arguments: &[String]) -> Result<Weights, Box<dyn Error>> {
    let mut weights = serde_json::to_value(Weights::default())?;
    for (name, value) in arguments.iter().filter_map(|argument| argument.strip_prefix("--")?.split_once('='))
    {
        let value: f64 = value.parse()?;
        *weights.get_mut(name).ok_or(format!("no weight is called {name}"))? = value.into();
    }
    Ok(serde_json::from_value(weights)?)
}
