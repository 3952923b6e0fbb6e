//! The query language: words, `"exact phrases"`, `-negated` and `title:word`.
//!
//! `search-query.js` and `runs` in `search-text.js` read a query likewise.

use super::clause_number;
use super::document::normal;
use super::expressions;
use super::limits::LIMITS;
use super::token::{Class, MAX_SIGNS, Token, class, fold, is_sign, joins, tokens};

/// Consecutive characters of one kind: of unsegmented scripts, or of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) unsegmented: bool,
    pub(super) characters: Vec<char>,
}

impl Segment {
    pub(super) fn text(&self) -> String {
        self.characters.iter().collect()
    }

    /// The characters of a word that count.
    fn word(&self) -> String {
        self.characters.iter().take(LIMITS.word_length).collect()
    }
}

/// Folded characters without a separator.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) segments: Vec<Segment>,
    /// Whether a mark such as `-` joins its last word to the next run.
    joins_next: bool,
    /// Its last word with the signs behind it, such as `c++`.
    signed: Option<String>,
    /// Whether a dot stands before it, and no word before the dot.
    dotted: bool,
}

impl Run {
    pub(super) fn text(&self) -> String {
        self.segments.iter().map(Segment::text).collect()
    }

    /// Its number of characters.
    pub(super) fn length(&self) -> usize {
        self.segments.iter().map(|segment| segment.characters.len()).sum()
    }

    fn is_word(&self) -> bool {
        self.segments.len() == 1 && self.segments.iter().all(|segment| !segment.unsegmented)
    }

    /// The word that it is, with the signs that make it a name of its own: `c++`, `.net`.
    fn name(&self) -> Option<String> {
        let word = self.segments.first().filter(|_| self.is_word())?;
        let dotted = || (self.dotted && !word.unsegmented).then(|| format!(".{}", word.word()));
        self.signed.clone().or_else(dotted)
    }

    fn ends_with_word(&self) -> bool {
        self.segments.last().is_some_and(|segment| !segment.unsegmented)
    }

    /// Its bigrams, trigrams and words; a run of one character gives its unigram.
    pub(super) fn tokens(&self) -> Vec<Token> {
        let mut all = tokens(&self.text());
        if all.len() > 1 {
            all.retain(|token| !matches!(token, Token::Unigram(_)));
        }
        all
    }
}

/// Splits a folded text into runs.
pub(super) fn runs(folded: &str) -> Vec<Run> {
    let mut reader = RunReader::default();
    folded.chars().for_each(|c| reader.push(c));
    reader.finish()
}

/// What `runs` has read so far.
#[derive(Debug, Default)]
struct RunReader {
    runs: Vec<Run>,
    /// Whether a run is open.
    open: bool,
    /// Whether a joining mark stands right before.
    mark: bool,
    /// Signs right before, behind a word.
    signs: usize,
    /// Whether a dot stands right before that follows no word.
    dot: bool,
}

impl RunReader {
    fn push(&mut self, c: char) {
        match class(c) {
            Class::Separator => self.separator(c),
            Class::Unsegmented => self.character(c, true),
            Class::Word => self.character(c, false),
        }
    }

    fn separator(&mut self, c: char) {
        let word = self.open && self.runs.last().is_some_and(Run::ends_with_word);
        let before = std::mem::replace(&mut self.mark, word && joins(c));
        (self.open, self.dot) = (false, !word && c == '.');
        if let Some(last) = self.runs.last_mut().filter(|_| self.mark || before) {
            last.joins_next = self.mark;
        }
        match is_sign(c) && (word || self.signs > 0) {
            true => self.sign(c),
            false => self.signs = 0,
        }
    }

    fn sign(&mut self, c: char) {
        self.signs += 1;
        let Some(last) = self.runs.last_mut() else { return };
        let before = match self.signs {
            1 => last.segments.last().map(Segment::word),
            _ => last.signed.take(),
        };
        last.signed = before.filter(|_| self.signs <= MAX_SIGNS).map(|word| format!("{word}{c}"));
    }

