//! Headings with decimal numbers: `Section 4.2`, `§4.2`, 第4.2节, 4.2节.

use super::{Finder, MentionKind, MentionedDocument};

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

impl Finder<'_> {
    /// 第4.2节: the number begins at `at`; `None` where it has no point.
    pub(super) fn dotted(&mut self, start: usize, at: usize) -> Option<usize> {
        let number = decimal(&self.text[at..]).filter(|number| number.contains('.'))?;
        let after = &self.text[at + number.len()..];
        let unit = ["部分", "节", "条", "款", "章", "项"].iter().find(|unit| after.starts_with(**unit))?;
        let end = at + number.len() + unit.len();
        let number = number.to_owned();
        if self.document(start, end) == MentionedDocument::Own {
            let certain = !self.others;
            self.push(start..end, MentionKind::Section { number, certain });
        }
        Some(end)
    }

    /// English references in the piece of text, in their order among the others.
    pub(super) fn sections(&mut self) {
        let before = self.found.len();
        for word in ["ection", "rticle", "lause", "§"] {
            let mut at = 0;
            while let Some(step) = self.text[at..].find(word) {
                let found = at + step;
                at = self.section(found, word);
            }
        }
        let offset = self.offset;
        let run_start = self.found.iter().position(|mention| mention.span.start >= offset).unwrap_or(before);
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
        let mut from = start;
        while let Some(number) = decimal(bare) {
            let end = self.text.len() - bare.len() + number.len();
            let after = &self.text[end..];
            if after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | '-')) {
                break;
            }
            let of_other = after.starts_with(" of ") && !after.starts_with(" of this");
            if of_other {
                return end;
            }
            let certain = !self.others;
            self.push(from..end, MentionKind::Section { number: number.to_owned(), certain });
            at = end;
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
