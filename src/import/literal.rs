//! Settings that are JavaScript, read as far as they are data.
//!
//! Nothing is run. Objects, lists, strings and numbers are read; a name is looked up
//! among the constants of the same file; of a call, its first argument counts
//! (`defineConfig({…})`). All else is [`Literal::Code`], which the report tells.

mod skip;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
    /// Something that only running it would tell; where it stands in the file.
    Code(usize),
}

impl Literal {
    /// The value under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else { return None };
        entries.iter().rev().find(|entry| entry.0 == key).map(|entry| &entry.1)
    }

    /// The value at the end of a path of keys.
    pub(super) fn at(&self, keys: &[&str]) -> Option<&Self> {
        keys.iter().try_fold(self, |value, key| value.get(key))
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The text under a key.
    pub(super) fn string(&self, key: &str) -> Option<String> {
        self.get(key)?.text().map(str::to_owned)
    }

    /// The items of a list; none of anything else.
    pub(super) fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    /// Where code stands in it.
    pub(super) fn code(&self, out: &mut Vec<usize>) {
        match self {
            Self::Code(at) => out.push(*at),
            Self::List(items) => items.iter().for_each(|item| item.code(out)),
            Self::Map(entries) => entries.iter().for_each(|entry| entry.1.code(out)),
            _ => {}
        }
    }
}

/// Values inside one another that are read.
const DEEPEST: usize = 48;
/// Characters of a file that are read: constants may be looked up often.
const LONGEST: usize = 2 * 1024 * 1024;
/// Steps that looking up names may cost in all.
const MOST_LOOKUPS: usize = 400;