    fn character(&mut self, c: char, unsegmented: bool) {
        if !self.open {
            if let Some(last) = self.runs.last_mut() {
                last.joins_next &= !(unsegmented && self.mark);
                if self.signs > 0 && !unsegmented {
                    last.signed = None;
                }
            }
            let dotted = self.dot && !unsegmented && c.is_alphabetic();
            self.runs.push(Run { dotted, ..Run::default() });
            self.open = true;
        }
        (self.mark, self.signs, self.dot) = (false, 0, false);
        let Some(run) = self.runs.last_mut() else { return };
        match run.segments.last_mut() {
            Some(segment) if segment.unsegmented == unsegmented => segment.characters.push(c),
            _ => run.segments.push(Segment { unsegmented, characters: vec![c] }),
        }
    }

    fn finish(mut self) -> Vec<Run> {
        if let Some(last) = self.runs.last_mut().filter(|_| self.mark) {
            last.joins_next = false;
        }
        self.runs
    }
}

/// A condition that a chapter must satisfy to match the query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct QueryClause {
    pub(super) runs: Vec<Run>,
    /// Whether it must occur as typed: no parts, no pinyin, no typing errors.
    pub(super) exact: bool,
    /// Whether chapters that match are left out.
    pub(super) negated: bool,
    /// Whether only titles count.
    pub(super) title: bool,
    /// Whether its last word may be the prefix of a longer one.
    pub(super) prefix: bool,
    /// The words that marks join, as one word; or a word with its signs.
    pub(super) joined: Option<String>,
    /// Whether `joined` has signs, which tell it from the plain word.
    pub(super) signed: bool,
    /// The label of a clause that is asked for behind a title or an id, such as `第七条`.
    pub(super) reference: Option<String>,
    /// Other forms of a date, an amount or a name that it is, as runs with spaces between them.
    pub(super) others: Vec<String>,
    /// Whether only a sample of its bigrams is looked up.
    pub(super) sampled: bool,
}

impl QueryClause {
    /// Its number of characters.
    pub(super) fn length(&self) -> usize {
        self.runs.iter().map(Run::length).sum()
    }

    /// The tokens that are looked up for it.
    pub(super) fn tokens(&self) -> Vec<Token> {
        self.runs
            .iter()
            .flat_map(|run| if self.sampled { sample(run.tokens()) } else { run.tokens() })
            .collect()
    }
}

/// A sample of a run: its words, and some of its bigrams, the first and the last among them.
fn sample(tokens: Vec<Token>) -> Vec<Token> {
    let kept: Vec<Token> = tokens.into_iter().filter(|token| !matches!(token, Token::Trigram(..))).collect();
    let last = kept.len().saturating_sub(1);
    let parts = LIMITS.sampled_bigrams.saturating_sub(1).max(1);
    let places: Vec<usize> = (0..=parts).map(|part| part * last / parts).collect();
    let wanted = |(index, token): &(usize, Token)| places.contains(index) || matches!(token, Token::Word(_));
    kept.into_iter().enumerate().filter(wanted).map(|(_, token)| token).collect()
}

