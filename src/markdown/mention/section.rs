//! Headings with decimal numbers: `Section 4.2`, `§4.2`, 第4.2节, 4.2节.

use super::super::document::LinkRef;
use super::context::is_unseen;
use super::document::latin_name;
use super::{Finder, MentionKind, MentionedDocument};
use memchr::memmem;

/// What stands in front of a number in English.
const WORDS: [&str; 7] = ["Section", "Sections", "Article", "Articles", "Clause", "Clauses", "§"];

/// The number of a heading: `4.2 Backups`, `Section 4`, `4. Backups`, `§ 4.2`.
pub(in crate::markdown) fn heading_number(text: &str) -> Option<&str> {
    let named = WORDS.iter().find_map(|word| text.strip_prefix(word)).map(str::trim_start);
    let bare = named.unwrap_or(text);
    let number = decimal(bare)?;
    let rest = &bare[number.len()..];
    let closed = rest.starts_with(['.', ')', '、', '．', ':', '：']);
    let spaced = rest.starts_with(|c: char| c.is_whitespace());
    // `3 ways to ask` is no number, `2024 plan` neither.
    let counted = named.is_some() || number.contains('.') || closed;
    ((closed || spaced || rest.is_empty() || number.contains('.')) && counted).then_some(number)
}

/// The decimal number at the beginning of a text: parts of at most three digits.
fn decimal(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let number = text[..end].trim_end_matches('.');
    let good = !number.is_empty()
        && number.split('.').count() <= 5
        && number.split('.').all(|part| (1..=3).contains(&part.len()));
    good.then_some(number)
}

/// Parts of a document, whose numbers do not end the name of another: Appendix A, Section 2.
const PARTS: [&str; 22] = [
    "Section",
    "Sections",
    "Article",
    "Articles",
    "Clause",
    "Clauses",
    "Chapter",
    "Chapters",
    "Part",
    "Parts",
    "Appendix",
    "Annex",
    "Schedule",
    "Table",
    "Figure",
    "Step",
    "Paragraph",
    "Item",
    "Note",
    "Rule",
    "Page",
    "Volume",
];

/// Whether an English text ends in the name of a document: the Companies Act 2006, GDPR,
/// RFC 2119. A word that only begins its sentence is none (See, Under), nor is this Policy.
fn names_document(before: &str) -> bool {
    if latin_name(before).is_some() {
        return true;
    }
    let sentence = before.rsplit(['.', '!', '?', ';', ':', '\n', '。', '；']).next().unwrap_or(before);
    let sentence = sentence.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut words = sentence.split([' ', '\u{a0}']).rev().filter(|word| !word.is_empty());
    let Some(mut last) = words.next() else { return false };
    let mut rest = words.clone().count();
    if last.starts_with(|c: char| c.is_ascii_digit())
        || last.len() == 1 && last.starts_with(|c: char| c.is_ascii_uppercase())
    {
        let Some(word) = words.next() else { return false };
        last = word;
        rest = words.clone().count();
        if PARTS.contains(&last) {
            return false;
        }
    } else if PARTS.contains(&last) {
        return false;
    }
    let own =
        words.take(3).any(|word| matches!(word.to_ascii_lowercase().as_str(), "this" | "our" | "these"));
    let capital = last.starts_with(|c: char| c.is_ascii_uppercase())
        && last.chars().all(|c| c.is_alphanumeric() || "'’-".contains(c));
    capital && rest > 0 && !own
}

/// Whether a law or a standard is named right behind a number: Article 5 GDPR.
fn names_law(after: &str) -> bool {
    let Some(word) = after.strip_prefix([' ', '\u{a0}']) else { return false };
    let end = word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len());
    let word = &word[..end];
    word.len() > 1
        && word.chars().filter(char::is_ascii_uppercase).count() * 2 > word.len()
        && word.starts_with(|c: char| c.is_ascii_uppercase())
}

