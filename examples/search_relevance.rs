//! How well the search ranks: mean reciprocal rank, nDCG@10, and for questions whether the right
//! chapter is among the first three and the right clause is shown.
//!
//! The judged queries are `tests/fixtures/relevance.tsv`. Run it before and after each change of
//! ranking. `--misses` prints the queries whose best target is not among the first three;
//! `--NAME=VALUE` tries another value of a ranking weight, by its name in the manifest;
//! `--queries=FILE` takes the judged queries of another file.
//!
//!     cargo run --release --example search_relevance -- [--misses] sample=DIR laws=DIR 18f=DIR

use handbook::builder::{Builder, Request};
use handbook::disk::Project;
use handbook::search::{SearchResponse, SearchResult, Weights};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

/// A judged query.
struct Judged<'a> {
    kind: &'a str,
    query: &'a str,
    targets: Vec<Target<'a>>,
}

/// A chapter that answers a query, the clause in it, and how well.
struct Target<'a> {
    chapter: &'a str,
    clause: Option<&'a str>,
    grade: f64,
}

impl<'a> Target<'a> {
    fn parse(text: &'a str) -> Self {
        let (text, grade) =
            text.rsplit_once('=').map_or((text, 3.0), |(text, grade)| (text, grade.parse().unwrap_or(3.0)));
        let (chapter, clause) =
            text.split_once('#').map_or((text, None), |(chapter, clause)| (chapter, Some(clause)));
        Self { chapter, clause, grade }
    }

    fn is_chapter(&self, result: &SearchResult) -> bool {
        let url = percent_encoding::percent_decode_str(&result.url).decode_utf8_lossy();
        let path = url.trim_end_matches(".html");
        // The date of a law stands in parentheses behind its name.
        let undated = path
            .rsplit_once('(')
            .filter(|(_, date)| date.starts_with(['1', '2']))
            .map_or(path, |(name, _)| name);
        [path, undated].iter().any(|path| {
            path.strip_suffix(self.chapter).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        })
    }

    fn is_shown(&self, result: &SearchResult) -> bool {
        self.is_chapter(result)
            && self
                .clause
                .is_some_and(|label| result.clauses.iter().any(|clause| clause.title.starts_with(label)))
    }
}

#[derive(Default)]
struct Sum {
    queries: usize,
    reciprocal: f64,
    gain: f64,
    among_three: usize,
    clauses: usize,
    shown: usize,
}

impl Sum {
    fn add(&mut self, judged: &Judged<'_>, response: &SearchResponse) -> bool {
        let best = |target: &&Target<'_>| {
            target.grade >= 3.0 || judged.targets.iter().all(|other| other.grade <= target.grade)
        };
        let wanted: Vec<&Target<'_>> = judged.targets.iter().filter(best).collect();
        let rank =
            response.results.iter().position(|result| wanted.iter().any(|target| target.is_chapter(result)));
        let grade = |result: &SearchResult| {
            judged.targets.iter().find(|target| target.is_chapter(result)).map_or(0.0, |target| target.grade)
        };
        let found: Vec<f64> = response.results.iter().map(grade).collect();
        let mut ideal: Vec<f64> = judged.targets.iter().map(|target| target.grade).collect();
        ideal.sort_by(|a, b| b.total_cmp(a));
        let is_among_three = rank.is_some_and(|rank| rank < 3);
        self.queries += 1;
        self.reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        self.gain += discounted(&found) / discounted(&ideal).max(f64::MIN_POSITIVE);
        self.among_three += usize::from(is_among_three);
        if wanted.iter().any(|target| target.clause.is_some()) {
            self.clauses += 1;
            let is_shown = |result| wanted.iter().any(|target| target.is_shown(result));
            self.shown += usize::from(response.results.iter().take(3).any(is_shown));
        }
        is_among_three
    }
}

/// The discounted cumulative gain of ten grades.
fn discounted(grades: &[f64]) -> f64 {
    grades
        .iter()
        .take(10)
        .enumerate()
        .map(|(rank, grade)| (grade.exp2() - 1.0) / ((rank + 2) as f64).log2())
        .sum()
}

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

/// The judged queries of a book.
fn judged<'a>(text: &'a str, book: &str) -> Vec<Judged<'a>> {
    let query = |line: &'a str| {
        let mut columns = line.split('\t');
        let (own, kind, query, targets) =
            (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
        (own == book).then(|| Judged {
            kind,
            query,
            targets: targets.split(" | ").map(Target::parse).collect(),
        })
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(query).collect()
}
