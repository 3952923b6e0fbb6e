//! What a query may have been meant for that finds nothing, or not all of it: characters that
//! sound like those of the texts, words with one typing error, pinyin of words that no title has.
//!
//! Where nothing else is found, what was meant is searched for by itself. Of a query that finds
//! nothing even so, the parts are named that do stand somewhere. All of it comes from the texts of
//! the index alone. `search-suggest.js` does the same in the browser.

use super::Index;
use super::document::normal;
use super::field_postings::FieldPostings;
use super::ids::BigramKey;
use super::limits::LIMITS;
use super::matching::Matcher;
use super::pinyin;
use super::preference::SearchOptions;
use super::query::{self, QueryClause, Run, Segment};
use super::question::Question;
use super::question_words::QUESTION_WORDS;
use super::response::{MatchStep, QueryPart, SearchResponse};
use super::sounds::{Pair, sounds_of};
use super::token::{Class, Token, class, fold};
use super::weights::Weights;

/// Parts of a query that are named at most.
pub(super) const MAX_PARTS: usize = 6;

impl Index {
    /// Searches for a query; `limit` 0 gives all results. The response has the results that
    /// `handbook search --json` prints.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> SearchResponse {
        self.search_weighted(query, limit, &Weights::default())
    }

    /// Searches with other ranking weights than those of the site: to try them out.
    #[must_use]
    pub fn search_weighted(&self, query: &str, limit: usize, weights: &Weights) -> SearchResponse {
        self.search_with(
            query,
            &SearchOptions { limit, weights: weights.clone(), ..SearchOptions::default() },
        )
    }

    /// Searches as options ask.
    #[must_use]
    pub fn search_with(&self, query: &str, options: &SearchOptions) -> SearchResponse {
        let SearchOptions { limit, weights, prefer } = options;
        let query = query.char_indices().nth(LIMITS.query_length).map_or(query, |(end, _)| &query[..end]);
        let preferred = &self.preferences.docs(prefer);
        let ask = |query: &str, limit: usize| self.answer(query, limit, weights, preferred);
        let answer = ask(query, *limit);
        if answer.step == MatchStep::Exact {
            return answer;
        }
        let matcher = Matcher { index: self, weights, preferred };
        let clauses = query::parse(query);
        let is_found = answer.count > 0 && answer.step != MatchStep::Closest;
        let apart = matcher.apart(query, &clauses).filter(|_| !is_found);
        if let Some(apart) = &apart {
            let found = ask(apart, *limit);
            if found.count > 0 && found.step != MatchStep::Closest {
                return found;
            }
        }
        // What holds the letters as pinyin nowhere may hold the characters that they stand for.
        let spaced = apart.as_deref().unwrap_or(query);
        let suggestion = matcher.suggestion(spaced, &query::parse(spaced));
        if answer.count > 0 {
            return SearchResponse { corrected: is_found && suggestion.is_some(), suggestion, ..answer };
        }
        if let Some(suggestion) = suggestion {
            let found = ask(&suggestion, *limit);
            if found.count > 0 {
                return SearchResponse { suggestion: Some(suggestion), corrected: true, ..found };
            }
        }
        let part = |text: String| QueryPart { count: ask(&text, 1).count, text };
        let parts =
            matcher.standing_parts(query, &clauses).into_iter().map(part).filter(|part| part.count > 0);
        SearchResponse { parts: parts.take(MAX_PARTS).collect(), ..answer }
    }
}

