//! Judged queries, and how well they are answered. `examples/search_relevance.rs` prints it,
//! `tests/it/relevance.rs` holds bars to it.

use handbook::search::{SearchResponse, SearchResult};

/// A judged query.
pub(crate) struct Judged<'a> {
    pub(crate) kind: &'a str,
    pub(crate) query: &'a str,
    pub(crate) targets: Vec<Target<'a>>,
    /// The targets as they are written.
    pub(crate) wanted: &'a str,
}

/// How a query is answered.
#[derive(Default)]
pub(crate) struct Found {
    /// The place of the first result that is wanted, from 0.
    pub(crate) rank: Option<usize>,
    pub(crate) among_three: bool,
    /// Whether the clause is shown that is wanted, if one is.
    pub(crate) shown: bool,
}

/// A chapter that answers a query, the clause in it, and how well.
pub(crate) struct Target<'a> {
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

/// What the answers to some queries come to.
#[derive(Default)]
pub(crate) struct Sum {
    pub(crate) queries: usize,
    pub(crate) reciprocal: f64,
    pub(crate) gain: f64,
    pub(crate) among_three: usize,
    pub(crate) clauses: usize,
    pub(crate) shown: usize,
}

impl Sum {
    /// Adds the answer to a query.
    pub(crate) fn add(&mut self, judged: &Judged<'_>, response: &SearchResponse) -> Found {
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
        let mut shown = true;
        if wanted.iter().any(|target| target.clause.is_some()) {
            self.clauses += 1;
            let is_shown = |result| wanted.iter().any(|target| target.is_shown(result));
            shown = response.results.iter().take(3).any(is_shown);
            self.shown += usize::from(shown);
        }
        Found { rank, among_three: is_among_three, shown }
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

/// The judged queries of a book.
pub(crate) fn judged<'a>(text: &'a str, book: &str) -> Vec<Judged<'a>> {
    let query = |line: &'a str| {
        let mut columns = line.split('\t');
        let (own, kind, query, targets) =
            (columns.next()?, columns.next()?, columns.next()?, columns.next()?);
        (own == book).then(|| Judged {
            kind,
            query,
            targets: targets.split(" | ").map(Target::parse).collect(),
            wanted: targets,
        })
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(query).collect()
}