/// Parses a query. The last word may be the prefix of a longer one, unless a space follows
/// it. One `-` before a term excludes it, if another term stands before; other dashes are text.
pub(super) fn parse(query: &str) -> Vec<QueryClause> {
    let query = normal(query);
    let mut rest = query.trim_start();
    let mut clauses = Vec::new();
    while !rest.is_empty() {
        let mut base = QueryClause::default();
        if let Some(expressions::Expression { length, forms }) = expressions::at_start(rest) {
            let (words, behind) = rest.split_at(length);
            let runs = runs(&fold(words));
            let prefix = behind.is_empty() && runs.last().is_some_and(Run::ends_with_word);
            clauses.push(QueryClause { runs, prefix, others: forms, ..base });
            rest = behind.trim_start();
            continue;
        }
        if let Some(behind) = rest.strip_prefix('-')
            && !clauses.is_empty()
            && !behind.starts_with('-')
        {
            base.negated = true;
            rest = behind;
        }
        for name in ["title:", "title：", "标题:", "标题：", "標題:", "標題："] {
            if let Some(behind) = strip_prefix(rest, name) {
                base.title = true;
                rest = behind;
                break;
            }
        }
        let section = clause_number::section(rest);
        let (words, behind) =
            section.map_or_else(|| word(rest, &mut base.exact), |(number, behind)| (number, behind));
        let open = behind.is_empty() && !base.exact && !base.negated;
        rest = behind.trim_start();
        if section.is_some() && !base.negated {
            let (runs, reference) = (runs(words), Some(words.to_owned()));
            clauses.push(QueryClause { runs, exact: true, reference, ..base });
        } else if base.exact || base.negated {
            let runs = runs(&fold(words));
            if !runs.is_empty() {
                clauses.push(QueryClause { runs, exact: true, ..base });
            }
        } else {
            clauses.extend(grouped(split_references(runs(&fold(words))), &base, open));
        }
    }
    add_names(&mut clauses);
    clauses
}

/// Adds that a name of letters and digits may be written with a space or without: ISO 9001.
fn add_names(clauses: &mut [QueryClause]) {
    let word = |clause: &QueryClause| match clause.runs.as_slice() {
        [run] if run.is_word() && !clause.exact => run.text(),
        _ => String::new(),
    };
    let words: Vec<String> = clauses.iter().map(word).collect();
    let is_letters = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_digits = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_digit());
    for (at, word) in words.iter().enumerate() {
        let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &word[letters.len()..];
        if is_letters(letters) && is_digits(digits) {
            clauses[at].others.push(format!("{letters} {digits}"));
        }
        let next = words.get(at + 1).filter(|next| is_letters(word) && is_digits(next));
        if let Some(next) = next {
            let name = format!("{word}{next}");
            clauses[at].others.push(name.clone());
            clauses[at + 1].others.push(name);
        }
    }
}

/// Makes runs of their own of clause numbers at the end of runs.
fn split_references(all: Vec<Run>) -> Vec<Run> {
    let split = |run: Run| {
        let text = run.text();
        match clause_number::at_end(&text) {
            Some(place) if place.start > 0 => {
                runs(&text[..place.start]).into_iter().chain(runs(&text[place])).collect()
            }
            _ => vec![run],
        }
    };
    all.into_iter().flat_map(split).collect()
}

fn strip_prefix<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let head = text.get(..name.len())?;
    head.eq_ignore_ascii_case(name).then(|| &text[name.len()..])
}

/// The next word or quoted phrase, and what follows.
fn word<'a>(text: &'a str, exact: &mut bool) -> (&'a str, &'a str) {
    for (open, close) in [('"', '"'), ('“', '”'), ('「', '」')] {
        if let Some(inside) = text.strip_prefix(open) {
            *exact = true;
            return inside.split_once(close).unwrap_or((inside, ""));
        }
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '「')).unwrap_or(text.len());
    text.split_at(end)
}

/// Makes clauses of runs: one of each run, and one of all words that marks join. `open` says
/// that the last run may still be typed.
fn grouped(runs: Vec<Run>, base: &QueryClause, open: bool) -> Vec<QueryClause> {
    let mut clauses = Vec::new();
    let count = runs.len();
    let mut group: Vec<Run> = Vec::new();
    for (index, run) in runs.into_iter().enumerate() {
        let goes_on = run.joins_next && index + 1 < count;
        group.push(run);
        if goes_on {
            continue;
        }
        let last = index + 1 == count;
        let prefix = open && last && group.last().is_some_and(Run::ends_with_word);
        if group.len() > 1 && group.iter().all(Run::is_word) {
            let joined = joined(&group);
            clauses.push(QueryClause { runs: std::mem::take(&mut group), joined, prefix, ..base.clone() });
        } else {
            let end = group.len() - 1;
            for (index, run) in std::mem::take(&mut group).into_iter().enumerate() {
                clauses.push(alone(run, prefix && index == end, base));
            }
        }
    }
    clauses
}