impl Finder<'_> {
    /// 第4.2节: the number begins at `at`; `None` where it has no point.
    pub(super) fn dotted(&mut self, start: usize, at: usize) -> Option<usize> {
        let number = decimal(&self.text[at..]).filter(|number| number.contains('.'))?;
        let after = &self.text[at + number.len()..];
        let unit = ["部分", "节", "条", "款", "章", "项"].iter().find(|unit| after.starts_with(**unit))?;
        let end = at + number.len() + unit.len();
        let number = number.to_owned();
        let document = self.document(start, end);
        if !matches!(document, MentionedDocument::Bare(_)) {
            let certain = document != MentionedDocument::Own || !self.others;
            self.push(start..end, MentionKind::Section { document, number, certain });
        }
        Some(end)
    }

    /// English references in the piece of text, in their order among the others.
    pub(super) fn sections(&mut self) {
        // Without a digit there is no number.
        let words: &[&str] = match self.text.bytes().any(|byte| byte.is_ascii_digit()) {
            true => &["ection", "ec.", "rticle", "lause", "§"],
            false => &[],
        };
        for word in words {
            let mut at = 0;
            while let Some(step) = memmem::find(&self.text.as_bytes()[at..], word.as_bytes()) {
                let found = at + step;
                at = self.section(found, word);
            }
        }
        let offset = self.offset;
        // Those of earlier pieces are in order already.
        let earlier = self.found.iter().rposition(|mention| mention.span.start < offset);
        let run_start = earlier.map_or(0, |last| last + 1);
        let mut here = self.found.split_off(run_start);
        here.sort_by_key(|mention| mention.span.start);
        for mention in here {
            // A number in a title, 《Section 4.2》, belongs to the title.
            if self.found.last().is_none_or(|last| last.span.end <= mention.span.start) {
                self.found.push(mention);
            }
        }
    }

    /// `Section 4.2`, with the list that may follow: `and 4.3`.
    fn section(&mut self, found: usize, word: &str) -> usize {
        let mut at = found + word.len();
        let start = if word == "§" { found } else { self.word_start(found) };
        let begins = self.text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let Some(rest) = Some(&self.text[at..]).filter(|_| begins) else { return at };
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        let mut bare = rest.trim_start_matches([' ', '\u{a0}', '§']);
        if word != "§" && bare.len() == rest.len() {
            return at;
        }
        let document = self.document_before(start);
        let mut from = start;
        while let Some(number) = decimal(bare) {
            let end = self.text.len() - bare.len() + number.len();
            let after = &self.text[end..];
            if after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '-')) {
                break;
            }
            let behind = self.document_behind(end);
            let of_other = after.starts_with(" of ") && !after.starts_with(" of this");
            if of_other && behind.is_none() || names_law(after) {
                return end;
            }
            let document = behind.or_else(|| document.clone());
            at = end;
            let is_known =
                |document: &MentionedDocument| self.numbered || *document != MentionedDocument::Own;
            if let Some(document) = document.filter(is_known) {
                let certain = document != MentionedDocument::Own || !self.others;
                self.push(from..end, MentionKind::Section { document, number: number.to_owned(), certain });
            }
            let Some(next) = [", and ", " and ", ", ", " or ", "–", " to "]
                .iter()
                .find_map(|join| after.strip_prefix(join))
                .filter(|next| !next.starts_with('§'))
            else {
                break;
            };
            bare = next.trim_start_matches(' ');
            from = self.text.len() - bare.len();
        }
        at
    }

    /// The document that a number at `start` belongs to, read from what stands before it:
    /// a link, a title, or nothing of the kind. `None` for one that is not in the handbook.
    fn document_before(&self, start: usize) -> Option<MentionedDocument> {
        let before = self.text[..start].trim_end_matches([' ', '\u{a0}', ',', '，', '(', '（', '、']);
        let near = start - before.len() <= 4;
        if let linked @ MentionedDocument::Linked(_) = self.linked()
            && before.is_empty()
            && near
        {
            return Some(linked);
        }
        let end = self.offset + before.len();
        let title = self.found.iter().rev().find(|mention| mention.span.end == end);
        if let Some(MentionKind::Title(name)) = title.map(|mention| &mention.kind) {
            return Some(MentionedDocument::Titled(name.clone()));
        }
        (!names_document(before)).then_some(MentionedDocument::Own)
    }

    /// The document of a link behind a number that ends at `end`: Section 4.2 of the [Leave
    /// Policy](leave.md).
    fn document_behind(&self, end: usize) -> Option<MentionedDocument> {
        let after = &self.text[end..];
        let between = after.strip_prefix(" of ").or_else(|| after.strip_prefix(" in "))?;
        let between = between.trim_end_matches([' ', '“', '"']);
        if !matches!(between, "" | "the" | "our") {
            return None;
        }
        let (links, end) = (&self.document.links, self.offset + self.text.len());
        let next = links.partition_point(|link| link.span.start < end);
        let is_next = |link: &LinkRef| self.source.get(end..link.span.start).is_some_and(is_unseen);
        links.get(next).filter(|link| is_next(link)).map(|_| MentionedDocument::Linked(next))
    }

    /// Where the word begins that has lost its first letter.
    fn word_start(&self, found: usize) -> usize {
        let first = self.text[..found].chars().next_back().filter(char::is_ascii_alphabetic);
        found - first.map_or(0, char::len_utf8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_have_numbers() {
        for (text, number) in [
            ("4.2 Backups", "4.2"),
            ("4. Backups", "4"),
            ("Section 4", "4"),
            ("4.2.1备份", "4.2.1"),
            ("§ 7 X", "7"),
        ] {
            assert_eq!(heading_number(text), Some(number), "{text}");
        }
        for text in ["3 ways to ask", "2024 plan", "Backups 4.2", "1.2.3.4.5.6 x", "v1.2"] {
            assert_eq!(heading_number(text), None, "{text}");
        }
    }
}