/// What a file exports, or the value that it is where it is JSON.
pub(super) fn parse(text: &str) -> Option<Literal> {
    if text.len() > LONGEST {
        return None;
    }
    let mut reader = Reader { text, at: 0, lookups: 0 };
    let starts = ["export default", "module.exports =", "module.exports=", "exports.default ="];
    let start = starts.iter().filter_map(|start| text.rfind(start).map(|at| at + start.len())).max();
    reader.at = start.unwrap_or(0);
    reader.space();
    if start.is_none() && !matches!(reader.peek(), Some('{' | '[')) {
        return None;
    }
    Some(reader.value(0))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    lookups: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, c: char) -> bool {
        let is_it = self.peek() == Some(c);
        if is_it {
            self.at += c.len_utf8();
        }
        is_it
    }

    /// Passes over blanks and comments.
    fn space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let bare = rest.trim_start();
            self.at += rest.len() - bare.len();
            let end = if bare.starts_with("//") {
                bare.find('\n')
            } else if bare.starts_with("/*") {
                bare.find("*/").map(|at| at + 2)
            } else {
                return;
            };
            self.at += end.unwrap_or(bare.len());
        }
    }

    fn value(&mut self, depth: usize) -> Literal {
        self.space();
        let start = self.at;
        let value = if depth > DEEPEST { Literal::Code(start) } else { self.plain(depth) };
        let end = self.at;
        self.space();
        // `{…} as const`, `{…} satisfies Config`: types say nothing of the value.
        for word in ["as ", "satisfies "] {
            if self.text[self.at..].starts_with(word) {
                self.skip();
                return value;
            }
        }
        match self.peek() {
            None | Some(',' | '}' | ']' | ')' | ';') => value,
            _ if depth == 0 || self.is_next_statement(end) => value,
            // It goes on: a sum, a call of a method.
            _ => {
                self.skip();
                Literal::Code(start)
            }
        }
    }

    fn plain(&mut self, depth: usize) -> Literal {
        let start = self.at;
        match self.peek() {
            Some('{') => self.map(depth),
            Some('[') => self.list(depth),
            Some('(') => self.bracketed(depth),
            Some('\'' | '"' | '`') => match self.string() {
                Some(text) => Literal::Text(text),
                None => Literal::Code(start),
            },
            Some('-' | '0'..='9') => {
                let rest = &self.text[start..];
                let end = rest.find(|c: char| !matches!(c, '-' | '+' | '.' | '0'..='9' | 'e' | 'E' | '_'));
                let word = &rest[..end.unwrap_or(rest.len())];
                self.at += word.len();
                word.parse().map_or(Literal::Code(start), Literal::Number)
            }
            Some(c) if c.is_alphabetic() || matches!(c, '_' | '$') => self.word(depth),
            _ => {
                self.skip();
                Literal::Code(start)
            }
        }
    }

    /// `({…})`; the brackets of a function's arguments are code.
    fn bracketed(&mut self, depth: usize) -> Literal {
        let start = self.at;
        self.bump();
        let value = self.value(depth + 1);
        self.skip_to(')');
        self.space();
        if self.text[self.at..].starts_with("=>") {
            self.skip();
            return Literal::Code(start);
        }
        value
    }

    fn name(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$')));
        let name = &rest[..end.unwrap_or(rest.len())];
        self.at += name.len();
        name.to_owned()
    }

    /// Whether a new line has begun since a place, and a word on it: without `;` too, what
    /// stood before has ended.
    fn is_next_statement(&self, end: usize) -> bool {
        let is_word = self.peek().is_some_and(|c| c.is_alphabetic() || matches!(c, '_' | '$'));
        is_word && self.text[end..self.at].contains('\n')
    }

    /// Passes over the types of a call: `defineConfig<Theme>({…})`.
    fn type_arguments(&mut self) {
        let rest = self.text[self.at..].strip_prefix('<');
        let end = rest.and_then(|rest| {
            rest.find(">(").filter(|end| *end < 500 && !rest[..*end].contains([';', '{', '(', '\n']))
        });
        if let Some(end) = end {
            self.at += end + 2;
        }
    }

    fn word(&mut self, depth: usize) -> Literal {
        let start = self.at;
        let name = self.name();
        match name.as_str() {
            "true" => return Literal::Bool(true),
            "false" => return Literal::Bool(false),
            "null" | "undefined" => return Literal::Null,
            _ => {}
        }
        let end = self.at;
        self.space();
        self.type_arguments();
        if self.peek() == Some('(') && !matches!(name.as_str(), "require" | "function" | "async") {
            self.bump();
            self.space();
            if self.eat(')') {
                return self.returned(&name, depth).unwrap_or(Literal::Code(start));
            }
            let value = self.value(depth + 1);
            // Whatever else it takes.
            self.skip_to(')');
            return value;
        }
        let is_alone = matches!(self.peek(), None | Some(',' | '}' | ']' | ')' | ';' | 'a' | 's'));
        if is_alone || depth == 0 || self.is_next_statement(end) {
            return self.constant(&name, depth).unwrap_or(Literal::Code(start));
        }
        self.skip();
        Literal::Code(start)
    }

    /// The value of a constant of the file.
    fn constant(&mut self, name: &str, depth: usize) -> Option<Literal> {
        self.lookups += 1;
        if self.lookups > MOST_LOOKUPS {
            return None;
        }
        let here = self.at;
        let found = ["const ", "let ", "var "].iter().find_map(|keyword| {
            self.text.match_indices(keyword).find_map(|(at, keyword)| {
                let rest = self.text[at + keyword.len()..].strip_prefix(name)?;
                let next = rest.chars().next()?;
                if next.is_alphanumeric() || matches!(next, '_' | '$') {
                    return None;
                }
                let equals = rest.find('=')?;
                // A type may stand between.
                let is_plain = !rest[..equals].contains([';', '(', '\n', '{']);
                is_plain.then(|| self.text.len() - rest.len() + equals + 1)
            })
        })?;
        self.at = found;
        let value = self.value(depth + 8);
        self.at = here;
        Some(value)
    }

    /// What a function of the file gives back that takes nothing: VitePress's own settings
    /// keep each sidebar in one.
    fn returned(&mut self, name: &str, depth: usize) -> Option<Literal> {
        self.lookups += 1;
        let here = self.at;
        let call = format!("function {name}(");
        let begin = self.text.find(&call).filter(|_| self.lookups <= MOST_LOOKUPS)? + call.len();
        let body = &self.text[begin..];
        let end = body.find("\nfunction ").unwrap_or(body.len());
        let found = body[..end].find("return ").filter(|at| !body[..*at].contains("if "))?;
        self.at = begin + found + "return ".len();
        let value = self.value(depth + 8);
        self.at = here;
        Some(value)
    }

    fn list(&mut self, depth: usize) -> Literal {
        self.bump();
        let mut items = Vec::new();
        loop {
            self.space();
            if self.peek().is_none() || self.eat(']') {
                return Literal::List(items);
            }
            let before = self.at;
            if self.text[self.at..].starts_with("...") {
                self.at += 3;
                match self.value(depth + 1) {
                    Literal::List(more) => items.extend(more),
                    _ => items.push(Literal::Code(before)),
                }
            } else {
                items.push(self.value(depth + 1));
            }
            self.space();
            if !self.eat(',') && self.peek() != Some(']') {
                self.skip_to(']');
                return Literal::List(items);
            }
            if self.at == before {
                self.bump();
            }
        }
    }

    fn map(&mut self, depth: usize) -> Literal {
        self.bump();
        let mut entries = Vec::new();
        loop {
            self.space();
            if self.peek().is_none() || self.eat('}') {
                return Literal::Map(entries);
            }
            let before = self.at;
            if self.text[self.at..].starts_with("...") {
                self.at += 3;
                match self.value(depth + 1) {
                    Literal::Map(more) => entries.extend(more),
                    _ => entries.push((String::new(), Literal::Code(before))),
                }
            } else if let Some(key) = self.key() {
                self.space();
                let value = match self.peek() {
                    Some(':') => {
                        self.bump();
                        self.value(depth + 1)
                    }
                    // `{ sidebar }` means `{ sidebar: sidebar }`.
                    Some(',' | '}') => self.constant(&key, depth).unwrap_or(Literal::Code(before)),
                    _ => {
                        self.skip();
                        Literal::Code(before)
                    }
                };
                entries.push((key, value));
            } else {
                self.skip();
                entries.push((String::new(), Literal::Code(before)));
            }
            self.space();
            if !self.eat(',') && self.peek() != Some('}') {
                self.skip_to('}');
                return Literal::Map(entries);
            }
            if self.at == before {
                self.bump();
            }
        }
    }

    fn key(&mut self) -> Option<String> {
        match self.peek()? {
            '\'' | '"' | '`' => self.string(),
            c if c.is_alphanumeric() || matches!(c, '_' | '$') => Some(self.name()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_data() {
        let text = "// @ts-check\nimport x from 'y';\nconst base = '/a/';\nconst side = [{ text: \"甲\", link: '/b' },];\n\
            export default defineConfig({ base, title: `T`, on: () => { return '}' }, n: -1.5,\n\
            side2: { '/g/': side2() },\n\
            preset: [/** @type {x} */ ({ docs: { path: 'd' } }), (a) => ({ b: a })],\n\
            themeConfig: { sidebar: side, more: [...side, fn(1)('x')], 'k-k': null } } as const)\n\
            function side2(): Side[] {\n  return [{ link: '/z' }]\n}\n";
        let value = parse(text).expect("a value");
        assert_eq!(value.string("base").as_deref(), Some("/a/"));
        assert_eq!(value.string("title").as_deref(), Some("T"));
        assert_eq!(value.get("n"), Some(&Literal::Number(-1.5)));
        assert!(matches!(value.get("on"), Some(Literal::Code(_))));
        let side = value.at(&["themeConfig", "sidebar"]).expect("a list").items();
        assert_eq!(side[0].string("text").as_deref(), Some("甲"));
        assert_eq!(value.at(&["themeConfig", "more"]).expect("a list").items().len(), 2);
        assert_eq!(value.at(&["side2", "/g/"]).expect("a list").items().len(), 1);
        let preset = value.get("preset").expect("a list").items();
        assert_eq!(preset[0].at(&["docs", "path"]), Some(&Literal::Text("d".to_owned())));
        assert!(matches!(preset[1], Literal::Code(_)));
        assert_eq!(value.at(&["themeConfig", "k-k"]), Some(&Literal::Null));
    }

    #[test]
    fn no_text_hangs_or_overflows() {
        let deep = format!("module.exports = {}", "[{a:".repeat(50_000));
        let brackets = format!("export default {}", "(".repeat(100_000));
        let circle = "const a = b; const b = a; export default a";
        let many = format!("const a = [{}]; export default a", "...a,".repeat(5_000));
        for text in [
            deep.as_str(),
            &brackets,
            circle,
            &many,
            "export default {",
            "{'",
            "[`${",
            "{a",
            "[,,]",
            "{:}",
            "{\\",
        ] {
            let _ = parse(text);
        }
    }
}