/// A clause of one run.
fn alone(mut run: Run, prefix: bool, base: &QueryClause) -> QueryClause {
    let joined = run.name();
    let text = run.text();
    let reference = clause_number::at_end(&text).filter(|place| place.start == 0).map(|place| {
        let label = clause_number::label(&text[place]).to_owned();
        run = runs(&label).into_iter().next().unwrap_or_default();
        label
    });
    QueryClause { runs: vec![run], signed: joined.is_some(), joined, reference, prefix, ..base.clone() }
}

/// The words of some runs as one word, if the tokenizer joins them too.
fn joined(group: &[Run]) -> Option<String> {
    let words = group.iter().flat_map(|run| &run.segments).map(Segment::word);
    let joined = words.collect::<Vec<_>>().concat();
    let lettered = joined.chars().any(|c| !c.is_ascii_digit());
    (lettered && group.len() <= LIMITS.joined_words)
        .then(|| joined.chars().take(LIMITS.word_length).collect())
}

/// The same clauses, with the long ones of a long query sampled; `None` if there are none.
pub(super) fn sampled(clauses: &[QueryClause]) -> Option<Vec<QueryClause>> {
    if clauses.iter().map(QueryClause::length).sum::<usize>() <= LIMITS.long_query {
        return None;
    }
    let sampled = |clause: &QueryClause| {
        let sampled = clause.joined.is_none()
            && !clause.negated
            && clause.runs.len() == 1
            && clause.length() >= LIMITS.long_run;
        QueryClause { sampled, ..clause.clone() }
    };
    let sampled: Vec<QueryClause> = clauses.iter().map(sampled).collect();
    sampled.iter().any(|clause| clause.sampled).then_some(sampled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Vec<String> {
        let show = |clause: QueryClause| {
            let runs: Vec<String> = clause.runs.iter().map(Run::text).collect();
            let signs =
                [(clause.exact, '='), (clause.negated, '-'), (clause.title, ':'), (clause.prefix, '*')];
            let signs: String = signs.into_iter().filter(|sign| sign.0).map(|sign| sign.1).collect();
            format!(
                "{signs}{}{}",
                runs.join("|"),
                clause.joined.map_or(String::new(), |word| format!("({word})"))
            )
        };
        parse(query).into_iter().map(show).collect()
    }

    #[test]
    fn queries_are_parsed() {
        assert_eq!(read("備份 流程"), ["备份", "流程"]);
        assert_eq!(read("\"数据 备份\" -草案 title:SLA"), ["=数据|备份", "=-草案", ":*sla"]);
        assert_eq!(read("--dry-run -x -- y -z"), ["dry|run(dryrun)", "=-x", "y", "=-z"]);
        assert_eq!(read("-a - --b"), ["a", "*b"]);
        assert_eq!(read("a -"), ["a"]);
        assert_eq!(read("C++ C# .NET a+b"), ["c(c++)", "c(c#)", "net(.net)", "*a|b(ab)"]);
        assert_eq!(read("考勤制度第七条第二款 第3条"), ["考勤制度", "第七条", "第3条"]);
        assert_eq!(read("§4.2 travel"), ["=4|2", "*travel"]);
        assert_eq!(read("OPS-001"), ["*ops|001(ops001)"]);
        assert_eq!(read("OPS-001 "), ["ops|001(ops001)"]);
        assert_eq!(read("2024-01"), ["*2024|01"]);
        assert_eq!(read("网络、安全"), ["网络", "安全"]);
        assert_eq!(read("「甲乙」丙a"), ["=甲乙", "*丙a"]);
        assert!(read(" - ， ").is_empty());
    }
}
