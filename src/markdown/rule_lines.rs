//! Which lines of a text are chapters and clauses, told by looking at all of them.
//!
//! Text from a word processor has one line for each paragraph, its headings are bare
//! lines (第一章 总则), and it may begin with a table of contents that repeats them. One
//! line alone does not say whether 第三条生产线 begins a clause or a sentence, or
//! whether 第一章 总则 is a heading or an entry of the contents. The numbers around it
//! do. So the lines are read once, before the Markdown, and only where they are asked for.

mod line;

use super::clause::{self, ClauseNumber, Unit};
use super::sequence::is_of_parts;
pub(super) use line::ends_statement;
use line::{Above, is_contents, is_title};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// It begins a clause.
    Clause,
    /// It is a heading of this level.
    Heading(u8),
    /// It is an entry of a table of contents.
    Entry,
}

/// The lines of a text that are numbered as those of rules are.
#[derive(Debug, Default)]
pub(super) struct RuleLines {
    /// By where they begin, behind spaces and tabs.
    lines: Vec<(usize, LineKind)>,
    /// Whether a paragraph is one line, as in text pasted from a word processor.
    pasted: bool,
}

/// A line that may be one of them.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    start: usize,
    /// The number; `None` for a heading such as 附件一.
    number: Option<ClauseNumber>,
    certain: bool,
    /// The level of a Markdown heading, else 0.
    level: u8,
    /// Whether the line above is text too.
    joined: bool,
    /// How many lines of other text come before it.
    passed: usize,
    /// Whether it looks like an entry of a table of contents.
    entry: bool,
}

impl Candidate {
    fn is_clause(&self) -> bool {
        self.number.is_some_and(|number| number.unit == Unit::Article)
    }

    /// How high it stands among headings, from 0.
    fn rank(&self) -> usize {
        match self.number.map(|number| number.unit) {
            None | Some(Unit::Part | Unit::Division) => 0,
            Some(Unit::Chapter) => 1,
            Some(Unit::Section) => 2,
            Some(Unit::Article) => 3,
        }
    }
}

impl RuleLines {
    /// Reads the lines from `body` on.
    pub(super) fn new(text: &str, body: usize) -> Self {
        let (mut candidates, items) = candidates(text, body);
        mark_entries(&mut candidates);
        let accepted: Vec<bool> = (0..candidates.len()).map(|at| is_accepted(&candidates, at)).collect();
        let mut levels = Levels::default();
        let mut found = Self { lines: Vec::new(), pasted: items > 1 };
        for (candidate, accepted) in candidates.iter().zip(accepted) {
            let kind = match candidate {
                Candidate { number: None, level: 1.., .. } => {
                    levels.heading(candidate.level);
                    continue;
                }
                Candidate { entry: true, .. } => LineKind::Entry,
                _ if !accepted => continue,
                _ if candidate.is_clause() => LineKind::Clause,
                _ => LineKind::Heading(levels.numbered(candidate.rank(), candidate.level)),
            };
            found.pasted |= candidate.joined && candidate.level == 0;
            found.lines.push((candidate.start, kind));
        }
        found
    }

    /// What the line is that begins at `start`, behind spaces and tabs.
    pub(super) fn kind(&self, start: usize) -> Option<LineKind> {
        self.lines.binary_search_by_key(&start, |line| line.0).ok().map(|at| self.lines[at].1)
    }

    /// Whether a line is a paragraph of its own.
    pub(super) const fn is_pasted(&self) -> bool {
        self.pasted
    }

    /// Whether the text has clauses or numbered headings.
    pub(super) const fn is_of_rules(&self) -> bool {
        !self.lines.is_empty()
    }
}

/// The lines that may be chapters or clauses, and how many begin as items right below
/// another line.
fn candidates(text: &str, body: usize) -> (Vec<Candidate>, usize) {
    let mut found = Vec::new();
    let (mut above, mut passed, mut fence) = (Above::Nothing, 0, None);
    let mut contents: Option<Contents> = None;
    // An amendment quotes the headings of what it changes.
    let (mut amends, mut ended) = (false, false);
    let mut items = 0;
    let mut place = body;
    for whole in text.get(body..).unwrap_or("").split_inclusive('\n') {
        let begin = place;
        place += whole.len();
        let line = whole.trim_start_matches([' ', '\t']);
        let start = begin + whole.len() - line.len();
        let line = line.trim_end();
        let bare = line.trim_start_matches(clause::is_space);
        let marks = ["```", "~~~"].into_iter().find(|marks| bare.starts_with(marks));
        if fence.is_some() || marks.is_some() {
            fence = if fence.is_none() { marks } else { fence.filter(|open| Some(*open) != marks) };
            (above, passed) = (Above::Nothing, passed + 1);
            continue;
        }
        if bare.is_empty() {
            above = Above::Nothing;
            continue;
        }
        let level = line::heading_level(line);
        let words = if level > 0 { line[level as usize..].trim_start() } else { line };
        amends |= level == 1 && is_of_parts(words);
        if is_contents(words) {
            contents = Some(Contents::EMPTY);
        } else if let Some(mut candidate) =
            candidate(words, level).filter(|found| found.is_clause() || level > 0 || !amends)
        {
            candidate.start = start;
            candidate.joined = above == Above::Text;
            // Behind half a sentence it may be the rest of that: 按照本办法 / 第三条 办理.
            candidate.certain &= above != Above::Text || ended || level > 0 || !candidate.is_clause();
            candidate.passed = passed;
            contents = contents.and_then(|contents| contents.take(&candidate));
            candidate.entry |= contents.is_some();
            passed += usize::from(candidate.is_clause());
            found.push(candidate);
        } else {
            if level > 0 {
                found.push(Candidate { number: None, level, start, ..Candidate::EMPTY });
            }
            contents = None;
            passed += 1;
            // `1.` begins a list in Markdown too; other kinds come out of a word processor.
            let numbered = !words.starts_with(|c: char| c.is_ascii()) && clause::item(words).is_some();
            items += usize::from(numbered && above == Above::Text);
        }
        above = if level > 0 { Above::Heading } else { Above::Text };
        // A chapter's line needs no mark at its end.
        ended = line::ends_statement(line)
            || found.last().is_some_and(|last| last.start == start && !last.is_clause());
    }
    (found, items)
}

