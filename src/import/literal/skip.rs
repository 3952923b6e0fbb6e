//! Strings of JavaScript, and the way past code that is not read.

use super::Reader;

impl Reader<'_> {
    /// A string; `None` for a template with values in it. Both are passed over.
    pub(super) fn string(&mut self) -> Option<String> {
        let quote = self.bump()?;
        let (mut text, mut is_plain) = (String::new(), true);
        while let Some(c) = self.bump() {
            match c {
                '\\' => match self.bump()? {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    '\n' => {}
                    'u' => text.push(self.unicode().unwrap_or('\u{FFFD}')),
                    other => text.push(other),
                },
                '$' if quote == '`' && self.peek() == Some('{') => {
                    is_plain = false;
                    self.bump();
                    self.skip_to('}');
                }
                c if c == quote => return is_plain.then_some(text),
                c => text.push(c),
            }
        }
        None
    }

    fn unicode(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        let (digits, length) = match rest.strip_prefix('{') {
            Some(inner) => inner.find('}').map(|end| (&inner[..end], end + 2))?,
            None => (rest.get(..4)?, 4),
        };
        let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
        self.at += length;
        Some(c)
    }

    /// Passes over code up to where the value ends.
    pub(super) fn skip(&mut self) {
        let mut open = 0_usize;
        while let Some(c) = self.peek() {
            match c {
                ',' | ';' if open == 0 => return,
                '{' | '[' | '(' => open += 1,
                '}' | ']' | ')' if open == 0 => return,
                '}' | ']' | ')' => open -= 1,
                '\'' | '"' | '`' => {
                    self.string();
                    continue;
                }
                '/' if self.text[self.at..].starts_with("//") || self.text[self.at..].starts_with("/*") => {
                    self.space();
                    continue;
                }
                _ => {}
            }
            self.bump();
        }
    }

    /// Passes over everything up to a closing bracket, and over that.
    pub(super) fn skip_to(&mut self, close: char) {
        while self.peek().is_some() {
            self.skip();
            if self.bump().is_none_or(|c| c == close) {
                return;
            }
        }
    }
}
