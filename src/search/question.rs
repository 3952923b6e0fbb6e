//! What in a query only asks: 「试用期最长多久」 asks for 试用期, `how many days of leave` for
//! `days` and `leave`. Such words weigh nothing where a chapter is judged by how much of the
//! query it holds.
//!
//! The lists are in `question_words`. The manifest carries them to the browser, whose
//! `search-question.js` reads a query as this does.

use super::phrase::Term;
use super::query::{QueryClause, Run, Segment};
use super::question_words::QUESTION_WORDS;
use super::token::fold;

/// A query as a question.
#[derive(Debug, Default)]
pub(super) struct Question {
    /// Whether it is one.
    pub(super) asks: bool,
    /// Whether it asks for a number.
    pub(super) asks_number: bool,
    /// Words of an answer, for each thing that is asked for.
    pub(super) answers: Vec<Vec<Term>>,
    /// Signs of a clause that does not answer such a query.
    pub(super) formal: Vec<&'static str>,
    /// For each clause, for each character of its runs, whether it says nothing.
    pub(super) idle: Vec<Vec<bool>>,
}

impl Question {
    /// Reads the clauses of a query.
    pub(super) fn new(query: &str, clauses: &[QueryClause]) -> Self {
        let speaks = |clause: &QueryClause| {
            let own = clause.runs.iter().map(Run::text);
            own.into_iter().any(|word| QUESTION_WORDS.speaking.contains(&word.as_str()))
        };
        let asks = query.trim_end().ends_with(['?', '？'])
            || clauses.len() > QUESTION_WORDS.telling
            || clauses.len() > 2 && clauses.iter().any(speaks);
        let mut question = Self { asks, ..Self::default() };
        for (index, clause) in clauses.iter().enumerate() {
            let mut idle = Vec::new();
            if !clause.exact && !clause.title {
                for segment in clause.runs.iter().flat_map(|run| &run.segments) {
                    question.asks |= read(segment, index == 0, &mut idle);
                }
            }
            question.idle.push(idle);
        }
        let folded = fold(query);
        let counts = |word: &str| folded.contains(word);
        let term = |word: &&str| Term { text: (*word).to_owned(), prefix: false };
        let is_asked = |asking: &[&str]| asking.iter().any(|word| term(word).find(&folded).is_some());
        let cues = QUESTION_WORDS.cues.iter().filter(|(asking, _)| is_asked(asking));
        question.answers = cues.map(|(_, answering)| answering.iter().map(term).collect()).collect();
        let formal =
            QUESTION_WORDS.formal.iter().filter(|(_, asking)| !asking.iter().any(|word| counts(word)));
        question.formal = formal.flat_map(|(signs, _)| signs.iter().copied()).collect();
        question.asks_number = question.asks && QUESTION_WORDS.counting.iter().any(|word| counts(word));
        question
    }
}

/// Adds whether each character of a segment says nothing. Returns whether the segment asks.
fn read(segment: &Segment, opens: bool, idle: &mut Vec<bool>) -> bool {
    let words = &*QUESTION_WORDS;
    let all = &segment.characters;
    if !segment.unsegmented {
        let word = segment.text();
        let is = |list: &[&str]| list.contains(&word.as_str());
        let asks = is(&words.opening);
        idle.extend(std::iter::repeat_n(asks || is(&words.filling), all.len()));
        return asks && opens;
    }
    let base = idle.len();
    idle.resize(base + all.len(), false);
    let (mut asks, mut start) = (false, 0);
    while start < all.len() {
        let longest = words.longest.min(all.len() - start);
        let found = (1..=longest).rev().find_map(|length| {
            let word: String = all[start..start + length].iter().collect();
            let is = |list: &[&str]| list.contains(&word.as_str());
            let asks = is(&words.asking) || (start > 0 && start + length == all.len() && is(&words.ending));
            (asks || is(&words.helping)).then_some((length, asks))
        });
        let Some((length, is_asking)) = found else {
            start += 1;
            continue;
        };
        idle[base + start..base + start + length].fill(true);
        if is_asking {
            asks = true;
            if start > 0 && words.leading.contains(all[start - 1]) {
                idle[base + start - 1] = true;
            }
        }
        start += length;
    }
    asks
}

#[cfg(test)]
mod tests {
    use super::super::query::parse;
    use super::*;

    /// What is left of a query, with `?` if it asks.
    fn left(query: &str) -> String {
        let clauses = parse(query);
        let question = Question::new(query, &clauses);
        let characters = clauses
            .iter()
            .flat_map(|clause| clause.runs.iter().flat_map(|run| run.text().chars().collect::<Vec<_>>()));
        let kept: String = characters
            .zip(question.idle.iter().flatten())
            .filter(|(_, idle)| !(question.asks && **idle))
            .map(|(c, _)| c)
            .collect();
        format!("{kept}{}", if question.asks { "?" } else { "" })
    }

    #[test]
    fn what_only_asks_is_known() {
        for (query, wanted) in [
            ("试用期最长多久", "试用期?"),
            ("年假有几天", "年假?"),
            ("上下班路上出车祸算工伤吗", "上下班路上出车祸算工伤?"),
            ("差旅住宿标准是多少", "差旅住宿标准?"),
            ("请问可以坐飞机吗？", "坐飞机?"),
            ("吗啡管理", "吗啡管理"),
            ("最高人民法院", "最高人民法院"),
            ("how many days of leave can I take", "daysleavetake?"),
            ("I lost my badge", "lostbadge?"),
            ("my badge", "mybadge"),
            ("travel?", "travel?"),
            ("travel", "travel"),
        ] {
            assert_eq!(left(query), wanted, "{query}");
        }
    }
}