impl Matcher<'_> {
    /// The query with letters set apart from the characters that they touch, where no text has them
    /// as a word: pinyin, as in `chailu标准`.
    fn apart(&self, query: &str, clauses: &[QueryClause]) -> Option<String> {
        let mut apart = normal(query).into_owned();
        let loose = clauses.iter().filter(|clause| !clause.exact);
        for run in loose.flat_map(|clause| &clause.runs).filter(|run| run.segments.len() > 1) {
            let is_pinyin = |segment: &Segment| {
                let word = segment.text();
                word.len() > 1
                    && word.bytes().all(|byte| byte.is_ascii_lowercase())
                    && self.word(&word).is_empty()
            };
            if run.segments.iter().any(is_pinyin) {
                let spaced: Vec<String> = run.segments.iter().map(Segment::text).collect();
                let (from, to) = (characters(&run.text()), characters(&spaced.join(" ")));
                apart = replaced(&apart, &from, &to);
            }
        }
        (apart != normal(query)).then_some(apart)
    }

    /// What a query may have been meant for.
    fn suggestion(&self, query: &str, clauses: &[QueryClause]) -> Option<String> {
        let loose: Vec<QueryClause> = clauses.iter().filter(|clause| !clause.exact).cloned().collect();
        let question = Question::new(query, &loose);
        // A long question is found by most of it, and has words that no rule has.
        let told = question.idle.iter().flatten().filter(|idle| !**idle).count();
        let is_long = question.asks && told > LIMITS.long_query;
        let mut suggested = normal(query).into_owned();
        for (clause, idle) in loose.iter().zip(&question.idle) {
            let mut start = 0;
            for segment in clause.runs.iter().flat_map(|run| &run.segments) {
                let from = &segment.characters;
                let end = start + from.len();
                let is_idle = |at: usize| idle.get(start + at).copied().unwrap_or(false);
                let helps = |at: usize| QUESTION_WORDS.leading.contains(from[at]);
                let says = |at: usize| !(question.asks && (is_idle(at) || helps(at)));
                let is_word = clause.runs.len() == 1 && clause.runs.iter().all(|run| run.segments.len() == 1);
                let meant = match segment.unsegmented {
                    true if is_long => None,
                    true => self.resounded(from, &says, question.asks),
                    false if is_word => self.respelled(clause, &segment.text()),
                    false => None,
                };
                if let Some(meant) = meant {
                    suggested = replaced(&suggested, from, &meant);
                }
                start = end;
            }
        }
        (suggested != normal(query)).then_some(suggested)
    }

    /// Characters with those replaced that stand beside none of their neighbours in any text, by
    /// ones that sound alike and do.
    fn resounded(&self, typed: &[char], says: &dyn Fn(usize) -> bool, asks: bool) -> Option<Vec<char>> {
        let count = typed.len();
        let stands: Vec<bool> = typed
            .windows(2)
            .map(|two| matches!(two, [a, b] if !self.index.postings.bigrams.find(BigramKey::new(*a, *b)).is_empty()))
            .collect();
        let is_known = |at: usize| at > 0 && stands[at - 1] || at + 1 < count && stands[at];
        // What stands alone between words that only ask need not stand beside them, nor in a question, where words
        // meet that no rule has together, beside one that stands with its other neighbour.
        let tells = |at: usize| says(at) && !(asks && is_known(at));
        let is_beside = |at: usize| at > 0 && tells(at - 1) || at + 1 < count && tells(at + 1);
        let is_loose = |at: usize| says(at) && is_beside(at) && !is_known(at);
        let loose: Vec<bool> = (0..count).map(is_loose).collect();
        // So many are no typing errors, but words that no text has.
        let number = loose.iter().filter(|is_loose| **is_loose).count();
        if count < 2 || number == 0 || number > LIMITS.loose_characters {
            return None;
        }
        let mut meant = typed.to_vec();
        let mut is_new = vec![false; count];
        for at in (0..count).filter(|at| loose[*at]) {
            if !(at > 0 && is_new[at - 1])
                && let Some(other) = self.replacement(&meant, at)
            {
                (meant[at], is_new[at]) = (other, true);
            }
        }
        let replaced = is_new.iter().filter(|is_new| **is_new).count();
        (replaced > 0 && replaced * 2 <= count.max(4)).then_some(meant)
    }

    /// The pairs of the texts that sound like two characters.
    fn alike(&self, a: char, b: char) -> Vec<Pair> {
        let (firsts, seconds) = (sounds_of(a), sounds_of(b));
        let keys =
            firsts.iter().flat_map(|first| seconds.iter().map(move |second| format!("{first}{second}")));
        keys.flat_map(|key| self.index.sounds.find(&key).to_vec()).collect()
    }

    /// The character that fits best between the neighbours of one that sounds like it.
    fn replacement(&self, all: &[char], at: usize) -> Option<char> {
        let mut fitting: Vec<(char, usize)> = Vec::new();
        let mut add = |c: char| match fitting.iter_mut().find(|known| known.0 == c) {
            Some(known) => known.1 += 1,
            None => fitting.push((c, 1)),
        };
        if let Some(before) = at.checked_sub(1).map(|before| all[before]) {
            let pairs = self.alike(before, all[at]).into_iter();
            pairs.filter(|pair| pair[0] == before && pair[1] != all[at]).for_each(|pair| add(pair[1]));
        }
        if let Some(behind) = all.get(at + 1) {
            let pairs = self.alike(all[at], *behind).into_iter();
            pairs.filter(|pair| pair[1] == *behind && pair[0] != all[at]).for_each(|pair| add(pair[0]));
        }
        let most = fitting.iter().map(|(_, sides)| *sides).max()?;
        fitting.into_iter().find(|(_, sides)| *sides == most).map(|(c, _)| c)
    }

    /// The word that letters were typed for: one with one letter more, less or else, or characters by
    /// their pinyin.
    fn respelled(&self, clause: &QueryClause, word: &str) -> Option<Vec<char>> {
        let matches = self.find(clause);
        let layout = &self.index.postings.layout;
        let count = |other: &String| self.word(other).docs(layout).len();
        if let Some(best) =
            matches.corrected.iter().max_by(|a, b| count(a).cmp(&count(b)).then_with(|| b.cmp(a)))
        {
            return Some(characters(best));
        }
        let is_letters = word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase());
        (is_letters && matches.chapters.is_empty()).then(|| self.pronounced(word)).flatten()
    }

    /// Characters of the texts by their syllables.
    fn pronounced(&self, word: &str) -> Option<Vec<char>> {
        let (word, known) = (pinyin::typed(word), pinyin::syllables());
        pinyin::readings(&word, &known).into_iter().find_map(|reading| {
            let syllables: Vec<&str> = reading.into_iter().map(|part| &word[part]).collect();
            let is_whole = syllables.len() > 1 && syllables.iter().all(|syllable| known.contains(syllable));
            is_whole.then(|| self.written(&syllables)).flatten()
        })
    }

    /// Pair by pair; the last one overlaps the one before it if they are odd.
    fn written(&self, syllables: &[&str]) -> Option<Vec<char>> {
        let mut all: Vec<char> = Vec::new();
        for two in syllables.chunks(2) {
            match two {
                [first, second] => all.extend(self.index.sounds.find(&format!("{first}{second}")).first()?),
                _ => {
                    let last = syllables.get(syllables.len() - 2..)?.concat();
                    let mut pairs = self.index.sounds.find(&last).iter();
                    all.push(pairs.find(|pair| Some(&pair[0]) == all.last())?[1]);
                }
            }
        }
        Some(all)
    }

    /// The parts of a query that stand somewhere, the longest ones.
    fn standing_parts(&self, query: &str, clauses: &[QueryClause]) -> Vec<String> {
        let (mut parts, mut alone): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let runs = clauses.iter().filter(|clause| !clause.negated).flat_map(|clause| &clause.runs);
        for run in runs {
            if self.stands(&run.tokens()) {
                parts.push(run.text());
                continue;
            }
            for segment in &run.segments {
                self.stretches(segment, &mut parts, &mut alone);
            }
        }
        let mut found = if parts.is_empty() { alone } else { parts };
        let whole = fold(&normal(query));
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|part| *part != whole.trim() && seen.insert(part.clone()));
        found
    }

    fn stands(&self, tokens: &[Token]) -> bool {
        let FieldPostings { text, title, head } = self.candidates(tokens, false);
        !(text.is_empty() && title.is_empty() && head.is_empty())
    }

    /// Adds the longest stretches of a segment that stand somewhere, and its characters that do.
    fn stretches(&self, segment: &Segment, parts: &mut Vec<String>, alone: &mut Vec<String>) {
        let all = &segment.characters;
        let text = |characters: &[char]| characters.iter().collect::<String>();
        if !segment.unsegmented {
            let word = text(&all[..all.len().min(LIMITS.word_length)]);
            parts.extend(self.stands(&[Token::Word(word)]).then(|| text(all)));
            return;
        }
        let mut start = 0;
        while start < all.len() {
            let mut end = start + 1;
            while end < all.len() && self.stands(&run_of(&all[start..=end])) {
                end += 1;
            }
            if end > start + 1 {
                parts.push(text(&all[start..end]));
                start = end;
            } else {
                alone.extend(
                    Some(all[start]).filter(|c| self.stands(&[Token::Unigram(*c)])).map(String::from),
                );
                start += 1;
            }
        }
    }
}