impl Candidate {
    const EMPTY: Self =
        Self { start: 0, number: None, certain: false, level: 0, joined: false, passed: 0, entry: false };
}

/// What a line may be by itself.
fn candidate(words: &str, level: u8) -> Option<Candidate> {
    let Some(label) = clause::parse(words) else {
        let certain = line::is_appendix(words);
        return (level == 0 && (certain || line::may_be_appendix(words)))
            .then_some(Candidate { certain, ..Candidate::EMPTY });
    };
    let number = Some(label.number);
    if label.number.unit == Unit::Article {
        return Some(Candidate { number, level, certain: label.certain, ..Candidate::EMPTY });
    }
    let rest = &words[label.rest..];
    let entry = line::has_leader(rest);
    let title = level > 0 || entry || is_title(rest);
    title.then_some(Candidate { number, level, certain: label.certain, entry, ..Candidate::EMPTY })
}

/// The table of contents that is being read, below the line 目录.
#[derive(Debug, Clone, Copy)]
struct Contents {
    /// How high its highest entries stand, and the greatest number of them so far.
    rank: usize,
    greatest: Option<ClauseNumber>,
}

impl Contents {
    const EMPTY: Self = Self { rank: usize::MAX, greatest: None };

    /// Takes a line into the contents. They end where a clause comes, or a number that
    /// has come already.
    fn take(self, candidate: &Candidate) -> Option<Self> {
        let rank = candidate.rank();
        let again = rank <= self.rank && candidate.number <= self.greatest;
        match candidate.number {
            _ if candidate.is_clause() || candidate.level > 0 => None,
            None => Some(self),
            Some(_) if again => None,
            Some(number) if rank <= self.rank => Some(Self { rank, greatest: Some(number) }),
            Some(_) => Some(self),
        }
    }
}

/// A chapter that is followed by another one, with nothing between, is an entry of a
/// table of contents.
fn mark_entries(candidates: &mut [Candidate]) {
    let mut highest: Option<(usize, usize)> = None;
    for at in (0..candidates.len()).rev() {
        let candidate = candidates[at];
        if candidate.is_clause() || candidate.number.is_none() && candidate.level > 0 {
            highest = None;
            continue;
        }
        let rank = candidate.rank();
        let follows = highest.filter(|(passed, _)| *passed == candidate.passed).map(|(_, rank)| rank);
        if candidate.level == 0 && follows.is_some_and(|next| next <= rank) {
            candidates[at].entry = true;
        }
        highest = Some((candidate.passed, follows.map_or(rank, |next| next.min(rank))));
    }
}

/// How many lines are looked at for the clause before one or behind it: headings between clauses
/// are few.
const NEAR: usize = 64;

/// Whether a line is what it may be: if its label is not set apart, its number has to
/// go on from the one before it, or that behind it from its own. An appendix without a number
/// is one where the clauses below it are counted anew.
fn is_accepted(candidates: &[Candidate], at: usize) -> bool {
    let candidate = &candidates[at];
    if candidate.certain || candidate.number.is_none() && candidate.level > 0 {
        return true;
    }
    let Some(number) = candidate.number else {
        let next = candidates.get(at + 1).filter(|next| !next.entry).and_then(|next| next.number);
        return candidates[..at].iter().rev().take(NEAR).any(Candidate::is_clause)
            && next.is_some_and(|next| next.number == 1 && next.sub == 0);
    };
    let alike =
        |other: &&Candidate| !other.entry && other.number.is_some_and(|other| other.unit == number.unit);
    let before = candidates[..at].iter().rev().take(NEAR).find(alike).and_then(|other| other.number);
    let behind = candidates[at + 1..].iter().take(NEAR).find(alike).and_then(|other| other.number);
    let follows = |one: ClauseNumber, next: ClauseNumber| {
        next.number == one.number + 1 || next.number == one.number && next.sub == one.sub + 1
    };
    before.is_some_and(|before| follows(before, number))
        || behind.is_some_and(|behind| follows(number, behind))
}

/// The levels of numbered headings that are bare lines: below the headings around them.
#[derive(Debug, Default)]
struct Levels {
    /// The level of the last Markdown heading without a number.
    plain: u8,
    /// Of 编, 章 and 节, as far as they have come.
    numbered: [Option<u8>; 3],
}

impl Levels {
    fn heading(&mut self, level: u8) {
        self.plain = level;
        for known in &mut self.numbered {
            *known = known.filter(|known| *known < level);
        }
    }

    /// The level of a heading of this rank, which is that of a Markdown heading if it is one.
    fn numbered(&mut self, rank: usize, written: u8) -> u8 {
        let rank = rank.min(2);
        let above = self.numbered[..rank].iter().rev().find_map(|level| *level).unwrap_or(self.plain.max(1));
        let level = if written > 0 { written } else { self.numbered[rank].unwrap_or((above + 1).min(6)) };
        self.numbered[rank] = Some(level);
        for below in &mut self.numbered[rank + 1..] {
            *below = None;
        }
        level
    }
}

#[cfg(test)]
mod tests;
