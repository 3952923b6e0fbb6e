//! Patterns of paths, as `.gitignore` and settings of tools write them.
//!
//! What a tool leaves out by a pattern must not be published by an import, and whoever builds such a
//! book must be told of it; so a pattern that fits a folder fits all that lies in it.

/// A list of patterns, the last that fits decides.
#[derive(Debug, Clone, Default)]
pub struct Patterns(Vec<Pattern>);

#[derive(Debug, Clone)]
struct Pattern {
    parts: Vec<String>,
    /// Whether it takes out what an earlier one took in.
    is_negated: bool,
    /// Whether it means folders only.
    is_folder: bool,
}

impl Patterns {
    /// Patterns as `.gitignore` has them: one without a slash fits at any depth.
    #[must_use]
    pub fn of_gitignore(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self(lines.map(|line| Pattern::new(line, false)).collect())
    }

    /// Patterns of which each counts from the top.
    #[must_use]
    pub fn anchored<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Self {
        Self(patterns.into_iter().map(|line| Pattern::new(line.trim(), true)).collect())
    }

    /// Whether a path fits, with `/` between its parts.
    #[must_use]
    pub fn fit(&self, path: &str) -> bool {
        let parts: Vec<&str> = path.split('/').collect();
        self.0.iter().rev().find(|pattern| pattern.fits(&parts)).is_some_and(|pattern| !pattern.is_negated)
    }
}

impl Pattern {
    fn new(written: &str, is_anchored: bool) -> Self {
        let (is_negated, rest) = written.strip_prefix('!').map_or((false, written), |rest| (true, rest));
        let rest = rest.strip_prefix("./").unwrap_or(rest);
        let bare = rest.trim_end_matches('/');
        let mut parts: Vec<String> =
            bare.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        if !is_anchored && !bare.contains('/') {
            parts.insert(0, "**".to_owned());
        }
        Self { parts, is_negated, is_folder: rest.ends_with('/') }
    }

    /// Whether it fits a path, or a folder above it.
    fn fits(&self, path: &[&str]) -> bool {
        // Which beginnings of the path fit what was read of the pattern.
        let mut open = vec![false; path.len() + 1];
        open[0] = !self.parts.is_empty();
        for part in &self.parts {
            let mut next = vec![false; path.len() + 1];
            for at in 0..=path.len() {
                if part == "**" {
                    next[at] = open[at] || at > 0 && next[at - 1];
                } else if at > 0 {
                    next[at] = open[at - 1] && fits(part, path[at - 1]);
                }
            }
            open = next;
        }
        let end = if self.is_folder { path.len() } else { path.len() + 1 };
        open.get(1..end).is_some_and(|open| open.contains(&true))
    }
}

/// Whether a name fits a pattern with `*` and `?`.
fn fits(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut read, mut star) = (0, 0, None);
    while read < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(c) if *c == '?' || *c == name[read] => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((place, from)) = star else { return false };
                star = Some((place, from + 1));
                at = place + 1;
                read = from + 1;
            }
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::Patterns;

    #[test]
    fn patterns_fit_as_git_has_them() {
        let own = Patterns::of_gitignore("# x\n*.tmp.md\n/top.md\ndrafts/\na/**/b.md\n!keep.md\n");
        for (path, fits) in [
            ("x.tmp.md", true),
            ("a/x.tmp.md", true),
            ("top.md", true),
            ("a/top.md", false),
            ("a/drafts/x.md", true),
            ("drafts/keep.md", false),
            ("drafts", false),
            ("a/b.md", true),
            ("a/c/d/b.md", true),
            ("c/a/b.md", false),
        ] {
            assert_eq!(own.fit(path), fits, "{path}");
        }
    }

    #[test]
    fn patterns_from_the_top_fit_there() {
        let own = Patterns::anchored(["README.md", "**/*.test.md", "a?c", ""]);
        for (path, fits) in [
            ("README.md", true),
            ("a/README.md", false),
            ("b/c.test.md", true),
            ("c.test.md", true),
            ("abc/x/y.md", true),
            ("ac/x.md", false),
        ] {
            assert_eq!(own.fit(path), fits, "{path}");
        }
        let many = "*a".repeat(500);
        assert!(!Patterns::anchored([many.as_str()]).fit(&"a".repeat(400)));
    }
}