/// The tokens of a run of these characters.
fn run_of(all: &[char]) -> Vec<Token> {
    query::runs(&all.iter().collect::<String>()).iter().flat_map(Run::tokens).collect()
}

fn characters(text: &str) -> Vec<char> {
    text.chars().collect()
}

/// A text in normal form C with the first place that folds to some characters written otherwise.
/// Characters that stay the same stay as they were typed.
fn replaced(text: &str, from: &[char], to: &[char]) -> String {
    let typed = characters(text);
    // The folded characters, each with the place of the one that it comes from.
    let folded: Vec<(char, usize)> = typed
        .iter()
        .enumerate()
        .flat_map(|(place, c)| {
            fold(c.encode_utf8(&mut [0; 4])).chars().map(|c| (c, place)).collect::<Vec<_>>()
        })
        .collect();
    let is_word = |c: Option<&char>| c.is_some_and(|c| class(*c) == Class::Word);
    let fits = |window: &[(char, usize)]| window.iter().map(|(c, _)| c).eq(from);
    let edge = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| folded.get(before)).map(|(c, _)| c);
        let behind = folded.get(at + from.len()).map(|(c, _)| c);
        !(is_word(from.first()) && is_word(before) || is_word(from.last()) && is_word(behind))
    };
    let start = folded.windows(from.len().max(1)).enumerate().find(|(at, window)| fits(window) && edge(*at));
    let Some((start, window)) = start else { return text.to_owned() };
    let (first, last) = (folded[start].1, window.last().map_or(0, |(_, place)| *place));
    let mut out: String = typed[..first].iter().collect();
    if from.len() == to.len() && last - first + 1 == from.len() {
        for (place, (old, new)) in from.iter().zip(to).enumerate() {
            out.push(if old == new { typed[first + place] } else { *new });
        }
    } else {
        out.extend(to);
    }
    out.extend(&typed[last + 1..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_query_is_replaced_where_it_stands() {
        let replaced =
            |text: &str, from: &str, to: &str| super::replaced(text, &characters(from), &characters(to));
        assert_eq!(replaced("請問差率標準？", "请问差率标准", "请问差旅标准"), "請問差旅標準？");
        assert_eq!(replaced("Travl policy", "travl", "travel"), "travel policy");
        assert_eq!(replaced("atravl travl", "travl", "travel"), "atravl travel");
        assert_eq!(replaced("ﬁx", "fix", "fox"), "fox");
        assert_eq!(replaced("甲", "乙", "丙"), "甲");
    }
}
